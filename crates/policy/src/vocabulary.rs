//! Closed sets of words that a policy may write.

use caveat_core::edits::edits;

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
    let most = word.chars().count().max(3) / 3;
    let near = candidates.into_iter().filter_map(|it| Some((edits(word, it, most)?, it)));
    near.min_by_key(|(edits, _)| *edits).map(|(_, it)| it)
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
