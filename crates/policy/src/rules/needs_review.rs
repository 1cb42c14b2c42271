//! a license asks for what a person has to look at

use super::license_rulings::{Sort, findings};
use crate::rule::Rule;
use crate::verdict::Level;

pub(super) const RULE: Rule = Rule {
    name: "needs-review",
    summary: "a license asks for what a person has to look at",
    page: include_str!("needs_review.md"),
    usual: Level::Warn,
    check: |case| findings(case, "needs-review", Sort::Review),
};
