//! Kinds of business, in the words by which licenses leave them out.

use caveat_core::terms::Business;

use crate::vocabulary::Word;

/// The kinds that terms files know.
const KNOWN: &[(&str, Business)] = <Business as caveat_core::terms::Word>::ALL;

impl Word for Business {
    const NOUN: &'static str = "kind of business";
    const ALL: &'static [Self] = &{
        let mut all = [Business::ModelAsAService; KNOWN.len()];
        let mut at = 0;
        while at < KNOWN.len() {
            all[at] = KNOWN[at].1;
            at += 1;
        }
        all
    };

    fn word(self) -> &'static str {
        caveat_core::terms::Word::name(self)
    }
}
