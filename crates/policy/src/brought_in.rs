//! By which lines of the project's own manifests a dependency came in: lines that its people can
//! change.

use std::collections::BTreeMap;

use caveat_core::component::{ComponentId, How};
use caveat_core::inventory::{Component, Graph, Relation};

/// Nobody reads a longer chain.
const LONGEST: usize = 8;

/// Who depends on what, each thing once: by the project itself before by others.
#[derive(Debug)]
pub struct BroughtIn<'a>(BTreeMap<&'a ComponentId, &'a Relation>);

impl<'a> BroughtIn<'a> {
    /// Looks through all dependencies.
    pub fn of(graph: &'a Graph) -> Self {
        let is_own = |id| graph.components.get(id).is_some_and(|it: &Component| it.own);
        let mut by = BTreeMap::new();
        for it in graph.relations.iter().filter(|it| it.how == How::DependsOn) {
            let known = by.entry(&it.to).or_insert(it);
            if is_own(&it.from) && !is_own(&known.from) {
                *known = it;
            }
        }
        Self(by)
    }

    /// The relations from the project's own work to `component`, in that order; none where no such
    /// chain is known.
    pub fn way(&self, graph: &Graph, component: &Component) -> Vec<&'a Relation> {
        let mut way = Vec::new();
        let mut id = &component.id;
        while let Some(relation) = self.0.get(id).copied() {
            if way.len() == LONGEST || way.iter().any(|it: &&Relation| it.to == relation.to) {
                return Vec::new();
            }
            way.push(relation);
            id = &relation.from;
            if graph.components.get(id).is_some_and(|it| it.own) {
                way.reverse();
                return way;
            }
        }
        Vec::new()
    }
}
