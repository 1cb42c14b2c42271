//! All rules over one case.

use crate::case::Case;
use crate::finding::{Finding, Report, SetAside};
use crate::ground::excepted;
use crate::obligations::obligations;
use crate::policy::Allowance;
use crate::rules::RULES;
use crate::verdict::Level;

/// Judges a case: every rule speaks, then levels, exclusions and exceptions are applied. What is
/// set aside stays in the report.
pub fn judge(case: &Case<'_>) -> Report {
    let mut report = Report { obligations: obligations(case), ..Report::default() };
    for rule in RULES {
        for mut finding in (rule.check)(case) {
            if let Some(level) = case.policy.level(rule.name) {
                finding.level = level.value;
            }
            place(case, &mut report, finding);
        }
    }
    report.findings.retain(|it| it.level != Level::Allow);
    report.findings.sort_by(|a, b| {
        b.level.cmp(&a.level).then_with(|| position(case, a).cmp(&position(case, b)))
    });
    report
}

fn position<'a>(case: &'a Case<'_>, finding: &'a Finding) -> (&'a str, u32, &'a str, &'a str) {
    let name = case.sources.get(finding.at.source).map_or("", |it| it.name.as_str());
    (name, finding.at.start, finding.rule, &finding.cause)
}

/// Into the findings, or beside them where the policy sets the place or the finding aside.
fn place(case: &Case<'_>, report: &mut Report, finding: Finding) {
    if let Some(it) = finding.excepted.clone() {
        report.set_aside.push(SetAside { finding, why: it.value, at: it.at });
        return;
    }
    let component = case.graph.components.get(&finding.component);
    let path = component.map(|it| case.path(&it.path));
    let file = case.sources.get(finding.at.source).map(|it| case.path(&it.name));
    let excluded = [&file, &path].into_iter().flatten().find_map(|it| case.policy.excluded(it));
    if let Some(it) = excluded {
        let because = it.because.as_ref().map(|it| format!(": {}", it.value)).unwrap_or_default();
        let why = format!("excluded as {}{because}", it.reason.value);
        report.set_aside.push(SetAside { finding, why, at: it.at });
        return;
    }
    let exception = case.policy.exceptions.list.iter().find(|it| {
        let excepts = it.allows(Allowance::Finding(finding.rule)).is_some();
        excepts && it.target.matches(&finding.component, path.as_deref()) && case.in_force(it)
    });
    match exception {
        Some(it) => {
            let why = excepted(it);
            report.set_aside.push(SetAside { finding, why, at: it.at });
        }
        None => report.findings.push(finding),
    }
}
