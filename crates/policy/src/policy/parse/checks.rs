//! What only the whole file can tell.

use std::collections::BTreeMap;

use caveat_core::source::{Span, Spanned};

use super::super::{Mistake, Policy, PolicyError};
use super::table::Notes;
use crate::date::Date;
use crate::org::Metric;

pub(super) fn whole(policy: &Policy, notes: &Notes<'_>) {
    once(notes, "product", policy.products.iter().map(|it| &it.name));
    once(notes, "rule", policy.overrides.iter().map(|it| &it.id));
    once(notes, "exception", policy.exceptions.list.iter().map(|it| &it.id));
    once(notes, "license", policy.licenses.iter().map(|it| &it.id));
    figures_once(policy, notes);
}

/// Notes every name that was given before.
fn once<'p>(
    notes: &Notes<'_>,
    noun: &'static str,
    names: impl Iterator<Item = &'p Spanned<String>>,
) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for name in names {
        if let Some(first) = seen.get(name.value.as_str()).copied() {
            notes.note(name.at, Mistake::Twice { noun, name: name.value.clone(), first });
        } else {
            seen.insert(&name.value, name.at);
        }
    }
}

/// Notes every figure that is given again for the same day.
fn figures_once(policy: &Policy, notes: &Notes<'_>) {
    let mut seen: BTreeMap<(Date, Metric), Span> = BTreeMap::new();
    for facts in &policy.org.facts {
        let day = facts.as_of.value;
        for (metric, figure) in &facts.figures {
            if let Some(first) = seen.insert((day, *metric), figure.at) {
                let name = format!("{metric} as of {day}");
                notes.note(figure.at, Mistake::Twice { noun: "figure", name, first });
            }
        }
    }
}

/// Notes every product that is spoken of and not defined. A policy that extends another may speak
/// of the other's.
pub(super) fn products_exist(policy: &Policy, notes: &Notes<'_>) {
    for it in undefined_products(policy) {
        notes.note(it.at, it.mistake);
    }
}

/// Every product that is spoken of and not defined.
pub(in super::super) fn undefined_products(policy: &Policy) -> Vec<PolicyError> {
    let known: Vec<&str> = policy.products.iter().map(|it| it.name.value.as_str()).collect();
    let spoken_of = (policy.products.iter().flat_map(|it| &it.feeds))
        .chain(policy.overrides.iter().flat_map(|it| &it.products))
        .chain(policy.exceptions.list.iter().flat_map(|it| &it.products))
        .chain(policy.met.iter().flat_map(|it| &it.products))
        .chain(policy.tests.iter().flat_map(|it| &it.product));
    let mistake = |name: &Spanned<String>| {
        let products = known.iter().take(MOST_NAMED).map(|it| (*it).to_owned()).collect();
        let mistake = Mistake::UnknownProduct { name: name.value.clone(), products };
        PolicyError { at: name.at, mistake }
    };
    let unknown = spoken_of.filter(|it| !known.contains(&it.value.as_str()));
    unknown.take(ENOUGH).map(mistake).collect()
}

/// How many products a message considers; a file may hold thousands, and as many mistakes.
const MOST_NAMED: usize = 100;
/// How many mistakes are kept.
const ENOUGH: usize = 1000;
