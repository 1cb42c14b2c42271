//! Where a component lies, and which texts are its own.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::{Kind, Origin};
use caveat_core::inventory::Component;
use caveat_core::source::{Source, Span};

use crate::exhibits::{Exhibits, Purpose, is_noise, parent, purpose};
use crate::ground::Ground;
use crate::policy::Product;

/// How many folders deep the files of one component are looked through.
const DEEPEST: usize = 4;
/// How many of its files.
const MOST: usize = 400;

/// Where a component lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// In folders of the tree.
    Folders(Vec<String>),
    /// Among the packages that are installed on this machine.
    Installed,
    /// The tree only names it.
    Elsewhere,
}

/// Finds where components lie.
#[derive(Debug)]
pub struct Homes<'a> {
    exhibits: &'a Exhibits,
    /// Folders in which some component lies: what is in them is nobody else's.
    taken: BTreeSet<String>,
    /// Files that are components themselves: cards that lie beside each other.
    claimed: BTreeSet<&'a str>,
    /// What speaks for a product, by the product and what it is for.
    documents: RefCell<BTreeMap<(String, Vec<Purpose>), Vec<&'a Source>>>,
    /// What was looked for in all of a product, and where it was seen.
    seen: RefCell<BTreeMap<(String, String), Option<Span>>>,
}

impl<'a> Homes<'a> {
    /// The homes of everything on some ground; `None` where nobody looked into the tree.
    pub fn of(ground: &Ground<'a>) -> Option<Self> {
        let exhibits = ground.exhibits?;
        let components = ground.graph.components.values();
        let inside = components.filter(|it| !is_package(it) || !exhibits.has(&it.path));
        let taken = inside.filter_map(|it| exhibits.folder(&it.path)).collect();
        let works = ground.graph.components.values().filter(|it| it.kind != Kind::Document);
        let files = works.filter(|it| !is_package(it)).flat_map(places);
        let claimed = files.map(String::as_str).filter(|it| exhibits.has(it)).collect();
        let (documents, seen) = (RefCell::default(), RefCell::default());
        Some(Self { exhibits, taken, claimed, documents, seen })
    }

    /// Where a component lies.
    pub fn home(&self, ground: &Ground<'_>, component: &Component) -> Home {
        if ground.is_named_only(component) {
            return Home::Elsewhere;
        }
        if is_package(component) && self.exhibits.has(&component.path) {
            let outside = |at: Span| {
                let name = ground.sources.get(at.source).map(|it| it.name.as_str());
                name.is_some_and(|it| !self.exhibits.has(it))
            };
            let tells = component.claims.iter().filter(|it| {
                matches!(it.evidence.origin, Origin::Manifest | Origin::Text | Origin::Tag)
            });
            let is_installed = tells.into_iter().any(|it| outside(it.raw.at));
            return if is_installed { Home::Installed } else { Home::Elsewhere };
        }
        let mut folders: Vec<String> =
            places(component).filter_map(|it| self.exhibits.folder(it)).collect();
        folders.dedup();
        if folders.is_empty() { Home::Elsewhere } else { Home::Folders(folders) }
    }

    /// The files of a folder that belong to what lies in it: those deeper down too, as far as no
    /// other component lies between, and none is such a file.
    pub fn files(&self, component: &Component, folder: &str) -> Vec<&'a str> {
        let deepest = if folder.is_empty() { 1 } else { DEEPEST };
        let exhibits: &'a Exhibits = self.exhibits;
        let below = exhibits.below(folder).filter(|name| {
            let rest = name.get(folder.len()..).unwrap_or_default().trim_start_matches('/');
            let is_anothers =
                self.claimed.contains(name) && !places(component).any(|it| it == name);
            !is_anothers
                && rest.matches('/').count() <= deepest
                && self.is_its_own(folder, parent(name))
        });
        below.take(MOST).collect()
    }

    /// The documents of a product, or of everything, that are for some purposes.
    pub fn documents(
        &self,
        ground: &Ground<'a>,
        product: Option<&Product>,
        wanted: &[Purpose],
    ) -> Vec<&'a Source> {
        let key = (key(product), wanted.to_vec());
        if let Some(known) = self.documents.borrow().get(&key) {
            return known.clone();
        }
        let speaks = |name: &&str| {
            purpose(name).is_some_and(|it| wanted.contains(&it))
                && !is_noise(name)
                && product.is_none_or(|it| it.holds(&ground.path(name)))
        };
        let names = self.exhibits.names().filter(speaks);
        let all: Vec<&Source> =
            names.filter_map(|name| text(ground, self.exhibits, name)).collect();
        self.documents.borrow_mut().insert(key, all.clone());
        all
    }

    /// Where something is in a product, looked for once: `what` names it, `look` finds it.
    pub fn once(
        &self,
        product: Option<&Product>,
        what: String,
        look: impl FnOnce() -> Option<Span>,
    ) -> Option<Span> {
        let key = (key(product), what);
        if let Some(known) = self.seen.borrow().get(&key) {
            return *known;
        }
        let seen = look();
        self.seen.borrow_mut().insert(key, seen);
        seen
    }

    fn is_its_own(&self, folder: &str, mut inner: &str) -> bool {
        while inner.len() > folder.len() {
            if self.taken.contains(inner) {
                return false;
            }
            inner = parent(inner);
        }
        true
    }
}

/// Where a component is stated to lie.
fn places(component: &Component) -> impl Iterator<Item = &String> {
    std::iter::once(&component.path).chain(&component.others)
}

/// Whether a component is a package that a list names, rather than what lies at its path.
fn is_package(component: &Component) -> bool {
    component.kind == Kind::Code && component.id.as_str().starts_with("pkg:")
}

fn key(product: Option<&Product>) -> String {
    product.map(|it| it.name.value.clone()).unwrap_or_default()
}

/// The text of a file, where it is open.
pub fn text<'a>(ground: &Ground<'a>, exhibits: &Exhibits, name: &str) -> Option<&'a Source> {
    let source = ground.sources.get(exhibits.source(name)?)?;
    // The header of a binary is no text for people.
    source.origins.is_empty().then_some(source)
}
