//! What is done with a component.

use caveat_core::component::{How, Kind};

use crate::vocabulary::{Word, vocabulary};

vocabulary! {
    /// A way to use a component; a license may answer differently for each.
    pub enum Usage: "use" {
        /// Run inside the organisation.
        Internal = "internal",
        /// Offered to others over a network.
        Saas = "saas",
        /// Shipped in a program, a device or a package.
        DistributeBinary = "distribute-binary",
        /// Published or shipped as weights or data.
        DistributeWeights = "distribute-weights",
        /// Trained further.
        FineTune = "fine-tune",
        /// Learned from.
        TrainFromData = "train-from-data",
        /// Its outputs train another model.
        Distil = "distil" | "distill",
        /// Measured or compared, and put away.
        EvalOnly = "eval-only",
    }
}

impl Word for Kind {
    const NOUN: &'static str = "kind";
    const ALL: &'static [Self] = &[Self::Code, Self::Model, Self::Dataset, Self::Document];
    const ALIASES: &'static [(&'static str, Self)] = &[("weights", Self::Model)];

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Word for How {
    const NOUN: &'static str = "relation";
    const ALL: &'static [Self] = &[
        Self::DependsOn,
        Self::Contains,
        Self::FineTunedFrom,
        Self::AdapterOf,
        Self::MergeOf,
        Self::QuantizedFrom,
        Self::DistilledFrom,
        Self::TrainedOn,
        Self::EvaluatedOn,
        Self::DerivedFrom,
        Self::Uses,
    ];

    fn word(self) -> &'static str {
        self.name()
    }
}
