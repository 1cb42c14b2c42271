//! Closed sets of words that a policy may write.

/// A type of which every value has one word in the policy language.
pub trait Word: Copy + PartialEq + 'static {
    /// What the words name, for messages: "unknown tag `…`".
    const NOUN: &'static str;
    /// Every value, in the order of the documentation.
    const ALL: &'static [Self];
    /// Other spellings that are understood.
    const ALIASES: &'static [(&'static str, Self)] = &[];

    /// The word as it is written.
    fn word(self) -> &'static str;

    /// The value that `word` names.
    fn from_word(word: &str) -> Option<Self> {
        let alias = || Self::ALIASES.iter().find(|(it, _)| *it == word).map(|(_, value)| *value);
        Self::ALL.iter().copied().find(|it| it.word() == word).or_else(alias)
    }
}

/// Defines an enum together with its words, so that neither can miss a variant of the other.
macro_rules! vocabulary {
    (
        $(#[$about:meta])*
        pub enum $name:ident: $noun:literal {
            $($(#[$doc:meta])* $variant:ident = $word:literal $(| $alias:literal)*,)+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $crate::vocabulary::Word for $name {
            const NOUN: &'static str = $noun;
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            const ALIASES: &'static [(&'static str, Self)] =
                &[$($(($alias, Self::$variant),)*)+];

            fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::vocabulary::Word::word(*self))
            }
        }
    };
}

pub(crate) use vocabulary;

/// The candidate that `word` was most likely meant to be, if one is near enough.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 64; // keeps the cost of hostile words down; no word of ours is longer
    if word.len() > LONGEST {
        return None;
    }
    let word: Vec<char> = word.to_lowercase().chars().collect();
    let near = |it: &&str| distance(&word, &it.to_lowercase().chars().collect::<Vec<_>>());
    let best = candidates.into_iter().filter(|it| it.len() <= LONGEST).min_by_key(near)?;
    (near(&best) <= word.len().max(3) / 3).then_some(best)
}

/// How many letters must be put in, taken out, replaced or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(from != to)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                cost = cost.min(before_last[j - 1] + 1);
            }
            row.push(cost);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_near_and_another_word_is_not() {
        let words = ["non-commercial", "naming-required", "permissive", "deny"];
        let check = |word, expected| assert_eq!(nearest(word, words), expected, "{word}");
        check("non-comercial", Some("non-commercial"));
        check("Permissive", Some("permissive"));
        check("premissive", Some("permissive"));
        check("dney", Some("deny"));
        check("forbid", None);
        check("", None);
        check(&"x".repeat(100_000), None);
    }
}
