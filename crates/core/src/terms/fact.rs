//! One statement of a license, with the clause that it comes from.

use std::fmt;
use std::ops::Range;

use super::vocabulary::Value;

/// How a fact is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Read in the text of the license.
    Read,
    /// Taken from a third party, from a title, or an interpretation.
    Secondary,
}

impl Confidence {
    /// The word that terms files and reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Secondary => "secondary",
        }
    }
}

/// One statement of a license.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact<T> {
    /// What is stated.
    pub value: T,
    /// The clause: a section of the text.
    pub cite: String,
    /// Where the text was read: a name in [`super::Terms::sources`].
    pub source: String,
    /// How it is known.
    pub confidence: Confidence,
    /// What a reader should know besides.
    pub note: Option<String>,
    /// Where it stands in the terms file: a byte range.
    pub at: Range<usize>,
}

impl<T: Value> Fact<T> {
    /// The fact in own words.
    pub fn line(&self) -> Line {
        Line {
            heading: self.value.heading(),
            words: self.value.says(),
            cite: self.cite.clone(),
            source: self.source.clone(),
            confidence: self.confidence,
            note: self.note.clone(),
            at: self.at.clone(),
        }
    }
}

/// What a fact is about, for a person who reads the terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Heading {
    /// What is allowed.
    May,
    /// Who is left out, by size, place or business.
    Barred,
    /// Duties.
    Must,
    /// What is forbidden.
    MustNot,
    /// What becomes of outputs and of what is made from the work.
    Outputs,
    /// Patents, trademarks, changes of the license, termination.
    Legal,
    /// What other licenses ask and this one does not.
    NotAsked,
    /// What the text does not decide.
    Open,
}

impl Heading {
    /// All headings, in reading order.
    pub const ALL: [Self; 8] = [
        Self::May,
        Self::Barred,
        Self::Must,
        Self::MustNot,
        Self::Outputs,
        Self::Legal,
        Self::NotAsked,
        Self::Open,
    ];

    /// The heading as text.
    pub fn title(self) -> &'static str {
        match self {
            Self::May => "What you may do",
            Self::Barred => "Who may not",
            Self::Must => "What you must do",
            Self::MustNot => "What you must not do",
            Self::Outputs => "Outputs and derivatives",
            Self::Legal => "Patents, trademarks, termination",
            Self::NotAsked => "What is not asked of you",
            Self::Open => "What the text leaves open",
        }
    }
}

/// One fact, told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Under which heading.
    pub heading: Heading,
    /// What it says.
    pub words: String,
    /// The clause.
    pub cite: String,
    /// Where the text was read.
    pub source: String,
    /// How it is known.
    pub confidence: Confidence,
    /// What a reader should know besides.
    pub note: Option<String>,
    /// Where it stands in the terms file.
    pub at: Range<usize>,
}

/// Lines under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What the lines are about.
    pub heading: Heading,
    /// The lines, never none.
    pub lines: Vec<Line>,
}

/// A day of the calendar. Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
