//! A file that could not be read, or not whole.

use std::collections::BTreeMap;

use caveat_core::alike::{Alike, alike};
use caveat_core::component::ComponentId;
use caveat_core::inventory::Component;
use caveat_core::source::{Problem, Spanned};

use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::policy::Parent;
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "unreadable-input";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "a file that could not be read, or not as its name promises",
    page: include_str!("unreadable_input.md"),
    usual: Level::Note,
    check: |case| {
        let bases = case.policy.extends.iter().filter_map(|it| base(case, it));
        files(case).into_iter().chain(bases).collect()
    },
};

/// A finding for each problem; for one that many files of a component share, one for all that the
/// policy does not exclude.
fn files(case: &Case<'_>) -> Vec<Finding> {
    let mut by_owner: BTreeMap<_, Vec<&Problem>> = BTreeMap::new();
    for it in &case.graph.problems {
        let name = case.sources.get(it.at.source).map_or("", |it| it.name.as_str());
        let excluded = case.policy.excluded(name).map(|it| it.at);
        let owner = owner(case, name).map(|it| &it.id);
        by_owner.entry((owner, excluded)).or_default().push(it);
    }
    let all = by_owner.into_values().flat_map(|it| alike(it, case.sources));
    all.filter_map(|it| finding(case, &it)).collect()
}

/// A policy that tightens another is only half of what was meant.
fn base(case: &Case<'_>, parent: &Spanned<Parent>) -> Option<Finding> {
    let name = match &parent.value {
        Parent::Named(it) => format!("caveat:{it}"),
        Parent::FromRoot(it) | Parent::Beside(it) => it.clone(),
    };
    let says = format!("judged by `{}` alone", case.policy.name);
    Some(Finding {
        rule: NAME,
        level: Level::Warn,
        component: ComponentId::path(""),
        license: None,
        message: format!("the base policy `{name}` was not applied: nobody read it"),
        at: parent.at,
        label: "not applied".to_owned(),
        because: Because::new(vec![Step::new(Link::Policy, says, parent.at)])?,
        help: vec!["copy the lines that you rely on into this policy".to_owned()],
        cause: format!("extends {name}"),
        excepted: None,
    })
}

/// What the file may have said is not known. Where a license is clear all the same, a person
/// should know; where it is not, the gate stays shut.
fn finding(case: &Case<'_>, alike: &Alike<'_>) -> Option<Finding> {
    let (problem, what) = (alike.first, alike.what());
    let name = case.sources.get(problem.at.source).map_or("", |it| it.name.as_str());
    let component = owner(case, name);
    let licensed = component.is_some_and(|it| it.conclusion.license.is_some());
    let known = if licensed {
        "a license is stated all the same"
    } else {
        "what it says of a license, if anything, is not known"
    };
    let steps = vec![Step::new(Link::Claim, known, None)];
    Some(Finding {
        rule: NAME,
        level: if licensed { Level::Note } else { Level::Deny },
        component: component.map_or_else(|| ComponentId::path(name), |it| it.id.clone()),
        license: None,
        message: format!("`{name}`: {what}"),
        at: problem.at,
        label: "here".to_owned(),
        because: Because::new(steps)?,
        help: problem.help.iter().cloned().collect(),
        cause: format!("{name} {}", problem.what),
        excepted: None,
    })
}

/// The component that the file belongs to: the one that lives nearest above it.
fn owner<'a>(case: &Case<'a>, name: &str) -> Option<&'a Component> {
    let above = |it: &&Component| {
        it.path == "."
            || it.path == name
            || name.strip_prefix(it.path.as_str()).is_some_and(|rest| rest.starts_with('/'))
    };
    let all = case.graph.components.values().filter(above);
    all.max_by_key(|it| if it.path == "." { 0 } else { it.path.len() })
}
