//! Whether a label carries a demand.

use caveat_core::expression::Licensed;
use caveat_core::tags::Tag;
use caveat_core::terms::{Consequence, Terms, Threshold, Word};

use super::Loss;
use super::demand::What;
use super::reciprocal::{reciprocal, same_text};
use crate::ground::Ground;
use crate::region::Region;

/// How `label` stands to something that `theirs` demands.
pub(super) fn loss(ground: &Ground<'_>, label: &Licensed, theirs: &Licensed, what: What) -> Loss {
    match what {
        What::NoStudent | What::Guardrails => return Loss::Lost,
        What::NoAdaptation => return adaptation(ground, label),
        What::OwnFamily => return family(ground, label, theirs),
        What::Tag(_) | What::ForbiddenUse(_) | What::Agreement => {}
    }
    let asked: Vec<Tag> = ground.tags(label).iter().map(|it| it.tag).collect();
    // Nobody has read what the label asks: that is a finding of its own.
    if asked.is_empty() {
        return Loss::Kept;
    }
    match what {
        What::Tag(tag) => by_tag(ground, label, theirs, tag, &asked),
        _ if same_text(label, theirs) => Loss::Kept,
        What::ForbiddenUse(name) => forbidden_use(ground, label, name, &asked),
        What::Agreement if ground.defined(label).is_some() => Loss::Doubtful,
        What::Agreement
        | What::NoStudent
        | What::OwnFamily
        | What::Guardrails
        | What::NoAdaptation => Loss::Lost,
    }
}

/// A label under which nothing is passed on may stand on a private version. One that only bars
/// others from changing it does not say whether the version that it stands on was passed on.
fn adaptation(ground: &Ground<'_>, label: &Licensed) -> Loss {
    let tags = ground.tags(label);
    let asks = |tag: Tag| tags.iter().any(|it| it.tag == tag);
    if tags.is_empty() || asks(Tag::Proprietary) {
        Loss::Kept
    } else if asks(Tag::NoDerivatives) {
        Loss::Doubtful
    } else {
        Loss::Lost
    }
}

fn family(ground: &Ground<'_>, label: &Licensed, theirs: &Licensed) -> Loss {
    let family = |it: &Licensed| {
        let terms = ground.terms(it);
        terms.map(|it| it.license.family.as_str()).filter(|it| !it.is_empty())
    };
    let same = family(theirs).is_some() && family(theirs) == family(label);
    if same { Loss::Kept } else { Loss::Lost }
}

fn by_tag(
    ground: &Ground<'_>,
    label: &Licensed,
    theirs: &Licensed,
    tag: Tag,
    asked: &[Tag],
) -> Loss {
    let asks = |any: &[Tag]| any.iter().any(|it| asked.contains(it));
    let kept = |it: bool| if it { Loss::Kept } else { Loss::Lost };
    match tag {
        Tag::WeakReciprocal
        | Tag::StrongReciprocal
        | Tag::NetworkReciprocal
        | Tag::ShareAlike
        | Tag::AntiLockdown => reciprocal(ground, label, theirs, tag, asked),
        _ if same_text(label, theirs) => Loss::Kept,
        // Only a label that gives rights without asking for credit takes the credit away.
        Tag::Attribution => {
            kept(asks(&[Tag::Attribution]) || !asks(&[Tag::Permissive, Tag::PublicDomain]))
        }
        Tag::AttributionDisplay | Tag::NamingRequired => {
            kept(asks(&[tag]) && same_words(ground, label, theirs, tag))
        }
        // Research only is narrower than non-commercial.
        Tag::NonCommercial => kept(asks(&[Tag::NonCommercial, Tag::ResearchOnly])),
        Tag::Territorial | Tag::SeatRestricted => {
            kept(asks(&[tag]) && same_places(ground, label, theirs, tag))
        }
        Tag::SourceAvailable => {
            kept(asks(&[tag, Tag::Proprietary, Tag::NonCommercial, Tag::ResearchOnly]))
        }
        Tag::ScaleCapped | Tag::RevenueCapped | Tag::DeviceCapped => {
            kept(asks(&[tag]) && same_limits(ground, label, theirs))
        }
        Tag::UseRestricted
        | Tag::ResearchOnly
        | Tag::NoDerivatives
        | Tag::CompetitorBarred
        | Tag::OutputRestricted
        | Tag::Proprietary => kept(asks(&[tag])),
        // No label has to carry these.
        Tag::Permissive
        | Tag::PublicDomain
        | Tag::Unknown
        | Tag::PatentRetaliation
        | Tag::RevocableRemotely => Loss::Kept,
    }
}

