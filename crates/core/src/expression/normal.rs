//! Whether two expressions say the same.

use std::collections::BTreeSet;

use super::{Expression, Form, Leaf};

/// The choices that an expression leaves, each as the set of what then binds, none of them asking
/// for all that another asks for and more. Two expressions have the same if and only if they say
/// the same. Licenses are written without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Normal(BTreeSet<BTreeSet<String>>);

impl Normal {
    /// The choices, each as the set of what then binds.
    pub fn choices(&self) -> impl Iterator<Item = &BTreeSet<String>> {
        self.0.iter()
    }
}

/// More choices than anybody offers.
const MOST_CHOICES: usize = 256;

/// How many licenses may be looked at. It bounds time where the number of choices stays small.
const MOST_STEPS: usize = 1 << 19;

impl Expression {
    /// Its normal form; `None` where that is too large.
    pub fn normal(&self) -> Option<Normal> {
        let mut steps = MOST_STEPS;
        choices(self, &mut steps).map(Normal)
    }

    /// Whether both say the same. Of expressions too large for a normal form, only order and
    /// repetition are seen through: a `true` is certain then, a `false` is not.
    pub fn same_as(&self, other: &Self) -> bool {
        match (self.normal(), other.normal()) {
            (Some(one), Some(another)) => one == another,
            (None, None) => {
                let text = |it: &Self| it.canonical().to_string().to_ascii_lowercase();
                text(self) == text(other)
            }
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

type Choices = BTreeSet<BTreeSet<String>>;

fn choices(expression: &Expression, steps: &mut usize) -> Option<Choices> {
    match expression.form() {
        Form::Leaf(leaf) => Some(BTreeSet::from([BTreeSet::from([Leaf::key(leaf)])])),
        Form::Or(parts) => {
            let parts = parts.iter().map(|it| choices(it, steps)).collect::<Option<Vec<_>>>()?;
            least(parts.into_iter().flatten().collect(), steps)
        }
        Form::And(parts) => all(parts, steps),
    }
}

fn all(parts: &[Expression], steps: &mut usize) -> Option<Choices> {
    // What leaves no choice is joined first, at no cost.
    let mut certain = BTreeSet::new();
    let mut open = Vec::new();
    for part in parts {
        let part = choices(part, steps)?;
        if part.len() == 1 { certain.extend(part.into_iter().flatten()) } else { open.push(part) }
    }
    let first = BTreeSet::from([certain]);
    open.iter().try_fold(first, |all, it| least(product(&all, it, steps)?, steps))
}

/// Every choice of `one` with every choice of `other`.
fn product(one: &Choices, other: &Choices, steps: &mut usize) -> Option<Choices> {
    let pairs = one.iter().flat_map(|it| other.iter().map(move |other| (it, other)));
    let joined = pairs.map(|(one, other)| {
        *steps = steps.checked_sub(one.len() + other.len())?;
        Some(one | other)
    });
    joined.collect()
}

/// `all` without what asks for more than another; `None` of too many.
fn least(all: Choices, steps: &mut usize) -> Option<Choices> {
    let mut by_size: Vec<_> = all.into_iter().collect();
    by_size.sort_by_key(BTreeSet::len);
    let mut kept: Vec<BTreeSet<String>> = Vec::new();
    for choice in by_size {
        let cost: usize = kept.iter().map(|it| it.len() + 1).sum();
        *steps = steps.checked_sub(cost)?;
        if kept.iter().any(|it| it.is_subset(&choice)) {
            continue;
        }
        if kept.len() == MOST_CHOICES {
            return None;
        }
        kept.push(choice);
    }
    Some(kept.into_iter().collect())
}
