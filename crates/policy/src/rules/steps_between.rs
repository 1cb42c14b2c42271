//! The licenses of what lies between a component and the upstream that a finding is about: a chain
//! convinces nobody who has to look up its middle.

use caveat_core::component::How;
use caveat_core::inventory::{Component, Relation, Standing};

use super::license_rulings::related;
use crate::case::Case;
use crate::finding::{Finding, Link, Step};
use crate::ground::called;
use crate::known;
use crate::travel::carries;

/// Adds to a finding that goes over several relations what each component between states, behind
/// the relations.
pub(super) fn tell(case: &Case<'_>, finding: &mut Finding) {
    let steps: Vec<&Step> = finding.because.steps().collect();
    let ways: Vec<_> = steps.iter().filter_map(|it| relation(case, it)).collect();
    let Some((_, between)) = ways.split_last() else { return };
    let missing = between.iter().filter_map(|it| case.graph.components.get(&it.to));
    let missing: Vec<Step> =
        missing.map(states).filter(|it| !steps.iter().any(|known| known.says == it.says)).collect();
    let is_relation = |it: &&&Step| it.link == Link::Relation;
    let relations = steps.iter().take_while(is_relation).count();
    if missing.is_empty() || relations == 0 {
        return;
    }
    finding.because.tell(relations, missing);
}

/// The relation that a step tells of, if it is one by which something is made.
fn relation<'a>(case: &Case<'a>, step: &Step) -> Option<&'a Relation> {
    let at = step.at.filter(|_| step.link == Link::Relation)?;
    // Relations stand in the order of the places that state them.
    let all = &case.graph.relations;
    let here = all[all.partition_point(|it| it.at < at)..].iter().take_while(|it| it.at == at);
    let mut here = here.filter(|it| is_making(it.how)).peekable();
    let first = here.next()?;
    if here.peek().is_none() {
        return Some(first);
    }
    std::iter::once(first).chain(here).find(|it| related(case, it).says == step.says)
}

fn is_making(how: How) -> bool {
    carries(how) || how == How::TrainedOn
}

fn states(component: &Component) -> Step {
    match (&component.conclusion.license, &component.conclusion.standing) {
        (Some(it), Standing::Clear) => known::states(component, &it.to_string(), it.at()),
        (_, Standing::Ambiguous(why)) => {
            let says = format!("the license of {} is not clear: {why}", called(component));
            Step::new(Link::Claim, says, component.at)
        }
        (Some(_) | None, Standing::Clear | Standing::Unknown) => {
            let says = format!("{} says nothing of a license that is known", called(component));
            Step::new(Link::Claim, says, component.at)
        }
    }
}
