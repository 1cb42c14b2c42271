//! The label that alone keeps what must travel, where the one that stands there drops it.

use caveat_core::component::Origin;
use caveat_core::expression::Expression;
use caveat_core::inventory::{Claim, Component, Standing, Stated};

use super::kept::{Parent, has_card, hub_id, hub_name, label, parents, single};
use super::place::{Card, replace};
use super::{Bench, Fixer, Offers};
use crate::case::Case;
use crate::finding::Finding;
use crate::fix::{Change, Fix};
use crate::inheritance::{Conflict, Lost, grants_no_more};
use crate::known;

const NAME: &str = "label-of-the-base";

pub(super) const FIXER: Fixer = Fixer {
    name: NAME,
    summary: "states the one label that keeps what the licenses above ask",
    offers: Offers::For("looser-than-upstream", offer),
};

fn offer(bench: &Bench<'_>, finding: &Finding) -> Option<Fix> {
    let case = bench.case;
    let component = case.graph.components.get(&finding.component).filter(|it| has_card(it))?;
    let own = component.conclusion.license.as_ref()?;
    let card = Card::of(case, component)?;
    if component.conclusion.standing != Standing::Clear || says_more(&card) {
        return None;
    }
    let parents = parents(case, component)?;
    let id = answer(bench, component, own, &parents)?;
    let label = label(id, finding.at)?;
    let fits = |it: &Claim| match &it.stated {
        Stated::Expression(it) => it.same_as(&label),
        Stated::Family { .. } | Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => {
            false
        }
    };
    let mut texts = component.claims.iter().filter(|it| it.evidence.origin == Origin::Text);
    // What the label itself asks for more than the base does is its author's to give up.
    let mut own = own.licenses();
    if !texts.all(fits)
        || !own.all(|it| grants_no_more(case, &label, it))
        || !bench.losses.of(case, component, &label, &parents).is_empty()
    {
        return None;
    }
    let (title, changes) = changes(case, &card, id)?;
    let because = format!("it alone of all labels of the hub keeps what {} asks", case.title(id));
    let component = component.id.clone();
    Some(Fix { name: NAME, answers: None, component, title, because, changes })
}

/// A name or link beside the label would go on telling of the old one.
fn says_more(card: &Card<'_>) -> bool {
    !card.fields.license_name.is_empty() || !card.fields.license_link.is_empty()
}

/// The license that alone keeps what the label drops, where the texts leave no doubt that it does.
fn answer(
    bench: &Bench<'_>,
    component: &Component,
    own: &Expression,
    parents: &[Parent<'_>],
) -> Option<&'static str> {
    let case = bench.case;
    let firm = |it: &Lost| it.sure && it.open.is_none() && it.conflict == Conflict::Label;
    let mut found = None;
    for parent in parents {
        let lost = bench.losses.of(case, component, own, std::slice::from_ref(parent));
        if lost.is_empty() {
            continue;
        }
        let told = known::doubt(case, parent.of).is_some();
        if told || !lost.iter().all(|it| it.conflict == Conflict::Label) || !lost.iter().any(firm) {
            return None;
        }
        let id = bench.labels.only(case, single(parent.license)?)?;
        if found.is_some_and(|it| it != id) {
            return None;
        }
        found = Some(id);
    }
    found
}

/// What is written, and the edits that write it. What the hub has no word for is called `other`
/// there and named in the next line.
fn changes(case: &Case<'_>, card: &Card<'_>, id: &str) -> Option<(String, Vec<Change>)> {
    let again = |words: &str| -> Option<Vec<Change>> {
        card.repeated.iter().map(|it| replace(card.source, it, words)).collect()
    };
    if let Some(hub_id) = hub_id(*case.library, id) {
        let mut changes = vec![replace(card.source, &card.license, hub_id)?];
        changes.extend(again(hub_id)?);
        return Some((format!("state `license: {hub_id}`"), changes));
    }
    let name = hub_name(*case.library, id)?;
    let label = replace(card.source, &card.license, "other")?;
    let mut changes = vec![label, card.insert(&[("license_name", name)])?];
    changes.extend(again(name)?);
    Some((format!("state `license: other` and `license_name: {name}`"), changes))
}
