//! Judging what was scanned.

use std::collections::BTreeMap;

use caveat_core::component::ComponentId;
use caveat_policy::case::Case;
use caveat_policy::date::Date;
use caveat_policy::finding::Report;
use caveat_policy::fix::Fix;
use caveat_policy::fixes;
use caveat_policy::ground::Ground;
use caveat_policy::judge::verdicts;
use caveat_policy::verdict::Verdict;

use crate::evidence::on_record;
use crate::policies::Chosen;
use crate::scan::Scan;

/// Judges `scan` by `policy` as of `today`. The policy's text joins the scan's sources, so that
/// findings can point at its lines; what of it decides nothing yet joins the coverage.
pub fn judge(scan: &mut Scan, policy: &Chosen, today: Date) -> Report {
    judged(scan, policy, today).0
}

/// The same, with what it comes to for each component.
pub(crate) fn judged(
    scan: &mut Scan,
    policy: &Chosen,
    today: Date,
) -> (Report, BTreeMap<ComponentId, Verdict>) {
    let idle = policy.without_effect();
    if !idle.is_empty() {
        let place = format!("policy parts that are not applied yet: {}", idle.join(", "));
        scan.coverage.not_looked_at.push(place);
    }
    on_ground(scan, policy, today, |ground| {
        let case = Case::of(ground);
        let report = caveat_policy::judge::judge(&case);
        let verdicts = verdicts(&case, &report);
        (report, verdicts)
    })
}

/// The same, with all that can be mended by rule.
pub(crate) fn mended(scan: &mut Scan, policy: &Chosen, today: Date) -> (Report, Vec<Fix>) {
    on_ground(scan, policy, today, |ground| {
        let case = Case::of(ground);
        let report = caveat_policy::judge::judge(&case);
        let fixes = fixes::all(&case, &report);
        (report, fixes)
    })
}

/// Enters the policy, puts its clarifications on record, and hands over the ground for judging.
pub(crate) fn on_ground<R>(
    scan: &mut Scan,
    policy: &Chosen,
    today: Date,
    act: impl FnOnce(Ground<'_>) -> R,
) -> R {
    let terms = policy.enter(&mut scan.sources);
    let Scan { root, sources, library, graph, .. } = scan;
    let prefix = policy.prefix.as_str();
    let stale = on_record(graph, &terms, (library, sources), (root, prefix));
    let mut ground = Ground::new(graph, library, &terms, sources, today, prefix);
    ground.stale = stale;
    act(ground)
}
