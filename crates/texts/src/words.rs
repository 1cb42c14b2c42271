//! An input as words, and what its words tell: restrictions, names filled in, notices.

use std::ops::Range;
use std::sync::LazyLock;

use crate::spelling::{folded_hash, word_hash};
use crate::tokens::{Token, tokens};

/// An input with its words.
pub(crate) struct Words<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: &'t [Token],
}

impl Words<'_> {
    /// The words of a range, as far as there are so many.
    pub(crate) fn within(&self, range: Range<usize>) -> &[Token] {
        let end = range.end.min(self.tokens.len());
        self.tokens.get(range.start.min(end)..end).unwrap_or_default()
    }

    /// A word as the input has it.
    pub(crate) fn written(&self, token: &Token) -> &str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    /// Whether a range has a word that can narrow a permission.
    pub(crate) fn contains_restriction(&self, range: Range<usize>) -> bool {
        self.count(range.clone(), &RESTRICTING.words) > 0
            || self.within(range).iter().any(|it| self.has_restricting_part(it))
    }

    /// "Attribution-NonCommercial" is one word of two.
    fn has_restricting_part(&self, token: &Token) -> bool {
        let written = self.written(token);
        let mut parts = written.split(|it: char| !it.is_alphanumeric());
        written.contains('-')
            && parts.any(|it| {
                let hash = folded_hash(&it.to_lowercase());
                RESTRICTING.words.binary_search(&hash).is_ok()
            })
    }

    /// Whether words that ask for more stand right before or after a range.
    ///
    /// Where little else follows, each word counts; a long document may well say "only" in other matters.
    pub(crate) fn is_restricted_around(&self, range: &Range<usize>, free: &Range<usize>) -> bool {
        const BEFORE: usize = 120;
        const AFTER: usize = 200;
        const LITTLE: usize = 80;
        let is_little = free.len().saturating_sub(range.len()) <= LITTLE;
        let before = range.start.saturating_sub(BEFORE).max(free.start)..range.start;
        let mut after = range.end..(range.end + AFTER).min(free.end);
        // Another notice begins another license.
        if let Some(notice) = self.within(after.clone()).iter().position(|it| it.after_notice) {
            after.end = after.start + notice;
        }
        // What precedes is mostly a heading that says for which files the license is.
        is_little && self.contains_restriction(after.clone())
            || [before, after]
                .into_iter()
                .any(|it| self.contains_phrase(it.clone()) || self.is_legal(it))
    }

    fn contains_phrase(&self, range: Range<usize>) -> bool {
        let words = self.within(range);
        RESTRICTING.phrases.iter().any(|it| contains(words, it))
    }

    /// Whether words of contracts stand in a range more often than in speaking about a license.
    fn is_legal(&self, range: Range<usize>) -> bool {
        const ENOUGH: usize = 3;
        self.count(range, &RESTRICTING.legal) >= ENOUGH
    }

    fn count(&self, range: Range<usize>, sorted: &[u32]) -> usize {
        self.within(range).iter().filter(|it| sorted.binary_search(&it.hash).is_ok()).count()
    }

    /// Whether a range lies where a license has a name filled in.
    pub(crate) fn is_blank(&self, range: &Range<usize>) -> bool {
        // A name may share words with the one it replaces.
        const SHARED: usize = 4;
        let reach = |it: &Vec<u32>| it.len() + SHARED;
        BLANKS.iter().any(|(left, right)| {
            let before = self.within(range.start.saturating_sub(reach(left))..range.start);
            let after = self.within(range.end..range.end + reach(right));
            contains(before, left) && contains(after, right)
        })
    }

    /// Whether a range is words that copies may have more than the license.
    pub(crate) fn is_insertion(&self, range: &Range<usize>) -> bool {
        let words = self.within(range.clone());
        INSERTIONS.iter().any(|it| words.iter().map(|it| it.hash).eq(it.iter().copied()))
    }

    /// Whether a range belongs to a copyright notice before it, or is one.
    pub(crate) fn is_notice(&self, range: &Range<usize>) -> bool {
        const COPYRIGHT: u32 = word_hash(b"copyright");
        self.within(range.start..range.end + 1).iter().any(|it| it.after_notice)
            || self.within(range.clone()).first().is_some_and(|it| it.hash == COPYRIGHT)
    }
}

fn contains(words: &[Token], wanted: &[u32]) -> bool {
    wanted.is_empty()
        || words.windows(wanted.len()).any(|it| it.iter().map(|it| &it.hash).eq(wanted))
}

struct Restricting {
    words: Vec<u32>,
    legal: Vec<u32>,
    phrases: Vec<Vec<u32>>,
}

static RESTRICTING: LazyLock<Restricting> = LazyLock::new(|| {
    let data = include_str!("../data/restricting-words.txt");
    let sorted = |kind| {
        let mut words = phrases(data, kind).concat();
        words.sort_unstable();
        words
    };
    Restricting {
        words: sorted("word "),
        legal: sorted("legal "),
        phrases: phrases(data, "phrase "),
    }
});

/// For each blank the words before and after it.
static BLANKS: LazyLock<Vec<(Vec<u32>, Vec<u32>)>> = LazyLock::new(|| {
    let lines = include_str!("../data/blanks.txt").lines().skip(1);
    lines.filter_map(|it| it.split_once('…')).map(|it| (hashes(it.0), hashes(it.1))).collect()
});

static INSERTIONS: LazyLock<Vec<Vec<u32>>> =
    LazyLock::new(|| phrases(include_str!("../data/optional-parts.txt"), "insertion "));

fn phrases(data: &str, kind: &str) -> Vec<Vec<u32>> {
    data.lines().filter_map(|it| it.strip_prefix(kind)).map(hashes).collect()
}

fn hashes(words: &str) -> Vec<u32> {
    tokens(words).iter().map(|it| it.hash).collect()
}
