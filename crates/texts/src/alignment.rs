//! Which words of an input are which words of a reference text.

use std::cmp::Reverse;
use std::ops::Range;

use crate::fingerprint::WORDS_PER_GRAM;
use crate::index::Grams;
use crate::places::Places;

/// Words that input and reference share in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Where it starts in the input.
    pub(crate) input: usize,
    /// Where it starts in the reference.
    pub(crate) reference: usize,
    /// How many grams it has; it has two words more.
    grams: usize,
}

impl Run {
    pub(crate) fn input_words(&self) -> Range<usize> {
        self.input..self.input + self.grams + WORDS_PER_GRAM - 1
    }

    pub(crate) fn reference_words(&self) -> Range<usize> {
        self.reference..self.reference + self.grams + WORDS_PER_GRAM - 1
    }
}

/// An input, ready to be aligned with references.
pub(crate) struct Input<'g> {
    pub(crate) grams: &'g [u32],
    pub(crate) places: Places,
}

/// A stretch of the input and the stretch of the reference that may fit it.
type Gap = (Range<usize>, Range<usize>);

/// The runs that a reference shares with a range of the input, in order.
pub(crate) fn align(input: &Input<'_>, within: Range<usize>, reference: Grams) -> Vec<Run> {
    const ROUNDS: usize = 3;
    let mut runs: Vec<Run> = Vec::new();
    let near = nearest_copy(input, &within, reference);
    for round in 0..ROUNDS {
        let mut added = Vec::new();
        let within = if round == 0 { &near } else { &within };
        for gap in gaps(&runs, within, reference.len()) {
            added.extend(align_gap(input, &gap, reference));
        }
        if added.is_empty() {
            break;
        }
        runs.extend(added);
        runs.sort_by_key(|it| it.input);
        runs = joined(&runs);
    }
    densest(&runs)
}

/// Where within a range most grams of the reference lie one after the other, for there may be two copies of it.
fn nearest_copy(input: &Input<'_>, within: &Range<usize>, reference: Grams) -> Range<usize> {
    const STEP: usize = 16;
    const MOST_COPIES: usize = 8;
    let length = reference.len();
    if within.len() < length + length / 4 + 60 {
        return within.clone();
    }
    // An offset is where the reference would start, moved up by its length so that it is never negative.
    let mut offsets = vec![0_u32; (within.len() + length) / STEP + 2];
    for place in 0..length {
        for at in input.places.all(reference.at(place), within).take(MOST_COPIES) {
            offsets[(at - within.start + length - place) / STEP] += 1;
        }
    }
    let heights = offsets.windows(2).map(|it| it[0] + it[1]).enumerate();
    let best = heights.max_by_key(|it| (it.1, Reverse(it.0))).map_or(0, |it| it.0 * STEP);
    let slack = length / 8 + 30;
    let start =
        (within.start + best).saturating_sub(length + slack).clamp(within.start, within.end);
    let end = (within.start + best + 2 * STEP + slack).clamp(start, within.end);
    start..end
}

fn gaps(runs: &[Run], within: &Range<usize>, reference: usize) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let (mut input, mut place) = (within.start, 0);
    let ends = runs.iter().map(|it| (it.input, it.reference, it.grams));
    for (next_input, next_place, grams) in ends.chain([(within.end, reference, 0)]) {
        if input < next_input && place < next_place {
            gaps.push((input..next_input, place..next_place));
        }
        (input, place) = (next_input + grams, next_place + grams);
    }
    gaps
}

/// Grams that occur once on both sides, in the longest order both agree on, grown as far as they fit.
fn align_gap(input: &Input<'_>, gap: &Gap, reference: Grams) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut end = (gap.0.start, gap.1.start);
    for (place, at) in ordered(&anchors(input, gap, reference)) {
        if place < end.1 || at < end.0 {
            continue;
        }
        let fits = |at: usize, place: usize| input.grams[at] == reference.at(place);
        let mut back = 0;
        while at - back > end.0 && place - back > end.1 && fits(at - back - 1, place - back - 1) {
            back += 1;
        }
        let mut grams = 1;
        while at + grams < gap.0.end && place + grams < gap.1.end && fits(at + grams, place + grams)
        {
            grams += 1;
        }
        runs.push(Run { input: at - back, reference: place - back, grams: grams + back });
        end = (at + grams, place + grams);
    }
    runs
}

fn anchors(input: &Input<'_>, gap: &Gap, reference: Grams) -> Vec<(usize, usize)> {
    let mut anchors = Vec::new();
    let mut claims = vec![0_u8; gap.0.len()];
    let mut next = gap.0.start;
    for place in gap.1.clone() {
        let gram = reference.at(place);
        // Mostly the input goes on as the reference does, which spares the search.
        let goes_on = next < gap.0.end && input.grams[next] == gram && input.places.is_only(next);
        let found = if goes_on { Some(next) } else { input.places.only(gram, &gap.0) };
        if let Some(at) = found {
            claims[at - gap.0.start] = claims[at - gap.0.start].saturating_add(1);
            anchors.push((place, at));
            next = at + 1;
        }
    }
    anchors.retain(|it| claims[it.1 - gap.0.start] == 1);
    anchors
}

/// The longest part of `anchors` that ascends on both sides.
fn ordered(anchors: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(anchors.len());
    for (index, anchor) in anchors.iter().enumerate() {
        let length = tails.partition_point(|it| anchors[*it].1 < anchor.1);
        before.push(length.checked_sub(1).map(|it| tails[it]));
        if length == tails.len() {
            tails.push(index);
        } else {
            tails[length] = index;
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut next = tails.last().copied();
    while let Some(index) = next {
        chain.push(anchors[index]);
        next = before[index];
    }
    chain.reverse();
    chain
}

fn joined(runs: &[Run]) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        match joined.last_mut() {
            Some(last)
                if last.input + last.grams == run.input
                    && last.reference + last.grams == run.reference =>
            {
                last.grams += run.grams;
            }
            _ => joined.push(*run),
        }
    }
    joined
}

/// Leaves out runs at either end that lie so far off that they are chance.
fn densest(runs: &[Run]) -> Vec<Run> {
    let mut best = (0_i64, 0..0);
    let mut sum = 0_i64;
    let mut start = 0;
    for (at, run) in runs.iter().enumerate() {
        let words = as_i64(run.input_words().len());
        let gap =
            at.checked_sub(1).map_or(0, |it| run.input.saturating_sub(runs[it].input_words().end));
        let kept = sum - as_i64(gap) / 2;
        if kept <= 0 {
            (sum, start) = (words, at);
        } else {
            sum = kept + words;
        }
        if sum > best.0 {
            best = (sum, start..at + 1);
        }
    }
    runs[best.1].to_vec()
}

fn as_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
