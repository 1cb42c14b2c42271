//! The words in prose that name a license: where they begin and where they end.

use std::ops::Range;

use super::lines::trim;
use super::words::among;

/// Marks of Markdown and punctuation that stand around a name.
const AROUND: &[char] = &[
    '*', '_', '`', '"', '\'', '“', '”', ',', ';', ':', '.', '!', '-', '•', '|', '\u{200b}', ' ',
    '\t', '\r', '\n',
];

/// The value of a field `License: …`, `**License** …` or `| License | … |`.
pub(super) fn field(text: &str, line: Range<usize>) -> Option<Range<usize>> {
    let words = &text[line.clone()];
    if words.starts_with('|') {
        return cell(text, line);
    }
    let marks = |it: char| !it.is_alphanumeric() && !matches!(it, '[' | '<' | '!' | '|' | '(');
    let label = words.trim_start_matches(marks);
    let is_bold = words[..words.len() - label.len()].ends_with("**");
    let rest = after_label(label)?;
    let bare = rest.trim_start_matches(['*', '_', ' ']);
    let value = bare.strip_prefix([':', '：']);
    let value = value.or_else(|| rest.starts_with("**").then_some(bare).filter(|_| is_bold))?;
    let value = value.trim_start_matches(['*', '_', ' ']);
    Some(line.end - value.len()..line.end)
}

/// What follows `License`, `Model license` and their like at the beginning of `words`.
fn after_label(words: &str) -> Option<&str> {
    let mut rest = words;
    for whose in ["model ", "dataset ", "data ", "weights "] {
        rest = strip_ignoring_case(rest, whose).unwrap_or(rest);
    }
    let rest = ["licenses", "licences", "license(s)", "license", "licence"]
        .iter()
        .find_map(|it| strip_ignoring_case(rest, it))?;
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

fn strip_ignoring_case<'a>(words: &'a str, prefix: &str) -> Option<&'a str> {
    let head = words.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &words[prefix.len()..])
}

/// The second of two cells, where the first is `License`.
fn cell(text: &str, line: Range<usize>) -> Option<Range<usize>> {
    let words = text[line.clone()].trim_matches('|');
    let (label, value) = words.split_once('|')?;
    let is_label = after_label(label.trim_matches(['*', ' ', '_'])).is_some_and(str::is_empty);
    let end = line.start + text[line.clone()].trim_end_matches('|').len();
    (is_label && !value.contains('|')).then(|| trim(text, end - value.len()..end))
}

/// The name in the value of a field: a link's text or address, or the first few words of the
/// line. Placeholders name nothing.
pub(super) fn value(text: &str, value: Range<usize>) -> Option<Range<usize>> {
    let line = text[value.clone()].find(['\n', '\r']).unwrap_or(value.len());
    let value = skip_marks(text, trim(text, value.start..value.start + line));
    let words = &text[value.clone()];
    if is_placeholder(words) {
        return None;
    }
    if let Some(name) = marked(text, value.clone()) {
        return Some(name);
    }
    if ["available at", "found at", "/licens", "/LICENS"].iter().any(|it| words.contains(it))
        && let Some(address) = address(text, value.clone())
    {
        return Some(address);
    }
    let aside = [" — ", " – ", "[", "<", "http"].iter().filter_map(|it| words.find(it)).min();
    let value = value.start..aside.map_or(value.end, |it| value.start + it);
    let start = value.start;
    named(text, start..end_of_name(text, value)?)
}

/// The name that begins at the start of `rest`, which follows `licensed under`.
pub(super) fn beginning(text: &str, rest: Range<usize>) -> Option<Range<usize>> {
    const SKIPPED: &str = "the a an terms of conditions and subject to";
    let mut rest = skip_marks(text, rest);
    loop {
        let word = text[rest.clone()].split_whitespace().next()?;
        if !among(word, SKIPPED) {
            break;
        }
        rest = skip_marks(text, rest.start + word.len()..rest.end);
    }
    if let Some(name) = marked(text, rest.clone()) {
        return Some(name);
    }
    let start = rest.start;
    named(text, start..end_of_name(text, rest)?)
}

/// A name set off by markup: a link, an address, a code span.
fn marked(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = &text[range.clone()];
    if words.starts_with('<') || words.starts_with("http") {
        return address(text, range);
    }
    if text[..range.start].ends_with('`')
        && let Some(length) = words.find('`')
    {
        return named(text, range.start..range.start + length);
    }
    link(text, range)
}

/// Past the white space and marks at the beginning.
fn skip_marks(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    range.start + (words.len() - words.trim_start_matches(AROUND).len())..range.end
}

/// The end of the name: of its sentence, or before words that no name has.
fn end_of_name(text: &str, rest: Range<usize>) -> Option<usize> {
    const MOST_WORDS: usize = 14;
    let mut end = None;
    let mut is_complete = false;
    let mut words = text[rest.clone()].split_whitespace().peekable();
    for _ in 0..MOST_WORDS {
        let Some(word) = words.next() else { return end };
        let at = rest.start + (word.as_ptr() as usize - text[rest.clone()].as_ptr() as usize);
        let folded = word.trim_matches(AROUND).to_lowercase();
        let before_version = words.peek().is_some_and(|it| is_version(it));
        let joins = joins(&folded, words.clone(), is_complete);
        let stops = ends_before(word, &folded, before_version)
            || (folded == "and" && !joins)
            || (is_complete && !continues(word) && !joins);
        if stops && end.is_some() {
            return end;
        }
        if word.starts_with('(') && end.is_some() && !is_short_aside(&text[at..rest.end]) {
            return end;
        }
        end = Some(at + word.len());
        is_complete =
            matches!(folded.as_str(), "license" | "licence" | "agreement") && !word.ends_with(':');
        // A comma stands in "Apache License, Version 2.0" and between two licenses.
        let goes_on =
            words.peek().is_some_and(|it| is_version(it) || it.starts_with(char::is_uppercase));
        let ends_sentence =
            word.ends_with(['.', ';', '!', '?', '。']) || (word.ends_with(',') && !goes_on);
        if ends_sentence {
            return end;
        }
    }
    None
}

