//! What a copyright statement begins with.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

/// The beginning of what may be a statement.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Where it is written.
    pub(super) at: Range<usize>,
    /// Which one.
    pub(super) sort: Sort,
}

/// The sorts of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A tag that is there for nothing else.
    Tag,
    /// The word.
    Word,
    /// The sign.
    Sign,
    /// The sign as typewriters write it: it numbers clauses too.
    Letter,
}

/// How marks are written; in any case.
const MARKS: &[(&str, Sort)] = &[
    ("spdx-filecopyrighttext", Sort::Tag),
    ("spdx-snippetcopyrighttext", Sort::Tag),
    ("copyright", Sort::Word),
    ("copyrighted", Sort::Word),
    ("copyrights", Sort::Word),
    ("(c)opyright", Sort::Word),
    ("copr.", Sort::Word),
    ("©", Sort::Sign),
    ("&copy;", Sort::Sign),
    ("&#169;", Sort::Sign),
    ("&#xa9;", Sort::Sign),
    ("\\u00a9", Sort::Sign),
    ("\\xa9", Sort::Sign),
    ("\\(co", Sort::Sign),
    ("(c)", Sort::Letter),
];

static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasickBuilder::new()
        .ascii_case_insensitive(true)
        .match_kind(aho_corasick::MatchKind::LeftmostLongest)
        .build(MARKS.iter().map(|it| it.0))
        .expect("a dozen short words fit into an automaton")
});

/// The first mark in a part of a text that stands alone.
pub(super) fn mark(text: &str, within: Range<usize>) -> Option<Mark> {
    let mut at = within.start;
    loop {
        let found = FINDER.find(aho_corasick::Input::new(text).range(at..within.end))?;
        let sort = MARKS[found.pattern().as_usize()].1;
        at = found.end();
        if alone(text, found.range(), sort) {
            return Some(Mark { at: found.range(), sort });
        }
    }
}

/// Where the next statement of the same line may begin, past what follows this mark.
pub(super) fn same_line(text: &str, from: usize, end: usize) -> Option<usize> {
    let rest = text.get(from..end)?;
    // Marks that follow at once belong to the same statement.
    let skipped = rest.find(|it: char| it.is_ascii_digit() || it.is_alphabetic())?;
    let mut at = from + skipped;
    while let Some(next) = mark(text, at..end) {
        let between = &text[at..next.at.start];
        if between.chars().filter(|it| it.is_alphanumeric()).count() > 3 {
            return Some(next.at.start);
        }
        at = next.at.end;
    }
    None
}

/// The most letters and points between marks of one statement.
const LONGEST_BETWEEN: usize = 16;

/// Where marks end that follow one another with nothing but points between them: what is said of
/// the first is said of all.
pub(super) fn run(text: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let end = (at + LONGEST_BETWEEN).min(text.len());
        let end = (at..=end).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(at);
        let Some(next) = mark(text, at..end) else { return at };
        let between = &text[at..next.at.start];
        if between.contains(|it: char| it.is_alphanumeric() || it == '\n') {
            return at;
        }
        at = next.at.end;
    }
}

/// Whether a mark is a word of its own: `set_copyright` and `f(c)` are code.
fn alone(text: &str, at: Range<usize>, sort: Sort) -> bool {
    let before = text[..at.start].chars().next_back();
    let after = text[at.end..].chars().next();
    let joins = |it: char| it.is_alphanumeric() || it == '_' || it == '$';
    match sort {
        Sort::Tag | Sort::Sign => true,
        // `\nCopyright` stands in strings, `@copyright` in comments.
        Sort::Word => {
            let escaped = text[..at.start].ends_with("\\n") || text[..at.start].ends_with("\\t");
            let before = before.is_some_and(|it| joins(it) || it == '.');
            let after =
                after.is_some_and(|it| (it.is_alphabetic() && it.is_lowercase()) || it == '_');
            (!before || escaped) && !after
        }
        Sort::Letter => !before.is_some_and(|it| joins(it) || it == ')' || it == ']'),
    }
}
