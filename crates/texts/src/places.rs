//! Where in an input each of its grams stands.

use std::ops::Range;

/// Where each gram of an input occurs.
pub(crate) struct Places {
    /// Gram and place, ascending; the gram in the upper half.
    sorted: Vec<u64>,
    /// Where in `sorted` the grams begin that have the same upper bits.
    starts: Vec<u32>,
    shift: u32,
    /// For each place the one before it and the one after it that have the same gram, or NONE.
    before: Vec<u32>,
    after: Vec<u32>,
}

impl Places {
    pub(crate) fn of(grams: &[u32]) -> Places {
        const MOST_BITS: u32 = 20;
        let bits = (usize::BITS - grams.len().leading_zeros()).clamp(1, MOST_BITS);
        let shift = u32::BITS - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for gram in grams {
            starts[(gram >> shift) as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut sorted = vec![0_u64; grams.len()];
        for (at, gram) in (0_u64..).zip(grams) {
            let slot = &mut next[(gram >> shift) as usize];
            sorted[*slot as usize] = u64::from(*gram) << 32 | at;
            *slot += 1;
        }
        for pair in starts.windows(2).filter(|it| it[1] - it[0] > 1) {
            sorted[pair[0] as usize..pair[1] as usize].sort_unstable();
        }
        let mut before = vec![NONE; grams.len()];
        let mut after = vec![NONE; grams.len()];
        for pair in sorted.windows(2).filter(|it| it[0] >> 32 == it[1] >> 32) {
            let (one, two) = (place(pair[0]), place(pair[1]));
            before[two] = u32::try_from(one).unwrap_or(NONE);
            after[one] = u32::try_from(two).unwrap_or(NONE);
        }
        Places { sorted, starts, shift, before, after }
    }

    /// The places of a gram within a range.
    pub(crate) fn all(&self, gram: u32, within: &Range<usize>) -> impl Iterator<Item = usize> {
        let end = within.end;
        let bucket = (gram >> self.shift) as usize;
        let bucket = &self.sorted[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
        let first = u64::from(gram) << 32 | within.start as u64;
        let start = bucket.partition_point(|it| *it < first);
        let of_gram = bucket[start..].iter().take_while(move |it| **it >> 32 == u64::from(gram));
        of_gram.map(|it| place(*it)).take_while(move |it| *it < end)
    }

    /// The only place of a gram within a range.
    pub(crate) fn only(&self, gram: u32, within: &Range<usize>) -> Option<usize> {
        let mut places = self.all(gram, within);
        let first = places.next()?;
        places.next().is_none().then_some(first)
    }

    /// The place before this one that has the same gram.
    pub(crate) fn before(&self, place: usize) -> Option<u32> {
        self.before.get(place).copied().filter(|it| *it != NONE)
    }

    /// The place after this one that has the same gram.
    pub(crate) fn after(&self, place: usize) -> Option<u32> {
        self.after.get(place).copied().filter(|it| *it != NONE)
    }

    /// Whether the gram of a place occurs nowhere else.
    pub(crate) fn is_only(&self, place: usize) -> bool {
        self.before(place).is_none() && self.after(place).is_none()
    }
}

const NONE: u32 = u32::MAX;

/// The lower half of a sorted number.
fn place(sorted: u64) -> usize {
    usize::try_from(sorted & u64::from(u32::MAX)).unwrap_or(usize::MAX)
}
