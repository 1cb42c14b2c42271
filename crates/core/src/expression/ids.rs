//! The ids of an expression as they are written: files are called after them.

use std::ops::Range;

use super::LicenseId;
use super::lex::{What, tokens};
use super::listed;

/// An id in an expression, or what stands in the place of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its bytes in the text, without a `+`.
    pub at: Range<usize>,
    /// It stands behind `WITH`.
    pub is_exception: bool,
    /// What it is.
    pub id: Id,
}

/// What a word is in the place of an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Id {
    /// SPDX lists it; here is its canonical case.
    Listed(&'static str),
    /// SPDX lists it and advises against it.
    Deprecated(&'static str),
    /// A license of the project's own, in the spelling that SPDX allows for these.
    Reference(String),
    /// Nobody lists it.
    Unknown(String),
}

impl Id {
    /// The id as it should be spelled, or the word where nobody lists it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Listed(id) | Self::Deprecated(id) => id,
            Self::Reference(id) | Self::Unknown(id) => id,
        }
    }

    /// What `word` is as the id of a license.
    pub fn of_license(word: &str) -> Self {
        if let Some(id) = listed::license(word) {
            return Self::listed(id);
        }
        // People write `_`, which SPDX does not allow in a name.
        match LicenseId::new(word).filter(|it| it.is_reference() && !word.contains('_')) {
            Some(_) => Self::Reference(word.to_owned()),
            None => Self::Unknown(word.to_owned()),
        }
    }

    /// What `word` is as the id of an exception.
    pub fn of_exception(word: &str) -> Self {
        listed::exception(word).map_or_else(|| Self::Unknown(word.to_owned()), Self::listed)
    }

    fn listed(id: &'static str) -> Self {
        if listed::successor(id).is_some() { Self::Deprecated(id) } else { Self::Listed(id) }
    }

    /// What is listed and may have been meant by a word that is not, or is advised instead.
    pub fn instead(&self) -> Option<&'static str> {
        match self {
            Self::Listed(_) | Self::Reference(_) => None,
            Self::Deprecated(id) => {
                listed::successor(id).map(|it| it.id).filter(|it| !it.is_empty())
            }
            Self::Unknown(word) => listed::license_like(word),
        }
    }
}

/// All ids that `text` names, in its order.
pub fn named(text: &str) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let mut is_exception = false;
    for it in tokens(text) {
        if it.what == What::Word {
            let word = &text[it.range.clone()];
            let id = if is_exception { Id::of_exception(word) } else { Id::of_license(word) };
            found.push(Named { at: it.range, is_exception, id });
        }
        is_exception = it.what == What::With;
    }
    found
}
