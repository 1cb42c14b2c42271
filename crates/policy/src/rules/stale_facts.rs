//! Facts of the organisation that are older than the policy allows.

use caveat_core::component::ComponentId;

use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "stale-facts";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "the organisation's newest figures are older than it allows itself",
    page: include_str!("stale_facts.md"),
    usual: Level::Warn,
    check: |case| finding(case).into_iter().collect(),
};

fn finding(case: &Case<'_>) -> Option<Finding> {
    let facts = case.policy.org.stale(case.today)?;
    let limit = case.policy.org.stale_after.as_ref()?;
    let steps = vec![
        Step::new(
            Link::Fact,
            format!("the newest figures are of {}", facts.as_of.value),
            facts.as_of.at,
        ),
        Step::new(Link::Policy, format!("[org] stale-after = \"{}\"", limit.value), limit.at),
    ];
    Some(Finding {
        rule: NAME,
        level: Level::Warn,
        component: ComponentId::path(&case.prefix),
        license: None,
        message: format!(
            "the organisation's figures are of {}: too old by its own policy",
            facts.as_of.value
        ),
        at: facts.as_of.at,
        label: "the newest figures".to_owned(),
        because: Because::new(steps)?,
        help: vec!["add an [[org.facts]] table with today's figures; keep the old ones".to_owned()],
        cause: facts.as_of.value.to_string(),
        excepted: None,
    })
}
