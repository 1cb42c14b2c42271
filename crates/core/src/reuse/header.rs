//! What a file says of itself: copyright notices, license tags, snippets.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::problem::{Place, Spot};
use crate::copyrights::{copyrights, has_blanks, is_about};
use crate::notices::without_ignored;

/// Words, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The statement, on one line.
    pub words: String,
    /// Where.
    pub at: Place,
}

/// What a file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// Copyright notices.
    pub copyrights: Vec<Said>,
    /// License expressions, as written.
    pub licenses: Vec<Said>,
    /// License expressions of snippets, which do not speak for the file.
    pub in_snippets: Vec<Said>,
    /// Where a snippet begins that does not end.
    pub open: Option<Place>,
}

/// What begins a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    License,
    Copyright,
    Word,
    Sign,
    Begin,
    End,
}

/// In the case of the specification: other spellings are none.
const MARKS: [(&str, Mark); 7] = [
    ("SPDX-License-Identifier:", Mark::License),
    ("SPDX-FileCopyrightText:", Mark::Copyright),
    ("SPDX-SnippetCopyrightText:", Mark::Copyright),
    ("Copyright", Mark::Word),
    ("©", Mark::Sign),
    ("SPDX-SnippetBegin", Mark::Begin),
    ("SPDX-SnippetEnd", Mark::End),
];

static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(MARKS.iter().map(|it| it.0))
        .expect("a few short words fit into an automaton")
});

/// How many statements of one file are taken: credits of large projects have thousands.
const MOST: usize = 1_000;
/// How many beginnings of statements are looked at: a text of nothing else costs no more.
const MOST_MARKS: usize = 20_000;

/// How much of a line is looked at, on either side of a mark.
const LONGEST: usize = 2_000;

/// What the file at `path` says of itself in `text`.
pub fn stated(path: &str, text: &str) -> Stated {
    let mut stated = Stated::default();
    if !FINDER.is_match(text) {
        return stated;
    }
    let marks = marks(text);
    let (snippets, open) = snippets(text, &marks);
    let place = |spot: Spot| Place { path: path.to_owned(), spot: Some(spot) };
    stated.open = open.map(|it| place(Spot::of(text, it.start, it.end)));
    let (mut copyright_until, mut counter) = (0, Counter::default());
    for (at, mark) in marks.into_iter().take(MOST_MARKS) {
        if stated.licenses.len() + stated.copyrights.len() + stated.in_snippets.len() >= MOST {
            break;
        }
        let line = Line::around(text, &at);
        let (value, is_notice) = match mark {
            Mark::License => (line.value().to_owned(), false),
            Mark::Copyright | Mark::Word | Mark::Sign if at.start < copyright_until => continue,
            Mark::Copyright => (line.whole(), names_somebody(line.after)),
            Mark::Word | Mark::Sign => (line.whole(), line.is_notice(mark)),
            Mark::Begin | Mark::End => continue,
        };
        let within = snippets.iter().any(|it| it.contains(&at.start));
        let start = if mark == Mark::License { line.value_start(at.end) } else { at.start };
        let mut said = || Said {
            at: place(counter.spot(text, start..start + value.len())),
            words: value.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        match mark {
            Mark::License if within => stated.in_snippets.push(said()),
            Mark::License => stated.licenses.push(said()),
            _ if is_notice => {
                copyright_until = at.end + line.after.len();
                // Whose a part is does not tell whose the file is.
                if !within {
                    stated.copyrights.push(said());
                }
            }
            _ => {}
        }
    }
    stated
}

/// Counts lines once, for places in ascending order.
#[derive(Default)]
struct Counter {
    lines: usize,
    line_start: usize,
}

impl Counter {
    fn spot(&mut self, text: &str, at: Range<usize>) -> Spot {
        let from = self.line_start.min(at.start);
        for (index, _) in text[from..at.start].match_indices('\n') {
            self.lines += 1;
            self.line_start = from + index + 1;
        }
        let before = text[self.line_start.min(at.start)..at.start].trim_start_matches('\u{feff}');
        let column = before.chars().count() + 1;
        Spot { line: self.lines + 1, column, start: at.start, end: at.end }
    }
}

/// All marks outside of what is to be ignored.
fn marks(text: &str) -> Vec<(Range<usize>, Mark)> {
    let whole = 0..text.len();
    let kept = without_ignored(text, vec![whole]);
    let parts = kept.into_iter().filter_map(|it| Some((it.start, text.get(it)?)));
    let in_part = |(start, part)| {
        let found = FINDER.find_iter(part);
        found
            .map(move |it| (start + it.start()..start + it.end(), MARKS[it.pattern().as_usize()].1))
    };
    parts.flat_map(in_part).collect()
}

/// Snippets, and the one that is not closed. A snippet may lie in another.
fn snippets(
    text: &str,
    marks: &[(Range<usize>, Mark)],
) -> (Vec<Range<usize>>, Option<Range<usize>>) {
    let mut open: Vec<Range<usize>> = Vec::new();
    let mut closed = Vec::new();
    for (at, mark) in marks.iter().filter(|it| matches!(it.1, Mark::Begin | Mark::End)) {
        // In a sentence it is spoken of.
        let line = Line::around(text, at);
        let stands_alone = || line.opens() && !line.after.contains(char::is_alphanumeric);
        match mark {
            Mark::Begin if stands_alone() => open.push(at.clone()),
            Mark::End if stands_alone() => {
                closed.extend(open.pop().map(|it| it.start..at.end));
            }
            _ => {}
        }
    }
    (closed, open.into_iter().next())
}

/// A line around a mark.
struct Line<'a> {
    before: &'a str,
    mark: &'a str,
    /// Up to the end of the line, or of the comment.
    after: &'a str,
}

