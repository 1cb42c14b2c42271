//! What can be mended by rule: edits as plain data. Whoever reads and writes files carries them out.

use caveat_core::component::ComponentId;
use caveat_core::source::Span;

/// A change that mends something, where there is one sure answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What sort of change it is, kebab-case: a name in the table of fixes.
    pub name: &'static str,
    /// Which finding it answers; none for what no rule reports, because it changes no meaning.
    pub answers: Option<Answered>,
    /// Whom it is about.
    pub component: ComponentId,
    /// What it does, in the imperative and on one line.
    pub title: String,
    /// Why that is the one answer, in a clause.
    pub because: String,
    /// What is to be changed; all of it or nothing. Never empty.
    pub changes: Vec<Change>,
}

/// The finding that a fix answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Its rule.
    pub rule: &'static str,
    /// Its fingerprint.
    pub fingerprint: String,
    /// Its place: two findings may have one fingerprint.
    pub at: Span,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Other words in place of what stands there.
    Replace {
        /// What goes.
        at: Span,
        /// What comes.
        with: String,
    },
    /// More words, in front of what stands there.
    Insert {
        /// An empty place.
        at: Span,
        /// What comes.
        text: String,
    },
    /// A file that must not be there yet.
    NewFile {
        /// From the scanned folder, with `/`.
        path: String,
        /// What it holds.
        text: String,
    },
}

impl Change {
    /// The place in a text and the new words for it; nothing for a file that is new.
    pub fn edit(&self) -> Option<(Span, &str)> {
        match self {
            Self::Replace { at, with } => Some((*at, with)),
            Self::Insert { at, text } => Some((Span { end: at.start, ..*at }, text)),
            Self::NewFile { .. } => None,
        }
    }

    /// Whether both cannot be done: they touch the same bytes, or make the same file.
    pub fn collides(&self, other: &Self) -> bool {
        if let (Self::NewFile { path: one, .. }, Self::NewFile { path: other, .. }) = (self, other)
        {
            return one.eq_ignore_ascii_case(other);
        }
        let (Some((one, _)), Some((other, _))) = (self.edit(), other.edit()) else { return false };
        let apart = one.end < other.start || other.end < one.start;
        let touching = one.end == other.start || other.end == one.start;
        let empty = one.start == one.end || other.start == other.end;
        one.source == other.source && !apart && (!touching || (empty && one.start == other.start))
    }
}

impl Fix {
    /// Whether one of the two has to wait until the other is done.
    pub fn collides(&self, other: &Self) -> bool {
        self.changes.iter().any(|it| other.changes.iter().any(|other| it.collides(other)))
    }
}
