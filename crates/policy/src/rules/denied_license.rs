//! a license asks for what the policy denies

use super::license_rulings::{Sort, findings};
use crate::rule::Rule;
use crate::verdict::Level;

pub(super) const RULE: Rule = Rule {
    name: "denied-license",
    summary: "a license asks for what the policy denies",
    page: include_str!("denied_license.md"),
    usual: Level::Deny,
    check: |case| findings(case, "denied-license", Sort::Denied),
};
