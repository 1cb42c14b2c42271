//! What helps a scan and never changes what it finds.

use crate::cache::{Cache, folder};
use crate::discover::Tree;
use crate::progress::Progress;

/// Smaller trees are read as quickly as a cache would be.
const FEWEST: usize = 500;

/// What was read before, and whom to tell how far it is.
#[derive(Debug, Default)]
pub(crate) struct Aids {
    pub(crate) cache: Cache,
    pub(crate) progress: Progress,
    /// A cache is wanted, as soon as the tree is known.
    caches: bool,
}

impl Aids {
    /// None at all: for a program that calls the library.
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// Those of the command.
    pub(crate) fn of(no_cache: bool, quiet: bool) -> Self {
        Self { progress: Progress::shown(quiet), caches: !no_cache, ..Self::default() }
    }

    /// Takes up the cache of a tree. Nobody wants one of a single file; who names a folder for
    /// caches wants one of every tree.
    pub(crate) fn begin(&mut self, tree: &Tree) {
        let is_whole = tree.files.iter().all(|it| !it.asked_for);
        let Some((folder, is_asked)) = folder().filter(|_| self.caches && is_whole) else { return };
        if is_asked || tree.files.len() >= FEWEST {
            self.cache = Cache::of(&folder, &tree.root);
        }
    }
}
