//! Questions on which experts disagree: the policy answers each by name, and until it does a
//! person has to look.

use caveat_core::component::How;

use crate::vocabulary::{Word, vocabulary};

vocabulary! {
    /// A disputed question. `deny` in the policy takes the stricter position, `allow` the milder one.
    pub enum Dispute: "question" {
        /// Share-alike data and the weights that learned from it.
        ShareAlikeTraining = "sa-training",
        /// Data for non-commercial use or research only, and a model that is more free.
        NonCommercialTraining = "nc-training",
        /// Data that may not be passed on in changed form.
        NoDerivativesTraining = "nd-training",
        /// Code under a reciprocal license in the training data.
        CopyleftTraining = "copyleft-training",
        /// A database that has to be shared alike.
        DatabaseTraining = "database-training",
        /// Data that a service put out whose terms forbid training on it.
        OutputTraining = "output-training",
        /// What a database holds, where its license covers the database alone.
        DatabaseContents = "database-contents",
        /// Data under a free label, of which nobody says what it was made from.
        DataProvenance = "data-provenance",
        /// A student that may compete with what its teacher's licensor makes.
        CompetingStudent = "competing-student",
        /// A student that may have been made to perform like its teacher.
        SimilarStudent = "similar-student",
    }
}

impl Dispute {
    /// What those say who take the terms to bind.
    pub fn stricter(self) -> &'static str {
        match self {
            Self::ShareAlikeTraining => {
                "weights made of share-alike material are an adaptation when they are shared"
            }
            Self::NonCommercialTraining => {
                "training, sharing the model and using it all need the permission that was not given"
            }
            Self::NoDerivativesTraining => "a model that is an adaptation may not be shared",
            Self::CopyleftTraining => "weights that reproduce the code are a copy of it",
            Self::DatabaseTraining => {
                "a model from which a substantial part can be had again is a derived database"
            }
            Self::OutputTraining => {
                "the terms of the service forbid it to whoever had the outputs made"
            }
            Self::DatabaseContents => "what the database holds keeps rights of its own",
            Self::DataProvenance => {
                "a label on data is worth no more than its sources, and most that look free are bound \
                 by one of them"
            }
            Self::CompetingStudent => "the student does what the licensor's models do",
            Self::SimilarStudent => {
                "learning from outputs makes the student perform like its teacher"
            }
        }
    }

    /// What those say who take them not to.
    pub fn milder(self) -> &'static str {
        match self {
            Self::ShareAlikeTraining => {
                "training is no act that the license speaks of, or the law excepts it"
            }
            Self::NonCommercialTraining => {
                "exceptions for text and data mining and fair use do not turn on the purpose"
            }
            Self::NoDerivativesTraining => "a model is no adapted material",
            Self::CopyleftTraining => {
                "a model is no derivative of the code, and has no source form"
            }
            Self::DatabaseTraining => "a model is a work produced from it: a notice is enough",
            Self::OutputTraining => "who only received the outputs is no party to those terms",
            Self::DatabaseContents => "the license of the database is all that was asked for",
            Self::DataProvenance => "whoever publishes data answers for the label on it",
            Self::CompetingStudent => "it serves another end",
            Self::SimilarStudent => "it was made for another task",
        }
    }
}

/// What a verdict may hang on: how far a relation carries terms, or a disputed question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// How far a relation carries, where the license leaves it open.
    Way(How),
    /// A disputed question.
    Dispute(Dispute),
}

impl Question {
    /// Both positions, in one clause.
    pub fn positions(self) -> String {
        let (stricter, milder) = match self {
            Self::Dispute(it) => (it.stricter(), it.milder()),
            Self::Way(How::AdapterOf) => (
                "an adapter is made from its base and useless without it",
                "an adapter alone holds none of its base's weights",
            ),
            Self::Way(How::DistilledFrom) => (
                "a student carries what its teacher learned",
                "outputs are no part of the model that made them",
            ),
            Self::Way(_) => ("the terms come along", "they do not"),
        };
        format!("some hold that {stricter}, others that {milder}")
    }
}

impl Word for Question {
    const NOUN: &'static str = "relation or question";
    const ALL: &'static [Self] = &[
        Self::Way(How::DependsOn),
        Self::Way(How::Contains),
        Self::Way(How::FineTunedFrom),
        Self::Way(How::AdapterOf),
        Self::Way(How::MergeOf),
        Self::Way(How::QuantizedFrom),
        Self::Way(How::DistilledFrom),
        Self::Way(How::TrainedOn),
        Self::Way(How::EvaluatedOn),
        Self::Way(How::DerivedFrom),
        Self::Way(How::Uses),
        Self::Dispute(Dispute::ShareAlikeTraining),
        Self::Dispute(Dispute::NonCommercialTraining),
        Self::Dispute(Dispute::NoDerivativesTraining),
        Self::Dispute(Dispute::CopyleftTraining),
        Self::Dispute(Dispute::DatabaseTraining),
        Self::Dispute(Dispute::OutputTraining),
        Self::Dispute(Dispute::DatabaseContents),
        Self::Dispute(Dispute::DataProvenance),
        Self::Dispute(Dispute::CompetingStudent),
        Self::Dispute(Dispute::SimilarStudent),
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Way(it) => it.name(),
            Self::Dispute(it) => it.word(),
        }
    }
}
