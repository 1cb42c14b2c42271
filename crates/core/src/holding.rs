//! What a package holds in its own folder under another license: files that were copied in, and
//! folders of others' code.

use std::collections::{BTreeMap, BTreeSet};

use crate::component::{ComponentId, How, Kind, Scope};
use crate::inventory::{Component, Relation};
use crate::packages::is_package;
use crate::places::{is_store, is_test_material, parent};

/// A relation from each package of the project to the code in its folder that nothing else speaks
/// of. What lies in the folder of two packages is held by the inner one.
pub(crate) fn held(
    components: &BTreeMap<ComponentId, Component>,
    stated: &[Relation],
) -> Vec<Relation> {
    let packages = packages(components);
    if packages.is_empty() {
        return Vec::new();
    }
    let spoken_of: BTreeSet<&ComponentId> = stated.iter().map(|it| &it.to).collect();
    let is_held = |it: &&Component| {
        let copied = !it.own || !is_package(it.id.as_str());
        it.kind == Kind::Code && copied && !spoken_of.contains(&it.id)
    };
    let parts = components.values().filter(is_held);
    parts.flat_map(|part| relations(&packages, part)).collect()
}

/// Packages of the project by the folder in which they lie; of the root it is empty.
fn packages(components: &BTreeMap<ComponentId, Component>) -> BTreeMap<&str, Vec<&Component>> {
    let mut found: BTreeMap<&str, Vec<&Component>> = BTreeMap::new();
    let all = components.values();
    for it in all.filter(|it| it.kind == Kind::Code && it.own && is_package(it.id.as_str())) {
        found.entry(folder(&it.path)).or_default().push(it);
    }
    found
}

fn folder(path: &str) -> &str {
    if path == "." { "" } else { path }
}

/// Whether what lies at a place is a copy: not where a package manager puts what it fetched, and not
/// among texts and material that no program is made of.
fn is_copy(place: &str) -> bool {
    let fetched = |it: &str| {
        it == "node_modules" || it == "site-packages" || it.ends_with(".dist-info") || it == ".venv"
    };
    let is_place = !place.is_empty() && place != "." && !place.split('/').any(fetched);
    is_place && !is_test_material(place) && !is_store(place)
}

/// One relation from each package in whose folder the part lies, however often: what is needed most
/// says when.
fn relations(packages: &BTreeMap<&str, Vec<&Component>>, part: &Component) -> Vec<Relation> {
    let mut scopes: BTreeMap<&ComponentId, Scope> = BTreeMap::new();
    for place in std::iter::once(&part.path).chain(&part.others).filter(|it| is_copy(it)) {
        for package in holders(packages, place) {
            let inside = place.strip_prefix(folder(&package.path)).unwrap_or(place);
            let found = scope(inside);
            let known = scopes.entry(&package.id).or_insert(found);
            *known = found.min(*known);
        }
    }
    let relation = |(package, scope): (&ComponentId, Scope)| Relation {
        from: package.clone(),
        to: part.id.clone(),
        how: How::Contains,
        kind: part.kind,
        at: part.claims.first().map_or(part.at, |it| it.raw.at),
        scope,
        revision: None,
        seen: true,
    };
    scopes.into_iter().map(relation).collect()
}

/// The innermost packages around a place.
fn holders<'a, 'b>(
    packages: &'b BTreeMap<&str, Vec<&'a Component>>,
    place: &str,
) -> &'b [&'a Component] {
    let mut around = place;
    while !around.is_empty() {
        around = parent(around);
        if let Some(found) = packages.get(around) {
            return found;
        }
    }
    &[]
}

/// What a place inside a package tells of when it is needed.
fn scope(inside: &str) -> Scope {
    const TRIED: [&str; 13] = [
        "test",
        "tests",
        "spec",
        "specs",
        "bench",
        "benches",
        "benchmarks",
        "example",
        "examples",
        "demo",
        "demos",
        "doc",
        "docs",
    ];
    const BUILT: [&str; 9] =
        [".github", "ci", "script", "scripts", "tools", "m4", "build-aux", "cmake", "packaging"];
    const BUILDS: [&str; 7] = [
        "configure",
        "config.guess",
        "config.sub",
        "ltmain.sh",
        "install-sh",
        "depcomp",
        "missing",
    ];
    const SCRIPTS: [&str; 5] = [".m4", ".mk", ".cmake", ".sh", ".spec"];
    let inside = inside.trim_start_matches('/').to_ascii_lowercase();
    let lies = |names: &[&str]| inside.split('/').any(|it| names.contains(&it));
    let file = inside.rsplit('/').next().unwrap_or_default();
    let is_build = BUILDS.contains(&file) || SCRIPTS.iter().any(|it| file.ends_with(it));
    if lies(&TRIED) {
        Scope::Dev
    } else if is_build || lies(&BUILT) {
        Scope::Build
    } else {
        Scope::Normal
    }
}
