//! A label that grants what was not there to give, or drops what must travel.

mod compared;
mod weigh;
mod names;
mod notes;

use std::collections::BTreeMap;

use caveat_core::component::How;
use caveat_core::expression::Expression;
use caveat_core::inventory::{Component, Standing};
use caveat_core::lineage::Upstream;

use super::license_rulings::{bare, distinct, phrase, related};
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::inheritance::{Conflict, Lost};
use crate::known;
use crate::rule::Rule;
use crate::verdict::Level;
use compared::Compared;
use weigh::{Weighed, weigh};

const NAME: &str = "looser-than-upstream";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "the stated license grants what upstream did not give, or drops what must travel",
    page: include_str!("looser_than_upstream.md"),
    usual: Level::Deny,
    check,
};

/// What a component was made from, and its license.
struct Parent<'a> {
    via: Upstream<'a>,
    upstream: &'a Component,
    theirs: &'a Expression,
    /// The number of that license among all.
    license: usize,
}

fn check(case: &Case<'_>) -> Vec<Finding> {
    let compared = Compared::of(case);
    let judged = case.graph.components.values().filter(|it| case.is_judged(it));
    judged.flat_map(|it| findings(case, &compared, it)).collect()
}

fn findings(case: &Case<'_>, compared: &Compared<'_>, component: &Component) -> Vec<Finding> {
    let Some(own) = stated(component) else { return Vec::new() };
    let parent = |(via, upstream)| {
        let license = compared.license(upstream)?;
        Some(Parent { via, upstream, theirs: stated(upstream)?, license })
    };
    let parents: Vec<Parent<'_>> =
        case.made_from(component).into_iter().filter_map(parent).collect();
    let nearest = nearest(&parents);
    // Parents under one license are one mistake; of each sort of conflict one is told.
    let mut mistakes: BTreeMap<(usize, Conflict), Vec<(&Parent<'_>, Weighed)>> = BTreeMap::new();
    for parent in &nearest {
        let all = compared.lost(component, own, parent);
        for conflict in [Conflict::Label, Conflict::Use] {
            let lost = all.iter().filter(|it| it.conflict == conflict);
            if let Some(weighed) = weigh(case, component, parent, lost) {
                mistakes.entry((parent.license, conflict)).or_default().push((parent, weighed));
            }
        }
    }
    let told = mistakes.iter().filter_map(|((license, sort), it)| {
        let like = parents.iter().filter(|it| it.license == *license);
        finding(case, component, own, *sort, it, like.map(|it| it.upstream))
    });
    let mut all: Vec<Finding> = told.collect();
    all.extend(names::findings(case, component, &nearest));
    if all.is_empty() {
        all.extend(notes::finding(case, compared, component, own, &parents));
    }
    all
}

/// Of parents under one license, from which terms come along as far, the nearest; what only others
/// tell of is kept apart, and so is whatever somebody learned from.
fn nearest<'b, 'a>(parents: &'b [Parent<'a>]) -> Vec<&'b Parent<'a>> {
    let mut kept: BTreeMap<_, &Parent<'_>> = BTreeMap::new();
    for (number, parent) in parents.iter().enumerate() {
        let shape = Compared::shape(parent);
        let apart = (shape.0 || parent.upstream.is_recalled()).then_some(number);
        let key = (parent.license, shape, apart);
        let nearer = |it: &&Parent<'_>| it.via.way.len() <= parent.via.way.len();
        if !kept.get(&key).is_some_and(nearer) {
            kept.insert(key, parent);
        }
    }
    kept.into_values().collect()
}

fn stated(component: &Component) -> Option<&Expression> {
    let clear = component.conclusion.standing == Standing::Clear;
    component.conclusion.license.as_ref().filter(|_| clear)
}

