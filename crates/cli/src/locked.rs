//! The state of a tree, as it goes into `caveat.lock`.

use caveat_policy::case::Case;
use caveat_policy::date::Date;
use caveat_policy::judge::{judge, verdicts};
use caveat_policy::policy::Lock;
use caveat_policy::state::state;

use crate::judge::on_ground;
use crate::policies::Chosen;
use crate::scan::{Scan, here};

/// The state of what was scanned.
pub(crate) fn state_of(scan: &mut Scan, policy: &Chosen, today: Date) -> Lock {
    let here = here(scan);
    on_ground(scan, policy, today, |ground| {
        let case = Case::of(ground);
        let report = judge(&case);
        state(&case, &verdicts(&case, &report), &here)
    })
}
