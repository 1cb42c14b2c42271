//! Labels of the hub, and which of them keep what a license asks.

use std::cell::RefCell;
use std::collections::BTreeMap;

use caveat_core::component::{ComponentId, How, Kind};
use caveat_core::expression::{Expression, Licensed, parse};
use caveat_core::inventory::{Component, Standing};
use caveat_core::library::{Library, Named};
use caveat_core::lineage::Upstream;
use caveat_core::source::Span;

use crate::case::Case;
use crate::inheritance::{Lost, Made, grants_no_more, lost};
use crate::travel::carries;

/// Which labels of the hub keep all that a license asks, worked out once for each license.
#[derive(Debug, Default)]
pub(super) struct Labels(RefCell<BTreeMap<String, Option<&'static str>>>);

impl Labels {
    /// The license whose label on the hub alone keeps all that `theirs` asks, if there is one.
    pub(super) fn only(&self, case: &Case<'_>, theirs: &Licensed) -> Option<&'static str> {
        let key = theirs.to_string();
        let known = self.0.borrow().get(&key).copied();
        known.unwrap_or_else(|| {
            let found = only(case, theirs);
            self.0.borrow_mut().insert(key, found);
            found
        })
    }
}

fn only(case: &Case<'_>, theirs: &Licensed) -> Option<&'static str> {
    let keeps = |id: &&'static str| {
        let Some(label) = label(id, theirs.at) else { return false };
        let read = label.licenses().all(|it| !case.tags(it).is_empty());
        read && grants_no_more(case, &label, theirs)
    };
    let labels = case
        .library
        .ids()
        .filter(|it| hub_id(*case.library, it).is_some() || hub_name(*case.library, it).is_some());
    let mut kept = labels.filter(keeps);
    let first = kept.next()?;
    kept.next().is_none().then_some(first)
}

/// The license of that id alone, as an expression.
pub(super) fn label(id: &str, at: Span) -> Option<Expression> {
    parse(id, at).expression
}

/// What the hub calls a license, where it has a word for it that means nothing else.
pub(super) fn hub_id(library: Library, id: &str) -> Option<&'static str> {
    let [hub_id] = library.terms(id)?.license.hub_ids.as_slice() else { return None };
    let means = |it: &str| matches!(library.named(it), Named::License(known) if known == id);
    Some(hub_id.as_str()).filter(|it| means(it))
}

/// What cards call a license for which the hub has no word.
pub(super) fn hub_name(library: Library, id: &str) -> Option<&'static str> {
    let name = library.terms(id)?.license.hub_names.first()?;
    let means = |it: &str| matches!(library.named(it), Named::License(known) if known == id);
    Some(name.as_str()).filter(|it| means(it))
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

/// What `label` would lose of the licenses above.
pub(super) fn loses(
    case: &Case<'_>,
    component: &Component,
    label: &Expression,
    parents: &[Parent<'_>],
) -> Vec<Lost> {
    let of = |it: &Parent<'_>| {
        let made = Made { component, own: label, theirs: it.license, way: &it.via.way };
        lost(case, &made)
    };
    parents.iter().flat_map(of).collect()
}

/// Whether cards of the hub describe it.
pub(super) fn has_card(component: &Component) -> bool {
    match component.kind {
        Kind::Model | Kind::Dataset => true,
        Kind::Code | Kind::Document => false,
    }
}
