//! `Cargo.lock`, in all four of its versions.

use std::collections::BTreeMap;

use crate::component::{Scope, Use};
use crate::readers::locked;
use crate::reading::{Read, Reader, Reading, Sighting};
use crate::source::{Source, Spanned};
use crate::value::{Node, toml};

/// The reader of Cargo lockfiles.
pub(super) const READER: Reader = Reader {
    name: "cargo-lock",
    reads: "the dependencies that Cargo.lock pins",
    wants: |path| path == "Cargo.lock" || path.ends_with("/Cargo.lock"),
    read: Read::Text(read),
};

fn read(source: &Source) -> Reading {
    let parsed = toml::parse(source);
    let tables = parsed.root().map(Node::entries).unwrap_or_default();
    // The first version kept the package of the directory apart.
    let listed = tables.iter().filter(|(key, _)| key.value == "package" || key.value == "root");
    let packages: Vec<Package> = listed
        .flat_map(|(_, it)| it.items())
        .take(locked::MOST_PACKAGES)
        .filter_map(package)
        .collect();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for it in &packages {
        versions.entry(&it.name.value).or_default().push(&it.version);
    }
    let sightings = packages.iter().map(|it| sighting(it, &versions)).collect();
    Reading { sightings, problems: parsed.problems }
}

struct Package<'n> {
    name: Spanned<String>,
    version: String,
    /// Whether it comes from a registry or a repository, and is no member of the workspace.
    foreign: bool,
    needs: &'n [Node],
}

fn package(node: &Node) -> Option<Package<'_>> {
    Some(Package {
        name: node.get("name")?.words()?,
        version: node.get("version")?.words()?.value,
        foreign: node.get("source").is_some(),
        needs: node.get("dependencies").map(Node::items).unwrap_or_default(),
    })
}

fn sighting(package: &Package<'_>, versions: &BTreeMap<&str, Vec<&str>>) -> Sighting {
    let Package { name, version, foreign, needs } = package;
    let mut seen = locked::package("cargo", name.value.clone(), Some(version.clone()), name.at);
    seen.foreign = *foreign;
    seen.uses = needs.iter().filter_map(|it| need(&it.words()?, versions)).collect();
    seen
}

/// `name`, `name version` or `name version (source)`: only as much as leaves no doubt.
fn need(written: &Spanned<String>, versions: &BTreeMap<&str, Vec<&str>>) -> Option<Use> {
    let mut words = written.value.split_whitespace();
    let name = words.next()?;
    let only = || versions.get(name).and_then(|it| it.first().copied());
    let version = words.next().or_else(only);
    Some(locked::depends("cargo", name, version, Scope::Normal, written.at))
}
