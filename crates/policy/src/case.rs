//! Everything that a rule looks at.

use std::collections::BTreeMap;
use std::ops::Deref;

use caveat_core::component::{ComponentId, How};
use caveat_core::inventory::{Graph, Relation};
use caveat_core::library::Library;
use caveat_core::source::Sources;

use crate::date::Date;
use crate::finding::{Finding, Obligation};
use crate::ground::Ground;
use crate::lines::Lines;
use crate::obligations::obligations;
use crate::policy::{Exception, Policy};
use crate::precedent::Precedents;
use crate::ruling::{Decided, Ruling};

/// Everything that a rule looks at: the ground, and what the policy makes of every license.
#[derive(Debug)]
pub struct Case<'a> {
    ground: Ground<'a>,
    /// The lines of the policy by what they name.
    pub lines: Lines<'a>,
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
        let lines = Lines::of(ground.policy);
        let mut precedents = Precedents::new(&ground, &lines);
        let components = ground.graph.components.values();
        let judged = components.map(|it| {
            let counts = ground.is_judged(it);
            (&it.id, if counts { precedents.own_and_carried(it) } else { Decided::default() })
        });
        let decided: BTreeMap<_, _> = judged.collect();
        let relations = ground.graph.relations.iter().filter(|it| it.how == How::TrainedOn);
        let trained = relations.filter_map(|it| {
            let components = &ground.graph.components;
            let (model, data) = (components.get(&it.from)?, components.get(&it.to)?);
            Some((it, precedents.training_data(model, data)?))
        });
        let trained = trained.collect();
        drop(precedents);
        let obligations = obligations(&ground, &decided);
        Self { ground, lines, decided, trained, obligations }
    }

    /// The exceptions that set a finding aside, in the order of the file: they allow that sort of
    /// finding, are in force, and hold in every product that the component is part of.
    pub fn excepting(&self, finding: &Finding) -> Vec<&'a Exception> {
        let component = self.graph.components.get(&finding.component);
        let path = component.map(|it| self.path(&it.path));
        let path = path.as_deref();
        let mut all = self.lines.excepting(finding.rule, &finding.component, path);
        all.retain(|it| self.in_force(it) && self.holds_at(it, path));
        all
    }

    /// Every ruling of the case.
    pub fn rulings(&self) -> impl Iterator<Item = &Ruling<'a>> {
        let trained = self.trained.iter().map(|(_, it)| it);
        self.decided.values().chain(trained).flat_map(|it| &it.rulings)
    }
}
