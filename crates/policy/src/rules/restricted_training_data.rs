//! Training data whose terms may follow the model.

use caveat_core::component::How;
use caveat_core::inventory::{Component, Relation};

use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::policy::Policy;
use crate::rule::Rule;
use crate::ruling::Ruling;
use crate::verdict::{Level, Verdict};

const NAME: &str = "restricted-training-data";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "trained on data whose terms the policy does not let pass, and which may follow the model",
    page: include_str!("restricted_training_data.md"),
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let trained = case.graph.relations.iter().filter(|it| it.how == How::TrainedOn && it.seen);
    trained.filter_map(|it| finding(case, it)).collect()
}

fn finding(case: &Case<'_>, relation: &Relation) -> Option<Finding> {
    let model = case.graph.components.get(&relation.from)?;
    let data = case.graph.components.get(&relation.to)?;
    let license = data.conclusion.license.as_ref()?;
    if license.licenses().all(|it| case.frees_trained_models(it)) {
        return None;
    }
    let decided = crate::ruling::decide(case, model, data, None, license);
    let stopped: Vec<&Ruling<'_>> = decided
        .rulings
        .iter()
        .filter(|it| it.verdict != Verdict::Allowed && it.exception.is_none())
        .collect();
    let first = stopped.first()?;
    let mut steps = vec![
        Step::new(
            Link::Relation,
            format!("{} is trained on {}", called(model), called(data)),
            relation.at,
        ),
        Step::new(Link::Claim, format!("{} states `{license}`", called(data)), first.stated),
    ];
    steps.extend(stopped.iter().flat_map(|it| it.steps.clone()));
    steps.dedup_by(|a, b| a.says == b.says);
    let (level, stance) = stance(case.policy);
    steps.push(stance);
    let says: Vec<&str> = stopped.iter().map(|it| it.says.as_str()).collect();
    Some(Finding {
        rule: NAME,
        level,
        component: model.id.clone(),
        license: Some(license.to_string()),
        message: message(model, data, license.to_string().as_str(), &says),
        at: relation.at,
        label: format!("{} data", license),
        because: Because::new(steps)?,
        help: vec![
            "train without this set, or get a license for it".to_owned(),
            format!("or record counsel's view: [[exception]] with package = \"{}\"", data.id),
        ],
        cause: format!("{} {license}", data.id),
        excepted: None,
    })
}

fn message(model: &Component, data: &Component, license: &str, says: &[&str]) -> String {
    format!(
        "{} is trained on {}, under {license}: {}",
        called(model),
        called(data),
        says.join("; ")
    )
}

/// Whether data binds the weights is unsettled for most licenses: the policy's stance decides,
/// and without one a person has to look.
fn stance(policy: &Policy) -> (Level, Step) {
    let unsettled = "whether the terms of data bind the weights is unsettled; this is a stance, not a finding of law";
    match policy.relations.get(&How::TrainedOn) {
        Some(it) => (
            Level::from(it.value),
            Step::new(Link::Policy, format!("[relations] trained-on; {unsettled}"), it.at),
        ),
        None => (Level::Warn, Step::new(Link::Policy, unsettled, None)),
    }
}
