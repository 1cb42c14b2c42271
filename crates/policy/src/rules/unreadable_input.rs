//! A file that could not be read, or not whole.

use caveat_core::component::ComponentId;
use caveat_core::inventory::Component;
use caveat_core::source::Problem;

use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "unreadable-input";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "a file that could not be read, or not as its name promises",
    page: include_str!("unreadable_input.md"),
    check: |case| case.graph.problems.iter().filter_map(|it| finding(case, it)).collect(),
};

/// What the file may have said is not known. Where a license is clear all the same, a person
/// should know; where it is not, the gate stays shut.
fn finding(case: &Case<'_>, problem: &Problem) -> Option<Finding> {
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
        message: format!("`{name}`: {}", problem.what),
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
