//! A license that is not what it was when the lock was written.

use caveat_core::component::ComponentId;
use caveat_core::source::Span;

use crate::case::Case;
use crate::drift::{Asked, Change, Drift, Update};
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::{asked_as, called};
use crate::policy::Locked;
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "license-changed";

/// How many things that a license asks are told.
const MOST: usize = 12;

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "a license, the words that state it or its terms are not what was locked",
    page: include_str!("license_changed.md"),
    usual: Level::Deny,
    check: |case| {
        let Some(comparison) = &case.drift else { return Vec::new() };
        let components = comparison.drifts.iter().filter_map(|it| component(case, it));
        components.chain(comparison.updates.iter().filter_map(|it| terms(case, it))).collect()
    },
};

fn component(case: &Case<'_>, drift: &Drift) -> Option<Finding> {
    let id = case.graph.components.keys().find(|it| it.as_str() == drift.is.id.value)?;
    let component = case.graph.components.get(id)?;
    let name = called(component);
    let (was, is) = (license(&drift.was), license(&drift.is));
    let (level, message, label) = match drift.change {
        Change::License => {
            (Level::Deny, format!("{name} was under {was} and is under {is}"), is.clone())
        }
        Change::Upgrade => (
            Level::Deny,
            format!("{name} was under {was} as {} and is under {is} now", version(&drift.was)),
            is.clone(),
        ),
        Change::Evidence => (
            Level::Warn,
            format!("{name} states its license, {is}, in other words than when it was locked"),
            "not the words that were locked".to_owned(),
        ),
        Change::Decision => return None,
    };
    let at = component.claims.first().map_or(component.at, |it| it.raw.at);
    let locked = format!("caveat.lock has {was}{}", dated(&drift.was));
    let mut steps = vec![Step::new(Link::Claim, locked, drift.was.id.at)];
    steps.extend(differences(&drift.newly, &drift.no_longer, drift.change.is_of_license()));
    let subject = asked_as(component);
    Some(Finding {
        rule: NAME,
        level,
        component: id.clone(),
        license: drift.is.license.as_ref().map(|it| it.value.clone()),
        message,
        at,
        label,
        because: Because::new(steps)?,
        help: vec![
            format!("read what is new, and see that it may be used so: caveat explain {subject}"),
            "if it may, write down that it was seen: caveat lock".to_owned(),
            "if not, stay with the version or revision that was locked".to_owned(),
        ],
        cause: format!("{} {was}", drift.change.name()),
        excepted: None,
    })
}

fn terms(case: &Case<'_>, update: &Update) -> Option<Finding> {
    let id = update.components.first()?;
    let component = case.graph.components.keys().find(|it| it.as_str() == id)?;
    let many = update.components.len();
    let more = if many > 1 { format!(", and {} more", many - 1) } else { String::new() };
    let mut steps = vec![Step::new(Link::Claim, format!("{id} is under it{more}"), update.was.at)];
    steps.extend(differences(&update.newly, &update.no_longer, true));
    finding(component, update, steps)
}

fn finding(component: &ComponentId, update: &Update, steps: Vec<Step>) -> Option<Finding> {
    let license = &update.was.id;
    Some(Finding {
        rule: NAME,
        level: Level::Warn,
        component: component.clone(),
        license: Some(license.clone()),
        message: format!("what is known of the terms of {license} is not what was locked"),
        at: update.was.at,
        label: "its terms as they were".to_owned(),
        because: Because::new(steps)?,
        help: vec![
            format!("read its terms as they are on record now: caveat explain {license}"),
            "if its uses are fine under these, write down that it was seen: caveat lock".to_owned(),
        ],
        cause: "terms".to_owned(),
        excepted: None,
    })
}

/// What the two ask, side by side.
fn differences(newly: &[Asked], no_longer: &[Asked], say_none: bool) -> Vec<Step> {
    let step = |word: &str, it: &Asked| {
        let step = Step::new(Link::Term, format!("{word}: {it}"), None::<Span>);
        Step { cite: it.cite.clone(), ..step }
    };
    let new = newly.iter().take(MOST).map(|it| step("new", it));
    let gone = no_longer.iter().take(MOST).map(|it| step("no longer", it));
    let mut steps: Vec<_> = new.chain(gone).collect();
    if steps.is_empty() && say_none {
        let says = "by tags, both ask the same";
        steps.push(Step::new(Link::Term, says, None::<Span>));
    }
    steps
}

fn license(it: &Locked) -> String {
    let license = it.license.as_ref().map(|it| it.value.clone());
    license.unwrap_or_else(|| "no known license".to_owned())
}

fn version(was: &Locked) -> &str {
    was.version.as_deref().unwrap_or(&was.id.value)
}

fn dated(was: &Locked) -> String {
    was.version.as_ref().map(|it| format!(" at {it}")).unwrap_or_default()
}
