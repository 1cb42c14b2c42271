//! Closed sets of words, each with what it says to a person.

use super::Heading;
use super::table::Table;

/// A word of a closed set.
pub trait Word: Copy + 'static {
    /// All words of the set with their values.
    const ALL: &'static [(&'static str, Self)];

    /// The word as terms files write it.
    fn name(self) -> &'static str;

    /// Under which heading it is told.
    fn heading(self) -> Heading;

    /// What it says, as a clause that a person understands.
    fn clause(self) -> &'static str;

    /// The value that `word` stands for.
    fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
    }
}

/// What a fact states: something that can be read from a terms file and told to a person.
pub trait Value: Sized {
    /// Reads it; what is wrong is noted in the table.
    fn read(table: &mut Table<'_>) -> Option<Self>;

    /// Under which heading it is told.
    fn heading(&self) -> Heading;

    /// What it says, in own words.
    fn says(&self) -> String;
}

/// Declares enums whose variants have a word, a heading and a clause.
macro_rules! vocabulary {
    ($($(#[$about:meta])* $name:ident { $($variant:ident = $word:literal, $heading:ident: $clause:literal;)+ })+) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $clause] $variant,)+
        }

        impl $crate::terms::Word for $name {
            const ALL: &'static [(&'static str, Self)] = &[$(($word, Self::$variant),)+];

            fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            fn heading(self) -> $crate::terms::Heading {
                match self { $(Self::$variant => $crate::terms::Heading::$heading,)+ }
            }

            fn clause(self) -> &'static str {
                match self { $(Self::$variant => $clause,)+ }
            }
        }

        impl $crate::terms::Value for $name {
            fn read(table: &mut $crate::terms::table::Table<'_>) -> Option<Self> {
                table.word("value")
            }

            fn heading(&self) -> $crate::terms::Heading {
                $crate::terms::Word::heading(*self)
            }

            fn says(&self) -> String {
                $crate::terms::Word::clause(*self).to_owned()
            }
        }
    )+};
}
pub(super) use vocabulary;

/// Declares lists of free words that are told after a common beginning.
macro_rules! phrases {
    ($($(#[$about:meta])* $name:ident = $heading:ident: $beginning:literal;)+) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(pub Vec<String>);

        impl $crate::terms::Value for $name {
            fn read(table: &mut $crate::terms::table::Table<'_>) -> Option<Self> {
                table.phrases().map(Self)
            }

            fn heading(&self) -> $crate::terms::Heading {
                $crate::terms::Heading::$heading
            }

            fn says(&self) -> String {
                format!(concat!($beginning, " {}"), self.0.join(", "))
            }
        }
    )+};
}
pub(super) use phrases;

/// Declares a section of a terms file: its fields, how they are read and in which order they are told.
macro_rules! section {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $count:ident $value:ty = $key:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $($(#[$doc])* pub $field: section!(@type $count $value),)+
        }

        impl $name {
            /// Reads the section; what is not there is unknown.
            pub(super) fn read(table: &mut $crate::terms::table::Table<'_>) -> Self {
                Self { $($field: section!(@read $count table $key),)+ }
            }

            /// Every fact of the section, told.
            pub(super) fn lines(&self) -> impl Iterator<Item = $crate::terms::Line> + '_ {
                let Self { $($field,)+ } = self;
                std::iter::empty()$(.chain($field.iter().map($crate::terms::Fact::line)))+
            }
        }
    };
    (@type one $value:ty) => { Option<$crate::terms::Fact<$value>> };
    (@type many $value:ty) => { Vec<$crate::terms::Fact<$value>> };
    (@read one $table:ident $key:literal) => { $table.fact($key) };
    (@read many $table:ident $key:literal) => { $table.facts($key) };
}
pub(super) use section;

/// A word, and what the text adds to it.
#[expect(clippy::struct_excessive_bools, reason = "each is something that a text says or does not")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualified<T> {
    /// The word.
    pub value: T,
    /// What the text says, in our words.
    pub words: Option<String>,
    /// Of what it holds.
    pub scope: Option<String>,
    /// When it holds.
    pub trigger: Option<String>,
    /// The exact text that is asked for.
    pub text: Option<String>,
    /// Offering it as a hosted service is exempt.
    pub exempt_hosted: bool,
    /// It binds the users of the licensee too.
    pub users_too: bool,
    /// An address does as well as what it leads to.
    pub or_link: bool,
    /// It has to be given in any case: keeping what the work came with is not enough.
    pub given: bool,
}

impl<T: Word> Value for Qualified<T> {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        Some(Self {
            words: table.text("words"),
            scope: table.text("scope"),
            trigger: table.text("trigger"),
            text: table.text("text"),
            exempt_hosted: table.flag("exempt-hosted"),
            users_too: table.flag("users-too"),
            or_link: table.flag("or-link"),
            given: table.flag("given"),
            value: table.word("value")?,
        })
    }

    fn heading(&self) -> Heading {
        self.value.heading()
    }

    fn says(&self) -> String {
        Telling::new(self.value.clause())
            .add(": ", self.words.as_ref())
            .add("; of what: ", self.scope.as_ref())
            .add("; when: ", self.trigger.as_ref())
            .add("; in these words: ", self.text.as_ref())
            .when(self.exempt_hosted, "; not for a hosted service")
            .when(self.users_too, "; your users must comply too")
            .when(self.or_link, "; a link to it will do")
            .end()
    }
}

/// A clause that grows by what a fact states besides.
pub(super) struct Telling(String);

impl Telling {
    /// Begins.
    pub(super) fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// Adds `words`, if there are any, behind `before`.
    pub(super) fn add(mut self, before: &str, words: Option<impl AsRef<str>>) -> Self {
        if let Some(words) = words {
            self.0.push_str(before);
            self.0.push_str(words.as_ref());
        }
        self
    }

    /// Adds `words` if something holds.
    pub(super) fn when(self, holds: bool, words: &str) -> Self {
        self.add("", holds.then_some(words))
    }

    /// The clause.
    pub(super) fn end(self) -> String {
        self.0
    }
}
