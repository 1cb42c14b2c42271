//! A baseline that is over.

use caveat_core::source::Spanned;

use super::told::Told;
use crate::case::Case;
use crate::finding::Finding;
use crate::verdict::Level;

const NAME: &str = "expired-baseline";

pub(super) fn lint(case: &Case<'_>) -> Vec<Finding> {
    let Some(baseline) = &case.policy.baseline else { return Vec::new() };
    let over = baseline.until.as_ref().filter(|it| it.value < case.today);
    let told = over.map(|it| Told {
        lint: NAME,
        level: case.policy.level(NAME).map_or(Level::Warn, |it| it.value),
        at: it.at,
        label: "the last day",
        message: format!("the baseline ended on {}: what it lists counts again", it.value),
        because: Spanned::new(
            format!("[baseline] file = \"{}\"", baseline.file.value),
            baseline.file.at,
        ),
        help: "mend what it lists and remove it, or have a new end agreed".to_owned(),
    });
    told.filter(|it| it.level > Level::Allow).map(Told::finding).into_iter().collect()
}
