//! What licenses ask to be done, each kind with what sets it off: facts and tables, no license by
//! name.

use std::sync::LazyLock;

use caveat_core::tags::Tag;
use caveat_core::terms::{
    DiscloseSource, DisplayKind, Fact, FlowDown, Heading, Line, NameKind, Qualified, Terms, Value,
    Word as TermsWord,
};

use crate::verdict::Level;
use crate::vocabulary::{Word, vocabulary};

vocabulary! {
    /// Something that a license may ask to be done.
    pub enum DutyKind: "obligation" {
        /// The license text goes along.
        LicenseCopy = "license-copy" | "carry-license-text" | "license-text",
        /// Credit is kept or given.
        Attribution = "attribution",
        /// A notice goes along.
        NoticeFile = "notice-file" | "notice",
        /// A credit is seen.
        Display = "display-attribution" | "display",
        /// The name says where it comes from, or that it is another.
        Naming = "naming" | "name",
        /// Changes are stated.
        StateChanges = "state-changes",
        /// Recipients are bound to what it forbids.
        FlowDown = "pass-on-use-restrictions" | "flow-down",
        /// Source is offered.
        Source = "disclose-source" | "source-offer",
        /// What is made of it stays under its terms.
        ShareAlike = "share-alike",
        /// The database itself stays under its terms.
        SameDatabase = "same-license-for-database",
        /// What recipients need to install changed versions.
        Installation = "installation-information",
        /// Documentation goes along.
        Documentation = "documentation",
        /// Papers acknowledge it.
        Cite = "cite",
        /// Results carry a notice.
        OutputNotice = "output-notice",
        /// Outputs are filtered.
        ContentFilter = "content-filter",
        /// Derivatives are reported.
        DerivativeReport = "derivative-report",
        /// Another license is followed as well.
        OtherLicense = "requires-other-license",
        /// Terms are accepted, or access is asked for, before use.
        Acceptance = "acceptance" | "registration",
        /// Changes are licensed to the licensor.
        GrantBack = "grant-back",
        /// More than code counts as source.
        SourceForm = "count-as-source",
    }
}

vocabulary! {
    /// Something that is done with a work and sets off duties.
    pub enum Act: "act" {
        /// A copy leaves the house.
        Distribute = "distribute",
        /// Others use it over a network.
        Host = "host",
        /// A paper or a result is made public.
        Publish = "publish",
        /// Any use at all.
        Use = "use",
    }
}

vocabulary! {
    /// What else has to be so for an act to set off a duty.
    pub enum Condition: "condition" {
        /// Nothing.
        Always = "always",
        /// What is passed on was made from the work.
        Changed = "changed",
        /// It is passed on as source.
        Source = "source",
        /// It is passed on as a program.
        Binary = "binary",
        /// The work itself came with one.
        Work = "work",
        /// It is for gain.
        Commercial = "commercial",
        /// A size that the license states is passed.
        Threshold = "threshold",
        /// It is in a device that somebody can buy.
        Device = "device",
        /// Something that neither a tree nor a policy tells.
        Asked = "asked",
    }
}

/// An act that sets off a duty, and what else has to be so.
pub type On = (Act, Condition);

/// One duty of one license.
#[derive(Clone, Debug)]
pub struct Duty<'a> {
    /// Of which kind.
    pub kind: DutyKind,
    /// The fact in own words, with its clause.
    pub line: Line,
    /// What sets it off.
    pub on: Vec<On>,
    /// The exact texts, any one of which will do; none where no words are fixed.
    pub any_of: Vec<&'a str>,
    /// What the file is called that has to hold them.
    pub file: Option<&'a str>,
    /// For a name: what is asked of it.
    pub name: Option<NameKind>,
    /// For a credit: where it is to be seen.
    pub display: Option<DisplayKind>,
    /// For what recipients are bound to: how.
    pub flow: Option<FlowDown>,
    /// For source: of what.
    pub source: Option<DiscloseSource>,
    /// An address does as well.
    pub or_link: bool,
    /// Keeping what the work came with is not enough.
    pub given: bool,
}

/// What a table says of a kind of duty.
#[derive(Clone, Debug)]
pub struct Usual {
    kind: DutyKind,
    on: Vec<On>,
    /// What has to travel for it to bind what was made from the work.
    pub tag: Option<Tag>,
    /// What comes of one that is not met; `None` where nobody can see that.
    pub unmet: Option<Level>,
}

/// What is usual for a kind.
pub fn usual(kind: DutyKind) -> Option<&'static Usual> {
    USUAL.iter().find(|it| it.kind == kind)
}

