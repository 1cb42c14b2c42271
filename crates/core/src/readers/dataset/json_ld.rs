//! JSON-LD: Croissant, schema.org and CodeMeta.

use crate::component::{How, Kind, Reference};
use crate::readers::address;
use crate::readers::sidecar::{self, LIST_LIMIT};
use crate::reading::{Meant, Sighting};
use crate::source::{Source, Spanned};
use crate::value::{Node, Value};

/// Parts of a context or of `conformsTo` that tell a vocabulary that is understood.
const VOCABULARIES: [&str; 4] = ["schema.org", "mlcommons.org/croissant", "codemeta", "ro/crate"];

/// Ways to write the key of a license. `sdLicense` is that of the description, not of the data.
const LICENSE: [&str; 8] = [
    "license",
    "sc:license",
    "schema:license",
    "dct:license",
    "https://schema.org/license",
    "http://schema.org/license",
    "licenseId",
    "dcterms:license",
];

/// Ways to write what something was made from.
const BASED_ON: [&str; 5] =
    ["isBasedOn", "sc:isBasedOn", "schema:isBasedOn", "prov:wasDerivedFrom", "wasDerivedFrom"];

/// Says what the metadata says, if it is JSON-LD of a known vocabulary.
pub(super) fn describe(source: &Source, root: &Node, seen: &mut Sighting) -> Option<Kind> {
    let things: Vec<&Node> = root.items().iter().take(LIST_LIMIT).collect();
    if !things.iter().any(|it| is_known(it)) {
        return None;
    }
    let mut kind = None;
    for thing in things {
        let graph = thing.get("@graph").map_or(&[][..], Node::items);
        for thing in std::iter::once(thing).chain(graph.iter().take(LIST_LIMIT)) {
            if let Some(found) = describe_thing(source, thing, seen) {
                kind = Some(if kind == Some(Kind::Dataset) { Kind::Dataset } else { found });
            }
        }
    }
    kind
}

/// Adds what is said of a thing that is a dataset, whatever its type says.
pub(super) fn describe_dataset(source: &Source, thing: &Node, seen: &mut Sighting) {
    add(source, thing, Kind::Dataset, seen);
}

fn describe_thing(source: &Source, thing: &Node, seen: &mut Sighting) -> Option<Kind> {
    let kind = kind(thing)?;
    add(source, thing, kind, seen);
    Some(kind)
}

fn add(source: &Source, thing: &Node, kind: Kind, seen: &mut Sighting) {
    for node in LICENSE.iter().filter_map(|it| thing.get(it)) {
        licenses(node, seen);
    }
    let parts = thing.get("distribution").map_or(&[][..], Node::items);
    for node in parts.iter().take(LIST_LIMIT).filter_map(|it| it.get("license")) {
        licenses(node, seen);
    }
    names(source, thing, seen);
    for node in BASED_ON.iter().filter_map(|it| thing.get(it)).flat_map(Node::items) {
        // An `@id` that is no address only stands for something in the same file.
        let id = sidecar::first(node, &["@id"]).filter(|it| it.value.contains("://"));
        let stated = ["url", "sc:url", "prov:locatedAt", "sameAs"];
        let words = node.words().or_else(|| sidecar::first(node, &stated)).or(id);
        let words = words.or_else(|| sidecar::first(node, &["name", "sc:name"]));
        if let Some(words) = words.filter(|it| !it.value.trim().is_empty()) {
            seen.uses.push(address::target(source, &words, How::DerivedFrom, kind));
        }
    }
    seen.traits.extend(thing.get("conformsTo").into_iter().flat_map(sidecar::scalars));
}

/// Whether the thing says that it is written in a vocabulary that is understood.
fn is_known(thing: &Node) -> bool {
    let stated = ["@context", "conformsTo", "dct:conformsTo"];
    let mut words = stated.iter().filter_map(|it| thing.get(it)).flat_map(Node::scalars);
    words.any(|it| VOCABULARIES.iter().any(|known| it.value.contains(known)))
}

/// What kind of thing the type says it is; nothing for people, files and other parts.
fn kind(thing: &Node) -> Option<Kind> {
    let types = ["@type", "type"].iter().filter_map(|it| thing.get(it)).flat_map(sidecar::scalars);
    let bare = |it: &str| it.rsplit(['/', ':', '#']).next().unwrap_or(it).to_owned();
    types.map(|it| bare(&it.value)).find_map(|it| match it.as_str() {
        "Dataset" | "DataCatalog" | "DataDownload" => Some(Kind::Dataset),
        "SoftwareSourceCode" | "SoftwareApplication" => Some(Kind::Code),
        it if it.ends_with("Article") || it.ends_with("Posting") => Some(Kind::Document),
        "CreativeWork" | "Book" | "Chapter" | "Thesis" | "WebPage" | "Report" => {
            Some(Kind::Document)
        }
        _ => None,
    })
}

/// Words, a list of them, or an object that stands for the license.
fn licenses(node: &Node, seen: &mut Sighting) {
    for item in node.items().iter().take(LIST_LIMIT) {
        match &item.value {
            Value::Map(_) => {
                let stated = ["identifier", "url", "@id", "name", "sc:url", "sc:name"];
                let words = sidecar::first(item, &stated);
                seen.licenses.extend(words.map(|it| sidecar::wording(it, Meant::Name)));
            }
            Value::Null | Value::List(_) => {}
            Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                seen.licenses.extend(item.words().iter().flat_map(sidecar::license));
            }
        }
    }
}

/// The hub's own name for a dataset, which its address tells, then the one it is given.
fn names(source: &Source, thing: &Node, seen: &mut Sighting) {
    let address = sidecar::first(thing, &["url", "sc:url", "@id"]);
    let address = address.and_then(|it| address::hub_name(source, &it));
    let hub = address.filter(|it| it.kind == Kind::Dataset).map(|it| it.name);
    let given = sidecar::first(thing, &["name", "sc:name"]);
    let is_title = |it: &Spanned<String>| !address::is_hub_name(&it.value);
    seen.names.extend(hub.into_iter().chain(given.filter(is_title)).map(|it| it.map(Reference)));
}
