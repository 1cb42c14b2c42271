//! Findings from rulings: what several rules share.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::ComponentId;
use caveat_core::inventory::Component;
use caveat_core::source::{Span, Spanned};
use caveat_core::tags::Tag;

use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::ground::excepted;
use crate::ruling::Ruling;
use crate::usage::Usage;
use crate::verdict::{Level, Verdict};

/// The sorts of rulings; each is the business of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Unread,
    Denied,
    Review,
    Threshold,
    Territory,
    Output,
}

/// Which rule reports a ruling; `None` for what is allowed.
pub(super) fn sort(ruling: &Ruling<'_>) -> Option<Sort> {
    let trains = |it: Usage| matches!(it, Usage::Distil | Usage::TrainFromData);
    let usage = ruling.setting.usage.as_ref().map(|it| it.value);
    match (ruling.tag, ruling.verdict) {
        (_, Verdict::Allowed) => None,
        (Tag::Unknown, _) => Some(Sort::Unread),
        (Tag::Territorial | Tag::SeatRestricted, _) if ruling.tested => Some(Sort::Territory),
        (_, _) if ruling.tested => Some(Sort::Threshold),
        (Tag::OutputRestricted, _) if usage.is_some_and(trains) => Some(Sort::Output),
        (_, Verdict::Denied) => Some(Sort::Denied),
        (_, Verdict::Review) => Some(Sort::Review),
    }
}

/// What one finding is about: everything that one license does to one component.
type Key<'a> = (&'a ComponentId, String, Option<&'a ComponentId>, Option<&'a str>);

/// One finding for each component and license with rulings of this sort.
pub(super) fn findings(case: &Case<'_>, rule: &'static str, wanted: Sort) -> Vec<Finding> {
    let mut groups: BTreeMap<Key<'_>, Vec<&Ruling<'_>>> = BTreeMap::new();
    for (id, decided) in &case.decided {
        for ruling in decided.rulings.iter().filter(|it| sort(it) == Some(wanted)) {
            if wanted == Sort::Review && is_denied_too(&decided.rulings, ruling) {
                continue;
            }
            let via = ruling.via.as_ref().map(|it| it.id);
            let exception = ruling.exception.map(|it| it.id.value.as_str());
            groups.entry((id, ruling.license.clone(), via, exception)).or_default().push(ruling);
        }
    }
    let finding = |(key, rulings): (Key<'_>, Vec<&Ruling<'_>>)| {
        finding(case, rule, case.graph.components.get(key.0)?, &rulings)
    };
    groups.into_iter().filter_map(finding).collect()
}

