//! A fact that gives a license a tag.

use std::ops::Range;

use crate::terms::{Category, Confidence, Fact, Terms};

/// A fact that gives a tag.
pub(super) struct Ground {
    pub(super) cite: String,
    pub(super) says: String,
    pub(super) at: Range<usize>,
    pub(super) confidence: Confidence,
}

impl Ground {
    pub(super) fn new<T>(fact: &Fact<T>, says: impl Into<String>) -> Self {
        Self {
            cite: fact.cite.clone(),
            says: says.into(),
            at: fact.at.clone(),
            confidence: fact.confidence,
        }
    }

    /// For lack of a fact: the category that the file puts the license in.
    pub(super) fn category(terms: &Terms, says: impl Into<String>) -> Self {
        Self {
            cite: "the license as a whole".to_owned(),
            says: says.into(),
            at: terms.license.category_at.clone(),
            confidence: Confidence::Secondary,
        }
    }
}

/// Gives the facts, or the category where no fact says it but the file puts the license there.
pub(super) fn or_category(
    found: Vec<Ground>,
    terms: &Terms,
    category: Category,
    says: &str,
) -> Vec<Ground> {
    if found.is_empty() && terms.license.category == category {
        return vec![Ground::category(terms, says)];
    }
    found
}
