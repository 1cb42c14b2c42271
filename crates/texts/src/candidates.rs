//! Which reference texts may stand where in a text: where their sampled grams gather.

use std::cmp::Reverse;
use std::ops::Range;

use crate::index::{Text, holders, texts};

/// More meetings than this are not looked at; a megabyte of license texts has fewer.
const MOST_HITS: usize = 8_000_000;
/// The share of a reference that has to be met before it is compared word by word.
const LEAST_SHARE: f32 = 0.3;

/// A reference text and the grams of the input among which it may stand.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) text: &'static Text,
    pub(crate) order: usize,
    /// The places of the input's grams that the reference has, ascending.
    hits: Vec<u32>,
    /// About how many more words it explains than it misses.
    pub(crate) promise: f32,
}

impl Candidate {
    /// From the first to after the last gram met.
    pub(crate) fn range(&self) -> Range<usize> {
        let end = |it: Option<&u32>| it.map_or(0, |it| *it as usize);
        end(self.hits.first())..end(self.hits.last()) + 1
    }

    /// Drops what lies in a taken range; false if too little is left.
    pub(crate) fn stays_without(&mut self, taken: &Range<usize>) -> bool {
        self.hits.retain(|it| !taken.contains(&(*it as usize)));
        self.promise = promise(self.text, self.hits.len());
        is_enough(self.text, self.hits.len())
    }
}

/// The reference texts that may stand in an input of these grams, the most promising first.
pub(crate) fn candidates(grams: &[u32]) -> Vec<Candidate> {
    let mut hits: Vec<Vec<u32>> = vec![Vec::new(); texts().len()];
    let mut left = MOST_HITS;
    for (place, gram) in (0_u32..).zip(grams) {
        for text in holders(*gram) {
            hits[text].push(place);
            left = left.saturating_sub(1);
        }
        if left == 0 {
            break;
        }
    }
    let mut found: Vec<Candidate> = Vec::new();
    for (order, (text, hits)) in texts().iter().zip(hits).enumerate() {
        for window in windows(text, &hits) {
            let hits = hits[window].to_vec();
            found.push(Candidate { text, order, promise: promise(text, hits.len()), hits });
        }
    }
    found.sort_by(|one, two| two.promise.total_cmp(&one.promise).then(one.order.cmp(&two.order)));
    found
}

#[allow(clippy::cast_precision_loss, reason = "counts of words are far below what f32 holds exactly")]
fn promise(text: &Text, hits: usize) -> f32 {
    let share = (hits as f32 / text.indexed.max(1) as f32).min(1.0);
    (2.0 * share - 1.0) * text.core.len() as f32
}

#[allow(clippy::cast_precision_loss, reason = "counts of words are far below what f32 holds exactly")]
fn is_enough(text: &Text, hits: usize) -> bool {
    hits > 0 && hits as f32 >= LEAST_SHARE * text.indexed as f32
}

/// Ranges of `hits`, none overlapping, in which the reference gathers within about its own length.
fn windows(text: &Text, hits: &[u32]) -> Vec<Range<usize>> {
    if !is_enough(text, hits.len()) {
        return Vec::new();
    }
    let reach = u32::try_from(text.core.len() + text.core.len() / 2 + 50).unwrap_or(u32::MAX);
    let mut all: Vec<Range<usize>> = Vec::new();
    let mut end = 0;
    for start in 0..hits.len() {
        while end < hits.len() && hits[end] - hits[start] <= reach {
            end += 1;
        }
        if is_enough(text, end - start) {
            all.push(start..end);
        }
    }
    all.sort_by_key(|it| (Reverse(it.len()), it.start));
    let mut taken = vec![false; hits.len()];
    let mut kept = Vec::new();
    for window in all {
        if taken[window.start] || taken[window.end - 1] {
            continue;
        }
        taken[window.clone()].fill(true);
        kept.push(window);
    }
    kept
}
