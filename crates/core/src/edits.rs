//! How far one word is from another, for asking "did you mean".

/// Longer than any word that is suggested: nothing of that length is a slip of the hand, and the
/// cost of hostile words stays small.
const LONGEST: usize = 96;

/// How many letters must be put in, taken out, replaced or swapped with their neighbour to make
/// `to` of `from`, without regard to case; `None` if more than `most`.
pub fn edits(from: &str, to: &str, most: usize) -> Option<usize> {
    if from.len().max(to.len()) > LONGEST {
        return None;
    }
    // Mostly this decides: a word is compared with hundreds.
    if from.is_ascii()
        && to.is_ascii()
        && (from.len().abs_diff(to.len()) > most || strange(from, to) > most)
    {
        return None;
    }
    let letters = |it: &str| it.chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (from, to) = (letters(from), letters(to));
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

/// How many letters of either word the other lacks, the larger of both: no fewer edits make one of
/// the other (Bartolini, Ciaccia, Patella: String matching with metric trees, 2002). Both are ASCII.
fn strange(from: &str, to: &str) -> usize {
    let mut counts = [0i16; 128];
    for it in from.bytes() {
        counts[usize::from(it.to_ascii_lowercase() & 127)] += 1;
    }
    for it in to.bytes() {
        counts[usize::from(it.to_ascii_lowercase() & 127)] -= 1;
    }
    let sum = |sign: i16| -> i16 { counts.iter().map(|it| (it * sign).max(0)).sum() };
    usize::try_from(sum(1).max(sum(-1))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::edits;

    #[test]
    fn a_swap_is_one_edit_and_case_is_none() {
        let check = |from, to, expected| assert_eq!(edits(from, to, 2), expected, "{from} {to}");
        check("deny", "DENY", Some(0));
        check("dney", "deny", Some(1));
        check("den", "deny", Some(1));
        check("denny", "deny", Some(1));
        check("allow", "deny", None);
        check("", "", Some(0));
        check(&"x".repeat(100_000), "deny", None);
    }
}
