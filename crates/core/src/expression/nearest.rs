//! Which known id a word may be a misspelling of.

/// Longer than any id: nothing of that length is a misspelling.
const LONGEST: usize = 64;

/// The id that takes the fewest edits to write `word`, if those are few for its length. Of several
/// the first in order, so that the answer never depends on the list around it.
pub(super) fn nearest(word: &str, ids: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let few = match word.len() {
        0..=3 => return None,
        4..=6 => 1,
        7..=LONGEST => 2,
        _ => return None,
    };
    let near = ids.filter_map(|id| Some((edits(word.as_bytes(), id.as_bytes(), few)?, id)));
    near.min().map(|(_, id)| id)
}

/// How many insertions, deletions, replacements and swaps of neighbours make `id` of `word`,
/// without regard to the case of `id`; `None` of more than `most`.
fn edits(word: &[u8], id: &[u8], most: usize) -> Option<usize> {
    if word.len().abs_diff(id.len()) > most {
        return None;
    }
    let mut before = Vec::new();
    let mut above: Vec<usize> = (0..=id.len()).collect();
    for (row, here) in word.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, there) in id.iter().map(u8::to_ascii_lowercase).enumerate() {
            let replaced = above[column] + usize::from(*here != there);
            let mut cost = replaced.min(above[column + 1] + 1).min(line[column] + 1);
            let swapped = row > 0
                && column > 0
                && *here == id[column - 1].to_ascii_lowercase()
                && word[row - 1] == there;
            if swapped {
                cost = cost.min(swap_cost(&before, column));
            }
            line.push(cost);
        }
        if line.iter().all(|it| *it > most) {
            return None;
        }
        before = std::mem::replace(&mut above, line);
    }
    above.last().copied().filter(|it| *it <= most)
}

/// The cost before both neighbours, and one for the swap.
fn swap_cost(before: &[usize], column: usize) -> usize {
    before[column - 1] + 1
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
