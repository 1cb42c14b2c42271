//! Training data whose terms may follow the model.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::How;
use caveat_core::inventory::{Component, Relation};
use caveat_core::source::Spanned;

use super::license_rulings::{distinct, related, target};
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::{called, excepted};
use crate::known;
use crate::policy::Policy;
use crate::rule::Rule;
use crate::ruling::{Decided, Ruling};
use crate::verdict::{Level, Stance, Verdict};

const NAME: &str = "restricted-training-data";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "trained on data whose terms the policy does not let pass, and which may follow the model",
    page: include_str!("restricted_training_data.md"),
    usual: Level::Warn,
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let trained = case.trained.iter();
    trained.flat_map(|(relation, decided)| findings(case, relation, decided)).collect()
}

/// What stands, and what each exception sets aside.
fn findings(case: &Case<'_>, relation: &Relation, decided: &Decided<'_>) -> Vec<Finding> {
    let freed = decided.binding.iter().filter(|it| case.frees_trained_models(it));
    let freed: BTreeSet<String> = freed.map(ToString::to_string).collect();
    let stopped = |it: &&Ruling<'_>| it.verdict != Verdict::Allowed && !freed.contains(&it.license);
    let mut groups: BTreeMap<Option<&str>, Vec<&Ruling<'_>>> = BTreeMap::new();
    for ruling in decided.rulings.iter().filter(stopped) {
        let exception = ruling.exception.map(|it| it.id.value.as_str());
        groups.entry(exception).or_default().push(ruling);
    }
    groups.values().filter_map(|it| finding(case, relation, it)).collect()
}

fn finding(case: &Case<'_>, relation: &Relation, stopped: &[&Ruling<'_>]) -> Option<Finding> {
    let model = case.graph.components.get(&relation.from)?;
    let data = case.graph.components.get(&relation.to)?;
    let first = stopped.first()?;
    let license = first.license.as_str();
    let mut steps = vec![related(case, relation)];
    steps.push(known::states(data, license, first.stated));
    steps.extend(stopped.iter().flat_map(|it| it.steps.clone()));
    let mut seen = BTreeSet::new();
    steps.retain(|it| seen.insert((it.link, it.says.clone(), it.cite.clone())));
    let verdict = Verdict::all(stopped.iter().map(|it| it.verdict));
    let (stance, step) = stance(case.policy);
    let allowed = (stance == Verdict::Allowed).then(|| step.at.map(|at| (step.says.clone(), at)));
    steps.push(step);
    let says = distinct(stopped.iter().map(|it| it.says.as_str())).join("; ");
    let title = case.title(license);
    let set_aside = first.exception.map(|it| Spanned::new(excepted(it), it.at));
    Some(Finding {
        rule: NAME,
        level: Level::from(verdict.min(stance)).max(Level::Note),
        component: model.id.clone(),
        license: Some(license.to_owned()),
        message: format!("{} is trained on {}, under {title}: {says}", called(model), called(data)),
        at: relation.at,
        label: format!("data under {title}"),
        because: Because::new(steps)?,
        help: help(data, stopped),
        cause: format!("{} {license}", data.id),
        excepted: set_aside.or(allowed.flatten().map(|(why, at)| Spanned::new(why, at))),
    })
}

fn help(data: &Component, stopped: &[&Ruling<'_>]) -> Vec<String> {
    let tags = distinct(stopped.iter().map(|it| format!("\"{}\"", it.tag))).join(", ");
    let known = known::help(data);
    let all = [
        "train without this set, or get a license for it".to_owned(),
        format!("or record counsel's view: [[exception]] with {}, allow = [{tags}]", target(data)),
    ];
    all.into_iter().chain(known).collect()
}

/// Whether data binds the weights is unsettled for most licenses: the policy's stance decides, and
/// without one a person has to look.
fn stance(policy: &Policy) -> (Verdict, Step) {
    let unsettled = "whether the terms of data bind the weights is unsettled";
    if let Some(it) = policy.relations.get(&How::TrainedOn) {
        let word = Stance::of(it.value).key();
        let says = format!("[relations] trained-on = \"{word}\": a stance, for {unsettled}");
        return (it.value, Step::new(Link::Policy, says, it.at));
    }
    let says = format!("[relations] says nothing of `trained-on`, and {unsettled}");
    (Verdict::Review, Step::new(Link::Policy, says, None))
}