/// Whether the word begins what is no part of a name. `CC BY` is one, even as `cc by 4.0`.
fn ends_before(word: &str, folded: &str, before_version: bool) -> bool {
    const STOP: &str = "\
        by from for to in which that with as while but see on at unless is are where because \
        however found available";
    let in_name = word.starts_with(char::is_uppercase) || before_version;
    among(folded, STOP) && !in_name
}

/// Whether `and` or `or` goes on to another license: half of "the A License and the B License"
/// would be a false claim.
fn joins<'a>(word: &str, mut next: impl Iterator<Item = &'a str>, is_complete: bool) -> bool {
    let next_words: Vec<&str> = next.by_ref().take(8).collect();
    let first = next_words.iter().find(|it| !among(it, "the a an")).copied().unwrap_or_default();
    let goes_on = first.starts_with(char::is_uppercase) || among(first, "later any");
    let names_another = !is_complete || next_words.iter().any(|it| mentions_license(it));
    among(word, "and or") && goes_on && (names_another || among(first, "later any"))
}

/// What may follow the word `license` and still be its name.
fn continues(word: &str) -> bool {
    is_version(word) || word.starts_with('(') || word.to_lowercase().starts_with("agreement")
}

fn is_version(word: &str) -> bool {
    let word = word.trim_matches(AROUND).to_lowercase();
    let digits = word.strip_prefix('v').unwrap_or(&word);
    word == "version" || digits.starts_with(|it: char| it.is_ascii_digit())
}

/// `(CC BY-SA 3.0)`, and not `(the "License")` or `(see …)`.
fn is_short_aside(words: &str) -> bool {
    let Some((aside, _)) = words.split_once(')') else { return false };
    let begins_a_name = aside[1..].starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit());
    begins_a_name && aside.split_whitespace().count() <= 5 && !aside.contains("http")
}

/// The text of a link at the beginning, or its address where the text says no more than `license`.
fn link(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = &text[range.clone()];
    let inner = words.strip_prefix('[')?;
    let close = inner.find(']')?;
    let shown = range.start + 1..range.start + 1 + close;
    let target = inner[close + 1..].strip_prefix('(').and_then(|it| it.split_once(')'));
    let Some((target, _)) = target else { return named(text, shown) };
    let start = shown.end + 2;
    let target = trim(text, start..start + target.len());
    let is_address = text[shown.clone()].starts_with("http") && !target.is_empty();
    let shown = named(text, without_article(text, shown)).filter(|_| !is_address);
    shown.or_else(|| (!target.is_empty()).then_some(target))
}

fn without_article(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let article = ["the ", "The "].iter().find(|it| words.starts_with(**it));
    range.start + article.map_or(0, |it| it.len())..range.end
}

/// The first web address in `range`.
fn address(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = &text[range.clone()];
    let start = ["https://", "http://"].iter().filter_map(|it| words.find(it)).min()?;
    let ends =
        |it: char| it.is_whitespace() || matches!(it, ')' | ']' | '>' | '"' | '<' | '`' | '\'');
    let length = words[start..].find(ends).unwrap_or(words.len() - start);
    let address = words[start..start + length].trim_end_matches(['.', ',']);
    Some(range.start + start..range.start + start + address.len())
}

/// `range` without marks at both ends, if what is left names something.
fn named(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let range = skip_marks(text, range);
    let words = text[range.clone()].trim_end_matches(AROUND);
    // One pair of brackets or a stray closing one is decoration, too.
    let (start, words) = match words.strip_prefix(['[', '(', '<']) {
        Some(inner) => (range.start + 1, inner.trim_end_matches([']', ')', '>'])),
        None if words.contains(['(', '[', '<']) => (range.start, words),
        None => (range.start, words.trim_end_matches([']', ')', '>'])),
    };
    (!says_nothing(words)).then_some(start..start + words.len())
}

/// Whether the words would fit any license, or stand for none.
fn says_nothing(words: &str) -> bool {
    const EMPTY: &str = "\
        license licence licenses licences the a an terms of use agreement agreements this \
        its own their our permissive open source free different custom model various these \
        those conditions fully following respective here link below above more full view \
        file any all other another specific special";
    let mut parts = words.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    let folded = words.to_lowercase();
    is_placeholder(words)
        // "Acme's license" may be any.
        || ["'s license", "’s license"].iter().any(|it| folded.ends_with(it))
        || matches!(first.as_str(), "same" | "its" | "their" | "which" | "law" | "laws")
        || parts.all(|it| among(&it.to_lowercase(), EMPTY))
}

fn is_placeholder(words: &str) -> bool {
    const NOTHING: &[&str] =
        &["", "-", "unknown", "n/a", "na", "none", "tbd", "todo", "tba", "other"];
    let folded = words.trim_matches(AROUND).trim_matches(['[', ']', '(', ')']).to_lowercase();
    NOTHING.contains(&folded.as_str())
        || folded.contains("more information")
        || folded.contains("information needed")
        || folded.contains(['{', '}'])
}

/// Whether the words speak of licenses at all: a cheap test.
pub(super) fn mentions_license(words: &str) -> bool {
    words.as_bytes().windows(5).any(|it| it.eq_ignore_ascii_case(b"licen"))
}
