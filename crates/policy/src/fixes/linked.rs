//! A link to the license that leads to no file, where the text lies beside the card under another
//! name.

use caveat_core::component::Origin;
use caveat_core::inventory::{Claim, Component, Standing, Stated};

use super::kept::has_card;
use super::place::{Card, replace};
use super::{Fixer, Offers};
use crate::case::Case;
use crate::fix::Fix;

const NAME: &str = "link-to-the-license";

pub(super) const FIXER: Fixer = Fixer {
    name: NAME,
    summary: "leads the link of a card to the text of its license that lies beside it",
    offers: Offers::Unasked(|bench| {
        let components = bench.case.graph.components.values();
        let carded = components.filter(|it| it.own && has_card(it));
        carded.filter_map(|it| offer(bench.case, it)).collect()
    }),
};

fn offer(case: &Case<'_>, component: &Component) -> Option<Fix> {
    let card = Card::of(case, component)?;
    let [field] = card.fields.license_link.as_slice() else { return None };
    let link = field.value.words()?;
    let folder = card.source.name.rsplit_once('/').map_or("", |it| it.0);
    let exhibits = case.exhibits?;
    let beside = |name: &str| {
        if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
    };
    let name = link.value.strip_prefix("./").unwrap_or(&link.value);
    if !is_file_name(name) || exhibits.has(&beside(name)) {
        return None;
    }
    let file = text(case, component, folder)?;
    let change = replace(card.source, &link, &file)?;
    Some(Fix {
        name: NAME,
        answers: None,
        component: component.id.clone(),
        title: format!("state `license_link: {file}`"),
        because: format!("there is no `{name}`, and `{file}` is the text of its license"),
        changes: vec![change],
    })
}

/// A name in the folder of the card, and no address.
fn is_file_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|it| it.is_ascii_alphanumeric() || ".-_".contains(it))
}

/// The only text of a license in a folder, if it is the one that the component is under.
fn text(case: &Case<'_>, component: &Component, folder: &str) -> Option<String> {
    let license = component.conclusion.license.as_ref();
    let license = license.filter(|_| component.conclusion.standing == Standing::Clear)?;
    let texts = component.claims.iter().filter(|it| it.evidence.origin == Origin::Text);
    let texts: Vec<&Claim> = texts.collect();
    let [text] = texts[..] else { return None };
    let is_it = match &text.stated {
        Stated::Expression(found) => found.same_as(license),
        Stated::Family { .. } | Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => {
            false
        }
    };
    let source = case.sources.get(text.raw.at.source)?;
    let (place, file) = source.name.rsplit_once('/').unwrap_or(("", &source.name));
    (is_it && place == folder && is_file_name(file)).then(|| file.to_owned())
}
