//! Labels of the hub, and which of them keep what a license asks.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};

use caveat_core::component::{ComponentId, How, Kind};
use caveat_core::expression::{Expression, Licensed, parse};
use caveat_core::inventory::{Component, Standing};
use caveat_core::library::{Library, Named};
use caveat_core::lineage::Upstream;
use caveat_core::source::Span;

use crate::case::Case;
use crate::inheritance::{Lost, Made, Shape, keeping, lost, shape};
use crate::travel::carries;

/// The labels of the hub, and which of them keep all that a license asks: each is worked out once.
#[derive(Debug, Default)]
pub(super) struct Labels {
    known: RefCell<BTreeMap<String, Option<&'static str>>>,
    /// Labels of the hub whose terms are known.
    all: OnceCell<Vec<(&'static str, Expression)>>,
}

impl Labels {
    /// The license whose label on the hub alone keeps all that `theirs` asks, if there is one.
    pub(super) fn only(&self, case: &Case<'_>, theirs: &Licensed) -> Option<&'static str> {
        let key = theirs.to_string();
        let known = self.known.borrow().get(&key).copied();
        known.unwrap_or_else(|| {
            let all = self.all.get_or_init(|| labels(case, theirs.at));
            let keeps = keeping(case, theirs);
            let mut kept = all.iter().filter(|(_, label)| keeps(label)).map(|(id, _)| *id);
            let first = kept.next();
            let found = first.filter(|_| kept.next().is_none());
            self.known.borrow_mut().insert(key, found);
            found
        })
    }
}

/// Where nothing is known of what a label asks, nobody can say that it keeps anything.
fn labels(case: &Case<'_>, at: Span) -> Vec<(&'static str, Expression)> {
    let library = *case.library;
    let ids =
        library.ids().filter(|it| hub_id(library, it).is_some() || hub_name(library, it).is_some());
    let labels = ids.filter_map(|id| Some((id, label(id, at)?)));
    labels.filter(|(_, it)| it.licenses().all(|it| !case.tags(it).is_empty())).collect()
}

/// The license of that id alone, as an expression.
pub(super) fn label(id: &str, at: Span) -> Option<Expression> {
    parse(id, at).expression
}

/// What the hub calls a license, where it has a word for it that means nothing else.
pub(super) fn hub_id(library: Library, id: &str) -> Option<&'static str> {
    let ([hub_id], _) = library.hub_labels(id) else { return None };
    let means = |it: &str| matches!(library.named(it), Named::License(known) if known == id);
    Some(*hub_id).filter(|it| means(it))
}

/// What cards call a license for which the hub has no word.
pub(super) fn hub_name(library: Library, id: &str) -> Option<&'static str> {
    let name = library.hub_labels(id).1.first()?;
    let means = |it: &str| matches!(library.named(it), Named::License(known) if known == id);
    Some(*name).filter(|it| means(it))
}

/// The one license that an expression is.
pub(super) fn single(expression: &Expression) -> Option<&Licensed> {
    match expression {
        Expression::License(it) if !it.or_later && it.with.is_none() => Some(it),
        Expression::License(_)
        | Expression::And(_)
        | Expression::Or(_)
        | Expression::Nothing(_)
        | Expression::NoAssertion(_) => None,
    }
}

/// Something that a component was made from, by way of what, and its license.
pub(super) struct Parent<'a> {
    pub(super) via: Upstream<'a>,
    pub(super) of: &'a Component,
    pub(super) license: &'a Expression,
}

/// All that a component was made from; nothing where of any of it the license is not clear.
pub(super) fn parents<'a>(case: &Case<'a>, component: &'a Component) -> Option<Vec<Parent<'a>>> {
    let known = |id: &ComponentId| {
        let it = case.graph.components.get(id)?;
        let clear = it.conclusion.standing == Standing::Clear;
        it.conclusion.license.as_ref().filter(|_| clear)
    };
    let mut all = Vec::new();
    for (via, of) in case.made_from(component) {
        let license = known(&of.id)?;
        all.push(Parent { via, of, license });
    }
    // What nobody can see may ask anything.
    let unseen = |id: &ComponentId| {
        let made = case.lineage.stated_by(id).iter().filter(|it| carries(it.how));
        made.filter(|it| it.how != How::Contains).any(|it| known(&it.to).is_none())
    };
    let hidden = unseen(&component.id) || all.iter().any(|it| unseen(&it.of.id));
    (!hidden).then_some(all)
}

/// What labels lose of licenses, worked out once for each pair on ways of one shape.
#[derive(Debug, Default)]
pub(super) struct Losses(RefCell<HashMap<(String, String, Shape), Vec<Lost>>>);

impl Losses {
    /// What `label` would lose of the licenses above.
    pub(super) fn of(
        &self,
        case: &Case<'_>,
        component: &Component,
        label: &Expression,
        parents: &[Parent<'_>],
    ) -> Vec<Lost> {
        let of = |it: &Parent<'_>| {
            let made = Made { component, own: label, theirs: it.license, way: &it.via.way };
            let Some(shape) = shape(&made) else { return lost(case, &made) };
            let key = (label.to_string(), it.license.to_string(), shape);
            self.0.borrow_mut().entry(key).or_insert_with(|| lost(case, &made)).clone()
        };
        parents.iter().flat_map(of).collect()
    }
}

/// Whether cards of the hub describe it.
pub(super) fn has_card(component: &Component) -> bool {
    match component.kind {
        Kind::Model | Kind::Dataset => true,
        Kind::Code | Kind::Document => false,
    }
}
