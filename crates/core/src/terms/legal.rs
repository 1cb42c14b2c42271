//! Patents, trademarks, changes of the license, its end.

use super::fact::Heading;
use super::table::Table;
use super::vocabulary::{Qualified, Telling, Value, Word, phrases, section, vocabulary};

vocabulary! {
    /// Whether patents are licensed.
    PatentGrant {
        Explicit = "explicit", Legal: "patents are licensed in so many words";
        ImpliedBroad = "implied-broad", Legal: "patents are covered by a broad grant of rights";
        NotStated = "not-stated", Open: "whether patents are licensed";
        None = "none", Legal: "no patents are licensed";
        Disclaimed = "disclaimed", Legal: "patent rights are withheld in so many words";
    }

    /// What a claim ends.
    RetaliationScope {
        PatentGrantOnly = "patent-grant-only", Legal: "the patent license";
        AllRights = "all-rights", Legal: "all rights";
    }

    /// Which claims end rights.
    Claims {
        Patent = "patent", Legal: "a patent claim";
        PatentOrCopyright = "patent-or-copyright", Legal: "a patent or copyright claim";
        AnyIp = "any-ip", Legal: "a claim over any intellectual property";
        AnyClaim = "any-claim", Legal: "any legal claim";
    }

    /// What holds for names and marks.
    Trademarks {
        NotGranted = "not-granted", Legal: "no rights in names and marks";
        NoEndorsement = "no-endorsement", Legal: "names may not be used to endorse or promote";
        Limited = "limited", Legal: "a narrow right to a mark";
        LimitedAttribution = "limited-attribution", Legal: "names may be used to give credit only";
    }

    /// Whether the license can be taken back without a breach.
    Revocable {
        Yes = "true", Legal: "the licensor can take the license back";
        No = "false", Legal: "the license cannot be taken back while it is kept to";
    }

    /// What the licensor may change or ask later.
    Update {
        License = "license", Legal: "the licensor may change the license";
        Aup = "aup", Legal: "the licensor may change the use policy";
        Model = "model", Legal: "the licensor may update the model";
        RemoteRestriction = "remote-restriction", Legal: "the licensor may restrict the use from afar";
        MustUseLatest = "must-use-latest", Legal: "you must make an effort to use the latest version";
    }

    /// Who must hold the licensor harmless.
    Indemnity {
        Required = "required", Legal: "you must hold the licensor harmless";
        NotRequired = "not-required", NotAsked: "to hold the licensor harmless";
        IfYouOfferWarranty = "if-you-offer-warranty", Legal: "you must hold contributors harmless for a warranty or liability that you offer";
        IfYouAddTerms = "if-you-add-terms", Legal: "you must hold others harmless for terms or a warranty that you add";
        CommercialDistributors = "commercial-distributors", Legal: "commercial distributors must hold contributors harmless";
    }

    /// Whether the text sets the price of a breach.
    LiquidatedDamages {
        Yes = "true", Legal: "the text sets the price of a breach";
        No = "false", NotAsked: "a set price for a breach";
    }

    /// What the licensor answers for.
    Liability {
        Disclaimed = "disclaimed", Legal: "no warranty, no liability";
    }

    /// Whether the licensor says that the rights are its own.
    RightsWarranty {
        None = "none", Legal: "the licensor does not say that it holds the rights";
    }
}

phrases! {
    /// Licenses that the text itself declares compatible.
    CompatibleWith = Legal: "compatible by its own words with:";
    /// Licenses that it cannot sit with in one work.
    ConflictsWith = Legal: "cannot sit in one work with:";
    /// Dates that the same title was given.
    VersionDates = Legal: "the same title is known with the dates:";
}

/// What a legal claim by the licensee ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retaliation {
    /// What ends.
    pub scope: RetaliationScope,
    /// Which claims.
    pub claims: Claims,
    /// The same in words.
    pub trigger: String,
    /// Claims against whom.
    pub defendants: Option<String>,
    /// Claims of affiliates count too.
    pub affiliates: bool,
    /// What is exempt.
    pub exempt: Option<String>,
    /// Days of notice before rights end.
    pub notice_days: Option<u64>,
}

impl Value for Retaliation {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        let (scope, claims) = (table.word("value"), table.word("claims"));
        Some(Self {
            trigger: table.need("trigger"),
            defendants: table.text("defendants"),
            affiliates: table.flag("affiliates"),
            exempt: table.text("exempt"),
            notice_days: table.number("notice-days"),
            scope: scope?,
            claims: claims?,
        })
    }

    fn heading(&self) -> Heading {
        Heading::Legal
    }

    fn says(&self) -> String {
        let (claim, scope) = (self.claims.clause(), self.scope.clause());
        let days = self.notice_days.map(|it| format!("{it} days of notice"));
        Telling::new(format!("{claim} ends {scope}: {}", self.trigger))
            .add("; against ", self.defendants.as_ref())
            .when(self.affiliates, "; claims of affiliates count too")
            .add("; exempt: ", self.exempt.as_ref())
            .add("; after ", days)
            .end()
    }
}

