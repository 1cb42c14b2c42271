//! Which terms of something upstream reach what was made from it, by the way it was made.

use caveat_core::component::{How, Kind};
use caveat_core::inventory::Relation;
use caveat_core::tags::Tag;
use caveat_core::terms::{Distillation, OutputLimit, Terms};

use crate::dispute::{Dispute, Question};
use crate::task::Likeness;

/// What of a license's terms travels along a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Travel {
    /// The tags that travel; `None` is all of them.
    pub tags: Option<&'static [Tag]>,
    /// The question on which it hangs whether anything travels.
    pub open: Option<Question>,
    /// Somebody learned from outputs: whether they may is a question of its own.
    pub student: bool,
}

impl Travel {
    const ALL: Self = Self { tags: None, open: None, student: false };

    /// Whether a tag comes along.
    pub fn takes(self, tag: Tag) -> bool {
        self.tags.is_none_or(|it| it.contains(&tag))
    }
}

/// Whether what is made in this way is made from the other, so that its terms come along.
/// Training on data is a question of its own, and measuring with something makes nothing of it.
pub fn carries(how: How) -> bool {
    match how {
        How::FineTunedFrom
        | How::AdapterOf
        | How::MergeOf
        | How::QuantizedFrom
        | How::DistilledFrom
        | How::DerivedFrom => true,
        How::DependsOn | How::Contains | How::TrainedOn | How::EvaluatedOn | How::Uses => false,
    }
}

/// Whether the way leads over outputs: a student learned from what a model put out, by itself or
/// in the form of a dataset.
pub fn over_outputs(way: &[&Relation]) -> bool {
    learned(way).is_some()
}

/// The place on the way at which something learned from outputs.
pub fn learned(way: &[&Relation]) -> Option<usize> {
    by_data(way).or_else(|| way.iter().position(|it| it.how == How::DistilledFrom))
}

/// The place on the way at which a model learned from data that another model put out.
pub fn by_data(way: &[&Relation]) -> Option<usize> {
    let trained = way.iter().position(|it| it.how == How::TrainedOn)?;
    let after = way.get(trained + 1..)?.iter().find(|it| it.kind != Kind::Dataset)?;
    (after.kind == Kind::Model && carries(after.how)).then_some(trained)
}

/// Whether the terms of what lies at the end of the way may reach its beginning: every step makes
/// something of the next, or leads through data to the model that put them out.
pub fn reaches(way: &[&Relation]) -> bool {
    let trained = way.iter().filter(|it| it.how == How::TrainedOn).count();
    let rest = way.iter().filter(|it| it.how != How::TrainedOn).all(|it| carries(it.how));
    rest && (trained == 0 || (trained == 1 && by_data(way).is_some()))
}

/// Whether what lies at the end of the way is the same work in another form.
pub fn is_same_work(way: &[&Relation]) -> bool {
    way.iter().all(|it| it.how == How::QuantizedFrom)
}

/// All of a way on which it depends what travels along it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Passage {
    /// Everything on it was made of the next.
    Made {
        /// Something on it is an adapter.
        adapter: bool,
    },
    /// Something on it learned from outputs.
    Learned {
        /// From a dataset of them, not by itself.
        received: bool,
        /// How the student stands to its teacher.
        likeness: Likeness,
    },
    /// It is made of outputs: nobody has learned from them yet.
    PutOut,
}

impl Passage {
    /// That of a way; `student` tells who learned on it, and how that stands to its teacher.
    pub fn of(way: &[&Relation], student: impl FnOnce() -> (Kind, Likeness)) -> Self {
        if !over_outputs(way) {
            return Self::Made { adapter: way.iter().any(|it| it.how == How::AdapterOf) };
        }
        match student() {
            (Kind::Dataset, _) => Self::PutOut,
            (Kind::Code | Kind::Model | Kind::Document, likeness) => {
                Self::Learned { received: by_data(way).is_some(), likeness }
            }
        }
    }
}

/// What of a license travels along a way, as its terms say; where they are silent, everything does,
/// and that is marked as open.
pub fn travel(terms: Option<&Terms>, passage: Passage) -> Travel {
    match passage {
        Passage::Learned { received, likeness } => {
            let travel = by_outputs(terms, likeness);
            // Who only received the outputs may be no party to the terms.
            let received = received.then_some(Question::Dispute(Dispute::OutputTraining));
            Travel { open: received.or(travel.open), ..travel }
        }
        Passage::PutOut => put_out(terms),
        Passage::Made { adapter: true } if !terms.is_some_and(reaches_adapters) => {
            Travel { open: Some(Question::Way(How::AdapterOf)), ..Travel::ALL }
        }
        Passage::Made { .. } => Travel::ALL,
    }
}

