//! A label that grants what was not there to give, or drops what must travel.

use std::collections::BTreeMap;

use caveat_core::component::How;
use caveat_core::expression::Expression;
use caveat_core::inventory::{Component, Relation, Standing};
use caveat_core::lineage::Upstream;
use caveat_core::source::{Span, Spanned};

use super::license_rulings::{distinct, related};
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::inheritance::{Lost, lost};
use crate::known;
use crate::layers::concerns;
use crate::policy::{Check, RuleLine};
use crate::rule::Rule;
use crate::travel::travel;
use crate::verdict::{Level, Stance, Verdict};

const NAME: &str = "looser-than-upstream";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "the stated license grants what upstream did not give, or drops what must travel",
    page: include_str!("looser_than_upstream.md"),
    usual: Level::Deny,
    check,
};

/// What a component loses of one upstream.
struct Parent<'a> {
    via: Upstream<'a>,
    upstream: &'a Component,
    theirs: &'a Expression,
    lost: Vec<Lost>,
}

fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for component in case.graph.components.values().filter(|it| case.is_judged(it)) {
        let Some(own) = stated(component) else { continue };
        // Parents under one license are one mistake.
        let mut parents: BTreeMap<String, Vec<Parent<'_>>> = BTreeMap::new();
        for (via, upstream) in case.made_from(component) {
            let Some(theirs) = stated(upstream) else { continue };
            let lost = lost(case, own, theirs, &via.way);
            if !lost.is_empty() {
                let parent = Parent { via, upstream, theirs, lost };
                parents.entry(theirs.canonical().to_string()).or_default().push(parent);
            }
        }
        let findings = parents.values().filter_map(|it| finding(case, component, own, it));
        all.extend(findings);
    }
    all
}

fn stated(component: &Component) -> Option<&Expression> {
    let clear = component.conclusion.standing == Standing::Clear;
    component.conclusion.license.as_ref().filter(|_| clear)
}

fn finding(
    case: &Case<'_>,
    component: &Component,
    own: &Expression,
    parents: &[Parent<'_>],
) -> Option<Finding> {
    let judged = |it| (level(case, component, it), it);
    let worst = parents.iter().map(judged).rev().max_by_key(|((level, ..), _)| *level)?;
    let ((level, line, excepted), parent) = worst;
    let Parent { via, upstream, theirs, lost } = parent;
    let claim = component.claims.first()?;
    let title = case.title(&theirs.to_string()).to_owned();
    let mut steps: Vec<Step> = via.way.iter().map(|it| related(case, it)).collect();
    if component.is_recalled() {
        steps.push(known::states(component, &own.to_string(), claim.raw.at));
    }
    steps.push(known::states(upstream, &theirs.to_string(), theirs.at()));
    steps.extend(lost.iter().map(|it| Step {
        link: Link::Term,
        says: format!("{title}: {}", it.says),
        at: it.at,
        cite: it.cite.clone(),
    }));
    steps.extend(line);
    let what = distinct(lost.iter().map(|it| it.drops.as_str()));
    let drops = if doubtful(case, parent) { "may drop" } else { "drops" };
    Some(Finding {
        rule: NAME,
        level,
        component: component.id.clone(),
        license: Some(own.to_string()),
        message: format!(
            "{} is labelled {own} but is {} {}, under {title}: the label {drops} {}",
            called(component),
            via.way.first().map_or(How::DerivedFrom, |it| it.how).phrase(),
            names(parents, upstream),
            what.join(", ")
        ),
        at: known::place(component, claim.raw.at),
        label: format!("{drops} {}", what.first()?),
        because: Because::new(steps)?,
        help: std::iter::once(help(component, theirs)).chain(known::help(upstream)).collect(),
        cause: format!("{} {theirs}", upstream.id),
        excepted,
    })
}

/// Whether the texts, or the way by which it was made, leave it open.
fn doubtful(case: &Case<'_>, parent: &Parent<'_>) -> bool {
    if is_told(case, parent) {
        return true;
    }
    let decided = |how| case.policy.relations.contains_key(&how);
    !parent.lost.iter().any(|it| it.sure) || open(case, parent).is_some_and(|it| !decided(it))
}

/// Whether others alone tell what the parent is under.
fn is_told(case: &Case<'_>, parent: &Parent<'_>) -> bool {
    known::doubt(case, parent.upstream).is_some()
}

fn help(component: &Component, theirs: &Expression) -> String {
    if component.is_recalled() {
        return format!("hold it to be under `{theirs}` as well, or use something else");
    }
    format!("state `{theirs}` and carry what it asks, or start from something else")
}

/// The parent that decided, and how many more stand under the same license.
fn names(parents: &[Parent<'_>], first: &Component) -> String {
    let ids = distinct(parents.iter().map(|it| &it.upstream.id));
    match ids.len() {
        0 | 1 => called(first),
        more => format!("{} and {} more", called(first), more - 1),
    }
}

type Judged = (Level, Vec<Step>, Option<Spanned<String>>);

/// Denied where the texts leave no doubt, unless a `[[rule]]` with this check says otherwise for
/// what is made of the component; for review where they do, unless `[relations]` says how far that
/// way carries. What either of them allows is set aside.
fn level(case: &Case<'_>, component: &Component, parent: &Parent<'_>) -> Judged {
    let mut verdict = Verdict::Denied;
    let mut steps = Vec::new();
    let mut excepted = None;
    let mut lower = |to: Verdict, says: String, at: Option<Span>| {
        verdict = verdict.min(to);
        if to == Verdict::Allowed && excepted.is_none() {
            excepted = at.map(|at| Spanned::new(says.clone(), at));
        }
        steps.push(Step::new(Link::Policy, says, at));
    };
    if let Some(rule) = rule(case, component) {
        let says = format!("rule `{}`: {}", rule.id.value, rule.because.value);
        lower(rule.verdict.value, says, Some(rule.verdict.at));
    }
    if let Some(how) = open(case, parent) {
        let stated = case.policy.relations.get(&how);
        let stance = stated.map_or(Verdict::Review, |it| it.value);
        let says = match stated {
            Some(_) => format!("[relations] {} = \"{}\"", how.name(), Stance::of(stance).key()),
            None => format!("the license leaves open what `{}` carries", how.name()),
        };
        lower(stance, says, stated.map(|it| it.at));
    }
    if is_told(case, parent) || !parent.lost.iter().any(|it| it.sure) {
        verdict = verdict.min(Verdict::Review);
    }
    (Level::from(verdict).max(Level::Note), steps, excepted)
}

/// The relation for which a license on the way leaves open what travels.
fn open(case: &Case<'_>, parent: &Parent<'_>) -> Option<How> {
    let way: &[&Relation] = &parent.via.way;
    parent.theirs.licenses().find_map(|it| travel(case.library, it, way).open)
}

/// The strictest `[[rule]]` with this check that concerns the component in any of its settings.
fn rule<'a>(case: &Case<'a>, component: &Component) -> Option<&'a RuleLine> {
    let path = case.path(&component.path);
    let settings = case.settings(&path);
    let thing = (component.kind, &component.id, path.as_str());
    let rules = case.policy.overrides.iter().filter(|rule| {
        let checks = rule.check.as_ref().map(|it| it.value);
        checks == Some(Check::OutboundNoLooserThanUpstream)
            && settings.iter().any(|it| concerns(rule, thing, it))
    });
    rules.max_by_key(|it| it.verdict.value)
}
