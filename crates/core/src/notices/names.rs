//! Names of licenses among words, and the versions that stand around them.

use std::sync::LazyLock;

use super::table::table;
use super::words::{Beginnings, Gap, Words};
use crate::library::{Family, Library, Named, begins_name, first_words, keyed, synonyms};

/// A name of a license has no more words than this.
const LONGEST: usize = 18;

/// A license that words name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meant {
    /// One license, by its id.
    One(&'static str),
    /// A family whose members differ.
    Family(&'static Family),
}

/// A name and the word after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) meant: Meant,
    pub(super) end: usize,
}

/// Pairs of words that mean the same, as words.
type Synonyms = Vec<(Vec<&'static str>, Vec<&'static str>)>;

static SYNONYMS: LazyLock<Synonyms> = LazyLock::new(|| {
    let parts = |it: &'static str| it.split(' ').filter(|it| !it.is_empty()).collect();
    let mut all: Synonyms = synonyms()
        .iter()
        .map(|(from, to)| (parts(from), parts(to)))
        .filter(|(from, _): &(Vec<_>, Vec<_>)| !from.is_empty())
        .collect();
    all.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
    all
});

/// The words that a synonym, and that a name may begin with.
static FIRST_OF_SYNONYMS: LazyLock<Beginnings> =
    LazyLock::new(|| Beginnings::of(SYNONYMS.iter().filter_map(|it| it.0.first().copied())));
static FIRST_OF_NAMES: LazyLock<Beginnings> = LazyLock::new(|| {
    let of_synonyms = SYNONYMS.iter().filter_map(|it| it.0.first().copied());
    Beginnings::of(of_synonyms.chain(first_words()))
});

/// The longest name that begins with the word `at`.
pub(super) fn at(words: &Words<'_>, at: usize) -> Option<Name> {
    if words.all.get(at)?.is_address {
        return address(words, at);
    }
    if !words.may_begin(at, &FIRST_OF_NAMES) || is_filler(words.word(at)) {
        return None;
    }
    let (meant, end) = named(words, at).into_iter().rev().find(|it| is_name(words, at, it.1))?;
    Some(Name { meant, end: after_filler(words, end) })
}

/// What an address means.
fn address(words: &Words<'_>, at: usize) -> Option<Name> {
    let raw = &words.text[words.bytes(at..at + 1)];
    let meant = match by_address(raw) {
        Some(id) => Meant::One(id),
        None => match Library::embedded().named(raw) {
            // An address of no version means what the name without one does.
            Named::Ambiguous(family) if is_open(family) => Meant::Family(family),
            _ => return None,
        },
    };
    Some(Name { meant, end: at + 1 })
}

/// Whether the family's name alone grants something.
fn is_open(family: &Family) -> bool {
    table().unversioned.iter().any(|it| it.0 == family.name)
}

/// The one license that an address is about.
pub(super) fn by_address(raw: &str) -> Option<&'static str> {
    let library = Library::embedded();
    if let Named::License(id) = library.named(raw) {
        return Some(id);
    }
    let lower = raw.to_ascii_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |it| it.1);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let rest = rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    if let Some(known) = table().addresses.iter().find(|it| it.0 == rest) {
        return library.license(&known.1).map(|it| it.id);
    }
    badge(rest).or_else(|| file_name(rest))
}

/// `…/badge/license-NAME-color.svg`.
fn badge(rest: &str) -> Option<&'static str> {
    let (site, path) = rest.split_once('/')?;
    if !table().badges.iter().any(|it| it == site) {
        return None;
    }
    let label = path.split('/').find(|it| it.contains("licen"))?;
    let label = label.strip_suffix(".svg").or_else(|| label.strip_suffix(".png")).unwrap_or(label);
    let label = label.replace("--", "\u{0}").replace("%20", " ").replace(['_', ':'], " ");
    let (before, name) = label.split_once('-')?;
    let (name, _) = name.rsplit_once('-')?;
    match Library::embedded().named(&name.replace('\u{0}', "-").replace("%2b", "+")) {
        Named::License(id) if before.contains("licen") => Some(id),
        _ => None,
    }
}

