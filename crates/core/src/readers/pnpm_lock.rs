//! `pnpm-lock.yaml`, of versions 5, 6 and 9.

use std::collections::BTreeMap;

use crate::component::{Scope, Use};
use crate::readers::locked;
use crate::reading::{Read, Reader, Reading, Sighting};
use crate::source::{Source, Spanned};
use crate::value::{Node, yaml};

/// The reader of pnpm lockfiles.
pub(super) const READER: Reader = Reader {
    name: "pnpm-lock",
    reads: "the dependencies that pnpm-lock.yaml pins",
    wants: |path| path.rsplit('/').next() == Some("pnpm-lock.yaml"),
    read: Read::Text(read),
};

/// The fields that name what a package needs, and when.
const FIELDS: [(&str, Scope); 3] = [
    ("dependencies", Scope::Normal),
    ("optionalDependencies", Scope::Optional),
    ("devDependencies", Scope::Dev),
];

fn read(source: &Source) -> Reading {
    let parsed = yaml::parse(source);
    let mut sightings = Vec::new();
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for root in &parsed.documents {
        sightings.extend(project(root));
        // Version 9 keeps what packages need apart from what they are.
        for table in ["packages", "snapshots"] {
            let listed = root.get(table).map(Node::entries).unwrap_or_default();
            for (key, node) in listed.iter().take(locked::MOST_PACKAGES) {
                let Some((name, version)) = identity(key, node) else { continue };
                let index = *seen.entry((name.clone(), version.clone())).or_insert_with(|| {
                    sightings.push(locked::package("npm", name, Some(version), key.at));
                    sightings.len() - 1
                });
                sightings[index].uses.extend(needs(node));
            }
        }
    }
    Reading { sightings, problems: parsed.problems }
}

/// The needs of the package in the directory of the file, which only its manifest names.
fn project(root: &Node) -> Option<Sighting> {
    let importer = match root.get("importers") {
        Some(all) => all.get(".")?,
        None => root,
    };
    let uses = needs(importer);
    let first = uses.first()?.target.at;
    Some(locked::directory(first, uses))
}

fn needs(node: &Node) -> Vec<Use> {
    let mut found = Vec::new();
    for (field, scope) in FIELDS {
        let entries = node.get(field).map(Node::entries).unwrap_or_default();
        found.extend(entries.iter().filter_map(|(key, value)| need(key, value, scope)));
    }
    found
}

fn need(key: &Spanned<String>, value: &Node, scope: Scope) -> Option<Use> {
    let version = value.get("version").unwrap_or(value).words()?.value;
    // A package of the same workspace.
    if version.starts_with("link:") || version.starts_with("file:") {
        return None;
    }
    let is_number = version.starts_with(|it: char| it.is_ascii_digit());
    let (name, version) = if is_number {
        (key.value.clone(), without_peers(&version).to_owned())
    } else {
        split(&version)?
    };
    Some(locked::depends("npm", &name, Some(&version), scope, key.at))
}

fn identity(key: &Spanned<String>, node: &Node) -> Option<(String, String)> {
    let stated = |field: &str| node.get(field).and_then(Node::words).map(|it| it.value);
    match (stated("name"), stated("version")) {
        (Some(name), Some(version)) => Some((name, version)),
        (_, version) => {
            let (name, in_key) = split(&key.value)?;
            Some((name, version.unwrap_or(in_key)))
        }
    }
}

/// `name@1.2.3(peer@4)`, with a slash before it in version 6; `/name/1.2.3_peer@4` in version 5.
fn split(key: &str) -> Option<(String, String)> {
    let bare = key.strip_prefix('/').unwrap_or(key);
    let bare = &bare[..bare.find('(').unwrap_or(bare.len())];
    let scope = if bare.starts_with('@') { bare.find('/')? + 1 } else { 0 };
    let end = scope + bare[scope..].find(['@', '/'])?;
    let (name, version) = (&bare[..end], without_peers(&bare[end + 1..]));
    let is_number = version.starts_with(|it: char| it.is_ascii_digit());
    (!name.is_empty() && is_number).then(|| (name.to_owned(), version.to_owned()))
}

fn without_peers(version: &str) -> &str {
    &version[..version.find(['(', '_']).unwrap_or(version.len())]
}
