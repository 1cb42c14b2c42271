//! CycloneDX bills of materials, in JSON and XML.

use std::collections::BTreeMap;

use crate::component::{How, Kind, Scope, Strength, Use};
use crate::readers::address;
use crate::readers::bill::{Bill, Texts, Thing, stated, wording};
use crate::readers::{license_text, sidecar};
use crate::reading::{Meant, Wording};
use crate::source::{Source, Span, Spanned};
use crate::value::{Node, Value};

/// How deep components may lie in each other.
const DEEPEST: usize = 64;

/// Reads a whole bill.
pub(super) fn bill(source: &Source, root: &Node) -> Bill {
    let mut bill = Bill::default();
    if let Some(about) = root.get("metadata").and_then(|it| it.get("component")) {
        let first = bill.things.len();
        components(source, [about], &mut bill);
        bill.about.extend(bill.things.get(first).and_then(|it| it.id.clone()));
    }
    components(source, list(root, "components", "component"), &mut bill);
    for it in list(root, "services", "service") {
        services(source, it, &mut bill);
    }
    for node in list(root, "dependencies", "dependency") {
        let Some(from) = words(node, "ref") else { continue };
        let needed = node.get("dependsOn").map(Node::items).unwrap_or_default();
        let needed = needed.iter().filter_map(Node::words);
        let nested = node.all("dependency").filter_map(|it| words(it, "ref"));
        for to in needed.chain(nested) {
            bill.tie(&from.value, to, How::DependsOn, Scope::Normal);
        }
    }
    bill
}

/// A node, how deep it lies, and in or after which thing.
type Waiting<'n> = (&'n Node, usize, Option<(String, How)>);

/// Adds components with all that lie in them and all that they were made from.
fn components<'n>(source: &Source, nodes: impl IntoIterator<Item = &'n Node>, bill: &mut Bill) {
    let mut waiting: Vec<Waiting<'n>> = nodes.into_iter().map(|it| (it, 0, None)).collect();
    waiting.reverse();
    while let Some((node, depth, above)) = waiting.pop() {
        if bill.is_full() || depth > DEEPEST {
            continue;
        }
        let Some(mut thing) = component(source, node) else { continue };
        let number = bill.things.len();
        let id = thing.id.get_or_insert_with(|| format!("#{number}")).clone();
        if let Some((above, how)) = above {
            let to = Spanned::new(id.clone(), thing.name.at);
            bill.tie(&above, to, how, Scope::Normal);
        }
        for it in datasets(node).filter_map(|it| words(it, "ref")) {
            bill.tie(&id, it, How::TrainedOn, Scope::Normal);
        }
        bill.things.push(thing);
        let inner = list(node, "components", "component");
        waiting.extend(inner.map(|it| (it, depth + 1, Some((id.clone(), How::Contains)))));
        let pedigree = node.get("pedigree");
        let before = pedigree.into_iter().flat_map(|it| list(it, "ancestors", "component"));
        waiting.extend(before.map(|it| (it, depth + 1, Some((id.clone(), How::DerivedFrom)))));
        // Of descendants and variants the bill tells no more than that they are somewhere.
    }
}

/// One component; none for what is no work that anybody licenses.
fn component(source: &Source, node: &Node) -> Option<Thing> {
    let name = words(node, "name").filter(|it| !it.value.trim().is_empty())?;
    let sort = words(node, "type").map(|it| it.value).unwrap_or_default();
    let licenses = licenses(node);
    let kind = match sort.as_str() {
        "machine-learning-model" => Kind::Model,
        "data" => Kind::Dataset,
        "cryptographic-asset" | "device" | "operating-system" | "platform" => return None,
        // Tools list every file; those say something whose license differs.
        "file" if licenses.is_empty() => return None,
        _ if node.get("modelCard").is_some() => Kind::Model,
        _ => Kind::Code,
    };
    let group = words(node, "group").filter(|it| !it.value.trim().is_empty());
    let full = group.map(|it| format!("{}/{}", it.value.trim(), name.value.trim()));
    let mut thing = Thing::new(full.map_or(name.clone(), |it| Spanned::new(it, name.at)), kind);
    thing.id = words(node, "bom-ref").map(|it| it.value);
    thing.version = words(node, "version").map(|it| it.value);
    thing.purl = words(node, "purl").map(|it| it.value);
    thing.licenses = licenses;
    if let Some(parameters) = parameters(node) {
        let about = ["task", "architectureFamily", "modelArchitecture"];
        thing.traits = about.iter().filter_map(|it| words(parameters, it)).collect();
        thing.uses = datasets(node).filter_map(|it| dataset(source, it)).collect();
    }
    Some(thing)
}

fn parameters(component: &Node) -> Option<&Node> {
    component.get("modelCard")?.get("modelParameters")
}

fn datasets(component: &Node) -> impl Iterator<Item = &Node> {
    parameters(component).into_iter().flat_map(|it| list(it, "datasets", "dataset"))
}

