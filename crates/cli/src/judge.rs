//! Judging what was scanned.

use caveat_policy::case::Case;
use caveat_policy::date::Date;
use caveat_policy::finding::Report;
use caveat_policy::ground::Ground;

use crate::policies::Chosen;
use crate::scan::Scan;

/// Judges `scan` by `policy` as of `today`. The policy's text joins the scan's sources, so that
/// findings can point at its lines.
pub fn judge(scan: &mut Scan, policy: &Chosen, today: Date) -> Report {
    let terms = policy.enter(&mut scan.sources);
    let (graph, library) = (&scan.graph, &scan.library);
    let ground = Ground::new(graph, library, &terms, &scan.sources, today, &policy.prefix);
    caveat_policy::judge::judge(&Case::of(ground))
}
