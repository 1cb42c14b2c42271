//! What a license forbids to do with the work.

use super::fact::Heading;
use super::table::Table;
use super::vocabulary::{Value, Word, phrases, section, vocabulary};

vocabulary! {
    /// A field of use that is forbidden or limited.
    RestrictedUse {
        Military = "military", MustNot: "military";
        Weapons = "weapons", MustNot: "weapons";
        Nuclear = "nuclear", MustNot: "nuclear";
        Surveillance = "surveillance", MustNot: "surveillance";
        BiometricIdentification = "biometric-identification", MustNot: "biometric identification";
        LawEnforcement = "law-enforcement", MustNot: "law enforcement";
        CriminalJustice = "criminal-justice", MustNot: "criminal justice";
        Immigration = "immigration", MustNot: "immigration";
        CriticalInfrastructure = "critical-infrastructure", MustNot: "critical infrastructure";
        TransportControl = "transport-control", MustNot: "control of transport";
        MedicalAdvice = "medical-advice", MustNot: "medical advice";
        LegalAdvice = "legal-advice", MustNot: "legal advice";
        UnlicensedPractice = "unlicensed-practice", MustNot: "practice of a profession without a license";
        FinancialEligibility = "financial-eligibility", MustNot: "credit decisions";
        EmploymentEligibility = "employment-eligibility", MustNot: "hiring decisions";
        EducationEligibility = "education-eligibility", MustNot: "admission to schools";
        Insurance = "insurance", MustNot: "insurance decisions";
        AutomatedDecisions = "automated-decisions", MustNot: "automated decisions";
        SocialScoring = "social-scoring", MustNot: "social scoring";
        Discrimination = "discrimination", MustNot: "discrimination";
        Harassment = "harassment", MustNot: "harassment";
        Defamation = "defamation", MustNot: "defamation";
        Disinformation = "disinformation", MustNot: "disinformation";
        Impersonation = "impersonation", MustNot: "impersonation";
        UndisclosedAi = "undisclosed-ai", MustNot: "hiding that a machine made it";
        Spam = "spam", MustNot: "spam";
        Fraud = "fraud", MustNot: "fraud";
        Malware = "malware", MustNot: "malware";
        ChildHarm = "child-harm", MustNot: "harm to children";
        SelfHarm = "self-harm", MustNot: "self-harm";
        AdultContent = "adult-content", MustNot: "adult content";
        PoliticalCampaigning = "political-campaigning", MustNot: "political campaigns";
        PiiGeneration = "pii-generation", MustNot: "personal data without a right to it";
        CopyrightInfringement = "copyright-infringement", MustNot: "infringement of the rights of others";
        IllegalGoods = "illegal-goods", MustNot: "illegal goods";
        ControlledSubstances = "controlled-substances", MustNot: "controlled substances";
        Gambling = "gambling", MustNot: "gambling";
        CompetingModel = "competing-model", MustNot: "a competing model";
    }

    /// Whether military use is forbidden.
    MilitaryUse {
        Forbidden = "forbidden", MustNot: "use it for military ends";
    }

    /// Whether decisions about people may be left to it.
    AutomatedDecisions {
        Restricted = "restricted", MustNot: "let it decide alone where rights of people are at stake";
    }

    /// Whether safety measures may be removed.
    Guardrails {
        Yes = "true", MustNot: "remove or get around its safety measures";
        No = "false", NotAsked: "that its safety measures stay";
    }

    /// What holds for measures that lock the work.
    TechnicalProtection {
        Restricted = "restricted", MustNot: "use technical measures that keep recipients from their rights";
        Forbidden = "forbidden", MustNot: "use technical measures that limit the work";
    }

    /// What holds for reverse engineering.
    ReverseEngineering {
        Forbidden = "forbidden", MustNot: "reverse engineer it";
        MustPermitForDebugging = "must-permit-for-debugging", Must: "let your users reverse engineer for debugging";
    }

    /// Whether benchmarks may be published.
    Benchmarks {
        Forbidden = "forbidden", MustNot: "publish benchmarks of it";
    }

    /// Whether license keys may be worked around.
    LicenseKeys {
        MayNotCircumvent = "may-not-circumvent", MustNot: "work around its license keys";
    }

    /// Whether parts may be declared unchangeable.
    InvariantSections {
        Possible = "possible", MustNot: "change or drop sections that the author declared invariant";
    }

    /// Where a use policy stands.
    Location {
        LicenseText = "license-text", MustNot: "in the license itself";
        Url = "url", MustNot: "at an address that the license names";
    }

    /// Whether the licensor may change a policy later.
    MayUpdate {
        Yes = "yes", MustNot: "the licensor may change it";
        No = "no", MustNot: "the licensor may not change it";
        NotStated = "not-stated", MustNot: "whether the licensor may change it is not said";
        Unknown = "unknown", MustNot: "whether the licensor may change it is not known";
    }
}

