//! A label that grants what was not there to give, or drops what must travel.

use std::collections::BTreeSet;

use caveat_core::component::How;
use caveat_core::expression::Expression;
use caveat_core::inventory::{Component, Standing};
use caveat_core::lineage::Upstream;

use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::inheritance::{Lost, lost};
use crate::policy::Check;
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "looser-than-upstream";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "the stated license grants what upstream did not give, or drops what must travel",
    page: include_str!("looser_than_upstream.md"),
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for component in case.graph.components.values() {
        let Some(own) = stated(component) else { continue };
        let mut seen = BTreeSet::new();
        for (via, upstream) in case.made_from(component) {
            let Some(theirs) = stated(upstream) else { continue };
            let lost = lost(case, own, theirs);
            if !lost.is_empty() && seen.insert(&upstream.id) {
                all.extend(finding(case, component, own, &via, upstream, theirs, &lost));
            }
        }
    }
    all
}

fn stated(component: &Component) -> Option<&Expression> {
    let clear = component.conclusion.standing == Standing::Clear;
    component.conclusion.license.as_ref().filter(|_| clear)
}

#[expect(clippy::too_many_arguments, reason = "both ends of the relation, with their licenses")]
fn finding(
    case: &Case<'_>,
    component: &Component,
    own: &Expression,
    via: &Upstream<'_>,
    upstream: &Component,
    theirs: &Expression,
    lost: &[Lost],
) -> Option<Finding> {
    let claim = component.claims.first()?;
    let mut steps: Vec<Step> =
        via.way.iter().map(|it| Step::new(Link::Relation, relation(case, it), it.at)).collect();
    steps.push(Step::new(
        Link::Claim,
        format!("{} states `{theirs}`", called(upstream)),
        theirs.at(),
    ));
    steps.extend(lost.iter().map(|it| Step {
        link: Link::Term,
        says: format!("{theirs}: {}", it.says),
        at: it.at,
        cite: it.cite.clone(),
    }));
    let (level, line) = level(case, component);
    steps.extend(line);
    let what: Vec<&str> = lost.iter().map(|it| it.drops.as_str()).collect();
    Some(Finding {
        rule: NAME,
        level,
        component: component.id.clone(),
        license: Some(own.to_string()),
        message: format!(
            "{} is labelled {own} but is {} {}, under {theirs}: the label drops {}",
            called(component),
            via.way.first().map_or(How::DerivedFrom, |it| it.how).phrase(),
            called(upstream),
            what.join(", ")
        ),
        at: claim.raw.at,
        label: format!("cannot drop {}", what.first()?),
        because: Because::new(steps)?,
        help: vec![format!("state {theirs} and carry what it asks, or choose another base")],
        cause: format!("{} {theirs}", upstream.id),
        excepted: None,
    })
}

fn relation(case: &Case<'_>, it: &caveat_core::inventory::Relation) -> String {
    let name = |id| case.graph.components.get(id).map_or_else(|| format!("`{id}`"), called);
    format!("{} is {} {}", name(&it.from), it.how.phrase(), name(&it.to))
}

/// Denied, unless a `[[rule]]` with this check says otherwise for the component's products.
fn level(case: &Case<'_>, component: &Component) -> (Level, Option<Step>) {
    let path = case.path(&component.path);
    let products: Vec<&str> =
        case.policy.products_of(&path).map(|it| it.name.value.as_str()).collect();
    let rule = case.policy.overrides.iter().find(|rule| {
        let meant = rule.products.is_empty()
            || rule.products.iter().any(|it| products.contains(&it.value.as_str()));
        let checks = rule.check.as_ref().map(|it| it.value);
        meant && checks == Some(Check::OutboundNoLooserThanUpstream)
    });
    match rule {
        Some(rule) => {
            let says = format!("rule `{}`: {}", rule.id.value, rule.because.value);
            (Level::from(rule.verdict.value), Some(Step::new(Link::Policy, says, rule.verdict.at)))
        }
        None => (Level::Deny, None),
    }
}
