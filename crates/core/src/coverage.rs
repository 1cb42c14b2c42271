//! What a scan looked at, and what it did not.

/// What was read and what was left out: part of every report, because a gap is a fact too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How many files were opened and read.
    pub read: usize,
    /// How many files the walk saw, read or not.
    pub seen: usize,
    /// Files that should have been read and were not, or not whole.
    pub skipped: Vec<Skipped>,
    /// Places where a license or a lineage may be written and nobody looked: the network,
    /// kinds of files that no reader knows.
    pub not_looked_at: Vec<String>,
}

/// A file that was not read, or not whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Path relative to the root.
    pub path: String,
    /// Why, in one clause.
    pub why: String,
}
