//! Tags as words of the policy language.

use caveat_core::tags::Tag;

use crate::vocabulary::Word;

impl Word for Tag {
    const NOUN: &'static str = "tag";
    const ALL: &'static [Self] = Tag::ALL;
    const ALIASES: &'static [(&'static str, Self)] = &[];

    fn word(self) -> &'static str {
        self.name()
    }
}
