//! A baseline whose last day has passed.

use caveat_core::component::ComponentId;

use crate::backlog::Backlog;
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "expired-baseline";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "the last day of the baseline has passed: what it lists counts again",
    page: include_str!("expired_baseline.md"),
    usual: Level::Note,
    check: |case| finding(case).into_iter().collect(),
};

fn finding(case: &Case<'_>) -> Option<Finding> {
    let until = case.policy.baseline.as_ref()?.until.as_ref()?;
    let Backlog::Known { findings, .. } = &case.backlog else { return None };
    if case.today <= until.value || findings.list.is_empty() {
        return None;
    }
    let days = until.value.days_until(case.today);
    let many = findings.list.len();
    let listed = format!("it lists {many} finding{}", if many == 1 { "" } else { "s" });
    let at = findings.list.first().map(|it| it.at);
    Some(Finding {
        rule: NAME,
        level: Level::Note,
        component: ComponentId::path(&case.prefix),
        license: None,
        message: format!(
            "the baseline ended {days} day{} ago: what it lists counts again",
            if days == 1 { "" } else { "s" }
        ),
        at: until.at,
        label: "its last day".to_owned(),
        because: Because::new(vec![Step::new(Link::Policy, listed, at)])?,
        help: vec![
            "mend what it lists, or have what must stay excepted: caveat except SUBJECT".to_owned(),
            "when nothing of it is left, remove [baseline]".to_owned(),
        ],
        cause: until.value.to_string(),
        excepted: None,
    })
}
