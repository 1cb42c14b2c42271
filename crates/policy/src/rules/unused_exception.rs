//! An exception, or a part of one, that lets nothing through.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::ComponentId;
use caveat_core::source::{Span, Spanned};

use super::RULES;
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::policy::{Allowance, Exception, Target};
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "unused-exception";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "an exception that lets nothing through any more",
    page: include_str!("unused_exception.md"),
    usual: Level::Note,
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    // A scan of a part of the tree cannot tell what the rest needs.
    if !case.prefix.is_empty() {
        return Vec::new();
    }
    let used: BTreeSet<(&str, Allowance)> = case
        .rulings()
        .filter_map(|it| Some((it.exception?.id.value.as_str(), Allowance::Tag(it.tag))))
        .collect();
    let mut found = Found::default();
    let mut all = Vec::new();
    for exception in case.policy.exceptions.list.iter().filter(|it| case.in_force(it)) {
        let mut unused = |it: &&Spanned<Allowance>| match it.value {
            Allowance::Tag(_) => !used.contains(&(exception.id.value.as_str(), it.value)),
            Allowance::Finding(name) => !found.excepts(case, exception, name),
        };
        let unused: Vec<_> = exception.allow.iter().filter(&mut unused).collect();
        if unused.len() == exception.allow.len() {
            all.extend(useless(case, exception));
        } else {
            all.extend(unused.into_iter().filter_map(|it| too_wide(exception, it)));
        }
    }
    all
}

/// What rules find that exceptions set aside, by the name of the rule: each is asked once.
#[derive(Default)]
struct Found(BTreeMap<&'static str, Vec<Finding>>);

impl Found {
    /// Whether the exception sets aside anything that the rule of that name finds.
    fn excepts(&mut self, case: &Case<'_>, exception: &Exception, name: &str) -> bool {
        // An exception from this very rule, or from one that is not here, is nobody's business.
        let Some(rule) = RULES.iter().find(|it| it.name == name && it.name != NAME) else {
            return true;
        };
        let found = self.0.entry(rule.name).or_insert_with(|| (rule.check)(case));
        found.iter().any(|it| case.excepts(exception, it))
    }
}

/// Nothing that it allows is asked for.
fn useless(case: &Case<'_>, exception: &Exception) -> Option<Finding> {
    let (why, help) = if meant(case, exception) {
        ("what it is for needs no exception", "remove it")
    } else if another_revision(case, exception) {
        ("the tree holds another revision, or does not say which", "have the new one approved")
    } else {
        (
            "nothing in the scanned tree is what it is for",
            "remove it, or correct its package or path",
        )
    };
    let says = format!("exception {} lets nothing through: {why}", exception.id.value);
    finding(exception, exception.target.at(), says, help.to_owned(), "all")
}

/// It allows more than is asked for.
fn too_wide(exception: &Exception, allowed: &Spanned<Allowance>) -> Option<Finding> {
    let name = match allowed.value {
        Allowance::Tag(it) => it.name(),
        Allowance::Finding(it) => it,
    };
    let id = &exception.id.value;
    let says = format!("exception {id} allows `{name}`, which nothing that it is for needs");
    let help = format!("take `{name}` out of its `allow`");
    finding(exception, allowed.at, says, help, name)
}

fn meant(case: &Case<'_>, exception: &Exception) -> bool {
    let mut all = case.graph.components.values();
    all.any(|it| exception.target.matches(&it.id, Some(&case.path(&it.path))))
}

fn another_revision(case: &Case<'_>, exception: &Exception) -> bool {
    let Target::Package(package) = &exception.target else { return false };
    let mut all = case.graph.components.keys();
    all.any(|it| package.value.matches_any_version(it))
}

fn finding(
    exception: &Exception,
    at: Span,
    message: String,
    help: String,
    what: &str,
) -> Option<Finding> {
    let approved = &exception.approved;
    let says = format!(
        "owner {}, approved by {} ({})",
        exception.owner.value, approved.by.value, approved.ticket.value
    );
    Some(Finding {
        rule: NAME,
        level: Level::Note,
        component: ComponentId::path(""),
        license: None,
        message,
        at,
        label: "lets nothing through".to_owned(),
        because: Because::new(vec![Step::new(Link::Policy, says, exception.at)])?,
        help: vec![help],
        cause: format!("{} {what}", exception.id.value),
        excepted: None,
    })
}
