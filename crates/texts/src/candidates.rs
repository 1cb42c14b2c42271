//! Which reference texts may stand where in an input: where their sampled grams gather.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::ops::Range;

use crate::index::{Text, holders, texts};
use crate::places::Places;

/// More meetings than this are not looked at; a megabyte of license texts has fewer.
const MOST_HITS: usize = 8_000_000;
/// The percentage of a reference that has to be met before it is compared word by word.
const LEAST_SHARE: usize = 30;

/// A reference text and a stretch of the input in which it may stand.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) text: &'static Text,
    /// Its place among all texts.
    pub(crate) order: usize,
    /// From the first to after the last gram met.
    pub(crate) range: Range<usize>,
    /// About how many more words it explains than it misses.
    promise: i64,
    /// At most so many more.
    pub(crate) ceiling: i64,
    is_out: bool,
}

impl Candidate {
    fn new(order: usize, window: Window) -> Candidate {
        let text = &texts()[order];
        let number = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
        let (core, indexed) = (number(text.core.len()), number(text.indexed.max(1)));
        let missed = (indexed - number(window.different)).max(0);
        // A word that is not found is missed by three grams at most; where grams are sampled, chance helps.
        let spread = if text.is_sampled() { 3 * missed.isqrt() } else { 0 };
        Candidate {
            text,
            order,
            range: window.places,
            promise: core - 2 * core * missed / indexed,
            ceiling: core - 2 * core * (missed - spread).max(0) / indexed / 3,
            is_out: false,
        }
    }
}

fn is_enough(text: &Text, hits: usize) -> bool {
    hits > 0 && hits * 100 >= LEAST_SHARE * text.indexed
}

/// The candidates of an input that are not settled yet.
pub(crate) struct Candidates {
    all: Vec<Candidate>,
    /// Where each starts, of those that may still stand.
    starts: BTreeSet<(usize, usize)>,
    /// The same for each reference text.
    starts_of: Vec<BTreeSet<(usize, usize)>>,
    longest: usize,
    queue: BinaryHeap<(i64, Reverse<usize>, usize)>,
    /// For each reference text the places of the input's grams that it has, ascending.
    hits: Vec<Vec<u32>>,
    /// For each place whether it is explained.
    closed: Vec<bool>,
}

impl Candidates {
    /// The reference texts that may stand in an input of these grams; none whose id is unknown.
    pub(crate) fn of(
        grams: &[u32],
        places: &Places,
        is_unknown: impl Fn(&str) -> bool,
    ) -> Candidates {
        let mut candidates = Candidates {
            all: Vec::new(),
            starts: BTreeSet::new(),
            starts_of: vec![BTreeSet::new(); texts().len()],
            longest: 0,
            queue: BinaryHeap::new(),
            hits: meetings(grams),
            closed: vec![false; grams.len()],
        };
        for (order, text) in texts().iter().enumerate() {
            if is_unknown(text.id) {
                continue;
            }
            for window in windows(text, &candidates.hits[order], places, &candidates.closed) {
                candidates.add(Candidate::new(order, window));
            }
        }
        candidates
    }

    fn add(&mut self, candidate: Candidate) {
        let at = self.all.len();
        self.longest = self.longest.max(candidate.range.len());
        self.starts.insert((candidate.range.start, at));
        self.starts_of[candidate.order].insert((candidate.range.start, at));
        self.queue.push((candidate.promise, Reverse(candidate.order), at));
        self.all.push(candidate);
    }

