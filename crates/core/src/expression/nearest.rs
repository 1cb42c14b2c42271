//! Which known id a word may be a misspelling of.

use crate::edits::edits;

/// Longer than any id: nothing of that length is a misspelling.
const LONGEST: usize = 64;

/// The id that takes the fewest edits to write `word`, if those are few for its length. Of several
/// the first in order, so that the answer never depends on the list around it.
pub(super) fn nearest(word: &str, ids: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let few = match word.len() {
        0..=3 => return None,
        4..=6 => 1,
        7..=LONGEST => 2,
        _ => return None,
    };
    let near = ids.filter_map(|id| Some((edits(word, id, few)?, id)));
    near.min().map(|(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: Option<&str>) {
        let ids = ["Apache-2.0", "BSD-3-Clause", "ISC", "Zlib", "MPL-2.0", "MPL-1.1"];
        assert_eq!(nearest(word, ids.into_iter()), expected, "{word}");
    }

    #[test]
    fn a_slip_of_the_fingers_is_found_and_another_word_is_not() {
        check("Apahce-2.0", Some("Apache-2.0"));
        check("apache2.0", Some("Apache-2.0"));
        check("Apache-2", Some("Apache-2.0"));
        check("zilb", Some("Zlib"));
        check("BSD3-Clause", Some("BSD-3-Clause"));
        check("MPL-1.0", Some("MPL-1.1"));
        check("Apache", None);
        check("ISK", None);
        check("completely-different", None);
        check("", None);
    }
}
