//! What the packages that lockfiles name say of themselves, where this machine has them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use caveat_core::component::{How, Scope};
use caveat_core::installed::{Bases, Candidate, Wanted, candidates};
use caveat_core::library::{Library, Named};
use caveat_core::reading::{Meant, Reading, Sighting, Subject, Wording};
use caveat_core::source::{Source, SourceId, Sources, Span};

use crate::cache::Cache;
use crate::discover::{self, relative};
use crate::machine::{Machine, entries, text};
use crate::open::Opened;
use crate::read::{read as read_file, reader};

/// How many packages are looked up.
const MOST_PACKAGES: usize = 20_000;

/// How many license texts of one package are read.
const MOST_TEXTS: u32 = 8;

/// How often packages that were found may ask for others.
const MOST_ROUNDS: usize = 64;

/// Where a package was named, what was read of it, and what that says.
type Found = (Span, Vec<Source>, Reading);

/// Name and version of a package in its ecosystem.
type Package = (&'static str, String, Option<String>);

/// A package of whose license nothing in the tree tells.
struct Missing {
    package: Package,
    /// Where a file of the project names it, or names what brings it in.
    at: Span,
    /// What the lockfile writes where it names the package.
    written: String,
    /// The folder of that file.
    beside: PathBuf,
    /// Whether only a need names it, so that nobody has listed it yet.
    unlisted: bool,
    /// Whether that file tells what the package needs.
    tells_needs: bool,
}

/// Adds what installed packages say of their licenses. Only local folders are looked at.
pub(crate) fn more(
    (root, cache): (&Path, &Cache),
    machine: &Machine,
    library: &Library,
    readings: &mut Vec<Reading>,
    sources: &mut Sources,
) {
    let mut asked = BTreeSet::new();
    let mut bases: BTreeMap<PathBuf, Bases> = BTreeMap::new();
    let mut brought = BTreeMap::new();
    for _ in 0..MOST_ROUNDS {
        let mut missing = missing(root, readings, sources, &brought);
        missing.retain(|it| asked.len() < MOST_PACKAGES && asked.insert(it.package.clone()));
        if missing.is_empty() {
            return;
        }
        for it in &missing {
            let beside = || machine.bases(root, &it.beside);
            bases.entry(it.beside.clone()).or_insert_with(beside);
        }
        let tree = Place { root, cache, library, first: sources.next() };
        for (at, read, reading) in look_up_all(tree, &missing, &bases) {
            brought.extend(read.iter().map(|it| (it.id, at)));
            for it in read {
                sources.insert(it);
            }
            readings.push(reading);
        }
    }
}

/// The packages that are named and of whose license nobody speaks.
fn missing(
    root: &Path,
    readings: &[Reading],
    sources: &Sources,
    brought: &BTreeMap<SourceId, Span>,
) -> Vec<Missing> {
    let all = || readings.iter().flat_map(|it| &it.sightings);
    let mut licensed = BTreeSet::new();
    let mut names = BTreeSet::new();
    for seen in all() {
        let Subject::Package { ecosystem, name, version } = &seen.subject else { continue };
        names.insert((*ecosystem, name.clone()));
        // What a third party reports is no reason not to ask the package itself.
        if !seen.licenses.is_empty() && !seen.reported {
            licensed.insert((*ecosystem, name, version));
        }
    }
    let new = |package: Package, at: Span, unlisted: bool| {
        let path = sources.get(at.source).map_or("", |it| it.name.as_str());
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let written = if unlisted { String::new() } else { sources.text(at).to_owned() };
        Missing { package, at, written, beside: root.join(folder), unlisted, tells_needs: false }
    };
    let mut found: BTreeMap<Package, Missing> = BTreeMap::new();
    for seen in all() {
        if let Subject::Package { ecosystem, name, version } = &seen.subject
            && seen.foreign
            && seen.elsewhere
            && !licensed.contains(&(*ecosystem, name, version))
        {
            let package = (*ecosystem, name.clone(), version.clone());
            let one = found.entry(package.clone()).or_insert_with(|| new(package, seen.at, false));
            one.tells_needs |= !seen.uses.is_empty();
        }
        for it in seen.uses.iter().filter(|it| it.how == How::DependsOn) {
            let Some((ecosystem, name)) = unpinned(it.target.value.as_str()) else { continue };
            if names.insert((ecosystem, name.clone())) {
                let at = brought.get(&it.target.at.source).copied().unwrap_or(it.target.at);
                let one = new((ecosystem, name, None), at, true);
                found.insert(one.package.clone(), one);
            }
        }
    }
    found.into_values().collect()
}

/// Ecosystem and name in a package URL without version, where packages of the ecosystem can be
/// found without one.
fn unpinned(url: &str) -> Option<(&'static str, String)> {
    for (ecosystem, start) in [("pypi", "pkg:pypi/"), ("npm", "pkg:npm/")] {
        if let Some(name) = url.strip_prefix(start)
            && !name.contains('@')
        {
            return Some((ecosystem, name.replacen("%40", "@", 1)));
        }
    }
    None
}

/// Looks on all cores; what is found is in the order of `missing`.
fn look_up_all(
    tree: Place<'_>,
    missing: &[Missing],
    bases: &BTreeMap<PathBuf, Bases>,
) -> Vec<Found> {
    let next = AtomicUsize::new(0);
    let threads =
        std::thread::available_parallelism().map_or(1, usize::from).min(missing.len().max(1));
    let batch = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(it) = missing.get(index) else { return done };
            let Some(bases) = bases.get(&it.beside) else { continue };
            let offset = u32::try_from(index).unwrap_or(u32::MAX).saturating_mul(MOST_TEXTS + 1);
            let place = Place { first: SourceId(tree.first.0.saturating_add(offset)), ..tree };
            let found = look_up(&place, it, bases);
            done.extend(found.map(|(read, reading)| (index, (it.at, read, reading))));
        }
    };
    let mut all = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(batch)).collect();
        handles.into_iter().flat_map(|it| it.join().unwrap_or_default()).collect::<Vec<_>>()
    });
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, found)| found).collect()
}

