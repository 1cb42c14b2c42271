//! Everything that a rule looks at.

use std::collections::BTreeMap;
use std::ops::Deref;

use caveat_core::component::ComponentId;
use caveat_core::inventory::{Component, Graph};
use caveat_core::library::Library;
use caveat_core::source::Sources;

use crate::date::Date;
use crate::ground::Ground;
use crate::policy::Policy;
use crate::ruling::{Decided, decide};

/// Everything that a rule looks at: the ground, and what the policy makes of every license.
#[derive(Debug)]
pub struct Case<'a> {
    ground: Ground<'a>,
    /// What the policy makes of every component's licenses, own and carried.
    pub decided: BTreeMap<&'a ComponentId, Decided<'a>>,
}

impl<'a> Deref for Case<'a> {
    type Target = Ground<'a>;

    fn deref(&self) -> &Ground<'a> {
        &self.ground
    }
}

impl<'a> Case<'a> {
    /// A case in which the policy lies in the scanned folder.
    pub fn new(
        graph: &'a Graph,
        library: &'a Library,
        policy: &'a Policy,
        sources: &'a Sources,
        today: Date,
    ) -> Self {
        Self::of(Ground::new(graph, library, policy, sources, today, ""))
    }

    /// A case on some ground.
    pub fn of(ground: Ground<'a>) -> Self {
        let components = ground.graph.components.values();
        let decided = components.map(|it| (&it.id, own_and_carried(&ground, it))).collect();
        Self { ground, decided }
    }
}

/// A component's own license, and those of everything that it was made from.
fn own_and_carried<'a>(ground: &Ground<'a>, component: &'a Component) -> Decided<'a> {
    let own = component.conclusion.license.as_ref();
    let mut decided =
        own.map(|it| decide(ground, component, component, None, it)).unwrap_or_default();
    for (via, upstream) in ground.made_from(component) {
        let Some(license) = &upstream.conclusion.license else { continue };
        if own.is_some_and(|it| it.same_as(license)) {
            continue;
        }
        let carried = decide(ground, component, upstream, Some(via), license);
        decided.rulings.extend(carried.rulings);
        decided.binding.extend(carried.binding);
    }
    decided
}
