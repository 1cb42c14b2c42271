//! Which reference texts may stand where in an input: where their sampled grams gather.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use crate::index::{Text, holders, texts};
use crate::places::Places;

/// More meetings than this are not looked at; a megabyte of license texts has fewer.
const MOST_HITS: usize = 8_000_000;
/// The percentage of a reference that has to be met before it is compared word by word.
const LEAST_SHARE: usize = 30;

/// A reference text and the grams of the input among which it may stand.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) text: &'static Text,
    /// Its place among all texts.
    pub(crate) order: usize,
    /// The places of the input's grams that the reference has, ascending.
    hits: Vec<u32>,
    /// About how many more words it explains than it misses.
    promise: i64,
    /// At most so many more.
    ceiling: i64,
    is_out: bool,
}

impl Candidate {
    /// From the first to after the last gram met.
    pub(crate) fn range(&self) -> Range<usize> {
        let place = |it: Option<&u32>| it.map_or(0, |it| *it as usize);
        place(self.hits.first())..place(self.hits.last()) + 1
    }

    /// How many more words it explains at most than it misses.
    pub(crate) fn ceiling(&self) -> i64 {
        self.ceiling
    }

    /// Reckons anew what it promises; it is out if that is too little.
    fn reckon(&mut self, places: &Places) {
        let start = self.hits.first().copied().unwrap_or_default();
        // A gram that the range has twice may be there once in the reference.
        let is_new = |it: &u32| places.before(*it as usize).is_none_or(|it| it < start);
        let found = self.hits.iter().filter(|it| is_new(it)).count();
        let number = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
        let core = number(self.text.core.len());
        let indexed = number(self.text.indexed.max(1));
        let missed = (indexed - number(found)).max(0);
        self.promise = core - 2 * core * missed / indexed;
        // A word that is not found is missed by three grams at most; where grams are sampled, chance helps.
        let spread = if self.text.is_sampled() { 3 * missed.isqrt() } else { 0 };
        self.ceiling = core - 2 * core * (missed - spread).max(0) / indexed / 3;
        self.is_out = !is_enough(self.text, found);
    }
}

fn is_enough(text: &Text, hits: usize) -> bool {
    hits > 0 && hits * 100 >= LEAST_SHARE * text.indexed
}

/// The candidates of an input that are not settled yet.
pub(crate) struct Candidates {
    /// Ascending by where they start, which only moves up.
    all: Vec<Candidate>,
    starts: Vec<usize>,
    longest: usize,
    queue: BinaryHeap<(i64, Reverse<usize>, usize)>,
}

impl Candidates {
    /// The reference texts that may stand in an input of these grams.
    pub(crate) fn of(grams: &[u32], places: &Places) -> Candidates {
        let mut all = Vec::new();
        for (order, (text, hits)) in texts().iter().zip(meetings(grams)).enumerate() {
            for window in windows(text, &hits) {
                let hits = hits[window].to_vec();
                let mut candidate =
                    Candidate { text, order, hits, promise: 0, ceiling: 0, is_out: false };
                candidate.reckon(places);
                if !candidate.is_out {
                    all.push(candidate);
                }
            }
        }
        all.sort_by_key(|it| (it.range().start, it.order));
        let starts = all.iter().map(|it| it.range().start).collect();
        let longest = all.iter().map(|it| it.range().len()).max().unwrap_or(0);
        let queue =
            all.iter().enumerate().map(|(at, it)| (it.promise, Reverse(it.order), at)).collect();
        Candidates { all, starts, longest, queue }
    }

    /// Takes out the most promising candidate and up to `most` that want the same place.
    pub(crate) fn rivals(&mut self, most: usize) -> Option<Vec<usize>> {
        let place = loop {
            let (promise, _, at) = self.queue.pop()?;
            let first = &self.all[at];
            if !first.is_out && first.promise == promise {
                break first.range();
            }
        };
        let mut rivals: Vec<usize> = self
            .near(&place)
            .filter(|it| !self.all[*it].is_out && overlap(&self.all[*it].range(), &place))
            .collect();
        rivals.sort_by_key(|it| (-self.all[*it].promise, self.all[*it].order));
        rivals.truncate(most);
        for at in &rivals {
            self.all[*at].is_out = true;
        }
        Some(rivals)
    }

    pub(crate) fn get(&self, at: usize) -> &Candidate {
        &self.all[at]
    }

    /// Lets a candidate that was taken out stand again.
    pub(crate) fn put_back(&mut self, at: usize) {
        let candidate = &mut self.all[at];
        candidate.is_out = false;
        self.queue.push((candidate.promise, Reverse(candidate.order), at));
    }

    /// Nothing within this range is open to any candidate from now on.
    pub(crate) fn close(&mut self, range: &Range<usize>, places: &Places) {
        for at in self.near(range) {
            let candidate = &mut self.all[at];
            let before = candidate.hits.len();
            candidate.hits.retain(|it| !range.contains(&(*it as usize)));
            if !candidate.is_out && candidate.hits.len() < before {
                candidate.reckon(places);
                if !candidate.is_out {
                    self.queue.push((candidate.promise, Reverse(candidate.order), at));
                }
            }
        }
    }

    /// All that may reach into a range.
    fn near(&self, range: &Range<usize>) -> Range<usize> {
        let earliest = range.start.saturating_sub(self.longest);
        self.starts.partition_point(|it| *it < earliest)
            ..self.starts.partition_point(|it| *it < range.end)
    }
}

/// For each reference text the places of the input's grams that it has.
fn meetings(grams: &[u32]) -> Vec<Vec<u32>> {
    let mut met: Vec<(u16, u32)> = Vec::with_capacity(grams.len());
    let mut counts = vec![0_usize; texts().len()];
    for (place, gram) in (0_u32..).zip(grams) {
        for text in holders(*gram) {
            met.push((text, place));
            counts[usize::from(text)] += 1;
        }
        if met.len() >= MOST_HITS {
            break;
        }
    }
    let is_met = |it: usize| is_enough(&texts()[it], counts[it]);
    let room = |it: usize| if is_met(it) { counts[it] } else { 0 };
    let mut hits: Vec<Vec<u32>> =
        (0..counts.len()).map(|it| Vec::with_capacity(room(it))).collect();
    for (text, place) in met {
        if is_met(usize::from(text)) {
            hits[usize::from(text)].push(place);
        }
    }
    hits
}

/// Ranges of `hits`, each mostly its own, in which the reference gathers within about its own length.
fn windows(text: &Text, hits: &[u32]) -> Vec<Range<usize>> {
    if !is_enough(text, hits.len()) {
        return Vec::new();
    }
    let reach = u32::try_from(text.core.len() + text.core.len() / 8 + 20).unwrap_or(u32::MAX);
    if hits[hits.len() - 1] - hits[0] <= reach {
        return vec![0..hits.len()];
    }
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
        // The ends tell soonest whether most of it is taken.
        if taken[window.start] && taken[window.end - 1] {
            continue;
        }
        let shared = taken[window.clone()].iter().filter(|it| **it).count();
        if shared * 2 <= window.len() {
            taken[window.clone()].fill(true);
            kept.push(window);
        }
    }
    kept
}

/// How many places two ranges share.
pub(crate) fn shared(one: &Range<usize>, two: &Range<usize>) -> usize {
    one.end.min(two.end).saturating_sub(one.start.max(two.start))
}

/// Whether two ranges share more than half of the shorter one.
pub(crate) fn overlap(one: &Range<usize>, two: &Range<usize>) -> bool {
    shared(one, two) * 2 > one.len().min(two.len())
}
