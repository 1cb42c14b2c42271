//! Packages that this machine has installed: the files about licenses in their folders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use caveat_core::component::ComponentId;
use caveat_core::installed::{Bases, Candidate, Wanted, candidates};
use caveat_core::inventory::Component;
use caveat_core::source::Sources;

use super::address;
use super::files::{Shelf, has_head, is_about, sort};
use crate::discover::relative;
use crate::machine::{Machine, entries, text};
use crate::open::{beginning, decode};

/// How deep the folder of a package is walked.
const DEEPEST: usize = 8;
/// How many files of a package are looked at.
const MOST_FILES: usize = 5_000;
/// How much of a manifest or a list of files is read.
const MOST_LISTED: u64 = 8 << 20;

/// Folders of a package whose contents go into no build.
const ASIDE: [&str; 12] = [
    "test",
    "tests",
    "testing",
    "examples",
    "example",
    "benches",
    "benchmarks",
    "docs",
    "doc",
    "fuzz",
    "node_modules",
    "target",
];

/// Looks packages up on this machine.
pub(super) struct Packages<'a> {
    root: &'a Path,
    sources: &'a Sources,
    machine: &'a Machine,
    bases: BTreeMap<PathBuf, Bases>,
}

impl<'a> Packages<'a> {
    pub(super) fn new(root: &'a Path, sources: &'a Sources, machine: &'a Machine) -> Self {
        Self { root, sources, machine, bases: BTreeMap::new() }
    }

    /// Adds what the installed package has; nothing for what is no package or not installed.
    pub(super) fn look_up(&mut self, component: &Component, mut known: Shelf) -> Shelf {
        let Some((ecosystem, name, version)) = named(&component.id) else { return known };
        let place = self.root.join(&component.path);
        let beside = if place.is_dir() {
            place
        } else {
            place.parent().map(Path::to_owned).unwrap_or_default()
        };
        let written = self.sources.text(component.at);
        let wanted =
            Wanted { ecosystem: &ecosystem, name: &name, version: version.as_deref(), written };
        let (machine, root) = (self.machine, self.root);
        let bases =
            self.bases.entry(beside.clone()).or_insert_with(|| machine.bases(root, &beside));
        let Some(beside) = text(&beside) else { return known };
        let places = candidates(&wanted, &beside, bases);
        let fits = |it: &&Candidate| Path::new(&it.folder).is_dir() && is_version(it, &wanted);
        if let Some(it) = places.iter().find(fits) {
            read(it, &mut known);
        }
        known
    }
}

/// Ecosystem, name and version in a package URL.
fn named(id: &ComponentId) -> Option<(String, String, Option<String>)> {
    let (ecosystem, rest) = id.as_str().strip_prefix("pkg:")?.split_once('/')?;
    let last = rest.rfind('/').map_or(0, |it| it + 1);
    let (name, version) = match rest[last..].find('@') {
        Some(at) => (&rest[..last + at], Some(address::decoded(&rest[last + at + 1..]))),
        None => (rest, None),
    };
    Some((ecosystem.to_owned(), address::decoded(name), version))
}

/// Whether the folder holds the version that is wanted: those of npm do not say so in their names.
fn is_version(candidate: &Candidate, wanted: &Wanted<'_>) -> bool {
    let Some(version) = wanted.version.filter(|_| wanted.ecosystem == "npm") else { return true };
    let manifest =
        manifest(candidate).and_then(|it| serde_json::from_str::<serde_json::Value>(&it).ok());
    manifest.is_some_and(|it| it["version"] == version)
}

fn manifest(candidate: &Candidate) -> Option<String> {
    let path = Path::new(&candidate.folder).join(candidate.manifest.as_ref()?);
    beginning(&path, MOST_LISTED).ok().map(decode)
}

fn read(candidate: &Candidate, shelf: &mut Shelf) {
    let folder = Path::new(&candidate.folder);
    shelf.found_at(manifest(candidate).and_then(|it| address::in_manifest(&it)));
    let listed = listed(folder);
    let files = if listed.is_empty() { walked(folder) } else { listed };
    for path in files {
        let inside = relative(folder, &path);
        let name = match folder.parent().filter(|_| !path.starts_with(folder)) {
            Some(above) => format!("site-packages:{}", relative(above, &path)),
            None => format!("{}/{inside}", candidate.label),
        };
        if is_about(&name, around(&name, &candidate.label)) {
            shelf.take(&name, &path);
        } else if has_head(&name) {
            shelf.look_into(&path);
        }
    }
}

/// The folder in which a collection of license texts is the package's own.
fn around<'a>(name: &str, label: &'a str) -> &'a str {
    if name.starts_with(label) { label } else { "" }
}

/// The files of a Python distribution, which says in its record what it put where.
fn listed(folder: &Path) -> Vec<PathBuf> {
    let Ok(bytes) = beginning(&folder.join("RECORD"), MOST_LISTED) else { return Vec::new() };
    let Some(above) = folder.parent() else { return Vec::new() };
    let text = decode(bytes);
    let names = text.lines().filter_map(|it| it.rsplitn(3, ',').nth(2));
    let names = names.map(|it| it.trim_matches('"')).filter(|it| is_inside(it));
    let (legal, others): (Vec<_>, Vec<_>) = names.partition(|it| sort(it).is_some());
    let kept = legal.into_iter().chain(others).take(MOST_FILES);
    kept.map(|it| above.join(it)).filter(|it| !it.is_symlink()).collect()
}

/// Whether a path leads nowhere else, and not to what is aside.
fn is_inside(path: &str) -> bool {
    let mut parts = path.split('/');
    let leads_out = path.starts_with('/') || path.contains('\\') || path.contains(':');
    !leads_out && parts.all(|it| !matches!(it, "" | "." | "..") && !ASIDE[..9].contains(&it))
}

/// The files in a folder and below; links are not followed.
fn walked(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![(folder.to_owned(), 0)];
    while let Some((at, depth)) = waiting.pop() {
        for path in entries(&at) {
            if files.len() == MOST_FILES {
                return files;
            }
            let Ok(kind) = path.symlink_metadata().map(|it| it.file_type()) else { continue };
            let name = path.file_name().map(|it| it.to_string_lossy().to_ascii_lowercase());
            let is_aside =
                name.is_some_and(|it| ASIDE.contains(&it.as_str()) || it.starts_with('.'));
            if kind.is_file() {
                files.push(path);
            } else if kind.is_dir() && depth < DEEPEST && !is_aside {
                waiting.push((path, depth + 1));
            }
        }
    }
    files.sort();
    files
}
