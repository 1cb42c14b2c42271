//! An input as words, and what its words tell: restrictions, names filled in, notices.

use std::collections::BTreeMap;
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

    /// The text from the word before a range to the word after it.
    pub(crate) fn between(&self, range: Range<usize>) -> &str {
        let before = range.start.checked_sub(1).and_then(|it| self.tokens.get(it));
        let start = before.map_or(0, |it| it.end as usize);
        let end = self.tokens.get(range.end).map_or(self.text.len(), |it| it.start as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Whether a range is nothing but numbers of sections and items, such as "2.1" and "b".
    pub(crate) fn number_items(&self, range: &Range<usize>) -> bool {
        let is_roman =
            |it: &str| it.len() <= 4 && it.bytes().all(|it| matches!(it | 32, b'i' | b'v' | b'x'));
        let is_letter = |it: &str| it.len() == 1 && it.bytes().all(|it| it.is_ascii_alphabetic());
        let is_section = |it: &str| it.bytes().all(|it| it.is_ascii_digit() || it == b'.');
        let is_number = |it: &Token| {
            let written = self.written(it);
            let ends =
                self.text.get(it.end as usize..).is_some_and(|it| it.starts_with(['.', ')']));
            is_section(written) || ends && (is_letter(written) || is_roman(written))
        };
        self.within(range.clone()).iter().all(is_number)
    }

    /// Whether a sentence or a paragraph begins at a word.
    pub(crate) fn opens_sentence(&self, word: usize) -> bool {
        let between = self.between(word..word);
        between.contains(['.', ':', ';']) || between.matches('\n').count() > 1
    }

    /// Whether words that ask for more stand right before or after a range.
    ///
    /// Where little else follows, each word counts; a long document may well say "only" in other matters.
    pub(crate) fn restricted_around(
        &self,
        range: &Range<usize>,
        free: &Range<usize>,
    ) -> Option<Range<usize>> {
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
        let is_restricted =
            |it: &Range<usize>| self.contains_phrase(it.clone()) || self.is_legal(it.clone());
        let is_little_restricted = is_little && self.contains_restriction(after.clone());
        if is_little_restricted || is_restricted(&after) {
            return Some(after);
        }
        Some(before).filter(is_restricted)
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

    /// Whether a range is a passage that offers another license in place of the one around it.
    pub(crate) fn offers_another(&self, range: &Range<usize>) -> bool {
        const LONGEST: usize = 120;
        const ALTERNATIVELY: u32 = word_hash(b"alternatively");
        range.len() <= LONGEST
            && self.within(range.clone()).first().is_some_and(|it| it.hash == ALTERNATIVELY)
    }

    /// Whether a range has the words without which it is not the text of that id.
    pub(crate) fn has_needed(&self, range: Range<usize>, id: &str) -> bool {
        let words = self.within(range);
        NEEDED.get(id).is_none_or(|all| all.iter().any(|it| contains(words, it)))
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

/// The words that can turn a permission into a narrower one.
pub(crate) fn restrictions() -> &'static [u32] {
    &RESTRICTING.words
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

/// For each id the phrases of which its text has one in every copy.
static NEEDED: LazyLock<BTreeMap<&'static str, Vec<Vec<u32>>>> = LazyLock::new(|| {
    let mut needed: BTreeMap<&str, Vec<Vec<u32>>> = BTreeMap::new();
    let lines = include_str!("../data/needed-words.txt").lines().skip(1);
    for (id, phrase) in lines.filter_map(|it| it.split_once(": ")) {
        needed.entry(id).or_default().push(hashes(phrase));
    }
    needed
});

fn phrases(data: &str, kind: &str) -> Vec<Vec<u32>> {
    data.lines().filter_map(|it| it.strip_prefix(kind)).map(hashes).collect()
}

fn hashes(words: &str) -> Vec<u32> {
    tokens(words).iter().map(|it| it.hash).collect()
}
