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
    /// Any one letter.
    One,
}

/// The signs of a pattern in which a backslash takes the next one as it is. `**/` is as much as
/// `**`, as the REUSE specification has it.
pub(crate) fn signs(pattern: &str) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut letters = pattern.chars().peekable();
    while let Some(it) = letters.next() {
        signs.push(match it {
            '*' if letters.next_if_eq(&'*').is_some() => {
                while letters.next_if_eq(&'*').is_some() {}
                letters.next_if_eq(&'/');
                Sign::Stars
            }
            '*' => Sign::Star,
            '\\' => Sign::Letter(letters.next().unwrap_or('\\')),
            _ => Sign::Letter(it),
        });
    }
    signs
}

/// The signs of a pattern as machine-readable Debian copyright files have them: one star crosses
/// folders, a question mark is any one letter.
pub(crate) fn debian_signs(pattern: &str) -> Vec<Sign> {
    let mut letters = pattern.chars();
    let mut signs = Vec::new();
    while let Some(it) = letters.next() {
        signs.push(match it {
            '*' => Sign::Stars,
            '?' => Sign::One,
            '\\' => Sign::Letter(letters.next().unwrap_or('\\')),
            _ => Sign::Letter(it),
        });
    }
    signs
}

/// Whether a pattern means `path`, in time that grows with both and no faster.
pub(crate) fn matches(signs: &[Sign], path: &str) -> bool {
    if !begins(signs, path) {
        return false;
    }
    let mut at = BTreeSet::from([0]);
    spread(signs, &mut at);
    for letter in path.chars() {
        let mut next = BTreeSet::new();
        for place in at {
            match signs.get(place) {
                Some(Sign::Letter(it)) if *it == letter => drop(next.insert(place + 1)),
                Some(Sign::Star) if letter != '/' => drop(next.insert(place)),
                Some(Sign::Stars) => drop(next.insert(place)),
                Some(Sign::One) => drop(next.insert(place + 1)),
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

/// Whether a path begins and ends as a pattern does: nearly no path does, and that is soon seen.
fn begins(signs: &[Sign], path: &str) -> bool {
    let fits = |(sign, letter): (&Sign, char)| match sign {
        Sign::Letter(it) => *it == letter,
        Sign::One | Sign::Star | Sign::Stars => true,
    };
    let is_fixed = |it: &&Sign| matches!(it, Sign::Letter(_) | Sign::One);
    signs.iter().take_while(is_fixed).zip(path.chars()).all(fits)
        && signs.iter().rev().take_while(is_fixed).zip(path.chars().rev()).all(fits)
}

/// Adds the places that are reached without a letter.
fn spread(signs: &[Sign], at: &mut BTreeSet<usize>) {
    let mut waiting: Vec<usize> = at.iter().copied().collect();
    while let Some(place) = waiting.pop() {
        match signs.get(place) {
            Some(Sign::Stars | Sign::Star) if at.insert(place + 1) => waiting.push(place + 1),
            Some(Sign::Stars | Sign::Star | Sign::Letter(_) | Sign::One) | None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{debian_signs, matches, signs};

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
        check("a/**/b", &["a/b", "a/x/b", "a/xb"], &["ab", "a/b/c"]);
        check("a/**/*/b", &["a/x/b", "a/x/y/b"], &["a/b", "a/xb"]);
        check("a\\\\b\\c", &["a\\bc"], &["abc"]);
        let debian = |pattern: &str, path: &str| matches(&debian_signs(pattern), path);
        assert!(debian("a/*.c", "a/b/x.c") && debian("a?c", "abc") && debian("a\\*", "a*"));
        assert!(!debian("*/x", "xx") && !debian("a?c", "ac") && !debian("a\\*", "ab"));
        check("*a*a*a*a*a*a*b", &["aaaaaaaab"], &[&"a".repeat(3000)]);
    }
}
