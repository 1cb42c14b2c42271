//! Findings from rulings: what several rules share.

use std::collections::BTreeMap;

use caveat_core::component::{ComponentId, How, Kind};
use caveat_core::inventory::{Claim, Component, Relation};
use caveat_core::source::{Span, Spanned};
use caveat_core::tags::Tag;

use super::{beside, elsewhere, remedies};
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::{asked_as, called, excepted, shell_word};
use crate::known;
use crate::policy::Product;
use crate::ruling::Ruling;
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
    match (ruling.tag, ruling.verdict) {
        (_, Verdict::Allowed) => None,
        (Tag::Unknown, _) => Some(Sort::Unread),
        (Tag::Territorial | Tag::SeatRestricted, _) if ruling.tested => Some(Sort::Territory),
        (_, _) if ruling.tested => Some(Sort::Threshold),
        (Tag::OutputRestricted, _) if ruling.is_about_training() => Some(Sort::Output),
        (_, Verdict::Denied) => Some(Sort::Denied),
        (_, Verdict::Review) => Some(Sort::Review),
    }
}

/// The name of the rule that reports a ruling.
pub(super) fn reported_by(ruling: &Ruling<'_>) -> Option<&'static str> {
    Some(match sort(ruling)? {
        Sort::Unread => "unknown-license",
        Sort::Denied => "denied-license",
        Sort::Review => "needs-review",
        Sort::Threshold => "over-threshold",
        Sort::Territory => "outside-territory",
        Sort::Output => "restricted-output",
    })
}

/// What one finding is about: everything that one license does to one component, by whatever way
/// it came, or that one exception sets aside of it.
type Key<'a> = (&'a ComponentId, &'a str, Option<&'a str>);

/// One finding for each component and license with rulings of this sort.
pub(super) fn findings(case: &Case<'_>, rule: &'static str, wanted: Sort) -> Vec<Finding> {
    let mut groups: BTreeMap<Key<'_>, Vec<&Ruling<'_>>> = BTreeMap::new();
    for (id, decided) in &case.decided {
        for ruling in decided.rulings.iter().filter(|it| sort(it) == Some(wanted)) {
            if is_denied_anyway(&decided.rulings, ruling) {
                continue;
            }
            let exception = ruling.exception.map(|it| it.id.value.as_str());
            groups.entry((id, &ruling.license, exception)).or_default().push(ruling);
        }
    }
    if groups.is_empty() {
        return Vec::new();
    }
    let finding = |(key, rulings): (Key<'_>, Vec<&Ruling<'_>>)| {
        finding(case, rule, case.graph.components.get(key.0)?, &rulings)
    };
    groups.into_iter().filter_map(finding).collect()
}

