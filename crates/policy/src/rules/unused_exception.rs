//! An exception, or a part of one, that lets nothing through.

use std::collections::BTreeSet;

use caveat_core::component::ComponentId;
use caveat_core::source::{Span, Spanned};
use caveat_core::tags::Tag;

use super::{OF_CONTRIBUTIONS, RULES};
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::policy::{Allowance, Exception, Target};
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "unused-exception";

/// Which exceptions set aside something that a rule found: the exception's id, the rule's name.
pub(crate) type Used<'a> = BTreeSet<(&'a str, &'static str)>;

pub(crate) const RULE: Rule = Rule {
    name: NAME,
    summary: "an exception that lets nothing through any more",
    page: include_str!("unused_exception.md"),
    usual: Level::Note,
    // It looks at what all other rules found: whoever runs them asks for `findings` afterwards.
    check: |_| Vec::new(),
};

/// Exceptions, or parts of them, that nothing of what was found is set aside by.
pub(crate) fn findings(case: &Case<'_>, used: &Used<'_>) -> Vec<Finding> {
    // A scan of a part of the tree cannot tell what the rest needs.
    if !case.prefix.is_empty() || case.policy.exceptions.list.is_empty() {
        return Vec::new();
    }
    let asked: BTreeSet<(&str, Tag)> =
        case.rulings().filter_map(|it| Some((it.exception?.id.value.as_str(), it.tag))).collect();
    let about = About::of(case);
    let mut all = Vec::new();
    for (number, exception) in case.policy.exceptions.list.iter().enumerate() {
        if !case.in_force(exception) {
            continue;
        }
        let id = exception.id.value.as_str();
        let unused = |it: &&Spanned<Allowance>| match it.value {
            Allowance::Tag(tag) => !asked.contains(&(id, tag)),
            // An exception from this very rule, or from one that is not here, is nobody's business.
            Allowance::Finding(name) => name != NAME && known(name) && !used.contains(&(id, name)),
        };
        let unused: Vec<_> = exception.allow.iter().filter(unused).collect();
        if unused.len() == exception.allow.len() {
            all.extend(useless(&about, number, exception));
        } else {
            all.extend(unused.into_iter().filter_map(|it| too_wide(exception, it)));
        }
    }
    all
}

/// Whether a rule of that name was run. What others bring in is asked about on its own.
fn known(name: &str) -> bool {
    let is_it = |it: &Rule| it.name == name;
    RULES.iter().any(is_it) && !OF_CONTRIBUTIONS.iter().any(is_it)
}

/// What the tree holds that exceptions are about.
struct About<'a> {
    /// Exceptions for something that is there, by their places in the file.
    meant: BTreeSet<usize>,
    components: Vec<&'a ComponentId>,
}

impl<'a> About<'a> {
    fn of(case: &Case<'a>) -> Self {
        let components = case.graph.components.values();
        let meant = components.flat_map(|it| {
            let path = case.path(&it.path);
            case.lines.exceptions(&it.id, Some(&path))
        });
        Self { meant: meant.collect(), components: case.graph.components.keys().collect() }
    }

    fn has_another_revision(&self, exception: &Exception) -> bool {
        let Target::Package(package) = &exception.target else { return false };
        self.components.iter().any(|it| package.value.matches_any_version(it))
    }
}

/// Nothing that it allows is asked for.
fn useless(about: &About<'_>, number: usize, exception: &Exception) -> Option<Finding> {
    let (why, help) = if about.meant.contains(&number) {
        ("what it is for needs no exception", "remove it")
    } else if about.has_another_revision(exception) {
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
