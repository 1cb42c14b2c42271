//! What is to be said about the way an expression is written.

use crate::source::Span;

/// Something about the way an expression is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What sort of thing.
    pub kind: NoteKind,
    /// Where.
    pub at: Span,
    /// What is wrong, in one clause.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What to write in place of [`at`](Self::at).
    pub instead: Option<String>,
}

impl Note {
    pub(super) fn new(kind: NoteKind, at: Span, message: impl Into<String>) -> Self {
        Self { kind, at, message: message.into(), help: None, instead: None }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    pub(super) fn instead(self, instead: impl Into<String>) -> Self {
        Self { instead: Some(instead.into()), ..self }
    }
}

/// What sort of thing a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// SPDX deprecated the id of a license or exception.
    Deprecated,
    /// Nobody lists the license; it stays as a word.
    UnknownLicense,
    /// Nobody lists the exception; it stays as a word.
    UnknownException,
    /// The exception was written for other licenses.
    ForeignException,
    /// A name that the caller knows, and that is no id.
    Alias,
    /// A `+` where it cannot stand; it counts for nothing.
    NeedlessPlus,
    /// White space before a `+`.
    SpacedPlus,
    /// `/` for `OR`.
    Slash,
    /// `And`, `oR`: an operator neither in upper nor in lower case.
    MixedCase,
    /// A reference with a character that SPDX does not allow there.
    OddReference,
    /// `NONE` or `NOASSERTION` beside licenses, where SPDX has no place for it.
    NotAlone,
    /// It is no expression.
    Syntax,
    /// There is nothing.
    Empty,
    /// Longer than anybody writes.
    TooLong,
    /// Brackets nested deeper than anybody writes.
    TooDeep,
}

impl NoteKind {
    /// Whether there is no expression because of it.
    pub fn refuses(self) -> bool {
        match self {
            Self::Syntax | Self::Empty | Self::TooLong | Self::TooDeep => true,
            Self::Deprecated
            | Self::UnknownLicense
            | Self::UnknownException
            | Self::ForeignException
            | Self::Alias
            | Self::NeedlessPlus
            | Self::SpacedPlus
            | Self::Slash
            | Self::MixedCase
            | Self::OddReference
            | Self::NotAlone => false,
        }
    }

    /// The rule that it falls under.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Deprecated => "deprecated-license-id",
            Self::UnknownLicense | Self::UnknownException => "unknown-license",
            Self::ForeignException
            | Self::Alias
            | Self::NeedlessPlus
            | Self::SpacedPlus
            | Self::Slash
            | Self::MixedCase
            | Self::OddReference
            | Self::NotAlone
            | Self::Syntax
            | Self::Empty
            | Self::TooLong
            | Self::TooDeep => "invalid-expression",
        }
    }
}
