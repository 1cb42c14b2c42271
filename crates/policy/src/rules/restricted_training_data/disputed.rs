//! Which disputed question a term of training data raises, and the policy's answer.

use caveat_core::component::How;
use caveat_core::tags::Tag;
use caveat_core::terms::DiscloseSource;

use crate::case::Case;
use crate::dispute::{Dispute, Question};
use crate::finding::{Link, Step};
use crate::verdict::{Stance, Verdict};
use crate::vocabulary::Word as _;

/// What comes of a question, and the line or the positions behind it.
pub(super) struct Answer {
    pub(super) verdict: Verdict,
    pub(super) step: Step,
}

/// The question that a thing raises which the license of data asks.
pub(in crate::rules) fn by_tag(case: &Case<'_>, license: &str, tag: Tag) -> Option<Dispute> {
    match tag {
        Tag::NonCommercial | Tag::ResearchOnly => Some(Dispute::NonCommercialTraining),
        Tag::NoDerivatives => Some(Dispute::NoDerivativesTraining),
        Tag::ShareAlike if is_database(case, license) => Some(Dispute::DatabaseTraining),
        Tag::ShareAlike => Some(Dispute::ShareAlikeTraining),
        Tag::WeakReciprocal | Tag::StrongReciprocal | Tag::NetworkReciprocal => {
            Some(Dispute::CopyleftTraining)
        }
        Tag::OutputRestricted => Some(Dispute::OutputTraining),
        Tag::PublicDomain
        | Tag::Permissive
        | Tag::Attribution
        | Tag::AttributionDisplay
        | Tag::NamingRequired
        | Tag::AntiLockdown
        | Tag::UseRestricted
        | Tag::ScaleCapped
        | Tag::RevenueCapped
        | Tag::DeviceCapped
        | Tag::Territorial
        | Tag::SeatRestricted
        | Tag::CompetitorBarred
        | Tag::PatentRetaliation
        | Tag::RevocableRemotely
        | Tag::SourceAvailable
        | Tag::Proprietary
        | Tag::Unknown => None,
    }
}

fn is_database(case: &Case<'_>, license: &str) -> bool {
    let terms = case.terms_of(license);
    let source = terms.and_then(|it| it.duties.disclose_source.as_ref());
    source.is_some_and(|it| it.value.value == DiscloseSource::DerivativeDatabase)
}

/// The policy's answer: to this very question, else to all of training on data, else that a person
/// has to look. An answer to the very question decides; one to all of them never makes it graver.
pub(super) fn answer(case: &Case<'_>, dispute: Option<Dispute>, stopped: Verdict) -> Answer {
    let unsettled = "whether the terms of data bind the weights is unsettled";
    let positions = dispute.map(|it| Question::Dispute(it).positions());
    let positions = positions.unwrap_or_else(|| unsettled.to_owned());
    let line = |word: &str, verdict: Verdict| {
        format!("[relations] {word} = \"{}\"; {positions}", Stance::of(verdict).key())
    };
    if let Some(it) = dispute.and_then(|it| Some((it, case.policy.disputes.get(&it)?))) {
        let says = line(it.0.word(), it.1.value);
        return Answer { verdict: it.1.value, step: Step::new(Link::Policy, says, it.1.at) };
    }
    let word = dispute.map_or(How::TrainedOn.name(), |it| it.word());
    if let Some(it) = case.policy.relations.get(&How::TrainedOn) {
        let says = line(How::TrainedOn.name(), it.value);
        let verdict = stopped.min(it.value);
        return Answer { verdict, step: Step::new(Link::Policy, says, it.at) };
    }
    let says = format!("[relations] says nothing of `{word}`: {positions}");
    Answer { verdict: stopped.min(Verdict::Review), step: Step::new(Link::Policy, says, None) }
}
