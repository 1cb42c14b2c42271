//! Where a component lies, and which texts are its own.

use std::collections::BTreeSet;

use caveat_core::component::{Kind, Origin};
use caveat_core::inventory::Component;
use caveat_core::source::{Source, Span};

use crate::exhibits::{Exhibits, Purpose, is_noise, parent, purpose};
use crate::ground::Ground;

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
}

impl<'a> Homes<'a> {
    /// The homes of everything on some ground; `None` where nobody looked into the tree.
    pub fn of(ground: &Ground<'a>) -> Option<Self> {
        let exhibits = ground.exhibits?;
        let components = ground.graph.components.values();
        let inside = components.filter(|it| !is_package(it) || !exhibits.has(&it.path));
        let taken = inside.filter_map(|it| exhibits.folder(&it.path)).collect();
        Some(Self { exhibits, taken })
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

    /// The files of a folder that belong to what lies in it: those deeper down too, as far as no
    /// other component lies between.
    pub fn files(&self, folder: &str) -> Vec<&'a str> {
        let deepest = if folder.is_empty() { 1 } else { DEEPEST };
        let exhibits: &'a Exhibits = self.exhibits;
        let below = exhibits.below(folder).filter(|name| {
            let rest = name.get(folder.len()..).unwrap_or_default().trim_start_matches('/');
            rest.matches('/').count() <= deepest && self.is_its_own(folder, parent(name))
        });
        below.take(MOST).collect()
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

/// Whether a component is a package that a list names, rather than what lies at its path.
fn is_package(component: &Component) -> bool {
    component.kind == Kind::Code && component.id.as_str().starts_with("pkg:")
}

/// The files that speak for a product as a whole: documents of its own outside of what others made.
pub fn documents<'a>(
    ground: &Ground<'_>,
    exhibits: &'a Exhibits,
    holds: impl Fn(&str) -> bool,
) -> Vec<&'a str> {
    let speaks = |name: &&str| {
        let says = purpose(name).is_some_and(|it| it != Purpose::Program);
        says && !is_noise(name) && holds(&ground.path(name))
    };
    exhibits.names().filter(speaks).collect()
}

/// The text of a file, where it is open.
pub fn text<'a>(ground: &Ground<'a>, exhibits: &Exhibits, name: &str) -> Option<&'a Source> {
    let source = ground.sources.get(exhibits.source(name)?)?;
    // The header of a binary is no text for people.
    source.origins.is_empty().then_some(source)
}
