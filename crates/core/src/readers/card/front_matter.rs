//! Where a card's front matter is, if it has one. A line `---` may as well be a horizontal rule.

use std::ops::Range;

use super::keys::marks_a_card;
use super::lines::{lines, trim};

/// A block of metadata in a Markdown text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FrontMatter {
    /// From the opening fence to past the closing one.
    pub(super) all: Range<usize>,
    /// What is between the fences.
    pub(super) block: Range<usize>,
    /// What is wrong with its place.
    pub(super) flaw: Option<Flaw>,
}

/// Why the hub does not see a front matter that people see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// No closing fence.
    Unclosed,
    /// Something stands before it.
    Displaced,
}

/// The front matter of `text`.
pub(super) fn find(text: &str) -> Option<FrontMatter> {
    at_start(text).or_else(|| displaced(text))
}

fn at_start(text: &str) -> Option<FrontMatter> {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let start = trim(text, mark..text.len()).start;
    let mut rest = lines(text, start);
    if !is_fence(&text[rest.next()?]) {
        return None;
    }
    let begin = rest.position();
    loop {
        let at = rest.position();
        let Some(line) = rest.next() else { return unclosed(text, start, begin) };
        if is_fence(&text[line]) {
            let block = begin..at;
            let all = start..rest.position();
            return looks_meant(text, &block).then_some(FrontMatter { all, block, flaw: None });
        }
    }
}

/// The lines after an opening fence, as long as they look like metadata.
fn unclosed(text: &str, start: usize, begin: usize) -> Option<FrontMatter> {
    let mut rest = lines(text, begin);
    let mut end = begin;
    let mut is_card = false;
    while let Some(line) = rest.next() {
        let line = &text[line];
        if line.trim().is_empty() || !looks_like_yaml(line) {
            break;
        }
        is_card |= key_of(line).is_some_and(marks_a_card);
        end = rest.position();
    }
    let found = FrontMatter { all: start..end, block: begin..end, flaw: Some(Flaw::Unclosed) };
    is_card.then_some(found)
}

/// A block further down: fenced, and its first line is a card's key. Not in a code block.
fn displaced(text: &str) -> Option<FrontMatter> {
    let mut rest = lines(text, 0);
    let mut in_code = false;
    let mut may_begin = true;
    loop {
        let start = rest.position();
        let line = &text[rest.next()?];
        if is_code_fence(line) {
            in_code = !in_code;
        }
        if may_begin && !in_code && is_fence(line) {
            let begin = rest.position();
            if let Some((block, end)) = closed_from(text, begin) {
                return Some(FrontMatter { all: start..end, block, flaw: Some(Flaw::Displaced) });
            }
        }
        let line = line.trim();
        // After words, `---` makes a heading of them.
        may_begin = line.is_empty() || line.starts_with("<!--") || line.ends_with("-->");
    }
}

/// The block that begins at `begin`, and the end of its closing fence.
fn closed_from(text: &str, begin: usize) -> Option<(Range<usize>, usize)> {
    let mut rest = lines(text, begin);
    let mut is_first = true;
    loop {
        let at = rest.position();
        let line = &text[rest.next()?];
        if is_first && !key_of(line).is_some_and(marks_a_card) {
            return None;
        }
        is_first = false;
        if is_fence(line) {
            return Some((begin..at, rest.position()));
        }
        if !looks_like_yaml(line) {
            return None;
        }
    }
}

/// Whether the text between two fences is metadata and not prose between two rules.
fn looks_meant(text: &str, block: &Range<usize>) -> bool {
    let mut significant = lines(&text[..block.end], block.start)
        .map(|it| &text[it])
        .filter(|it| !it.trim().is_empty() && !it.trim_start().starts_with('#'))
        .peekable();
    match significant.peek() {
        None => true,
        Some(first) if first.starts_with("- ") || is_flow(&text[block.clone()]) => true,
        Some(first) if key_of(first).is_some() => true,
        Some(_) => significant.any(|it| key_of(it).is_some_and(marks_a_card)),
    }
}

/// A bracketed list or mapping; a line of badges begins like one and ends otherwise.
fn is_flow(block: &str) -> bool {
    let block = block.trim();
    (block.starts_with('[') && block.ends_with(']'))
        || (block.starts_with('{') && block.ends_with('}'))
}

fn looks_like_yaml(line: &str) -> bool {
    line.trim().is_empty()
        || line.starts_with([' ', '\t', '#', ']', '}'])
        || line.starts_with("- ")
        || line == "-"
        || key_of(line).is_some()
}

/// The key of a line `key: value` without indentation.
pub(super) fn key_of(line: &str) -> Option<&str> {
    const LONGEST: usize = 60;
    let colon = line.as_bytes().iter().take(LONGEST).position(|it| *it == b':')?;
    let ends_here = matches!(line.as_bytes().get(colon + 1), None | Some(b' ' | b'\t'));
    let key = line[..colon].trim_end().trim_matches(['"', '\'']);
    let is_word = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '.' | ' ');
    let begins = key.starts_with(|it: char| it.is_alphabetic() || it == '_');
    (ends_here && begins && key.chars().all(is_word)).then_some(key)
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

fn is_code_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}
