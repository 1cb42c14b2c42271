//! The reference texts, used where they lie in the program: nothing is loaded or built at start.

use std::ops::Range;

use crate::fingerprint::Kind;

static BLOB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index.bin"));

#[allow(clippy::unreadable_literal, reason = "written by the build script")]
mod records {
    use super::{Kind, Text};

    include!(concat!(env!("OUT_DIR"), "/records.rs"));
}
use records::{BUCKETS, FILTER, FILTER_SHIFT, KEYS, LISTS, POSTINGS, TEXTS};

/// A reference text.
#[derive(Debug)]
pub(crate) struct Text {
    /// The id to answer.
    pub(crate) id: &'static str,
    /// Other ids whose text is the same.
    pub(crate) aliases: &'static [&'static str],
    pub(crate) kind: Kind,
    first_gram: usize,
    gram_count: usize,
    /// The words without which it is not this license.
    pub(crate) core: Range<usize>,
    /// How many grams of the core the table has.
    pub(crate) indexed: usize,
}

impl Text {
    /// Whether the table has only some grams of the core.
    pub(crate) fn is_sampled(&self) -> bool {
        self.indexed * 2 < self.core.len()
    }

    pub(crate) fn grams(&self) -> Grams {
        let start = self.first_gram * 4;
        Grams(BLOB.get(start..start + self.gram_count * 4).unwrap_or_default())
    }
}

/// The grams of a text in their order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grams(&'static [u8]);

impl Grams {
    pub(crate) fn len(self) -> usize {
        self.0.len() / 4
    }

    /// The gram at a place; zero past the end.
    pub(crate) fn at(self, place: usize) -> u32 {
        u32_at(self.0, place * 4)
    }
}

/// All reference texts; the earlier one is answered where two fit alike.
pub(crate) fn texts() -> &'static [Text] {
    TEXTS
}

/// The reference texts whose core has this gram.
pub(crate) fn holders(gram: u32) -> impl Iterator<Item = u16> {
    let bit = gram >> FILTER_SHIFT;
    let may_be = BLOB.get(FILTER + (bit / 8) as usize).is_some_and(|it| it >> (bit % 8) & 1 == 1);
    let list = if may_be { postings(gram) } else { &[] };
    list.as_chunks().0.iter().map(|it| u16::from_le_bytes(*it))
}

fn postings(gram: u32) -> &'static [u8] {
    let bucket = BUCKETS + (gram >> 16) as usize * 4;
    let (start, end) = (u32_at(BLOB, bucket) as usize, u32_at(BLOB, bucket + 4) as usize);
    let keys = BLOB.get(KEYS + start * 4..KEYS + end * 4).unwrap_or_default();
    let Some(found) = keys.as_chunks().0.iter().position(|it| u32::from_le_bytes(*it) == gram)
    else {
        return &[];
    };
    let list = LISTS + (start + found) * 4;
    let (start, end) = (u32_at(BLOB, list) as usize, u32_at(BLOB, list + 4) as usize);
    BLOB.get(POSTINGS + start * 2..POSTINGS + end * 2).unwrap_or_default()
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let found = bytes.get(at..).and_then(|it| it.first_chunk());
    found.map_or(0, |it| u32::from_le_bytes(*it))
}
