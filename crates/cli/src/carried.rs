//! The files about licenses that components carry, in the tree or where they are installed.

mod address;
mod files;
mod package;

use std::collections::BTreeMap;
use std::path::Path;

use caveat_core::component::ComponentId;
use caveat_core::inventory::{Component, Graph};
use caveat_core::source::Sources;
use caveat_policy::attribution::{Carried, Sort};

use crate::discover::{Found, Tree};
use crate::machine::Machine;
use files::{Shelf, folder, is_about, sort, speaks_for};

/// How many files of the tree are looked into for statements of copyright.
const MOST_HEADS: usize = 50_000;

/// What each of `components` carries. `tree` is what the walk found of the scanned folder.
pub(crate) fn carried(
    (graph, sources): (&Graph, &Sources),
    tree: &Tree,
    components: &[&Component],
) -> BTreeMap<ComponentId, Carried> {
    let places = Places::of(graph, &tree.root);
    let mut shelves: BTreeMap<&ComponentId, Shelf> = BTreeMap::new();
    let mut above: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
    let mut heads = 0;
    for found in &tree.files {
        let is_legal = sort(&found.name).is_some();
        if is_legal {
            above.entry(speaks_for(&found.name)).or_default().push(found);
        }
        let Some((around, owner)) = places.owner(&found.name) else { continue };
        if is_about(&found.name, around) {
            shelves.entry(owner).or_default().take(&found.name, &found.path);
        } else if heads < MOST_HEADS && files::has_head(&found.name) {
            heads += 1;
            shelves.entry(owner).or_default().look_into(&found.path);
        }
    }
    let machine = Machine::here();
    let mut packages = package::Packages::new(&tree.root, sources, &machine);
    let mut all = BTreeMap::new();
    for component in components {
        let shelf = shelves.remove(&component.id).unwrap_or_default();
        let shelf = packages.look_up(component, shelf);
        let shelf =
            if places.is_in_tree(component) { inherit(component, shelf, &above) } else { shelf };
        let mut carried = shelf.into_carried();
        carried.address = carried.address.or_else(|| address::of_id(&component.id));
        all.insert(component.id.clone(), carried);
    }
    all
}

/// A part without a license text of its own is under the nearest one above it.
fn inherit(component: &Component, mut shelf: Shelf, above: &BTreeMap<&str, Vec<&Found>>) -> Shelf {
    let mut at = if component.path == "." { "" } else { component.path.as_str() };
    loop {
        if shelf.has(Sort::License) {
            return shelf;
        }
        for it in above.get(at).into_iter().flatten() {
            shelf.take(&it.name, &it.path);
        }
        if at.is_empty() {
            return shelf;
        }
        at = folder(at);
    }
}

/// Which component a file of the tree belongs to.
struct Places<'a>(BTreeMap<&'a str, &'a ComponentId>);

impl<'a> Places<'a> {
    /// Of the components that live in folders, or in a file of their own.
    fn of(graph: &'a Graph, root: &Path) -> Self {
        let mut places = BTreeMap::new();
        for component in graph.components.values() {
            for path in std::iter::once(&component.path).chain(&component.others) {
                let path = if path == "." { "" } else { path.as_str() };
                let names_others =
                    root.join(path).is_file() && component.id.as_str().starts_with("pkg:");
                if !names_others {
                    places.entry(path).or_insert(&component.id);
                }
            }
        }
        Self(places)
    }

    /// The innermost component around a file, and where it lives.
    fn owner<'b>(&self, file: &'b str) -> Option<(&'b str, &'a ComponentId)> {
        let mut at = file;
        loop {
            if let Some(it) = self.0.get(at) {
                return Some((at, it));
            }
            if at.is_empty() {
                return None;
            }
            at = folder(at);
        }
    }

    fn is_in_tree(&self, component: &Component) -> bool {
        let path = if component.path == "." { "" } else { component.path.as_str() };
        self.0.contains_key(path)
    }
}
