//! Something goes out without the text of its license, which asks for it.

use super::duty_findings::findings;
use crate::duty::DutyKind;
use crate::rule::Rule;
use crate::verdict::Level;

pub(super) const RULE: Rule = Rule {
    name: "missing-license-text",
    summary: "something goes out without the text of its license",
    page: include_str!("missing_license_text.md"),
    usual: Level::Warn,
    check: |case| findings(case, "missing-license-text", |it| it == DutyKind::LicenseCopy),
};
