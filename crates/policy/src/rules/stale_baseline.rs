//! A baseline that is not there, or lists what is mended.

use caveat_core::component::ComponentId;
use caveat_core::source::Span;

use crate::backlog::Backlog;
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::policy::KnownFinding;
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "stale-baseline";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "the baseline is not there, or lists findings that are mended",
    page: include_str!("stale_baseline.md"),
    usual: Level::Note,
    check: |case| missing(case).into_iter().collect(),
};

fn missing(case: &Case<'_>) -> Option<Finding> {
    let file = &case.policy.baseline.as_ref()?.file;
    if case.backlog != Backlog::Missing {
        return None;
    }
    Some(Finding {
        message: format!("the baseline `{}` is not there: every finding counts", file.value),
        label: "no such file".to_owned(),
        help: vec![
            "write it with `caveat baseline`; if nothing is left to set aside, remove [baseline]"
                .to_owned(),
        ],
        ..finding(case, file.at, "the policy names it".to_owned(), file.at, "missing")?
    })
}

/// Entries that nothing was found for: whoever mended something did not break anything.
pub(crate) fn mended(case: &Case<'_>, left: &[&KnownFinding]) -> Option<Finding> {
    let first = left.first()?;
    let (rule, about) = (&first.rule, &first.component);
    let says = match left.len() {
        1 => format!("it lists `{rule}` of {about}"),
        many => format!("it lists `{rule}` of {about}, and {} more", many - 1),
    };
    let are = if left.len() == 1 { "finding is" } else { "findings are" };
    Some(Finding {
        message: format!("{} {are} mended that the baseline still lists", left.len()),
        label: "not found any more".to_owned(),
        help: vec!["take them out: caveat baseline".to_owned()],
        ..finding(case, first.at, says, first.at, "mended")?
    })
}

fn finding(
    case: &Case<'_>,
    at: Span,
    listed: String,
    place: Span,
    what: &'static str,
) -> Option<Finding> {
    Some(Finding {
        rule: NAME,
        level: Level::Note,
        component: ComponentId::path(&case.prefix),
        license: None,
        message: String::new(),
        at,
        label: String::new(),
        because: Because::new(vec![Step::new(Link::Policy, listed, place)])?,
        help: Vec::new(),
        cause: what.to_owned(),
        excepted: None,
    })
}
