//! What `may` is asked about: a license that nothing carries yet, a place, or a component.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use caveat_core::catalog::Catalog;
use caveat_core::component::{ComponentId, Evidence, Kind, Origin, Strength};
use caveat_core::expression::{Expression, parse_with};
use caveat_core::inventory::{Claim, Component, Conclusion, Graph, Standing, Stated};
use caveat_core::library::{Library, Named};
use caveat_core::recall::recalled;
use caveat_core::source::{Sources, Span, Spanned};
use caveat_core::terms::WrittenFor;
use caveat_policy::usage::Usage;

use crate::discover::Found;
use crate::error::Error;
use crate::scan::{Scan, ScanOptions, scan_with, table, with_terms};

/// What stands for the path of a component that is nothing but its license.
const NOWHERE: &str = "<path>";
/// The text in which the words of the question stand.
const ASKED: &str = "(as asked)";

/// What may be asked about.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// A license id, name or expression; a path; the name of a component below `home`, or of a
    /// well-known model or dataset.
    pub subject: &'a str,
    /// For which uses.
    pub uses: &'a [Usage],
    /// What a bare license would be the license of.
    pub kind: Option<Kind>,
    /// The project whose components may be meant.
    pub home: &'a Path,
    /// The product in which it is to be used, where one is named.
    pub product: Option<&'a str>,
    /// Facts for this question alone: a policy that states nothing else.
    pub given: Option<&'a str>,
}

/// What is asked about, ready to be judged.
pub(crate) struct Subject {
    pub(crate) graph: Graph,
    pub(crate) sources: Sources,
    pub(crate) library: Library,
    /// The components that are meant; none for all.
    pub(crate) about: BTreeSet<ComponentId>,
    /// The scanned folder; none where nothing was scanned.
    pub(crate) root: Option<PathBuf>,
    /// Every file of it.
    pub(crate) files: Vec<Found>,
}

/// Whether words can only be a path, or are one and no license.
pub(crate) fn is_path(words: &str) -> bool {
    words.starts_with(['.', '/'])
        || (Path::new(words).exists() && (words.contains('/') || expression(words).is_none()))
}

/// Finds what `question` is about.
pub(crate) fn subject(question: &Question<'_>) -> Result<Subject, Error> {
    let words = question.subject;
    if is_path(words) {
        let scan = scan_with(&[words.into()], ScanOptions::default())?;
        return Ok(scanned(scan, BTreeSet::new()));
    }
    if let Some(it) = bare_license(question) {
        return Ok(it);
    }
    if let Named::Ambiguous(family) = Library::embedded().named(words) {
        return Err(Error::Usage {
            what: format!("`{words}` names several licenses that differ: {}", family.note),
            help: format!("ask about one of them: {}", family.members.join(", ")),
        });
    }
    let scan = match scan_with(&[question.home.to_owned()], ScanOptions::default()) {
        Err(Error::NothingScanned { .. }) => None,
        done => Some(done?),
    };
    if let Some(scan) = scan {
        // What the project only names is asked about as if it did not: it may be no more than
        // what something else was made from.
        let unseen = scan.graph.relations.iter().filter(|it| !it.seen);
        let unseen: BTreeSet<_> = unseen.map(|it| &it.to).collect();
        let here = |it: &&Component| !(it.is_recalled() && unseen.contains(&it.id));
        let meant = scan.graph.components.values().filter(here);
        let about: BTreeSet<_> =
            meant.filter(|it| answers_to(it, words)).map(|it| it.id.clone()).collect();
        if !about.is_empty() {
            return Ok(scanned(scan, about));
        }
    }
    well_known(words, question.kind).ok_or_else(|| unknown(words))
}

/// The ids by which words may mean a model or dataset of the hub.
pub(crate) fn hub_ids(words: &str, kind: Option<Kind>) -> Vec<ComponentId> {
    let name = words.strip_prefix("pkg:huggingface/").unwrap_or(words);
    let dataset = name.strip_prefix("datasets/");
    let dataset = ComponentId::hub_dataset(dataset.unwrap_or(name));
    let model = ComponentId::hub_model(name);
    match kind {
        Some(Kind::Dataset) => vec![dataset],
        Some(Kind::Model) => vec![model],
        Some(Kind::Code | Kind::Document) => Vec::new(),
        None => vec![model, dataset],
    }
}

/// The id of a model or dataset that the catalogue knows.
pub(crate) fn well_known_id(words: &str) -> Option<ComponentId> {
    well_known(words, None)?.about.into_iter().next()
}

