//! What in a policy is idle, or not what its authors think: told of the policy alone, whatever is
//! in the tree.
//!
//! What belongs to a base is told with the base, not with everyone who extends it.

mod told;
mod overrides;
mod exceptions;
mod products;
mod lists;
mod dates;

use crate::case::Case;
use crate::finding::Finding;
use crate::judge::leveled;
use crate::rules::{self, findings};
use crate::verdict::Level;

/// What looks for one sort of idle line.
type Lint = fn(&Case<'_>) -> Vec<Finding>;

const LINTS: [Lint; 5] =
    [overrides::lint, exceptions::lint, products::lint, lists::lint, dates::lint];

/// Rules of a check that are about the policy alone.
const RULES: [&str; 3] = ["expired-exception", "stale-facts", "stale-policy"];

/// All that there is to say of the policy of a case, in the order of its lines, gravest first.
pub fn lints(case: &Case<'_>) -> Vec<Finding> {
    let about = RULES.iter().filter_map(|it| rules::named(it));
    let mut all: Vec<_> = about
        .flat_map(|rule| findings(rule, case).into_iter().map(|it| leveled(case, rule, it)))
        .filter(|it| it.level > Level::Allow)
        .collect();
    all.extend(LINTS.iter().flat_map(|lint| lint(case)));
    all.sort_by(|a, b| b.level.cmp(&a.level).then(a.at.cmp(&b.at)));
    all
}
