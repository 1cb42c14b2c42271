//! Duties that were looked for and are not met: what two rules share.

use std::collections::BTreeMap;

use caveat_core::component::Kind;
use caveat_core::inventory::Component;

use super::duty_help::help;
use super::duty_words::words;
use super::license_rulings::reported_by;
use crate::case::Case;
use crate::duty::{DutyKind, usual};
use crate::finding::{Because, Finding, Link, Obligation, Status, Step};
use crate::ground::called;
use crate::ruling::Ruling;
use crate::travelling::rule_on;
use crate::usage::Usage;
use crate::verdict::{Level, Verdict};
use crate::vocabulary::Word as _;

/// More than so many that are alike are told as one.
const ALIKE: usize = 3;
/// How many of them are named.
const NAMED: usize = 8;

/// The kind of a duty.
fn kind(it: &Obligation) -> Option<DutyKind> {
    DutyKind::from_word(it.kind)
}

/// A duty that is not met, with the finding that tells of it alone.
struct Unmet<'a> {
    obligation: &'a Obligation,
    component: &'a Component,
    finding: Finding,
}

/// What makes duties alike: license, duty, kind of component, whether it is installed, product.
type Likeness<'a> = (&'a str, &'a str, Kind, bool, Option<&'a str>, Level);

/// A finding for every duty that is not met and of a kind that `is_meant`; one for many that are
/// alike.
pub(super) fn findings(
    case: &Case<'_>,
    rule: &'static str,
    is_meant: fn(DutyKind) -> bool,
) -> Vec<Finding> {
    let unmet = case.obligations.iter().filter(|it| it.due && it.status == Status::Unmet);
    let unmet = unmet.filter(|it| !is_denied_anyway(case, it));
    let meant = unmet.filter_map(|it| Some((it, kind(it).filter(|it| is_meant(*it))?)));
    let all = meant.filter_map(|(it, kind)| alone(case, rule, it, kind));
    let mut groups: BTreeMap<Likeness<'_>, Vec<Unmet<'_>>> = BTreeMap::new();
    let mut findings = Vec::new();
    for it in all {
        // What an exception sets aside is set aside by itself.
        let is_excepted = |finding: &Finding| !case.excepting(finding).is_empty();
        if is_excepted(&it.finding) {
            findings.push(it.finding);
            continue;
        }
        let one = it.obligation;
        let installed = one.remedy.is_none();
        let level = it.finding.level;
        let product = one.product.as_deref();
        let key = (one.license.as_str(), one.kind, it.component.kind, installed, product, level);
        groups.entry(key).or_default().push(it);
    }
    for group in groups.into_values() {
        if group.len() > ALIKE {
            findings.extend(together(case, rule, &group));
        } else {
            findings.extend(group.into_iter().map(|it| it.finding));
        }
    }
    findings
}

/// What may not be used under a license at all is not mended by doing what that asks. Where the
/// policy hushes the denial, the duty is what is left to tell.
fn is_denied_anyway(case: &Case<'_>, it: &Obligation) -> bool {
    let Some(decided) = case.decided.get(&it.component) else { return false };
    let product = |ruling: &Ruling<'_>| ruling.setting.product.map(|it| it.name.value.clone());
    decided.rulings.iter().any(|ruling| {
        ruling.verdict == Verdict::Denied
            && ruling.stands()
            && ruling.license == it.license
            && product(ruling) == it.product
            && reported_by(ruling).is_some_and(|rule| {
                case.policy.level(rule).is_none_or(|it| it.value == Level::Deny)
            })
    })
}

fn alone<'a>(
    case: &Case<'a>,
    rule: &'static str,
    it: &'a Obligation,
    kind: DutyKind,
) -> Option<Unmet<'a>> {
    let component = case.graph.components.get(&it.component)?;
    let ordered = rule_on(case, component, it);
    let usual = usual(kind)?.unmet?;
    // A folder is only a guess at a name.
    let is_guess = kind == DutyKind::Naming && component.names.is_empty();
    let usual = if is_guess { usual.min(Level::Warn) } else { usual };
    let level = ordered.map_or(usual, |it| Level::from(it.verdict.value));
    if level == Level::Allow {
        return None;
    }
    let mut steps = steps(case, it);
    if let Some(line) = ordered {
        let says = format!("[[rule]] {}: {}", line.id.value, line.because.value);
        steps.push(Step::new(Link::Policy, says, line.at));
    }
    let title = case.title(&it.license);
    let message = format!("{}: {}", message(component, it, kind, title), it.why);
    let finding = Finding {
        rule,
        level,
        component: component.id.clone(),
        license: Some(it.license.clone()),
        message,
        at: it.at?,
        label: words(kind).label.to_owned(),
        because: Because::new(steps)?,
        help: help(case, it, kind),
        cause: format!("{} {}", it.kind, it.product.as_deref().unwrap_or_default()),
        excepted: None,
    };
    Some(Unmet { obligation: it, component, finding })
}

