//! `conanfile.txt`, `conan.lock` and `vcpkg.json` of C and C++.

use crate::component::{Kind, Scope, Use};
use crate::readers::lines::{lines, place};
use crate::readers::{locked, manifest};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject};
use crate::source::{Source, Spanned};
use crate::value::{Node, json, part};

/// The reader of Conan files; those that are programs have a reader of their own.
pub(super) const CONAN: Reader = Reader {
    name: "conanfile",
    reads: "the packages that conanfile.txt requires",
    wants: |path| path.rsplit('/').next() == Some("conanfile.txt"),
    read: Read::Text(read_conan),
};

/// The reader of Conan lockfiles.
pub(super) const CONAN_LOCK: Reader = Reader {
    name: "conan-lock",
    reads: "the packages that conan.lock pins",
    wants: |path| path.rsplit('/').next() == Some("conan.lock"),
    read: Read::Text(read_lock),
};

/// The reader of vcpkg manifests.
pub(super) const VCPKG: Reader = Reader {
    name: "vcpkg-manifest",
    reads: "the license of a package in vcpkg.json, and what it needs",
    wants: |path| path.rsplit('/').next() == Some("vcpkg.json"),
    read: Read::Text(read_vcpkg),
};

fn read_conan(source: &Source) -> Reading {
    let mut scope = None;
    let (mut sightings, mut uses) = (Vec::new(), Vec::new());
    for (line, at) in lines(source) {
        let content = line.split('#').next().unwrap_or(line).trim();
        if content.starts_with('[') {
            scope = match content {
                "[requires]" => Some(Scope::Normal),
                "[build_requires]" | "[tool_requires]" => Some(Scope::Build),
                "[test_requires]" => Some(Scope::Dev),
                _ => None,
            };
            continue;
        }
        let (Some(scope), Some((name, version))) = (scope, content.split_once('/')) else {
            continue;
        };
        let name = place(source, line, at, name);
        let Some(need) = conan_need(&name, version, scope) else { continue };
        uses.push(need);
        sightings.extend(conan_package(&name, version));
    }
    if let Some(first) = uses.first().map(|it| it.target.at) {
        sightings.push(locked::directory(first, uses));
    }
    Reading { sightings, problems: Vec::new() }
}

/// The version in what follows the name in `name/version@user/channel#revision%time`; one in
/// brackets is a range.
fn conan_version(written: &str) -> Option<&str> {
    let version = written.split(['@', '#', '%', ':']).next()?.trim();
    (!version.starts_with('[') && !version.is_empty()).then_some(version)
}

/// The need of a package that is written as `name/version…`.
pub(super) fn conan_need(name: &Spanned<String>, version: &str, scope: Scope) -> Option<Use> {
    let version = conan_version(version);
    let is_name = !name.value.trim().is_empty();
    is_name.then(|| locked::depends("conan", name.value.trim(), version, scope, name.at))
}

/// The package itself, where it is pinned to one version.
pub(super) fn conan_package(name: &Spanned<String>, version: &str) -> Option<Sighting> {
    let version = conan_version(version)?.to_owned();
    Some(locked::package("conan", name.value.trim(), Some(version), name.at))
}

/// Of Conan 2 lists of references, of Conan 1 the nodes of a graph.
fn read_lock(source: &Source) -> Reading {
    let parsed = json::parse(source);
    let mut reading = Reading { sightings: Vec::new(), problems: parsed.problems.clone() };
    let Some(root) = parsed.root() else { return reading };
    let mut references: Vec<(Spanned<String>, Scope)> = Vec::new();
    for (list, scope) in [
        ("requires", Scope::Normal),
        ("build_requires", Scope::Build),
        ("python_requires", Scope::Build),
    ] {
        let items = root.get(list).map(Node::items).unwrap_or_default();
        references.extend(items.iter().filter_map(Node::words).map(|it| (it, scope)));
    }
    let nodes = root.get("graph_lock").and_then(|it| it.get("nodes")).map(Node::entries);
    for (_, node) in nodes.unwrap_or_default() {
        let is_build =
            node.get("context").and_then(Node::words).is_some_and(|it| it.value == "build");
        let scope = if is_build { Scope::Build } else { Scope::Normal };
        references.extend(node.get("ref").and_then(Node::words).map(|it| (it, scope)));
    }
    let mut uses = Vec::new();
    for (reference, scope) in references.into_iter().take(locked::MOST_PACKAGES) {
        let Some((name, version)) = reference.value.split_once('/') else { continue };
        let name = part(&reference, 0..name.len());
        uses.extend(conan_need(&name, version, scope));
        reading.sightings.extend(conan_package(&name, version));
    }
    if let Some(first) = uses.first().map(|it| it.target.at) {
        reading.sightings.push(locked::directory(first, uses));
    }
    reading
}

fn read_vcpkg(source: &Source) -> Reading {
    let parsed = json::parse(source);
    let sightings = parsed.root().and_then(own).into_iter().collect();
    Reading { sightings, problems: parsed.problems }
}

fn own(root: &Node) -> Option<Sighting> {
    const VERSIONS: [&str; 4] = ["version", "version-semver", "version-date", "version-string"];
    let words = |field: &str| root.get(field).and_then(Node::words);
    let mut uses = Vec::new();
    for it in root.get("dependencies").map(Node::items).unwrap_or_default() {
        let Some(name) = it.get("name").unwrap_or(it).words() else { continue };
        let is_host = it.get("host").is_some();
        let scope = if is_host { Scope::Build } else { Scope::Normal };
        uses.push(locked::depends("vcpkg", &name.value, None, scope, name.at));
    }
    let mut seen = if let Some(name) = words("name") {
        let version = VERSIONS.into_iter().find_map(words).map(|it| it.value);
        let subject = Subject::Package { ecosystem: "vcpkg", name: name.value.clone(), version };
        manifest::sighting(subject, name)
    } else {
        let at = uses.first()?.target.at;
        Sighting::new(Subject::Directory, Some(Kind::Code), at)
    };
    seen.licenses.extend(words("license").map(|it| manifest::wording(it, Meant::Expression)));
    seen.uses = uses;
    Some(seen)
}
