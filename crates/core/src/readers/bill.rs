//! What bills of materials have in common: things, what is stated of them, and ties between them.

use std::collections::{BTreeMap, BTreeSet};

use crate::component::{ComponentId, Evidence, How, Kind, Origin, Reference, Scope, Strength, Use};
use crate::readers::license_text;
use crate::readers::locked::MOST_PACKAGES;
use crate::readers::purl::Purl;
use crate::reading::{Meant, Reading, Sighting, Subject, Wording};
use crate::source::{Problem, Span, Spanned};

/// No thing has more ties; a list that is longer was written to cost time.
const MOST_TIES: usize = 1_000_000;

/// One thing that a bill lists.
#[derive(Debug)]
pub(super) struct Thing {
    /// What the bill's own ties call it.
    pub(super) id: Option<String>,
    /// What it is called.
    pub(super) name: Spanned<String>,
    /// Its version.
    pub(super) version: Option<String>,
    /// Its package URL.
    pub(super) purl: Option<String>,
    /// What it is.
    pub(super) kind: Kind,
    /// What is stated of its license.
    pub(super) licenses: Vec<Wording>,
    /// Uses of what the bill does not list.
    pub(super) uses: Vec<Use>,
    /// Words that tell what it is.
    pub(super) traits: Vec<Spanned<String>>,
}

impl Thing {
    /// A thing of which so far only the name is known.
    pub(super) fn new(name: Spanned<String>, kind: Kind) -> Self {
        Self {
            id: None,
            name,
            version: None,
            purl: None,
            kind,
            licenses: Vec::new(),
            uses: Vec::new(),
            traits: Vec::new(),
        }
    }

    /// Who it is: by its package URL, else by its name.
    fn whom(&self) -> Option<Purl> {
        let written = self.purl.iter().chain(&self.id).find_map(|it| Purl::parse(it));
        let named = || Purl::named(self.kind, &self.name.value, self.version.as_deref());
        let found = written.or_else(named)?;
        let version = found.version.clone().or_else(|| self.version.clone());
        Some(Purl { version, ..found })
    }

    /// What it is: what the hub has is a model or a dataset, whatever the bill calls it.
    fn kind(&self, purl: &Purl) -> Kind {
        let hub = purl.hub().map(|it| it.1).filter(|_| self.kind != Kind::Dataset);
        hub.unwrap_or(self.kind)
    }
}

/// One thing's tie to another.
#[derive(Debug)]
pub(super) struct Tie {
    /// Whose it is.
    pub(super) from: String,
    /// To whom.
    pub(super) to: Spanned<String>,
    /// In which way.
    pub(super) how: How,
    /// When the one needs the other.
    pub(super) scope: Scope,
}

/// All that a bill tells.
#[derive(Debug, Default)]
pub(super) struct Bill {
    /// What it lists.
    pub(super) things: Vec<Thing>,
    /// How that hangs together.
    pub(super) ties: Vec<Tie>,
    /// What the bill is about, in its own words.
    pub(super) about: Vec<String>,
}

impl Bill {
    /// Whether there is room for another thing.
    pub(super) fn is_full(&self) -> bool {
        self.things.len() >= MOST_PACKAGES
    }

    /// Adds a tie, if there is room.
    pub(super) fn tie(&mut self, from: &str, to: Spanned<String>, how: How, scope: Scope) {
        if self.ties.len() < MOST_TIES {
            self.ties.push(Tie { from: from.to_owned(), to, how, scope });
        }
    }

    /// The bill as sightings: each is what somebody else reports.
    pub(super) fn reading(self, problems: Vec<Problem>) -> Reading {
        let Self { things, ties, about } = self;
        let whom: Vec<Option<Purl>> = things.iter().map(Thing::whom).collect();
        let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, it) in things.iter().enumerate() {
            by_id.entry(it.id.as_deref().unwrap_or_default()).or_insert(index);
        }
        let known = |id: &str| Some(*by_id.get(id)?).filter(|_| !id.is_empty());
        let mut uses: BTreeMap<usize, Vec<Use>> = BTreeMap::new();
        for tie in &ties {
            let (Some(from), Some(to)) = (known(&tie.from), known(&tie.to.value)) else { continue };
            if let Some(purl) = whom[to].as_ref().filter(|_| from != to) {
                let kinds = (things[from].kind, things[to].kind(purl));
                let how = between(tie.how, kinds);
                uses.entry(from).or_default().push(used(
                    purl,
                    kinds.1,
                    (how, tie.scope),
                    tie.to.at,
                ));
            }
        }
        let roots: BTreeSet<usize> = about.iter().filter_map(|it| known(it)).collect();
        let mut sightings = Vec::new();
        for (index, (thing, purl)) in things.iter().zip(&whom).enumerate() {
            let Some(purl) = purl else { continue };
            let mut seen = sighting(thing, purl, &roots, index);
            seen.uses = uses.remove(&index).unwrap_or_default();
            seen.uses.extend(thing.uses.iter().cloned());
            sightings.push(seen);
        }
        Reading { sightings, problems }
    }
}