/// Everything that terms ask to be done.
pub fn duties(terms: &Terms) -> Vec<Duty<'_>> {
    let it = &terms.duties;
    let mut all = Gathered { terms, all: Vec::new() };
    all.qualified(DutyKind::LicenseCopy, it.license_copy.as_ref());
    all.qualified(DutyKind::Attribution, it.attribution.as_ref());
    for fact in &it.notices {
        let when = fact.value.when.as_deref();
        let duty = all.begin(DutyKind::NoticeFile, fact, when, fact.value.exempt_hosted);
        let any_of = fact.value.text.as_deref().into_iter().collect();
        all.all.extend(duty.map(|it| Duty { any_of, file: fact.value.file.as_deref(), ..it }));
    }
    for fact in &it.displays {
        let duty = all.begin(DutyKind::Display, fact, fact.value.trigger.as_deref(), false);
        let any_of = fact.value.any_of.iter().map(String::as_str).collect();
        all.all.extend(duty.map(|it| Duty { any_of, display: Some(fact.value.kind), ..it }));
    }
    for fact in &it.names {
        let duty = all.begin(DutyKind::Naming, fact, fact.value.trigger.as_deref(), false);
        let any_of = fact.value.text.as_deref().into_iter().collect();
        all.all.extend(duty.map(|it| Duty { any_of, name: Some(fact.value.kind), ..it }));
    }
    all.qualified(DutyKind::StateChanges, it.state_changes.as_ref());
    all.qualified(DutyKind::FlowDown, it.flow_down.as_ref());
    all.last(|duty| duty.flow = it.flow_down.as_ref().map(|it| it.value.value), DutyKind::FlowDown);
    all.qualified(DutyKind::Source, it.disclose_source.as_ref());
    let source = it.disclose_source.as_ref().map(|it| it.value.value);
    all.last(|duty| duty.source = source, DutyKind::Source);
    all.qualified(DutyKind::ShareAlike, it.share_alike.as_ref());
    all.plain(DutyKind::SameDatabase, it.same_license_for_database.as_ref());
    all.plain(DutyKind::Installation, it.installation_information.as_ref());
    all.plain(DutyKind::Documentation, it.documentation.as_ref());
    all.qualified(DutyKind::Cite, it.publication_acknowledgement.as_ref());
    all.qualified(DutyKind::OutputNotice, it.output_notice.as_ref());
    all.plain(DutyKind::ContentFilter, it.content_filter.as_ref());
    all.plain(DutyKind::DerivativeReport, it.derivative_report.as_ref());
    all.plain(DutyKind::OtherLicense, it.requires_other_license.as_ref());
    all.plain(DutyKind::GrantBack, it.grant_back.as_ref());
    all.plain(DutyKind::SourceForm, it.source_form.as_ref());
    if let Some(fact) = &terms.grants.acceptance {
        // How it is accepted says when.
        let duty = all.begin(DutyKind::Acceptance, fact, Some(&fact.line().words), false);
        all.all.extend(duty);
    }
    said_once(all.all)
}

/// A fixed notice is the credit that the same license asks to keep: it is asked for once.
fn said_once(mut all: Vec<Duty<'_>>) -> Vec<Duty<'_>> {
    let fixed = all.iter().any(|it| it.kind == DutyKind::NoticeFile && !it.any_of.is_empty());
    all.retain(|it| !fixed || it.kind != DutyKind::Attribution || !it.any_of.is_empty());
    all
}

struct Gathered<'a> {
    terms: &'a Terms,
    all: Vec<Duty<'a>>,
}

impl<'a> Gathered<'a> {
    /// A duty that a fact states, if it states one.
    fn begin<T: Value>(
        &self,
        kind: DutyKind,
        fact: &'a Fact<T>,
        trigger: Option<&str>,
        exempt_hosted: bool,
    ) -> Option<Duty<'a>> {
        let line = fact.line();
        (line.heading == Heading::Must).then(|| Duty {
            kind,
            line,
            on: on(self.terms, kind, trigger, exempt_hosted),
            any_of: Vec::new(),
            file: None,
            name: None,
            display: None,
            flow: None,
            source: None,
            or_link: false,
            given: false,
        })
    }

    fn plain<T: Value>(&mut self, kind: DutyKind, fact: Option<&'a Fact<T>>) {
        let duty = fact.and_then(|it| self.begin(kind, it, None, false));
        self.all.extend(duty);
    }

    fn qualified<T: TermsWord>(&mut self, kind: DutyKind, fact: Option<&'a Fact<Qualified<T>>>) {
        let Some(fact) = fact else { return };
        let it = &fact.value;
        let duty = self.begin(kind, fact, it.trigger.as_deref(), it.exempt_hosted);
        let any_of = it.text.as_deref().into_iter().collect();
        let (or_link, given) = (it.or_link, it.given);
        self.all.extend(duty.map(|it| Duty { any_of, or_link, given, ..it }));
    }

    /// Adds to the duty that came last, if it is of that kind.
    fn last(&mut self, add: impl FnOnce(&mut Duty<'a>), kind: DutyKind) {
        if let Some(it) = self.all.last_mut().filter(|it| it.kind == kind) {
            add(it);
        }
    }
}