phrases! {
    /// Who answers for personal data.
    PersonalData = Must: "answer for personal data:";
}

/// Fields of use that are forbidden or limited; never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestrictedUses(pub Vec<RestrictedUse>);

impl Value for RestrictedUses {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        let uses = table.some("value");
        (!uses.is_empty()).then_some(Self(uses))
    }

    fn heading(&self) -> Heading {
        Heading::MustNot
    }

    fn says(&self) -> String {
        let uses: Vec<_> = self.0.iter().map(|it| it.clause()).collect();
        format!("use it for these, or only within limits: {}", uses.join(", "))
    }
}

/// A list of forbidden uses, or the statement that there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsePolicy {
    /// There is none.
    None,
    /// There is one.
    Listed(Listed),
}

/// A list of forbidden uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What it is called, or what it forbids in a few words.
    pub name: String,
    /// It forbids nothing but what the law forbids anyway.
    pub law_only: bool,
    /// Where it stands.
    pub location: Location,
    /// The address, where one is known.
    pub url: Option<String>,
    /// Where its text was read: a name in the sources of the file.
    pub text: Option<String>,
    /// Whether the licensor may change it later.
    pub may_update: MayUpdate,
    /// The same in words.
    pub update_words: Option<String>,
}

impl Value for UsePolicy {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        if table.decided("value") == Some(false) {
            return Some(Self::None);
        }
        Some(Self::Listed(Listed {
            name: table.need("name"),
            law_only: table.flag("law-only"),
            url: table.text("url"),
            text: table.text("text"),
            update_words: table.text("update-words"),
            location: table.word("location")?,
            may_update: table.word("licensor-may-update")?,
        }))
    }

    fn heading(&self) -> Heading {
        match self {
            Self::None => Heading::NotAsked,
            Self::Listed(_) => Heading::MustNot,
        }
    }

    fn says(&self) -> String {
        match self {
            Self::None => "to follow a list of forbidden uses".to_owned(),
            Self::Listed(it) => {
                let place = it.url.as_deref().unwrap_or(it.location.clause());
                let update = it.update_words.as_deref().unwrap_or(it.may_update.clause());
                format!("use it against this: {} ({place}; {update})", it.name)
            }
        }
    }
}

section! {
    /// What the license forbids to do with the work.
    Restrictions {
        /// Lists of forbidden uses.
        policies: many UsePolicy = "policies",
        /// The forbidden fields of use, as tags.
        restricted_uses: one RestrictedUses = "restricted-uses",
        /// Military use.
        military_use: one MilitaryUse = "military-use",
        /// Decisions about people.
        automated_decisions: one AutomatedDecisions = "automated-decisions",
        /// Safety measures.
        guardrails: one Guardrails = "guardrails",
        /// Measures that lock the work.
        technical_protection: one TechnicalProtection = "technical-protection",
        /// Reverse engineering.
        reverse_engineering: one ReverseEngineering = "reverse-engineering",
        /// Publishing benchmarks.
        benchmarks: one Benchmarks = "benchmarks",
        /// License keys.
        license_keys: one LicenseKeys = "license-keys",
        /// Who answers for personal data.
        personal_data: one PersonalData = "personal-data",
        /// Parts that may be declared unchangeable.
        invariant_sections: one InvariantSections = "invariant-sections",
    }
}
