//! The ground of a judgement: what is there, what licenses say, what the policy says.

mod sheet;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use caveat_core::component::{ComponentId, How, Kind};
use caveat_core::expression::Licensed;
use caveat_core::inventory::{Component, Graph, Relation};
use caveat_core::library::Library;
use caveat_core::lineage::{Lineage, Upstream};
use caveat_core::source::{SourceId, Sources, Span, Spanned};
use caveat_core::tags::{Tagged, tags};
use caveat_core::terms::{Fact, Terms, TrainedModels, Word};

use crate::backlog::Backlog;
use crate::brought_in::BroughtIn;
use crate::clarify::{Stale, placed};
use crate::contributions::Contributions;
use crate::date::Date;
use crate::drift::Comparison;
use crate::exhibits::Exhibits;
use crate::policy::{Exception, OwnLicense, Policy};
use crate::setting::{Setting, settings};
use crate::task::{Likeness, likeness};
use crate::travel::{Passage, Travel, learned, reaches, travel};
use crate::usage::Usage;
use sheet::{AS_DEFINED, as_defined, relaxed};

/// What is there, what licenses say, what the policy says, and the day.
#[derive(Debug)]
pub struct Ground<'a> {
    /// What is there.
    pub graph: &'a Graph,
    /// What licenses say.
    pub library: &'a Library,
    /// What the organisation makes of it.
    pub policy: &'a Policy,
    /// All text.
    pub sources: &'a Sources,
    /// The day of judgement.
    pub today: Date,
    /// From the policy's folder to the scanned one; empty for the same.
    pub prefix: String,
    /// Who comes from whom.
    pub lineage: Lineage<'a>,
    /// Code that loads a component, by the component.
    users: BTreeMap<&'a ComponentId, Vec<&'a Relation>>,
    /// What is not in the tree: a name is all that the tree has of it.
    named: BTreeSet<&'a ComponentId>,
    /// Clarifications that do not hold any more.
    pub stale: Vec<Stale>,
    /// What changed since the tree was locked, where that was asked.
    pub drift: Option<Comparison>,
    /// Findings that were there before.
    pub backlog: Backlog,
    /// What others bring in; `None` where nobody asked.
    pub contributions: Option<&'a Contributions>,
    /// Uses that are asked about, instead of those that the policy's products state.
    pub uses: Vec<Spanned<Usage>>,
    /// The components that are asked about; `None` for all. Others are looked at for their sake.
    pub concerned: Option<&'a BTreeSet<ComponentId>>,
    /// What else the tree holds; `None` where nobody looked.
    pub exhibits: Option<&'a Exhibits>,
    /// The text of a license as the list of licenses has it, by its id.
    pub standard: fn(&str) -> Option<&'static str>,
    /// What each license asks, by its name with `WITH`, once somebody wanted to know.
    tags: RefCell<BTreeMap<String, Rc<[Tagged]>>>,
    /// Who depends on what.
    brought: BroughtIn<'a>,
}

impl<'a> Ground<'a> {
    /// The ground for judging `graph`; `prefix` leads from the policy's folder to the scanned one.
    pub fn new(
        graph: &'a Graph,
        library: &'a Library,
        policy: &'a Policy,
        sources: &'a Sources,
        today: Date,
        prefix: &str,
    ) -> Self {
        let lineage = Lineage::of(graph);
        Self {
            graph,
            library,
            policy,
            sources,
            today,
            prefix: prefix.to_owned(),
            lineage,
            users: users(graph),
            named: graph.relations.iter().filter(|it| !it.seen).map(|it| &it.to).collect(),
            stale: Vec::new(),
            drift: None,
            backlog: Backlog::Unread,
            uses: Vec::new(),
            concerned: None,
            exhibits: None,
            contributions: None,
            standard: |_| None,
            tags: RefCell::default(),
            brought: BroughtIn::of(graph),
        }
    }

