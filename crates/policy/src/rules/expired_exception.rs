//! An exception that does not count: lapsed, too long, or approved by nobody who may.

use caveat_core::component::ComponentId;
use caveat_core::source::Span;

use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::{called, shell_word};
use crate::policy::{Allowance, Exception, Objection};
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "expired-exception";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "an exception that no longer counts, so that what it let through is back",
    page: include_str!("expired_exception.md"),
    usual: Level::Deny,
    check: |case| {
        let all = case.policy.exceptions.list.iter();
        all.filter_map(|it| lapsed(case, it).or_else(|| lapsing(case, it))).collect()
    },
};

fn lapsed(case: &Case<'_>, exception: &Exception) -> Option<Finding> {
    let objection = case.policy.exceptions.objection(exception, case.today)?;
    let (at, why): (Span, String) = match objection {
        Objection::Expired(at) => {
            let days = exception.expires.value.days_until(case.today);
            (at, format!("expired {days} day{} ago", if days == 1 { "" } else { "s" }))
        }
        Objection::NotYet(at) => (at, "is approved on a day that has not come".to_owned()),
        Objection::TooLong { expires, last, .. } => {
            (expires, format!("runs longer than the policy allows: {last} at the latest"))
        }
        Objection::NotAnApprover(at) => (
            at,
            format!(
                "is approved by {}, whose approval does not count",
                exception.approved.by.value
            ),
        ),
    };
    let mut steps = vec![Step::new(Link::Policy, owner(exception), exception.approved.at)];
    steps.extend(back(case, exception));
    if let Objection::TooLong { longest, .. } = objection {
        steps.push(Step::new(Link::Policy, "[exceptions] longest", longest));
    }
    let help = format!(
        "remove what it was for, or renew it with a new approval: caveat renew {}",
        shell_word(&exception.id.value)
    );
    finding(exception, Level::Deny, at, &why, steps, help)
}

/// Not yet lapsed, but soon enough that its owner should know.
fn lapsing(case: &Case<'_>, exception: &Exception) -> Option<Finding> {
    if case.policy.exceptions.warn_from(exception)? > case.today {
        return None;
    }
    let days = case.today.days_until(exception.expires.value);
    let steps = vec![Step::new(Link::Policy, owner(exception), exception.approved.at)];
    let help = format!(
        "remove what it is for, or have it renewed in time: caveat renew {}",
        shell_word(&exception.id.value)
    );
    finding(
        exception,
        Level::Note,
        exception.expires.at,
        &format!("expires in {days} days"),
        steps,
        help,
    )
}

/// What stands again without it.
fn back(case: &Case<'_>, exception: &Exception) -> Vec<Step> {
    const MOST: usize = 5;
    let meant = case.decided.iter().filter_map(|(id, decided)| {
        let component = case.graph.components.get(*id)?;
        let here = case.places(component);
        let mut here = here.iter().map(|it| Some(it.as_str()));
        here.any(|it| exception.target.matches(id, it)).then_some((component, decided))
    });
    let stands = meant.flat_map(|(component, decided)| {
        let rulings = decided.rulings.iter().filter(|it| it.stands());
        let again = rulings.filter(|it| exception.allows(Allowance::Tag(it.tag)).is_some());
        again.map(move |it| {
            let says = format!(
                "{} stands again: {} of {} is {}",
                called(component),
                it.tag,
                it.license,
                it.verdict.name()
            );
            Step::new(Link::Claim, says, component.at)
        })
    });
    stands.take(MOST).collect()
}

fn owner(it: &Exception) -> String {
    let approved = &it.approved;
    format!(
        "owner {}, approved by {} ({}): {}",
        it.owner.value, approved.by.value, approved.ticket.value, it.because.value
    )
}

fn finding(
    exception: &Exception,
    level: Level,
    at: Span,
    why: &str,
    steps: Vec<Step>,
    help: String,
) -> Option<Finding> {
    Some(Finding {
        rule: NAME,
        level,
        component: ComponentId::path(""),
        license: None,
        message: format!("exception {} {why}", exception.id.value),
        at,
        label: format!(
            "owner {}, approved {}",
            exception.owner.value, exception.approved.ticket.value
        ),
        because: Because::new(steps)?,
        help: vec![help],
        cause: exception.id.value.clone(),
        excepted: None,
    })
}