/// What ends a comment, or what it stands in, and is no part of the words.
const ENDS: [&str; 18] = [
    "*)", "#}", "}}", "%>", "?>", "\"\"\"", "'''", "=#", "|#", "#>", "]]", "-}", "\"/>", "\" />",
    "\">", "'/>", "'>", "::",
];

impl<'a> Line<'a> {
    fn around(text: &'a str, at: &Range<usize>) -> Self {
        let near = floor(text, at.start.saturating_sub(LONGEST));
        let before = &text[near..at.start];
        let before = before.rfind(['\n', '\r']).map_or(before, |it| &before[it + 1..]);
        let after = &text[at.end..floor(text, at.end.saturating_add(LONGEST))];
        let after = after.find(['\n', '\r']).map_or(after, |it| &after[..it]);
        let end = ["*/", "-->", "--!>"].iter().filter_map(|it| after.find(it)).min();
        Self { before, mark: &text[at.clone()], after: end.map_or(after, |it| &after[..it]) }
    }

    /// The value of a tag: what follows it, without what ends the comment.
    fn value(&self) -> &'a str {
        self.without_end(self.after).trim()
    }

    /// Where the value begins, for a mark that ends at `end`.
    fn value_start(&self, end: usize) -> usize {
        end + self.after.len() - self.after.trim_start().len()
    }

    /// The statement with its mark.
    fn whole(&self) -> String {
        let tag = self.after.find(MARKS[0].0).unwrap_or(self.after.len());
        let after = &self.after[..floor(self.after, tag.min(LONGEST))];
        format!("{}{}", self.mark, self.without_end(after))
    }

    fn without_end<'b>(&self, after: &'b str) -> &'b str {
        let mirrored: String = self.before.trim().chars().rev().collect();
        let mut words = after.trim_end();
        if !mirrored.is_empty() && !mirrored.contains(char::is_alphanumeric) {
            words = words.strip_suffix(&mirrored).unwrap_or(words).trim_end();
        }
        while let Some(shorter) = ENDS.iter().find_map(|it| words.strip_suffix(it)) {
            words = shorter.trim_end();
        }
        // `[SPDX-License-Identifier: …] ::` is how batch files hide a line.
        if self.before.trim_end().ends_with('[') { words.trim_end_matches(']') } else { words }
    }

    /// Whether the mark begins its line, apart from signs of comments.
    fn opens(&self) -> bool {
        !self.before.contains(char::is_alphanumeric) || is_comment_word(self.before.trim())
    }

    /// Whether the word, or the sign, begins a notice: a sentence about copyright is none.
    fn is_notice(&self, mark: Mark) -> bool {
        let before = self.before.chars().next_back();
        let is_word = !before.is_some_and(|it| it.is_alphanumeric() || it == '_');
        let goes_on = self.after.starts_with(|it: char| it.is_whitespace() || "(©".contains(it));
        if mark == Mark::Word && !(is_word && goes_on) {
            return false;
        }
        let statement = self.whole();
        let opens =
            self.opens() || self.before.trim_end().ends_with([':', '=', '"', '\'', '>', '(']);
        if opens && names_somebody(self.after) && !has_blanks(self.after) {
            let first = words(self.after).next().unwrap_or_default();
            let vouched = mark == Mark::Sign || self.after.trim_start().starts_with(['(', '©']);
            if vouched || words(self.after).any(is_years) || !is_about(first) {
                return true;
            }
        }
        !copyrights(&statement).is_empty() && names_somebody(self.after)
    }
}

/// Words that begin a comment.
fn is_comment_word(word: &str) -> bool {
    matches!(word.to_ascii_lowercase().as_str(), "dnl" | "rem" | "@rem" | "c")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|it| {
        let bare = it.trim_matches(|it: char| !it.is_alphanumeric());
        !(bare.is_empty()
            || bare.eq_ignore_ascii_case("c") && it.contains('(')
            || bare == "Copyright")
    })
}

fn is_years(word: &str) -> bool {
    let is_part = |it: char| it.is_ascii_digit() || "-–—,.;:()".contains(it);
    word.chars().all(is_part) && word.chars().filter(char::is_ascii_digit).count() >= 4
}

/// Whether there is more than signs and years: a notice names the holder.
fn names_somebody(text: &str) -> bool {
    let is_name = |it: &str| !is_years(it) && it.chars().any(char::is_alphabetic);
    words(text).any(is_name)
}

/// The nearest boundary of a character at or below `at`.
fn floor(text: &str, at: usize) -> usize {
    crate::value::boundary(text, at)
}
