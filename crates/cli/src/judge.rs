//! Judging what was scanned.

use std::collections::BTreeMap;

use caveat_core::component::ComponentId;
use caveat_policy::case::Case;
use caveat_policy::date::Date;
use caveat_policy::drift::{Comparison, compare};
use caveat_policy::finding::Report;
use caveat_policy::fix::Fix;
use caveat_policy::fixes;
use caveat_policy::ground::Ground;
use caveat_policy::judge::verdicts;
use caveat_policy::state::state;
use caveat_policy::verdict::Verdict;

use crate::artefacts::unseen_artefacts;
use crate::evidence::on_record;
use crate::exhibits::exhibits;
use crate::policies::Chosen;
use crate::scan::{Scan, here};
use crate::standard::standard;

/// Judges `scan` by `policy` as of `today`. The policy's text joins the scan's sources, so that
/// findings can point at its lines; what it asks and nobody looked at joins the coverage.
pub fn judge(scan: &mut Scan, policy: &Chosen, today: Date) -> Report {
    judged(scan, policy, today).0
}

/// The same, with what it comes to for each component.
pub(crate) fn judged(
    scan: &mut Scan,
    policy: &Chosen,
    today: Date,
) -> (Report, BTreeMap<ComponentId, Verdict>) {
    if policy.terms().products.iter().any(|it| it.inbound.is_some()) {
        let place = "who contributed, and under which license (`caveat contributions` looks)";
        scan.coverage.not_looked_at.push(place.to_owned());
    }
    let unseen = unseen_artefacts(scan, policy);
    scan.coverage.not_looked_at.extend(unseen);
    let (judged, drift) = on_ground(scan, policy, today, |ground| {
        let drift = ground.drift.clone();
        let case = Case::of(ground);
        let report = caveat_policy::judge::judge(&case);
        let verdicts = verdicts(&case, &report);
        ((report, verdicts), drift)
    });
    scan.coverage.not_looked_at.extend(drift.iter().flat_map(not_compared));
    judged
}

/// What a lock says nothing of is no drift, and no comparison either.
fn not_compared(drift: &Comparison) -> Vec<String> {
    let parts = [
        (&drift.added, "not in caveat.lock yet (`caveat lock` takes them in)"),
        (&drift.removed, "in caveat.lock and gone"),
        (&drift.unseen, "not installed here or when caveat.lock was written"),
    ];
    let told = parts.iter().filter(|(ids, _)| !ids.is_empty());
    told.map(|(ids, what)| format!("components {what}: {}", ids.len())).collect()
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
    let lock = policy.lock.as_ref().and_then(|it| Some((it.enter(&mut scan.sources)?, it.whole)));
    let here = here(scan);
    let backlog = policy.listed.enter(&mut scan.sources);
    let Scan { root, sources, library, graph, files, concerned, .. } = scan;
    let place = (policy.terms(), policy.prefix.as_str());
    let exhibits = exhibits(files, (graph, *library), sources, place, concerned.as_ref());
    let terms = policy.enter(sources);
    let prefix = policy.prefix.as_str();
    let stale = on_record(graph, &terms, (library, sources), (root, prefix));
    let mut ground = Ground::new(graph, library, &terms, sources, today, prefix);
    ground.stale = stale;
    ground.exhibits = exhibits.as_ref();
    ground.standard = standard;
    ground.concerned = concerned.as_ref();
    ground.backlog = backlog;
    ground.drift = lock.map(|(lock, whole)| {
        let now = state(&ground, &BTreeMap::new(), &here);
        let mut drift = compare(&lock.below(prefix), &now, *library);
        if !whole {
            drift.removed.clear();
        }
        drift
    });
    act(ground)
}
