//! the outputs of a model may not be used to train or distil as the product does

use super::license_rulings::{Sort, findings};
use crate::rule::Rule;
use crate::verdict::Level;

pub(super) const RULE: Rule = Rule {
    name: "restricted-output",
    summary: "the outputs of a model may not be used to train or distil as the product does",
    page: include_str!("restricted_output.md"),
    usual: Level::Warn,
    check: |case| findings(case, "restricted-output", Sort::Output),
};
