//! The files of the tree, by what parts of a model they may be.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::{ComponentId, Kind};
use caveat_core::expression::{Leaf, Licensed};
use caveat_core::inventory::{Component, Standing};
use caveat_core::source::Source;
use caveat_core::tags::Tag;

use super::table::{CLOSED, PARTS, Part};
use crate::case::Case;
use crate::exhibits::{Exhibits, LISTS, is_noise, parent};
use crate::glob::Glob;
use crate::home::text;
use crate::policy::Product;
use crate::usage::Usage;

/// More files are not looked through.
const MOST: usize = 200_000;

/// How far a file goes out together with a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// It lies in a product that is handed out.
    Out,
    /// It lies in the tree, and stays there.
    Kept,
}

/// A file that may be some part.
#[derive(Debug)]
struct Candidate<'a> {
    name: &'a str,
    /// The folder of the model that it lies in; none for what lies beside models.
    model: Option<&'a str>,
    reach: Reach,
    /// It holds the part, or only names it.
    holds: bool,
}

/// The files of a tree, seen from one product.
#[derive(Debug)]
pub struct Tree<'b, 'a> {
    /// What is judged.
    pub case: &'b Case<'a>,
    exhibits: &'a Exhibits,
    /// By the name of the part.
    candidates: BTreeMap<&'static str, Vec<Candidate<'a>>>,
    /// Components by the folder or file that they live in.
    homes: BTreeMap<&'b str, Vec<&'b Component>>,
    folders: BTreeMap<&'b ComponentId, String>,
}

impl<'b, 'a> Tree<'b, 'a> {
    /// The tree as the models of one product see it; `None` where nobody looked at files.
    pub fn of(case: &'b Case<'a>, product: &'b Product) -> Option<Self> {
        let exhibits = case.exhibits?;
        let all = case.graph.components.values();
        let models = all.clone().filter(|it| it.kind == Kind::Model && !case.is_named_only(it));
        let folder = |it: &'b Component| Some((&it.id, exhibits.folder(&it.path)?));
        let folders: BTreeMap<_, _> = models.filter_map(folder).collect();
        let mut homes: BTreeMap<&str, Vec<&Component>> = BTreeMap::new();
        for it in all.filter(|it| !is_listed(it, exhibits)) {
            for place in std::iter::once(&it.path).chain(&it.others) {
                homes.entry(place.as_str()).or_default().push(it);
            }
        }
        let candidates = candidates(case, exhibits, product, &folders);
        Some(Self { case, exhibits, candidates, homes, folders })
    }

    /// Whether a file or folder is there.
    pub(super) fn has(&self, path: &str) -> bool {
        self.exhibits.folder(path.trim_end_matches('/')).is_some()
    }

