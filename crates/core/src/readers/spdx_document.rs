//! SPDX documents of version 2, in JSON and as tags and values.

use crate::component::{How, Kind, Scope, Strength};
use crate::readers::bill::{Bill, Texts, Thing, stated};
use crate::readers::lines::lines;
use crate::readers::sidecar;
use crate::source::{Source, Span, Spanned};
use crate::value::{Node, Value};

/// Reads a whole document, as JSON has it.
pub(super) fn bill(root: &Node) -> Bill {
    let mut bill = Bill::default();
    let mut texts = Texts::default();
    for it in items(root, "hasExtractedLicensingInfos") {
        if let (Some(id), Some(text)) = (words(it, "licenseId"), words(it, "extractedText")) {
            texts.add(&id.value, &text.value);
        }
    }
    for it in items(root, "packages").filter_map(|it| package(it, &texts)) {
        if !bill.is_full() {
            bill.things.push(it);
        }
    }
    let named = items(root, "documentDescribes").filter_map(Node::words);
    bill.about.extend(named.map(|it| it.value));
    for it in items(root, "relationships") {
        let ends = (words(it, "spdxElementId"), words(it, "relatedSpdxElement"));
        if let (Some(from), Some(to), Some(sort)) = (ends.0, ends.1, words(it, "relationshipType"))
        {
            tie(&mut bill, from, &sort.value, to);
        }
    }
    bill
}

/// The fields that state a license, and how much weight each has.
const STATED: [(&str, Strength); 3] = [
    ("licenseDeclared", Strength::Declared),
    ("licenseConcluded", Strength::Declared),
    ("licenseInfoFromFiles", Strength::Detected),
];

fn package(node: &Node, texts: &Texts) -> Option<Thing> {
    let name = words(node, "name").filter(|it| !it.value.trim().is_empty())?;
    let mut thing = Thing::new(name, Kind::Code);
    thing.id = words(node, "SPDXID").map(|it| it.value);
    thing.version = words(node, "versionInfo").map(|it| it.value);
    for it in items(node, "externalRefs") {
        let sort = words(it, "referenceType").is_some_and(|it| it.value.ends_with("purl"));
        thing.purl =
            thing.purl.or(words(it, "referenceLocator").filter(|_| sort).map(|it| it.value));
    }
    for (field, strength) in STATED {
        let Some(at) = node.all(field).next().map(|it| it.at) else { continue };
        for it in items(node, field).filter_map(Node::words).take(sidecar::LIST_LIMIT) {
            thing.licenses.extend(stated(it, texts, (at, strength)));
        }
    }
    Some(thing)
}

/// Adds a relationship, whichever way round it is told.
fn tie(bill: &mut Bill, from: Spanned<String>, sort: &str, to: Spanned<String>) {
    const BACK: bool = true;
    let (how, scope, is_back) = match sort {
        "DESCRIBES" => return bill.about.push(to.value),
        "DESCRIBED_BY" => return bill.about.push(from.value),
        "DEPENDS_ON" | "DYNAMIC_LINK" | "STATIC_LINK" | "HAS_PREREQUISITE" => {
            (How::DependsOn, Scope::Normal, !BACK)
        }
        "DEPENDENCY_OF"
        | "RUNTIME_DEPENDENCY_OF"
        | "PREREQUISITE_FOR"
        | "PROVIDED_DEPENDENCY_OF" => (How::DependsOn, Scope::Normal, BACK),
        "DEV_DEPENDENCY_OF" | "TEST_DEPENDENCY_OF" | "DEV_TOOL_OF" | "TEST_TOOL_OF" => {
            (How::DependsOn, Scope::Dev, BACK)
        }
        "BUILD_DEPENDENCY_OF" | "BUILD_TOOL_OF" => (How::DependsOn, Scope::Build, BACK),
        "OPTIONAL_DEPENDENCY_OF" | "OPTIONAL_COMPONENT_OF" => {
            (How::DependsOn, Scope::Optional, BACK)
        }
        "CONTAINS" => (How::Contains, Scope::Normal, !BACK),
        "CONTAINED_BY" | "PACKAGE_OF" => (How::Contains, Scope::Normal, BACK),
        "DESCENDANT_OF" | "GENERATED_FROM" => (How::DerivedFrom, Scope::Normal, !BACK),
        "ANCESTOR_OF" | "GENERATES" => (How::DerivedFrom, Scope::Normal, BACK),
        _ => return,
    };
    let (from, to) = if is_back { (to, from) } else { (from, to) };
    bill.tie(&from.value, to, how, scope);
}

