//! Labels compared with licenses, each pair once: a hub of models has few licenses.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use caveat_core::component::{ComponentId, How, Kind};
use caveat_core::expression::Expression;
use caveat_core::inventory::Component;
use caveat_core::tags::Tag;

use super::{Parent, stated};
use crate::case::Case;
use crate::inheritance::{Lost, Made, Shape, lost, shape};
use crate::travel::{is_same_work, over_outputs};

/// All that a comparison depends on where nothing was learned from outputs.
type Pair = (usize, usize, Shape);

/// What was compared so far.
pub(super) struct Compared<'a> {
    case: &'a Case<'a>,
    licenses: HashMap<&'a ComponentId, usize>,
    lost: RefCell<HashMap<Pair, Rc<[Lost]>>>,
    added: RefCell<HashMap<(usize, usize), Option<Tag>>>,
}

impl<'a> Compared<'a> {
    pub(super) fn of(case: &'a Case<'a>) -> Self {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut licenses = HashMap::new();
        for component in case.graph.components.values() {
            let Some(license) = stated(component) else { continue };
            let next = numbers.len();
            let number = *numbers.entry(license.canonical().to_string()).or_insert(next);
            licenses.insert(&component.id, number);
        }
        Self { case, licenses, lost: RefCell::default(), added: RefCell::default() }
    }

    /// The number of the license that a component states; the same for the same license.
    pub(super) fn license(&self, component: &Component) -> Option<usize> {
        self.licenses.get(&component.id).copied()
    }

    /// What decides of a way how far terms come along it. Ways over outputs are all different.
    pub(super) fn shape(parent: &Parent<'_>) -> (bool, bool, bool, Option<Kind>) {
        let way = &parent.via.way;
        let adapter = way.iter().any(|it| it.how == How::AdapterOf);
        (over_outputs(way), adapter, is_same_work(way), way.last().map(|it| it.kind))
    }

    /// What the label of `component` loses of the license of a parent.
    pub(super) fn lost(
        &self,
        component: &Component,
        own: &Expression,
        parent: &Parent<'_>,
    ) -> Rc<[Lost]> {
        let made = Made { component, own, theirs: parent.theirs, way: &parent.via.way };
        let numbers = self.license(component).map(|it| (it, parent.license));
        let Some(((own, theirs), shape)) = numbers.zip(shape(&made)) else {
            return lost(self.case, &made).into();
        };
        let pair = (own, theirs, shape);
        let known = self.lost.borrow().get(&pair).cloned();
        known.unwrap_or_else(|| {
            let found: Rc<[Lost]> = lost(self.case, &made).into();
            self.lost.borrow_mut().insert(pair, Rc::clone(&found));
            found
        })
    }

    /// The first limit that a label adds to the license of a parent.
    pub(super) fn added(
        &self,
        component: &Component,
        parent: &Parent<'_>,
        find: impl Fn() -> Option<Tag>,
    ) -> Option<Tag> {
        let Some(own) = self.license(component) else { return find() };
        let pair = (own, parent.license);
        let known = self.added.borrow().get(&pair).copied();
        known.unwrap_or_else(|| {
            let found = find();
            self.added.borrow_mut().insert(pair, found);
            found
        })
    }
}
