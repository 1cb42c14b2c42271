//! Packages by their URLs: whom a dependency means.

use std::collections::BTreeMap;

use crate::component::{ComponentId, How, Kind, split_version};
use crate::inventory::{Component, Relation};
use crate::places::parent;
use crate::source::Sources;

/// Components that are packages, by their URL without the version.
pub(crate) struct Packages<'a> {
    by_name: BTreeMap<&'a str, Vec<&'a Component>>,
}

impl<'a> Packages<'a> {
    /// An index over `components`.
    pub(crate) fn of(components: &'a BTreeMap<ComponentId, Component>) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&Component>> = BTreeMap::new();
        for component in components.values() {
            if is_package(component.id.as_str()) {
                by_name.entry(split_version(component.id.as_str()).0).or_default().push(component);
            }
        }
        Self { by_name }
    }

    /// Whom the uses of `from` that name packages mean. A lockfile says which version, a manifest
    /// what it is needed for: where both speak of one package, the manifest is heard.
    pub(crate) fn relations(&self, from: &Component, sources: &Sources) -> Vec<Relation> {
        let uses = from.uses.iter().filter(|it| is_package(it.target.value.as_str()));
        let exact: Vec<&str> = uses.clone().map(|it| it.target.value.as_str()).collect();
        let mut found: Vec<(bool, Relation)> = Vec::new();
        for it in uses {
            let is_locked = split_version(it.target.value.as_str()).1.is_some();
            let path = sources.get(it.target.at.source).map_or("", |it| &it.name);
            let meant = self.find(it.target.value.as_str(), &exact, path);
            // What others' manifests ask for beyond the lockfile is not taken in.
            let is_taken_in = from.own && !is_alias(it.target.value.as_str(), &exact);
            if meant.is_empty() && (is_taken_in || it.how != How::DependsOn) {
                let to = ComponentId::of_url(it.target.value.as_str());
                found.push((is_locked, Relation::of(from, it, to, false)));
            }
            let meant = meant.into_iter().filter(|to| to.id != from.id);
            found.extend(meant.map(|to| (is_locked, Relation::of(from, it, to.id.clone(), true))));
        }
        let key = |(locked, it): &(bool, Relation)| (it.to.clone(), it.how, *locked, it.scope);
        found.sort_by_cached_key(key);
        found.dedup_by(|(_, a), (_, b)| a.to == b.to && a.how == b.how);
        found.into_iter().map(|(_, it)| it).collect()
    }

    /// The packages that `url` means in the file `path`: without a version, the one that the same
    /// component says exactly elsewhere, else that of the nearest lockfile.
    fn find(&self, url: &str, exact: &[&str], path: &str) -> Vec<&'a Component> {
        let (name, version) = split_version(url);
        let Some(all) = self.by_name.get(name) else { return Vec::new() };
        if version.is_some() {
            return all.iter().copied().filter(|it| it.id.as_str() == url).collect();
        }
        if all.len() == 1 {
            return all.clone();
        }
        let stated = |it: &&&Component| exact.contains(&it.id.as_str());
        let stated: Vec<_> = all.iter().filter(stated).copied().collect();
        if !stated.is_empty() {
            return stated;
        }
        let near = |it: &Component| {
            let folder = parent(&it.path);
            let below = path.strip_prefix(folder);
            let above = below.is_some_and(|it| folder.is_empty() || it.starts_with('/'));
            above.then_some(folder.len())
        };
        let nearest = all.iter().filter_map(|it| near(it)).max();
        all.iter().copied().filter(|it| near(it) == nearest).collect()
    }
}

/// Whether `url`, which nothing answers to, must be a name that only a Cargo workspace knows: it
/// may call a package otherwise for its members, and the lockfile has the true names.
fn is_alias(url: &str, exact: &[&str]) -> bool {
    const CARGO: &str = "pkg:cargo/";
    let locked = |it: &&str| it.starts_with(CARGO) && split_version(it).1.is_some();
    url.starts_with(CARGO) && exact.iter().any(locked)
}

/// The component that stands for a package that only a manifest names: there is no lockfile to
/// tell its version, and nothing of it in the tree.
pub(crate) fn unseen(relation: &Relation, sources: &Sources) -> Component {
    let (name, version) = split_version(relation.to.as_str());
    let path = sources.get(relation.at.source).map_or(".", |it| &it.name);
    Component {
        name: name.split_once('/').map(|(_, it)| it.replace("%40", "@")),
        version: version.map(str::to_owned),
        ..Component::new(relation.to.clone(), Kind::Code, path, relation.at)
    }
}

/// Whether `url` names a package of an ecosystem, and no model or dataset of a hub.
pub(crate) fn is_package(url: &str) -> bool {
    url.starts_with("pkg:") && !url.starts_with("pkg:huggingface/")
}
