//! `composer.json` and `composer.lock` of PHP.

use crate::component::{Scope, Use};
use crate::readers::{locked, manifest};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject, Wording};
use crate::source::{Source, Spanned};
use crate::value::{Node, json};

/// The reader of PHP manifests.
pub(super) const MANIFEST: Reader = Reader {
    name: "composer-manifest",
    reads: "the license of a package in composer.json",
    wants: |path| path.rsplit('/').next() == Some("composer.json"),
    read: Read::Text(read_manifest),
};

/// The reader of PHP lockfiles.
pub(super) const LOCK: Reader = Reader {
    name: "composer-lock",
    reads: "the dependencies that composer.lock pins, and their licenses",
    wants: |path| path.rsplit('/').next() == Some("composer.lock"),
    read: Read::Text(read_lock),
};

fn read_manifest(source: &Source) -> Reading {
    let parsed = json::parse(source);
    let sightings = parsed.root().and_then(own).into_iter().collect();
    Reading { sightings, problems: parsed.problems }
}

fn own(root: &Node) -> Option<Sighting> {
    let uses = needs(root, &[("require", Scope::Normal), ("require-dev", Scope::Dev)]);
    let licenses = licenses(root, manifest::wording);
    let mut seen = if let Some(name) = root.get("name").and_then(Node::words) {
        let version = root.get("version").and_then(Node::words).map(|it| it.value);
        let lower = name.value.to_ascii_lowercase();
        let subject = Subject::Package { ecosystem: "composer", name: lower, version };
        manifest::sighting(subject, name)
    } else {
        let at = licenses.first().map(|it| it.raw.at).or(uses.first().map(|it| it.target.at))?;
        Sighting::new(Subject::Directory, Some(crate::component::Kind::Code), at)
    };
    seen.licenses = licenses;
    seen.uses = uses;
    Some(seen)
}

fn read_lock(source: &Source) -> Reading {
    let parsed = json::parse(source);
    let mut sightings = Vec::new();
    for table in ["packages", "packages-dev"] {
        let listed = parsed.root().and_then(|it| it.get(table)).map(Node::items);
        for node in listed.unwrap_or_default().iter().take(locked::MOST_PACKAGES) {
            let words = |field: &str| node.get(field).and_then(Node::words);
            let Some(name) = words("name") else { continue };
            let version = words("version").map(|it| it.value);
            let lower = name.value.to_ascii_lowercase();
            let mut seen = locked::package("composer", lower, version, name.at);
            seen.licenses = licenses(node, locked::wording);
            seen.uses = needs(node, &[("require", Scope::Normal)]);
            sightings.push(seen);
        }
    }
    Reading { sightings, problems: parsed.problems }
}

/// One license, or a list of which any may be chosen.
fn licenses(node: &Node, wording: impl Fn(Spanned<String>, Meant) -> Wording) -> Vec<Wording> {
    let Some(node) = node.get("license") else { return Vec::new() };
    let words: Vec<_> = node.items().iter().filter_map(Node::words).collect();
    if let [_, _, ..] = words[..] {
        let names: Vec<&str> = words.iter().map(|it| it.value.as_str()).collect();
        let choice = Spanned::new(names.join(" OR "), node.at);
        return vec![wording(choice, Meant::Expression)];
    }
    words.into_iter().map(|it| wording(it, Meant::Expression)).collect()
}

/// Packages that are needed; `php` and `ext-json` are none.
fn needs(node: &Node, fields: &[(&str, Scope)]) -> Vec<Use> {
    let mut found = Vec::new();
    for (field, scope) in fields {
        for (key, _) in node.get(field).map(Node::entries).unwrap_or_default() {
            if key.value.contains('/') {
                let lower = key.value.to_ascii_lowercase();
                found.push(locked::depends("composer", &lower, None, *scope, key.at));
            }
        }
    }
    found
}
