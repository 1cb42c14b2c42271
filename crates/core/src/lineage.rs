//! What lies upstream of a component, and by which way.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::component::{ComponentId, How};
use crate::inventory::{Graph, Relation};

/// Something upstream, with one shortest way to it.
#[derive(Clone, Debug)]
pub struct Upstream<'a> {
    /// What lies at the end of the way.
    pub id: &'a ComponentId,
    /// The relations on the way, from the component outwards. Never empty.
    pub way: Vec<&'a Relation>,
}

impl Upstream<'_> {
    /// The kinds of relation on the way.
    pub fn ways(&self) -> BTreeSet<How> {
        self.way.iter().map(|it| it.how).collect()
    }
}

/// Relations of a graph by the component that states them.
#[derive(Clone, Debug, Default)]
pub struct Lineage<'a> {
    from: BTreeMap<&'a ComponentId, Vec<&'a Relation>>,
}

impl<'a> Lineage<'a> {
    /// An index over `graph`.
    pub fn of(graph: &'a Graph) -> Self {
        let mut from: BTreeMap<&ComponentId, Vec<&Relation>> = BTreeMap::new();
        for relation in &graph.relations {
            from.entry(&relation.from).or_default().push(relation);
        }
        Self { from }
    }

    /// Everything upstream of `id`. What travels depends only on which kinds of relation lie on
    /// the way, so one shortest way is kept for each (upstream, set of kinds): diamonds do not
    /// multiply and cycles end.
    pub fn upstreams(&self, id: &'a ComponentId) -> Vec<Upstream<'a>> {
        let mut found: BTreeMap<(&ComponentId, BTreeSet<How>), Vec<&Relation>> = BTreeMap::new();
        let mut queue: VecDeque<(&ComponentId, BTreeSet<How>, Vec<&Relation>)> =
            VecDeque::from([(id, BTreeSet::new(), Vec::new())]);
        while let Some((here, ways, way)) = queue.pop_front() {
            for relation in self.from.get(here).into_iter().flatten() {
                let mut ways = ways.clone();
                ways.insert(relation.how);
                if relation.to == *id || found.contains_key(&(&relation.to, ways.clone())) {
                    continue;
                }
                let mut way = way.clone();
                way.push(relation);
                found.insert((&relation.to, ways.clone()), way.clone());
                queue.push_back((&relation.to, ways, way));
            }
        }
        found.into_iter().map(|((id, _), way)| Upstream { id, way }).collect()
    }
}
