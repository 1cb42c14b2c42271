//! The licenses that are known: what they are called, and what they say.

mod normal;
mod suggest;

use std::sync::OnceLock;

use crate::terms::{ExceptionTerms, Terms};
use index::{COMMON, EXCEPTIONS, FAMILIES, ID_ADDRESSES, LICENSES, NAMES, SYNONYMS};

mod index {
    use super::{Family, File, Meaning};
    include!(concat!(env!("OUT_DIR"), "/index.rs"));
}

/// An embedded file.
struct File {
    /// The id in lower case; files are sorted by it.
    key: &'static str,
    id: &'static str,
    title: &'static str,
    osi: bool,
    libre: bool,
    hub_ids: &'static [&'static str],
    hub_names: &'static [&'static str],
    name: &'static str,
    text: &'static str,
}

/// What a name in the index means.
#[derive(Clone, Copy)]
enum Meaning {
    File(usize),
    Spdx(&'static str),
    Family(usize),
    Placeholder,
    Reserved,
}

/// A name that several licenses answer to.
#[derive(Debug, PartialEq, Eq)]
pub struct Family {
    /// What the family is called.
    pub name: &'static str,
    /// Ids of those that may be meant; none where the words name no text at all.
    pub members: &'static [&'static str],
    /// The member that most people mean: a guess, never an answer.
    pub usual: Option<&'static str>,
    /// Why it is ambiguous.
    pub note: &'static str,
}

/// What words about a license mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// One license, by its canonical id.
    License(&'static str),
    /// One of several.
    Ambiguous(&'static Family),
    /// Words that keep all rights: nothing is granted.
    Reserved,
    /// Words that say nothing: "unknown", "other", a template that nobody filled in.
    Placeholder,
    /// Words that nobody here has heard.
    Unknown,
}

/// A license by name. Whether its terms are known, [`Library::terms`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct License {
    /// SPDX id, or `LicenseRef-…` for what SPDX lacks.
    pub id: &'static str,
    /// Its title.
    pub name: &'static str,
    /// Approved by the Open Source Initiative.
    pub osi_approved: bool,
    /// Free by the count of the Free Software Foundation.
    pub fsf_libre: bool,
    /// SPDX calls the id deprecated.
    pub deprecated: bool,
    /// Which of [`Library::sources`] holds its terms.
    pub source: Option<usize>,
}

static TERMS: [OnceLock<Option<Terms>>; LICENSES.len()] =
    [const { OnceLock::new() }; LICENSES.len()];
static RELAXED: [OnceLock<Option<ExceptionTerms>>; EXCEPTIONS.len()] =
    [const { OnceLock::new() }; EXCEPTIONS.len()];

/// The licenses that are known. Terms are parsed when they are first asked for.
#[derive(Clone, Copy, Debug)]
pub struct Library(());

impl Library {
    /// The licenses that come with the program.
    pub fn embedded() -> Self {
        Self(())
    }

    /// Ids of all licenses whose terms are known, in alphabetical order.
    pub fn ids(&self) -> impl Iterator<Item = &'static str> + use<> {
        LICENSES.iter().map(|it| it.id)
    }

    /// Ids of all exceptions whose terms are known, in alphabetical order.
    pub fn exceptions(&self) -> impl Iterator<Item = &'static str> + use<> {
        EXCEPTIONS.iter().map(|it| it.id)
    }

    /// The license of that id, in upper or lower case. A deprecated SPDX id gives the license that
    /// its name means today, where that is one.
    pub fn license(&self, id: &str) -> Option<License> {
        if let Some(file) = file(LICENSES, id) {
            return Some(of_file(file));
        }
        let spdx = spdx_license(id)?;
        if spdx.is_deprecated()
            && let Some(Meaning::File(file)) = meaning(&normal::key(id, SYNONYMS)?)
        {
            return Some(of_file(file));
        }
        Some(License {
            id: spdx.name,
            name: spdx.full_name,
            osi_approved: spdx.is_osi_approved(),
            fsf_libre: spdx.is_fsf_free_libre(),
            deprecated: spdx.is_deprecated(),
            source: None,
        })
    }

    /// What a license of that id says; nothing if nobody has read it. For a `…-or-later` that has
    /// no file of its own it is what `…-only` says, since that version may always be chosen.
    pub fn terms(&self, id: &str) -> Option<&'static Terms> {
        let number = self.source(id)?;
        let parse = || Terms::parse(LICENSES.get(number)?.text).ok();
        TERMS.get(number)?.get_or_init(parse).as_ref()
    }

    /// The ids that the Hugging Face hub has for a license, and the names that cards give it where
    /// the hub has none. Nothing of a file is parsed for it.
    pub fn hub_labels(&self, id: &str) -> (&'static [&'static str], &'static [&'static str]) {
        let number = self.source(id);
        let file = number.and_then(|it| LICENSES.get(it));
        file.map(|it| (it.hub_ids, it.hub_names)).unwrap_or_default()
    }

    /// Which of [`Library::sources`] holds the terms of a license.
    pub fn source(&self, id: &str) -> Option<usize> {
        let earlier = || file(LICENSES, &format!("{}-only", id.strip_suffix("-or-later")?));
        self.license(id).and_then(|it| it.source).or_else(earlier)
    }

    /// What an exception (`… WITH …`) relaxes.
    pub fn exception(&self, id: &str) -> Option<&'static ExceptionTerms> {
        let number = file(EXCEPTIONS, id)?;
        let parse = || ExceptionTerms::parse(EXCEPTIONS.get(number)?.text).ok();
        RELAXED.get(number)?.get_or_init(parse).as_ref()
    }

    /// Which of [`Library::sources`] holds an exception.
    pub fn exception_source(&self, id: &str) -> Option<usize> {
        Some(LICENSES.len() + file(EXCEPTIONS, id)?)
    }

    /// The embedded files, name and text, in a fixed order: licenses, then exceptions.
    pub fn sources(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        LICENSES.iter().chain(EXCEPTIONS).map(|it| (it.name, it.text))
    }

    /// What words about a license mean: an id, a hub id, a title, a classifier, an address.
    pub fn named(&self, words: &str) -> Named {
        let Some(key) = normal::key(words, SYNONYMS) else { return Named::Unknown };
        if key.is_empty() {
            return Named::Placeholder;
        }
        let meaning = meaning(&key).or_else(|| by_id_address(&key)).or_else(|| in_brackets(words));
        meaning.map_or(Named::Unknown, named)
    }

    /// The id of the license that misspelt words come closest to, if any comes close.
    pub fn suggest(&self, misspelt: &str) -> Option<&'static str> {
        let key = normal::key(misspelt, SYNONYMS)?;
        if key.contains('/') {
            return None;
        }
        let candidates = NAMES.iter().filter(|(name, _)| !name.contains('/'));
        let candidates = candidates.filter_map(|(name, meaning)| match meaning {
            Meaning::File(file) => Some((*name, LICENSES.get(*file)?.id, 1)),
            Meaning::Spdx(id) => Some((*name, *id, 2)),
            Meaning::Family(_) | Meaning::Placeholder | Meaning::Reserved => None,
        });
        let ranked = candidates.map(|(name, id, rank)| {
            let common = COMMON.iter().position(|it| *it == id);
            (name, id, common.map_or(COMMON.len() * rank, |it| it))
        });
        suggest::closest(&key, ranked)
    }
}