/// Tags that are fields of a package, and how JSON calls them.
const FIELDS: [(&str, &str); 5] = [
    ("SPDXID", "SPDXID"),
    ("PackageVersion", "versionInfo"),
    ("PackageLicenseDeclared", "licenseDeclared"),
    ("PackageLicenseConcluded", "licenseConcluded"),
    ("PackageLicenseInfoFromFiles", "licenseInfoFromFiles"),
];

/// A document of tags and values as the tree that it would be in JSON.
pub(super) fn tagged(source: &Source) -> Node {
    let whole = source.span(0..source.text.len());
    let mut root = Vec::new();
    // What the tags that come are about, under the name of the list that it belongs to.
    let mut open: Option<(&str, Fields)> = None;
    let map = |list: &str, entries| (key(list, whole), Node::new(Value::Map(entries), whole));
    for (tag, value) in tags(source) {
        let (at, node) = (value.at, Node::new(Value::String(value.value), value.at));
        let entry = |name: &str| (key(name, at), node.clone());
        let begun = match tag {
            "PackageName" => Some(("packages", vec![entry("name")])),
            "LicenseID" => Some(("hasExtractedLicensingInfos", vec![entry("licenseId")])),
            "FileName" | "SnippetSPDXID" => Some(("files", Vec::new())),
            "Relationship" => Some(("relationships", relationship(&node))),
            _ => None,
        };
        if let Some(begun) = begun {
            root.extend(open.replace(begun).map(|(list, entries)| map(list, entries)));
            continue;
        }
        let Some((list, entries)) = &mut open else { continue };
        match (*list, tag) {
            ("hasExtractedLicensingInfos", "ExtractedText") => entries.push(entry("extractedText")),
            ("packages", "ExternalRef") => {
                entries.push((key("externalRefs", at), reference(&node)));
            }
            ("packages", _) => {
                let field = FIELDS.iter().find(|it| it.0 == tag);
                entries.extend(field.map(|it| entry(it.1)));
            }
            _ => {}
        }
    }
    root.extend(open.map(|(list, entries)| map(list, entries)));
    Node::new(Value::Map(root), whole)
}

/// What a mapping holds.
type Fields = Vec<(Spanned<String>, Node)>;

fn key(name: &str, at: Span) -> Spanned<String> {
    Spanned::new(name.to_owned(), at)
}

/// The words of a line as fields called `names`.
fn split(node: &Node, names: [&str; 3]) -> Fields {
    let words = node.as_str().unwrap_or_default().split_whitespace();
    let field = |(name, it): (&str, &str)| {
        (key(name, node.at), Node::new(Value::String(it.to_owned()), node.at))
    };
    names.into_iter().zip(words).map(field).collect()
}

/// `SPDXRef-a DEPENDS_ON SPDXRef-b`.
fn relationship(node: &Node) -> Fields {
    split(node, ["spdxElementId", "relationshipType", "relatedSpdxElement"])
}

/// `PACKAGE-MANAGER purl pkg:npm/ui`.
fn reference(node: &Node) -> Node {
    let fields = split(node, ["referenceCategory", "referenceType", "referenceLocator"]);
    Node::new(Value::Map(fields), node.at)
}

/// `Tag: value`, of which a value in `<text>` may go over lines.
fn tags(source: &Source) -> Vec<(&str, Spanned<String>)> {
    const OPEN: &str = "<text>";
    const CLOSE: &str = "</text>";
    let text: &str = &source.text;
    let (mut found, mut skip_to) = (Vec::new(), 0);
    for (line, at) in lines(source) {
        if at < skip_to || line.starts_with('#') {
            continue;
        }
        let Some((tag, value)) = line.split_once(':') else { continue };
        let mut start = at + line.len() - value.trim_start().len();
        let mut end = at + line.trim_end().len();
        if let Some(rest) = text.get(start..).filter(|it| it.starts_with(OPEN)) {
            start += OPEN.len();
            end = rest.find(CLOSE).map_or(text.len(), |it| start - OPEN.len() + it);
            skip_to = end;
        }
        if start <= end {
            let value = text.get(start..end).unwrap_or_default().to_owned();
            found.push((tag.trim(), Spanned::new(value, source.span(start..end))));
        }
    }
    found
}

/// The elements of a list, which may be written in pieces.
fn items<'n>(node: &'n Node, key: &'n str) -> impl Iterator<Item = &'n Node> {
    node.all(key).flat_map(Node::items)
}

fn words(node: &Node, key: &str) -> Option<Spanned<String>> {
    node.get(key)?.words()
}
