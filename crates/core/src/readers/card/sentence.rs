//! Sentences that put something under a license, and whether they mean the subject of the card.

use std::ops::Range;

use super::license_name;
use super::words::among;
use crate::component::Kind;
use crate::value::boundary;

/// Whose license a sentence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The subject's.
    Ours,
    /// That of something of this kind beside it.
    Beside(Kind),
}

/// The licenses that the sentences in `range` name. In a section about the license the subject of
/// a sentence is taken for ours unless it is said to be something else.
pub(super) fn statements(
    text: &str,
    range: Range<usize>,
    kind: Option<Kind>,
    in_section: bool,
) -> Vec<(Range<usize>, Whose)> {
    let folded = text[range.clone()].to_ascii_lowercase();
    let mut found = Vec::new();
    for (start, end) in verbs(&folded) {
        let clause = clause_before(&text[range.start..range.start + start]);
        let whose = subjects(clause, kind, in_section);
        if whose.is_empty() || asks(&folded[end..]) {
            continue;
        }
        let Some(name) = license_name::beginning(text, range.start + end..range.end) else {
            continue;
        };
        // `licensed under` says what it speaks of; `released under` and even more `subject to` may
        // mean any condition.
        let verb = &folded[start..end];
        let is_certain = verb.starts_with("licen") || (in_section && verb.ends_with("under "));
        let named = &text[range.start + end..name.end];
        if is_certain || license_name::mentions_license(named) {
            found.extend(whose.into_iter().map(|it| (name.clone(), it)));
        }
    }
    found
}

/// Whether the sentence that goes on with these words is a question: a datasheet's headings are.
fn asks(rest: &str) -> bool {
    let is_end = |(at, mark): &(usize, char)| {
        matches!(mark, '.' | '!' | '?') && !rest[at + 1..].starts_with(char::is_alphanumeric)
    };
    rest.char_indices().find(is_end).is_some_and(|(_, mark)| mark == '?')
}

/// Where something is put under a license: from the verb to the end of `under`.
fn verbs(folded: &str) -> Vec<(usize, usize)> {
    const VERBS: &[&str] = &[
        "licensed under ",
        "licenced under ",
        "released under ",
        "distributed under ",
        "available under ",
        "published under ",
        "provided under ",
        "shared under ",
        "is under ",
        "are under ",
        "governed by ",
        "subject to ",
    ];
    let mut found: Vec<(usize, usize)> = Vec::new();
    for verb in VERBS {
        for (at, _) in folded.match_indices(verb) {
            let before = folded[..at].chars().next_back();
            if !before.is_some_and(char::is_alphanumeric) {
                found.push((at, at + verb.len()));
            }
        }
    }
    found.sort_unstable();
    found
}

/// The words of the clause that ends here. It is not long: more is no clause.
fn clause_before(words: &str) -> &str {
    const LONGEST: usize = 300;
    let words = &words[boundary(words, words.len().saturating_sub(LONGEST))..];
    let mut start = 0;
    for (at, it) in words.char_indices() {
        let ends_clause = matches!(it, '.' | ';' | ',' | ':' | '!' | '?' | '|');
        let after = at + it.len_utf8();
        if ends_clause && words[after..].starts_with([' ', '*']) {
            start = after;
        }
    }
    &words[start..]
}

/// Words of a clause that speaks of something else, or denies.
const NOT_OURS: &str = "\
    not isn aren never cannot without originally original upstream underlying parent which whose \
    if unlike previously formerly third both";

const CODE: &str = "\
    code repository repo script scripts software library package project source manifest wrapper";

const MODEL: &str = "model models weights checkpoint checkpoints adapter adapters";

const DATA: &str = "dataset datasets data corpus benchmark annotations";

/// Whose license a clause with these words before its verb is about: of nobody's, of ours, or of
/// one or more things beside us.
pub(super) fn subjects(clause: &str, kind: Option<Kind>, in_section: bool) -> Vec<Whose> {
    let words: Vec<&str> =
        clause.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let folded: Vec<String> = words.iter().map(|it| it.to_lowercase()).collect();
    let any = |of: &str| folded.iter().any(|it| among(it, of));
    let of_base = folded.windows(2).any(|it| it[0] == "base" && among(&it[1], MODEL));
    if any(NOT_OURS) || of_base {
        return Vec::new();
    }
    let points_at = |nouns: &str| {
        let mut places = (0..words.len()).filter(|it| among(&folded[*it], nouns));
        places.any(|it| is_pointed_at(&words[..it]))
    };
    let named: Vec<Kind> = [(Kind::Model, MODEL), (Kind::Dataset, DATA), (Kind::Code, CODE)]
        .into_iter()
        .filter(|(it, nouns)| if *it == Kind::Code { any(nouns) } else { points_at(nouns) })
        .map(|it| it.0)
        .collect();
    if kind.is_some_and(|it| named.contains(&it)) {
        let beside = named.into_iter().filter(|it| Some(*it) != kind).map(Whose::Beside);
        return std::iter::once(Whose::Ours).chain(beside).collect();
    }
    if !named.is_empty() {
        return named.into_iter().map(Whose::Beside).collect();
    }
    if in_section {
        let about_theirs = any(theirs(kind));
        return if about_theirs { Vec::new() } else { vec![Whose::Ours] };
    }
    // "Licensed under …", "This is licensed under …", "This work is …"
    let says_this = folded.first().is_some_and(|it| it == "this")
        && folded[1..].iter().all(|it| among(it, "is work card"));
    if folded.is_empty() || says_this { vec![Whose::Ours] } else { Vec::new() }
}

/// What a card of this kind calls other things.
fn theirs(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Model) => DATA,
        Some(Kind::Dataset) => MODEL,
        Some(Kind::Code | Kind::Document) | None => "",
    }
}

/// Whether the words before a noun point at it: "this fine-tuned", "the", nothing at all. A proper
/// name between means another thing: "the Llama 2 model" in the card of a fine-tune.
fn is_pointed_at(before: &[&str]) -> bool {
    for word in before.iter().rev() {
        let folded = word.to_lowercase();
        if among(&folded, "this the our these all my") {
            return true;
        }
        // "Code and data": what begins a sentence is written like a name.
        let is_noun = [CODE, DATA, MODEL].iter().any(|it| among(&folded, it));
        let is_name = word.starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit());
        if is_name && !is_noun {
            return false;
        }
    }
    true
}