    /// Takes out the most promising candidate and up to `most` that want the same place.
    pub(crate) fn rivals(&mut self, most: usize) -> Option<Vec<usize>> {
        let place = loop {
            let (_, _, at) = self.queue.pop()?;
            let first = &self.all[at];
            if !first.is_out {
                break first.range.clone();
            }
        };
        let mut rivals: Vec<usize> = self
            .near(&place)
            .filter(|it| !self.all[*it].is_out && overlap(&self.all[*it].range, &place))
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
    ///
    /// What reached into it is looked for anew on both sides, for the text may stand there once more.
    pub(crate) fn close(&mut self, range: &Range<usize>, places: &Places) {
        let end = range.end.min(self.closed.len());
        self.closed[range.start.min(end)..end].fill(true);
        let cut = self.near(range).filter(|it| shared(&self.all[*it].range, range) > 0);
        let orders: BTreeSet<usize> = cut.map(|it| self.all[it].order).collect();
        for order in orders {
            // A window that lay across two places kept either from having its own.
            let cut = self.take_out(order, range);
            let reach = reach(&texts()[order]) as usize;
            let around = self.take_out(order, &(cut.start.saturating_sub(reach)..cut.end + reach));
            for side in [around.start.min(range.start)..range.start, range.end..around.end] {
                let open = self.open_hits(order, &side);
                for window in windows(&texts()[order], &open, places, &self.closed) {
                    self.add(Candidate::new(order, window));
                }
            }
        }
    }

    /// Takes out the candidates of a text that reach into a range, and gives the range that they cover with it.
    fn take_out(&mut self, order: usize, range: &Range<usize>) -> Range<usize> {
        let mut covered = range.clone();
        let earliest = range.start.saturating_sub(reach(&texts()[order]) as usize + 1);
        let near = self.starts_of[order].range((earliest, 0)..(range.end, 0));
        let near: Vec<(usize, usize)> = near.copied().collect();
        for (start, at) in near {
            let it = &mut self.all[at];
            if shared(&it.range, range) > 0 {
                it.is_out = true;
                covered = covered.start.min(it.range.start)..covered.end.max(it.range.end);
                self.starts.remove(&(start, at));
                self.starts_of[order].remove(&(start, at));
            }
        }
        covered
    }

    fn open_hits(&self, order: usize, range: &Range<usize>) -> Vec<u32> {
        let hits = &self.hits[order];
        let start = hits.partition_point(|it| (*it as usize) < range.start);
        let open = hits[start..].iter().take_while(|it| (**it as usize) < range.end);
        open.copied().filter(|it| !self.closed[*it as usize]).collect()
    }

    /// All that may reach into a range.
    fn near(&self, range: &Range<usize>) -> impl Iterator<Item = usize> {
        let earliest = range.start.saturating_sub(self.longest);
        self.starts.range((earliest, 0)..(range.end, 0)).map(|it| it.1)
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

/// A stretch of the input in which a reference gathers.
struct Window {
    places: Range<usize>,
    /// How many different grams of it are there.
    different: usize,
}

fn reach(text: &Text) -> u32 {
    u32::try_from(text.core.len() + text.core.len() / 8 + 20).unwrap_or(u32::MAX)
}

/// Stretches, each mostly its own, in which a reference gathers within about its own length.
fn windows(text: &Text, hits: &[u32], places: &Places, closed: &[bool]) -> Vec<Window> {
    if !is_enough(text, hits.len()) {
        return Vec::new();
    }
    let mut all = full_windows(text, hits, places, closed);
    // Where a text stands twice, a window from the middle of one to the middle of the other has as many grams.
    let extent = |it: &Range<usize>| hits[it.end - 1] - hits[it.start];
    all.sort_by_key(|it| (Reverse(it.0), extent(&it.1), it.1.start));
    let mut taken = vec![false; hits.len()];
    let mut kept = Vec::new();
    for (different, window) in all {
        // The ends tell soonest whether most of it is taken.
        if taken[window.start] && taken[window.end - 1] {
            continue;
        }
        let shared = taken[window.clone()].iter().filter(|it| **it).count();
        if shared * 2 <= window.len() {
            taken[window.clone()].fill(true);
            let places = hits[window.start] as usize..hits[window.end - 1] as usize + 1;
            kept.push(Window { places, different });
        }
    }
    kept
}

/// For each hit the window that starts there, if it has enough different grams, and how many it has.
fn full_windows(
    text: &Text,
    hits: &[u32],
    places: &Places,
    closed: &[bool],
) -> Vec<(usize, Range<usize>)> {
    /// Further than so many explained copies nobody has to look.
    const FAR: usize = 64;
    let open = |it: &u32| !closed[*it as usize];
    let before = |it: u32| {
        let all =
            std::iter::successors(places.before(it as usize), |it| places.before(*it as usize));
        all.take(FAR).find(open)
    };
    let after = |it: u32| {
        let all = std::iter::successors(places.after(it as usize), |it| places.after(*it as usize));
        all.take(FAR).find(open)
    };
    let reach = reach(text);
    let mut all: Vec<(usize, Range<usize>)> = Vec::new();
    let (mut end, mut different) = (0, 0_usize);
    for start in 0..hits.len() {
        while end < hits.len() && hits[end] - hits[start] <= reach {
            different += usize::from(before(hits[end]).is_none_or(|it| it < hits[start]));
            end += 1;
        }
        if is_enough(text, different) {
            // One that only lacks hits of the one before it is of use where it has as many different ones.
            match all.last_mut() {
                Some((most, last)) if last.end == end && different < *most => {}
                Some((most, last)) if last.end == end && different == *most => last.start = start,
                Some(_) | None => all.push((different, start..end)),
            }
        }
        if end == hits.len() && start == 0 {
            break;
        }
        let is_last = after(hits[start]).is_none_or(|it| it > hits[end - 1]);
        different = different.saturating_sub(usize::from(is_last));
    }
    all
}

/// How many places two ranges share.
pub(crate) fn shared(one: &Range<usize>, two: &Range<usize>) -> usize {
    one.end.min(two.end).saturating_sub(one.start.max(two.start))
}

/// Whether two ranges share more than half of the shorter one.
pub(crate) fn overlap(one: &Range<usize>, two: &Range<usize>) -> bool {
    shared(one, two) * 2 > one.len().min(two.len())
}
