//! Lays reference texts over an input and decides which of them explain it best.

use std::cmp::Reverse;
use std::ops::Range;

use crate::alignment::{Input, align};
use crate::candidates::{Candidates, overlap, shared};
use crate::changes::{Changes, changes};
use crate::fingerprint::Kind;
use crate::fingerprint::WORDS_PER_GRAM;
use crate::index::Text;
use crate::likeness::{Likeness, likeness};
use crate::words::Words;

/// How many words of references are compared at most, so that no input takes longer than seconds.
const MOST_EFFORT: usize = 20_000_000;
/// How many references are compared with the same place.
const MOST_RIVALS: usize = 24;

/// A reference text laid over an input.
#[derive(Clone, Debug)]
pub(crate) struct Laid {
    pub(crate) text: &'static Text,
    order: usize,
    /// Other ids that fit as well.
    pub(crate) aliases: Vec<&'static str>,
    /// The words of the input that it spans.
    pub(crate) range: Range<usize>,
    pub(crate) changes: Changes,
    pub(crate) likeness: Likeness,
}

impl Laid {
    /// How many words of its core it explains beyond those it misses or leaves unexplained.
    fn worth(&self) -> i64 {
        let count = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
        let Changes { core_matched, forgiven, missing, added, .. } = self.changes;
        count(core_matched) - count(forgiven) - count(missing) - count(added)
    }
}

/// What is known of an input while it is explained piece by piece.
pub(crate) struct Search<'t> {
    input: Input<'t>,
    pub(crate) words: Words<'t>,
    candidates: Candidates,
    /// The ranges of words already explained.
    taken: Vec<Range<usize>>,
    effort: usize,
}

impl<'t> Search<'t> {
    pub(crate) fn new(input: Input<'t>, words: Words<'t>, candidates: Candidates) -> Search<'t> {
        Search { input, words, candidates, taken: Vec::new(), effort: MOST_EFFORT }
    }

    /// All texts found, none overlapping another.
    pub(crate) fn run(&mut self) -> Vec<Laid> {
        let mut found = Vec::new();
        let mut kindred = Vec::new();
        while self.effort > 0
            && let Some(rivals) = self.candidates.rivals(MOST_RIVALS)
        {
            let laid = self.lay_all(&rivals);
            let Some(best) = best(&laid) else {
                kindred.extend(laid.into_iter().flatten());
                continue;
            };
            for (rival, laid) in rivals.into_iter().zip(laid) {
                // Some were rivals only because stray words drew them here: their place may be beside this one.
                let place = self.candidates.get(rival).range.clone();
                let is_beside = laid.is_none_or(|it| !overlap(&it.range, &best.range));
                if is_beside || !overlap(&place, &best.range) {
                    self.candidates.put_back(rival);
                }
            }
            self.take(&best);
            found.push(best);
        }
        // Another edition only counts where nothing was found that is nearer.
        kindred.sort_by_key(|it| (-it.worth(), it.order));
        for laid in kindred {
            if !self.taken.iter().any(|it| shared(it, &laid.range) > 0) {
                self.take(&laid);
                found.push(laid);
            }
        }
        found
    }

    /// Lays rivals, the most promising first, as long as one may be worth as much as the best.
    fn lay_all(&mut self, rivals: &[usize]) -> Vec<Option<Laid>> {
        let mut best = i64::MIN;
        let mut all = Vec::with_capacity(rivals.len());
        for rival in rivals {
            let may_win = self.candidates.get(*rival).ceiling >= best;
            let laid = if may_win { self.lay(*rival) } else { None };
            if let Some(it) = &laid {
                best = best.max(it.worth());
            }
            all.push(laid);
        }
        all
    }

    fn lay(&mut self, candidate: usize) -> Option<Laid> {
        let candidate = self.candidates.get(candidate);
        let (text, order) = (candidate.text, candidate.order);
        let reference = text.grams();
        self.effort = self.effort.saturating_sub(reference.len());
        let place = candidate.range.clone();
        let free = self.free(&place);
        // What precedes the first sampled gram, and optional parts, lie outside of the range met.
        let slack = text.core.len() / 3 + 50;
        let before = text.core.start + slack;
        let after = reference.len().saturating_sub(text.core.end) + slack;
        let start = place.start.saturating_sub(before).max(free.start);
        // The last gram of a range has two words more.
        let end = (place.end + after).min(free.end.saturating_sub(WORDS_PER_GRAM - 1));
        let runs = align(&self.input, start..end.max(start), reference);
        let range = runs.first()?.input_words().start..runs.last()?.input_words().end;
        if !self.words.has_needed(range.clone(), text.id) {
            return None;
        }
        let changes = changes(&self.words, text, &runs);
        let likeness = likeness(text, &changes)?;
        Some(Laid { text, order, aliases: text.aliases.to_vec(), range, changes, likeness })
    }

    fn take(&mut self, laid: &Laid) {
        self.candidates.close(&laid.range, &self.input.places);
        self.taken.push(laid.range.clone());
    }

    /// The range around a place of which nothing is taken.
    pub(crate) fn free(&self, place: &Range<usize>) -> Range<usize> {
        let middle = usize::midpoint(place.start, place.end);
        let others = || self.taken.iter().filter(|it| *it != place);
        let start = others().map(|it| it.end).filter(|it| *it <= middle).max().unwrap_or(0);
        let end = others().map(|it| it.start).filter(|it| *it > middle).min();
        start..end.unwrap_or(self.words.tokens.len())
    }
}

/// The text that explains most, with those that explain it as well; none if it is only kindred.
fn best(laid: &[Option<Laid>]) -> Option<Laid> {
    let key = |it: &&Laid| {
        let is_license = it.text.kind == Kind::License;
        (it.worth(), it.changes.matched, is_license, Reverse(it.order))
    };
    let near = laid.iter().flatten().filter(|it| it.likeness != Likeness::Kindred).max_by_key(key);
    let far = laid.iter().flatten().filter(|it| it.likeness == Likeness::Kindred).max_by_key(key);
    // A smaller or less fitting license inside of a new edition of another is not the license of the whole.
    let outweighs = |far: &Laid, near: &Laid| {
        let factor = if far.changes.is_renamed { 1 } else { 2 };
        far.worth() > near.worth() * factor
    };
    let near = near?;
    let chosen = far.filter(|it| outweighs(it, near)).unwrap_or(near);
    let mut best = chosen.clone();
    for it in laid.iter().flatten() {
        let is_equal =
            it.worth() == best.worth() && it.text.kind == best.text.kind && it.range == best.range;
        if is_equal && it.text.id != best.text.id {
            best.aliases.push(it.text.id);
            best.aliases.extend(it.text.aliases);
        }
    }
    Some(best)
}
