//! `SPDX-License-Identifier` tags, and what tools for tags are told to leave out.

use std::ops::Range;

const TAG: &str = "SPDX-License-Identifier:";
/// No expression in a tag is longer.
const LONGEST: usize = 500;

/// The expressions of all tags in `ranges`.
pub(super) fn tags(text: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for range in ranges {
        let Some(part) = text.get(range.clone()) else { continue };
        for at in places(part, TAG) {
            let at = range.start + at;
            if opens_line(text, at) {
                found.extend(expression(text, at + TAG.len()..range.end));
            }
        }
    }
    found
}

/// Where `wanted` stands in any case.
fn places<'a>(text: &'a str, wanted: &'a str) -> impl Iterator<Item = usize> + 'a {
    let bytes = text.as_bytes();
    let fits = move |at: &usize| {
        bytes
            .get(*at..*at + wanted.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(wanted.as_bytes()))
    };
    let first = |it: &(usize, &u8)| matches!(it.1, b'S' | b's');
    bytes.iter().enumerate().filter(first).map(|it| it.0).filter(fits)
}

/// Whether only marks of comments stand before a place in its line: elsewhere a tag is quoted.
fn opens_line(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    let before = before[start..].trim_start_matches('\u{feff}').trim();
    let is_mark = |it: &str| matches!(it, "dnl" | "REM" | "rem" | "@REM" | "C" | "c" | "..");
    let is_quote = before.ends_with(['\'', '`', '<']) || before.len() > 1 && before.ends_with('"');
    is_mark(before) || !is_quote && !before.contains(char::is_alphanumeric)
}

/// The expression behind a tag, without what ends the comment.
fn expression(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let rest = text.get(range.clone())?;
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    let is_part = |it: char| it.is_ascii_alphanumeric() || "-.+() :/".contains(it);
    let start = line.len() - line.trim_start().len();
    let inner = &line[start..];
    let end = inner.find(|it| !is_part(it)).unwrap_or(inner.len());
    // A template is filled in elsewhere, and what follows a quote is a sentence.
    if inner[end..].starts_with(['$', '{', '<', '[', '%', '`', '…', '_']) {
        return None;
    }
    let words = inner[..end].trim_end_matches([' ', '.', ':', '/', '-']);
    let is_template = words.is_empty() || words.len() > LONGEST;
    (!is_template).then(|| range.start + start..range.start + start + words.len())
}

/// `ranges` without what lies between `REUSE-IgnoreStart` and `REUSE-IgnoreEnd`.
pub(crate) fn without_ignored(text: &str, ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    const START: &str = "REUSE-IgnoreStart";
    const END: &str = "REUSE-IgnoreEnd";
    if !text.contains(START) {
        return ranges;
    }
    let mut ignored: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(START).map(|it| it + from) {
        let end = text[start..].find(END).map_or(text.len(), |it| start + it + END.len());
        ignored.push(start..end);
        from = end;
    }
    let mut kept = Vec::new();
    for range in ranges {
        let mut start = range.start;
        for it in ignored.iter().filter(|it| it.start < range.end && it.end > range.start) {
            if start < it.start {
                kept.push(start..it.start);
            }
            start = start.max(it.end);
        }
        if start < range.end {
            kept.push(start..range.end);
        }
    }
    kept
}
