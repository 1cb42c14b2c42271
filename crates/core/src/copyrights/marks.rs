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

/// The first mark from `from` on that stands alone.
pub(super) fn mark(text: &str, from: usize) -> Option<Mark> {
    let mut at = from;
    loop {
        let found = FINDER.find(aho_corasick::Input::new(text).range(at..))?;
        let sort = MARKS[found.pattern().as_usize()].1;
        at = found.end();
        if alone(text, found.range(), sort) {
            return Some(Mark { at: found.range(), sort });
        }
    }
}

/// A statement has no more marks: what follows is another one.
const MOST_IN_ONE: usize = 6;

/// The line up to where it has more marks than one statement.
pub(super) fn cut(line: &str) -> &str {
    FINDER.find_iter(line).nth(MOST_IN_ONE).map_or(line, |it| &line[..it.start()])
}

/// Whether a line begins a statement of its own.
pub(super) fn has_mark(line: &str) -> bool {
    mark(line, 0).is_some_and(|it| it.sort != Sort::Letter || line[..it.at.start].trim().len() < 4)
}

/// Where the next statement of the same line may begin, past what follows this mark.
pub(super) fn same_line(text: &str, from: usize, end: usize) -> Option<usize> {
    let rest = text.get(from..end)?;
    // Marks that follow at once belong to the same statement.
    let skipped = rest.find(|it: char| it.is_ascii_digit() || it.is_alphabetic())?;
    let mut at = from + skipped;
    while let Some(next) = mark(text, at).filter(|it| it.at.start < end) {
        let between = &text[at..next.at.start];
        if between.chars().filter(|it| it.is_alphanumeric()).count() > 3 {
            return Some(next.at.start);
        }
        at = next.at.end;
    }
    None
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