/// `…/blob/main/LICENSE-NAME`: the name of the file that an address leads to.
fn file_name(rest: &str) -> Option<&'static str> {
    let (_, file) = rest.rsplit_once('/')?;
    let (stem, _) = file.rsplit_once('.').unwrap_or((file, ""));
    let name = stem.replace("licence", "license");
    let name = name.strip_prefix("license").or_else(|| name.strip_suffix("license"))?;
    let name = name.trim_matches(['-', '_', '.']);
    match Library::embedded().named(name) {
        Named::License(id) if !name.is_empty() && rest.matches('/').count() > 2 => Some(id),
        _ => None,
    }
}

/// What the words from one on mean, each with the word after them, the shortest first.
fn named(words: &Words<'_>, from: usize) -> Vec<(Meant, usize)> {
    let said = said(words, from);
    let mut found = Vec::new();
    // The form in which the library knows a name.
    let mut key = String::new();
    let mut place = 0;
    while let Some((word, end)) = said.get(place) {
        let synonym = SYNONYMS
            .iter()
            .filter(|_| words.may_begin(end - 1, &FIRST_OF_SYNONYMS))
            .find(|it| begins(&said[place..], &it.0));
        let (parts, length) = match synonym {
            Some((from, to)) => (to.as_slice(), from.len()),
            None => (std::slice::from_ref(word), 1),
        };
        place += length;
        let end = said[place - 1].1;
        for part in parts {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(part);
            match keyed(&key) {
                Named::License(id) => found.push((Meant::One(id), end)),
                Named::Ambiguous(family) => found.push((Meant::Family(family), end)),
                Named::Reserved | Named::Placeholder | Named::Unknown => {}
            }
        }
        if !begins_name(&key) && !key.is_empty() {
            break;
        }
    }
    found
}

fn begins(said: &[(&str, usize)], words: &[&str]) -> bool {
    words.len() <= said.len() && words.iter().zip(said).all(|(a, b)| *a == b.0)
}

/// The words from one on that tell names apart, up to where no name goes on; each with the word
/// after it.
fn said<'w>(words: &'w Words<'_>, from: usize) -> Vec<(&'w str, usize)> {
    let mut said: Vec<(&str, usize)> = Vec::new();
    for at in from..from + LONGEST {
        let word = words.word(at);
        let is_cut = words.gap(at) >= Gap::Sentence || words.between(at).contains('|');
        if word.is_empty() || at > from && is_cut {
            break;
        }
        let is_filler =
            is_filler(word) || word == "agreement" && at > from && words.word(at - 1) == "license";
        if !is_filler {
            said.push((word, at + 1));
        }
    }
    said
}

/// Words that tell no names apart.
fn is_filler(word: &str) -> bool {
    matches!(word, "the" | "license" | "licenses" | "licensed" | "version")
}

/// A single word may be any word: it is a name if it stands beside `license` or is written as
/// abbreviations are.
fn is_name(words: &Words<'_>, from: usize, end: usize) -> bool {
    let first = words.word(from);
    let is_license = |at: usize| matches!(words.word(at), "license" | "licenses");
    if (from.saturating_sub(1)..=end).any(is_license) || words.word(end) == "licensed" {
        return true;
    }
    let is_word = |it: &usize| {
        let word = words.word(*it);
        word.len() > 1 && word.starts_with(char::is_alphabetic)
    };
    let letters = (from..end).filter(is_word).count();
    if letters > 1 {
        return true;
    }
    let ends = words.gap(end) >= Gap::Clause
        || matches!(words.word(end), "or" | "and" | "style")
        || words.between(end).contains('/');
    let is_plain = table().plain.iter().any(|it| it == first);
    is_plain && (ends || end > from + 1 || !table().doubtful.iter().any(|it| it == first))
}

/// Past `License`, `license agreement` and the like.
fn after_filler(words: &Words<'_>, mut end: usize) -> usize {
    let is_open =
        |at: usize| words.between(at).chars().all(|it| it.is_whitespace() || "\"'*`-".contains(it));
    while words.gap(end) < Gap::Sentence
        && is_open(end)
        && matches!(words.word(end), "license" | "licenses" | "family")
    {
        end += 1;
    }
    end
}
