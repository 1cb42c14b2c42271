//! From names as written to components: who is made from whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::component::{ComponentId, How, Kind, Use};
use crate::holding::held;
use crate::identify::is_hub_name;
use crate::inventory::{Component, Graph, Inventory, Relation};
use crate::packages::{self, Packages, is_package};
use crate::places::{hub_cache, parent, resolved};
use crate::source::{Sources, Spanned};

/// Ties components together. A name that nothing in the tree answers to stays a relation to
/// something unseen: rules must not take silence for consent.
pub fn relate(inventory: Inventory, sources: &Sources) -> Graph {
    let Inventory { mut components, problems } = inventory;
    let index = Index::of(&components);
    let packages = Packages::of(&components);
    let mut relations = Vec::new();
    for component in components.values() {
        relations.extend(packages.relations(component, sources));
        for it in component.uses.iter().filter(|it| !is_package(it.target.value.as_str())) {
            relations.extend(resolve(component, it, &index, sources));
        }
    }
    relations.extend(held(&components, &relations));
    relations.sort_by(|a, b| (a.at, &a.from, &a.to, a.how).cmp(&(b.at, &b.from, &b.to, b.how)));
    // What is needed is a component, even where only a name tells of it.
    for it in relations.iter().filter(|it| !it.seen && it.how == How::DependsOn) {
        let named = || packages::unseen(it, sources);
        components.entry(it.to.clone()).or_insert_with(named);
    }
    Graph { components, relations: without_repeats(relations), problems }
}

/// Each relation where it is first stated. "Made from it in some way" says nothing new where
/// another file says in which way.
fn without_repeats(relations: Vec<Relation>) -> Vec<Relation> {
    let ends = |it: &Relation| (it.from.clone(), it.to.clone());
    let telling = |it: &&Relation| it.kind == Kind::Model && it.how != How::DerivedFrom;
    let told: BTreeSet<_> = relations.iter().filter(telling).map(ends).collect();
    let mut seen = BTreeSet::new();
    let says_more = |it: &Relation| {
        let is_vague = it.kind == Kind::Model && it.how == How::DerivedFrom;
        !(is_vague && told.contains(&ends(it))) && seen.insert((ends(it), it.how))
    };
    let mut relations = relations;
    relations.retain(says_more);
    relations
}

/// Something that a name may mean.
struct Named {
    id: ComponentId,
    kind: Kind,
    version: Option<String>,
}

/// Components by every name that may mean them.
struct Index {
    by_name: BTreeMap<String, Vec<Named>>,
}

impl Index {
    fn of(components: &BTreeMap<ComponentId, Component>) -> Self {
        let mut by_name: BTreeMap<String, Vec<Named>> = BTreeMap::new();
        for it in components.values() {
            for name in names(it) {
                let named = Named { id: it.id.clone(), kind: it.kind, version: it.version.clone() };
                by_name.entry(name).or_default().push(named);
            }
        }
        Self { by_name }
    }

