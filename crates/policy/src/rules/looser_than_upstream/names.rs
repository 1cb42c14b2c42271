//! Names that do not begin as a license above wants, and beginnings that no name can have at once.

use caveat_core::inventory::Component;

use super::super::license_rulings::related;
use super::weigh::{answered, rule};
use super::{NAME, Parent, cause, help};
use crate::case::Case;
use crate::duty::DutyKind;
use crate::finding::{Because, Finding, Link, Obligation, Status, Step};
use crate::ground::called;
use crate::inheritance::{Conflict, Prefix, name, prefixes};
use crate::known;
use crate::usage::Usage;
use crate::verdict::{Level, Verdict};
use crate::vocabulary::Word as _;

type Wanted<'a, 'b> = (&'b Parent<'a>, Prefix);

/// Beginnings that collide, or else the first that the name lacks.
pub(super) fn findings(
    case: &Case<'_>,
    component: &Component,
    parents: &[&Parent<'_>],
) -> Option<Finding> {
    let mut wanted: Vec<Wanted<'_, '_>> = Vec::new();
    for it in parents.iter().copied() {
        wanted
            .extend(prefixes(case, it.theirs, &it.via.way).into_iter().map(|prefix| (it, prefix)));
    }
    let (first, rest) = wanted.split_first()?;
    match rest.iter().find(|it| it.1.collides(&first.1)) {
        Some(other) => collision(case, component, [first, other]),
        None => wanted.iter().find_map(|it| misnamed(case, component, it)),
    }
}

/// Two licenses want two names: a joined one is arguable, so a person has to look.
fn collision(
    case: &Case<'_>,
    component: &Component,
    both: [&Wanted<'_, '_>; 2],
) -> Option<Finding> {
    let [one, other] = both;
    let steps = both.iter().flat_map(|it| steps(case, it)).collect();
    let message = format!(
        "the name of {} has to begin with \"{}\" and with \"{}\" at once",
        called(component),
        one.1.text,
        other.1.text
    );
    Some(Finding {
        rule: NAME,
        level: Level::Warn,
        component: component.id.clone(),
        license: None,
        message,
        at: known::place(component, component.at),
        label: "two names are asked for".to_owned(),
        because: Because::new(steps)?,
        help: vec!["ask one of the licensors whether a joined name will do".to_owned()],
        cause: format!("{} names", cause(one.0, Conflict::Breach)),
        excepted: None,
    })
}

/// A name that is stated and begins otherwise breaks the duty; a folder is only a guess at a name,
/// and counts where weights are given to others.
fn misnamed(case: &Case<'_>, component: &Component, wanted: &Wanted<'_, '_>) -> Option<Finding> {
    let (parent, prefix) = wanted;
    let (name, stated) = name(component)?;
    let settings = case.settings(&case.path(&component.path));
    let weights = Some(Usage::DistributeWeights);
    let ships = settings.iter().any(|it| it.usage.as_ref().map(|it| it.value) == weights);
    if prefix.fits(name) || !(stated || ships) || component.is_recalled() {
        return None;
    }
    // Where a use sets the duty off, it is told as a duty, or another name of it was seen to do.
    let is_told = |it: &Obligation| {
        it.component == component.id
            && it.kind == DutyKind::Naming.word()
            && it.due
            && it.status != Status::Unchecked
    };
    if case.obligations.iter().any(is_told) {
        return None;
    }
    let sure = stated && known::doubt(case, parent.upstream).is_none();
    let mut verdict = if sure { Verdict::Denied } else { Verdict::Review };
    let mut steps = steps(case, wanted);
    if let Some(question) = prefix.open {
        let answer = case.policy.answer(question);
        let bound = answer.map_or(Verdict::Review, |it| it.value);
        if sure {
            steps.push(answered(question, answer));
        }
        verdict = verdict.min(bound);
    }
    if let Some(rule) = rule(case, component).filter(|it| it.verdict.value < verdict) {
        verdict = rule.verdict.value;
        let says = format!("rule `{}`: {}", rule.id.value, rule.because.value);
        steps.push(Step::new(Link::Policy, says, rule.verdict.at));
    }
    let title = case.title(&parent.theirs.to_string()).to_owned();
    let how = parent.via.way.first()?.how.phrase();
    let (who, from) = (called(component), called(parent.upstream));
    Some(Finding {
        rule: NAME,
        level: Level::from(verdict).max(Level::Note),
        component: component.id.clone(),
        license: Some(parent.theirs.to_string()),
        message: format!(
            "{who} {how} {from}, under {title}, but its name does not begin with \"{}\": a breach that \
             a new name mends",
            prefix.text
        ),
        at: component.names.first().map_or(component.at, |it| it.at),
        label: format!("has to begin with \"{}\"", prefix.text),
        because: Because::new(steps)?,
        help: vec![help(component, parent.theirs, Conflict::Breach)],
        cause: cause(parent, Conflict::Breach),
        excepted: None,
    })
}

/// The way, what stands at its end, and the clause about names.
fn steps(case: &Case<'_>, (parent, prefix): &Wanted<'_, '_>) -> Vec<Step> {
    let license = parent.theirs.to_string();
    let mut steps: Vec<Step> = parent.via.way.iter().map(|it| related(case, it)).collect();
    steps.push(known::states(parent.upstream, &license, parent.theirs.at()));
    steps.push(Step {
        link: Link::Term,
        says: format!("{}: {}", case.title(&license), prefix.says),
        at: prefix.at,
        cite: Some(prefix.cite.clone()),
    });
    steps
}
