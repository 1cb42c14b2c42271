//! The version of a license where it does not stand in the name: "either version 2 of the
//! License, or (at your option) any later version".

use std::ops::Range;

use super::names::Meant;
use super::table::table;
use super::words::{Gap, Words};
use crate::library::{Family, Library};

/// How far behind a name its version may stand: the address of a foundation fits between.
const FAR: usize = 45;

/// Numbers of versions, and whether later ones may be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Versions {
    numbers: Vec<String>,
    later: bool,
}

impl Versions {
    /// The version of the name itself, or any later one.
    pub(super) fn any_later() -> Self {
        Self { numbers: Vec::new(), later: true }
    }
}

/// Versions that are stated from the word `at` on, and the word after them.
pub(super) fn stated(words: &Words<'_>, at: usize) -> Option<(Versions, usize)> {
    let mut versions = Versions::default();
    let mut end = at;
    loop {
        let marked = matches!(words.word(end), "version" | "versions");
        let number = end + usize::from(marked);
        if !is_number(words.word(number)) || (versions.numbers.is_empty() && !marked) {
            break;
        }
        versions.numbers.push(words.word(number).to_owned());
        end = number + 1;
        if let Some(it) = later(words, end) {
            versions.later = true;
            end = it;
            break;
        }
        let joined = matches!(words.word(end), "or" | "and");
        let goes_on = end + usize::from(joined) + usize::from(words.word(end + 1) == "version");
        if !joined || !is_number(words.word(goes_on)) {
            break;
        }
        end += 1;
    }
    (!versions.numbers.is_empty()).then_some((versions, end))
}

/// Versions behind a family's name, up to where another sentence begins.
pub(super) fn behind(words: &Words<'_>, meant: Meant, name: usize) -> Option<(Versions, usize)> {
    // Others have their version right behind the name: what stands further off is another's.
    let is_published = || table().publishers.iter().any(|it| words.reads(name, it));
    let is_far = matches!(meant, Meant::Family(it) if unversioned(it).is_some() || is_published());
    let most = if is_far { FAR } else { 2 };
    for at in name..name + most {
        // The version of a package stands in a field of its own.
        let is_field = words.all.get(at).is_some_and(|it| it.opens_line)
            && words.word(at) == "version"
            && words.between(at + 1).contains(':');
        if is_field {
            return None;
        }
        let is_over = words.gap(at) >= Gap::Paragraph || words.gap(at) == Gap::Sentence;
        if at > name && is_over || table().partings.iter().any(|it| words.reads(at, it)) {
            return None;
        }
        if let Some(found) = stated(words, at) {
            return Some(found);
        }
        // `GPL 2`, `GPL, 2 or later`
        if at == name && is_number(words.word(at)) {
            let end = later(words, at + 1);
            let numbers = vec![words.word(at).to_owned()];
            let versions = Versions { numbers, later: end.is_some() };
            return Some((versions, end.unwrap_or(at + 1)));
        }
    }
    None
}

/// The word after "or (at your option) any later version", if that stands `at`.
pub(super) fn later(words: &Words<'_>, at: usize) -> Option<usize> {
    if words.word(at) == "+" && words.between(at).is_empty() {
        return Some(at + 1);
    }
    // "… of the License" may stand between.
    for from in at..at + 8 {
        if let Some(it) = table().later.iter().find(|it| words.reads(from, it)) {
            let end = from + it.len();
            return Some(end + usize::from(words.word(end) == "version"));
        }
        if !table().before_later.iter().any(|it| it == words.word(from)) {
            return None;
        }
    }
    None
}

fn is_number(word: &str) -> bool {
    word.starts_with(|it: char| it.is_ascii_digit()) && word.len() <= 4
}

/// The licenses that a name with versions means, as an SPDX expression; nothing where the family
/// has no such version.
pub(super) fn expression(meant: Meant, versions: Option<&Versions>) -> Option<String> {
    match (meant, versions) {
        (Meant::One(id), Some(it)) if it.later => Some(allow_later(id)),
        (Meant::One(id), _) => Some(only(id)),
        (Meant::Family(family), None) => unversioned(family).map(str::to_owned),
        (Meant::Family(family), Some(versions)) => {
            let Some(last) = versions.numbers.len().checked_sub(1) else {
                return unversioned(family).map(str::to_owned);
            };
            let of = |(place, number): (usize, &String)| {
                member(family, number, versions.later && place == last)
            };
            let all: Option<Vec<&str>> = versions.numbers.iter().enumerate().map(of).collect();
            let mut all = all?;
            all.dedup();
            Some(all.join(" OR "))
        }
    }
}

/// An id that leaves later versions open means that version only.
fn only(id: &str) -> String {
    let only = format!("{id}-only");
    if Library::embedded().license(&only).is_some() { only } else { id.to_owned() }
}

fn allow_later(id: &str) -> String {
    let or_later = format!("{}-or-later", id.strip_suffix("-only").unwrap_or(id));
    let known = Some(or_later).filter(|it| Library::embedded().license(it).is_some());
    known.unwrap_or_else(|| id.to_owned())
}

fn member(family: &Family, number: &str, later: bool) -> Option<&'static str> {
    let is_of = |id: &str| {
        let mut parts = id.split('-').filter(|it| it.starts_with(|it: char| it.is_ascii_digit()));
        parts.next().is_some_and(|it| it.trim_end_matches(".0") == number)
    };
    let all = || family.members.iter().copied().filter(|it| is_of(it));
    let wanted = if later { "-or-later" } else { "-only" };
    let exact = all().find(|it| it.ends_with(wanted));
    let mut plain = all().filter(|it| !it.ends_with("-or-later") && !it.ends_with("-only"));
    let own = exact.or_else(|| plain.next().filter(|_| plain.next().is_none()));
    own.or_else(|| {
        let misnamed = table().misnamed.iter().find(|it| it.0 == family.name && it.1 == number)?;
        Library::embedded().license(&format!("{}{wanted}", misnamed.2)).map(|it| it.id)
    })
}

/// What the words of a name grant that has no version: some names are younger than the first one.
pub(super) fn open(words: &Words<'_>, name: Range<usize>, meant: Meant) -> Option<String> {
    let raw = words.text[words.bytes(name)].to_ascii_lowercase();
    let Meant::Family(family) = meant else { return None };
    let renamed = table().renamed.iter().find(|it| it.0 == family.name && raw.contains(&it.1));
    let id = renamed.and_then(|it| Library::embedded().license(&it.2));
    id.map(|it| it.id).or_else(|| unversioned(family)).map(str::to_owned)
}

/// What a family's name alone grants, where its licenses say so themselves.
fn unversioned(family: &Family) -> Option<&'static str> {
    let entry = table().unversioned.iter().find(|it| it.0 == family.name)?;
    Library::embedded().license(&entry.1).map(|it| it.id)
}
