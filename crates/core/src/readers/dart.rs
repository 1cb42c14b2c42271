//! `pubspec.yaml` and `pubspec.lock` of Dart.

use crate::component::Scope;
use crate::readers::{locked, manifest};
use crate::reading::{Read, Reader, Reading, Subject};
use crate::source::Source;
use crate::value::{Node, yaml};

/// The reader of Dart manifests, which have no field for a license.
pub(super) const MANIFEST: Reader = Reader {
    name: "pubspec",
    reads: "a Dart package and what it needs in pubspec.yaml",
    wants: |path| path.rsplit('/').next() == Some("pubspec.yaml"),
    read: Read::Text(read_manifest),
};

/// The reader of Dart lockfiles.
pub(super) const LOCK: Reader = Reader {
    name: "pubspec-lock",
    reads: "the dependencies that pubspec.lock pins",
    wants: |path| path.rsplit('/').next() == Some("pubspec.lock"),
    read: Read::Text(read_lock),
};

fn read_manifest(source: &Source) -> Reading {
    let parsed = yaml::parse(source);
    let root = parsed.root();
    let words = |field: &str| root?.get(field)?.words();
    let mut sightings = Vec::new();
    if let Some(name) = words("name") {
        let version = words("version").map(|it| it.value);
        let subject = Subject::Package { ecosystem: "pub", name: name.value.clone(), version };
        let mut seen = manifest::sighting(subject, name);
        seen.private = words("publish_to").is_some_and(|it| it.value == "none");
        for (field, scope) in [("dependencies", Scope::Normal), ("dev_dependencies", Scope::Dev)] {
            let needs = root.and_then(|it| it.get(field)).map(Node::entries).unwrap_or_default();
            // What comes with the tool chain is no package.
            let needs = needs.iter().filter(|(_, it)| it.get("sdk").is_none());
            let needs =
                needs.map(|(key, _)| locked::depends("pub", &key.value, None, scope, key.at));
            seen.uses.extend(needs);
        }
        sightings.push(seen);
    }
    Reading { sightings, problems: parsed.problems }
}

fn read_lock(source: &Source) -> Reading {
    let parsed = yaml::parse(source);
    let listed = parsed.root().and_then(|it| it.get("packages")).map(Node::entries);
    let mut sightings = Vec::new();
    for (key, node) in listed.unwrap_or_default().iter().take(locked::MOST_PACKAGES) {
        let said = |field: &str| node.get(field).and_then(Node::words).map(|it| it.value);
        let origin = said("source");
        if origin.as_deref() == Some("sdk") {
            continue;
        }
        let mut seen = locked::package("pub", key.value.clone(), said("version"), key.at);
        seen.foreign = origin.as_deref() != Some("path");
        sightings.push(seen);
    }
    Reading { sightings, problems: parsed.problems }
}