    /// The text of a file, where it is open.
    pub(super) fn source(&self, name: &str) -> Option<&'a Source> {
        text(self.case, self.exhibits, name)
    }

    /// The folder of a model.
    fn folder(&self, model: &Component) -> Option<&str> {
        self.folders.get(&model.id).map(String::as_str)
    }

    /// The card of a model: its readme.
    pub(super) fn card_name(&self, model: &Component) -> Option<&'a str> {
        let folder = self.folder(model)?;
        let is_card = |it: &&str| {
            parent(it) == folder
                && it.rsplit('/').next().is_some_and(|it| it.eq_ignore_ascii_case("readme.md"))
        };
        self.exhibits.below(folder).find(is_card)
    }

    /// The text of the card.
    pub(super) fn card(&self, model: &Component) -> Option<&'a Source> {
        self.source(self.card_name(model)?)
    }

    /// The list of parts beside a model, or in the nearest folder above it.
    pub(super) fn declared(&self, model: &Component) -> Option<&'a Source> {
        let mut folder = self.folder(model)?;
        loop {
            let beside = |it: &&str| crate::clarify::placed(folder, it);
            let found = LISTS.iter().map(beside).find(|it| self.exhibits.has(it));
            match found {
                Some(name) => return self.source(&name),
                None if folder.is_empty() => return None,
                None => folder = parent(folder),
            }
        }
    }

    /// Files that hold a part of a model and go out: its own first.
    pub(super) fn files(&self, model: &Component, part: &Part) -> Vec<&'a str> {
        self.names(model, part, true)
    }

    /// Files that only name one.
    pub(super) fn hints(&self, model: &Component, part: &Part) -> Vec<&'a str> {
        self.names(model, part, false)
    }

    fn names(&self, model: &Component, part: &Part, holds: bool) -> Vec<&'a str> {
        let folder = self.folder(model);
        let all = || self.candidates.get(part.name).into_iter().flatten();
        let is_its =
            |it: &&Candidate<'_>| it.holds == holds && it.model == folder && folder.is_some();
        let is_shared =
            |it: &&Candidate<'_>| it.holds == holds && it.model.is_none() && it.reach == Reach::Out;
        // Weights and cards are of one model, whatever lies beside it.
        let shares = part.name != "model card" && !part.name.starts_with("model parameters");
        let own = all().filter(is_its);
        own.chain(all().filter(is_shared).filter(|_| shares)).map(|it| it.name).collect()
    }

    /// A file that would be one and stays in the house.
    pub(super) fn kept(&self, part: &Part) -> Option<&'a str> {
        let mut all = self.candidates.get(part.name).into_iter().flatten();
        let is_kept =
            |it: &&Candidate<'_>| it.holds && it.model.is_none() && it.reach == Reach::Kept;
        all.find(is_kept).map(|it| it.name)
    }

    /// The licenses of a file, by whatever it lies in, and why that is doubtful.
    pub(super) fn licenses(
        &self,
        model: &Component,
        name: &str,
    ) -> (Vec<Licensed>, Option<String>) {
        let Some(owner) = self.owner(model, name) else { return (Vec::new(), None) };
        let doubt = match &owner.conclusion.standing {
            Standing::Clear => None,
            Standing::Ambiguous(why) => Some(format!("its license is not clear: {why}")),
            Standing::Unknown => Some("nobody can say under which license it is".to_owned()),
        };
        (self.offered(owner), doubt)
    }

    /// The licenses of a component that bind; of a choice the most open one, as it is the choice of
    /// whoever gets it.
    pub(super) fn offered(&self, owner: &Component) -> Vec<Licensed> {
        let Some(license) = &owner.conclusion.license else { return Vec::new() };
        let limits = |it: &Licensed| {
            let tags = self.case.tags(it);
            let closed = |tag: Tag| CLOSED.iter().any(|it| it.tag == tag);
            (tags.is_empty(), tags.iter().filter(|it| closed(it.tag)).count())
        };
        let weighed = license.weigh(&mut |leaf| match leaf {
            Leaf::License(it) => limits(it),
            Leaf::Nothing(_) | Leaf::NoAssertion(_) => (true, usize::MAX),
        });
        let binding = weighed.binding.into_iter().filter_map(|it| match it {
            Leaf::License(it) => Some(it.clone()),
            Leaf::Nothing(_) | Leaf::NoAssertion(_) => None,
        });
        binding.collect()
    }

    /// What a file belongs to: the nearest thing that says something of its license.
    fn owner(&self, model: &Component, name: &str) -> Option<&'b Component> {
        let mut place = name;
        loop {
            let key = if place.is_empty() { "." } else { place };
            let here = self.homes.get(key).into_iter().flatten();
            let here = here.filter(|it| !it.claims.is_empty());
            if let Some(it) = here.min_by_key(|it| (it.id != model.id, it.kind != Kind::Code)) {
                return Some(it);
            }
            if place.is_empty() {
                return None;
            }
            place = parent(place);
        }
    }
}

/// Whether a component is a package that a file only lists.
fn is_listed(it: &Component, exhibits: &Exhibits) -> bool {
    it.kind == Kind::Code && it.id.as_str().starts_with("pkg:") && exhibits.has(&it.path)
}

fn candidates<'a>(
    case: &Case<'a>,
    exhibits: &'a Exhibits,
    product: &Product,
    folders: &BTreeMap<&ComponentId, String>,
) -> BTreeMap<&'static str, Vec<Candidate<'a>>> {
    let models: BTreeSet<&str> = folders.values().map(String::as_str).collect();
    let mut all: BTreeMap<&'static str, Vec<Candidate<'_>>> = BTreeMap::new();
    for name in exhibits.names().take(MOST) {
        let path = case.path(name);
        let is_noise = is_noise(name) && !product.ships(&path);
        if is_noise || case.policy.excluded(&path).is_some() {
            continue;
        }
        let model = model_of(&models, name);
        let reach =
            if product.holds(&path) || goes_out(case, &path) { Reach::Out } else { Reach::Kept };
        let low = name.to_ascii_lowercase();
        let base = low.rsplit('/').next().unwrap_or(&low);
        let beside = model == Some(parent(name));
        let fits = |globs: &[Glob]| {
            globs.iter().any(|it| {
                let anywhere = it.as_str().contains('/');
                if anywhere { it.matches(&low) } else { beside && it.matches(base) }
            })
        };
        for part in PARTS.iter() {
            let holds = fits(&part.files);
            if holds || fits(&part.hints) {
                all.entry(part.name).or_default().push(Candidate { name, model, reach, holds });
            }
        }
    }
    all
}

/// The folder of the model that a file lies in.
fn model_of<'a>(models: &BTreeSet<&str>, name: &'a str) -> Option<&'a str> {
    let mut folder = parent(name);
    loop {
        if models.contains(folder) {
            return Some(folder);
        }
        if folder.is_empty() {
            return None;
        }
        folder = parent(folder);
    }
}

/// Whether some product hands out what lies at `path`.
fn goes_out(case: &Case<'_>, path: &str) -> bool {
    let hands_out = |it: &Product| {
        !it.stays_inside()
            && [Usage::DistributeWeights, Usage::DistributeBinary]
                .iter()
                .any(|usage| it.is_used(*usage))
    };
    case.policy.products_of(path).any(hands_out)
}
