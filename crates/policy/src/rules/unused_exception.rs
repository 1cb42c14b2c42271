//! An exception that lets nothing through.

use std::collections::BTreeSet;

use caveat_core::component::ComponentId;

use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::policy::{Allowance, Exception};
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "unused-exception";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "an exception that lets nothing through any more",
    page: include_str!("unused_exception.md"),
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    // A scan of a part of the tree cannot tell what the rest needs.
    if !case.prefix.is_empty() {
        return Vec::new();
    }
    let rulings = case.decided.values().flat_map(|it| &it.rulings);
    let used: BTreeSet<&str> =
        rulings.filter_map(|it| it.exception).map(|it| it.id.value.as_str()).collect();
    let list = case.policy.exceptions.list.iter();
    list.filter(|it| case.in_force(it) && !used.contains(it.id.value.as_str()))
        .filter(|it| it.allow.iter().all(|it| matches!(it.value, Allowance::Tag(_))))
        .filter_map(|it| finding(case, it))
        .collect()
}

fn finding(case: &Case<'_>, exception: &Exception) -> Option<Finding> {
    let meant = case
        .graph
        .components
        .values()
        .any(|it| exception.target.matches(&it.id, Some(&case.path(&it.path))));
    let why = if meant {
        "what it is for needs no exception"
    } else {
        "nothing in the scanned tree is what it is for"
    };
    let steps = vec![Step::new(
        Link::Policy,
        format!("exception {}: {why}", exception.id.value),
        exception.at,
    )];
    Some(Finding {
        rule: NAME,
        level: Level::Note,
        component: ComponentId::path(""),
        license: None,
        message: format!("exception {} lets nothing through: {why}", exception.id.value),
        at: exception.target.at(),
        label: "matches nothing that needs it".to_owned(),
        because: Because::new(steps)?,
        help: vec!["remove it, or correct the package or path that it names".to_owned()],
        cause: exception.id.value.clone(),
        excepted: None,
    })
}
