//! What a license asks of people.

use super::fact::Heading;
use super::table::Table;
use super::vocabulary::{Qualified, Telling, Value, Word, phrases, section, vocabulary};

vocabulary! {
    /// Whether the license text must travel.
    LicenseCopy {
        Yes = "true", Must: "give recipients a copy of the license";
        No = "false", NotAsked: "a copy of the license";
    }

    /// Whether credit must be given.
    Attribution {
        Yes = "true", Must: "keep or give credit to the authors";
        No = "false", NotAsked: "credit to the authors";
    }

    /// Whether changes must be marked.
    StateChanges {
        Yes = "true", Must: "say that and what you changed";
        No = "false", NotAsked: "a notice of changes";
    }

    /// Whether model documentation must travel.
    Documentation {
        Yes = "true", Must: "ship documentation of the model";
        No = "false", NotAsked: "documentation of the model";
    }

    /// Whether papers must acknowledge the work.
    PublicationAcknowledgement {
        Yes = "true", Must: "acknowledge it in publications";
        No = "false", NotAsked: "an acknowledgement in publications";
    }

    /// Whether results made public must carry a notice.
    OutputNotice {
        Yes = "true", Must: "put a notice on results that you make public";
        No = "false", NotAsked: "a notice on results that you make public";
    }

    /// Of what source must be offered.
    DiscloseSource {
        None = "none", NotAsked: "source";
        File = "file", Must: "offer the source of its files and your changes to them";
        Library = "library", Must: "offer the source of the library and your changes to it";
        Work = "work", Must: "offer the source of the whole work that you pass on";
        Network = "network", Must: "offer the source to users over a network too";
        ServiceStack = "service-stack", Must: "offer the source of everything that your service runs on";
        DerivativeDatabase = "derivative-database", Must: "offer the database that you derived, or the way to it";
    }

    /// An odd definition of source.
    SourceForm {
        TrainingDataIsSource = "training-data-is-source", Must: "count the training data as source";
    }

    /// Whether binaries are free of notices.
    ObjectCodeExempt {
        Yes = "true", NotAsked: "notices in binary form";
        No = "false", Must: "give the notices in binary form too";
    }

    /// Under which terms derivatives must stay.
    ShareAlike {
        None = "none", NotAsked: "the same license for what you make of it";
        File = "file", Must: "keep its files and your changes to them under this license";
        Library = "library", Must: "keep the library and your changes to it under this license";
        SameLicense = "same-license", Must: "pass on what you make of it under this license";
        SameLicenseForSource = "same-license-for-source", Must: "pass on source under this license";
        SameOrCompatible = "same-or-compatible", Must: "pass on what you make of it under this license or one it names as compatible";
        RestrictionsOnly = "restrictions-only", Must: "carry the use restrictions on; other terms may differ";
    }

    /// Whether the database itself must keep the license.
    SameLicenseForDatabase {
        Yes = "true", Must: "keep the database itself under this license";
        No = "false", NotAsked: "this license for the database itself";
    }

    /// Whether terms of your own may be added.
    DownstreamTerms {
        MayAddOwn = "may-add-own", May: "add terms of your own";
        MayAddOwnIfNoConflict = "may-add-own-if-no-conflict", May: "add terms of your own that do not conflict with it";
        MustNotConflict = "must-not-conflict", MustNot: "pass it on under terms that conflict with it";
        NoFurtherRestrictions = "no-further-restrictions", MustNot: "put further restrictions on recipients";
        LargerWorkAny = "larger-work-any", May: "put a larger work that contains it under any terms";
        WorkThatUsesLibraryAny = "work-that-uses-library-any", May: "put a work that uses the library under any terms";
        CombinedWorkAny = "combined-work-any", May: "put a combined work under any terms";
        NotAddressed = "not-addressed", Open: "whether terms of your own may be added";
    }

    /// How use restrictions must be passed on.
    FlowDown {
        EnforceableProvision = "enforceable-provision", Must: "bind recipients to the use restrictions by an enforceable provision";
        SameTerms = "same-terms", Must: "bind recipients to the same terms";
        SameLicense = "same-license", Must: "bind recipients to this license";
        SameRestrictions = "same-restrictions", Must: "bind recipients to the same restrictions";
        EquivalentOk = "equivalent-ok", Must: "bind recipients to the same or similar restrictions";
        UsersMustComply = "users-must-comply", Must: "see to it that your users comply";
        CopyOfAgreement = "copy-of-agreement", Must: "pass on the agreement with its use policy";
        AttributionAndDisclaimer = "attribution-and-disclaimer", Must: "bind recipients to the credit and the disclaimer, and no more";
    }

    /// Whether derivatives must be reported.
    DerivativeReport {
        Yes = "true", Must: "file a report on what you make of it";
        No = "false", NotAsked: "a report on what you make of it";
    }

    /// Whether outputs must be filtered.
    ContentFilter {
        Yes = "true", Must: "filter or review outputs";
        No = "false", NotAsked: "a filter on outputs";
    }

    /// Whether changes are licensed to the licensor.
    GrantBack {
        Yes = "true", Must: "license your changes to the licensor";
        No = "false", NotAsked: "a license of your changes to the licensor";
    }

    /// Where a credit is due.
    DisplayKind {
        Credit = "credit", Must: "show, where people see it";
        Advertising = "advertising", Must: "put into all advertising that mentions it";
        Documentation = "documentation", Must: "put into the documentation or beside the copy";
        LegalNotices = "legal-notices", Must: "keep the legal notices that the program shows";
        Disclaimer = "disclaimer", Must: "put this disclaimer where you publish it";
    }

    /// What is asked of names.
    NameKind {
        Prefix = "prefix", Must: "begin the name of what you make of it with";
        Contains = "contains", Must: "have in the name of what you make of it";
        MustDiffer = "must-differ", Must: "give what you make of it another name";
        MustIdentifyAsModified = "must-identify-as-modified", Must: "make plain that your version is not the original";
    }
}

