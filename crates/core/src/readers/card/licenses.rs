//! What a front matter says of the license.

use std::collections::BTreeSet;

use super::keys::{self, Key};
use super::lineage::smuggled;
use crate::component::{Evidence, Origin, Strength};
use crate::reading::{Meant, Wording};
use crate::source::{Source, Spanned};
use crate::value::{Node, Value};

/// Every license that is named, as written: placeholders and all.
pub(super) fn wordings(source: &Source, root: &Node) -> Vec<Wording> {
    let mut stated: Vec<Stated> = Vec::new();
    for (_, node) in keys::all(root, Key::License) {
        collect(source, node, &mut stated);
    }
    stated.retain(|it| !it.raw.value.trim().is_empty());
    let mut seen: BTreeSet<String> = stated.iter().map(|it| it.raw.value.to_lowercase()).collect();
    let tags = smuggled(root, "license:").into_iter();
    stated.extend(tags.filter(|it| seen.insert(it.value.to_lowercase())).map(bare));
    let first = |key| keys::words(root, key).into_iter().next();
    let name = first(Key::LicenseName).or_else(|| first(Key::LicenseDetails));
    let link = first(Key::LicenseLink);
    if stated.is_empty() {
        return name.or(link).map(|it| wording(it, Meant::Name)).into_iter().collect();
    }
    attach(stated, name.as_ref(), link.as_ref())
}

/// One license of a card, with the link that is written inside of it.
struct Stated {
    raw: Spanned<String>,
    link: Option<Spanned<String>>,
}

fn collect(source: &Source, node: &Node, stated: &mut Vec<Stated>) {
    for item in node.items() {
        match &item.value {
            // `{license}` in a template is a mapping to YAML and a placeholder to everybody else.
            Value::Map(entries) if entries.iter().all(|(_, it)| it.value == Value::Null) => {
                let raw = source.slice(item.at).to_owned();
                stated.push(Stated { raw: Spanned::new(raw, item.at), link: None });
            }
            Value::Map(_) => named_inside(item, stated),
            Value::List(_) => stated.extend(item.scalars().into_iter().map(bare)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                stated.extend(item.words().map(bare));
            }
        }
    }
}

fn bare(raw: Spanned<String>) -> Stated {
    Stated { raw, link: None }
}

/// `license: {name: …, link: …}`, or one license for each configuration of a dataset.
fn named_inside(node: &Node, stated: &mut Vec<Stated>) {
    let first = |names: &[&str]| names.iter().find_map(|it| node.get(it)?.words());
    match first(&["id", "name", "license", "type"]) {
        Some(raw) => stated.push(Stated { raw, link: first(&["link", "url", "path"]) }),
        None => stated.extend(node.scalars().into_iter().map(bare)),
    }
}

/// `license_name` and `license_link` explain the license that is called `other`: if none is, the
/// first.
fn attach(
    stated: Vec<Stated>,
    name: Option<&Spanned<String>>,
    link: Option<&Spanned<String>>,
) -> Vec<Wording> {
    let is_other = |it: &Stated| it.raw.value.trim().to_lowercase().starts_with("other");
    let any_other = stated.iter().any(is_other);
    let explained = |at: usize, it: &Stated| if any_other { is_other(it) } else { at == 0 };
    let mut found = Vec::new();
    for (at, it) in stated.into_iter().enumerate() {
        let explained = explained(at, &it);
        let name = name.filter(|_| explained).cloned();
        let link = it.link.or_else(|| link.filter(|_| explained).cloned());
        found.push(wording(it.raw, Meant::HubId { name, link }));
    }
    found
}

fn wording(raw: Spanned<String>, meant: Meant) -> Wording {
    let evidence = Evidence { at: raw.at, origin: Origin::Card, strength: Strength::Declared };
    Wording { raw, evidence, meant }
}
