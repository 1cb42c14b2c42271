//! What a license says of outputs and of what is made from the work.

use super::fact::Heading;
use super::table::Table;
use super::vocabulary::{Telling, Value, Word, section, vocabulary};

vocabulary! {
    /// How the use of outputs is limited.
    OutputLimit {
        None = "none", Outputs: "outputs are free of limits";
        NotStated = "not-stated", Open: "whether outputs are limited; the text states no limit";
        UseRestrictionsApply = "use-restrictions-apply", Outputs: "the use restrictions bind outputs too";
        NonCommercial = "non-commercial", Outputs: "outputs may not be used commercially";
        ResearchOnly = "research-only", Outputs: "outputs may be used for research only";
        NoTrainOtherLlm = "no-train-other-llm", Outputs: "outputs may not improve other language models";
        NoTrainOtherAi = "no-train-other-ai", Outputs: "outputs may not improve other AI models";
        NoTrainCompeting = "no-train-competing", Outputs: "outputs may not train competing models";
        NoTrainFoundationalModel = "no-train-foundational-model", Outputs: "outputs may not make or improve foundational models";
    }

    /// Whose outputs are.
    Ownership {
        UserOwns = "user-owns", Outputs: "outputs are yours";
        LicensorDisclaims = "licensor-disclaims", Outputs: "the licensor claims no rights in outputs";
        LicensorOwns = "licensor-owns", Outputs: "outputs belong to the licensor";
        NotClaimed = "not-claimed", Outputs: "nobody claims outputs";
    }

    /// Whose derivatives are.
    DerivativeOwnership {
        UserOwns = "user-owns", Outputs: "what you make of it is yours";
        LicensorOwns = "licensor-owns", Outputs: "what you make of it belongs to the licensor";
    }

    /// What it means to train another model on outputs.
    Distillation {
        Derivative = "derivative", Outputs: "a model trained on outputs counts as a derivative";
        DerivativeIfSimilar = "derivative-if-similar", Outputs: "a model trained on outputs to perform like it counts as a derivative";
        DerivativeMustShareAlike = "derivative-must-share-alike", Outputs: "a model trained on outputs is a derivative and must stay under the same license";
        Forbidden = "forbidden", Outputs: "training another model on outputs is forbidden";
        ForbiddenOutsideFamily = "forbidden-outside-family", Outputs: "training a model of another family on outputs is forbidden";
        ForbiddenIfCompeting = "forbidden-if-competing", Outputs: "training a competing model on outputs is forbidden";
        NonCommercialOnly = "non-commercial-only", Outputs: "training on outputs is allowed for non-commercial ends only";
        NoticeRequired = "notice-required", Outputs: "a model trained on outputs must say so, in its name or by a credit";
        NotCovered = "not-covered", Outputs: "training on outputs is outside the license";
        Unrestricted = "unrestricted", Outputs: "training on outputs is free";
        Undefined = "undefined", Open: "what training another model on outputs means";
    }

    /// What adapters and quantised versions are.
    AdaptersAndQuantization {
        Derivative = "derivative", Outputs: "adapters and quantised versions are derivatives, the text says";
        Customized = "customized", Outputs: "whatever is customised with it or based on it is a derivative, the text says";
    }

    /// What merged models are.
    Merging {
        Derivative = "derivative", Outputs: "merged models are derivatives, the text says";
    }

    /// What a data license means for models trained on the data.
    TrainedModels {
        Unrestricted = "unrestricted", Outputs: "models trained on the data are free of the license";
        OutsideScopeInIsolation = "outside-scope-in-isolation", Outputs: "models are outside the license while they hold nothing of the data";
        Disputed = "disputed", Open: "whether the license binds models trained on the data";
    }
}

/// One limit on the use of outputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputRestriction {
    /// The limit.
    pub limit: OutputLimit,
    /// The same in words.
    pub words: Option<String>,
    /// What it covers.
    pub covers: Option<String>,
    /// Which kind of model it is about.
    pub field: Option<String>,
    /// What is exempt.
    pub exempt: Option<String>,
    /// With which models one may not compete.
    pub competing_with: Vec<String>,
}

impl Value for OutputRestriction {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        Some(Self {
            words: table.text("words"),
            covers: table.text("covers"),
            field: table.text("field"),
            exempt: table.text("exempt"),
            competing_with: table.texts("competing-with"),
            limit: table.word("limit")?,
        })
    }

    fn heading(&self) -> Heading {
        self.limit.heading()
    }

    fn says(&self) -> String {
        let competing = self.competing_with.join(", ");
        Telling::new(self.limit.clause())
            .add(", competing with ", (!competing.is_empty()).then_some(competing))
            .add(" (", self.words.as_ref().map(|it| format!("{it})")))
            .add("; this covers ", self.covers.as_ref())
            .add("; only ", self.field.as_ref())
            .add("; exempt: ", self.exempt.as_ref())
            .end()
    }
}

section! {
    /// What the license says of outputs and of what is made from the work.
    Outputs {
        /// Limits on the use of outputs.
        limits: many OutputRestriction = "limits",
        /// Whose outputs are.
        ownership: one Ownership = "ownership",
        /// Whose derivatives are.
        derivative_ownership: one DerivativeOwnership = "derivative-ownership",
        /// Training other models on outputs.
        distillation: one Distillation = "distillation",
        /// Adapters and quantised versions.
        adapters_and_quantization: one AdaptersAndQuantization = "adapters-and-quantization",
        /// Merged models.
        merging: one Merging = "merging",
        /// Models trained on data.
        trained_models: one TrainedModels = "trained-models",
    }
}
