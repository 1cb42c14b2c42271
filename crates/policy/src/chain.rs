//! What one component was made from, all the way up, and what each step carries down.

use std::collections::BTreeSet;

use caveat_core::component::{ComponentId, How, Kind};
use caveat_core::expression::{Expression, Licensed};
use caveat_core::inventory::{Component, Relation, Standing};
use caveat_core::source::Span;
use caveat_core::tags::Tag;

use crate::dispute::Question;
use crate::ground::Ground;
use crate::travel::reaches;

/// Nobody reads a chain of more steps.
const DEEPEST: usize = 24;
/// Nobody reads more of them at once.
const MOST: usize = 200;

/// One thing in the chain: the component itself, or something upstream of it.
#[derive(Clone, Debug)]
pub struct Rung<'a> {
    /// How many relations lie between it and the component.
    pub depth: usize,
    /// Its identity.
    pub id: &'a ComponentId,
    /// What is known of it; `None` where only a name is.
    pub component: Option<&'a Component>,
    /// The relation that leads to it; `None` for the component itself.
    pub by: Option<&'a Relation>,
    /// What of its license reaches the component.
    pub reach: Reach,
    /// It stands above already, with all that is upstream of it.
    pub again: bool,
}

/// What of a license reaches what lies at the beginning of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The license is the component's own.
    Own,
    /// Nobody knows what it would be: no license is known.
    Unknown,
    /// These demands travel; of each license that it offers or combines.
    Carried(Vec<Carried>),
    /// Whether data binds what is trained on it is not settled; a policy says how to take it.
    Unsettled,
    /// It is used, or measured with: what comes of that is a matter of its own.
    Apart,
}

/// A demand of a license that travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The license, `WITH` included.
    pub license: String,
    /// What it asks, in one word.
    pub tag: Tag,
    /// The same in one clause.
    pub says: String,
    /// The section of the license.
    pub cite: String,
    /// Where its terms say so.
    pub at: Option<Span>,
    /// The question that the license leaves open, on which it hangs whether this travels.
    pub open: Option<Question>,
}

/// A chain, from the component upwards, each thing before what it was made from.
#[derive(Clone, Debug)]
pub struct Chain<'a> {
    /// The component first.
    pub rungs: Vec<Rung<'a>>,
    /// There is more than anybody reads.
    pub is_cut: bool,
}

/// What waits to be shown.
struct Waiting<'a> {
    way: Vec<&'a Relation>,
    id: &'a ComponentId,
}

/// The chain of `component`. Code that needs other code is a matter of lists, not of chains, and
/// left out.
pub fn chain<'a>(ground: &Ground<'a>, component: &'a Component) -> Chain<'a> {
    let mut rungs = Vec::new();
    let mut shown = BTreeSet::new();
    let mut is_cut = false;
    let mut waiting = vec![Waiting { way: Vec::new(), id: &component.id }];
    while let Some(it) = waiting.pop() {
        if rungs.len() >= MOST || it.way.len() > DEEPEST {
            is_cut = true;
            continue;
        }
        let again = !shown.insert(it.id);
        rungs.push(rung(ground, &it, again));
        if again {
            continue;
        }
        let upwards =
            ground.lineage.stated_by(it.id).iter().copied().filter(|it| it.how != How::DependsOn);
        let upwards: Vec<_> = upwards.collect();
        for up in upwards.into_iter().rev() {
            let way = it.way.iter().copied().chain([up]).collect();
            waiting.push(Waiting { way, id: &up.to });
        }
    }
    Chain { rungs, is_cut }
}

fn rung<'a>(ground: &Ground<'a>, it: &Waiting<'a>, again: bool) -> Rung<'a> {
    let component = ground.graph.components.get(it.id);
    let license = component.and_then(stated);
    let reach = match (it.way.last(), license) {
        (None, _) => Reach::Own,
        (Some(last), _) if !reaches(&it.way) => apart(ground, last, license, &it.way),
        (Some(_), None) => Reach::Unknown,
        (Some(_), Some(license)) => Reach::Carried(carried(ground, license, &it.way)),
    };
    let by = it.way.last().copied();
    Rung { depth: it.way.len(), id: it.id, component, by, reach, again }
}

/// The license that is known, where one is.
fn stated(component: &Component) -> Option<&Expression> {
    let clear = component.conclusion.standing == Standing::Clear;
    component.conclusion.license.as_ref().filter(|_| clear)
}

/// What is trained on data, or uses something: not made from it, as far as the law is settled.
fn apart(
    ground: &Ground<'_>,
    last: &Relation,
    license: Option<&Expression>,
    way: &[&Relation],
) -> Reach {
    let trained = way.iter().any(|it| it.how == How::TrainedOn);
    if !trained || last.kind != Kind::Dataset {
        return Reach::Apart;
    }
    let Some(license) = license else { return Reach::Unknown };
    let is_free = |it: &Licensed| {
        let tags = ground.tags(it);
        let asks_nothing = !tags.is_empty() && !tags.iter().any(|it| asks(it.tag));
        asks_nothing || ground.frees_trained_models(it)
    };
    if license.licenses().all(is_free) { Reach::Carried(Vec::new()) } else { Reach::Unsettled }
}

/// Whether a tag stands for a demand: what is given freely asks nothing of anybody.
fn asks(tag: Tag) -> bool {
    !matches!(tag, Tag::Permissive | Tag::PublicDomain)
}

fn carried(ground: &Ground<'_>, license: &Expression, way: &[&Relation]) -> Vec<Carried> {
    let mut all = Vec::new();
    for it in license.licenses() {
        let travel = ground.travel(it, way);
        let tags = ground.tags(it);
        let carried = tags.iter().filter(|it| travel.takes(it.tag) && asks(it.tag));
        all.extend(carried.map(|tagged| Carried {
            license: it.to_string(),
            tag: tagged.tag,
            at: ground.term_span(it, tagged),
            says: tagged.says.clone(),
            cite: tagged.cite.clone(),
            open: travel.open,
        }));
    }
    all
}
