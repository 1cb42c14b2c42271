//! SPDX license expressions: what they say, how they are written, and which of them say the same.
//!
//! [`parse()`] understands what people write and notes what they should have written. The ids come
//! from the `spdx` crate; its parser is not used, because its spans leave out `+` and `WITH`, it
//! takes `apache-2.0` for an error, and its lax mode settles questions that only the author can.
//!
//! An id that nobody lists stays in the expression as a license of its own. So a known half of
//! `Foo AND GPL-3.0-only` still binds, and no fold over licenses can overlook the unknown half.

use std::collections::BTreeMap;
use std::fmt;

use crate::source::{Span, Spanned};

mod listed;
mod nearest;
mod note;
mod lex;
mod parse;
mod license;
mod normal;
mod spelling;
mod weigh;
mod ids;

pub use ids::{Id, Named, named};
pub use listed::list_version;
pub use normal::Normal;
pub use note::{Note, NoteKind};
pub use parse::{Parsed, parse, parse_with};
pub use spelling::{excludes_later, respelled};
pub use weigh::{Choice, Weighed};

/// What an SPDX expression says. Nested no deeper than [`parse()`] lets it, so recursion is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// One license.
    License(Licensed),
    /// All of them bind.
    And(Operands),
    /// One of them is ours to choose.
    Or(Operands),
    /// `NONE`: there is no license.
    Nothing(Span),
    /// `NOASSERTION`: the author does not say.
    NoAssertion(Span),
}

/// At least two operands, none of which is the same operator again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operands(Vec<Expression>);

impl std::ops::Deref for Operands {
    type Target = [Expression];

    fn deref(&self) -> &[Expression] {
        &self.0
    }
}

impl Operands {
    fn split(&self) -> (&Expression, &[Expression]) {
        self.0.split_first().expect("an operator has operands")
    }
}

/// One license, with what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licensed {
    /// Which license.
    pub id: LicenseId,
    /// Whether a `+` allows later versions. Never where an id of its own says so.
    pub or_later: bool,
    /// The exception after `WITH`, in canonical case where it is listed, and the place of its id.
    pub with: Option<Spanned<String>>,
    /// The whole, `+` and exception included.
    pub at: Span,
}

/// An SPDX id in canonical case, a `LicenseRef-…`, a `DocumentRef-…:LicenseRef-…`, or a word that
/// stood in the place of an id and that nobody lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LicenseId(String);

impl LicenseId {
    /// The id that `text` spells in any case, if SPDX lists it or it is a reference.
    pub fn new(text: &str) -> Option<Self> {
        let listed = listed::license(text).map(str::to_owned);
        listed.or_else(|| lex::reference(text, "LicenseRef-")).map(Self)
    }

    /// A word that nobody lists.
    fn unlisted(word: &str) -> Self {
        Self(word.to_owned())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether SPDX lists it.
    pub fn is_listed(&self) -> bool {
        listed::license(&self.0).is_some()
    }

    /// Whether it is a `LicenseRef-…`, in this document or another.
    pub fn is_reference(&self) -> bool {
        lex::reference(&self.0, "LicenseRef-").is_some()
    }
}

impl fmt::Display for LicenseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Licensed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plus = if self.or_later { "+" } else { "" };
        write!(f, "{}{plus}", self.id)?;
        match &self.with {
            Some(with) => write!(f, " WITH {}", with.value),
            None => Ok(()),
        }
    }
}

/// What stands at the end of each branch of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf<'a> {
    /// A license.
    License(&'a Licensed),
    /// `NONE`.
    Nothing(Span),
    /// `NOASSERTION`.
    NoAssertion(Span),
}

impl Leaf<'_> {
    /// Where it is written.
    pub fn at(self) -> Span {
        match self {
            Self::License(it) => it.at,
            Self::Nothing(at) | Self::NoAssertion(at) => at,
        }
    }

    /// What tells it from other leaves: its text without regard to case.
    fn key(self) -> String {
        self.to_string().to_ascii_lowercase()
    }
}

impl fmt::Display for Leaf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::License(it) => it.fmt(f),
            Self::Nothing(_) => f.write_str("NONE"),
            Self::NoAssertion(_) => f.write_str("NOASSERTION"),
        }
    }
}

