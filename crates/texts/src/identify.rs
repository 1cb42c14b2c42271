//! Which license texts an input holds, and how closely.

use std::ops::Range;

use crate::alignment::{Input, Places, Run, align};
use crate::candidates::{Candidate, candidates};
use crate::changes::{Changes, Words, changes};
use crate::fingerprint::{Kind, grams};
use crate::index::Text;
use crate::tokens::tokens;

/// How closely an input follows a known text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// It is that text, apart from names, notices, instructions on how to apply it, and wording of no weight.
    Verbatim,
    /// It is that text with words put in, taken out or standing around it that change what it says.
    /// A changed license is another license.
    Modified,
    /// It is close to that text, but another edition of it or a text built upon it.
    Kindred,
}

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
}

impl Match {
    /// The license that the span is, if it is one word for word.
    pub fn license(&self) -> Option<&'static str> {
        (self.kind == Kind::License && self.likeness == Likeness::Verbatim).then_some(self.nearest)
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
    let tokens = tokens(text);
    let grams = grams(&tokens);
    let candidates = candidates(&grams);
    if candidates.is_empty() {
        return Vec::new();
    }
    let input = Input { grams: &grams, places: Places::of(&grams) };
    let words = Words { text, tokens: &tokens };
    let mut search = Search { input, words, candidates, taken: Vec::new(), effort: MOST_EFFORT };
    let mut found: Vec<Found> = Vec::new();
    while let Some(it) = search.next() {
        found.extend(it);
    }
    search.matches(found)
}

/// How many words of references are compared at most, so that no input takes longer than seconds.
const MOST_EFFORT: usize = 30_000_000;
/// How many references are compared with the same place.
const MOST_RIVALS: usize = 24;

struct Search<'t> {
    input: Input<'t>,
    words: Words<'t>,
    candidates: Vec<Candidate>,
    /// The ranges of words already explained.
    taken: Vec<Range<usize>>,
    effort: usize,
}

/// A known text laid over the input.
struct Found {
    text: &'static Text,
    order: usize,
    aliases: Vec<&'static str>,
    range: Range<usize>,
    changes: Changes,
}

impl Found {
    /// How many words it explains beyond those it misses or leaves unexplained.
    fn worth(&self) -> i64 {
        let count = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
        count(self.changes.matched) - count(self.changes.missing) - count(self.changes.added)
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of words are far below what f32 holds exactly")]
    fn score(&self) -> f32 {
        let Changes { matched, core_matched, added, .. } = &self.changes;
        let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
        share(*core_matched, self.text.core.len()) * share(*matched, matched + added)
    }

    fn likeness(&self) -> Option<Likeness> {
        const LONG: usize = 300;
        let (score, words) = (self.score(), self.text.core.len());
        let is_near = score >= if words < 40 { 0.85 } else { 0.8 };
        if !is_near || self.changes.renumbered && self.changes.telling {
            return (score >= 0.6 && words >= LONG).then_some(Likeness::Kindred);
        }
        Some(if self.changes.telling { Likeness::Modified } else { Likeness::Verbatim })
    }
}

impl Search<'_> {
    /// Takes the most promising candidate with its rivals; what the best of them explains is taken.
    fn next(&mut self) -> Option<Option<Found>> {
        if self.candidates.is_empty() || self.effort == 0 {
            return None;
        }
        let place = self.candidates[0].range();
        let mut rivals = Vec::new();
        self.candidates.retain(|it| {
            let is_rival = rivals.len() < MOST_RIVALS && overlaps(&it.range(), &place);
            if is_rival {
                rivals.push(it.clone());
            }
            !is_rival
        });
        let mut laid: Vec<Found> = rivals.iter().filter_map(|it| self.lay(it)).collect();
        laid.retain(|it| it.likeness().is_some());
        laid.sort_by(|one, two| two.worth().cmp(&one.worth()).then(one.order.cmp(&two.order)));
        let mut laid = laid.into_iter();
        let Some(mut best) = laid.next() else { return Some(None) };
        let (worth, kind) = (best.worth(), best.text.kind);
        for equal in laid.take_while(|it| it.worth() == worth && it.text.kind == kind) {
            best.aliases.push(equal.text.id);
            best.aliases.extend(equal.text.aliases);
        }
        let taken = best.range.clone();
        self.candidates.retain_mut(|it| it.stays_without(&taken));
        self.candidates.sort_by(|one, two| two.promise.total_cmp(&one.promise).then(one.order.cmp(&two.order)));
        self.taken.push(taken);
        Some(Some(best))
    }

    fn lay(&mut self, candidate: &Candidate) -> Option<Found> {
        let Candidate { text, order, .. } = candidate;
        let reference = text.grams();
        self.effort = self.effort.saturating_sub(reference.len());
        let place = candidate.range();
        let free = self.free(&place);
        // What precedes the first sampled gram, and optional parts, lie outside of the range met.
        let before = text.core.start + text.core.len() / 3 + 50;
        let after = reference.len() - text.core.end.min(reference.len()) + text.core.len() / 3 + 50;
        let start = place.start.saturating_sub(before).max(free.start);
        let end = (place.end + after).min(free.end).min(self.input.grams.len());
        let runs = align(&self.input, start..end.max(start), reference);
        let range = span(&runs)?;
        Some(Found { text, order: *order, aliases: text.aliases.to_vec(), range, changes: changes(&self.words, text, &runs) })
    }

    /// The range around a place of which nothing is taken.
    fn free(&self, place: &Range<usize>) -> Range<usize> {
        let middle = usize::midpoint(place.start, place.end);
        let start = self.taken.iter().map(|it| it.end).filter(|it| *it <= middle).max().unwrap_or(0);
        let all = self.words.tokens.len();
        let end = self.taken.iter().map(|it| it.start).filter(|it| *it > middle).min().unwrap_or(all);
        start..end
    }

    fn matches(&self, found: Vec<Found>) -> Vec<Match> {
        let mut matches: Vec<Match> = found.into_iter().filter_map(|it| self.matched(it)).collect();
        matches.sort_by_key(|it| it.span.start);
        matches
    }

    fn matched(&self, found: Found) -> Option<Match> {
        let mut likeness = found.likeness()?;
        let start = self.taken.iter().map(|it| it.end).filter(|it| *it <= found.range.start).max();
        let end = self.taken.iter().map(|it| it.start).filter(|it| *it >= found.range.end).min();
        let free = start.unwrap_or(0)..end.unwrap_or(self.words.tokens.len());
        if likeness == Likeness::Verbatim && self.words.is_restricted_around(&found.range, &free) {
            likeness = Likeness::Modified;
        }
        let first = self.words.tokens.get(found.range.start)?;
        let last = self.words.tokens.get(found.range.end.checked_sub(1)?)?;
        Some(Match {
            nearest: found.text.id,
            kind: found.text.kind,
            likeness,
            score: found.score(),
            span: first.start as usize..last.end as usize,
            aliases: found.aliases,
        })
    }
}

fn span(runs: &[Run]) -> Option<Range<usize>> {
    Some(runs.first()?.input_words().start..runs.last()?.input_words().end)
}

fn overlaps(one: &Range<usize>, two: &Range<usize>) -> bool {
    let shared = one.end.min(two.end).saturating_sub(one.start.max(two.start));
    shared * 2 > one.len().min(two.len())
}
