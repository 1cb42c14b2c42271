//! What the catalogue knows of models and datasets of whose license the tree says nothing.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Entry};
use crate::component::{ComponentId, Evidence, How, Kind, Origin, Scope, Strength};
use crate::expression::parse_with;
use crate::inventory::{Claim, Component, Conclusion, Graph, Relation, Standing, Stated};
use crate::library::Library;
use crate::places::hub_cache;
use crate::source::{SourceId, Sources, Span, Spanned};

/// Makes components of well-known models and datasets that the tree only names, and of what those
/// were made from. `table` is the catalogue's own text among the sources of the run.
///
/// What the tree says stands above the catalogue: a component that claims anything is left alone.
pub fn recall(graph: Graph, catalog: Catalog, table: SourceId, sources: &Sources) -> Graph {
    let Graph { mut components, mut relations, problems } = graph;
    for it in components.values_mut().filter(|it| it.claims.is_empty()) {
        if let Some(entry) = in_cache(it, catalog) {
            know(it, &entry, table);
        }
    }
    // What code loads is found where it is loaded, whatever else is made from it.
    let loads = relations.iter().filter(|it| !it.seen && it.how == How::Uses).rev();
    let loaded: BTreeMap<_, _> = loads.map(|it| (it.to.clone(), it.at)).collect();
    let mut known = BTreeMap::new();
    let mut next = 0;
    // Each is made once, so a circle in the catalogue ends, and so does a long line.
    while let Some(relation) = relations.get_mut(next) {
        next += 1;
        if relation.seen || known.contains_key(&relation.to) {
            continue;
        }
        if components.contains_key(&relation.to) {
            // Where the catalogue's own words lead back into the tree.
            relation.seen = relation.at.source == table;
            continue;
        }
        let Some(entry) = catalog.entry(&relation.to) else { continue };
        let relation = relation.clone();
        relations.extend(parents(&relation.to, &entry, table));
        // What only the catalogue tells of is found where the tree names what leads there.
        let by_table = || components.get(&relation.from).filter(|_| relation.at.source == table);
        let from = known.get(&relation.from).or_else(by_table);
        let named = from.map_or(relation.at, |it: &Component| it.at);
        let named = *loaded.get(&relation.to).unwrap_or(&named);
        known.insert(relation.to.clone(), unseen(&relation, named, &entry, table, sources));
    }
    components.append(&mut known);
    relations.sort_by(|a, b| (a.at, &a.from, &a.to, a.how).cmp(&(b.at, &b.from, &b.to, b.how)));
    Graph { components, relations, problems }
}

/// A well-known model or dataset that is asked about at `at`, and what it was made from.
pub fn recalled(
    id: &ComponentId,
    at: Span,
    catalog: Catalog,
    table: SourceId,
    sources: &Sources,
) -> Option<Graph> {
    let entry = catalog.entry(id)?;
    let mut component = bare(id, at, ".");
    know(&mut component, &entry, table);
    let relations = parents(id, &entry, table).collect();
    let components = [(id.clone(), component)].into();
    Some(recall(Graph { components, relations, problems: Vec::new() }, catalog, table, sources))
}

/// What is known of a component by its place in the cache of the hub, which no file can forge.
fn in_cache(component: &Component, catalog: Catalog) -> Option<Entry> {
    let cached = hub_cache(&component.path)?;
    if component.name.as_deref() != Some(&cached.name) {
        return None;
    }
    catalog.entry(&component.id)
}

/// Adds what the catalogue says of the license.
fn know(component: &mut Component, entry: &Entry, table: SourceId) {
    let library = Library::embedded();
    let known = |it: &str| library.license(it).map(|it| it.id);
    let at = Span::new(table, entry.license.at.clone());
    let Some(license) = parse_with(entry.license.text, at, &known).expression else { return };
    let strength = if entry.read.first_hand { Strength::Declared } else { Strength::Detected };
    component.claims.push(Claim {
        raw: Spanned::new(entry.license.text.to_owned(), at),
        stated: Stated::Expression(license.clone()),
        evidence: Evidence { at, origin: Origin::Catalog, strength },
        decided_by: None,
        score: None,
        modified: false,
        notes: Vec::new(),
    });
    component.conclusion = Conclusion { license: Some(license), standing: Standing::Clear };
}

fn parents<'a>(
    from: &'a ComponentId,
    entry: &'a Entry,
    table: SourceId,
) -> impl Iterator<Item = Relation> + use<'a> {
    entry.made_from.iter().map(move |(how, parent)| Relation {
        from: from.clone(),
        to: ComponentId::hub_model(parent.text),
        how: *how,
        kind: Kind::Model,
        at: Span::new(table, parent.at.clone()),
        scope: Scope::Normal,
        revision: None,
        seen: false,
    })
}

/// The component that stands for what `relation` only names, at `at` in the tree.
fn unseen(
    relation: &Relation,
    at: Span,
    entry: &Entry,
    table: SourceId,
    sources: &Sources,
) -> Component {
    let path = sources.get(at.source).map_or(".", |it| &it.name);
    let mut component = bare(&relation.to, at, path);
    know(&mut component, entry, table);
    component
}

fn bare(id: &ComponentId, at: Span, path: &str) -> Component {
    let name = id.as_str().strip_prefix("pkg:huggingface/").unwrap_or(id.as_str());
    let (name, kind) = match name.strip_prefix("datasets/") {
        Some(it) => (it, Kind::Dataset),
        None => (name, Kind::Model),
    };
    let name = Some(name.to_owned());
    Component { name, ..Component::new(id.clone(), kind, path, at) }
}