/// Both restrict uses, but the label's list may leave some out.
fn forbidden_use(ground: &Ground<'_>, label: &Licensed, name: &str, asked: &[Tag]) -> Loss {
    // Without any restriction the tag is lost as a whole; one that a policy only tags names no list.
    if !asked.contains(&Tag::UseRestricted) || ground.is_only_tagged(label) {
        return Loss::Kept;
    }
    let listed = ground.forbidden_uses(label);
    match listed.is_empty() {
        true => Loss::Doubtful,
        false if listed.contains(&name) => Loss::Kept,
        false => Loss::Lost,
    }
}

/// Whether the label asks for the very words that must be shown or stand in the name.
fn same_words(ground: &Ground<'_>, label: &Licensed, theirs: &Licensed, tag: Tag) -> bool {
    if ground.is_only_tagged(label) || ground.is_only_tagged(theirs) {
        return true;
    }
    let words = |it: &Licensed| ground.terms(it).map(|it| words(it, tag)).unwrap_or_default();
    let (ours, theirs) = (words(label), words(theirs));
    theirs.iter().all(|them| ours.iter().any(|us| us.starts_with(them)))
}

fn words(terms: &Terms, tag: Tag) -> Vec<String> {
    let texts: Vec<&String> = if tag == Tag::NamingRequired {
        terms.duties.names.iter().filter_map(|it| it.value.text.as_ref()).collect()
    } else {
        let shown = terms.duties.displays.iter().filter(|it| it.value.required);
        shown.filter_map(|it| it.value.any_of.first()).collect()
    };
    texts.into_iter().map(|it| it.to_lowercase()).collect()
}

/// Whether the label draws every line at least as low as upstream does.
fn same_limits(ground: &Ground<'_>, label: &Licensed, theirs: &Licensed) -> bool {
    if ground.is_only_tagged(label) || ground.is_only_tagged(theirs) {
        return true;
    }
    let limits = |it: &Licensed| {
        let terms = ground.terms(it);
        let all = terms.into_iter().flat_map(|it| &it.limits.thresholds).map(|it| &it.value);
        all.filter(|it| it.consequence != Consequence::DisplayRequired)
    };
    let as_low = |them: &Threshold| {
        limits(label).any(|us| us.metric == them.metric && us.limit <= them.limit)
    };
    limits(theirs).filter(|it| it.limit.is_some()).all(as_low)
}

/// Whether the label leaves out at least the places that upstream leaves out.
fn same_places(ground: &Ground<'_>, label: &Licensed, theirs: &Licensed, tag: Tag) -> bool {
    if ground.is_only_tagged(label) || ground.is_only_tagged(theirs) {
        return true;
    }
    let places = |it: &Licensed| -> Vec<Region> {
        let terms = ground.terms(it);
        let all = terms.into_iter().flat_map(|it| &it.limits.territory);
        let meant = all.filter(|it| {
            let seat = it.value.by.is_some_and(|it| it.name() == "seat");
            seat == (tag == Tag::SeatRestricted)
        });
        meant.flat_map(|it| &it.value.regions).filter_map(|it| Region::parse(it)).collect()
    };
    let ours = places(label);
    places(theirs).iter().all(|them| ours.iter().any(|us| us.contains(*them)))
}
