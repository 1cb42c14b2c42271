//! From names as written to components: who is made from whom.

use std::collections::BTreeMap;

use crate::component::{ComponentId, Kind, Use};
use crate::identify::is_hub_name;
use crate::inventory::{Component, Graph, Inventory, Relation};
use crate::packages::{self, Packages, is_package};
use crate::places::parent;
use crate::source::Sources;

/// Ties components together. A name that nothing in the tree answers to stays a relation to
/// something unseen: rules must not take silence for consent.
pub fn relate(inventory: Inventory, sources: &Sources) -> Graph {
    let Inventory { mut components, problems } = inventory;
    let mut relations = Vec::new();
    let index = Index::of(&components);
    let packages = Packages::of(&components);
    for component in components.values() {
        relations.extend(packages.relations(component, sources));
        for it in component.uses.iter().filter(|it| !is_package(it.target.value.as_str())) {
            relations.extend(resolve(component, it, &index, sources));
        }
    }
    relations.sort_by(|a, b| (a.at, &a.from, &a.to, a.how).cmp(&(b.at, &b.from, &b.to, b.how)));
    relations.dedup_by(|a, b| a.from == b.from && a.to == b.to && a.how == b.how);
    for relation in relations.iter().filter(|it| !it.seen && is_package(it.to.as_str())) {
        let named = || packages::unseen(relation, sources);
        components.entry(relation.to.clone()).or_insert_with(named);
    }
    Graph { components, relations, problems }
}

/// Components by every name that may mean them.
struct Index {
    by_name: BTreeMap<String, Vec<(ComponentId, Kind)>>,
}

impl Index {
    fn of(components: &BTreeMap<ComponentId, Component>) -> Self {
        let mut by_name: BTreeMap<String, Vec<(ComponentId, Kind)>> = BTreeMap::new();
        for component in components.values() {
            for name in names(component) {
                by_name.entry(name).or_default().push((component.id.clone(), component.kind));
            }
        }
        Self { by_name }
    }

    /// What answers to the name: things of the kind that is meant, before others.
    fn find(&self, name: &str, kind: Kind) -> Vec<&ComponentId> {
        let Some(all) = self.by_name.get(&name.to_ascii_lowercase()) else { return Vec::new() };
        let meant: Vec<_> = all.iter().filter(|(_, it)| *it == kind).map(|(id, _)| id).collect();
        if meant.is_empty() { all.iter().map(|(id, _)| id).collect() } else { meant }
    }
}

/// The names a component answers to, in lower case: what it is called, its path, and the last
/// two parts of its path, which read as `org/name`.
fn names(component: &Component) -> Vec<String> {
    // Of all the packages that a lockfile lists, one may be called like a dataset.
    if component.kind == Kind::Code && !component.own {
        return Vec::new();
    }
    let mut names: Vec<String> =
        component.names.iter().map(|it| it.value.as_str().to_ascii_lowercase()).collect();
    names.extend(component.name.as_deref().map(str::to_ascii_lowercase));
    if component.kind != Kind::Code {
        let path = component.path.to_ascii_lowercase();
        let parts: Vec<&str> = path.rsplit('/').take(2).collect();
        if let [last, before] = parts[..] {
            names.push(format!("{before}/{last}"));
        }
        names.push(format!("path:{path}"));
    }
    names.sort_unstable();
    names.dedup();
    names
}

fn resolve(from: &Component, it: &Use, index: &Index, sources: &Sources) -> Vec<Relation> {
    let name = it.target.value.as_str().trim();
    let here = sources.get(it.target.at.source).map_or("", |it| parent(&it.name));
    let mut found = index.find(name, it.kind);
    if found.is_empty()
        && let Some(path) = local_path(here, name)
    {
        found = index.find(&format!("path:{path}"), it.kind);
    }
    if found.is_empty()
        && let Some(path) = local_path("", name)
    {
        found = index.find(&format!("path:{path}"), it.kind);
    }
    // A thing is not made from itself: `model_name` and `base_model` of a re-upload agree.
    let to: Vec<(ComponentId, bool)> = if found.is_empty() {
        vec![(unseen(name, it.kind), false)]
    } else {
        found.into_iter().filter(|id| **id != from.id).map(|id| (id.clone(), true)).collect()
    };
    to.into_iter()
        .filter(|(to, _)| *to != from.id)
        .map(|(to, seen)| Relation {
            from: from.id.clone(),
            to,
            how: it.how,
            kind: it.kind,
            at: it.target.at,
            scope: it.scope,
            revision: it.revision.clone(),
            seen,
        })
        .collect()
}

/// The identity of something that only a name tells of.
fn unseen(name: &str, kind: Kind) -> ComponentId {
    let bare =
        !name.is_empty() && !name.contains(['/', '\\', ':']) && !name.contains(char::is_whitespace);
    if !is_hub_name(name) && !bare {
        return ComponentId::path(name);
    }
    match kind {
        Kind::Dataset => ComponentId::hub_dataset(name),
        Kind::Code | Kind::Model | Kind::Document => ComponentId::hub_model(name),
    }
}

/// A relative path from `here`, with `.` and `..` resolved; `None` if it leaves the root.
fn local_path(here: &str, name: &str) -> Option<String> {
    if name.starts_with('/') || name.contains([':', '\\']) {
        return None;
    }
    let mut parts: Vec<&str> = here.split('/').filter(|it| !it.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/").to_ascii_lowercase())
}
