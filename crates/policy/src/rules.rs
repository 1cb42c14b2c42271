//! The rules: one file and one page each, and one line here.

mod elsewhere;
mod beside;
mod license_rulings;
mod remedies;
mod steps_between;
mod unseen_dependencies;
mod duty_words;
mod duty_help;
mod duty_findings;

mod unknown_license;
mod ambiguous_license;
mod invalid_expression;
mod deprecated_license_id;
mod denied_license;
mod needs_review;
mod over_threshold;
mod outside_territory;
mod restricted_output;
mod restricted_use;
mod looser_than_upstream;
mod restricted_training_data;
mod missing_patent_grant;
mod missing_upstream;
mod incompatible_licenses;
mod outbound_conflict;
mod unsigned_contribution;
mod inbound_license;
mod openness_not_reached;
mod unmet_obligation;
mod missing_license_text;
mod mutable_revision;
mod license_changed;
mod stale_clarification;
mod expired_baseline;
mod stale_baseline;
mod expired_exception;
mod unused_exception;
mod stale_facts;
mod stale_policy;
mod unreadable_input;

use crate::case::Case;
use crate::finding::Finding;
use crate::rule::Rule;

pub(crate) use missing_patent_grant::members;
pub(crate) use stale_baseline::mended;
pub(crate) use unused_exception::{RULE as UNUSED_EXCEPTION, Used, findings as unused_exceptions};

/// All rules, in the order in which their findings explain each other.
pub const RULES: &[Rule] = &[
    unknown_license::RULE,
    ambiguous_license::RULE,
    invalid_expression::RULE,
    deprecated_license_id::RULE,
    denied_license::RULE,
    needs_review::RULE,
    over_threshold::RULE,
    outside_territory::RULE,
    restricted_output::RULE,
    restricted_use::RULE,
    looser_than_upstream::RULE,
    restricted_training_data::RULE,
    missing_upstream::RULE,
    missing_patent_grant::RULE,
    incompatible_licenses::RULE,
    outbound_conflict::RULE,
    unsigned_contribution::RULE,
    inbound_license::RULE,
    openness_not_reached::RULE,
    unmet_obligation::RULE,
    missing_license_text::RULE,
    mutable_revision::RULE,
    license_changed::RULE,
    stale_clarification::RULE,
    expired_baseline::RULE,
    stale_baseline::RULE,
    expired_exception::RULE,
    unused_exception::RULE,
    stale_facts::RULE,
    stale_policy::RULE,
    unreadable_input::RULE,
];

/// Those of them that look at what others bring in.
pub(crate) const OF_CONTRIBUTIONS: &[Rule] = &[unsigned_contribution::RULE, inbound_license::RULE];

/// What a rule finds, told with every step that leads there.
pub fn findings(rule: &Rule, case: &Case<'_>) -> Vec<Finding> {
    let mut findings = (rule.check)(case);
    for it in &mut findings {
        steps_between::tell(case, it);
    }
    findings
}

/// The rule of that name.
pub fn named(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|it| it.name == name)
}
