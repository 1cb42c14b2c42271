//! `uv.lock`, `poetry.lock`, `pdm.lock`, `pylock.toml` and `Pipfile.lock`.

use std::collections::BTreeMap;

use crate::component::{Scope, Use};
use crate::installed::python_name;
use crate::readers::locked;
use crate::readers::requirement::{Requirement, pinned};
use crate::reading::{Read, Reader, Reading, Sighting};
use crate::source::{Source, Spanned};
use crate::value::{Node, json, toml};

/// The reader of lockfiles that list packages in TOML.
pub(super) const TABLES: Reader = Reader {
    name: "python-lock",
    reads: "the dependencies that uv.lock, poetry.lock, pdm.lock and pylock.toml pin",
    wants: |path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_named = matches!(name.split_once('.'), Some(("pylock", it)) if it.rsplit('.').next() == Some("toml"));
        matches!(name, "uv.lock" | "poetry.lock" | "pdm.lock") || is_named
    },
    read: Read::Text(read_tables),
};

/// The reader of `Pipfile.lock`.
pub(super) const PIPFILE: Reader = Reader {
    name: "pipfile-lock",
    reads: "the dependencies that Pipfile.lock pins",
    wants: |path| path.rsplit('/').next() == Some("Pipfile.lock"),
    read: Read::Text(read_pipfile),
};

/// Keys of a source that lies in the project itself.
const OWN: [&str; 4] = ["editable", "virtual", "directory", "path"];

fn read_tables(source: &Source) -> Reading {
    let parsed = toml::parse(source);
    let tables = parsed.root().map(Node::entries).unwrap_or_default();
    let listed = tables.iter().filter(|(key, _)| key.value == "package" || key.value == "packages");
    let packages: Vec<Package> = listed
        .flat_map(|(_, it)| it.items())
        .take(locked::MOST_PACKAGES)
        .filter_map(package)
        .collect();
    let mut versions: BTreeMap<&str, Vec<Option<&str>>> = BTreeMap::new();
    for it in &packages {
        versions.entry(&it.normal).or_default().push(it.version.as_deref());
    }
    let sightings = packages.iter().map(|it| sighting(it, &versions)).collect();
    Reading { sightings, problems: parsed.problems }
}

struct Package<'n> {
    name: Spanned<String>,
    normal: String,
    version: Option<String>,
    own: bool,
    node: &'n Node,
}

fn package(node: &Node) -> Option<Package<'_>> {
    let name = node.get("name")?.words()?;
    // A member of the workspace, or a folder beside it.
    let inside = |it: &Node| it.entries().iter().any(|(key, _)| OWN.contains(&key.value.as_str()));
    let own = node.get("source").is_some_and(inside) || node.get("directory").is_some();
    Some(Package {
        normal: python_name(&name.value),
        name,
        version: node.get("version").and_then(Node::words).map(|it| it.value),
        own,
        node,
    })
}

fn sighting(package: &Package<'_>, versions: &BTreeMap<&str, Vec<Option<&str>>>) -> Sighting {
    let Package { name, normal, version, own, node } = package;
    let mut seen = locked::package("pypi", normal.clone(), version.clone(), name.at);
    seen.foreign = !own;
    let only = |name: &str| match versions.get(name).map(Vec::as_slice) {
        Some([one]) => one.map(str::to_owned),
        Some(_) | None => None,
    };
    let mut take = |list: Option<&Node>, scope: Scope| {
        for it in list.map(Node::items).unwrap_or_default() {
            // A table of names, a list of tables with a name, or a list of requirements.
            let tables = it.entries().iter().filter(|_| it.get("name").is_none());
            seen.uses.extend(tables.filter_map(|(key, value)| by_name(key, value, scope, &only)));
            seen.uses.extend(named(it, scope, &only));
        }
    };
    take(node.get("dependencies"), Scope::Normal);
    for (field, scope) in
        [("optional-dependencies", Scope::Optional), ("dev-dependencies", Scope::Dev)]
    {
        let groups = node.get(field).map(Node::entries).unwrap_or_default();
        for (_, group) in groups {
            take(Some(group), scope);
        }
    }
    seen
}

/// `requests = ">=2"` in a table, whose value may say that it is optional.
fn by_name(
    key: &Spanned<String>,
    value: &Node,
    scope: Scope,
    only: &impl Fn(&str) -> Option<String>,
) -> Option<Use> {
    let name = python_name(&key.value);
    let version = only(&name)?;
    let optional = value.items().iter().any(|it| {
        let marker = it.get("markers").and_then(Node::as_str).unwrap_or_default();
        it.get("optional").is_some() || marker.contains("extra")
    });
    let scope = if optional { Scope::Optional } else { scope };
    Some(locked::depends("pypi", &name, Some(&version), scope, key.at))
}

/// `{ name = "requests", version = "2.32" }`, or the words of a requirement.
fn named(it: &Node, scope: Scope, only: &impl Fn(&str) -> Option<String>) -> Option<Use> {
    if let Some(words) = it.words() {
        let mut asked = Requirement::parse(&words)?;
        asked.version = Some(only(&asked.name)?);
        return Some(asked.need(scope));
    }
    let written = it.get("name")?.words()?;
    let name = python_name(&written.value);
    let stated = it.get("version").and_then(Node::words).map(|it| it.value);
    let version = stated.or_else(|| only(&name));
    Some(locked::depends("pypi", &name, version.as_deref(), scope, written.at))
}

fn read_pipfile(source: &Source) -> Reading {
    let parsed = json::parse(source);
    let mut sightings = Vec::new();
    let mut uses = Vec::new();
    for (table, scope) in [("default", Scope::Normal), ("develop", Scope::Dev)] {
        let listed = parsed.root().and_then(|it| it.get(table)).map(Node::entries);
        for (key, node) in listed.unwrap_or_default().iter().take(locked::MOST_PACKAGES) {
            if OWN.iter().any(|it| node.get(it).is_some()) {
                continue;
            }
            let name = python_name(&key.value);
            let asked = node.get("version").and_then(Node::as_str).unwrap_or_default();
            let version = pinned(asked);
            uses.push(locked::depends("pypi", &name, version.as_deref(), scope, key.at));
            sightings.push(locked::package("pypi", name, version, key.at));
        }
    }
    if let Some(first) = uses.first().map(|it| it.target.at) {
        sightings.push(locked::directory(first, uses));
    }
    Reading { sightings, problems: parsed.problems }
}
