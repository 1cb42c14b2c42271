//! `other` on a card, where what stands beside it says which license it is.

use caveat_core::component::Origin;
use caveat_core::expression::Expression;
use caveat_core::identify::is_example;
use caveat_core::inventory::{Claim, Component, Standing, Stated};
use caveat_core::library::Named;
use caveat_core::source::{Source, Spanned};

use super::kept::{Losses, Parent, has_card, hub_id, hub_name, label, parents, single};
use super::place::{Card, replace};
use super::{Fixer, Offers};
use crate::case::Case;
use crate::fix::{Change, Fix};

const NAME: &str = "label-for-other";

pub(super) const FIXER: Fixer = Fixer {
    name: NAME,
    summary: "states the license that a name, a link or a text beside `license: other` tells",
    offers: Offers::Unasked(|bench| {
        let components = bench.case.graph.components.values();
        let carded = components.filter(|it| it.own && has_card(it));
        carded.filter_map(|it| offer(bench.case, it)).collect()
    }),
};

/// The word of the hub for a license that it has no word for.
const OTHER: &str = "other";

fn offer(case: &Case<'_>, component: &Component) -> Option<Fix> {
    let card = Card::of(case, component)?;
    if card.license.value.trim() != OTHER
        || !card.repeated.is_empty()
        || is_example(&card.source.name)
    {
        return None;
    }
    let clear = component.conclusion.standing == Standing::Clear;
    let concluded = component.conclusion.license.as_ref().filter(|_| clear)?;
    let id = single(concluded)?.id.as_str();
    let (changes, title, because) = match &card.claim.stated {
        Stated::Expression(_) => by_words(case, &card, id)?,
        Stated::Placeholder => by_text(case, component, &card, concluded, id)?,
        Stated::Family { .. } | Stated::Reserved | Stated::Unrecognised => return None,
    };
    let component = component.id.clone();
    Some(Fix { name: NAME, answers: None, component, title, because, changes })
}

type Written = (Vec<Change>, String, String);

/// A name or a link beside `other` tells the license.
fn by_words(case: &Case<'_>, card: &Card<'_>, id: &str) -> Option<Written> {
    let words = card.claim.decided_by.as_ref()?;
    let means = |it: &Spanned<String>| matches!(case.library.named(&it.value), Named::License(known) if known == id);
    let fields = &card.fields;
    let beside = fields.license_name.iter().chain(&fields.license_link);
    let mut beside = beside.filter_map(|it| it.value.words());
    // A link to a text that nobody here knows may lead to other terms.
    if !means(words) || !beside.all(|it| means(&it) || is_beside(&it.value, card.source, case)) {
        return None;
    }
    let because = format!("`{}` beside it means that license", words.value);
    if let Some(hub_id) = hub_id(*case.library, id) {
        let change = replace(card.source, &card.license, hub_id)?;
        return Some((vec![change], format!("state `license: {hub_id}`"), because));
    }
    if !fields.license_name.is_empty() {
        return None;
    }
    let name = hub_name(*case.library, id)?;
    let change = card.insert(&[("license_name", name)])?;
    Some((vec![change], format!("add `license_name: {name}`"), because))
}

/// Whether a link names a file in the folder of the card, which was read.
fn is_beside(link: &str, card: &Source, case: &Case<'_>) -> bool {
    let name = link.strip_prefix("./").unwrap_or(link);
    let folder = card.name.rfind('/').map_or("", |it| &card.name[..=it]);
    let path = format!("{folder}{name}");
    !name.contains('/') && case.sources.iter().any(|it| it.name == path)
}

/// The text of the license lies in the folder of the card, and it is the only one.
fn by_text(
    case: &Case<'_>,
    component: &Component,
    card: &Card<'_>,
    license: &Expression,
    id: &str,
) -> Option<Written> {
    let texts = component.claims.iter().filter(|it| it.evidence.origin == Origin::Text);
    let texts: Vec<&Claim> = texts.collect();
    let is_it = |it: &&Claim| match &it.stated {
        Stated::Expression(found) => found.same_as(license) && !it.modified,
        Stated::Family { .. } | Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => {
            false
        }
    };
    let others = component
        .claims
        .iter()
        .any(|it| it.evidence.origin != Origin::Text && it.raw.at != card.claim.raw.at);
    let named = !card.fields.license_name.is_empty();
    let [text] = texts[..] else { return None };
    let source = case.sources.get(text.raw.at.source)?;
    let (folder, file) = split(&source.name);
    if !is_it(&text) || others || named || folder != split(&card.source.name).0 {
        return None;
    }
    let links = card.fields.license_link.iter().filter_map(|it| it.value.words());
    let leads = |it: Spanned<String>| it.value.strip_prefix("./").unwrap_or(&it.value) == file;
    if !links.clone().all(leads) || !carries(case, component, id, card) {
        return None;
    }
    let because = format!("`{file}` beside it is the text of that license");
    if let Some(hub_id) = hub_id(*case.library, id) {
        let change = replace(card.source, &card.license, hub_id)?;
        return Some((vec![change], format!("state `license: {hub_id}`"), because));
    }
    let name = hub_name(*case.library, id)?;
    let plain = file.chars().all(|it| it.is_ascii_alphanumeric() || ".-_".contains(it));
    let unlinked = links.count() == 0 && plain;
    let added = [("license_name", name), ("license_link", file)];
    let change = card.insert(&added[..=usize::from(unlinked)])?;
    Some((vec![change], format!("add `license_name: {name}`"), because))
}

/// Whether the license may stand on a label over all that this was made from: else a text beside it
/// may be that of something else.
fn carries(case: &Case<'_>, component: &Component, id: &str, card: &Card<'_>) -> bool {
    let Some(label) = label(id, card.license.at) else { return false };
    let lost = |it: Vec<Parent<'_>>| Losses::default().of(case, component, &label, &it);
    parents(case, component).is_some_and(|it| lost(it).is_empty())
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}