/// A license that is denied anyway needs no review besides.
fn is_denied_too(all: &[Ruling<'_>], ruling: &Ruling<'_>) -> bool {
    all.iter().any(|it| {
        it.license == ruling.license
            && it.exception.is_none()
            && it.verdict == Verdict::Denied
            && it.via.as_ref().map(|it| it.id) == ruling.via.as_ref().map(|it| it.id)
    })
}

fn finding(
    case: &Case<'_>,
    rule: &'static str,
    component: &Component,
    rulings: &[&Ruling<'_>],
) -> Option<Finding> {
    let first = rulings.first()?;
    let mut steps = relation_steps(case, first);
    let (at, label, claim) = place(case, component, first);
    steps.extend(claim);
    steps.extend(rulings.iter().flat_map(|it| it.steps.clone()));
    steps.extend(passed(case, component, first));
    let mut seen = BTreeSet::new();
    steps.retain(|it| seen.insert((it.link, it.says.clone(), it.cite.clone())));
    let tags: Vec<String> = rulings.iter().map(|it| it.tag.to_string()).collect();
    let verdict = Verdict::all(rulings.iter().map(|it| it.verdict));
    Some(Finding {
        rule,
        level: Level::from(verdict),
        component: component.id.clone(),
        license: Some(first.license.clone()),
        message: message(case, component, rulings),
        at,
        label,
        because: Because::new(steps)?,
        help: help(component, first, &tags),
        cause: tags.join(","),
        excepted: first.exception.map(|it| Spanned::new(excepted(it), it.at)),
    })
}

/// The facts by which the license's own tests pass: whoever reviews it needs not ask again.
fn passed(case: &Case<'_>, component: &Component, ruling: &Ruling<'_>) -> Vec<Step> {
    let Some(decided) = case.decided.get(&component.id) else { return Vec::new() };
    let same = |it: &&Ruling<'_>| {
        it.tested && it.verdict == Verdict::Allowed && it.license == ruling.license
    };
    let tested = decided.rulings.iter().filter(same);
    let facts = tested.flat_map(|it| {
        let facts = it.steps.iter().filter(|step| step.link == Link::Fact);
        facts.map(|step| Step {
            says: format!("{} test passes: {}", it.tag, step.says),
            ..step.clone()
        })
    });
    facts.collect()
}

/// Where the finding points: at the component's own words on its license, or at the line that
/// names the upstream; with a few words to stand there.
fn place(
    case: &Case<'_>,
    component: &Component,
    ruling: &Ruling<'_>,
) -> (Span, String, Option<Step>) {
    if let Some(via) = &ruling.via {
        let name = case.graph.components.get(via.id).map_or_else(|| via.id.to_string(), called);
        let step =
            Step::new(Link::Claim, format!("{name} states `{}`", ruling.license), ruling.stated);
        let at = via.way.first().map_or(component.at, |it| it.at);
        return (at, format!("brings {}", ruling.license), Some(step));
    }
    let claim = component.claims.iter().find(|it| mentions(it, ruling));
    let decided = claim.and_then(|it| it.decided_by.as_ref());
    let step = decided
        .map(|it| Step::new(Link::Claim, format!("`{}` is {}", it.value, ruling.license), it.at));
    let label = case.title(&ruling.license).to_owned();
    (claim.map_or(ruling.stated, |it| it.raw.at), label, step)
}

fn mentions(claim: &caveat_core::inventory::Claim, ruling: &Ruling<'_>) -> bool {
    let at = ruling.stated;
    let holds = |it: Span| it.source == at.source && it.start <= at.start && at.end <= it.end;
    holds(claim.raw.at) || claim.decided_by.as_ref().is_some_and(|it| holds(it.at))
}

fn relation_steps(case: &Case<'_>, ruling: &Ruling<'_>) -> Vec<Step> {
    let Some(via) = &ruling.via else { return Vec::new() };
    let name =
        |id: &ComponentId| case.graph.components.get(id).map_or_else(|| format!("`{id}`"), called);
    let step = |it: &&caveat_core::inventory::Relation| {
        let says = format!("{} is {} {}", name(&it.from), it.how.phrase(), name(&it.to));
        Step::new(Link::Relation, says, it.at)
    };
    via.way.iter().map(step).collect()
}

fn message(case: &Case<'_>, component: &Component, rulings: &[&Ruling<'_>]) -> String {
    let first = rulings[0];
    let title = case.title(&first.license);
    let mut says: Vec<&str> = rulings.iter().map(|it| it.says.as_str()).collect();
    says.dedup();
    let says = says.join("; ");
    let name = called(component);
    match first.via.as_ref().and_then(|via| Some((via.way.first()?, via.id))) {
        Some((relation, id)) => {
            let upstream = case.graph.components.get(id).map_or_else(|| format!("`{id}`"), called);
            format!("{name} is {} {upstream}, under {title}: {says}", relation.how.phrase())
        }
        None => format!("{name} is under {title}: {says}"),
    }
}

/// The cheapest thing first.
fn help(component: &Component, ruling: &Ruling<'_>, tags: &[String]) -> Vec<String> {
    let quoted: Vec<String> = tags.iter().map(|it| format!("\"{it}\"")).collect();
    let target = if component.id.as_str().starts_with("pkg:") {
        format!("package = \"{}\"", component.id)
    } else {
        format!("path = \"{}\"", component.path)
    };
    let record = format!("[[exception]] with {target}, allow = [{}]", quoted.join(", "));
    let what = match sort(ruling) {
        Some(Sort::Denied | Sort::Territory | Sort::Output) => "use something else, or",
        Some(Sort::Threshold) => "ask the licensor for a license, or use something else; then",
        Some(Sort::Review) => "have Legal look at the clause, then",
        Some(Sort::Unread) | None => "have Legal read the license, then",
    };
    let mut help = vec![format!("{what} put the decision on record: {record}")];
    help.extend(ruling.wanted.iter().map(|it| format!("tell the policy the fact it lacks: {it}")));
    help.reverse();
    help
}
