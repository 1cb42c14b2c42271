//! Where a component lies, and which texts are its own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

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
    /// Folders in which some component lies, and whether others made it: what is in them is nobody
    /// else's.
    taken: BTreeMap<String, bool>,
    /// The documents of each product.
    documents: RefCell<BTreeMap<Option<String>, Rc<Vec<Document<'a>>>>>,
    /// Texts of each folder that are about everything in it.
    beside: RefCell<BTreeMap<String, Rc<Vec<&'a str>>>>,
    /// What was looked up in a whole product, so that it is looked up once.
    found: RefCell<BTreeMap<Lookup, Option<Span>>>,
}

/// A document that speaks for a product, and what it is for.
pub type Document<'a> = (Purpose, &'a Source);

/// What is looked up in a product: its name, what sort of thing, and which.
pub type Lookup = (Option<String>, &'static str, String);

impl<'a> Homes<'a> {
    /// The homes of everything on some ground; `None` where nobody looked into the tree.
    pub fn of(ground: &Ground<'a>) -> Option<Self> {
        let exhibits = ground.exhibits?;
        let components = ground.graph.components.values();
        let inside = components.filter(|it| !is_package(it) || !exhibits.has(&it.path));
        let mut taken = BTreeMap::new();
        for it in inside {
            let Some(folder) = exhibits.folder(&it.path) else { continue };
            *taken.entry(folder).or_insert(false) |= it.kind != Kind::Code || !it.own;
        }
        let (documents, beside, found) = <_>::default();
        Some(Self { exhibits, taken, documents, beside, found })
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
        let places = std::iter::once(&component.path).chain(&component.others);
        let mut folders: Vec<String> = places.filter_map(|it| self.exhibits.folder(it)).collect();
        folders.dedup();
        if folders.is_empty() { Home::Elsewhere } else { Home::Folders(folders) }
    }

    /// The files that a component has: those of its folder. What is a file by itself has that, and
    /// what lies beside it for all.
    pub fn files_of(&self, component: &Component) -> Vec<&'a str> {
        let exhibits: &'a Exhibits = self.exhibits;
        let mut all = Vec::new();
        for place in std::iter::once(&component.path).chain(&component.others) {
            match exhibits.name(place) {
                Some(file) => {
                    all.push(file);
                    all.extend(self.for_all(parent(file)).iter().filter(|it| **it != file));
                }
                None => all.extend(exhibits.folder(place).iter().flat_map(|it| self.files(it))),
            }
        }
        all
    }

    /// Texts in a folder that are about everything in it.
    fn for_all(&self, folder: &str) -> Rc<Vec<&'a str>> {
        if let Some(it) = self.beside.borrow().get(folder) {
            return Rc::clone(it);
        }
        let about_all = |name: &str| match purpose(name) {
            Some(Purpose::Notice | Purpose::License | Purpose::Terms | Purpose::Credits) => true,
            Some(Purpose::Page | Purpose::Text | Purpose::Program) | None => false,
        };
        let exhibits: &'a Exhibits = self.exhibits;
        let here = exhibits.below(folder).filter(|it| parent(it) == folder && about_all(it));
        let here = Rc::new(here.take(MOST).collect::<Vec<_>>());
        self.beside.borrow_mut().insert(folder.to_owned(), Rc::clone(&here));
        here
    }

    /// The files of a folder that belong to what lies in it: those deeper down too, as far as no
    /// other component lies between.
    fn files(&self, folder: &str) -> Vec<&'a str> {
        let deepest = if folder.is_empty() { 1 } else { DEEPEST };
        let exhibits: &'a Exhibits = self.exhibits;
        let below = exhibits.below(folder).filter(|name| {
            let rest = name.get(folder.len()..).unwrap_or_default().trim_start_matches('/');
            rest.matches('/').count() <= deepest && self.is_its_own(folder, parent(name))
        });
        below.take(MOST).collect()
    }

    /// The texts that speak for a product as a whole: not what lies beside a model, or came from
    /// others.
    pub fn documents(
        &self,
        ground: &Ground<'a>,
        product: Option<&Product>,
    ) -> Rc<Vec<Document<'a>>> {
        let name = product.map(|it| it.name.value.clone());
        if let Some(it) = self.documents.borrow().get(&name) {
            return Rc::clone(it);
        }
        let holds = |name: &str| product.is_none_or(|it| it.holds(&ground.path(name)));
        let exhibits: &'a Exhibits = self.exhibits;
        // What ships speaks for the product, though a build put it there.
        let ships = |name: &str| product.is_some_and(|it| it.ships(&ground.path(name)));
        let open = exhibits.opened().filter(|(name, _)| {
            (!is_noise(name) || ships(name)) && !self.is_of_others(name) && holds(name)
        });
        let documents =
            open.filter_map(|(name, _)| Some((purpose(name)?, text(ground, exhibits, name)?)));
        let documents = Rc::new(documents.collect::<Vec<_>>());
        self.documents.borrow_mut().insert(name, Rc::clone(&documents));
        documents
    }

    /// What `look` finds; asked again for the same, it is not looked for again.
    pub fn once(&self, lookup: Lookup, look: impl FnOnce() -> Option<Span>) -> Option<Span> {
        if let Some(it) = self.found.borrow().get(&lookup) {
            return *it;
        }
        let found = look();
        self.found.borrow_mut().insert(lookup, found);
        found
    }

    /// Whether a file lies beside something that others made, or that is no program.
    fn is_of_others(&self, name: &str) -> bool {
        let mut folder = parent(name);
        loop {
            match self.taken.get(folder) {
                Some(it) => return *it && !folder.is_empty(),
                None if folder.is_empty() => return false,
                None => folder = parent(folder),
            }
        }
    }

    fn is_its_own(&self, folder: &str, mut inner: &str) -> bool {
        while inner.len() > folder.len() {
            if self.taken.contains_key(inner) {
                return false;
            }
            inner = parent(inner);
        }
        true
    }
}

/// Whether a component is a package that a list names, rather than what lies at its path.
fn is_package(component: &Component) -> bool {
    component.kind == Kind::Code && component.id.as_str().starts_with("pkg:")
}

/// The text of a file, where it is open.
pub fn text<'a>(ground: &Ground<'a>, exhibits: &Exhibits, name: &str) -> Option<&'a Source> {
    let source = ground.sources.get(exhibits.source(name)?)?;
    // The header of a binary is no text for people.
    source.origins.is_empty().then_some(source)
}
