//! Components and their relations, for programs that draw.

mod mermaid;
mod dot;
mod json;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use caveat_core::component::{ComponentId, How, Kind, Scope};
use caveat_core::inventory::{Component, Graph, Relation, Standing};
use caveat_core::source::Sources;
use caveat_policy::verdict::Verdict;

use crate::lines::Places;

/// One way to write a drawing.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// What `--format` calls it.
    pub name: &'static str,
    /// The most components that are drawn where nobody says how many: what draws this language
    /// gives up, or shows nothing that a person can read, beyond it.
    pub usual: usize,
    /// Writes a drawing. Fails only where `out` does.
    pub write: fn(&Drawing<'_>, &mut dyn Write) -> io::Result<()>,
}

/// All languages; the first is the default.
pub const LANGUAGES: &[Language] = &[
    Language { name: "mermaid", usual: 200, write: mermaid::write },
    Language { name: "dot", usual: 500, write: dot::write },
    Language { name: "json", usual: usize::MAX, write: json::write },
];

/// The language of that name.
pub fn language(name: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|it| it.name == name)
}

/// What is to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What is there.
    pub graph: &'a Graph,
    /// All text.
    pub sources: &'a Sources,
    /// What the policy makes of each component that was judged.
    pub verdicts: &'a BTreeMap<ComponentId, Verdict>,
    /// The policy that judged.
    pub policy: &'a str,
    /// Draw also code that only other code needs.
    pub all: bool,
    /// How many components are drawn at most.
    pub most: usize,
}

/// What is drawn: components by identity, relations in the order of the places that state them.
#[derive(Debug)]
pub struct Drawing<'a> {
    nodes: Vec<Node<'a>>,
    edges: Vec<Edge<'a>>,
    policy: &'a str,
    places: Places<'a>,
    /// How many components are of a sort that was not asked for.
    pub plain: usize,
    /// How many components more there are than may be drawn.
    pub over: usize,
}

/// A component, or what only a name tells of.
#[derive(Debug)]
struct Node<'a> {
    id: &'a ComponentId,
    kind: Kind,
    component: Option<&'a Component>,
    verdict: Option<Verdict>,
}

/// A relation between two of the nodes, by their numbers.
#[derive(Debug)]
struct Edge<'a> {
    from: usize,
    to: usize,
    relation: &'a Relation,
}

impl<'a> Drawing<'a> {
    /// Chooses what is drawn. Where that is too much, what is denied comes first, then what is for
    /// review: a drawing may be incomplete, but not by its bad news.
    pub fn of(subject: &Subject<'a>) -> Self {
        let graph = subject.graph;
        let wanted = |it: &&Relation| subject.all || is_telling(it);
        let relations: Vec<_> = graph.relations.iter().filter(wanted).collect();
        let mut nodes: BTreeMap<&ComponentId, Node<'a>> = BTreeMap::new();
        for it in graph.components.values().filter(|it| subject.all || is_artefact(it.kind)) {
            nodes.insert(&it.id, subject.node(&it.id, it.kind));
        }
        for it in &relations {
            for (id, kind) in [(&it.from, Kind::Code), (&it.to, it.kind)] {
                nodes.entry(id).or_insert_with(|| subject.node(id, kind));
            }
        }
        let plain = graph.components.keys().filter(|it| !nodes.contains_key(it)).count();
        let mut ranked: Vec<_> = nodes.values().map(|it| (it.verdict, it.id)).collect();
        ranked.sort_by_key(|(verdict, id)| (std::cmp::Reverse(*verdict), *id));
        let over: BTreeSet<_> = ranked.into_iter().skip(subject.most).map(|(_, id)| id).collect();
        let nodes: Vec<_> = nodes.into_values().filter(|it| !over.contains(it.id)).collect();
        let number = |id| nodes.binary_search_by(|it| it.id.cmp(id)).ok();
        let edge = |it: &&'a Relation| {
            let (from, to) = (number(&it.from)?, number(&it.to)?);
            Some(Edge { from, to, relation: it })
        };
        let edges = relations.iter().filter_map(edge).collect();
        let (policy, places) = (subject.policy, Places::of(subject.sources));
        Self { edges, policy, places, plain, over: over.len(), nodes }
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// In words, what is there and is not drawn.
    pub fn left_out(&self) -> Option<String> {
        let plain = match self.plain {
            1 => "1 component of code that no model or dataset touches".to_owned(),
            many => format!("{many} components of code that no model or dataset touches"),
        };
        let over = match self.over {
            1 => "1 component more than is drawn at once".to_owned(),
            many => format!("{many} components more than are drawn at once"),
        };
        let parts = [(self.plain, plain), (self.over, over)];
        let parts: Vec<_> = parts.into_iter().filter(|it| it.0 > 0).map(|it| it.1).collect();
        (!parts.is_empty()).then(|| format!("not drawn: {}", parts.join("; ")))
    }
}

