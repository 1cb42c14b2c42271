//! `[rules]` and `[rules.KIND]`: every stance may only get stricter.

use std::collections::BTreeMap;

use caveat_core::component::Kind;
use caveat_core::source::{Span, Spanned};
use caveat_core::tags::Tag;

use super::{Base, Merge};
use crate::policy::{KindRules, Policy, Rules};
use crate::verdict::{Stance, Verdict};
use crate::vocabulary::Word as _;

/// Gives one answer of `[rules]`.
type Get = fn(&Rules) -> Option<&Spanned<Verdict>>;

pub(super) fn merge(merge: &mut Merge<'_>) -> Rules {
    let at = merge.child.rules.at.or(merge.parents.iter().find_map(|it| it.rules.at));
    let silent = Rules::default();
    Rules {
        at,
        otherwise: scalar(merge, "otherwise", silent.otherwise(), |it| it.otherwise.as_ref()),
        unknown: scalar(merge, "unknown", silent.unknown(), |it| it.unknown.as_ref()),
        ambiguous: scalar(merge, "ambiguous", silent.ambiguous(), |it| it.ambiguous.as_ref()),
        unanswered: scalar(merge, "unanswered", silent.unanswered(), |it| it.unanswered.as_ref()),
        catalog: scalar(merge, "catalog", Verdict::Allowed, |it| it.catalog.as_ref()),
        kinds: kinds(merge),
    }
}

fn scalar(merge: &mut Merge<'_>, key: &str, silent: Verdict, get: Get) -> Option<Spanned<Verdict>> {
    let own = get(&merge.child.rules);
    for base in merge.bases() {
        let stated = get(&base.policy.rules);
        let holds = stated.map_or(silent, |it| it.value);
        let Some(own) = own.filter(|it| it.value < holds) else { continue };
        let says =
            format!("`{key} = \"{}\"` is looser than \"{holds}\" of {}", own.value, base.name());
        let help = format!("leave it out, or write \"{holds}\" or stricter");
        merge.loosens(own.at, says, base.held(stated.map(|it| it.at)), help);
    }
    if own.is_some() {
        return own.cloned();
    }
    let stated = || merge.bases().filter_map(|it| get(&it.policy.rules));
    let all = merge.bases().map(|it| get(&it.policy.rules).map_or(silent, |it| it.value));
    let strictest = all.max()?;
    stated().find(|it| it.value == strictest).cloned()
}

fn kinds(merge: &mut Merge<'_>) -> BTreeMap<Kind, KindRules> {
    let mut kinds = BTreeMap::new();
    for kind in Kind::ALL.iter().copied() {
        let own = merge.child.rules.kinds.get(&kind);
        let at = |it: &Base<'_>| it.policy.rules.kinds.get(&kind).map(|it| it.at);
        let Some(at) = own.map(|it| it.at).or(merge.bases().find_map(|it| at(&it))) else {
            continue;
        };
        let stances = Tag::ALL.iter().filter_map(|tag| Some((*tag, stance(merge, kind, *tag)?)));
        let tags = stances.collect();
        kinds.insert(kind, KindRules { at, preset: None, tags });
    }
    kinds
}

/// What the lists of a policy come to for a tag, and where that is written.
#[derive(Clone, Copy)]
pub(super) struct Holds {
    pub(super) stance: Stance,
    pub(super) at: Option<Span>,
    /// A list names the tag; otherwise it is the answer for what none names.
    pub(super) named: bool,
}

impl Holds {
    pub(super) fn of(policy: &Policy, kind: Kind, tag: Tag) -> Self {
        if let Some(it) = policy.stance(kind, tag) {
            return Self { stance: it.value, at: Some(it.at), named: true };
        }
        let rules = &policy.rules;
        let (verdict, at) = match tag {
            Tag::Unknown => (rules.unknown(), rules.unknown.as_ref()),
            Tag::PatentRetaliation => {
                let stated = policy.patents.as_ref().and_then(|it| it.retaliation.as_ref());
                (stated.map_or(Verdict::Allowed, |it| it.value), stated)
            }
            _ if tag.is_minor() => (Verdict::Allowed, None),
            _ => (rules.otherwise(), rules.otherwise.as_ref()),
        };
        Self { stance: Stance::of(verdict), at: at.map(|it| it.at), named: false }
    }

    /// The line, in words.
    pub(super) fn says(&self, kind: Kind, tag: Tag) -> String {
        let (kind, stance) = (kind.name(), self.stance.key());
        match (self.named, tag) {
            (true, _) => format!("[rules.{kind}] {stance} = [\"{tag}\"]"),
            (false, Tag::Unknown) => format!("unknown = \"{stance}\""),
            (false, Tag::PatentRetaliation) => format!("[patents] retaliation = \"{stance}\""),
            (false, _) => format!("otherwise = \"{stance}\""),
        }
    }
}

/// Whether one stance never comes out better than the other. A test may let pass what a person
/// would have to look at, and deny what a person might let pass.
pub(super) fn at_least(stance: Stance, other: Stance) -> bool {
    stance == other || stance == Stance::Deny || other == Stance::Allow
}

fn stance(merge: &mut Merge<'_>, kind: Kind, tag: Tag) -> Option<Spanned<Stance>> {
    let Some(own) = merge.child.stance(kind, tag) else { return joined(merge, kind, tag) };
    for base in merge.bases() {
        let holds = Holds::of(base.policy, kind, tag);
        if at_least(own.value, holds.stance) {
            continue;
        }
        let says = format!(
            "`{tag}` under `{}` for {} is looser than {} of {}",
            own.value.key(),
            kind.name(),
            holds.says(kind, tag),
            base.name()
        );
        let help = if holds.named {
            "leave the tag out; what is allowed all the same is an [[exception]] with an end"
        } else {
            "leave the tag out; a base that leaves a tag to others lists it under `allow`, or says \
             otherwise = \"allow\""
        };
        merge.loosens(own.at, says, base.held(holds.at), help.to_owned());
    }
    Some(own)
}

/// The strictest of the bases, where one names the tag; deny where they ask for a look and a test.
fn joined(merge: &Merge<'_>, kind: Kind, tag: Tag) -> Option<Spanned<Stance>> {
    let all: Vec<_> = merge.bases().map(|it| (Holds::of(it.policy, kind, tag), it.named)).collect();
    if !all.iter().any(|(it, _)| it.named) {
        return None;
    }
    let least =
        |it: &&(Holds, Span)| all.iter().all(|(other, _)| at_least(it.0.stance, other.stance));
    let found = all.iter().filter(least).max_by_key(|(it, _)| it.named);
    let (holds, named) = found.or(all.first())?;
    let stance = found.map_or(Stance::Deny, |(it, _)| it.stance);
    Some(Spanned::new(stance, holds.at.unwrap_or(*named)))
}
