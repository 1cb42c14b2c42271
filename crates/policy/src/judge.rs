//! All rules over one case.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use caveat_core::component::ComponentId;
use caveat_core::inventory::Component;
use caveat_core::source::{Span, Spanned};

use crate::backlog::{self, Backlog};
use crate::basis::weigh;
use crate::case::Case;
use crate::finding::{Aside, Finding, Report, SetAside};
use crate::fixes::of_findings;
use crate::ground::excepted;
use crate::policy::{Exception, Exclude};
use crate::rule::Rule;
use crate::rules::{
    OF_CONTRIBUTIONS, RULES, UNUSED_EXCEPTION, Used, findings, members, mended, unused_exceptions,
};
use crate::verdict::{Level, Verdict};

/// Judges a case: every rule speaks, then exclusions, exceptions and levels are applied. What is
/// set aside stays in the report.
pub fn judge(case: &Case<'_>) -> Report {
    let mut report = Report { obligations: case.obligations.clone(), ..Report::default() };
    let mut used = Used::new();
    for rule in RULES {
        for finding in findings(rule, case) {
            take(case, &mut report, &mut used, rule, finding);
        }
    }
    let unused = unused_exceptions(case, &used);
    for finding in unused {
        take(case, &mut report, &mut used, &UNUSED_EXCEPTION, finding);
    }
    set_aside_known(case, &mut report);
    report.findings.sort_by(|a, b| {
        b.level.cmp(&a.level).then_with(|| position(case, a).cmp(&position(case, b)))
    });
    report.fixes = of_findings(case, &report.findings);
    tell_of_fixes(&mut report);
    report
}

/// Judges what others bring in, and nothing else.
pub fn contributed(case: &Case<'_>) -> Report {
    let mut report = Report::default();
    let mut used = Used::new();
    for rule in OF_CONTRIBUTIONS {
        for finding in findings(rule, case) {
            take(case, &mut report, &mut used, rule, finding);
        }
    }
    // The commits have an order of their own.
    report.findings.sort_by_key(|it| Reverse(it.level));
    report
}

/// Puts a finding where it belongs, and notes the exceptions from it.
fn take<'a>(
    case: &Case<'a>,
    report: &mut Report,
    used: &mut Used<'a>,
    rule: &Rule,
    mut finding: Finding,
) {
    let excepting = case.excepting(&finding);
    used.extend(excepting.iter().map(|it| (it.id.value.as_str(), rule.name)));
    let by_basis = weigh(case, &mut finding);
    let why = set_aside(case, &finding, excepting.first().copied()).or(by_basis);
    match why {
        Some(it) => {
            let by = Aside::Policy;
            report.set_aside.push(SetAside { finding, why: it.value, at: it.at, by });
        }
        None => report.findings.push(leveled(case, rule, finding)),
    }
}

/// What a command can do is the cheapest help.
fn tell_of_fixes(report: &mut Report) {
    let mut titles: BTreeMap<(&str, Span), Vec<(&str, &str)>> = BTreeMap::new();
    for fix in &report.fixes {
        if let Some(it) = &fix.answers {
            titles.entry((it.rule, it.at)).or_default().push((&it.fingerprint, &fix.title));
        }
    }
    for finding in &mut report.findings {
        let Some(here) = titles.get(&(finding.rule, finding.at)) else { continue };
        let fingerprint = finding.fingerprint();
        if let Some((_, title)) = here.iter().find(|it| it.0 == fingerprint) {
            // Which is said once.
            finding.help.retain(|it| it != title);
            finding.help.insert(0, format!("`caveat fix` does it: {title}"));
        }
    }
}

/// Until its last day, what the baseline lists does not count.
fn set_aside_known(case: &Case<'_>, report: &mut Report) {
    let Backlog::Known { findings, name, whole } = &case.backlog else { return };
    let until = case.policy.baseline.as_ref().and_then(|it| it.until.as_ref());
    if until.is_some_and(|it| it.value < case.today) {
        return;
    }
    let end = until.map_or_else(|| "without an end".to_owned(), |it| format!("until {}", it.value));
    let why = format!("in the baseline {name}, {end}");
    let left = backlog::set_aside(report, &findings.list, &case.prefix, &why);
    let hushed = case.policy.level("stale-baseline").is_some_and(|it| it.value == Level::Allow);
    if *whole && !hushed {
        report.findings.extend(mended(case, &left));
    }
}

