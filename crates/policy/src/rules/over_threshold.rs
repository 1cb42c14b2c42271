//! a license stops at a size that the organisation has passed, or may have

use super::license_rulings::{Sort, findings};
use crate::rule::Rule;
use crate::verdict::Level;

pub(super) const RULE: Rule = Rule {
    name: "over-threshold",
    summary: "a license stops at a size that the organisation has passed, or may have",
    page: include_str!("over_threshold.md"),
    usual: Level::Deny,
    check: |case| findings(case, "over-threshold", Sort::Threshold),
};