/// Data that a model card names without a component for it: by its address, else by its name.
fn dataset(source: &Source, node: &Node) -> Option<Use> {
    if field(node, "ref").is_some() {
        return None;
    }
    let address = node.get("contents").and_then(|it| words(it, "url"));
    let address = address.filter(|it| address::hub_name(source, it).is_some());
    let named = || words(node, "name").filter(|it| !it.value.trim().is_empty());
    Some(address::target(source, &address.or_else(named)?, How::TrainedOn, Kind::Dataset))
}

/// Services that state a license. Others are not shipped, and nothing says what they ask.
fn services(source: &Source, node: &Node, bill: &mut Bill) {
    let thing = component(source, node).filter(|it| !it.licenses.is_empty());
    if let Some(thing) = thing.filter(|_| !bill.is_full()) {
        bill.things.push(thing);
    }
}

/// What is stated of a component's license, and what was seen in its files.
fn licenses(component: &Node) -> Vec<Wording> {
    let mut found = Vec::new();
    let observed = component.get("evidence").and_then(|it| it.get("licenses"));
    let stated = component.get("licenses").map(|it| (it, Strength::Declared));
    for (node, strength) in stated.into_iter().chain(observed.map(|it| (it, Strength::Detected))) {
        // Each kind of acknowledgement is a statement of its own, wherever it begins.
        let mut statements: BTreeMap<String, Span> = BTreeMap::new();
        for (is_expression, it) in choices(node).into_iter().take(sidecar::LIST_LIMIT) {
            let by = words(it, "acknowledgement").map(|it| it.value).unwrap_or_default();
            let at = *statements.entry(by).or_insert(it.at);
            let statement = (at, strength);
            found.extend(if is_expression {
                expression(it, statement)
            } else {
                license(it, statement)
            });
        }
    }
    found
}

/// Licenses and expressions of a list, in JSON and in XML: whether it is an expression, and it.
fn choices(node: &Node) -> Vec<(bool, &Node)> {
    if let Value::List(items) = &node.value {
        let choice = |it: &'_ Node| it.get("license").is_none();
        return items.iter().map(|it| (choice(it), it.get("license").unwrap_or(it))).collect();
    }
    let licenses = node.all("license").map(|it| (false, it));
    licenses.chain(node.all("expression").map(|it| (true, it))).collect()
}

fn expression(node: &Node, statement: (Span, Strength)) -> Vec<Wording> {
    let raw = words(node, "expression").or_else(|| text(node));
    let mut texts = Texts::default();
    let details = node.get("expressionDetails").map(Node::items).unwrap_or_default();
    for it in details.iter().take(sidecar::LIST_LIMIT) {
        if let (Some(id), Some(text)) = (words(it, "licenseIdentifier"), attached(it)) {
            texts.add(&id.value, &text.value);
        }
    }
    raw.map(|it| stated(it, &texts, statement)).unwrap_or_default()
}

/// A license by its id; else by a text that is known; else by name and address.
fn license(node: &Node, statement: (Span, Strength)) -> Vec<Wording> {
    let said = |key: &str| words(node, key).filter(|it| !it.value.trim().is_empty());
    if let Some(id) = said("id") {
        return vec![wording(id, Meant::Expression, statement)];
    }
    let (name, address, text) = (said("name"), said("url"), attached(node));
    let found = text.as_ref().map(|it| license_text::find(&it.value)).unwrap_or_default();
    let title = name.clone().or_else(|| address.clone());
    match (title, text) {
        (Some(raw), _) if !found.is_empty() => {
            let meant = found.into_iter().map(license_text::Found::meant);
            meant.map(|it| wording(raw.clone(), it, statement)).collect()
        }
        (Some(raw), _) => {
            let link = address.filter(|_| name.is_some());
            let meant = link.map_or(Meant::Name, |it| Meant::HubId { name: None, link: Some(it) });
            vec![wording(raw, meant, statement)]
        }
        (None, Some(text)) => {
            let mut all = license_text::of_field(&text, crate::component::Origin::Sbom);
            for it in &mut all {
                (it.evidence.at, it.evidence.strength) = statement;
            }
            all
        }
        (None, None) => Vec::new(),
    }
}

/// The text of a license, unless it is encoded.
fn attached(node: &Node) -> Option<Spanned<String>> {
    let text = node.get("text")?;
    if field(text, "encoding").is_some() {
        return None;
    }
    words(text, "content").or_else(|| self::text(text))
}

/// A field: in XML some are attributes.
fn field<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.get(key).or_else(|| node.get(&format!("@{key}")))
}

/// The words of a field.
fn words(node: &Node, key: &str) -> Option<Spanned<String>> {
    field(node, key).and_then(text)
}

/// The words of a value: in XML they may stand beside attributes.
fn text(node: &Node) -> Option<Spanned<String>> {
    node.words().or_else(|| node.get("#text")?.words())
}

/// A list: in XML its elements have a name of their own.
fn list<'n>(node: &'n Node, key: &str, each: &'static str) -> impl Iterator<Item = &'n Node> {
    let list = node.get(key);
    let items = list.map(|it| match &it.value {
        Value::List(items) => items.as_slice(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Map(_) => &[],
    });
    let elements = list.into_iter().flat_map(move |it| it.all(each));
    items.unwrap_or_default().iter().chain(elements)
}