/// How the license ends. What is not said is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Termination {
    /// A breach ends it by itself.
    pub automatic: Option<bool>,
    /// A breach lets the licensor end it.
    pub on_breach: Option<bool>,
    /// The licensor may end it without a breach.
    pub at_will: Option<bool>,
    /// The licensor ends it by notice.
    pub notice_by_licensor: Option<bool>,
    /// Days of notice.
    pub notice_days: Option<u64>,
    /// Days to cure a breach.
    pub cure_days: Option<u64>,
    /// The time to cure a breach, in words.
    pub cure_words: Option<String>,
    /// Rights come back when nothing is heard for so many days.
    pub reinstatement_days: Option<u64>,
    /// Cure is for a first breach.
    pub first_time_only: Option<bool>,
    /// Copies must be deleted.
    pub delete_copies: Option<bool>,
    /// Derivatives too.
    pub covers_derivatives: Option<bool>,
    /// Deletion must be certified.
    pub certify: Option<bool>,
    /// The licenses for all versions end.
    pub all_versions: Option<bool>,
    /// Which breach is meant.
    pub scope: Option<String>,
}

impl Value for Termination {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        Some(Self {
            automatic: table.decided("automatic"),
            on_breach: table.decided("on-breach"),
            at_will: table.decided("at-will"),
            notice_by_licensor: table.decided("notice-by-licensor"),
            notice_days: table.number("notice-days"),
            cure_days: table.number("cure-days"),
            cure_words: table.text("cure-words"),
            reinstatement_days: table.number("reinstatement-days"),
            first_time_only: table.decided("first-time-only"),
            delete_copies: table.decided("delete-copies"),
            covers_derivatives: table.decided("covers-derivatives"),
            certify: table.decided("certify"),
            all_versions: table.decided("all-versions"),
            scope: table.text("scope"),
        })
    }

    fn heading(&self) -> Heading {
        Heading::Legal
    }

    fn says(&self) -> String {
        let on_breach = self.automatic == Some(false) || self.on_breach == Some(true);
        let said =
            |holds: Option<bool>, words: &str| (holds == Some(true)).then(|| words.to_owned());
        let parts = [
            said(self.automatic, "a breach ends the license by itself"),
            said(Some(on_breach), "the licensor may end it on a breach"),
            said(self.at_will, "the licensor may end it without a breach"),
            said(self.notice_by_licensor, "it ends by notice of the licensor"),
            self.notice_days.map(|it| format!("{it} days of notice")),
            self.cure_days.map(|it| format!("a breach can be cured within {it} days")),
            self.cure_words.as_ref().map(|it| format!("a breach can be cured: {it}")),
            self.reinstatement_days
                .map(|it| format!("rights come back if nothing is heard for {it} days")),
            said(self.first_time_only, "cure is for a first breach"),
            said(self.delete_copies, "copies must be deleted then"),
            said(self.covers_derivatives, "derivatives must be deleted too"),
            said(self.certify, "deletion must be certified"),
            said(self.all_versions, "the licenses for all versions end"),
            self.scope.as_ref().map(|it| format!("which breach: {it}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

/// Another license that takes over later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLicense {
    /// The license that takes over.
    pub to: String,
    /// After so many years.
    pub years: Option<u64>,
    /// After so many years at the latest.
    pub max_years: Option<u64>,
    /// For each version on its own.
    pub per_version: bool,
}

impl Value for ChangeLicense {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        Some(Self {
            to: table.need("to"),
            years: table.number("years"),
            max_years: table.number("max-years"),
            per_version: table.flag("per-version"),
        })
    }

    fn heading(&self) -> Heading {
        Heading::Legal
    }

    fn says(&self) -> String {
        let after = match (self.years, self.max_years) {
            (Some(years), _) => format!("after {years} years"),
            (None, Some(years)) => format!("after {years} years at the latest"),
            (None, None) => "later".to_owned(),
        };
        let each = if self.per_version { ", for each version on its own" } else { "" };
        format!("{after} another license takes over{each}: {}", self.to)
    }
}

section! {
    /// Patents, trademarks, changes of the license, its end.
    Legal {
        /// Whether patents are licensed.
        patent_grant: one PatentGrant = "patent-grant",
        /// What a claim by the licensee ends.
        patent_retaliation: one Retaliation = "patent-retaliation",
        /// Names and marks.
        trademarks: one Qualified<Trademarks> = "trademarks",
        /// Whether the license can be taken back without a breach.
        revocable: one Revocable = "revocable",
        /// How the license ends.
        termination: one Termination = "termination",
        /// What the licensor may change or ask later.
        updates: many Update = "updates",
        /// Another license that takes over later.
        change_license: many ChangeLicense = "change-license",
        /// Licenses that the text itself declares compatible.
        compatible_with: one CompatibleWith = "compatible-with",
        /// Licenses that it cannot sit with in one work.
        conflicts_with: one ConflictsWith = "conflicts-with",
        /// Who must hold the licensor harmless.
        indemnity: one Indemnity = "indemnity",
        /// A set price of a breach.
        liquidated_damages: one LiquidatedDamages = "liquidated-damages",
        /// What the licensor answers for.
        liability: one Liability = "liability",
        /// Whether the licensor says that the rights are its own.
        rights_warranty: one RightsWarranty = "rights-warranty",
        /// Dates that the same title was given.
        version_dates: one VersionDates = "version-dates",
    }
}
