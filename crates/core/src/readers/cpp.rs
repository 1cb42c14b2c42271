//! `conanfile.txt` and `vcpkg.json` of C and C++.

use crate::component::{Kind, Scope};
use crate::readers::lines::{lines, place};
use crate::readers::{locked, manifest};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject};
use crate::source::Source;
use crate::value::{Node, json};

/// The reader of Conan files; those that are programs are not read.
pub(super) const CONAN: Reader = Reader {
    name: "conanfile",
    reads: "the packages that conanfile.txt requires",
    wants: |path| path.rsplit('/').next() == Some("conanfile.txt"),
    read: Read::Text(read_conan),
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
        // `name/version@user/channel`; a version in brackets is a range.
        let version = version.split('@').next().unwrap_or(version).trim();
        let version = (!version.starts_with('[') && !version.is_empty()).then_some(version);
        if name.trim().is_empty() {
            continue;
        }
        let name = place(source, line, at, name);
        uses.push(locked::depends("conan", &name.value, version, scope, name.at));
        if let Some(version) = version {
            let version = Some(version.to_owned());
            sightings.push(locked::package("conan", name.value, version, name.at));
        }
    }
    if let Some(first) = uses.first().map(|it| it.target.at) {
        sightings.push(locked::directory(first, uses));
    }
    Reading { sightings, problems: Vec::new() }
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
