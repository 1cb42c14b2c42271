//! What lies upstream of a component, and by which way.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use crate::component::{ComponentId, How};
use crate::inventory::{Component, Graph, Relation};

/// Nobody makes anything in more steps; a longer chain was written to cost time.
const LONGEST: usize = 256;

/// More upstreams than anything has.
const MOST: usize = 100_000;

/// Something upstream, with one shortest way to it.
#[derive(Clone, Debug)]
pub struct Upstream<'a> {
    /// What lies at the end of the way.
    pub id: &'a ComponentId,
    /// What is known of it; `None` where only a name is.
    pub component: Option<&'a Component>,
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
    /// Everything that is there or named, in the order of identities: a way is sought by numbers,
    /// as comparing names at each step takes longer than all the rest.
    nodes: Vec<Node<'a>>,
    numbers: HashMap<&'a ComponentId, usize>,
}

/// One thing that is there or named.
#[derive(Clone, Debug)]
struct Node<'a> {
    id: &'a ComponentId,
    component: Option<&'a Component>,
    /// What it states of others.
    states: Vec<&'a Relation>,
    /// The others, in the same order.
    others: Vec<usize>,
}

/// The last step of a way, and the step before it.
struct Step<'a> {
    relation: &'a Relation,
    to: usize,
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
        let there = graph.components.iter().map(|(id, it)| (id, Some(it)));
        let mut known: BTreeMap<&ComponentId, Option<&Component>> = there.collect();
        let unknown = graph.relations.iter().flat_map(|it| [&it.from, &it.to]);
        for id in unknown.filter(|it| !graph.components.contains_key(*it)) {
            known.insert(id, None);
        }
        let node = |(id, component)| Node { id, component, states: Vec::new(), others: Vec::new() };
        let mut nodes: Vec<Node<'a>> = known.into_iter().map(node).collect();
        let numbers: HashMap<&ComponentId, usize> =
            nodes.iter().enumerate().map(|(number, it)| (it.id, number)).collect();
        for relation in &graph.relations {
            let ends = numbers.get(&relation.from).zip(numbers.get(&relation.to));
            let Some((from, to)) = ends else { continue };
            nodes[*from].states.push(relation);
            nodes[*from].others.push(*to);
        }
        Self { nodes, numbers }
    }

    fn node(&self, id: &ComponentId) -> Option<&Node<'a>> {
        self.nodes.get(*self.numbers.get(id)?)
    }

    /// The relations that a component states itself.
    pub fn stated_by(&self, id: &ComponentId) -> &[&'a Relation] {
        self.node(id).map(|it| it.states.as_slice()).unwrap_or_default()
    }

    /// Everything that `id` was made from, learned from or loads, all the way. What travels depends
    /// only on which kinds of relation lie on the way, so one shortest way is kept for each (upstream,
    /// set of kinds): diamonds do not multiply and cycles end.
    pub fn upstreams(&self, id: &ComponentId) -> Vec<Upstream<'a>> {
        let Some(start) = self.numbers.get(id).copied() else { return Vec::new() };
        let mut steps: Vec<Step<'a>> = Vec::new();
        let mut found: BTreeMap<(usize, Ways), usize> = BTreeMap::new();
        let mut queue: VecDeque<Option<usize>> = VecDeque::from([None]);
        while let Some(before) = queue.pop_front() {
            let last = before.and_then(|it| steps.get(it));
            let (here, ways, length) =
                last.map_or((start, 0, 1), |it| (it.to, it.ways, it.length + 1));
            if length > LONGEST {
                break;
            }
            let node = &self.nodes[here];
            let steps_on = node.states.iter().copied().zip(node.others.iter().copied());
            for (relation, to) in steps_on.filter(|(it, _)| leads_upstream(it.how)) {
                let ways = ways | bit(relation.how);
                if to == start || found.contains_key(&(to, ways)) || steps.len() >= MOST {
                    continue;
                }
                found.insert((to, ways), steps.len());
                queue.push_back(Some(steps.len()));
                steps.push(Step { relation, to, before, ways, length });
            }
        }
        let upstream = |((to, _), at): ((usize, Ways), usize)| {
            let Node { id, component, .. } = self.nodes[to];
            Upstream { id, component, way: way(&steps, at) }
        };
        found.into_iter().map(upstream).collect()
    }
}

/// The relations from the component to the step at `at`.
fn way<'a>(steps: &[Step<'a>], at: usize) -> Vec<&'a Relation> {
    let mut way = Vec::with_capacity(steps.get(at).map_or(0, |it| it.length));
    let mut at = Some(at);
    while let Some(step) = at.and_then(|it| steps.get(it)) {
        way.push(step.relation);
        at = step.before;
    }
    way.reverse();
    way
}
