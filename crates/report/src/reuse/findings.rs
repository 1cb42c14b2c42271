//! The problems as findings, for the formats that servers take.

use std::collections::BTreeMap;

use caveat_core::component::ComponentId;
use caveat_core::reuse::{Kind, Lint, Place, Problem, VERSION};
use caveat_core::source::{SourceId, Span};
use caveat_policy::finding::{Because, Finding, Link, Report, Step};
use caveat_policy::verdict::Level;

/// A finding for each place that is a matter of its own, else for each problem. `sources` has the
/// number of each file that is among the sources.
pub fn findings(lint: &Lint, sources: &BTreeMap<String, SourceId>) -> Report {
    let of_problem = |problem: &Problem| {
        let most = if problem.is_of_each() { usize::MAX } else { 1 };
        let places = problem.places.iter().take(most);
        places.map(|it| finding(problem, it, sources)).collect::<Vec<_>>()
    };
    let findings = lint.problems.iter().flat_map(of_problem).collect();
    Report { findings, ..Report::default() }
}

fn finding(problem: &Problem, place: &Place, sources: &BTreeMap<String, SourceId>) -> Finding {
    let Problem { kind, subject, help, .. } = problem;
    let clause = format!("REUSE {VERSION}, {}: {}", kind.clause(), kind.asks());
    let range = place.spot.map_or(0..0, |it| it.start..it.end);
    let source = sources.get(&place.path).copied().unwrap_or(SourceId(u32::MAX));
    let message = if problem.is_of_each() { problem.says_of(place) } else { problem.says.clone() };
    let is_license =
        matches!(kind, Kind::MissingText | Kind::UnusedText | Kind::UnknownId | Kind::DeprecatedId);
    Finding {
        rule: kind.name(),
        level: Level::Deny,
        component: ComponentId::path(&place.path),
        license: subject.clone().filter(|_| is_license),
        message,
        at: Span::new(source, range),
        label: String::new(),
        because: Because { first: Step::new(Link::Policy, clause, None), rest: Vec::new() },
        help: help.clone(),
        cause: subject.clone().unwrap_or_default(),
        excepted: None,
    }
}
