//! Whether what was read states a copyright, or only speaks of it.

use super::Block;
use super::names::Name;
use super::reading::Reading;
use super::vocabulary::{begins_name, is_about, is_in_names};

/// A statement with all that decides whether it is one.
pub(super) struct Stated<'a, 'b, 'c> {
    pub(super) block: &'b Block,
    pub(super) reading: &'c Reading<'a, 'b>,
    /// Years stand before the name.
    pub(super) leads: bool,
    pub(super) has_years: bool,
    pub(super) by: bool,
}

impl Stated<'_, '_, '_> {
    pub(super) fn holds(&self, name: &mut Name) -> bool {
        let seen = self.reading.seen;
        let first = name.holder.split(' ').next().unwrap_or_default();
        let lettered = name.holder.chars().any(char::is_alphabetic);
        if seen.tag {
            return lettered || self.has_years;
        }
        let opens = self.block.before.trim_matches(|it: char| !it.is_alphanumeric()).is_empty();
        if self.has_years {
            if !seen.word && !seen.sign && !lettered {
                return false;
            }
            if !self.leads && (is_about(first) || (!seen.sign && !begins_name(first))) {
                return false;
            }
            let code = name.holder.contains(['(', '_']) && !name.holder.contains(' ');
            // Clauses and arguments of functions are lettered, too.
            let vouched = seen.word || seen.sign || (seen.letter && (self.leads || opens));
            return !code && vouched && (self.leads || seen.word || opens);
        }
        if !lettered || !begins_name(first) || name.holder.contains('_') {
            return self.by
                && lettered
                && !is_about(first)
                && first.chars().next().is_some_and(char::is_uppercase);
        }
        // What holds quotes is a piece of a program.
        if name.holder.contains('"') {
            return false;
        }
        let words: Vec<_> = name.holder.split(' ').collect();
        let capitals =
            words.iter().all(|it| !it.starts_with(char::is_lowercase) || is_in_names(it));
        if seen.word && (seen.sign || seen.letter) {
            return true;
        }
        if seen.word {
            let said =
                [" is", " are", "is", "are"].iter().any(|it| self.block.before.ends_with(it));
            let strong = (seen.capital && (opens || self.by || seen.assigned)) || said;
            return (strong
                && capitals
                && (words.len() > 1 || seen.assigned || self.by)
                && name.whole)
                || (self.by && capitals);
        }
        if seen.sign {
            return opens && capitals && name.whole;
        }
        opens && capitals && name.whole && words.len() > 1 && words.len() < 9
    }
}
