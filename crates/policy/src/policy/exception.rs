//! What is allowed although the rules say no.

use caveat_core::source::{Span, Spanned};

use super::Target;
use crate::date::{Date, Period};
use caveat_core::tags::Tag;

/// `[exceptions]`: what bounds exceptions, and the exceptions themselves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exceptions {
    /// How long one may last from its approval.
    pub longest: Option<Spanned<Period>>,
    /// How long before its end to warn.
    pub warn_before: Option<Spanned<Period>>,
    /// Whose approval counts; empty is everyone's.
    pub approvers: Vec<Spanned<String>>,
    /// `[[exception]]`.
    pub list: Vec<Exception>,
}

/// `[[exception]]`: what is allowed although the rules say no.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    /// Where the table begins.
    pub at: Span,
    /// Its name, unlike every other.
    pub id: Spanned<String>,
    /// For what.
    pub target: Target,
    /// In which products; empty is all.
    pub products: Vec<Spanned<String>>,
    /// What is allowed; at least one.
    pub allow: Vec<Spanned<Allowance>>,
    /// Why.
    pub because: Spanned<String>,
    /// Who answers for it.
    pub owner: Spanned<String>,
    /// Who allowed it.
    pub approved: Approval,
    /// The last day on which it holds.
    pub expires: Spanned<Date>,
}

/// What an exception allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Allowance {
    /// A tag of the license.
    Tag(Tag),
    /// A finding, by its name in [`super::FINDINGS`].
    Finding(&'static str),
}

/// Who allowed an exception.
#[derive(Clone, Debug, PartialEq)]
pub struct Approval {
    /// Where it is written.
    pub at: Span,
    /// Who.
    pub by: Spanned<String>,
    /// When.
    pub on: Spanned<Date>,
    /// Where that is recorded.
    pub ticket: Spanned<String>,
}

/// Why an exception does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objection {
    /// Its last day has passed.
    Expired(Span),
    /// It was approved for a later day than today.
    NotYet(Span),
    /// It lasts longer than exceptions may.
    TooLong {
        /// Where its end is written.
        expires: Span,
        /// Where the bound is written.
        longest: Span,
        /// The last day that the bound allows.
        last: Date,
    },
    /// Its approver is not among those whose approval counts.
    NotAnApprover(Span),
}

impl Exception {
    /// Whether it holds in that product.
    pub fn is_for(&self, product: &str) -> bool {
        self.products.is_empty() || self.products.iter().any(|it| it.value == product)
    }

    /// Where it allows that, if it does.
    pub fn allows(&self, what: Allowance) -> Option<Span> {
        self.allow.iter().find(|it| it.value == what).map(|it| it.at)
    }
}

impl Exceptions {
    /// Why `exception` does not count on that day, if it does not.
    pub fn objection(&self, exception: &Exception, today: Date) -> Option<Objection> {
        let (approved, expires) = (&exception.approved, &exception.expires);
        if expires.value < today {
            return Some(Objection::Expired(expires.at));
        }
        if today < approved.on.value {
            return Some(Objection::NotYet(approved.on.at));
        }
        if let Some(longest) = &self.longest {
            let last = approved.on.value.plus(longest.value);
            if last < expires.value {
                return Some(Objection::TooLong { expires: expires.at, longest: longest.at, last });
            }
        }
        let counts = |it: &Spanned<String>| it.value.eq_ignore_ascii_case(&approved.by.value);
        let counted = self.approvers.is_empty() || self.approvers.iter().any(counts);
        (!counted).then_some(Objection::NotAnApprover(approved.by.at))
    }

    /// The first day on which to warn of an exception's end.
    pub fn warn_from(&self, exception: &Exception) -> Option<Date> {
        let before = self.warn_before.as_ref()?.value;
        Some(exception.expires.value.minus(before))
    }
}
