//! What a label loses of the license above it. Terms form an order: a label may ask more than
//! what it was made from, never less.

mod demand;
mod reciprocal;
mod carried;
mod named;

use caveat_core::component::{How, Kind};
use caveat_core::expression::{Expression, Leaf, Licensed};
use caveat_core::inventory::{Component, Relation};
use caveat_core::source::Span;
use caveat_core::tags::Tag;

use crate::dispute::Question;
use crate::ground::Ground;
use crate::task::is_unguarded;
use crate::travel::{is_same_work, over_outputs};
use carried::loss;
use demand::{Demand, What, demands};
pub use named::{Prefix, name, prefixes};

/// Something with its label, and something that it was made from.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// What was made.
    pub component: &'a Component,
    /// The license on its label.
    pub own: &'a Expression,
    /// The license of what it was made from.
    pub theirs: &'a Expression,
    /// From the one to the other.
    pub way: &'a [&'a Relation],
}

/// What is wrong, by what would mend it; ordered from the slightest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// A duty is stated to be broken: doing it mends everything.
    Breach,
    /// The label cannot carry what must travel: another label may.
    Label,
    /// What was done is not licensed to whoever did it, whatever the label.
    Use,
}

impl Conflict {
    /// The name that tells findings of one component apart.
    pub fn name(self) -> &'static str {
        match self {
            Self::Breach => "breach",
            Self::Label => "label",
            Self::Use => "use",
        }
    }
}

/// Something that must travel and that the label below does not carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// What sort of conflict it is.
    pub conflict: Conflict,
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
    /// The question on which it hangs, where the text leaves one open.
    pub open: Option<Question>,
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

/// What a label loses of the license above on the way from there. Of a choice upstream the branch
/// that loses least is taken; a choice below gives only what all of its branches ask.
pub fn lost(ground: &Ground<'_>, made: &Made<'_>) -> Vec<Lost> {
    let of_leaf = |leaf: Leaf<'_>| match leaf {
        Leaf::License(it) => of_license(ground, made, it),
        Leaf::Nothing(_) | Leaf::NoAssertion(_) => Vec::new(),
    };
    let weighed = made.theirs.weigh(&mut |leaf| {
        let all = of_leaf(leaf);
        let firm = |it: &&Lost| it.sure && it.open.is_none();
        (all.iter().filter(firm).count(), all.len())
    });
    weighed.binding.into_iter().flat_map(of_leaf).collect()
}

/// All on which it depends, beside the two licenses, what is lost on a way: whether something on it
/// is an adapter, whether it is the same work all along, what lies at its end.
pub type Shape = (bool, bool, Kind);

/// The shape of a way; `None` where more than that decides what is lost on it.
pub fn shape(made: &Made<'_>) -> Option<Shape> {
    let plain = !over_outputs(made.way) && is_unguarded(made.component).is_none();
    let kind = made.way.last().filter(|_| plain)?.kind;
    let adapter = made.way.iter().any(|it| it.how == How::AdapterOf);
    Some((adapter, is_same_work(made.way), kind))
}

/// Whether a label grants no more than a license does, so that it may stand on what was made of it.
pub fn grants_no_more(ground: &Ground<'_>, label: &Expression, theirs: &Licensed) -> bool {
    keeping(ground, theirs)(label)
}

/// Tells of labels whether they grant no more than a license does.
pub fn keeping<'b>(
    ground: &'b Ground<'_>,
    theirs: &'b Licensed,
) -> impl Fn(&Expression) -> bool + 'b {
    let demands = demands(ground, None, theirs, &[]);
    move |label| {
        let kept = |it: &Demand| by_label(label, &|one| loss(ground, one, theirs, it.what));
        demands.iter().all(|it| kept(it) == Loss::Kept)
    }
}

/// A limit that a license sets and a label does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What policies call it.
    pub tag: Tag,
    /// What is dropped, in a few words.
    pub drops: String,
    /// What the license says, in one clause.
    pub says: String,
    /// Where its terms say so.
    pub at: Option<Span>,
    /// The section.
    pub cite: String,
}

/// What a label drops of the license of something else, taken by itself.
pub fn limits_dropped(ground: &Ground<'_>, label: &Expression, theirs: &Licensed) -> Vec<Limit> {
    let all = demands(ground, None, theirs, &[]).into_iter();
    all.filter_map(|Demand { what, drops, says, at, cite, .. }| match what {
        What::Tag(tag) => {
            let kept = by_label(label, &|one| loss(ground, one, theirs, what)) == Loss::Kept;
            (!kept).then_some(Limit { tag, drops, says, at, cite })
        }
        What::ForbiddenUse(_)
        | What::Agreement
        | What::OwnFamily
        | What::NoStudent
        | What::Guardrails
        | What::NoAdaptation => None,
    })
    .collect()
}

fn of_license(ground: &Ground<'_>, made: &Made<'_>, theirs: &Licensed) -> Vec<Lost> {
    let mut all: Vec<Lost> = Vec::new();
    let mut uses: Option<(Lost, Vec<&'static str>)> = None;
    for demand in demands(ground, Some(made.component), theirs, made.way) {
        let Demand { what, conflict, drops, says, at, cite, sure, open } = demand;
        let found = by_label(made.own, &|label| loss(ground, label, theirs, what));
        if found == Loss::Kept {
            continue;
        }
        let sure = sure && found == Loss::Lost;
        let dropped = Lost { conflict, drops, says, at, cite: Some(cite), sure, open };
        match (what.forbidden_use(), &mut uses) {
            (Some(it), Some((all, names))) => {
                all.sure |= dropped.sure;
                names.push(it);
            }
            (Some(it), None) => uses = Some((dropped, vec![it])),
            (None, _) => add(&mut all, dropped),
        }
    }
    all.extend(uses.map(|(lost, names)| Lost { drops: bans(&names), ..lost }));
    all
}

/// What several clauses ask is lost once; clauses that leave no doubt say it best.
fn add(all: &mut Vec<Lost>, dropped: Lost) {
    match all.iter_mut().find(|it| it.drops == dropped.drops && it.conflict == dropped.conflict) {
        Some(it) if dropped.sure && !it.sure => *it = dropped,
        Some(it) if dropped.sure == it.sure => it.cite(&dropped),
        Some(_) => {}
        None => all.push(dropped),
    }
}

impl Lost {
    /// Takes in another clause that says the same.
    fn cite(&mut self, other: &Self) {
        if !self.says.contains(&other.says) {
            self.says = format!("{}; {}", self.says, other.says);
        }
        let cite = other.cite.as_deref().unwrap_or_default();
        match &mut self.cite {
            Some(it) if it.contains(cite) => {}
            Some(it) => *it = format!("{it}; {cite}"),
            None => self.cite.clone_from(&other.cite),
        }
    }
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