/// A model or dataset that the catalogue knows.
fn well_known(words: &str, kind: Option<Kind>) -> Option<Subject> {
    let library = Library::embedded();
    let mut sources = with_terms(library);
    let id = sources.add(ASKED, words.to_owned());
    let at = Span::new(id, 0..words.len());
    let find = |it: &ComponentId| {
        let graph = recalled(it, at, Catalog::embedded(), table(library), &sources)?;
        Some((graph, BTreeSet::from([it.clone()])))
    };
    let (graph, about) = hub_ids(words, kind).iter().find_map(find)?;
    Some(Subject { graph, sources, library, about, root: None, files: Vec::new() })
}

fn scanned(scan: Scan, about: BTreeSet<ComponentId>) -> Subject {
    let Scan { root, graph, sources, library, files, .. } = scan;
    Subject { graph, sources, library, about, root: Some(root), files }
}

/// Whether people may call a component so: its id, its name, its name on the hub, its path or
/// the end of that.
pub(crate) fn answers_to(component: &Component, name: &str) -> bool {
    let id = component.id.as_str();
    let hub = id.strip_prefix("pkg:huggingface/").and_then(|it| it.split('@').next());
    let name = name.trim_start_matches("./").trim_end_matches('/');
    id == name
        || component.name.as_deref() == Some(name)
        || hub.is_some_and(|it| it == name || it.strip_prefix("datasets/") == Some(name))
        || component.path == name
        || component.path.strip_suffix(name).is_some_and(|it| it.ends_with('/'))
}

fn unknown(words: &str) -> Error {
    let near = Library::embedded().suggest(words);
    let near = near.map(|it| format!("did you mean `{it}`? ")).unwrap_or_default();
    Error::Unknown {
        what: "license, path or component",
        name: words.to_owned(),
        help: format!(
            "{near}`caveat licenses` lists the licenses; a model or dataset that the catalogue does not \
             know is found by its card in the scanned folder (--path), as no hub is asked"
        ),
    }
}

/// The words as a license expression whose every license is known by name.
pub(crate) fn expression(words: &str) -> Option<(String, Expression)> {
    let library = Library::embedded();
    let words = match library.named(words) {
        Named::License(id) => id,
        Named::Ambiguous(_) | Named::Reserved | Named::Placeholder | Named::Unknown => words,
    };
    let mut sources = Sources::new();
    let id = sources.add(ASKED, words.to_owned());
    let known = |it: &str| library.license(it).map(|it| it.id);
    let license = parse_with(words, Span::new(id, 0..words.len()), &known).expression?;
    let all_known = license.licenses().all(|it| library.license(it.id.as_str()).is_some());
    all_known.then(|| (words.to_owned(), license))
}

/// A component that is nothing but its license.
fn bare_license(question: &Question<'_>) -> Option<Subject> {
    let library = Library::embedded();
    let (words, _) = expression(question.subject)?;
    let mut sources = with_terms(library);
    let id = sources.add(ASKED, words.clone());
    let at = Span::new(id, 0..words.len());
    let known = |it: &str| library.license(it).map(|it| it.id);
    let license = parse_with(&words, at, &known).expression?;
    let kind = question.kind.unwrap_or_else(|| usual_kind(&license, library));
    let component = carrier(question.subject, words, at, license, kind);
    let components = [(component.id.clone(), component)].into();
    let graph = Graph { components, ..Graph::default() };
    Some(Subject { graph, sources, library, about: BTreeSet::new(), root: None, files: Vec::new() })
}

/// What a license was written for; a model where nobody knows.
pub(crate) fn usual_kind(license: &Expression, library: Library) -> Kind {
    let written_for =
        license.licenses().find_map(|it| Some(library.terms(it.id.as_str())?.license.written_for));
    match written_for {
        Some(WrittenFor::Model) | None => Kind::Model,
        Some(WrittenFor::Data) => Kind::Dataset,
        Some(WrittenFor::Code) => Kind::Code,
    }
}

/// A component that is nothing but its license.
pub(crate) fn carrier(
    name: &str,
    words: String,
    at: Span,
    license: Expression,
    kind: Kind,
) -> Component {
    let claim = Claim {
        raw: Spanned::new(words, at),
        stated: Stated::Expression(license.clone()),
        evidence: Evidence { at, origin: Origin::Clarification, strength: Strength::Asserted },
        decided_by: None,
        score: None,
        modified: false,
        notes: Vec::new(),
    };
    Component {
        name: Some(name.to_owned()),
        claims: vec![claim],
        conclusion: Conclusion { license: Some(license), standing: Standing::Clear },
        ..Component::new(ComponentId::path(NOWHERE), kind, NOWHERE, at)
    }
}
