//! SPDX documents of version 3: a graph of elements in JSON-LD.

use std::collections::BTreeMap;

use crate::component::{How, Kind, Scope, Strength};
use crate::readers::bill::{Bill, Texts, Thing, stated};
use crate::source::{Span, Spanned};
use crate::value::Node;

/// How deep sets of licenses may lie in each other.
const DEEPEST: usize = 16;

/// The longest expression that is put together from a set.
const LONGEST: usize = 10_000;

/// Where the licenses of the SPDX list live.
const LISTED: [&str; 2] = ["https://spdx.org/licenses/", "http://spdx.org/licenses/"];

/// What relationships point to.
struct Elements<'n> {
    by_id: BTreeMap<String, &'n Node>,
    /// What the texts of licenses are, by the ids of the elements that hold them.
    texts: Texts,
}

impl<'n> Elements<'n> {
    fn of(graph: &'n [Node]) -> Self {
        let (mut by_id, mut texts) = (BTreeMap::new(), Texts::default());
        for node in graph {
            let Some(id) = id(node) else { continue };
            let text = ["simplelicensing_licenseText", "expandedlicensing_licenseText"];
            if let Some(text) = text.iter().find_map(|it| words(node, it)) {
                texts.add(&id.value, &text.value);
            }
            by_id.insert(id.value, node);
        }
        Self { by_id, texts }
    }
}

/// Reads a whole document.
pub(super) fn bill(root: &Node) -> Bill {
    let listed = root.get("@graph").map(Node::items).unwrap_or_default();
    let graph = if listed.is_empty() { std::slice::from_ref(root) } else { listed };
    let elements = Elements::of(graph);
    let mut bill = Bill::default();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for node in graph {
        let Some(thing) = package(node).filter(|_| !bill.is_full()) else { continue };
        places.extend(thing.id.clone().map(|it| (it, bill.things.len())));
        bill.things.push(thing);
    }
    for node in graph.iter().filter(|it| sort(it).ends_with("Relationship")) {
        let (Some(from), Some(sort)) = (words(node, "from"), words(node, "relationshipType"))
        else {
            continue;
        };
        let ends = node.get("to").map(Node::items).unwrap_or_default();
        for to in ends {
            let Some(end) = to.words().or_else(|| id(to)) else { continue };
            let Some(strength) = states(&sort.value) else {
                tie(&mut bill, &from, &sort.value, end, scope(node));
                continue;
            };
            let thing = places.get(&from.value).and_then(|it| bill.things.get_mut(*it));
            if let Some(thing) = thing {
                let statement = (node.at, strength);
                let wordings = license(&end, (to, &elements), statement);
                thing.licenses.extend(wordings);
            }
        }
    }
    for it in graph.iter().filter(|it| sort(it) == "software_Sbom") {
        let roots = it.get("rootElement").map(Node::items).unwrap_or_default();
        bill.about.extend(roots.iter().filter_map(Node::words).map(|it| it.value));
    }
    bill
}

fn package(node: &Node) -> Option<Thing> {
    let kind = match (sort(node).as_str(), words(node, "software_primaryPurpose")) {
        ("ai_AIPackage" | "AIPackage", _) => Kind::Model,
        ("dataset_DatasetPackage" | "DatasetPackage" | "dataset_Dataset", _) => Kind::Dataset,
        ("software_Package" | "Package", Some(it)) if it.value == "model" => Kind::Model,
        ("software_Package" | "Package", Some(it)) if it.value == "data" => Kind::Dataset,
        ("software_Package" | "Package", _) => Kind::Code,
        _ => return None,
    };
    let name = words(node, "name").filter(|it| !it.value.trim().is_empty())?;
    let mut thing = Thing::new(name, kind);
    thing.id = id(node).map(|it| it.value);
    thing.version = words(node, "software_packageVersion").map(|it| it.value);
    thing.purl = words(node, "software_packageUrl").map(|it| it.value);
    for it in node.get("externalIdentifier").map(Node::items).unwrap_or_default() {
        let sort = words(it, "externalIdentifierType");
        let is_url = sort
            .is_some_and(|it| matches!(it.value.as_str(), "packageUrl" | "packageURL" | "purl"));
        let found = words(it, "identifier").filter(|_| is_url);
        thing.purl = thing.purl.or(found.map(|it| it.value));
    }
    let about = node.get("ai_typeOfModel").map(Node::items).unwrap_or_default();
    thing.traits = about.iter().filter_map(Node::words).collect();
    Some(thing)
}