fn finding<'a>(
    case: &Case<'_>,
    component: &Component,
    own: &Expression,
    conflict: Conflict,
    parents: &[(&Parent<'_>, Weighed)],
    like: impl Iterator<Item = &'a Component>,
) -> Option<Finding> {
    let gravest = parents.iter().map(|(_, it)| it.level).max()?;
    let deciding = parents.iter().filter(|(_, it)| it.level == gravest);
    let (parent, weighed) = deciding.min_by_key(|(it, _)| it.via.way.len())?;
    let claim = component.claims.first()?;
    let title = case.title(&parent.theirs.to_string()).to_owned();
    let mut steps = relations(case, component, own, parent);
    steps.extend(weighed.lost.iter().map(|it| term(&title, it)));
    steps.extend(weighed.step.clone());
    let others = like.filter(|it| it.id != parent.upstream.id);
    let names = descent(case, parent, others);
    let (message, label) =
        words(case, component, own, conflict, (parent, weighed), &names, &title)?;
    let mended = std::iter::once(help(component, parent.theirs, conflict));
    Some(Finding {
        rule: NAME,
        level: weighed.level,
        component: component.id.clone(),
        license: Some(own.to_string()),
        message,
        at: known::place(component, claim.raw.at),
        label,
        because: Because::new(steps)?,
        help: mended.chain(known::help(parent.upstream)).collect(),
        cause: cause(parent, conflict),
        excepted: weighed.excepted.clone(),
    })
}

/// What tells the finding from others of the same component.
fn cause(parent: &Parent<'_>, conflict: Conflict) -> String {
    let cause = format!("{} {}", parent.upstream.id, parent.theirs);
    match conflict {
        Conflict::Label => cause,
        Conflict::Use | Conflict::Breach => format!("{cause} {}", conflict.name()),
    }
}

/// The message and a few words to stand under the label.
fn words(
    case: &Case<'_>,
    component: &Component,
    own: &Expression,
    conflict: Conflict,
    (parent, weighed): (&Parent<'_>, &Weighed),
    names: &str,
    title: &str,
) -> Option<(String, String)> {
    let what = distinct(weighed.lost.iter().map(|it| it.drops.as_str()));
    let how = parent.via.way.first().map_or(How::DerivedFrom.phrase(), |it| phrase(case, it));
    let (name, list) = (called(component), what.join(", "));
    Some(match conflict {
        Conflict::Label | Conflict::Breach => {
            let drops = if weighed.doubtful { "may drop" } else { "drops" };
            let message = format!(
                "{name} is labelled {own} but {how} {names}, under {title}: the label {drops} {list}"
            );
            (message, format!("{drops} {}", what.first()?))
        }
        Conflict::Use => {
            let licensed = if weighed.doubtful { "may not license" } else { "does not license" };
            let message = format!("{name} {how} {names}, under {title}, which {licensed} {list}");
            (message, format!("{licensed}: {}", what.first()?))
        }
    })
}

/// The way to the parent, and what the parent states.
fn relations(
    case: &Case<'_>,
    component: &Component,
    own: &Expression,
    parent: &Parent<'_>,
) -> Vec<Step> {
    let Parent { via, upstream, theirs, .. } = parent;
    let mut steps: Vec<Step> = via.way.iter().map(|it| related(case, it)).collect();
    if let Some(claim) = component.claims.first().filter(|_| component.is_recalled()) {
        steps.push(known::states(component, &own.to_string(), claim.raw.at));
    }
    steps.push(known::states(upstream, &theirs.to_string(), theirs.at()));
    steps
}

fn term(title: &str, lost: &Lost) -> Step {
    Step {
        link: Link::Term,
        says: format!("{title}: {}", lost.says),
        at: lost.at,
        cite: lost.cite.clone(),
    }
}

fn help(component: &Component, theirs: &Expression, conflict: Conflict) -> String {
    if component.is_recalled() {
        return format!("hold it to be under `{theirs}` as well, or use something else");
    }
    match conflict {
        Conflict::Label => {
            format!("state `{theirs}` and carry what it asks, or start from something else")
        }
        Conflict::Use => {
            "no label mends this: ask the licensor for a license, or start from something else"
                .to_owned()
        }
        Conflict::Breach => "rename it before it is passed on or offered to anyone".to_owned(),
    }
}

/// The parent that decided, by way of whom, and how many more stand under the same license.
fn descent<'a>(
    case: &Case<'_>,
    parent: &Parent<'_>,
    others: impl Iterator<Item = &'a Component>,
) -> String {
    let last = called(parent.upstream);
    let more = match distinct(others.map(|it| &it.id)).len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match parent.via.way.first().filter(|_| parent.via.way.len() > 1) {
        Some(first) => {
            let near = case.graph.components.get(&first.to);
            let near = near.map_or_else(|| format!("`{}`", bare(&first.to)), called);
            format!("{near}, which goes back to {last}{more}")
        }
        None => format!("{last}{more}"),
    }
}
