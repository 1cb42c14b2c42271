//! What somebody may have meant.

/// The id whose name is closest to `key`: fewest edits first, then the lowest rank, then the
/// first by name. Nothing that needs more edits than a slip of the hand makes.
pub(super) fn closest(
    key: &str,
    candidates: impl Iterator<Item = (&'static str, &'static str, usize)>,
) -> Option<&'static str> {
    let key: Vec<char> = key.chars().collect();
    let most = match key.len() {
        0..=2 => return None,
        3..=5 => 1,
        6..=11 => 2,
        _ => 3,
    };
    let mut best: Option<(usize, usize, &str, &'static str)> = None;
    for (name, id, rank) in candidates {
        let name_chars: Vec<char> = name.chars().collect();
        if let Some(edits) = edits(&key, &name_chars, most) {
            let found = (edits, rank, name, id);
            if best.is_none_or(|it| found < it) {
                best = Some(found);
            }
        }
    }
    best.map(|(.., id)| id)
}

/// How many letters must be put in, taken out, replaced or swapped with their neighbour; nothing
/// if more than `most`.
fn edits(from: &[char], to: &[char], most: usize) -> Option<usize> {
    if from.len().abs_diff(to.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let mut cost = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == *b {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|it| *it > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|it| *it <= most)
}