/// Few texts say that an adapter alone is made from its base; the others leave it open. What asks
/// for nothing but credit asks it of an adapter as little as of anything else.
fn reaches_adapters(terms: &Terms) -> bool {
    terms.outputs.adapters_and_quantization.is_some()
}

/// Training on outputs follows each text's own definition; there is no general rule.
fn by_outputs(terms: Option<&Terms>, likeness: Likeness) -> Travel {
    let open = |it| Travel { open: Some(it), ..Travel::ALL };
    let unsaid = Question::Way(How::DistilledFrom);
    let only = |tags| Travel { tags: Some(tags), open: None, student: true };
    let Some(terms) = terms else { return open(unsaid) };
    let Some(fact) = &terms.outputs.distillation else { return open(unsaid) };
    match fact.value {
        Distillation::Derivative | Distillation::DerivativeMustShareAlike => Travel::ALL,
        Distillation::DerivativeIfSimilar => match likeness {
            Likeness::Alike => Travel::ALL,
            Likeness::Unlike => only(&[]),
            Likeness::Unknown => open(Question::Dispute(Dispute::SimilarStudent)),
        },
        Distillation::Forbidden
        | Distillation::ForbiddenOutsideFamily
        | Distillation::ForbiddenIfCompeting => {
            let research = limits(terms, OutputLimit::ResearchOnly);
            let free = !limits(terms, OutputLimit::NonCommercial);
            match (research, free) {
                (true, _) => only(&[Tag::NonCommercial, Tag::ResearchOnly, Tag::OutputRestricted]),
                (false, false) => only(&[Tag::NonCommercial, Tag::OutputRestricted]),
                (false, true) => only(&[Tag::OutputRestricted]),
            }
        }
        Distillation::NonCommercialOnly => {
            only(&[Tag::NonCommercial, Tag::ResearchOnly, Tag::OutputRestricted])
        }
        Distillation::NoticeRequired if limits(terms, OutputLimit::UseRestrictionsApply) => {
            only(&[Tag::NamingRequired, Tag::OutputRestricted, Tag::UseRestricted])
        }
        Distillation::NoticeRequired => only(&[Tag::NamingRequired, Tag::OutputRestricted]),
        Distillation::NotCovered | Distillation::Unrestricted => only(&[]),
        Distillation::Undefined => open(unsaid),
    }
}

/// Outputs hold none of the weights, so what a text says of copies and changed versions does not
/// travel to them; what it says of outputs does. Who only received them may be no party to that.
fn put_out(terms: Option<&Terms>) -> Travel {
    let open = |tags, question| Travel { tags: Some(tags), open: Some(question), student: false };
    let Some(terms) = terms else {
        return open(&[Tag::NonCommercial, Tag::ResearchOnly], Question::Way(How::DistilledFrom));
    };
    let limited = |it| limits(terms, it);
    let trains = [
        OutputLimit::NoTrainOtherLlm,
        OutputLimit::NoTrainOtherAi,
        OutputLimit::NoTrainCompeting,
        OutputLimit::NoTrainFoundationalModel,
    ];
    let tags: &'static [Tag] = if limited(OutputLimit::ResearchOnly) {
        &[Tag::NonCommercial, Tag::ResearchOnly, Tag::OutputRestricted]
    } else if limited(OutputLimit::NonCommercial) {
        &[Tag::NonCommercial, Tag::OutputRestricted]
    } else if limited(OutputLimit::UseRestrictionsApply) {
        &[Tag::UseRestricted, Tag::OutputRestricted]
    } else if trains.into_iter().any(limited) {
        &[Tag::OutputRestricted]
    } else if terms.outputs.limits.is_empty() && terms.outputs.distillation.is_none() {
        // The text is silent: whoever may not use the model for gain may not have it make data so.
        return open(&[Tag::NonCommercial, Tag::ResearchOnly], Question::Way(How::DistilledFrom));
    } else {
        &[]
    };
    open(tags, Question::Dispute(Dispute::OutputTraining))
}

fn limits(terms: &Terms, limit: OutputLimit) -> bool {
    terms.outputs.limits.iter().any(|it| it.value.limit == limit)
}