/// A license that is denied for one thing that it asks needs no review for another.
fn is_denied_anyway(all: &[Ruling<'_>], ruling: &Ruling<'_>) -> bool {
    let denied = |it: &Ruling<'_>| it.stands() && it.verdict == Verdict::Denied;
    ruling.verdict == Verdict::Review
        && ruling.exception.is_none()
        && all.iter().any(|it| it.license == ruling.license && denied(it))
}

fn finding(
    case: &Case<'_>,
    rule: &'static str,
    component: &Component,
    rulings: &[&Ruling<'_>],
) -> Option<Finding> {
    let first = rulings.first()?;
    let way = if first.via.is_none() { case.brought_in(component) } else { Vec::new() };
    let (at, label, claim) = match way.first() {
        // The line that people here can change, rather than one in the work of others.
        Some(it) if !component.own && !is_excluded(case, it.at) => {
            brought_by(case, component, first, it)
        }
        Some(_) | None => pointed(case, component, first),
    };
    let mut steps: Vec<Step> = way.iter().map(|it| related(case, it)).collect();
    steps.extend(relation_steps(case, first));
    steps.extend(claim);
    steps.extend(rulings.iter().flat_map(|it| it.steps.clone()));
    let denied = rulings.iter().find(|it| it.verdict == Verdict::Denied);
    steps.extend(rulings.iter().flat_map(|it| beside::notes(case, component, it)));
    steps.extend(denied.and_then(|it| elsewhere::allowed(case, component, it)));
    let verdict = Verdict::all(rulings.iter().map(|it| it.verdict));
    if verdict == Verdict::Review {
        steps.extend(passed(case, component, first));
    }
    let steps = each_once(steps);
    let tags: Vec<Tag> = distinct(rulings.iter().map(|it| it.tag));
    let names: Vec<&str> = tags.iter().map(|it| it.name()).collect();
    Some(Finding {
        rule,
        level: Level::from(verdict),
        component: component.id.clone(),
        license: Some(first.license.clone()),
        message: message(case, component, rulings),
        at,
        label,
        because: Because::new(steps)?,
        help: remedies::help(case, component, rulings, &tags),
        cause: names.join(","),
        excepted: first.exception.map(|it| Spanned::new(excepted(it), it.at)),
    })
}

/// Whether a place is in what the policy excludes: a finding there would not count.
fn is_excluded(case: &Case<'_>, at: Span) -> bool {
    let file = case.sources.get(at.source).map(|it| case.path(&it.name));
    file.is_some_and(|it| case.policy.excluded(&it).is_some())
}

/// The project's own line that brings something in, and what that says of its license.
fn brought_by(
    case: &Case<'_>,
    component: &Component,
    ruling: &Ruling<'_>,
    first: &Relation,
) -> (Span, String, Option<Step>) {
    let label = if first.to == component.id {
        format!("is under {}", case.title(&ruling.license))
    } else {
        format!("brings {}, under {}", called(component), case.title(&ruling.license))
    };
    let step = known::states(component, &ruling.license, ruling.stated);
    (first.at, label, Some(step))
}

/// Each reason once; what several clauses say alike is one reason with all of them.
fn each_once(steps: Vec<Step>) -> Vec<Step> {
    let mut kept: Vec<Step> = Vec::new();
    for step in steps {
        let same = |it: &&mut Step| it.link == step.link && it.says == step.says;
        let Some(known) = kept.iter_mut().find(same) else {
            kept.push(step);
            continue;
        };
        let (Some(cites), Some(cite)) = (&mut known.cite, &step.cite) else { continue };
        for part in cite.split(", ").filter(|it| !it.is_empty()) {
            if !cites.split(", ").any(|it| it == part) {
                *cites = format!("{cites}, {part}");
            }
        }
    }
    kept
}

/// Each once, in the order in which they come.
pub(super) fn distinct<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut distinct = Vec::new();
    for it in all {
        if !distinct.contains(&it) {
            distinct.push(it);
        }
    }
    distinct
}

/// The clauses and facts by which the license's own tests pass: whoever reviews it needs not ask
/// again.
fn passed(case: &Case<'_>, component: &Component, ruling: &Ruling<'_>) -> Vec<Step> {
    let Some(decided) = case.decided.get(&component.id) else { return Vec::new() };
    let same = |it: &&Ruling<'_>| it.passes_a_test() && it.license == ruling.license;
    decided.rulings.iter().filter(same).flat_map(|it| it.passing()).collect()
}

/// Where the finding points: at the component's own words on its license, or at the line that
/// names the upstream; with a few words to stand there.
pub(super) fn pointed(
    case: &Case<'_>,
    component: &Component,
    ruling: &Ruling<'_>,
) -> (Span, String, Option<Step>) {
    if let Some(via) = &ruling.via {
        let upstream = case.graph.components.get(via.id);
        let step = upstream.map(|it| known::states(it, &ruling.license, ruling.stated));
        let at = via.way.first().map_or(component.at, |it| it.at);
        return (known::place(component, at), format!("brings {}", ruling.license), step);
    }
    let claim = component.claims.iter().find(|it| mentions(it, ruling));
    let decided = claim.and_then(|it| it.decided_by.as_ref());
    let step = decided
        .map(|it| Step::new(Link::Claim, format!("`{}` is {}", it.value, ruling.license), it.at));
    let label = case.title(&ruling.license).to_owned();
    if component.is_recalled() {
        let step = known::states(component, &ruling.license, ruling.stated);
        return (component.at, label, Some(step));
    }
    (claim.map_or(ruling.stated, |it| it.raw.at), label, step)
}

fn mentions(claim: &Claim, ruling: &Ruling<'_>) -> bool {
    let at = ruling.stated;
    let holds = |it: Span| it.source == at.source && it.start <= at.start && at.end <= it.end;
    holds(claim.raw.at) || claim.decided_by.as_ref().is_some_and(|it| holds(it.at))
}

/// The way to an upstream whose license is meant.
pub(super) fn relation_steps(case: &Case<'_>, ruling: &Ruling<'_>) -> Vec<Step> {
    ruling.via.iter().flat_map(|it| &it.way).map(|it| related(case, it)).collect()
}

/// A relation as a step of an explanation.
pub(super) fn related(case: &Case<'_>, it: &Relation) -> Step {
    let name = |id| case.graph.components.get(id).map_or_else(|| format!("`{}`", bare(id)), called);
    let says = format!("{} {} {}", name(&it.from), phrase(case, it), name(&it.to));
    Step::new(Link::Relation, says, it.at)
}

/// A relation in a sentence: data learn nothing from a model, they hold what it put out.
pub(super) fn phrase(case: &Case<'_>, it: &Relation) -> &'static str {
    let kind = case.graph.components.get(&it.from).map(|it| it.kind);
    match it.how {
        How::DistilledFrom if kind == Some(Kind::Dataset) => "holds outputs of",
        how => how.phrase(),
    }
}

/// The name of something that is not in the tree, as people write it.
pub(super) fn bare(id: &ComponentId) -> &str {
    let id = id.as_str();
    let known = ["pkg:huggingface/", "pkg:generic/", "path:"];
    let id = known.iter().find_map(|it| id.strip_prefix(it)).unwrap_or(id);
    id.strip_prefix("datasets/").unwrap_or(id)
}

fn message(case: &Case<'_>, component: &Component, rulings: &[&Ruling<'_>]) -> String {
    let first = rulings[0];
    let title = case.title(&first.license);
    let says = distinct(rulings.iter().map(|it| it.says.as_str())).join("; ");
    let name = called(component);
    match first.via.as_ref().and_then(|via| Some((via.way.first()?, via.id))) {
        Some((relation, id)) => {
            let known =
                |id| case.graph.components.get(id).map_or_else(|| format!("`{id}`"), called);
            let by = if relation.to == *id {
                String::new()
            } else {
                format!("{}, which goes back to ", known(&relation.to))
            };
            let (how, upstream) = (phrase(case, relation), known(id));
            format!("{name} {how} {by}{upstream}, under {title}: {says}")
        }
        None => format!("{name} is under {title}: {says}"),
    }
}

/// The command that puts an exception on record.
pub(super) fn except<'a>(
    component: &Component,
    product: Option<&Product>,
    allow: impl IntoIterator<Item = &'a str>,
) -> String {
    let product = product.map(|it| format!(" --product {}", shell_word(&it.name.value)));
    let allow: Vec<_> = allow.into_iter().collect();
    let (subject, product) = (asked_as(component), product.unwrap_or_default());
    format!("caveat except {subject}{product} --allow {}", allow.join(","))
}
