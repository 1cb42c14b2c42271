//! Components with what is claimed of their licenses, and how they stand to each other.

use std::collections::BTreeMap;

use crate::component::{ComponentId, Evidence, How, Kind, Origin, Reference, Scope, Use};
use crate::expression::{Expression, Note};
use crate::source::{Problem, Span, Spanned};

/// One piece of the project.
#[derive(Clone, Debug)]
pub struct Component {
    /// Its identity.
    pub id: ComponentId,
    /// What sort of thing it is.
    pub kind: Kind,
    /// The directory or file that it lives in, relative to the root, with `/`; `.` for the root.
    pub path: String,
    /// Other places that hold the same thing: it is judged in all of them.
    pub others: Vec<String>,
    /// Its name without the ecosystem, where it has one.
    pub name: Option<String>,
    /// Its version or revision, where stated.
    pub version: Option<String>,
    /// The place that stands for it.
    pub at: Span,
    /// Every name the tree gives it.
    pub names: Vec<Spanned<Reference>>,
    /// What is said of its license, strongest first.
    pub claims: Vec<Claim>,
    /// What follows from the claims.
    pub conclusion: Conclusion,
    /// Words that tell what it is: tags, a pipeline, an architecture.
    pub traits: Vec<Spanned<String>>,
    /// What it says of its parents and data, as written.
    pub uses: Vec<Use>,
    /// Its own manifest says that it is not for publication.
    pub private: bool,
    /// How many of its files state its license themselves.
    pub stating: usize,
    /// What these say in agreement with it: a claim for each license that they name.
    pub in_files: Vec<Claim>,
    /// It is the project's own work, as far as its place in the tree tells.
    pub own: bool,
}

impl Component {
    /// What lives at `path` and of which nothing is said yet; `at` stands for it.
    pub fn new(id: ComponentId, kind: Kind, path: impl Into<String>, at: Span) -> Self {
        Self {
            id,
            kind,
            path: path.into(),
            others: Vec::new(),
            name: None,
            version: None,
            at,
            names: Vec::new(),
            claims: Vec::new(),
            conclusion: Conclusion::default(),
            traits: Vec::new(),
            uses: Vec::new(),
            private: false,
            stating: 0,
            in_files: Vec::new(),
            own: false,
        }
    }

    /// Adds all that is said of the same thing in another place.
    pub(crate) fn take(&mut self, other: Self) {
        self.claims.extend(other.claims);
        self.names.extend(other.names);
        self.uses.extend(other.uses);
        self.traits.extend(other.traits);
    }

    /// Whether nothing but the catalogue of well-known models tells of its license.
    pub fn is_recalled(&self) -> bool {
        let recalled = |it: &Claim| it.evidence.origin == Origin::Catalog;
        !self.claims.is_empty() && self.claims.iter().all(recalled)
    }
}

/// Words about a license, and what they mean.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The words as written.
    pub raw: Spanned<String>,
    /// What they mean.
    pub stated: Stated,
    /// Where they stand and what weight they have.
    pub evidence: Evidence,
    /// Where the words that decided stand, if not at `raw`: a `license_name` beside `other`.
    pub decided_by: Option<Spanned<String>>,
    /// For a text: how well it fits, 0 to 1.
    pub score: Option<f32>,
    /// For a text: words were added or removed.
    pub modified: bool,
    /// What there is to say about how the license was written.
    pub notes: Vec<Note>,
}

/// What words about a license mean.
#[derive(Clone, Debug)]
pub enum Stated {
    /// A license, or several under `AND`, `OR`, `WITH`.
    Expression(Expression),
    /// A family whose members differ: the words do not say which.
    Family {
        /// Name of the family.
        name: String,
        /// Ids of the members.
        members: Vec<String>,
    },
    /// A word that stands where a license should: `other`, `unknown`, a template's blank.
    Placeholder,
    /// Words that reserve all rights: no license at all.
    Reserved,
    /// Words that no known license answers to.
    Unrecognised,
}

/// The license that follows from all claims.
#[derive(Clone, Debug, Default)]
pub struct Conclusion {
    /// The license; `None` when nobody can say.
    pub license: Option<Expression>,
    /// How firm that is.
    pub standing: Standing,
}

/// How firm a conclusion is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// All claims agree.
    Clear,
    /// Claims disagree, or name a family: why, in one clause.
    Ambiguous(String),
    /// No claim says anything: why, in one clause.
    #[default]
    Unknown,
}

/// How one component stands to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The one that says so.
    pub from: ComponentId,
    /// The other: in the tree, or only named.
    pub to: ComponentId,
    /// In which way.
    pub how: How,
    /// What kind of thing the other is meant to be.
    pub kind: Kind,
    /// Where it is said.
    pub at: Span,
    /// When the one needs the other.
    pub scope: Scope,
    /// The revision that is pinned, where one is.
    pub revision: Option<Spanned<String>>,
    /// Whether the other is in the tree.
    pub seen: bool,
}

impl Relation {
    /// What `it`, which `from` states, says of `to`.
    pub(crate) fn of(from: &Component, it: &Use, to: ComponentId, seen: bool) -> Self {
        Self {
            from: from.id.clone(),
            to,
            how: it.how_of(from.kind),
            kind: it.kind,
            at: it.target.at,
            scope: it.scope,
            revision: it.revision.clone(),
            seen,
        }
    }
}

/// All components of a scan, not yet related.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// By identity.
    pub components: BTreeMap<ComponentId, Component>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// All components and their relations.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// By identity.
    pub components: BTreeMap<ComponentId, Component>,
    /// In the order of the places that state them.
    pub relations: Vec<Relation>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}