/// The tree that is scanned, and the first number that sources of a package may take.
#[derive(Clone, Copy)]
struct Place<'a> {
    root: &'a Path,
    cache: &'a Cache,
    library: &'a Library,
    first: SourceId,
}

fn look_up(place: &Place<'_>, missing: &Missing, bases: &Bases) -> Option<(Vec<Source>, Reading)> {
    let (ecosystem, name, version) = &missing.package;
    let written = missing.written.as_str();
    let wanted = Wanted { ecosystem, name, version: version.as_deref(), written };
    let beside = text(&missing.beside)?;
    candidates(&wanted, &beside, bases).into_iter().find_map(|it| read(place, missing, &it))
}

/// Reads the manifest of a package, and its license texts where the manifest names no license.
fn read(
    place: &Place<'_>,
    missing: &Missing,
    candidate: &Candidate,
) -> Option<(Vec<Source>, Reading)> {
    let folder = Path::new(&candidate.folder);
    let (ecosystem, name, version) = missing.package.clone();
    let mut sources = Vec::new();
    let subject = Subject::Package { ecosystem, name: name.clone(), version };
    let mut seen = Sighting::new(subject, None, Span::new(place.first, 0..0));
    if let Some(manifest) = &candidate.manifest {
        let (source, reading) = file(place, candidate, &folder.join(manifest), place.first)?;
        let own = reading.sightings.into_iter().find(|it| is_of(&missing.package, it))?;
        seen.subject = own.subject;
        seen.kind = own.kind;
        seen.at = own.at;
        seen.licenses = own.licenses;
        // Where no lockfile tells what a package needs, its own word is all there is.
        let needs = own.uses.into_iter().filter(|it| it.scope == Scope::Normal);
        seen.uses.extend(needs.filter(|_| !missing.tells_needs));
        sources.push(source);
    }
    seen.foreign = true;
    seen.elsewhere = true;
    if !seen.licenses.iter().any(|it| names_a_license(it, place.library)) && folder.is_dir() {
        for (source, words) in texts(place, candidate, folder) {
            if sources.is_empty() {
                seen.at = Span::new(source.id, 0..0);
            }
            sources.push(source);
            seen.licenses.extend(words);
        }
    }
    if sources.is_empty() {
        return None;
    }
    let mut sightings = Vec::new();
    if missing.unlisted {
        let mut named = Sighting::new(seen.subject.clone(), seen.kind, missing.at);
        (named.foreign, named.elsewhere) = (true, true);
        sightings.push(named);
    }
    sightings.push(seen);
    Some((sources, Reading { sightings, problems: Vec::new() }))
}

/// Whether a manifest is that of the package, whose version may not be known.
fn is_of(package: &Package, seen: &Sighting) -> bool {
    let Subject::Package { ecosystem, name, version } = &seen.subject else { return false };
    let (wanted_ecosystem, wanted_name, wanted_version) = package;
    let same_version = wanted_version.is_none() || version.is_none() || wanted_version == version;
    ecosystem == wanted_ecosystem && name == wanted_name && same_version
}

/// Whether the words name one license: a pointer to a text does not, nor does "BSD License".
fn names_a_license(it: &Wording, library: &Library) -> bool {
    match &it.meant {
        Meant::Expression | Meant::HubId { .. } | Meant::Text { .. } => true,
        Meant::Name => matches!(library.named(&it.raw.value), Named::License(_)),
        Meant::UnknownText | Meant::Grant(_) | Meant::File | Meant::Inherited => false,
    }
}

/// The license texts in a folder, and in the folder of licenses in it.
fn texts(place: &Place<'_>, candidate: &Candidate, folder: &Path) -> Vec<(Source, Vec<Wording>)> {
    let below = ["licenses", "LICENSES"].map(|it| folder.join(it));
    let folders = std::iter::once(folder.to_owned()).chain(below);
    let files = folders.flat_map(|it| entries(&it)).filter(|it| it.is_file());
    let mut found = Vec::new();
    let mut number = 0;
    for path in files {
        let name = label(place, candidate, &path);
        let is_text = reader(&name).map(|it| it.name);
        if is_text != Some("license-file") || number == MOST_TEXTS {
            continue;
        }
        number += 1;
        let id = SourceId(place.first.0.saturating_add(number));
        if let Some((source, reading)) = file(place, candidate, &path, id) {
            let words = reading.sightings.into_iter().flat_map(|it| it.licenses).collect();
            found.push((source, words));
        }
    }
    found
}

fn file(
    place: &Place<'_>,
    candidate: &Candidate,
    path: &Path,
    id: SourceId,
) -> Option<(Source, Reading)> {
    let name = label(place, candidate, path);
    let reader = reader(&name)?;
    if !path.is_file() {
        return None;
    }
    let found =
        discover::Found { name, path: path.to_owned(), asked_for: false, held: None, stat: None };
    match read_file((&found, reader), id, place.cache) {
        Opened::Read(source, reading, _) => Some((source, reading)),
        Opened::Closed(_) | Opened::Strange { .. } => None,
    }
}

/// What reports call a file: its path in the tree, else the package and the path in it.
fn label(place: &Place<'_>, candidate: &Candidate, path: &Path) -> String {
    if path.starts_with(place.root) {
        return relative(place.root, path);
    }
    format!("{}/{}", candidate.label, relative(Path::new(&candidate.folder), path))
}