    /// All settings of what lies at `path`. Never empty.
    pub fn settings(&self, path: &str) -> Vec<Setting<'a>> {
        let stated = settings(self.policy, path);
        if self.uses.is_empty() {
            return stated;
        }
        let product = stated.iter().find_map(|it| it.product);
        let asked = |usage: &Spanned<Usage>| Setting {
            product,
            ends_in: product,
            asked: true,
            usage: Some(usage.clone()),
            commercial: self.policy.commercial(product),
            markets: self.policy.markets(product),
        };
        self.uses.iter().map(asked).collect()
    }

    /// All places where a component is: where it lies, and where code loads it from.
    pub fn places(&self, component: &Component) -> Vec<String> {
        let lies = std::iter::once(&component.path).chain(&component.others);
        let mut places: Vec<String> = lies.map(|it| self.path(it)).collect();
        let users = self.users.get(&component.id).into_iter().flatten();
        let files = users.filter_map(|it| self.sources.get(it.at.source));
        for file in files.map(|it| self.path(&it.name)) {
            if !places.contains(&file) {
                places.push(file);
            }
        }
        places
    }

    /// Whether a component is not in the tree, which names it, and the catalogue tells its license.
    pub fn is_named_only(&self, component: &Component) -> bool {
        component.is_recalled() && self.named.contains(&component.id)
    }

    /// Whether a component is judged for itself: it is asked about, and in the tree or loaded by code. What is only
    /// upstream of something is judged in the hands of that.
    pub fn is_judged(&self, component: &Component) -> bool {
        self.concerned.is_none_or(|it| it.contains(&component.id)) && self.is_in_hand(component)
    }

    fn is_in_hand(&self, component: &Component) -> bool {
        !self.is_named_only(component) || self.users.contains_key(&component.id)
    }

    /// Whether an exception counts today.
    pub fn in_force(&self, exception: &Exception) -> bool {
        self.policy.exceptions.objection(exception, self.today).is_none()
    }

    /// The path of something in the scanned folder, as the policy writes paths.
    pub fn path(&self, path: &str) -> String {
        placed(&self.prefix, path)
    }

    /// The branch that the policy takes for a package, where it says.
    pub fn choice(&self, id: &ComponentId) -> Option<&str> {
        let choice = self.policy.choose.packages.iter().find(|it| it.package.value.matches(id))?;
        Some(choice.take.value.as_str())
    }

    /// What a license asks: as its terms say, or as the policy that defines it says. Empty where
    /// nobody has read the terms. Each license is asked once.
    pub fn tags(&self, license: &Licensed) -> Rc<[Tagged]> {
        let name = license.to_string();
        if let Some(known) = self.tags.borrow().get(&name) {
            return Rc::clone(known);
        }
        let found: Rc<[Tagged]> = self.sheet(license).into();
        self.tags.borrow_mut().insert(name, Rc::clone(&found));
        found
    }

    fn sheet(&self, license: &Licensed) -> Vec<Tagged> {
        if let Some(own) = self.defined(license) {
            let stated = own.read.terms.iter().flat_map(|(_, it)| tags(it));
            let defined = as_defined(own).into_iter();
            let stated: Vec<Tagged> = stated.collect();
            let more = defined.filter(|it| stated.iter().all(|known| known.tag != it.tag));
            return stated.iter().cloned().chain(more).collect();
        }
        let terms = self.library.terms(license.id.as_str());
        terms.map(|it| relaxed(*self.library, license, tags(it))).unwrap_or_default()
    }

    /// The policy's own definition of a license, where nobody here has read the license itself.
    pub fn defined(&self, license: &Licensed) -> Option<&'a OwnLicense> {
        if self.policy.licenses.is_empty() || self.text_was_read(license) {
            return None;
        }
        let id = license.id.as_str();
        self.policy.licenses.iter().find(|it| it.id.value.eq_ignore_ascii_case(id))
    }

    /// What a license says: as its terms file says, or as the policy that defines it says.
    pub fn terms(&self, license: &Licensed) -> Option<&'a Terms> {
        match self.defined(license) {
            Some(own) => own.read.terms.as_ref().map(|(_, it)| it.as_ref()),
            None => self.library.terms(license.id.as_str()),
        }
    }

    /// The same for an id as reports write it.
    pub fn terms_of(&self, license: &str) -> Option<&'a Terms> {
        let id = license.split(" WITH ").next().unwrap_or(license);
        let known = self.library.terms(id);
        if known.is_some_and(Terms::text_was_read) {
            return known;
        }
        let own = self.policy.licenses.iter().find(|it| it.id.value.eq_ignore_ascii_case(id));
        own.map_or(known, |it| it.read.terms.as_ref().map(|(_, it)| it.as_ref()))
    }

    /// Whether the policy defines a license by tags alone: of what else it asks nothing is known.
    pub fn is_only_tagged(&self, license: &Licensed) -> bool {
        self.defined(license).is_some_and(|it| it.read.terms.is_none())
    }

    /// Whether what is known of a license was read in its own text, not told by a third party.
    pub fn text_was_read(&self, license: &Licensed) -> bool {
        self.library.terms(license.id.as_str()).is_some_and(Terms::text_was_read)
    }

    /// Where the fact behind a tag is written, in the sources of the run.
    pub fn term_span(&self, license: &Licensed, tagged: &Tagged) -> Option<Span> {
        if let Some(own) = self.defined(license) {
            let stated = own.read.terms.as_ref().filter(|_| tagged.cite != AS_DEFINED);
            let source = stated.map_or(own.at.source, |(it, _)| *it);
            return Some(Span::new(source, tagged.at.clone()));
        }
        let number = self.library.source(license.id.as_str())?;
        Some(Span::new(SourceId(u32::try_from(number).ok()?), tagged.at.clone()))
    }

    /// Whether an exception holds in every product that what lies at `path` is part of.
    pub fn holds_at(&self, exception: &Exception, path: Option<&str>) -> bool {
        let in_product = |it: &Setting<'_>| it.products().any(|name| exception.is_for(name));
        exception.products.is_empty()
            || path.is_some_and(|it| self.settings(it).iter().all(in_product))
    }

    /// Where a fact of a license is written, in the sources of the run.
    pub fn fact_span<T>(&self, license: &Licensed, fact: &Fact<T>) -> Option<Span> {
        if let Some(own) = self.defined(license) {
            return Some(Span::new(own.read.terms.as_ref()?.0, fact.at.clone()));
        }
        let number = self.library.source(license.id.as_str())?;
        Some(Span::new(SourceId(u32::try_from(number).ok()?), fact.at.clone()))
    }

    /// What people call a license, given its id as reports write it.
    pub fn title<'b>(&self, license: &'b str) -> &'b str {
        let id = license.split(" WITH ").next().unwrap_or(license);
        let known = self.library.license(id).filter(|_| id == license);
        known.map_or(license, |it| it.name)
    }

    /// Fields of use that a license forbids or limits, as its terms name them.
    pub fn forbidden_uses(&self, license: &Licensed) -> Vec<&'static str> {
        let terms = self.terms(license);
        let uses = terms.and_then(|it| it.restrictions.restricted_uses.as_ref());
        uses.map(|it| it.value.0.iter().map(|it| it.clause()).collect()).unwrap_or_default()
    }

    /// Whether a data license says that what is trained on the data is free of it.
    pub fn frees_trained_models(&self, license: &Licensed) -> bool {
        let terms = self.terms(license);
        let effect = terms.and_then(|it| it.outputs.trained_models.as_ref());
        effect.is_some_and(|it| it.value == TrainedModels::Unrestricted)
    }

    /// What of `license` travels along `way`, as its text says of what was made so.
    pub fn travel(&self, license: &Licensed, way: &[&Relation]) -> Travel {
        travel(self.terms(license), self.passage(way))
    }

    /// All of a way on which it depends what travels along it.
    pub fn passage(&self, way: &[&Relation]) -> Passage {
        let student = || {
            let student = self.student(way);
            student.map_or((Kind::Model, Likeness::Unknown), |(it, of)| (it.kind, likeness(it, of)))
        };
        Passage::of(way, student)
    }

    /// Who learned from outputs on the way, and from whose.
    pub fn student(&self, way: &[&Relation]) -> Option<(&'a Component, &'a Component)> {
        let rest = way.get(learned(way)?..)?;
        let teacher = rest.iter().find(|it| it.kind == Kind::Model)?;
        let components = &self.graph.components;
        Some((components.get(&rest.first()?.from)?, components.get(&teacher.to)?))
    }

    /// The relations from the project's own work to a dependency, in that order; none where no such
    /// chain is known.
    pub fn brought_in(&self, component: &Component) -> Vec<&'a Relation> {
        self.brought.way(self.graph, component)
    }

    /// Upstreams whose terms reach `component`: what it was made from, all the way.
    pub fn made_from(&self, component: &'a Component) -> Vec<(Upstream<'a>, &'a Component)> {
        // Weights tell what they adapt; a card that calls the same thing a fine-tune says it loosely.
        let own = self.lineage.stated_by(&component.id);
        let adapts =
            |id: &ComponentId| own.iter().any(|it| it.how == How::AdapterOf && it.to == *id);
        let loosely = |it: &Upstream<'_>| {
            it.way.first().is_some_and(|it| {
                matches!(it.how, How::FineTunedFrom | How::DerivedFrom) && adapts(&it.to)
            })
        };
        let upstreams = self.lineage.upstreams(&component.id).into_iter();
        upstreams
            .filter(|it| reaches(&it.way) && !loosely(it))
            .filter_map(|it| it.component.map(|component| (it, component)))
            .collect()
    }
}

