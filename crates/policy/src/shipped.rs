//! What goes out: the components of products that are handed to others.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::{ComponentId, How, Kind, Scope};
use caveat_core::inventory::{Component, Graph, Relation};

use crate::ground::Ground;
use crate::policy::Product;
use crate::usage::Usage;

/// Which components are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// Those of products that are handed to others; where the policy has no products, all.
    Distributed,
    /// Those of one product, however it is used.
    Product(&'a str),
    /// All.
    All,
}

/// The components that go out.
#[derive(Clone, Debug, Default)]
pub struct Shipped<'a> {
    /// By identity.
    pub components: Vec<&'a Component>,
    /// Components that are only needed to develop or test, which stay behind.
    pub development: usize,
    /// Components that the policy excludes.
    pub excluded: usize,
}

/// Whether a product hands what is in it to others.
pub fn distributes(product: &Product) -> bool {
    product.is_used(Usage::DistributeBinary) || product.is_used(Usage::DistributeWeights)
}

/// The components that go out.
pub fn shipped<'a>(ground: &Ground<'a>, wanted: Wanted<'_>) -> Shipped<'a> {
    let behind = development(ground.graph);
    let mut shipped = Shipped::default();
    for component in ground.graph.components.values() {
        if component.kind == Kind::Document || !ground.is_judged(component) {
            continue;
        }
        let places = ground.places(component);
        let kept = places.iter().filter(|it| ground.policy.excluded(it).is_none());
        let kept: Vec<_> = kept.map(String::as_str).collect();
        if !kept.iter().any(|it| is_wanted(ground, it, wanted)) {
            shipped.excluded += usize::from(kept.is_empty() && !places.is_empty());
            continue;
        }
        if behind.contains(&component.id) {
            shipped.development += 1;
        } else {
            shipped.components.push(component);
        }
    }
    shipped
}

fn is_wanted(ground: &Ground<'_>, path: &str, wanted: Wanted<'_>) -> bool {
    let policy = ground.policy;
    let ends = |it: &Product| policy.ends_of(it).into_iter().any(distributes);
    let mut holding = policy.products.iter().filter(|it| it.holds(path));
    match wanted {
        Wanted::All => true,
        Wanted::Product(name) => holding.any(|it| {
            it.name.value == name || policy.ends_of(it).iter().any(|end| end.name.value == name)
        }),
        Wanted::Distributed => policy.products.is_empty() || holding.any(ends),
    }
}

/// What is needed only where somebody develops or tests: every way to it from something that is
/// nobody's dependency leads over such a need.
fn development(graph: &Graph) -> BTreeSet<&ComponentId> {
    let needs = |it: &&Relation| matches!(it.how, How::DependsOn | How::Contains | How::Uses);
    let mut needed: BTreeMap<&ComponentId, Vec<&Relation>> = BTreeMap::new();
    for it in graph.relations.iter().filter(needs) {
        needed.entry(&it.from).or_default().push(it);
    }
    let targets: BTreeSet<_> = graph.relations.iter().filter(needs).map(|it| &it.to).collect();
    let is_root = |it: &&Component| it.own || !targets.contains(&it.id);
    let roots: Vec<_> = graph.components.values().filter(is_root).map(|it| &it.id).collect();
    let for_all = reach(&roots, &needed, |_| true);
    let for_users = reach(&roots, &needed, |it| it != Scope::Dev);
    for_all.difference(&for_users).copied().collect()
}

fn reach<'a>(
    roots: &[&'a ComponentId],
    needed: &BTreeMap<&'a ComponentId, Vec<&'a Relation>>,
    follows: impl Fn(Scope) -> bool,
) -> BTreeSet<&'a ComponentId> {
    let mut reached: BTreeSet<&ComponentId> = BTreeSet::new();
    let mut waiting = roots.to_vec();
    while let Some(it) = waiting.pop() {
        if reached.insert(it) {
            let needs = needed.get(it).into_iter().flatten();
            waiting.extend(needs.filter(|it| follows(it.scope)).map(|it| &it.to));
        }
    }
    reached
}
