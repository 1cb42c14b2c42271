//! What an organisation makes of license terms: policies, judgement, findings.

pub mod verdict;
pub mod finding;
