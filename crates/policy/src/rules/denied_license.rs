//! a license asks for what the policy denies

use super::license_rulings::{Sort, findings};
use crate::rule::Rule;

pub(super) const RULE: Rule = Rule {
    name: "denied-license",
    summary: "a license asks for what the policy denies",
    page: include_str!("denied_license.md"),
    check: |case| findings(case, "denied-license", Sort::Denied),
};
