//! What lies upstream of a component, and by which way.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::component::{ComponentId, How};
use crate::inventory::{Graph, Relation};

/// Nobody makes anything in more steps; a longer chain was written to cost time.
const LONGEST: usize = 256;

/// More upstreams than anything has.
const MOST: usize = 100_000;

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

/// The last step of a way, and the step before it.
struct Step<'a> {
    relation: &'a Relation,
    before: Option<usize>,
    ways: Ways,
    length: usize,
}

/// A set of kinds of relation, a bit for each.
type Ways = u16;

fn bit(how: How) -> Ways {
    1 << (how as u16)
}

/// Whether something of the one comes from the other. What code needs, holds or is measured on is
/// not what it was made from, and a lockfile has thousands of such relations.
fn leads_upstream(how: How) -> bool {
    match how {
        How::FineTunedFrom
        | How::AdapterOf
        | How::MergeOf
        | How::QuantizedFrom
        | How::DistilledFrom
        | How::TrainedOn
        | How::DerivedFrom
        | How::Uses => true,
        How::DependsOn | How::Contains | How::EvaluatedOn => false,
    }
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

    /// The relations that a component states itself.
    pub fn stated_by(&self, id: &ComponentId) -> &[&'a Relation] {
        self.from.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Everything that `id` was made from, learned from or loads, all the way. What travels depends only on which kinds of relation lie on
    /// the way, so one shortest way is kept for each (upstream, set of kinds): diamonds do not
    /// multiply and cycles end.
    pub fn upstreams(&self, id: &'a ComponentId) -> Vec<Upstream<'a>> {
        let mut steps: Vec<Step<'a>> = Vec::new();
        let mut found: BTreeMap<(&ComponentId, Ways), usize> = BTreeMap::new();
        let mut queue: VecDeque<Option<usize>> = VecDeque::from([None]);
        while let Some(before) = queue.pop_front() {
            let last = before.and_then(|it| steps.get(it));
            let (here, ways, length) = match last {
                Some(it) => (&it.relation.to, it.ways, it.length + 1),
                None => (id, 0, 1),
            };
            if length > LONGEST {
                break;
            }
            for relation in self.stated_by(here).iter().filter(|it| leads_upstream(it.how)) {
                let ways = ways | bit(relation.how);
                let key = (&relation.to, ways);
                if relation.to == *id || found.contains_key(&key) || steps.len() >= MOST {
                    continue;
                }
                found.insert(key, steps.len());
                queue.push_back(Some(steps.len()));
                steps.push(Step { relation, before, ways, length });
            }
        }
        let upstream = |((id, _), at)| Upstream { id, way: way(&steps, at) };
        found.into_iter().map(upstream).collect()
    }
}

/// The relations from the component to the step at `at`.
fn way<'a>(steps: &[Step<'a>], at: usize) -> Vec<&'a Relation> {
    let mut way = Vec::new();
    let mut at = Some(at);
    while let Some(step) = at.and_then(|it| steps.get(it)) {
        way.push(step.relation);
        at = step.before;
    }
    way.reverse();
    way
}
