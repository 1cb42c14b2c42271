//! A parent whose terms nobody knows: it is not here, or nothing here tells its license.

use std::collections::BTreeMap;

use caveat_core::component::{ComponentId, How, Kind};
use caveat_core::inventory::{Component, Relation, Standing};
use caveat_core::lineage::Upstream;

use super::license_rulings::{bare, related};
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::rule::Rule;
use crate::travel::carries;
use crate::verdict::{Level, Verdict};

const NAME: &str = "missing-upstream";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "made from something whose license nobody saw",
    page: include_str!("missing_upstream.md"),
    usual: Level::Warn,
    check: |case| case.graph.components.values().flat_map(|it| findings(case, it)).collect(),
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
    let (why, label, step) = match upstream.map(|it| (it, &it.conclusion.standing)) {
        None => unseen(what),
        Some((_, Standing::Clear)) => return None,
        Some((it, Standing::Unknown)) => unknown(it),
        Some((it, Standing::Ambiguous(why))) => unclear(it, why),
    };
    let name = upstream.map_or_else(|| format!("`{}`", bare(via.id)), called);
    let mut steps: Vec<Step> = via.way.iter().map(|it| related(case, it)).collect();
    steps.push(step);
    let stance = stance(case, last);
    steps.extend(stance.1);
    Some(Finding {
        rule: NAME,
        level: stance.0,
        component: component.id.clone(),
        license: None,
        message: format!("{}, {why}", descent(case, via, &name)),
        at: first.at,
        label,
        because: Because::new(steps)?,
        help: vec![help(component, upstream.is_some())],
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
    let looked = format!("no {what} of this name is in the scanned tree; not looked: the network");
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

/// A person has to look; but where the policy says that data binds no weights, it is only a note.
fn stance(case: &Case<'_>, last: &Relation) -> (Level, Option<Step>) {
    let stated = case.policy.relations.get(&last.how).filter(|_| last.how == How::TrainedOn);
    match stated {
        Some(it) if it.value == Verdict::Allowed => {
            let says = "[relations] trained-on = \"allow\"";
            (Level::Note, Some(Step::new(Link::Policy, says, it.at)))
        }
        Some(_) | None => (Level::Warn, None),
    }
}

fn help(component: &Component, seen: bool) -> String {
    let first = if seen {
        "state its license, or put the text beside it"
    } else {
        "scan it too, or put its card into the tree"
    };
    format!("{first}: what it asks reaches {}", called(component))
}
