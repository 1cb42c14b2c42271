//! Whom a change may concern: what changed, what is made from it, and what depends on it.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::ComponentId;
use caveat_core::inventory::{Component, Graph};
use caveat_core::source::{SourceId, Sources, Span};
use caveat_policy::finding::{Finding, Report};

/// A rule about files that no reader need have read.
const EVIDENCE_RULE: &str = "stale-clarification";

/// Components that a change may concern, and the sources that have changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Affected {
    components: BTreeSet<ComponentId>,
    sources: BTreeSet<SourceId>,
}

impl Affected {
    /// Whom a change of the files with these names concerns.
    pub(crate) fn of(graph: &Graph, sources: &Sources, names: &BTreeSet<String>) -> Self {
        let changed = sources.iter().filter(|it| names.contains(&it.name)).map(|it| it.id);
        let mut affected = Self { sources: changed.collect(), ..Self::default() };
        let says = |it: &&Component| spans(it).any(|it| affected.sources.contains(&it.source));
        let stated = graph.components.values().filter(says).map(|it| it.id.clone()).collect();
        affected.components = with_dependents(graph, stated);
        affected
    }

    /// These, and others.
    #[must_use]
    pub(crate) fn and(mut self, graph: &Graph, others: Self) -> Self {
        let all = self.components.into_iter().chain(others.components).collect();
        self.components = with_dependents(graph, all);
        self
    }

    /// The components.
    pub(crate) fn components(&self) -> &BTreeSet<ComponentId> {
        &self.components
    }

    /// Leaves in a report what concerns these, and in a graph those and what they are made from.
    pub(crate) fn keep(&self, graph: &mut Graph, report: &mut Report) {
        report.findings.retain(|it| self.concerns(it));
        report.set_aside.retain(|it| self.concerns(&it.finding));
        report.obligations.retain(|it| self.components.contains(&it.component));
        let found = report.findings.iter().chain(report.set_aside.iter().map(|it| &it.finding));
        let named = found.map(|it| it.component.clone());
        let kept = with_upstreams(graph, self.components.iter().cloned().chain(named).collect());
        graph.components.retain(|id, _| kept.contains(id));
        graph.relations.retain(|it| kept.contains(&it.from));
        graph.problems.retain(|it| self.sources.contains(&it.at.source));
    }

    /// A finding is about one of them, or one of its reasons stands in what changed.
    fn concerns(&self, finding: &Finding) -> bool {
        let reasons = finding.because.steps().filter_map(|it| it.at);
        finding.rule == EVIDENCE_RULE
            || self.components.contains(&finding.component)
            || std::iter::once(finding.at)
                .chain(reasons)
                .any(|it| self.sources.contains(&it.source))
    }
}

/// Every place that says something of a component.
fn spans(it: &Component) -> impl Iterator<Item = Span> {
    let names = it.names.iter().map(|it| it.at);
    let traits = it.traits.iter().map(|it| it.at);
    let revisions = it.uses.iter().filter_map(|it| it.revision.as_ref()).map(|it| it.at);
    let uses = it.uses.iter().map(|it| it.target.at).chain(revisions);
    let claims = it.claims.iter().flat_map(|it| {
        let decided = it.decided_by.as_ref().map(|it| it.at);
        [it.raw.at, it.evidence.at].into_iter().chain(decided)
    });
    std::iter::once(it.at).chain(names).chain(traits).chain(uses).chain(claims)
}

/// These and all that is made from them or needs them, all the way.
fn with_dependents(graph: &Graph, of: BTreeSet<ComponentId>) -> BTreeSet<ComponentId> {
    reached(of, graph.relations.iter().map(|it| (&it.to, &it.from)))
}

/// These and all that they are made from or need, all the way.
fn with_upstreams(graph: &Graph, of: BTreeSet<ComponentId>) -> BTreeSet<ComponentId> {
    reached(of, graph.relations.iter().map(|it| (&it.from, &it.to)))
}

fn reached<'a>(
    mut all: BTreeSet<ComponentId>,
    steps: impl Iterator<Item = (&'a ComponentId, &'a ComponentId)>,
) -> BTreeSet<ComponentId> {
    let mut ways: BTreeMap<&ComponentId, Vec<&ComponentId>> = BTreeMap::new();
    for (from, to) in steps {
        ways.entry(from).or_default().push(to);
    }
    let mut rest: Vec<ComponentId> = all.iter().cloned().collect();
    while let Some(one) = rest.pop() {
        for to in ways.get(&one).into_iter().flatten() {
            if all.insert((*to).clone()) {
                rest.push((*to).clone());
            }
        }
    }
    all
}
