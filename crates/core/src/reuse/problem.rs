//! What may be wrong with a project, and by which clause.

use crate::source::line_and_column;

/// The sorts of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Files say neither whose they are nor under which license.
    NoInformation,
    /// Files state no copyright.
    NoCopyright,
    /// Files state no license.
    NoLicense,
    /// What stands behind a tag is no license expression.
    InvalidExpression,
    /// An id that nobody lists.
    UnknownId,
    /// An id that SPDX advises against.
    DeprecatedId,
    /// A license is stated and its text is not there.
    MissingText,
    /// A text that no file needs.
    UnusedText,
    /// A license text whose name has no ending.
    NoExtension,
    /// Two texts of one license.
    DoubleText,
    /// A license text that is the text of another license, or empty.
    WrongText,
    /// REUSE.toml or dep5 breaks the rules.
    BadAnnotations,
    /// A snippet begins and does not end.
    OpenSnippet,
    /// A file that cannot be read.
    Unreadable,
}

impl Kind {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoInformation => "reuse-no-information",
            Self::NoCopyright => "reuse-no-copyright",
            Self::NoLicense => "reuse-no-license",
            Self::InvalidExpression => "reuse-invalid-expression",
            Self::UnknownId => "reuse-unknown-id",
            Self::DeprecatedId => "reuse-deprecated-id",
            Self::MissingText => "reuse-missing-text",
            Self::UnusedText => "reuse-unused-text",
            Self::NoExtension => "reuse-no-extension",
            Self::DoubleText => "reuse-double-text",
            Self::WrongText => "reuse-wrong-text",
            Self::BadAnnotations => "reuse-bad-annotations",
            Self::OpenSnippet => "reuse-open-snippet",
            Self::Unreadable => "reuse-unreadable",
        }
    }

    /// The heading of the specification under which the rule stands.
    pub fn clause(self) -> &'static str {
        match self {
            Self::NoInformation => "Licensing Information",
            Self::NoCopyright => "Comment headers; Format of Copyright Notices",
            Self::NoLicense | Self::InvalidExpression => "Comment headers",
            Self::UnknownId
            | Self::DeprecatedId
            | Self::MissingText
            | Self::UnusedText
            | Self::NoExtension
            | Self::DoubleText
            | Self::WrongText => "License Files",
            Self::BadAnnotations => "REUSE.toml; DEP5",
            Self::OpenSnippet => "In-line Snippet comments",
            Self::Unreadable => "Covered and ignored Files",
        }
    }

    /// What the specification asks for, in one clause.
    pub fn asks(self) -> &'static str {
        match self {
            Self::NoInformation => "each covered file has a copyright notice and a license",
            Self::NoCopyright => "each covered file has a copyright notice that names the holder",
            Self::NoLicense => "each covered file has an `SPDX-License-Identifier` tag",
            Self::InvalidExpression => "the tag is followed by a valid SPDX license expression",
            Self::UnknownId => {
                "an id is on the SPDX License List, or else begins with `LicenseRef-`"
            }
            Self::DeprecatedId => "ids are those of the SPDX License List, which dropped this one",
            Self::MissingText => "each license in use has its text in `LICENSES/`",
            Self::UnusedText => "`LICENSES/` has texts of licenses in use and nothing else",
            Self::NoExtension => "a license text is called by its id and an extension",
            Self::DoubleText => "there is one text for each license",
            Self::WrongText => "a license file holds the text of the license it is called by",
            Self::BadAnnotations => "annotations are valid, and either in `REUSE.toml` or in dep5",
            Self::OpenSnippet => "each `SPDX-SnippetBegin` is closed by `SPDX-SnippetEnd`",
            Self::Unreadable => "what cannot be read shows no licensing information",
        }
    }
}

/// A place in a project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// From the root of the project, with `/`.
    pub path: String,
    /// Where in the file; nothing for the whole.
    pub spot: Option<Spot>,
}

impl Place {
    /// A whole file.
    pub fn file(path: impl Into<String>) -> Self {
        Self { path: path.into(), spot: None }
    }
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Spot {
    /// The spot of `start..end` in `text`.
    pub fn of(text: &str, start: usize, end: usize) -> Self {
        let (line, column) = line_and_column(text, start).unwrap_or((1, 1));
        Self { line, column, start, end }
    }

    /// The same, where the beginnings of all lines are known.
    pub(super) fn among(lines: &[usize], text: &str, start: usize, end: usize) -> Self {
        let number = lines.partition_point(|it| *it <= start).saturating_sub(1);
        let first = lines.get(number).copied().unwrap_or_default();
        let (_, column) =
            text.get(first..).and_then(|it| line_and_column(it, start - first)).unwrap_or((1, 1));
        Self { line: number + 1, column, start, end }
    }
}

/// One problem, with everywhere that it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What sort.
    pub kind: Kind,
    /// The id or expression that it is about, where it is about one.
    pub subject: Option<String>,
    /// What is wrong, in one clause.
    pub says: String,
    /// In their order; at least one.
    pub places: Vec<Place>,
    /// What to do, cheapest first.
    pub help: Vec<String>,
}
