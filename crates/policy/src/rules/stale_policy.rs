//! The policy itself is past the day on which it has to be read again.

use caveat_core::component::ComponentId;

use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "stale-policy";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "the policy has not been read again in the time that it sets itself",
    page: include_str!("stale_policy.md"),
    usual: Level::Warn,
    check: |case| finding(case).into_iter().collect(),
};

fn finding(case: &Case<'_>) -> Option<Finding> {
    let review = case.policy.review.as_ref()?;
    let due = review.due();
    if case.today <= due {
        return None;
    }
    let days = due.days_until(case.today);
    let by = review.by.as_ref().map(|it| format!(" by {}", it.value)).unwrap_or_default();
    let steps = vec![
        Step::new(Link::Fact, format!("last read{by} on {}", review.last.value), review.last.at),
        Step::new(
            Link::Policy,
            format!("[review] every = \"{}\"", review.every.value),
            review.every.at,
        ),
    ];
    Some(Finding {
        rule: NAME,
        level: Level::Warn,
        component: ComponentId::path(&case.prefix),
        license: None,
        message: format!(
            "the policy was to be read again by {due}, {days} day{} ago",
            if days == 1 { "" } else { "s" }
        ),
        at: review.last.at,
        label: "last read".to_owned(),
        because: Because::new(steps)?,
        help: vec!["read it with those who answer for it, then put the day into `last`".to_owned()],
        cause: review.last.value.to_string(),
        excepted: None,
    })
}
