//! Training data whose terms may follow the model.

pub(super) mod disputed;
mod unlicensed;
mod behind;
mod untraced;

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::ComponentId;
use caveat_core::inventory::{Component, Relation};
use caveat_core::source::Spanned;

use super::license_rulings::{distinct, except, related};
use crate::case::Case;
use crate::finding::{Because, Finding, Step};
use crate::ground::{called, excepted};
use crate::known;
use crate::rule::Rule;
use crate::ruling::{Decided, Ruling};
use crate::verdict::{Level, Verdict};
use disputed::{Answer, answer, by_tag};

const NAME: &str = "restricted-training-data";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "trained on data whose terms the policy does not let pass, and which may follow the model",
    page: include_str!("restricted_training_data.md"),
    usual: Level::Warn,
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    let mut untraced: BTreeMap<&ComponentId, Vec<untraced::Untraced<'_>>> = BTreeMap::new();
    for (relation, decided) in &case.trained {
        let components = &case.graph.components;
        let ends = components.get(&relation.from).zip(components.get(&relation.to));
        let Some((model, data)) = ends else { continue };
        let ends = Ends { relation, model, data };
        let found = findings(case, &ends, decided);
        if found.is_empty() {
            let license = untraced::license(case, &ends, decided);
            let one = license.map(|it| untraced::Untraced { ends, license: it });
            // Where other grounds than licenses are on record, each set has its own answer.
            if case.policy.basis.is_empty() {
                untraced.entry(&model.id).or_default().extend(one);
            } else {
                all.extend(one.and_then(|it| untraced::finding(case, &[it])));
            }
        }
        all.extend(found);
    }
    // One question about a model, however many sets it learned from.
    all.extend(untraced.values().filter_map(|it| untraced::finding(case, it)));
    all
}

/// What stands, and what each exception sets aside. Where the policy lets the data pass, the label
/// of the model may still promise more than the data did, and what nobody licensed remains.
fn findings(case: &Case<'_>, ends: &Ends<'_>, decided: &Decided<'_>) -> Vec<Finding> {
    let freed = freed(case, decided);
    let stopped = |it: &&Ruling<'_>| it.verdict != Verdict::Allowed && !freed.contains(&it.license);
    let mut groups: BTreeMap<Option<&str>, Vec<&Ruling<'_>>> = BTreeMap::new();
    for ruling in decided.rulings.iter().filter(stopped) {
        let exception = ruling.exception.map(|it| it.id.value.as_str());
        groups.entry(exception).or_default().push(ruling);
    }
    let told: Vec<Finding> = groups.values().filter_map(|it| finding(case, ends, it)).collect();
    if !told.is_empty() {
        return told;
    }
    let label = unlicensed::by_label(case, ends, decided, &freed);
    let behind = || behind::sources(case, ends);
    let contents = || unlicensed::contents(case, ends, decided);
    label.or_else(behind).or_else(contents).into_iter().collect()
}

/// The licenses that say themselves that models are free of them.
fn freed(case: &Case<'_>, decided: &Decided<'_>) -> BTreeSet<String> {
    let freed = decided.binding.iter().filter(|it| case.frees_trained_models(it));
    freed.map(ToString::to_string).collect()
}

/// A model and data that it learned from.
#[derive(Clone, Copy)]
struct Ends<'a> {
    relation: &'a Relation,
    model: &'a Component,
    data: &'a Component,
}

fn finding(case: &Case<'_>, ends: &Ends<'_>, stopped: &[&Ruling<'_>]) -> Option<Finding> {
    let Ends { relation, model, data } = ends;
    let answered = stopped.iter().map(|it| {
        let dispute = by_tag(case, &it.license, it.tag);
        (*it, answer(case, dispute, it.verdict))
    });
    let answered: Vec<(&Ruling<'_>, Answer)> = answered.collect();
    let verdict = answered.iter().map(|(_, it)| it.verdict).max()?;
    let decided: Vec<&(&Ruling<'_>, Answer)> =
        answered.iter().filter(|(_, it)| it.verdict == verdict).collect();
    let (first, answer) = decided.first()?;
    let license = first.license.as_str();
    let mut steps = vec![related(case, relation)];
    steps.push(known::states(data, license, first.stated));
    steps.extend(decided.iter().flat_map(|(it, _)| it.steps.clone()));
    steps.extend(decided.iter().map(|(_, it)| it.step.clone()));
    let allowed = (verdict == Verdict::Allowed).then_some(&answer.step);
    let allowed = allowed.and_then(|it| Some(Spanned::new(it.says.clone(), it.at?)));
    let says = distinct(decided.iter().map(|(it, _)| it.says.as_str())).join("; ");
    let title = case.title(license);
    let set_aside = first.exception.map(|it| Spanned::new(excepted(it), it.at));
    Some(Finding {
        rule: NAME,
        level: Level::from(verdict).max(Level::Note),
        component: model.id.clone(),
        license: Some(license.to_owned()),
        message: format!("{} is trained on {}, under {title}: {says}", called(model), called(data)),
        at: relation.at,
        label: format!("data under {title}"),
        because: Because::once(steps)?,
        help: help(data, stopped),
        cause: format!("{} {license}", data.id),
        excepted: set_aside.or(allowed),
    })
}

/// A finding that hangs on a disputed question alone.
fn question(
    ends: &Ends<'_>,
    answer: &Answer,
    license: Option<String>,
    says: &str,
    steps: Vec<Step>,
) -> Option<Finding> {
    let Ends { relation, model, data } = ends;
    let mut steps = steps;
    steps.push(answer.step.clone());
    let passes = (answer.verdict == Verdict::Allowed).then_some(&answer.step);
    let license_and = license.as_deref().unwrap_or("outputs").to_owned();
    Some(Finding {
        rule: NAME,
        level: Level::from(answer.verdict).max(Level::Note),
        component: model.id.clone(),
        license,
        message: format!("{} is trained on {}, {says}", called(model), called(data)),
        at: relation.at,
        label: "whether that binds the model is disputed".to_owned(),
        because: Because::new(steps)?,
        help: vec![
            "train without this set, or get a license for it".to_owned(),
            "or answer the question for your organisation under [relations]".to_owned(),
        ],
        cause: format!("{} {license_and}", data.id),
        excepted: passes.and_then(|it| Some(Spanned::new(it.says.clone(), it.at?))),
    })
}

fn help(data: &Component, stopped: &[&Ruling<'_>]) -> Vec<String> {
    let tags = distinct(stopped.iter().map(|it| it.tag.name()));
    let known = known::help(data);
    let all = [
        "train without this set, or get a license for it".to_owned(),
        format!("or record counsel's view: {}", except(data, None, tags)),
    ];
    all.into_iter().chain(known).collect()
}
