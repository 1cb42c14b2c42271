//! What a scan looked at, and what it did not.

/// What was read and what was left out: part of every report, because a gap is a fact too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How many files were opened and read.
    pub read: usize,
    /// How many files the walk saw, read or not.
    pub seen: usize,
    /// What was read of the weight files among them.
    pub weights: Weights,
    /// Files that should have been read and were not, or not whole.
    pub skipped: Vec<Skipped>,
    /// Places where a license or a lineage may be written and nobody looked: the network,
    /// kinds of files that no reader knows.
    pub not_looked_at: Vec<String>,
}

/// How much of weight files was read: their headers, however large they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weights {
    /// How many there are.
    pub files: usize,
    /// How many bytes of them were read.
    pub read: u64,
    /// How many bytes they have.
    pub bytes: u64,
}

impl Weights {
    /// These and others.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self {
            files: self.files.saturating_add(others.files),
            read: self.read.saturating_add(others.read),
            bytes: self.bytes.saturating_add(others.bytes),
        }
    }
}

/// A file that was not read, or not whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Path relative to the root.
    pub path: String,
    /// Why, in one clause.
    pub why: String,
}
