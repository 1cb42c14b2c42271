//! Lists and records that decide nothing, or not what they seem to.

use caveat_core::component::Kind;
use caveat_core::source::Spanned;
use caveat_core::tags::Tag;

use super::told::Told;
use crate::case::Case;
use crate::finding::Finding;
use crate::policy::{Exclude, ExcludeReason, Policy};
use crate::verdict::{Level, Stance};

pub(super) fn lint(case: &Case<'_>) -> Vec<Finding> {
    let policy = case.policy;
    let excludes = policy.exclude.iter().filter(|it| it.at.source == policy.source);
    let told = documents(policy).into_iter().chain(figures(policy));
    told.chain(excludes.filter_map(reason)).map(Told::finding).collect()
}

fn documents(policy: &Policy) -> Option<Told> {
    let rules = policy.rules.kinds.get(&Kind::Document)?;
    Some(Told {
        lint: "idle-list",
        level: Level::Warn,
        at: rules.at,
        label: "decides nothing",
        message: "[rules.document] decides nothing: a stray license text is judged as code"
            .to_owned(),
        because: Spanned::new("documents are judged by [rules.code]".to_owned(), rules.at),
        help: "write it into [rules.code], or use a [[rule]] with kind = \"document\"".to_owned(),
    })
}

/// A test that nothing can answer is no test.
fn figures(policy: &Policy) -> Option<Told> {
    if policy.org.facts.iter().any(|it| !it.figures.is_empty()) {
        return None;
    }
    let is_counted =
        |it: Tag| matches!(it, Tag::ScaleCapped | Tag::RevenueCapped | Tag::DeviceCapped);
    let listed = policy.rules.kinds.values().flat_map(|it| &it.tags);
    let mut tests = listed.filter(|(tag, it)| {
        is_counted(**tag) && it.value == Stance::Test && it.at.source == policy.source
    });
    let (tag, it) = tests.next()?;
    let verdict = policy.rules.unanswered();
    Some(Told {
        lint: "unanswerable-test",
        level: Level::Note,
        at: it.at,
        label: "no figure answers it",
        message: format!("`{tag}` is tested against figures, and the policy states none"),
        because: Spanned::new(
            format!("a test that nothing answers comes to \"{verdict}\""),
            policy.rules.unanswered.as_ref().map_or(it.at, |it| it.at),
        ),
        help: "add an [[org.facts]] table: as-of, mau, annual-revenue-usd, source".to_owned(),
    })
}

fn reason(exclude: &Exclude) -> Option<Told> {
    if exclude.because.is_some() || exclude.reason.value != ExcludeReason::Other {
        return None;
    }
    Some(Told {
        lint: "reasonless-exclude",
        level: Level::Warn,
        at: exclude.reason.at,
        label: "says nothing",
        message: "an exclusion for another reason does not say which".to_owned(),
        because: Spanned::new("what lies there is not judged".to_owned(), exclude.at),
        help: "add `because = \"…\"`: somebody will ask".to_owned(),
    })
}
