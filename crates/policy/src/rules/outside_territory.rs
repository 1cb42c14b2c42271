//! a license grants nothing where the organisation sits or sells

use super::license_rulings::{Sort, findings};
use crate::rule::Rule;
use crate::verdict::Level;

pub(super) const RULE: Rule = Rule {
    name: "outside-territory",
    summary: "a license grants nothing where the organisation sits or sells",
    page: include_str!("outside_territory.md"),
    usual: Level::Deny,
    check: |case| findings(case, "outside-territory", Sort::Territory),
};
