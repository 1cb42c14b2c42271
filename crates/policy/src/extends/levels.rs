//! `[levels]`: a finding may only get louder.

use caveat_core::source::Spanned;

use super::{Base, Merge};
use crate::policy::{FINDINGS, Policy};
use crate::rules;
use crate::verdict::Level;

/// Rules whose findings are never graver than usual; those of others may be, by what they are about.
const EVEN: &[&str] = &[
    "deprecated-license-id",
    "expired-baseline",
    "missing-patent-grant",
    "mutable-revision",
    "stale-baseline",
    "stale-facts",
    "stale-policy",
    "unused-exception",
];

/// How loud findings are of which a policy says nothing.
enum Silent {
    /// Nothing finds them.
    Never,
    /// At most this, and usually just this.
    Usual(Level),
    /// Usually this; they may be denied.
    Varies(Level),
}

fn silent(finding: &str) -> Silent {
    match rules::named(finding) {
        None => Silent::Never,
        Some(it) if EVEN.contains(&it.name) || it.usual == Level::Deny => Silent::Usual(it.usual),
        Some(it) => Silent::Varies(it.usual),
    }
}

/// The quietest level that is surely no quieter than silence. To leave a note out changes no verdict.
fn least(finding: &str) -> Level {
    match silent(finding) {
        Silent::Never | Silent::Usual(Level::Note) => Level::Allow,
        Silent::Usual(it) => it,
        Silent::Varies(_) => Level::Deny,
    }
}

pub(super) fn merge(merge: &mut Merge<'_>, policy: &mut Policy) {
    for finding in FINDINGS {
        if let Some(own) = merge.child.level(finding) {
            for base in merge.bases() {
                check(merge, finding, own, base);
            }
        } else if let Some(it) = joined(merge, finding) {
            policy.levels.insert(finding, it);
        }
    }
    let child = merge.child;
    let is_stricter = !child.rules.kinds.is_empty()
        || !child.overrides.is_empty()
        || child.rules.otherwise.is_some()
        || merge.parents.len() > 1;
    if is_stricter {
        raise(policy);
    }
}

/// Findings on licenses that may be denied; what is denied hides what is for review.
const GRAVE: [&str; 5] = [
    "unknown-license",
    "over-threshold",
    "outside-territory",
    "restricted-output",
    "denied-license",
];

/// Where a base hushes what is denied below what is for review, a child that denies more would be
/// heard less: then the grave is as loud as the mild, and what is denied as what a test stops.
fn raise(policy: &mut Policy) {
    let level = |policy: &Policy, finding: &str| {
        let usual = || rules::named(finding).map(|it| it.usual);
        policy.level(finding).map(|it| it.value).or_else(usual)
    };
    let mut least = level(policy, "needs-review");
    for finding in GRAVE {
        if let Some(stated) = policy.level(finding).cloned() {
            let raised = least.map_or(stated.value, |it| it.max(stated.value));
            policy.levels.insert(finding, Spanned::new(raised, stated.at));
        }
        if matches!(finding, "over-threshold" | "outside-territory") {
            least = least.max(level(policy, finding));
        }
    }
}

fn check(merge: &mut Merge<'_>, finding: &str, own: &Spanned<Level>, base: Base<'_>) {
    let stated = base.policy.level(finding);
    let holds = stated.map_or_else(|| least(finding), |it| it.value);
    if own.value >= holds {
        return;
    }
    let (level, name) = (own.value, base.name());
    let says = match (stated, silent(finding)) {
        (None, Silent::Varies(_)) => {
            format!("`{finding} = \"{level}\"` would hush what {name} may deny")
        }
        (Some(_) | None, _) => {
            format!("`{finding} = \"{level}\"` is quieter than \"{holds}\" of {name}")
        }
    };
    let help = match stated {
        Some(_) => format!("leave it out, or write \"{holds}\" or louder"),
        None => format!("leave it out or write \"{holds}\"; a quieter level is the base's to set"),
    };
    merge.loosens(own.at, says, base.held(stated.map(|it| it.at)), help);
}

/// The loudest of the bases; where one is silent, nothing quieter than that.
fn joined(merge: &Merge<'_>, finding: &str) -> Option<Spanned<Level>> {
    let stated = || merge.bases().filter_map(|it| it.policy.level(finding));
    let loudest = stated().max_by_key(|it| it.value)?;
    let is_silent = merge.bases().any(|it| it.policy.level(finding).is_none());
    if !is_silent || loudest.value >= least(finding) {
        return Some(loudest.clone());
    }
    match silent(finding) {
        Silent::Varies(usual) if loudest.value > usual => {
            Some(Spanned::new(Level::Deny, loudest.at))
        }
        Silent::Never | Silent::Usual(_) | Silent::Varies(_) => None,
    }
}