/// Whether a relation is drawn unasked: it is about more than code that needs code.
fn is_telling(relation: &Relation) -> bool {
    match relation.how {
        How::DependsOn => false,
        How::Contains => is_artefact(relation.kind),
        How::FineTunedFrom
        | How::AdapterOf
        | How::MergeOf
        | How::QuantizedFrom
        | How::DistilledFrom
        | How::TrainedOn
        | How::EvaluatedOn
        | How::DerivedFrom
        | How::Uses => true,
    }
}

fn is_artefact(kind: Kind) -> bool {
    match kind {
        Kind::Model | Kind::Dataset => true,
        Kind::Code | Kind::Document => false,
    }
}

impl<'a> Subject<'a> {
    fn node(&self, id: &'a ComponentId, kind: Kind) -> Node<'a> {
        let component = self.graph.components.get(id);
        let kind = component.map_or(kind, |it| it.kind);
        Node { id, kind, component, verdict: self.verdicts.get(id).copied() }
    }
}

impl Node<'_> {
    /// What people call it.
    fn name(&self) -> &str {
        let id = self.id.as_str();
        let known = ["pkg:huggingface/datasets/", "pkg:huggingface/", "pkg:generic/", "path:"];
        let bare = known.iter().find_map(|it| id.strip_prefix(it)).unwrap_or(id);
        match self.component.and_then(|it| it.name.as_deref()) {
            // The name on the hub says whose it is, which is what a drawing is for.
            Some(name) if !id.starts_with("pkg:") || bare.is_empty() => name,
            Some(_) | None => bare,
        }
    }

    /// Its license in words.
    fn license(&self) -> String {
        let Some(component) = self.component else { return "not in the tree".to_owned() };
        let told = if component.is_recalled() { ", as the catalogue says" } else { "" };
        let conclusion = &component.conclusion;
        match (&conclusion.license, &conclusion.standing) {
            (_, Standing::Ambiguous(_)) => "license not clear".to_owned(),
            (Some(it), Standing::Clear) => format!("{it}{told}"),
            (Some(_) | None, Standing::Clear | Standing::Unknown) => "no license known".to_owned(),
        }
    }

    /// What stands in its shape: name, kind and license, verdict.
    fn lines(&self) -> Vec<String> {
        let mut lines =
            vec![self.name().to_owned(), format!("{}, {}", self.kind.name(), self.license())];
        lines.extend(self.verdict.map(|it| it.name().to_owned()));
        lines
    }
}

impl Edge<'_> {
    /// What stands at its line.
    fn label(&self) -> String {
        let how = self.relation.how.name();
        match self.relation.scope {
            Scope::Normal => how.to_owned(),
            Scope::Dev | Scope::Build | Scope::Optional => {
                format!("{how}, {}", self.relation.scope.name())
            }
        }
    }
}

/// The most characters of one line in a shape.
const LONGEST: usize = 80;
