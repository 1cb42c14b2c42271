//! The ground of a judgement: what is there, what licenses say, what the policy says.

use caveat_core::component::{ComponentId, How, Kind};
use caveat_core::expression::Licensed;
use caveat_core::inventory::{Component, Graph};
use caveat_core::library::Library;
use caveat_core::lineage::{Lineage, Upstream};
use caveat_core::source::{Sources, Span, Spanned};
use caveat_core::tags::Tagged;

use crate::date::Date;
use crate::policy::{Exception, Policy};
use crate::setting::{Setting, settings};
use crate::usage::Usage;

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
    /// Uses that are asked about, instead of those that the policy's products state.
    pub uses: Vec<Spanned<Usage>>,
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
        Self { graph, library, policy, sources, today, prefix: prefix.to_owned(), lineage, uses: Vec::new() }
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
            usage: Some(usage.clone()),
            commercial: self.policy.commercial(product),
            markets: product.and_then(|it| it.markets.as_deref()).or(self.policy.org.markets.as_deref()),
        };
        self.uses.iter().map(asked).collect()
    }

    /// Whether an exception counts today.
    pub fn in_force(&self, exception: &Exception) -> bool {
        self.policy.exceptions.objection(exception, self.today).is_none()
    }

    /// The path of something in the scanned folder, as the policy writes paths.
    pub fn path(&self, path: &str) -> String {
        let path = if path == "." { "" } else { path };
        match (self.prefix.as_str(), path) {
            ("", _) => path.to_owned(),
            (prefix, "") => prefix.to_owned(),
            (prefix, path) => format!("{prefix}/{path}"),
        }
    }

    /// The branch that the policy takes for a package, where it says.
    pub fn choice(&self, id: &ComponentId) -> Option<&str> {
        let choice = self.policy.choose.packages.iter().find(|it| it.package.value.matches(id))?;
        Some(choice.take.value.as_str())
    }

    /// What a license asks: as its terms say, or as the policy that defines it says. Empty where
    /// nobody has read the terms.
    pub fn tags(&self, license: &Licensed) -> Vec<Tagged> {
        self.library.tags(license)
    }

    /// Where the fact behind a tag is written, in the sources of the run.
    pub fn term_span(&self, license: &Licensed, tagged: &Tagged) -> Option<Span> {
        self.library.span(license, tagged)
    }

    /// Upstreams whose terms reach `component`: what it was made from, all the way.
    pub fn made_from(&self, component: &'a Component) -> Vec<(Upstream<'a>, &'a Component)> {
        let upstreams = self.lineage.upstreams(&component.id).into_iter();
        upstreams
            .filter(|it| it.way.iter().all(|it| carries(it.how)))
            .filter_map(|it| Some((it.clone(), self.graph.components.get(it.id)?)))
            .collect()
    }
}

/// Whether what is made in this way is made from the other, so that its terms come along.
/// Training on data and measuring with it are questions of their own.
pub fn carries(how: How) -> bool {
    match how {
        How::FineTunedFrom
        | How::AdapterOf
        | How::MergeOf
        | How::QuantizedFrom
        | How::DistilledFrom
        | How::DerivedFrom => true,
        How::DependsOn | How::Contains | How::TrainedOn | How::EvaluatedOn | How::Uses => false,
    }
}

/// What people call a component: its name, else its path.
pub fn called(component: &Component) -> String {
    match &component.name {
        Some(name) => format!("`{name}`"),
        None if component.path == "." => "this project".to_owned(),
        None => format!("`{}`", component.path),
    }
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
