//! Allowances of exceptions that the rules need no exception for.

use caveat_core::component::Kind;
use caveat_core::source::Spanned;
use caveat_core::tags::Tag;

use super::told::Told;
use crate::case::Case;
use crate::finding::Finding;
use crate::policy::{Allowance, Exception, Policy};
use crate::verdict::{Level, Stance, Verdict};

const NAME: &str = "needless-allowance";

pub(super) fn lint(case: &Case<'_>) -> Vec<Finding> {
    let policy = case.policy;
    let own = policy.exceptions.list.iter().filter(|it| it.at.source == policy.source);
    let told = own.flat_map(|it| it.allow.iter().filter_map(move |tag| needless(policy, it, tag)));
    told.map(Told::finding).collect()
}

fn needless(policy: &Policy, exception: &Exception, allowed: &Spanned<Allowance>) -> Option<Told> {
    let (word, because) = match allowed.value {
        Allowance::Tag(tag) => (tag.name(), let_through(policy, tag)?),
        Allowance::Finding(name) => {
            let level = policy.level(name).filter(|it| it.value == Level::Allow)?;
            (name, Spanned::new(format!("[levels] {name} = \"allow\""), level.at))
        }
    };
    let id = &exception.id.value;
    Some(Told {
        lint: NAME,
        level: Level::Note,
        at: allowed.at,
        label: "allowed as it is",
        message: format!("exception {id} allows `{word}`, which the policy allows in any case"),
        because,
        help: format!("take `{word}` out of its `allow`"),
    })
}

/// The line that lets a tag pass, whatever it is on and however that is used.
fn let_through(policy: &Policy, tag: Tag) -> Option<Spanned<String>> {
    // What nobody has read is for review whatever the lists say.
    if tag == Tag::Unknown {
        return None;
    }
    let speaks = |it: &crate::policy::RuleLine| {
        it.check.is_none() && (it.tags.is_empty() || it.tags.iter().any(|it| it.value == tag))
    };
    let mut rules = policy.overrides.iter().filter(|it| speaks(it));
    if rules.any(|it| it.verdict.value != Verdict::Allowed) {
        return None;
    }
    let mut line = None;
    for kind in [Kind::Code, Kind::Model, Kind::Dataset] {
        let listed = policy.stance(kind, tag);
        let stance = listed.as_ref().map(|it| it.value);
        let silent = if tag.is_minor() { Verdict::Allowed } else { policy.rules.otherwise() };
        if stance.unwrap_or(Stance::of(silent)) != Stance::Allow {
            return None;
        }
        line = line.or(listed.map(|it| it.at));
    }
    let at = line.or(policy.rules.otherwise.as_ref().map(|it| it.at)).or(policy.rules.at)?;
    Some(Spanned::new(format!("no rule and no list stops `{tag}`"), at))
}
