//! Paths with stars in them.

use std::collections::BTreeSet;

/// One sign of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Itself.
    Letter(char),
    /// Any part of a name.
    Star,
    /// Any part of a path.
    Stars,
}

/// The signs of a pattern in which a backslash takes the next one as it is.
pub(crate) fn signs(pattern: &str) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut letters = pattern.chars().peekable();
    while let Some(it) = letters.next() {
        signs.push(match it {
            '*' if letters.next_if_eq(&'*').is_some() => {
                while letters.next_if_eq(&'*').is_some() {}
                Sign::Stars
            }
            '*' => Sign::Star,
            '\\' => Sign::Letter(letters.next().unwrap_or('\\')),
            _ => Sign::Letter(it),
        });
    }
    signs
}

/// Whether a pattern means `path`, in time that grows with both and no faster. `**/` also stands
/// for no folder at all.
pub(crate) fn matches(signs: &[Sign], path: &str) -> bool {
    let mut at = BTreeSet::from([0]);
    spread(signs, &mut at);
    for letter in path.chars() {
        let mut next = BTreeSet::new();
        for place in at {
            match signs.get(place) {
                Some(Sign::Letter(it)) if *it == letter => drop(next.insert(place + 1)),
                Some(Sign::Star) if letter != '/' => drop(next.insert(place)),
                Some(Sign::Stars) => drop(next.insert(place)),
                Some(Sign::Letter(_) | Sign::Star) | None => {}
            }
        }
        if next.is_empty() {
            return false;
        }
        at = next;
        spread(signs, &mut at);
    }
    at.contains(&signs.len())
}

/// Adds the places that are reached without a letter.
fn spread(signs: &[Sign], at: &mut BTreeSet<usize>) {
    let mut waiting: Vec<usize> = at.iter().copied().collect();
    while let Some(place) = waiting.pop() {
        let after = match signs.get(place) {
            Some(Sign::Stars) => [Some(place + 1), folder_after(signs, place)],
            Some(Sign::Star) => [Some(place + 1), None],
            Some(Sign::Letter(_)) | None => [None, None],
        };
        waiting.extend(after.into_iter().flatten().filter(|it| at.insert(*it)));
    }
}

/// Where the rest of the pattern begins if `**/` at `place` stands for nothing.
fn folder_after(signs: &[Sign], place: usize) -> Option<usize> {
    let begins = place == 0 || signs.get(place - 1) == Some(&Sign::Letter('/'));
    (begins && signs.get(place + 1) == Some(&Sign::Letter('/'))).then_some(place + 2)
}

#[cfg(test)]
mod tests {
    use super::{matches, signs};

    #[test]
    fn stars_stop_at_folders_and_two_do_not() {
        let check = |pattern: &str, yes: &[&str], no: &[&str]| {
            let all = yes.iter().map(|it| (it, true)).chain(no.iter().map(|it| (it, false)));
            for (path, expected) in all {
                assert_eq!(matches(&signs(pattern), path), expected, "{pattern} {path}");
            }
        };
        check("*.bin", &["a.bin", ".bin"], &["a/b.bin", "a.bi"]);
        check("**/*.bin", &["a.bin", "a/b.bin", "a/b/c.bin"], &["a/b.bin/c"]);
        check("a/**", &["a/b", "a/b/c"], &["a", "b/a"]);
        check("a\\*b", &["a*b"], &["axb"]);
        check("***", &["a/b"], &[]);
        check("*a*a*a*a*a*a*b", &["aaaaaaaab"], &[&"a".repeat(3000)]);
    }
}