/// What a judgement comes to for each component that was judged for itself: the worst that was
/// found about it and not set aside.
pub fn verdicts(case: &Case<'_>, report: &Report) -> BTreeMap<ComponentId, Verdict> {
    let judged = case.graph.components.values().filter(|it| case.is_judged(it));
    let mut verdicts: BTreeMap<_, _> = judged.map(|it| (it.id.clone(), Verdict::Allowed)).collect();
    // What the baseline sets aside is as wrong as it was.
    let known = report.set_aside.iter().filter(|it| it.by != Aside::Policy).map(|it| &it.finding);
    for finding in report.findings.iter().chain(known) {
        let found = match finding.level {
            Level::Allow | Level::Note => Verdict::Allowed,
            Level::Warn => Verdict::Review,
            Level::Deny => Verdict::Denied,
        };
        let more = members(case, finding);
        for id in std::iter::once(&finding.component).chain(&more) {
            if let Some(it) = verdicts.get_mut(id) {
                *it = found.max(*it);
            }
        }
    }
    verdicts
}

/// A finding of `rule` as loud as `[levels]` has it.
pub(crate) fn leveled(case: &Case<'_>, rule: &Rule, mut finding: Finding) -> Finding {
    if let Some(level) = case.policy.level(rule.name) {
        finding.level = set(rule, finding.level, level.value);
    }
    finding
}

/// What `[levels]` makes of a finding. One that circumstances make milder than its rule usually is
/// can be hushed, and is not made louder.
fn set(rule: &Rule, found: Level, stated: Level) -> Level {
    if found < rule.usual { found.min(stated) } else { stated }
}

fn position<'a>(case: &'a Case<'_>, finding: &'a Finding) -> (&'a str, u32, &'a str, &'a str) {
    let name = case.sources.get(finding.at.source).map_or("", |it| it.name.as_str());
    (name, finding.at.start, finding.rule, &finding.cause)
}

/// Why a finding does not count and where the policy says so, if it does: an exception, an excluded
/// place, a level that is `allow`.
fn set_aside(
    case: &Case<'_>,
    finding: &Finding,
    exception: Option<&Exception>,
) -> Option<Spanned<String>> {
    finding
        .excepted
        .clone()
        .or_else(|| excluded(case, finding))
        .or_else(|| exception.map(|it| Spanned::new(excepted(it), it.at)))
        .or_else(|| {
            let level = case.policy.level(finding.rule)?;
            let why = format!("[levels] {} = \"{}\"", finding.rule, level.value);
            (level.value == Level::Allow).then(|| Spanned::new(why, level.at))
        })
}

fn excluded(case: &Case<'_>, finding: &Finding) -> Option<Spanned<String>> {
    let component = case.graph.components.get(&finding.component);
    if let Some(it) = component.filter(|it| case.is_named_only(it)) {
        return named_in_excluded(case, it);
    }
    let path = component.map(|it| case.path(&it.path));
    let file = case.sources.get(finding.at.source).map(|it| case.path(&it.name));
    let it = [&file, &path].into_iter().flatten().find_map(|it| case.policy.excluded(it))?;
    Some(as_excluded(it))
}

/// What is only named is excluded where every file that names it is.
fn named_in_excluded(case: &Case<'_>, component: &Component) -> Option<Spanned<String>> {
    let places = case.places(component);
    let excluded: Option<Vec<_>> = places.iter().map(|it| case.policy.excluded(it)).collect();
    excluded?.first().map(|it| as_excluded(it))
}

fn as_excluded(it: &Exclude) -> Spanned<String> {
    let because = it.because.as_ref().map(|it| format!(": {}", it.value)).unwrap_or_default();
    Spanned::new(format!("excluded as {}{because}", it.reason.value), it.at)
}
