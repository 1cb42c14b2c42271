//! `[[rule]]`: one of a child may only be stricter than what its bases say of the same thing.

use caveat_core::source::{Span, Spanned};

use super::reach::Reach;
use super::stances::{Holds, at_least};
use super::{Base, Merge, distinct};
use crate::policy::{Policy, RuleLine, shown};
use crate::verdict::{Stance, Verdict};

pub(super) fn merge(merge: &mut Merge<'_>, policy: &mut Policy) {
    let inherited = merge.parents.iter().flat_map(|it| &it.overrides);
    let all = distinct(inherited.chain(&merge.child.overrides), |it| it.at);
    merge.once("rule", all.iter().map(|it| &it.id));
    policy.overrides = all;
    // What denies is never looser than anything.
    let milder = policy.overrides.iter().filter(|it| it.verdict.value < Verdict::Denied);
    let reaches: Vec<_> = milder.map(|it| Reach::of(it, &policy.licenses)).collect();
    for base in merge.bases() {
        let known = |it: &Reach<'_>| base.policy.overrides.iter().any(|own| own.at == it.rule.at);
        for reach in reaches.iter().filter(|it| !known(it)) {
            let found = if reach.rule.check.is_some() {
                against_check(reach, base)
            } else {
                against_lists(reach, base).or_else(|| against_rules(reach, base, policy))
            };
            if let Some(found) = found {
                tell(merge, reach.rule, base, &found);
            }
        }
    }
}

/// What a base says that a rule would loosen: in words, and where.
struct Against {
    says: String,
    at: Option<Span>,
}

fn tell(merge: &mut Merge<'_>, rule: &RuleLine, base: Base<'_>, found: &Against) {
    let (id, verdict) = (shown(&rule.id.value), rule.verdict.value);
    let says = format!("rule `{id}` says \"{verdict}\" {} {}", found.says, base.name());
    let is_own = rule.at.source == merge.child.source;
    let (at, help) = if is_own {
        let help = "write \"deny\", or name only tags and uses that the base lets pass; what is \
                    allowed all the same is an [[exception]] with an end";
        (rule.verdict.at, help)
    } else {
        // The rule is of another base: the two contradict each other.
        (base.named, "extend only one of the two, or have one of them changed")
    };
    let line = if is_own || found.at.is_some() {
        base.held(found.at)
    } else {
        Spanned::new("the rule is here", rule.verdict.at)
    };
    merge.loosens(at, says, line, help.to_owned());
}

/// A rule speaks before the lists. Where a rule of the base speaks as well, they do not matter.
fn against_lists(reach: &Reach<'_>, base: Base<'_>) -> Option<Against> {
    let rules = base.policy.overrides.iter();
    if rules.filter(|it| it.check.is_none()).any(|it| reach.is_within(it)) {
        return None;
    }
    let stance = Stance::of(reach.rule.verdict.value);
    let asked = reach.kinds().flat_map(|kind| reach.tags.iter().map(move |tag| (kind, *tag)));
    let looser = |(kind, tag)| {
        let holds = Holds::of(base.policy, kind, tag);
        (!at_least(stance, holds.stance)).then_some((kind, tag, holds))
    };
    // A line that names the tag tells more than the answer for all others.
    let found: Vec<_> = asked.filter_map(looser).collect();
    let (kind, tag, holds) = found.iter().find(|it| it.2.named).or(found.first())?;
    let says = format!("of `{tag}` for {}, against {} of", kind.name(), holds.says(*kind, *tag));
    Some(Against { says, at: holds.at })
}

/// A rule that names a license beats one that asks for a tag; and one that could only ever say less
/// than the base's was not meant to be idle.
fn against_rules(reach: &Reach<'_>, base: Base<'_>, policy: &Policy) -> Option<Against> {
    let speaks = |it: &&RuleLine| it.check.is_none();
    let hides = |it: &&RuleLine| it.verdict.value > reach.rule.verdict.value && reach.is_within(it);
    if let Some(it) = base.policy.overrides.iter().filter(speaks).find(hides) {
        return Some(by_rule(it));
    }
    if !reach.rule.names_license() {
        return None;
    }
    let named = |it: &RuleLine| it.names_license() && reach.is_within(it);
    if base.policy.overrides.iter().filter(speaks).any(named) {
        return None;
    }
    let stricter = |it: &&RuleLine| {
        !it.names_license()
            && it.verdict.value > reach.rule.verdict.value
            && reach.meets(it, policy)
    };
    let found = base.policy.overrides.iter().filter(speaks).find(stricter)?;
    Some(by_rule(found))
}

/// A rule with a check makes milder what the check finds, unless one of the base speaks as well.
fn against_check(reach: &Reach<'_>, base: Base<'_>) -> Option<Against> {
    if base.policy.overrides.iter().any(|it| {
        reach.is_within(it) && it.check.is_some() && it.verdict.value <= reach.rule.verdict.value
    }) {
        return None;
    }
    let same = |it: &&RuleLine| {
        it.check.as_ref().map(|it| it.value) == reach.rule.check.as_ref().map(|it| it.value)
    };
    let mut stricter = base
        .policy
        .overrides
        .iter()
        .filter(same)
        .filter(|it| it.verdict.value > reach.rule.verdict.value);
    let found = stricter.next().map(by_rule);
    let says = "of what its check finds, against what the texts decide in".to_owned();
    Some(found.unwrap_or(Against { says, at: None }))
}

fn by_rule(rule: &RuleLine) -> Against {
    let (id, verdict) = (shown(&rule.id.value), rule.verdict.value);
    Against { says: format!("where rule `{id}` says \"{verdict}\" in"), at: Some(rule.verdict.at) }
}
