//! Everything that a rule looks at.

use std::collections::BTreeMap;
use std::ops::Deref;

use caveat_core::component::{ComponentId, How};
use caveat_core::inventory::{Component, Graph, Relation};
use caveat_core::library::Library;
use caveat_core::source::Sources;

use crate::date::Date;
use crate::finding::Obligation;
use crate::ground::Ground;
use crate::obligations::obligations;
use crate::policy::Policy;
use crate::ruling::{Decided, Ruling, decide};
use crate::travel::over_outputs;

/// Everything that a rule looks at: the ground, and what the policy makes of every license.
#[derive(Debug)]
pub struct Case<'a> {
    ground: Ground<'a>,
    /// What the policy makes of every component's licenses, own and carried.
    pub decided: BTreeMap<&'a ComponentId, Decided<'a>>,
    /// What it makes of the data that models are trained on, in the hands of the model.
    pub trained: Vec<(&'a Relation, Decided<'a>)>,
    /// What every component's licenses ask to be done, and whether it is.
    pub obligations: Vec<Obligation>,
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
        let decided: BTreeMap<_, _> =
            components.map(|it| (&it.id, own_and_carried(&ground, it))).collect();
        let relations = ground.graph.relations.iter();
        let trained = relations.filter_map(|it| Some((it, training_data(&ground, it)?))).collect();
        let obligations = obligations(&ground, &decided);
        Self { ground, decided, trained, obligations }
    }

    /// Every ruling of the case.
    pub fn rulings(&self) -> impl Iterator<Item = &Ruling<'a>> {
        let trained = self.trained.iter().map(|(_, it)| it);
        self.decided.values().chain(trained).flat_map(|it| &it.rulings)
    }
}

/// A component's own license, and those of everything that it was made from.
fn own_and_carried<'a>(ground: &Ground<'a>, component: &'a Component) -> Decided<'a> {
    if !ground.is_judged(component) {
        return Decided::default();
    }
    let own = component.conclusion.license.as_ref();
    let mut decided =
        own.map(|it| decide(ground, component, component, None, it)).unwrap_or_default();
    for (via, upstream) in ground.made_from(component) {
        let Some(license) = &upstream.conclusion.license else { continue };
        if own.is_some_and(|it| it.same_as(license)) && !over_outputs(&via.way) {
            continue;
        }
        let carried = decide(ground, component, upstream, Some(via), license);
        decided.rulings.extend(carried.rulings);
        decided.binding.extend(carried.binding);
    }
    decided
}

/// The license of data that a model in the tree is trained on, as it would bind the model.
fn training_data<'a>(ground: &Ground<'a>, relation: &'a Relation) -> Option<Decided<'a>> {
    if relation.how != How::TrainedOn {
        return None;
    }
    let components = &ground.graph.components;
    let (model, data) = (components.get(&relation.from)?, components.get(&relation.to)?);
    let license = data.conclusion.license.as_ref()?;
    Some(decide(ground, model, data, None, license))
}
