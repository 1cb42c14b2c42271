//! What an expression comes to, where each license has a value and less is better.

use super::{Expression, Form, Leaf, Operands};

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed<'a, V> {
    /// The worst of what binds, where of each choice the best is taken.
    pub value: V,
    /// The leaf that has this value: of several the first.
    pub decided: Leaf<'a>,
    /// All leaves that bind once the choices are made, `decided` among them, as written.
    pub binding: Vec<Leaf<'a>>,
    /// The choices made on the way, the outermost first.
    pub choices: Vec<Choice<'a>>,
}

/// A choice that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice<'a> {
    /// What was offered.
    pub offered: &'a Operands,
    /// What was taken: of several equally good the first.
    pub taken: &'a Expression,
}

impl Expression {
    /// What it comes to, if `leaf` says what each license does: `AND` takes the greatest value and
    /// `OR` the least.
    pub fn weigh<'a, V: Ord>(&'a self, leaf: &mut dyn FnMut(Leaf<'a>) -> V) -> Weighed<'a, V> {
        match self.form() {
            Form::Leaf(it) => {
                Weighed { value: leaf(it), decided: it, binding: vec![it], choices: Vec::new() }
            }
            Form::And(parts) => {
                let (first, rest) = parts.split();
                let first = first.weigh(leaf);
                rest.iter().fold(first, |so_far, it| both(so_far, it.weigh(leaf)))
            }
            Form::Or(offered) => {
                let (first, rest) = offered.split();
                let first = (first, first.weigh(leaf));
                let (taken, mut best) = rest.iter().fold(first, |so_far, it| {
                    let weighed = it.weigh(leaf);
                    if weighed.value < so_far.1.value { (it, weighed) } else { so_far }
                });
                best.choices.insert(0, Choice { offered, taken });
                best
            }
        }
    }
}

fn both<'a, V: Ord>(mut one: Weighed<'a, V>, mut other: Weighed<'a, V>) -> Weighed<'a, V> {
    one.binding.append(&mut other.binding);
    one.choices.append(&mut other.choices);
    if other.value > one.value {
        return Weighed { value: other.value, decided: other.decided, ..one };
    }
    one
}