/// Relations by which code loads something, by what it loads.
fn users(graph: &Graph) -> BTreeMap<&ComponentId, Vec<&Relation>> {
    let mut users: BTreeMap<&ComponentId, Vec<&Relation>> = BTreeMap::new();
    for relation in graph.relations.iter().filter(|it| it.how == How::Uses) {
        users.entry(&relation.to).or_default().push(relation);
    }
    users
}

/// What people call a component: its name, else its path.
pub fn called(component: &Component) -> String {
    match &component.name {
        Some(name) => format!("`{name}`"),
        None if component.path == "." => "this project".to_owned(),
        None if is_told_of(component) => {
            format!("the {} that `{}` tells of", component.kind.name(), component.path)
        }
        None => format!("`{}`", component.path),
    }
}

/// Whether a file only tells of it: its id is that of the file and its kind.
fn is_told_of(component: &Component) -> bool {
    let id = component.id.as_str().strip_suffix(component.kind.name());
    id.is_some_and(|it| it.ends_with('#'))
}

/// A component as the commands that put decisions on record take it.
pub fn asked_as(component: &Component) -> Cow<'_, str> {
    let id = component.id.as_str();
    let hub = id.strip_prefix("pkg:huggingface/").filter(|it| !it.contains('@'));
    let hub = hub.filter(|it| it.contains('/') && !it.starts_with("datasets/"));
    let package = id.starts_with("pkg:").then_some(id);
    shell_word(hub.or(package).unwrap_or(&component.path))
}

/// A text as one word of a command line, quoted where a shell would take it apart.
pub fn shell_word(text: &str) -> Cow<'_, str> {
    let plain = |it: char| it.is_alphanumeric() || "/-._:@%+=,~#".contains(it);
    if !text.is_empty() && text.chars().all(plain) && !text.starts_with(['~', '#']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("'{}'", text.replace('\'', "'\\''")))
}

/// Whether a kind of thing has weights or data rather than code.
pub fn is_artefact(kind: Kind) -> bool {
    match kind {
        Kind::Model | Kind::Dataset => true,
        Kind::Code | Kind::Document => false,
    }
}

/// An exception in words.
pub fn excepted(exception: &Exception) -> String {
    format!(
        "exception {}: {} (owner {}, approved by {} on {}, {}; until {})",
        exception.id.value,
        exception.because.value,
        exception.owner.value,
        exception.approved.by.value,
        exception.approved.on.value,
        exception.approved.ticket.value,
        exception.expires.value
    )
}