/// What sets off a duty: the words of its fact, else what is usual for its kind; and what the
/// license says of hosting.
fn on(terms: &Terms, kind: DutyKind, trigger: Option<&str>, exempt_hosted: bool) -> Vec<On> {
    let stated = trigger.and_then(|words| TRIGGERS.iter().find(|it| it.0 == words));
    let usual = || usual(kind).map(|it| it.on.clone()).unwrap_or_default();
    let mut on = stated.map_or_else(usual, |it| it.1.clone());
    let says = terms.grants.hosted_service.as_ref().map(|it| it.value.value.name());
    let hosted = says.and_then(|word| HOSTED.iter().find(|it| it.word == word));
    if let Some(hosted) = hosted.filter(|_| !exempt_hosted) {
        let more = hosted.sets_off(kind, stated.is_some(), &on);
        on.extend(more);
    }
    on.sort_by_key(|it| (it.0.word(), it.1.word()));
    on.dedup();
    on
}

/// What hosting sets off under licenses that say one thing of it.
struct Hosted {
    word: &'static str,
    /// Passing on a copy and hosting are the same.
    all: bool,
    /// That holds even where a fact has words of its own.
    counts: bool,
    kinds: Vec<(DutyKind, Condition)>,
}

impl Hosted {
    fn sets_off(&self, kind: DutyKind, is_stated: bool, on: &[On]) -> Vec<On> {
        if self.all && (self.counts || !is_stated) {
            let copies = on.iter().filter(|it| it.0 == Act::Distribute);
            // What is hosted is no program that leaves the house, and its source is still asked for.
            let alike =
                |it: Condition| if it == Condition::Binary { Condition::Always } else { it };
            return copies.map(|it| (Act::Host, alike(it.1))).collect();
        }
        let named = self.kinds.iter().filter(|it| it.0 == kind && !is_stated);
        named.map(|it| (Act::Host, it.1)).collect()
    }
}

static USUAL: LazyLock<Vec<Usual>> = LazyLock::new(|| {
    let rows = rows(include_str!("../data/duties.tsv"));
    let row = |it: Vec<&'static str>| {
        let [kind, on, tag, unmet, _] = it[..] else { return None };
        Some(Usual {
            kind: DutyKind::from_word(kind)?,
            on: acts(on),
            tag: Tag::from_word(tag),
            unmet: Level::from_word(unmet),
        })
    };
    rows.filter_map(row).collect()
});

static TRIGGERS: LazyLock<Vec<(&'static str, Vec<On>)>> = LazyLock::new(|| {
    let rows = rows(include_str!("../data/duty-triggers.tsv"));
    rows.filter_map(|it| Some((*it.first()?, acts(it.get(1)?)))).collect()
});

static HOSTED: LazyLock<Vec<Hosted>> = LazyLock::new(|| {
    let rows = rows(include_str!("../data/hosted-duties.tsv"));
    let row = |it: Vec<&'static str>| {
        let [word, duties, _] = it[..] else { return None };
        let kind = |it: &str| {
            let (kind, condition) = it.split_once(':').unwrap_or((it, "always"));
            Some((DutyKind::from_word(kind)?, Condition::from_word(condition)?))
        };
        Some(Hosted {
            word,
            all: duties == "*",
            counts: word.starts_with("counts-as"),
            kinds: duties.split(' ').filter_map(kind).collect(),
        })
    };
    rows.filter_map(row).collect()
});

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|it| !it.is_empty() && !it.starts_with('#'));
    lines.map(|it| it.split('\t').collect())
}

fn acts(words: &str) -> Vec<On> {
    let act = |it: &str| {
        let (act, condition) = it.split_once(':').unwrap_or((it, "always"));
        Some((Act::from_word(act)?, Condition::from_word(condition)?))
    };
    words.split(' ').filter_map(act).collect()
}
