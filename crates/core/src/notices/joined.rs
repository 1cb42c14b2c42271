//! Several licenses in one sentence: `either A or B`, `A, B and C`.

use std::ops::Range;

use super::names::{self, Meant};
use super::table::table;
use super::versions::{self, Versions};
use super::words::{Gap, Words};

/// No sentence grants more.
const MOST: usize = 12;

/// A license of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The words that name it.
    pub(super) words: Range<usize>,
    /// Its SPDX expression; nothing for a family whose members differ.
    pub(super) text: Option<String>,
    /// The name had no version.
    pub(super) is_vague: bool,
    /// What it names.
    pub(super) meant: Meant,
}

/// The licenses of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Joined {
    pub(super) parts: Vec<Part>,
    /// `or` stands between them.
    pub(super) is_choice: bool,
    /// The word after the last.
    pub(super) end: usize,
}

impl Joined {
    /// Whether these are too many to be granted: somebody lists what there is.
    pub(super) fn is_listing(&self) -> bool {
        const MANY: usize = 5;
        self.parts.len() > MANY
    }

    /// Whether the words leave no doubt that a license is named: it is said to be one, or the name
    /// has a version.
    pub(super) fn is_plain(&self, words: &Words<'_>, from: usize) -> bool {
        let says = |it: usize| matches!(words.word(it), "license" | "licenses" | "licensed");
        let has_number = |it: usize| words.word(it).starts_with(|it: char| it.is_ascii_digit());
        let whole = from.saturating_sub(2)..self.end;
        self.parts.first().is_some_and(|it| it.words.start <= from + 3)
            && (whole.clone().any(says)
                || self.parts.iter().any(|it| it.words.clone().any(has_number)))
            && words.gap(from) < Gap::Sentence
    }
}

/// The licenses that the words from `at` on name.
pub(super) fn joined(words: &Words<'_>, at: usize) -> Option<Joined> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut from, mut is_choice) = (at, false);
    let mut end = at;
    while parts.len() < MOST {
        let Some((part, after)) = part(words, from, parts.is_empty()) else { break };
        parts.push(part);
        end = after;
        let Some((next, joins_choice)) = joiner(words, after) else { break };
        is_choice |= joins_choice;
        from = next;
    }
    // A family beside one of its members is the same license named twice.
    let ids: Vec<String> = parts.iter().filter_map(|it| it.text.clone()).collect();
    let is_named = |family: &crate::library::Family| {
        ids.iter().any(|it| family.members.contains(&it.as_str()))
    };
    parts.retain(|it| match it.meant {
        Meant::Family(family) if it.text.is_none() => !is_named(family),
        Meant::Family(_) | Meant::One(_) => true,
    });
    if parts.len() < 2 {
        is_choice = false;
    }
    (!parts.is_empty()).then_some(Joined { parts, is_choice, end })
}

/// One license, and the word after it and its version.
fn part(words: &Words<'_>, at: usize, is_first: bool) -> Option<(Part, usize)> {
    let mut ahead: Option<Versions> = None;
    let mut from = at;
    for step in 0..10 {
        if step > 0 && words.gap(from) >= Gap::Sentence {
            return None;
        }
        if let Some(name) = names::at(words, from) {
            return Some(named(words, from, name.meant, name.end, ahead));
        }
        if let Some((versions, after)) = versions::stated(words, from) {
            ahead = Some(versions);
            from = after;
            continue;
        }
        let is_filler = table().fillers.iter().any(|it| it == words.word(from));
        if !is_filler || (!is_first && step > 5) {
            return None;
        }
        from += 1;
    }
    None
}

fn named(
    words: &Words<'_>,
    from: usize,
    meant: Meant,
    mut end: usize,
    ahead: Option<Versions>,
) -> (Part, usize) {
    end = after_short(words, end);
    let mut versions = ahead;
    if versions.is_none() && matches!(meant, Meant::Family(_)) {
        if let Some((found, after)) = versions::behind(words, meant, end)
            && versions::expression(meant, Some(&found)).is_some()
        {
            versions = Some(found);
            end = after;
        }
    } else if let Some(after) = versions::later(words, end) {
        versions = Some(Versions::any_later());
        end = after;
    }
    end = after_short(words, end);
    if let Some(it) = table().publishers.iter().find(|it| words.reads(end, it)) {
        let after = end + it.len();
        // Only where another license follows: else the words of the grant end with the version.
        if words.word(after) == "or" {
            end = after;
        }
    }
    let text = match &versions {
        None if matches!(meant, Meant::Family(_)) => versions::open(words, from..end, meant),
        versions => versions::expression(meant, versions.as_ref()),
    };
    let is_vague = versions.is_none() && matches!(meant, Meant::Family(_));
    (Part { words: from..end, text, is_vague, meant }, end)
}

/// Past an address, and past brackets that say where a text is.
fn after_aside(words: &Words<'_>, mut at: usize) -> usize {
    const LONGEST: usize = 16;
    while words.all.get(at).is_some_and(|it| it.is_address)
        && !words.between(at).contains(['<', '('])
    {
        at += 1;
    }
    for (open, close) in [('<', '>'), ('(', ')'), ('[', ']')] {
        if words.between(at).ends_with(open) {
            let end = (at + 1..at + LONGEST).find(|it| words.between(*it).contains(close));
            return end.unwrap_or(at);
        }
    }
    at
}

/// Past `(GPL)`, `(the "GPL")` and `(the "License")` behind a full name.
fn after_short(words: &Words<'_>, end: usize) -> usize {
    if !words.between(end).contains('(') {
        return end;
    }
    let short = end + usize::from(words.word(end) == "the");
    let after = match names::at(words, short) {
        Some(it) => it.end,
        None if words.word(short) == "license" => short + 1,
        None => return end,
    };
    if words.between(after).contains(')') { after } else { end }
}

/// The word after `and`, `or`, a comma or a slash, and whether it lets one choose.
fn joiner(words: &Words<'_>, mut at: usize) -> Option<(usize, bool)> {
    at = after_aside(words, at);
    if words.gap(at) >= Gap::Sentence {
        return None;
    }
    match words.word(at) {
        "or" => Some((at + 1, true)),
        "and" if words.word(at + 1) == "or" => Some((at + 2, true)),
        "and" => Some((at + 1, false)),
        _ => {
            let between = words.between(at).trim();
            let is_slash = between == "/";
            (is_slash || between == "," || between == ">," || between == "),")
                .then_some((at, is_slash))
        }
    }
}
