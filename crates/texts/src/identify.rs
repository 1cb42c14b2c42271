//! Which license texts an input holds, and how closely.

use std::ops::Range;

use crate::alignment::Input;
use crate::candidates::Candidates;
use crate::changes::Gap;
use crate::fingerprint::{Kind, grams};
use crate::likeness::{Likeness, score};
use crate::places::Places;
use crate::search::{Laid, Search};
use crate::signal::has_signal;
use crate::tokens::tokens;
use crate::words::Words;

/// A known text found in an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The id of the known text that is nearest: it is the license only if the likeness says so.
    pub nearest: &'static str,
    /// Other ids that the input fits as well, mostly because their texts are the same.
    pub aliases: Vec<&'static str>,
    /// What the known text is.
    pub kind: Kind,
    /// How closely the input follows it.
    pub likeness: Likeness,
    /// The share of the known text that was found, times the share of the span that it explains.
    pub score: f32,
    /// The bytes of the input that it spans.
    pub span: Range<usize>,
    /// Where the words differ, in order; names, notices and optional parts do not count.
    pub differences: Vec<Difference>,
}

/// A place where an input has other words than the known text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The bytes of the words that the known text does not have; empty where words were only left out.
    pub added: Range<usize>,
    /// How many words of the known text are missing there.
    pub missing: usize,
}

impl Match {
    /// The license that the span is, if it is one word for word.
    pub fn license(&self) -> Option<&'static str> {
        (self.kind == Kind::License && self.likeness == Likeness::Verbatim).then_some(self.nearest)
    }

    /// The bytes that the known text explains: its span without passages that were put in.
    ///
    /// A passage may offer another license, which whoever reads the span would not see.
    pub fn explained(&self) -> Vec<Range<usize>> {
        const PASSAGE: usize = 80;
        let mut from = self.span.start;
        let mut explained = Vec::new();
        for it in self.differences.iter().map(|it| &it.added).filter(|it| it.len() >= PASSAGE) {
            if it.start > from && it.end < self.span.end {
                explained.push(from..it.start);
                from = it.end;
            }
        }
        explained.push(from..self.span.end);
        explained
    }

    /// Whether this id or one with the same text was found.
    pub fn is(&self, id: &str) -> bool {
        self.nearest == id || self.aliases.contains(&id)
    }
}

/// The licenses whose texts an input holds, in the order in which they stand; none where nothing is certain enough.
pub fn identify(text: &str) -> Vec<Match> {
    let mut found = recognize(text);
    found.retain(|it| it.kind == Kind::License);
    found
}

/// The known texts that an input holds: licenses, exceptions and use policies.
pub fn recognize(text: &str) -> Vec<Match> {
    recognize_without(text, |_| false)
}

/// The known texts that an input holds, as if some were not known: what is said of a license that is new.
pub fn recognize_without(text: &str, is_unknown: impl Fn(&str) -> bool) -> Vec<Match> {
    if !has_signal(text) {
        return Vec::new();
    }
    let tokens = tokens(text);
    let grams = grams(&tokens);
    let places = Places::of(&grams);
    let candidates = Candidates::of(&grams, &places, is_unknown);
    let input = Input { grams: &grams, places };
    let words = Words { text, tokens: &tokens };
    let mut search = Search::new(input, words, candidates);
    let mut found: Vec<Match> =
        search.run().into_iter().filter_map(|it| matched(&search, it)).collect();
    found.sort_by_key(|it| it.span.start);
    found
}

fn matched(search: &Search<'_>, laid: Laid) -> Option<Match> {
    let words = &search.words;
    let mut likeness = laid.likeness;
    let mut differences: Vec<Difference> =
        laid.changes.places.iter().filter_map(|it| difference(words, it)).collect();
    let around = words.restricted_around(&laid.range, &search.free(&laid.range));
    if likeness == Likeness::Verbatim
        && let Some(added) = around
    {
        likeness = Likeness::Modified;
        differences.extend(difference(words, &Gap { added, missing: 0..0 }));
        differences.sort_by_key(|it| it.added.start);
    }
    let first = words.tokens.get(laid.range.start)?;
    let last = words.tokens.get(laid.range.end.checked_sub(1)?)?;
    Some(Match {
        nearest: laid.text.id,
        kind: laid.text.kind,
        likeness,
        score: score(laid.text, &laid.changes),
        span: first.start as usize..last.end as usize,
        aliases: laid.aliases,
        differences,
    })
}

fn difference(words: &Words<'_>, gap: &Gap) -> Option<Difference> {
    let missing = gap.missing.len();
    let added = match (words.within(gap.added.clone()), gap.added.start.checked_sub(1)) {
        ([first, .., last], _) => first.start..last.end,
        ([only], _) => only.start..only.end,
        ([], Some(before)) => {
            let end = words.tokens.get(before)?.end;
            end..end
        }
        ([], None) => 0..0,
    };
    let added = added.start as usize..added.end as usize;
    (missing > 0 || !added.is_empty()).then_some(Difference { added, missing })
}
