//! What a label loses of the license above it. Terms form an order: a label may ask more than
//! what it was made from, never less.

mod demand;
mod reciprocal;
mod carried;

use caveat_core::expression::{Expression, Leaf, Licensed};
use caveat_core::inventory::Relation;
use caveat_core::source::Span;

use crate::ground::Ground;
use crate::travel::{Travel, travel};
use carried::loss;
use demand::{Demand, demands};

/// Something that must travel and that the label below does not carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// What, in a few words.
    pub drops: String,
    /// What the upstream license says, in one clause.
    pub says: String,
    /// Where its terms say so.
    pub at: Option<Span>,
    /// The section.
    pub cite: Option<String>,
    /// Whether the texts leave no doubt.
    pub sure: bool,
}

/// How a label stands to something that must travel; ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Loss {
    /// The label asks for it too.
    Kept,
    /// It may: the facts that are known do not tell.
    Doubtful,
    /// It does not.
    Lost,
}

/// What `own` loses of `theirs` on the way from there. Of a choice upstream the branch that loses
/// least is taken; a choice below gives only what all of its branches ask.
pub fn lost(
    ground: &Ground<'_>,
    own: &Expression,
    theirs: &Expression,
    way: &[&Relation],
) -> Vec<Lost> {
    let of_leaf = |leaf: Leaf<'_>| match leaf {
        Leaf::License(it) => of_license(ground, own, it, travel(ground.library, it, way)),
        Leaf::Nothing(_) | Leaf::NoAssertion(_) => Vec::new(),
    };
    let weighed = theirs.weigh(&mut |leaf| {
        let all = of_leaf(leaf);
        (all.iter().filter(|it| it.sure).count(), all.len())
    });
    weighed.binding.into_iter().flat_map(of_leaf).collect()
}

fn of_license(
    ground: &Ground<'_>,
    own: &Expression,
    theirs: &Licensed,
    travel: Travel,
) -> Vec<Lost> {
    let mut all: Vec<Lost> = Vec::new();
    let mut uses: Option<(Lost, Vec<&'static str>)> = None;
    for Demand { what, drops, says, at, cite, sure } in demands(ground, theirs, travel) {
        let found = by_label(own, &|label| loss(ground, label, theirs, what));
        if found == Loss::Kept {
            continue;
        }
        let dropped = Lost { drops, says, at, cite: Some(cite), sure: sure && found == Loss::Lost };
        match (what.forbidden_use(), &mut uses) {
            (Some(it), Some((all, names))) => {
                all.sure |= dropped.sure;
                names.push(it);
            }
            (Some(it), None) => uses = Some((dropped, vec![it])),
            (None, _) if all.iter().any(|it| it.drops == dropped.drops) => {}
            (None, _) => all.push(dropped),
        }
    }
    all.extend(uses.map(|(lost, names)| Lost { drops: bans(&names), ..lost }));
    all
}

/// A few of the forbidden uses by name; a label that lacks them lacks most of a list.
fn bans(names: &[&str]) -> String {
    const SHOWN: usize = 3;
    let shown: Vec<&str> = names.iter().copied().take(SHOWN).collect();
    let more = match names.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("its bans on {}{more}", shown.join(", "))
}

/// All parts of an `AND` ask, of an `OR` only what every branch asks is sure to be asked.
fn by_label(own: &Expression, loss: &dyn Fn(&Licensed) -> Loss) -> Loss {
    match own {
        Expression::License(it) => loss(it),
        Expression::And(parts) => {
            parts.iter().map(|it| by_label(it, loss)).min().unwrap_or(Loss::Kept)
        }
        Expression::Or(parts) => {
            parts.iter().map(|it| by_label(it, loss)).max().unwrap_or(Loss::Kept)
        }
        // That nobody states a license is a finding of its own.
        Expression::Nothing(_) | Expression::NoAssertion(_) => Loss::Kept,
    }
}