/// Whether a relationship states a license, and with what weight.
fn states(sort: &str) -> Option<Strength> {
    matches!(sort, "hasDeclaredLicense" | "hasConcludedLicense").then_some(Strength::Declared)
}

fn tie(bill: &mut Bill, from: &Spanned<String>, sort: &str, to: Spanned<String>, scope: Scope) {
    let how = match sort {
        "trainedOn" | "finetunedOn" => How::TrainedOn,
        "testedOn" => How::EvaluatedOn,
        "dependsOn" | "hasDynamicLink" | "hasStaticLink" | "hasPrerequisite" => How::DependsOn,
        "hasOptionalDependency" | "hasOptionalComponent" => {
            return bill.tie(&from.value, to, How::DependsOn, Scope::Optional);
        }
        "contains" => How::Contains,
        "descendantOf" => How::DerivedFrom,
        "ancestorOf" | "generates" => {
            let back = Spanned::new(from.value.clone(), from.at);
            return bill.tie(&to.value, back, How::DerivedFrom, scope);
        }
        _ => return,
    };
    bill.tie(&from.value, to, how, scope);
}

/// When one end needs the other, where the relationship is one of a phase.
fn scope(node: &Node) -> Scope {
    match words(node, "scope").map(|it| it.value).as_deref() {
        Some("development" | "test") => Scope::Dev,
        Some("build" | "design") => Scope::Build,
        _ => Scope::Normal,
    }
}

/// What the license at one end of a relationship is: an element of the graph, one that stands in
/// the place, or one of the list.
fn license(
    end: &Spanned<String>,
    (node, elements): (&Node, &Elements<'_>),
    statement: (Span, Strength),
) -> Vec<crate::reading::Wording> {
    let inline = Some(node).filter(|it| !it.entries().is_empty());
    let element = inline.or_else(|| elements.by_id.get(&end.value).copied());
    if let Some(raw) = element.and_then(|it| words(it, "simplelicensing_licenseExpression")) {
        return stated(raw, &elements.texts, statement);
    }
    if elements.texts.has(&end.value) {
        return stated(end.clone(), &elements.texts, statement);
    }
    let put_together = spelled(&end.value, elements, DEEPEST);
    let raw = put_together.map(|it| Spanned::new(it, end.at));
    raw.map(|it| stated(it, &elements.texts, statement)).unwrap_or_default()
}

/// The expression that a license element stands for. `None` for what says nothing.
fn spelled(id: &str, elements: &Elements<'_>, depth: usize) -> Option<String> {
    if let Some(listed) = LISTED.iter().find_map(|it| id.strip_prefix(it)) {
        return Some(listed.to_owned());
    }
    let node = elements.by_id.get(id).filter(|_| depth > 0)?;
    let (sort, inner) = (sort(node), |it: &str| spelled(it, elements, depth - 1));
    let one = |key: &str| words(node, key).and_then(|it| inner(&it.value));
    let found = match sort.as_str() {
        "expandedlicensing_ConjunctiveLicenseSet" | "expandedlicensing_DisjunctiveLicenseSet" => {
            let between = if sort.contains("Conjunctive") { " AND " } else { " OR " };
            let members = node.get("expandedlicensing_member").map(Node::items)?;
            // A member that nobody can name makes the whole one that nobody can.
            let mut all = String::new();
            for it in members {
                all.push_str(if all.is_empty() { "(" } else { between });
                all.push_str(&inner(&it.words()?.value)?);
                if all.len() > LONGEST {
                    return None;
                }
            }
            all + ")"
        }
        "expandedlicensing_OrLaterOperator" => {
            format!("{}+", one("expandedlicensing_subjectLicense")?)
        }
        "expandedlicensing_WithAdditionOperator" => {
            let addition = one("expandedlicensing_subjectAddition")?;
            format!("{} WITH {addition}", one("expandedlicensing_subjectExtendableLicense")?)
        }
        "simplelicensing_LicenseExpression" => {
            let words = words(node, "simplelicensing_licenseExpression")?.value;
            format!("({words})")
        }
        _ => words(node, "name")?.value,
    };
    Some(found).filter(|it| it.len() <= LONGEST)
}

fn id(node: &Node) -> Option<Spanned<String>> {
    words(node, "spdxId").or_else(|| words(node, "@id"))
}

fn sort(node: &Node) -> String {
    let sort = words(node, "type").or_else(|| words(node, "@type"));
    sort.map(|it| it.value).unwrap_or_default()
}

fn words(node: &Node, key: &str) -> Option<Spanned<String>> {
    node.get(key)?.words()
}