/// An expression by its form, for functions that fold it.
enum Form<'a> {
    Leaf(Leaf<'a>),
    And(&'a Operands),
    Or(&'a Operands),
}

impl Expression {
    /// All of `parts` bind; `None` of none.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let flat = parts.into_iter().flat_map(|it| match it {
            Self::And(parts) => parts.0,
            Self::License(_) | Self::Or(_) | Self::Nothing(_) | Self::NoAssertion(_) => vec![it],
        });
        join(flat.collect(), Self::And)
    }

    /// One of `parts` is ours to choose; `None` of none.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let flat = parts.into_iter().flat_map(|it| match it {
            Self::Or(parts) => parts.0,
            Self::License(_) | Self::And(_) | Self::Nothing(_) | Self::NoAssertion(_) => vec![it],
        });
        join(flat.collect(), Self::Or)
    }

    /// The ends of its branches as written, from left to right.
    pub fn leaves(&self) -> impl Iterator<Item = Leaf<'_>> {
        let mut ahead = vec![self];
        std::iter::from_fn(move || {
            loop {
                match ahead.pop()?.form() {
                    Form::Leaf(leaf) => return Some(leaf),
                    Form::And(parts) | Form::Or(parts) => ahead.extend(parts.iter().rev()),
                }
            }
        })
    }

    /// Its licenses as written, from left to right. `NONE` and `NOASSERTION` are not among them.
    pub fn licenses(&self) -> impl Iterator<Item = &Licensed> {
        self.leaves().filter_map(|it| match it {
            Leaf::License(license) => Some(license),
            Leaf::Nothing(_) | Leaf::NoAssertion(_) => None,
        })
    }

    /// From the first leaf to the last, where they stand in one source; else as far as they do.
    pub fn at(&self) -> Span {
        let (first, rest) = match self.form() {
            Form::Leaf(leaf) => return leaf.at(),
            Form::And(parts) | Form::Or(parts) => parts.split(),
        };
        rest.iter().map(Self::at).fold(first.at(), |all, it| {
            if it.source != all.source {
                return all;
            }
            Span { start: all.start.min(it.start), end: all.end.max(it.end), ..all }
        })
    }

    /// The same with operands in one order and none of them twice, whatever order it was written in.
    #[must_use]
    pub fn canonical(&self) -> Self {
        match self.form() {
            Form::Leaf(_) => self.clone(),
            Form::And(parts) => sorted(parts, Self::all),
            Form::Or(parts) => sorted(parts, Self::any),
        }
    }

    fn form(&self) -> Form<'_> {
        match self {
            Self::License(it) => Form::Leaf(Leaf::License(it)),
            Self::Nothing(at) => Form::Leaf(Leaf::Nothing(*at)),
            Self::NoAssertion(at) => Form::Leaf(Leaf::NoAssertion(*at)),
            Self::And(parts) => Form::And(parts),
            Self::Or(parts) => Form::Or(parts),
        }
    }
}

/// `parts` under one operator; without the operator where there is but one.
fn join(parts: Vec<Expression>, operator: fn(Operands) -> Expression) -> Option<Expression> {
    if parts.len() > 1 {
        return Some(operator(Operands(parts)));
    }
    parts.into_iter().next()
}

/// `parts` in canonical form and order, none of them twice, joined by `join`.
fn sorted(parts: &Operands, join: fn(Vec<Expression>) -> Option<Expression>) -> Expression {
    // Joined once before sorting: what is left of an operand may be the same operator again.
    let parts = match join(parts.iter().map(Expression::canonical).collect()) {
        Some(Expression::And(parts) | Expression::Or(parts)) => parts.0,
        Some(leaf) => vec![leaf],
        None => Vec::new(),
    };
    let keyed = parts.into_iter().map(|it| (it.to_string().to_ascii_lowercase(), it));
    let in_order: BTreeMap<_, _> = keyed.collect();
    join(in_order.into_values().collect()).expect("an operator has operands")
}

impl fmt::Display for Expression {
    /// Canonical spelling in the order as written, with no more brackets than it takes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parts, operator) = match self.form() {
            Form::Leaf(leaf) => return leaf.fmt(f),
            Form::And(parts) => (parts, " AND "),
            Form::Or(parts) => (parts, " OR "),
        };
        for (number, part) in parts.iter().enumerate() {
            f.write_str(if number == 0 { "" } else { operator })?;
            match (self, part) {
                (Self::And(_), Self::Or(_)) => write!(f, "({part})")?,
                (_, _) => part.fmt(f)?,
            }
        }
        Ok(())
    }
}
