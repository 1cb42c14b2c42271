//! What somebody may have meant.

use crate::edits::edits;

/// The id whose name is closest to `key`: fewest edits first, then the lowest rank, then the
/// first by name. Nothing that needs more edits than a slip of the hand makes.
pub(super) fn closest(
    key: &str,
    candidates: impl Iterator<Item = (&'static str, &'static str, usize)>,
) -> Option<&'static str> {
    let most = match key.chars().count() {
        0..=2 => return None,
        3..=5 => 1,
        6..=11 => 2,
        _ => 3,
    };
    let mut best: Option<(usize, usize, &str, &'static str)> = None;
    for (name, id, rank) in candidates {
        if let Some(edits) = edits(key, name, most) {
            let found = (edits, rank, name, id);
            if best.is_none_or(|it| found < it) {
                best = Some(found);
            }
        }
    }
    best.map(|(.., id)| id)
}
