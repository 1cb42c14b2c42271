//! Names of licenses among words, and the versions that stand around them.

use std::sync::LazyLock;

use super::table::table;
use super::words::{Gap, Words};
use crate::library::{Family, Library, Named, keyed, synonyms};

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

/// The longest name that begins with the word `at`.
pub(super) fn at(words: &Words<'_>, at: usize) -> Option<Name> {
    if words.all.get(at)?.is_address {
        return address(words, at);
    }
    if is_filler(words.word(at)) {
        return None;
    }
    let key = Key::of(words, at);
    for length in (1..=key.parts.len()).rev() {
        let end = key.ends[length - 1];
        let meant = match keyed(&key.parts[..length].join(" ")) {
            Named::License(id) => Meant::One(id),
            Named::Ambiguous(family) => Meant::Family(family),
            Named::Reserved | Named::Placeholder | Named::Unknown => continue,
        };
        if is_name(words, at, end) {
            let end = after_filler(words, end);
            return Some(Name { meant, end });
        }
    }
    None
}

/// What an address means.
fn address(words: &Words<'_>, at: usize) -> Option<Name> {
    let raw = &words.text[words.bytes(at..at + 1)];
    let id = by_address(raw)?;
    Some(Name { meant: Meant::One(id), end: at + 1 })
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

/// The form of a name in which the library knows it, with the word after each of its parts.
struct Key<'w> {
    parts: Vec<&'w str>,
    ends: Vec<usize>,
}

impl<'w> Key<'w> {
    fn of(words: &'w Words<'_>, from: usize) -> Self {
        let mut key = Self { parts: Vec::new(), ends: Vec::new() };
        let mut said: Vec<(&str, usize)> = Vec::new();
        for at in from..from + LONGEST {
            let word = words.word(at);
            let is_cut = words.gap(at) >= Gap::Sentence || words.between(at).contains('|');
            if word.is_empty() || at > from && is_cut {
                break;
            }
            let is_filler = is_filler(word)
                || word == "agreement" && at > from && words.word(at - 1) == "license";
            if !is_filler {
                said.push((word, at + 1));
            }
        }
        let mut place = 0;
        while let Some((word, end)) = said.get(place) {
            let fits = |from: &[&str]| {
                from.len() <= said.len() - place
                    && from.iter().zip(&said[place..]).all(|(a, b)| *a == b.0)
            };
            if let Some((from, to)) = SYNONYMS.iter().find(|it| fits(&it.0)) {
                place += from.len();
                let end = said[place - 1].1;
                key.parts.extend(to);
                key.ends.resize(key.parts.len(), end);
            } else {
                key.parts.push(word);
                key.ends.push(*end);
                place += 1;
            }
        }
        key
    }
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
        && matches!(words.word(end), "license" | "licenses")
    {
        end += 1;
    }
    end
}
