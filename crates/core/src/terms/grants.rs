//! What a license lets people do.

use super::vocabulary::{Qualified, phrases, section, vocabulary};

vocabulary! {
    /// Whether the work may be used for gain.
    CommercialUse {
        Allowed = "allowed", May: "use it commercially";
        Conditional = "conditional", May: "use it commercially, on conditions";
        Forbidden = "forbidden", MustNot: "use it commercially";
        NotStated = "not-stated", Open: "whether it may be used commercially";
    }

    /// What any use must be for.
    Purpose {
        ResearchOnly = "research-only", MustNot: "use it for anything but research";
        NonCommercial = "non-commercial", MustNot: "use it for anything but non-commercial purposes";
        Evaluation = "evaluation", MustNot: "use it for anything but testing and evaluation";
        NonProduction = "non-production", MustNot: "use it in production";
        Internal = "internal", MustNot: "use it for anything but internal purposes";
        NonCompeting = "non-competing", MustNot: "compete with the licensor by it";
        NotAsAService = "not-as-a-service", MustNot: "offer it to others as a service";
        NoSelling = "no-selling", MustNot: "sell what owes its value to it";
        SmallCompany = "small-company", Barred: "companies above a size may not use it";
        Computational = "computational", MustNot: "use it for anything but computation";
        Other = "other", MustNot: "use it for other purposes than the text names";
    }

    /// A narrow limit on gain.
    CommercialLimit {
        NoFee = "no-fee", MustNot: "charge for the work itself";
        NotSoldAlone = "not-sold-alone", MustNot: "sell the work by itself";
        SeparateLicense = "separate-license", MustNot: "use it commercially without a separate license";
    }

    /// Whether the work may be changed.
    Modification {
        Allowed = "allowed", May: "change it";
        PrivateOnly = "private-only", MustNot: "pass on changed versions; changes are for yourself";
        Forbidden = "forbidden", MustNot: "change it";
        NotStated = "not-stated", Open: "whether it may be changed";
    }

    /// Whether the work may be passed on.
    Redistribution {
        Allowed = "allowed", May: "pass it on";
        Conditional = "conditional", May: "pass it on, on conditions";
        DerivativesOnly = "derivatives-only", MustNot: "pass on the work itself; only what you made of it";
        Forbidden = "forbidden", MustNot: "pass it on";
        NotStated = "not-stated", Open: "whether it may be passed on";
    }

    /// Whether the rights may be granted on.
    Sublicense {
        Allowed = "allowed", May: "grant sublicenses";
        Forbidden = "forbidden", MustNot: "grant sublicenses; recipients are licensed by the licensor";
        NotStated = "not-stated", Open: "whether sublicenses may be granted";
    }

    /// Whether the license itself may be handed on.
    Transferable {
        Yes = "true", May: "hand the license on to somebody else";
        No = "false", MustNot: "hand the license on to somebody else";
    }

    /// What offering the work over a network means.
    HostedService {
        Unrestricted = "unrestricted", May: "run it as a service for others";
        CountsAsDistribution = "counts-as-distribution", Must: "treat a hosted service as passing it on";
        CountsAsUseAndDistribution = "counts-as-use-and-distribution", Must: "treat a hosted service as use and as passing it on";
        CountsForDisplay = "counts-for-display", Must: "show the credit on a hosted service too";
        CountsForLicenseCopy = "counts-for-license-copy", Must: "give the users of a hosted service the license text too";
        TriggersSource = "triggers-source", Must: "offer source to the users of a hosted service";
        TriggersSourceIfModified = "triggers-source-if-modified", Must: "offer source to the users of a hosted service if you changed it";
        PartlyExempt = "partly-exempt", May: "run it as a service for others, free of some duties";
        Conditional = "conditional", May: "run it as a service for others, on conditions";
        Forbidden = "forbidden", MustNot: "run it as a service for others";
        ForbiddenIfPaid = "forbidden-if-paid", MustNot: "run it as a paid service for others";
        ForbiddenIfCompeting = "forbidden-if-competing", MustNot: "run it as a service that competes with the licensor";
        ForbiddenForCompanies = "forbidden-for-companies", MustNot: "run it as a service for others as a company";
        NotAddressed = "not-addressed", Open: "what running it as a service means";
    }

    /// What use inside an organisation means.
    InternalUse {
        Exempt = "exempt", May: "use it inside your organisation, free of duties to pass on";
        CountsAsCommercial = "counts-as-commercial", MustNot: "use it inside a company as if that were not commercial";
    }

    /// Whether rights in databases are licensed.
    DatabaseRights {
        Licensed = "licensed", May: "use the database rights in it";
        NotAddressed = "not-addressed", Open: "whether database rights are licensed";
    }

    /// Whether the code that comes with a model is licensed.
    SourceCode {
        Licensed = "licensed", May: "use the code that belongs to it";
        IfProvided = "if-provided", May: "use the code that is provided with it";
        WhereDesignated = "where-designated", May: "use the code that is marked as licensed so";
        NotLicensed = "not-licensed", MustNot: "take the code that belongs to it to be licensed";
    }

    /// Whether the data that a model was trained on is licensed.
    TrainingData {
        Licensed = "licensed", May: "use the training data that belongs to it";
        IfProvided = "if-provided", May: "use the training data that is provided with it";
        WhereDesignated = "where-designated", May: "use the training data that is marked as licensed so";
        NotLicensed = "not-licensed", MustNot: "take the training data to be licensed";
    }

    /// How the license is accepted.
    Acceptance {
        ByUse = "by-use", Legal: "you accept it by using the work";
        ByExercise = "by-exercise", Legal: "you accept it by exercising the rights it grants";
        ClickOrUse = "click-or-use", Legal: "you accept it by a click or by using the work";
        RegistrationForCommercial = "registration-for-commercial", Must: "register before commercial use";
        ApplicationByEmail = "application-by-email", Must: "apply by e-mail before use";
        Gated = "gated", Must: "ask for access, and accept the terms there";
    }
}

phrases! {
    /// What the license does not cover.
    Excludes = Legal: "not covered:";
}

section! {
    /// What the license lets people do.
    Grants {
        /// Use for gain.
        commercial_use: one CommercialUse = "commercial-use",
        /// What any use must be for.
        purpose: one Qualified<Purpose> = "purpose",
        /// A narrow limit on gain.
        commercial_limit: one Qualified<CommercialLimit> = "commercial-limit",
        /// Changing the work.
        modification: one Modification = "modification",
        /// Passing the work on.
        redistribution: one Redistribution = "redistribution",
        /// Granting the rights on.
        sublicense: one Qualified<Sublicense> = "sublicense",
        /// Handing on the license itself.
        transferable: one Transferable = "transferable",
        /// Offering the work over a network.
        hosted_service: one Qualified<HostedService> = "hosted-service",
        /// Use inside an organisation.
        internal_use: one InternalUse = "internal-use",
        /// Rights in databases.
        database_rights: one DatabaseRights = "database-rights",
        /// The code that belongs to a model.
        source_code: one SourceCode = "source-code",
        /// The data that a model was trained on.
        training_data: one TrainingData = "training-data",
        /// How the license is accepted.
        acceptance: one Acceptance = "acceptance",
        /// What the license does not cover.
        excludes: one Excludes = "excludes",
    }
}
