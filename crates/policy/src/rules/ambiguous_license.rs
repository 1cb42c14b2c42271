//! Claims that disagree, families of licenses, changed texts.

use caveat_core::expression::{Expression, parse};
use caveat_core::inventory::{Claim, Component, Standing, Stated};

use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::{asked_as, called};
use crate::rule::Rule;
use crate::ruling::{Subject, judged};
use crate::verdict::{Level, Stance, Verdict};

const NAME: &str = "ambiguous-license";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "what is said of the license does not agree, or names a family of licenses",
    page: include_str!("ambiguous_license.md"),
    usual: Level::Note,
    check: |case| case.graph.components.values().filter_map(|it| ambiguous(case, it)).collect(),
};

fn ambiguous(case: &Case<'_>, component: &Component) -> Option<Finding> {
    let Standing::Ambiguous(why) = &component.conclusion.standing else { return None };
    let claim = component.claims.first()?;
    let verdict = case.policy.rules.ambiguous();
    let line = case.policy.rules.ambiguous.as_ref();
    let says = match line {
        Some(_) => format!("[rules] ambiguous = \"{}\"", Stance::of(verdict).key()),
        None => "[rules] says nothing of `ambiguous`: a person has to look".to_owned(),
    };
    let mut steps: Vec<Step> = component.claims.iter().map(step).collect();
    steps.push(Step::new(Link::Policy, says, line.map(|it| it.at)));
    let settled = verdict == Verdict::Review && is_allowed_anyhow(case, component);
    if settled {
        let says = "each license that it may be is allowed here, so nobody has to look";
        steps.push(Step::new(Link::Policy, says, None));
    }
    let level = match verdict {
        Verdict::Review if settled => Level::Note,
        Verdict::Allowed => Level::Note,
        Verdict::Review | Verdict::Denied => Level::from(verdict),
    };
    Some(Finding {
        rule: NAME,
        level,
        component: component.id.clone(),
        license: component.conclusion.license.as_ref().map(ToString::to_string),
        message: format!("the license of {} is not clear: {why}", called(component)),
        at: claim.raw.at,
        label: label(claim),
        because: Because::new(steps)?,
        help: help(component),
        cause: why.clone(),
        excepted: None,
    })
}

/// Whether the policy allows whatever the claims may mean, each license by itself: then it makes no
/// difference which of them is right.
fn is_allowed_anyhow(case: &Case<'_>, component: &Component) -> bool {
    let allows = |it: &Expression| {
        let subject = Subject::of(case, &case.lines, component);
        judged(&subject, it).verdict() == Verdict::Allowed
    };
    let mut readings = component.claims.iter().map(|claim| match &claim.stated {
        Stated::Expression(it) => !claim.modified && allows(it),
        Stated::Family { members, .. } => {
            let member = |id: &String| parse(id, claim.raw.at).expression;
            !members.is_empty() && members.iter().all(|it| member(it).is_some_and(|it| allows(&it)))
        }
        Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => false,
    });
    readings.all(|it| it)
}

fn step(claim: &Claim) -> Step {
    let words: String = claim.raw.value.chars().take(80).collect();
    let says = match &claim.stated {
        Stated::Expression(it) => {
            let changed = if claim.modified { ", with words changed" } else { "" };
            let score =
                claim.score.map(|it| format!(", {:.0} % alike", it * 100.0)).unwrap_or_default();
            format!("{} says {it}{score}{changed}", claim.evidence.origin.name())
        }
        Stated::Family { name, members } => {
            format!("`{words}` is the family {name}: {}", members.join(", "))
        }
        Stated::Placeholder => format!("`{words}` names no license"),
        Stated::Reserved => format!("`{words}` reserves all rights"),
        Stated::Unrecognised => format!("`{words}` is no license that is known here"),
    };
    Step::new(Link::Claim, says, claim.raw.at)
}

fn label(claim: &Claim) -> String {
    match &claim.stated {
        Stated::Family { .. } => "a family: the members differ".to_owned(),
        Stated::Expression(_) if claim.modified => {
            "a changed license is another license".to_owned()
        }
        Stated::Expression(it) => format!("states {it}"),
        Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => {
            "does not say which".to_owned()
        }
    }
}

fn help(component: &Component) -> Vec<String> {
    let family = component.claims.iter().any(|it| matches!(it.stated, Stated::Family { .. }));
    let first = if family && component.conclusion.license.is_none() {
        "state the exact license, with its version, or put its text beside it"
    } else {
        "find out which one its author meant, and correct the other"
    };
    vec![
        first.to_owned(),
        format!(
            "or put on record what counsel read: caveat clarify {} --license EXPR",
            asked_as(component)
        ),
    ]
}