phrases! {
    /// What recipients need to install changed versions.
    InstallationInformation = Must: "give what is needed to install changed versions:";
    /// What share-alike does not reach.
    ShareAlikeExempt = May: "keep under any terms:";
    /// The license without which this one means nothing.
    RequiresOtherLicense = Must: "follow also:";
}

/// A notice that must travel with the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The file that holds it, where the text names one.
    pub file: Option<String>,
    /// The same in words, where it names none.
    pub file_words: Option<String>,
    /// The exact text, where one is asked for.
    pub text: Option<String>,
    /// When it must travel.
    pub when: Option<String>,
    /// Offering the work as a hosted service is exempt.
    pub exempt_hosted: bool,
}

impl Value for Notice {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        Some(Self {
            file: table.text("file"),
            file_words: table.text("file-words"),
            text: table.text("text"),
            when: table.text("when"),
            exempt_hosted: table.flag("exempt-hosted"),
        })
    }

    fn heading(&self) -> Heading {
        Heading::Must
    }

    fn says(&self) -> String {
        let file = self.file.as_ref().map(|it| format!("file `{it}`"));
        let text = self.text.as_ref().map(|it| format!("\"{it}\""));
        Telling::new("ship a notice")
            .add(" ", file)
            .add(" that says ", text)
            .add("; when: ", self.when.as_ref())
            .when(self.exempt_hosted, "; not for a hosted service")
            .end()
    }
}

/// A credit that must be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Display {
    /// Whether it is a duty, or only encouraged.
    pub required: bool,
    /// What sort of display.
    pub kind: DisplayKind,
    /// The exact texts, any one of which will do; `<…>` and `[…]` stand for a name.
    pub any_of: Vec<String>,
    /// What is to be shown, where no exact text is asked for.
    pub words: Option<String>,
    /// Where it is to be shown.
    pub place: Option<String>,
    /// When it is due.
    pub trigger: Option<String>,
}