/// What decided: what was found of all that the license asks, the clause, the use that sets it off.
fn steps(case: &Case<'_>, it: &Obligation) -> Vec<Step> {
    let same = |other: &&Obligation| {
        other.component == it.component
            && other.license == it.license
            && other.product == it.product
    };
    // Obligations stand in the order of components.
    let all = &case.obligations;
    let first = all.partition_point(|other| other.component < it.component);
    let seen: Vec<String> = all[first..]
        .iter()
        .take_while(|other| other.component == it.component)
        .filter(same)
        .filter(|it| it.status != Status::Unchecked)
        .map(|it| glance(case, it))
        .collect();
    let place = it.evidence.first().copied().or(it.at);
    let mut steps = vec![Step::new(Link::Claim, seen.join(" · "), place)];
    let says = match it.text.as_ref().filter(|text| !it.says.contains(text.as_str())) {
        Some(text) => format!("{}: \"{text}\"", it.says),
        None => it.says.clone(),
    };
    let (at, cite) = (it.stated.term, Some(it.cite.clone()));
    steps.push(Step { link: Link::Term, says, at, cite });
    let uses: Vec<String> = it.uses.iter().map(ToString::to_string).collect();
    let product = it.product.as_ref().map(|it| format!("product `{it}` "));
    let says = format!("{}has uses = [\"{}\"]", product.unwrap_or_default(), uses.join("\", \""));
    steps.push(Step::new(Link::Policy, says, it.stated.usage));
    if let Some(at) = it.stated.met {
        steps.push(Step::new(Link::Policy, format!("[[met]] {} says otherwise", it.kind), at));
    }
    steps
}

/// One duty at a glance: "license text yes", "\"Built with Grand\" no".
fn glance(case: &Case<'_>, it: &Obligation) -> String {
    let name = match (kind(it), &it.text) {
        (Some(DutyKind::Display), Some(text)) => format!("\"{text}\""),
        (Some(kind), _) => words(kind).short.to_owned(),
        (None, _) => it.kind.to_owned(),
    };
    let place = it.evidence.first().and_then(|at| case.sources.place(*at));
    match it.status {
        Status::Met => {
            let place = place.map(|it| format!(" ({}:{})", it.path, it.line)).unwrap_or_default();
            format!("{name} yes{place}")
        }
        Status::Unmet | Status::Unchecked => format!("{name} no"),
    }
}

/// What is wrong, in one clause.
fn message(component: &Component, it: &Obligation, kind: DutyKind, title: &str) -> String {
    let lacks = words(kind).lacks.replace("LICENSE", title);
    let goes = if kind == DutyKind::Naming { "is" } else { goes(it) };
    format!("{} {goes} {lacks}", called(component))
}

fn goes(it: &Obligation) -> &'static str {
    if it.uses.iter().all(|it| *it == Usage::Saas) { "is served" } else { "goes out" }
}

/// One finding for many that are alike.
fn together(case: &Case<'_>, rule: &'static str, all: &[Unmet<'_>]) -> Option<Finding> {
    let first = all.iter().min_by_key(|it| it.finding.at)?;
    let names: Vec<String> = all.iter().take(NAMED).map(|it| called(it.component)).collect();
    let more = all.len().saturating_sub(NAMED);
    let and = if more > 0 { format!(" and {more} more") } else { String::new() };
    let one = first.obligation;
    let mut steps =
        vec![Step::new(Link::Claim, format!("{}{and}", names.join(", ")), first.finding.at)];
    let reasons = first.finding.because.steps().filter(|it| it.link != Link::Claim);
    steps.extend(reasons.cloned());
    let title = case.title(&one.license);
    let kind = kind(one)?;
    let others = all.len() - 1;
    let name =
        format!("{} and {others} more {}s", called(first.component), first.component.kind.name());
    let message = message(first.component, one, kind, title)
        .replacen(&called(first.component), &name, 1)
        .replacen(" goes out ", " go out ", 1)
        .replacen(" is served ", " are served ", 1)
        .replacen(" is not named ", " are not named ", 1);
    Some(Finding {
        rule,
        message,
        because: Because::new(steps)?,
        cause: format!("{} and others like it", first.finding.cause),
        ..first.finding.clone()
    })
}
