//! A clarification whose evidence is not what it was, or that is for nothing.

use caveat_core::component::ComponentId;

use crate::case::Case;
use crate::clarify::{Stale, is_for};
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::{asked_as, called};
use crate::policy::Clarification;
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "stale-clarification";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "the bytes that a clarification was read in have changed",
    page: include_str!("stale_clarification.md"),
    usual: Level::Deny,
    check: |case| {
        let changed = case.stale.iter().filter_map(|it| changed(case, it));
        let idle = case.policy.clarify.iter().filter_map(|it| idle(case, it));
        changed.chain(idle).collect()
    },
};

fn changed(case: &Case<'_>, stale: &Stale) -> Option<Finding> {
    let clarification = case.policy.clarify.get(stale.clarification)?;
    let evidence = clarification.evidence.get(stale.evidence)?;
    let component = case.graph.components.get(&stale.component)?;
    let (path, name) = (&evidence.path.value, called(component));
    let why = match stale.found {
        Some(_) => format!("`{path}` is not the file that was read"),
        None => format!("there is no `{path}`"),
    };
    let found = match stale.found {
        Some(it) => format!("its SHA-256 is now {it}"),
        None => "neither in its folder nor in the scanned one".to_owned(),
    };
    let steps = vec![
        Step::new(Link::Claim, found, None),
        Step::new(
            Link::Policy,
            format!("it was read with SHA-256 {}", evidence.sha256.value),
            evidence.sha256.at,
        ),
        decided(clarification),
    ];
    Some(Finding {
        rule: NAME,
        level: Level::Deny,
        component: component.id.clone(),
        license: None,
        message: format!("the clarification for {name} has no effect: {why}"),
        at: evidence.sha256.at,
        label: "of other bytes".to_owned(),
        because: Because::new(steps)?,
        help: vec![format!(
            "read the file as it is now; if the license is still this one: caveat clarify {} --update",
            asked_as(component)
        )],
        cause: format!("{} {path}", clarification.license.value),
        excepted: None,
    })
}

/// A scan of a part of the tree cannot tell what the rest needs.
fn idle(case: &Case<'_>, clarification: &Clarification) -> Option<Finding> {
    let mut all = case.graph.components.values();
    if !case.prefix.is_empty() || all.any(|it| is_for(clarification, it, "")) {
        return None;
    }
    Some(Finding {
        rule: NAME,
        level: Level::Note,
        component: ComponentId::path(""),
        license: None,
        message: "a clarification clarifies nothing: nothing in the scanned tree is what it is for"
            .to_owned(),
        at: clarification.target.at(),
        label: "nothing of that name, version or place".to_owned(),
        because: Because::new(vec![decided(clarification)])?,
        help: vec!["remove it, or correct its package or path".to_owned()],
        cause: format!("{} idle", clarification.license.value),
        excepted: None,
    })
}

fn decided(clarification: &Clarification) -> Step {
    let on = clarification.decided.as_ref().map(|it| format!(" on {}", it.value));
    let says = format!(
        "decided by {}{}: {}",
        clarification.owner.value,
        on.unwrap_or_default(),
        clarification.because.value
    );
    Step::new(Link::Policy, says, clarification.at)
}
