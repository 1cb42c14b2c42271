//! What a license demands of the label on what is made from it.

use caveat_core::expression::Licensed;
use caveat_core::source::{SourceId, Span};
use caveat_core::tags::{Tag, Tagged};
use caveat_core::terms::{Confidence, Distillation, Fact, FlowDown, Terms, Value, Word};

use crate::ground::Ground;
use crate::travel::Travel;

/// One thing that must travel, with the fact that says so.
#[derive(Clone, Debug)]
pub(super) struct Demand {
    pub(super) what: What,
    /// What a label drops that does not carry it, in a few words.
    pub(super) drops: String,
    /// What the license says, in one clause.
    pub(super) says: String,
    pub(super) at: Option<Span>,
    pub(super) cite: String,
    /// Read in the text, not told by others.
    pub(super) sure: bool,
}

/// The kinds of things that must travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// What a tag stands for.
    Tag(Tag),
    /// A use that stays forbidden, by its name in the terms.
    ForbiddenUse(&'static str),
    /// The agreement itself: no other text will do.
    Agreement,
    /// That no model outside the family learns from outputs.
    OwnFamily,
    /// That no other model at all does, whatever its label.
    NoStudent,
    /// That no competing model does: who competes, no file tells.
    NoCompetingStudent,
}

impl What {
    pub(super) fn forbidden_use(self) -> Option<&'static str> {
        match self {
            Self::ForbiddenUse(it) => Some(it),
            Self::Tag(_)
            | Self::Agreement
            | Self::OwnFamily
            | Self::NoStudent
            | Self::NoCompetingStudent => None,
        }
    }
}

/// Everything that `theirs` demands and that travels.
pub(super) fn demands(ground: &Ground<'_>, theirs: &Licensed, travel: Travel) -> Vec<Demand> {
    let tags = ground.tags(theirs);
    // Where only what concerns outputs travels, whether there may be a student is asked below.
    let apart = |tag| travel.tags.is_some() && tag == Tag::OutputRestricted;
    let taken = tags.iter().filter(|it| travel.takes(it.tag) && !apart(it.tag));
    let mut all: Vec<Demand> = taken.filter_map(|it| of_tag(ground, theirs, it)).collect();
    if ground.defined(theirs).is_some() {
        return all;
    }
    let Some(terms) = ground.library.terms(theirs.id.as_str()) else { return all };
    if travel.takes(Tag::UseRestricted) {
        all.extend(forbidden_uses(ground, theirs, terms));
    }
    match travel.tags {
        None => all.extend(agreement(ground, theirs, terms)),
        Some(_) => all.extend(student(ground, theirs, terms)),
    }
    all
}

fn of_tag(ground: &Ground<'_>, theirs: &Licensed, it: &Tagged) -> Option<Demand> {
    Some(Demand {
        what: What::Tag(it.tag),
        drops: phrase(it.tag)?.to_owned(),
        says: it.says.clone(),
        at: ground.term_span(theirs, it),
        cite: it.cite.clone(),
        sure: it.confidence == Confidence::Read,
    })
}

fn of_fact<T: Value>(
    ground: &Ground<'_>,
    theirs: &Licensed,
    fact: &Fact<T>,
    what: What,
    drops: &str,
) -> Demand {
    let number = ground.library.source(theirs.id.as_str());
    let source = number.and_then(|it| u32::try_from(it).ok()).map(SourceId);
    Demand {
        what,
        drops: drops.to_owned(),
        says: fact.line().words,
        at: source.map(|it| Span::new(it, fact.at.clone())),
        cite: fact.cite.clone(),
        sure: fact.confidence == Confidence::Read,
    }
}

fn forbidden_uses(ground: &Ground<'_>, theirs: &Licensed, terms: &Terms) -> Vec<Demand> {
    let Some(fact) = &terms.restrictions.restricted_uses else { return Vec::new() };
    // Where similar restrictions will do, a shorter list may be similar enough.
    let similar = terms.duties.flow_down.as_ref();
    let similar = similar.is_some_and(|it| it.value.value == FlowDown::EquivalentOk);
    let demand = |name| {
        let what = What::ForbiddenUse(name);
        let demand = of_fact(ground, theirs, fact, what, "its list of forbidden uses");
        Demand { sure: demand.sure && !similar, ..demand }
    };
    fact.value.0.iter().map(|it| demand(it.clause())).collect()
}

fn agreement(ground: &Ground<'_>, theirs: &Licensed, terms: &Terms) -> Option<Demand> {
    let fact = terms.duties.flow_down.as_ref()?;
    let same = match fact.value.value {
        FlowDown::CopyOfAgreement | FlowDown::SameTerms | FlowDown::SameLicense => true,
        FlowDown::EnforceableProvision
        | FlowDown::SameRestrictions
        | FlowDown::EquivalentOk
        | FlowDown::UsersMustComply
        | FlowDown::AttributionAndDisclaimer => false,
    };
    same.then(|| of_fact(ground, theirs, fact, What::Agreement, "the agreement itself"))
}

fn student(ground: &Ground<'_>, theirs: &Licensed, terms: &Terms) -> Option<Demand> {
    let fact = terms.outputs.distillation.as_ref()?;
    let what = match fact.value {
        Distillation::Forbidden => What::NoStudent,
        Distillation::ForbiddenOutsideFamily => What::OwnFamily,
        Distillation::ForbiddenIfCompeting => What::NoCompetingStudent,
        Distillation::Derivative
        | Distillation::DerivativeMustShareAlike
        | Distillation::NonCommercialOnly
        | Distillation::NoticeRequired
        | Distillation::NotCovered
        | Distillation::Unrestricted
        | Distillation::Undefined => return None,
    };
    Some(of_fact(ground, theirs, fact, what, "its ban on training other models on outputs"))
}

/// What a label drops, in a few words; `None` for what no label has to carry.
fn phrase(tag: Tag) -> Option<&'static str> {
    Some(match tag {
        Tag::Permissive
        | Tag::PublicDomain
        | Tag::Unknown
        | Tag::PatentRetaliation
        | Tag::RevocableRemotely => return None,
        Tag::Attribution => "its credit",
        Tag::AttributionDisplay => "its visible credit",
        Tag::NamingRequired => "its naming rule",
        Tag::WeakReciprocal | Tag::StrongReciprocal | Tag::NetworkReciprocal | Tag::ShareAlike => {
            "its demand for the same license"
        }
        Tag::AntiLockdown => "its demand that users can install changes",
        Tag::UseRestricted => "its use restrictions",
        Tag::NonCommercial => "its limit to non-commercial use",
        Tag::ResearchOnly => "its limit to research",
        Tag::NoDerivatives => "its ban on changed versions",
        Tag::ScaleCapped | Tag::RevenueCapped | Tag::DeviceCapped => "its limit by size",
        Tag::Territorial | Tag::SeatRestricted => "its territory",
        Tag::CompetitorBarred => "its bar on competitors",
        Tag::OutputRestricted => "its limits on outputs",
        Tag::SourceAvailable => "the uses that it reserves",
        Tag::Proprietary => "its ban on passing it on",
    })
}
