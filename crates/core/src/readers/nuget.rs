//! `NAME.nuspec` and `packages.lock.json` of .NET.

use std::collections::{BTreeMap, BTreeSet};

use crate::component::{Scope, Use};
use crate::readers::{locked, manifest};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject};
use crate::source::{Source, Spanned};
use crate::value::{Node, json, xml};

/// The reader of package specifications.
pub(super) const NUSPEC: Reader = Reader {
    name: "nuspec",
    reads: "the license of a .NET package in its specification",
    wants: |path| path.ends_with(".nuspec"),
    read: Read::Text(read_nuspec),
};

/// The reader of .NET lockfiles.
pub(super) const LOCK: Reader = Reader {
    name: "nuget-lock",
    reads: "the dependencies that packages.lock.json pins",
    wants: |path| path.rsplit('/').next() == Some("packages.lock.json"),
    read: Read::Text(read_lock),
};

/// An address that stands where the license is written in a field of its own.
const DEPRECATED: &str = "https://aka.ms/deprecateLicenseUrl";

fn read_nuspec(source: &Source) -> Reading {
    let parsed = xml::parse(source);
    let metadata = parsed.root().and_then(|it| it.get("package")?.get("metadata"));
    let sightings = metadata.and_then(own).into_iter().collect();
    Reading { sightings, problems: parsed.problems }
}

fn own(metadata: &Node) -> Option<Sighting> {
    let name = metadata.get("id")?.words()?;
    let version = metadata.get("version").and_then(Node::words).map(|it| it.value);
    let subject = Subject::Package { ecosystem: "nuget", name: name.value.clone(), version };
    let mut seen = manifest::sighting(subject, name);
    if let Some(license) = metadata.get("license") {
        let is_file = license.get("@type").and_then(Node::as_str) == Some("file");
        let meant = if is_file { Meant::File } else { Meant::Expression };
        let words = license.get("#text").unwrap_or(license).words();
        seen.licenses.extend(words.map(|it| manifest::wording(it, meant)));
    }
    let address = metadata.get("licenseUrl").and_then(Node::words);
    let address = address.filter(|it| it.value != DEPRECATED && seen.licenses.is_empty());
    seen.licenses.extend(address.map(|it| manifest::wording(it, Meant::Name)));
    let dependencies = metadata.get("dependencies");
    let groups = dependencies.into_iter().flat_map(|it| it.all("group")).chain(dependencies);
    let mut known = BTreeSet::new();
    for it in groups.flat_map(|it| it.all("dependency")).take(locked::MOST_PACKAGES) {
        if let Some(id) =
            it.get("@id").and_then(Node::words).filter(|it| known.insert(it.value.clone()))
        {
            seen.uses.push(locked::depends("nuget", &id.value, None, Scope::Normal, id.at));
        }
    }
    Some(seen)
}

fn read_lock(source: &Source) -> Reading {
    let parsed = json::parse(source);
    let frameworks = parsed.root().and_then(|it| it.get("dependencies")).map(Node::entries);
    let (mut sightings, mut uses) = (Vec::new(), Vec::new());
    for (_, packages) in frameworks.unwrap_or_default() {
        let mut resolved = BTreeMap::new();
        for (key, node) in packages.entries() {
            if let Some(version) = node.get("resolved").and_then(Node::as_str) {
                resolved.insert(key.value.to_ascii_lowercase(), (key.value.as_str(), version));
            }
        }
        for (key, node) in packages.entries().iter().take(locked::MOST_PACKAGES) {
            let said = |field: &str| node.get(field).and_then(Node::as_str);
            // A project of the same solution has no version here.
            let Some(version) = said("resolved") else { continue };
            if said("type") == Some("Direct") {
                let scope = Scope::Normal;
                uses.push(locked::depends("nuget", &key.value, Some(version), scope, key.at));
            }
            let version = Some(version.to_owned());
            let mut seen = locked::package("nuget", key.value.clone(), version, key.at);
            seen.uses = needs(node, &resolved);
            sightings.push(seen);
        }
    }
    if let Some(first) = uses.first().map(|it| it.target.at) {
        sightings.push(locked::directory(first, uses));
    }
    Reading { sightings, problems: parsed.problems }
}

/// What a package needs is listed with the least version that will do; which it came to stands in
/// the entry of the other.
fn needs(node: &Node, resolved: &BTreeMap<String, (&str, &str)>) -> Vec<Use> {
    let listed = node.get("dependencies").map(Node::entries).unwrap_or_default();
    let need = |key: &Spanned<String>| {
        let (name, version) = resolved.get(&key.value.to_ascii_lowercase())?;
        Some(locked::depends("nuget", name, Some(version), Scope::Normal, key.at))
    };
    listed.iter().filter_map(|(key, _)| need(key)).collect()
}
