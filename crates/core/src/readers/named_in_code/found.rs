//! What was found named in a text.

use std::ops::Range;

use crate::component::Kind;

/// How many references of one file are kept.
pub(super) const MOST: usize = 1_000;

/// Something that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Where the name stands.
    pub(super) at: Range<usize>,
    /// What kind of thing it is.
    pub(super) kind: Kind,
    /// The name: as written, or with the place it is looked up in before it.
    pub(super) name: String,
    /// The revision, and where it stands.
    pub(super) revision: Option<(String, Range<usize>)>,
}

impl Found {
    /// The same, in a text that begins at `start` of another.
    pub(super) fn moved(mut self, start: usize) -> Self {
        self.at = self.at.start + start..self.at.end + start;
        self.revision = self.revision.map(|(it, at)| (it, at.start + start..at.end + start));
        self
    }
}