impl Value for Display {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        let mut any_of = table.texts("any-of");
        any_of.extend(table.text("text"));
        Some(Self {
            required: table.decided("value").unwrap_or(true),
            any_of,
            words: table.text("words"),
            place: table.text("where"),
            trigger: table.text("trigger"),
            kind: table.word("kind")?,
        })
    }

    fn heading(&self) -> Heading {
        if self.required { Heading::Must } else { Heading::NotAsked }
    }

    fn says(&self) -> String {
        let kind = if self.required { self.kind.clause() } else { "a credit; it is encouraged" };
        let texts = format!("\"{}\"", self.any_of.join("\" or \""));
        Telling::new(kind)
            .add(": ", (!self.any_of.is_empty()).then_some(texts))
            .add(": ", self.words.as_ref())
            .add("; where: ", self.place.as_ref())
            .add("; when: ", self.trigger.as_ref())
            .end()
    }
}

/// What is asked of the name of a derivative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What is asked.
    pub kind: NameKind,
    /// The word that must or must not be in the name.
    pub text: Option<String>,
    /// When it is asked.
    pub trigger: Option<String>,
}

impl Value for Name {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        let (text, trigger) = (table.text("text"), table.text("trigger"));
        Some(Self { text, trigger, kind: table.word("kind")? })
    }

    fn heading(&self) -> Heading {
        self.kind.heading()
    }

    fn says(&self) -> String {
        let without = if self.kind == NameKind::MustDiffer { ", without" } else { "" };
        Telling::new(self.kind.clause())
            .add(without, self.text.as_ref().map(|it| format!(" \"{it}\"")))
            .add("; when: ", self.trigger.as_ref())
            .end()
    }
}

section! {
    /// What the license asks of people.
    Duties {
        /// A copy of the license text.
        license_copy: one Qualified<LicenseCopy> = "license-copy",
        /// Credit.
        attribution: one Qualified<Attribution> = "attribution",
        /// Notices that must travel.
        notices: many Notice = "notices",
        /// Credits that must be seen.
        displays: many Display = "displays",
        /// What is asked of names.
        names: many Name = "names",
        /// Marking of changes.
        state_changes: one Qualified<StateChanges> = "state-changes",
        /// Documentation of the model.
        documentation: one Documentation = "documentation",
        /// Acknowledgement in papers.
        publication_acknowledgement: one Qualified<PublicationAcknowledgement> = "publication-acknowledgement",
        /// A notice on results made public.
        output_notice: one Qualified<OutputNotice> = "output-notice",
        /// Offering source.
        disclose_source: one Qualified<DiscloseSource> = "disclose-source",
        /// An odd definition of source.
        source_form: one SourceForm = "source-form",
        /// What recipients need to install changed versions.
        installation_information: one InstallationInformation = "installation-information",
        /// Binaries free of notices.
        object_code_exempt: one ObjectCodeExempt = "object-code-exempt",
        /// The terms that derivatives must stay under.
        share_alike: one Qualified<ShareAlike> = "share-alike",
        /// What share-alike does not reach.
        share_alike_exempt: one ShareAlikeExempt = "share-alike-exempt",
        /// The license of the database itself.
        same_license_for_database: one SameLicenseForDatabase = "same-license-for-database",
        /// Terms of your own.
        downstream_terms: one Qualified<DownstreamTerms> = "downstream-terms",
        /// How use restrictions must be passed on.
        flow_down: one Qualified<FlowDown> = "flow-down",
        /// Reports on derivatives.
        derivative_report: one DerivativeReport = "derivative-report",
        /// Filters on outputs.
        content_filter: one ContentFilter = "content-filter",
        /// The license without which this one means nothing.
        requires_other_license: one RequiresOtherLicense = "requires-other-license",
        /// Changes licensed to the licensor.
        grant_back: one GrantBack = "grant-back",
    }
}
