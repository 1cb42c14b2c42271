//! A parent whose terms nobody knows: it is not here, or nothing here tells its license.

use std::collections::BTreeMap;

use caveat_core::catalog::DATE;
use caveat_core::component::{ComponentId, How, Kind};
use caveat_core::expression::Expression;
use caveat_core::inventory::{Component, Relation, Standing};
use caveat_core::lineage::Upstream;

use super::license_rulings::{bare, related};
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::known::{self, Doubt};
use crate::rule::Rule;
use crate::ruling::Ruling;
use crate::travel::carries;
use crate::verdict::{Level, Verdict};

const NAME: &str = "missing-upstream";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "made from something whose license nobody saw",
    page: include_str!("missing_upstream.md"),
    usual: Level::Warn,
    check: |case| {
        let judged = case.graph.components.values().filter(|it| case.is_judged(it));
        judged.flat_map(|it| findings(case, it)).collect()
    },
};

/// One finding for each upstream, however many ways lead to it.
fn findings(case: &Case<'_>, component: &Component) -> Vec<Finding> {
    let mut upstreams: BTreeMap<&ComponentId, Upstream<'_>> = BTreeMap::new();
    for it in case.lineage.upstreams(&component.id) {
        let made_from = it.way.iter().all(|it| carries(it.how));
        // Of the data behind a parent, the parent has a finding.
        let direct = it.way.len() == 1 && matches!(it.way[0].how, How::TrainedOn | How::Uses);
        let known = upstreams.get(it.id).is_some_and(|known| weight(known) <= weight(&it));
        if (made_from || direct) && !known {
            upstreams.insert(it.id, it);
        }
    }
    upstreams.values().filter_map(|it| finding(case, component, it)).collect()
}

/// What is made from it outweighs what is only trained on it, a short way a long one.
fn weight(upstream: &Upstream<'_>) -> (bool, usize) {
    (upstream.way.iter().any(|it| it.how == How::TrainedOn), upstream.way.len())
}

fn finding(case: &Case<'_>, component: &Component, via: &Upstream<'_>) -> Option<Finding> {
    let (first, last) = (via.way.first()?, via.way.last()?);
    let what = match last.kind {
        Kind::Dataset => "dataset",
        Kind::Code | Kind::Model | Kind::Document => "model",
    };
    let upstream = case.graph.components.get(via.id);
    let mut doubt = None;
    let (why, label, step) = match upstream.map(|it| (it, &it.conclusion.standing)) {
        None => unseen(what),
        Some((it, Standing::Clear)) => {
            let found = known::doubt(case, it).filter(|_| !is_ruled(case, component, via))?;
            told(it, doubt.insert(found))?
        }
        Some((it, Standing::Unknown)) => unknown(it),
        Some((it, Standing::Ambiguous(why))) => unclear(it, why),
    };
    let name = upstream.map_or_else(|| format!("`{}`", bare(via.id)), called);
    let mut steps: Vec<Step> = via.way.iter().map(|it| related(case, it)).collect();
    steps.push(step);
    let (level, stance) = stance(case, last, doubt);
    steps.extend(stance);
    Some(Finding {
        rule: NAME,
        level,
        component: component.id.clone(),
        license: None,
        message: format!("{}, {why}", descent(case, via, &name)),
        at: known::place(component, first.at),
        label,
        because: Because::new(steps)?,
        help: help(component, upstream),
        cause: format!("{} {}", last.how.name(), via.id),
        excepted: None,
    })
}

/// How the component comes from what is missing, by way of its parent where that is another.
fn descent(case: &Case<'_>, via: &Upstream<'_>, name: &str) -> String {
    let says = via.way.first().map(|it| related(case, it).says).unwrap_or_default();
    if via.way.len() > 1 { format!("{says}, which goes back to {name}") } else { says }
}

type Why = (String, String, Step);

fn unseen(what: &str) -> Why {
    let looked = format!(
        "no {what} of this name is in the scanned tree or in the catalogue of {DATE}; not looked: \
         the network"
    );
    (
        "whose license nobody saw".to_owned(),
        format!("this {what} is not in the tree"),
        Step::new(Link::Claim, looked, None),
    )
}

fn unknown(upstream: &Component) -> Why {
    let says = format!("{} says nothing of a license that is known", called(upstream));
    (
        "whose license nobody can name".to_owned(),
        "its license is not known".to_owned(),
        Step::new(Link::Claim, says, upstream.at),
    )
}

fn unclear(upstream: &Component, why: &str) -> Why {
    (
        "whose license is not clear".to_owned(),
        "its license is not clear".to_owned(),
        Step::new(Link::Claim, why, upstream.at),
    )
}

/// The catalogue tells of it, and that is not enough.
fn told(upstream: &Component, doubt: &Doubt) -> Option<Why> {
    let license = upstream.conclusion.license.as_ref()?;
    let claim = upstream.claims.first()?;
    Some((
        format!("and {}: `{license}`", doubt.says),
        "nobody here saw its license".to_owned(),
        known::states(upstream, &license.to_string(), claim.raw.at),
    ))
}

/// Whether another rule asks for a look at the same license already.
fn is_ruled(case: &Case<'_>, component: &Component, via: &Upstream<'_>) -> bool {
    // What several things upstream bring alike is brought by the nearest of them.
    let license = via.component.and_then(|it| it.conclusion.license.as_ref());
    let names: Vec<String> =
        license.into_iter().flat_map(Expression::leaves).map(|it| it.to_string()).collect();
    let carried = |it: &&Ruling<'_>| it.via.is_some() && names.contains(&it.license);
    let own = case.decided.get(&component.id).map(|it| &it.rulings);
    let loaded = case.decided.get(via.id).map(|it| &it.rulings);
    let trained = case.trained.iter().filter(|(it, _)| it.from == component.id && it.to == *via.id);
    let mut rulings = own
        .into_iter()
        .flatten()
        .filter(carried)
        .chain(loaded.into_iter().flatten())
        .chain(trained.flat_map(|(_, it)| &it.rulings));
    rulings.any(|it| it.stands())
}

/// A person has to look; but where the policy says that data binds no weights, it is only a note.
fn stance(case: &Case<'_>, last: &Relation, doubt: Option<Doubt>) -> (Level, Option<Step>) {
    let stated = case.policy.relations.get(&last.how).filter(|_| last.how == How::TrainedOn);
    match stated {
        Some(it) if it.value == Verdict::Allowed => {
            let says = "[relations] trained-on = \"allow\"";
            (Level::Note, Some(Step::new(Link::Policy, says, it.at)))
        }
        Some(_) | None => {
            doubt.map_or((Level::Warn, None), |it| (it.verdict.into(), Some(it.step)))
        }
    }
}

fn help(component: &Component, upstream: Option<&Component>) -> Vec<String> {
    let reaches = format!("what it asks reaches {}", called(component));
    let known = upstream.and_then(known::help);
    let first = match upstream {
        Some(_) if known.is_some() => "read its license where it is published",
        Some(_) => "state its license, or put the text beside it",
        None => "scan it too, or put its card into the tree",
    };
    std::iter::once(format!("{first}: {reaches}")).chain(known).collect()
}
