//! What a rule is.

use crate::case::Case;
use crate::finding::Finding;
use crate::verdict::Level;

/// A check of one sort of mistake, with the page that specifies, explains and tests it.
#[derive(Clone, Copy)]
pub struct Rule {
    /// What is wrong, kebab-case.
    pub name: &'static str,
    /// The same in one clause.
    pub summary: &'static str,
    /// Its page.
    pub page: &'static str,
    /// How grave its findings are where no circumstance makes them milder.
    pub usual: Level,
    /// Looks for it.
    pub check: fn(&Case<'_>) -> Vec<Finding>,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rule").field("name", &self.name).finish_non_exhaustive()
    }
}