/// What a name means of which the form without filler and with synonyms applied is `key`.
pub(crate) fn keyed(key: &str) -> Named {
    meaning(key).map_or(Named::Unknown, named)
}

/// Whether a name begins with the whole words of `key`, in the form that [`keyed`] reads.
pub(crate) fn begins_name(key: &str) -> bool {
    let first = NAMES.partition_point(|(name, _)| *name < key);
    // No character of a name sorts before a blank, so one that goes on in whole words comes first.
    let rest = NAMES.get(first).and_then(|it| it.0.strip_prefix(key));
    rest.is_some_and(|it| it.is_empty() || it.starts_with(' '))
}

/// The first words of all names, in the form that [`keyed`] reads.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|it| it.0.split(' ').next().unwrap_or_default())
}

/// Words that mean the same in names, longest first; empty where they mean nothing.
pub(crate) fn synonyms() -> &'static [(&'static str, &'static str)] {
    SYNONYMS
}

fn named(meaning: Meaning) -> Named {
    match meaning {
        Meaning::File(it) => LICENSES.get(it).map_or(Named::Unknown, |it| Named::License(it.id)),
        Meaning::Spdx(id) => Named::License(id),
        Meaning::Family(it) => FAMILIES.get(it).map_or(Named::Unknown, Named::Ambiguous),
        Meaning::Placeholder => Named::Placeholder,
        Meaning::Reserved => Named::Reserved,
    }
}

fn of_file(number: usize) -> License {
    let it = &LICENSES[number];
    License {
        id: it.id,
        name: it.title,
        osi_approved: it.osi,
        fsf_libre: it.libre,
        deprecated: false,
        source: Some(number),
    }
}

fn file(files: &[File], id: &str) -> Option<usize> {
    let id = id.to_ascii_lowercase();
    files.binary_search_by(|it| it.key.cmp(&id)).ok()
}

fn spdx_license(id: &str) -> Option<spdx::LicenseId> {
    // As it is written in the list nearly always, which is searched quickly.
    let exact = spdx::license_id(id).filter(|it| it.name == id);
    exact.or_else(|| {
        let mut all = spdx::identifiers::LICENSES.iter();
        spdx::license_id(all.find(|it| it.name.eq_ignore_ascii_case(id))?.name)
    })
}

fn meaning(key: &str) -> Option<Meaning> {
    let number = NAMES.binary_search_by(|(name, _)| (*name).cmp(key)).ok()?;
    NAMES.get(number).map(|(_, meaning)| *meaning)
}

/// An address whose last part is an id or name, on a site where it is.
fn by_id_address(key: &str) -> Option<Meaning> {
    let (site, last) = key.rsplit_once('/')?;
    if !ID_ADDRESSES.contains(&site) {
        return None;
    }
    meaning(&normal::name(last, SYNONYMS))
}

/// A name with its abbreviation in brackets behind it, if both mean the same license.
fn in_brackets(words: &str) -> Option<Meaning> {
    let (name, short) = words.trim().strip_suffix(')')?.rsplit_once('(')?;
    let name = meaning(&normal::name(name, SYNONYMS))?;
    match (name, meaning(&normal::name(short, SYNONYMS))?) {
        (Meaning::File(a), Meaning::File(b)) if a == b => Some(name),
        (Meaning::Spdx(a), Meaning::Spdx(b)) if a == b => Some(name),
        (Meaning::Family(a), Meaning::Family(b)) if a == b => Some(name),
        (
            Meaning::File(_)
            | Meaning::Spdx(_)
            | Meaning::Family(_)
            | Meaning::Placeholder
            | Meaning::Reserved,
            _,
        ) => None,
    }
}