    /// What answers to the name: things of the kind that is meant, at the revision that is meant,
    /// before others. The hub has models and datasets of one name, so what goes by its name there
    /// is not taken for the other kind.
    fn find(&self, name: &str, it: &Use) -> Vec<&ComponentId> {
        let Some(all) = self.by_name.get(&name.to_ascii_lowercase()) else { return Vec::new() };
        let mut meant: Vec<_> = all.iter().filter(|known| known.kind == it.kind).collect();
        if meant.is_empty() {
            let is_open = |known: &&Named| !known.id.as_str().starts_with("pkg:huggingface/");
            meant = all.iter().filter(is_open).collect();
        }
        let pinned = it.revision.as_ref().map(|it| it.value.as_str());
        let fits = |known: &&Named| pinned.is_some() && known.version.as_deref() == pinned;
        if meant.iter().any(fits) {
            meant.retain(fits);
        }
        meant.into_iter().map(|it| &it.id).collect()
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
    let words = it.target.value.as_str().trim();
    let here = sources.get(it.target.at.source).map_or("", |it| parent(&it.name));
    if is_own_folder(words, here, from, it) {
        return Vec::new();
    }
    let (name, it) = &meant(words, it);
    let mut found = index.find(name, it);
    for from in [here, ""] {
        if found.is_empty()
            && let Some(path) = resolved(from, name)
        {
            found = index.find(&format!("path:{path}"), it);
        }
    }
    // A model and a dataset may share a name; a thing of the kind that is meant is itself.
    if from.kind != it.kind && found.iter().all(|id| **id == from.id) {
        found.clear();
    }
    if found.is_empty() {
        return vec![Relation::of(from, it, unseen(name, it.kind), false)];
    }
    // A thing is not made from itself: `model_name` and `base_model` of a re-upload agree.
    let others = found.into_iter().filter(|id| **id != from.id);
    others.map(|id| Relation::of(from, it, id.clone(), true)).collect()
}

/// A part of a model, as `…/unet`, remembers the folder that it was saved from, which is a part
/// of what the whole was saved from and nothing else.
fn is_own_folder(words: &str, here: &str, from: &Component, it: &Use) -> bool {
    let last = |it: &str| it.trim_end_matches('/').rsplit('/').next().map(str::to_owned);
    it.how == How::DerivedFrom
        && it.kind == Kind::Model
        && here != from.path.trim_start_matches('.')
        && words.contains('/')
        && hub_cache(words).is_none()
        && last(words) == last(here)
}

/// The name that words stand for, and the use of it: an address of the hub and a path in its
/// cache name what lies there.
fn meant(words: &str, it: &Use) -> (String, Use) {
    let mut it = it.clone();
    if let Some((name, kind)) = hub_address(words, it.kind) {
        it.kind = kind;
        return (name.to_owned(), it);
    }
    let path = words.replace('\\', "/");
    let Some(cached) = hub_cache(&path).filter(|_| path.contains('/')) else {
        return (words.to_owned(), it);
    };
    it.kind = cached.kind;
    let at = it.target.at;
    it.revision = it.revision.or_else(|| cached.revision.map(|it| Spanned::new(it, at)));
    (cached.name, it)
}

/// The name in an address of the hub: `https://huggingface.co/datasets/org/name/tree/main`.
fn hub_address(words: &str, kind: Kind) -> Option<(&str, Kind)> {
    let rest = ["https://", "http://"].iter().find_map(|it| words.strip_prefix(it));
    let rest = rest.map_or(words, |it| it.strip_prefix("www.").unwrap_or(it));
    let hosts = ["huggingface.co/", "hf.co/", "hf://"];
    let path = hosts.iter().find_map(|it| rest.strip_prefix(it))?;
    let (path, kind) = ["datasets/", "models/"]
        .iter()
        .find_map(|it| path.strip_prefix(it))
        .map_or((path, kind), |rest| {
            (rest, if path.starts_with('d') { Kind::Dataset } else { Kind::Model })
        });
    let mut slashes = path.match_indices('/').map(|(at, _)| at);
    let end = slashes.nth(1).unwrap_or(path.len());
    let name = path[..end].split(['?', '#', '@', ':']).next()?;
    Some((name, kind)).filter(|(name, _)| is_hub_name(name))
}

/// A name that tells of another place than the hub: a code host or another registry of models.
fn elsewhere(name: &str) -> Option<ComponentId> {
    if let Some(repository) = name.strip_prefix("github.com/") {
        return Some(ComponentId::package("github", repository, None));
    }
    let model = name.strip_prefix("ollama.com/")?;
    let (model, version) = model.split_once(':').map_or((model, None), |(it, tag)| (it, Some(tag)));
    Some(ComponentId::package("generic", &format!("ollama.com/{model}"), version))
}

/// The identity of something that only a name tells of.
fn unseen(name: &str, kind: Kind) -> ComponentId {
    let bare =
        !name.is_empty() && !name.contains(['/', '\\', ':']) && !name.contains(char::is_whitespace);
    if is_hub_name(name) || bare {
        return match kind {
            Kind::Dataset => ComponentId::hub_dataset(name),
            Kind::Code | Kind::Model | Kind::Document => ComponentId::hub_model(name),
        };
    }
    let begins = |it: &str| name.starts_with(it);
    if let Some(package) = elsewhere(name) {
        return package;
    }
    let is_rooted = ["/", "./", "../", "~", "\\"].iter().any(|it| begins(it))
        || name.get(1..3).is_some_and(|it| matches!(it, ":/" | ":\\"));
    let is_path = name.contains(['/', '\\']) && !name.contains(char::is_whitespace);
    if is_rooted || (is_path && !name.contains("://")) {
        return ComponentId::path(name.trim_end_matches('/'));
    }
    ComponentId::called(name)
}
