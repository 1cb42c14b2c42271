//! A duty that a use sets off, and that the tree shows not to be done.

use super::duty_findings::findings;
use crate::duty::DutyKind;
use crate::rule::Rule;
use crate::verdict::Level;

pub(super) const RULE: Rule = Rule {
    name: "unmet-obligation",
    summary: "a product does what sets off a duty, and the tree shows that it is not done",
    page: include_str!("unmet_obligation.md"),
    usual: Level::Warn,
    check: |case| findings(case, "unmet-obligation", |it| it != DutyKind::LicenseCopy),
};
