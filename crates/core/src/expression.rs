//! SPDX license expressions.

use std::fmt;

use crate::source::Span;

/// A license expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// One license.
    License(LicenseId, Span),
}

/// A canonical license id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LicenseId(pub String);

/// What there is to say about how an expression was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub at: Span,
    /// What.
    pub message: String,
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::License(id, _) => f.write_str(&id.0),
        }
    }
}