fn sighting(thing: &Thing, purl: &Purl, roots: &BTreeSet<usize>, index: usize) -> Sighting {
    let is_root = roots.contains(&index);
    let kind = thing.kind(purl);
    // What the bill is about, without a name in any ecosystem, is whatever lies around the bill.
    let is_here = is_root && roots.len() == 1 && purl.ecosystem == super::purl::GENERIC;
    let mut seen = if is_here {
        let kind = Some(kind).filter(|it| *it != Kind::Code);
        Sighting::new(Subject::Directory, kind, thing.name.at)
    } else {
        let Purl { ecosystem, name, version } = purl.clone();
        let subject = Subject::Package { ecosystem, name, version };
        let mut seen = Sighting::new(subject, Some(kind), thing.name.at);
        seen.elsewhere = true;
        seen.foreign = !is_root;
        seen
    };
    seen.reported = true;
    if kind != Kind::Code {
        let name = purl.hub().map_or(thing.name.value.as_str(), |it| it.0);
        seen.names.push(Spanned::new(Reference(name.to_owned()), thing.name.at));
    }
    seen.licenses.clone_from(&thing.licenses);
    seen.traits.clone_from(&thing.traits);
    seen
}

/// A bill has one word for any need; what it comes to depends on who needs whom. Where it leaves
/// open in which way a model needs another, it may have been made from it.
fn between(how: How, kinds: (Kind, Kind)) -> How {
    match (how, kinds) {
        (How::DependsOn, (Kind::Code, Kind::Model | Kind::Dataset)) => How::Uses,
        (How::DependsOn, (Kind::Model, Kind::Dataset)) => How::TrainedOn,
        (How::DependsOn, (Kind::Model, Kind::Model) | (Kind::Dataset, Kind::Dataset)) => {
            How::DerivedFrom
        }
        (how, _) => how,
    }
}

fn used(purl: &Purl, kind: Kind, (how, scope): (How, Scope), at: Span) -> Use {
    let version = purl.version.clone().map(|it| Spanned::new(it, at));
    let url = || ComponentId::package(purl.ecosystem, &purl.name, purl.version.as_deref());
    let hub = purl.hub().map(|it| (it.0.to_owned(), version));
    let (words, revision) = hub.unwrap_or_else(|| (url().to_string(), None));
    Use { how, kind, target: Spanned::new(Reference(words), at), scope, revision }
}

/// Words about a license in a statement at `at`. What one statement says binds together; two
/// statements of one bill are judged side by side.
pub(super) fn wording(
    raw: Spanned<String>,
    meant: Meant,
    (at, strength): (Span, Strength),
) -> Wording {
    let evidence = Evidence { at, origin: Origin::Sbom, strength };
    Wording { raw, evidence, meant }
}

/// An expression in a statement at `at`: a `LicenseRef` by itself is whatever its text is, where
/// the bill has the text and it is a known one.
pub(super) fn stated(
    raw: Spanned<String>,
    texts: &Texts,
    statement: (Span, Strength),
) -> Vec<Wording> {
    if raw.value.trim().is_empty() {
        return Vec::new();
    }
    match texts.0.get(raw.value.trim()) {
        Some(known) => known.iter().map(|it| wording(raw.clone(), it.clone(), statement)).collect(),
        None => vec![wording(raw, Meant::Expression, statement)],
    }
}

/// What the texts are that a bill gives for names of its own. Each text is looked at once, however
/// often its name stands in the bill.
#[derive(Debug, Default)]
pub(super) struct Texts(BTreeMap<String, Vec<Meant>>);

impl Texts {
    /// Takes the text that stands for `name`. A text that nobody knows leaves the name as it is.
    pub(super) fn add(&mut self, name: &str, text: &str) {
        let found = license_text::find(text);
        if !found.is_empty() {
            let meant = found.into_iter().map(license_text::Found::meant).collect();
            self.0.insert(name.trim().to_owned(), meant);
        }
    }

    /// Whether the text of `name` is known.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name.trim())
    }
}
