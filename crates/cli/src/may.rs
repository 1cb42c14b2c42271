//! The adoption question: may we use this for that?

use std::path::Path;

use caveat_core::component::{ComponentId, Evidence, Kind, Origin, Strength};
use caveat_core::expression::parse_with;
use caveat_core::inventory::{Claim, Component, Conclusion, Graph, Standing, Stated};
use caveat_core::library::{Library, Named};
use caveat_core::source::{Sources, Spanned};
use caveat_core::terms::WrittenFor;
use caveat_policy::case::Case;
use caveat_policy::date::Date;
use caveat_policy::finding::{Finding, Obligation, Step};
use caveat_policy::ground::Ground;
use caveat_policy::judge::judge;
use caveat_policy::usage::Usage;
use caveat_policy::verdict::{Level, Verdict};

use crate::error::Error;
use crate::policies::Chosen;
use crate::scan::{ScanOptions, scan_with};

/// The answer to one question.
#[derive(Debug)]
pub struct Answer {
    /// What was asked about.
    pub subject: String,
    /// For which uses.
    pub uses: Vec<Usage>,
    /// Whether we may.
    pub verdict: Verdict,
    /// The license in question, where one is established.
    pub license: Option<String>,
    /// The branches taken where the license offers a choice.
    pub choices: Vec<String>,
    /// Why: only what decided.
    pub because: Vec<Step>,
    /// What we would have to do.
    pub obligations: Vec<Obligation>,
    /// Facts of the organisation that are missing for an answer.
    pub missing_facts: Vec<String>,
    /// Findings on the subject, for what to do.
    pub findings: Vec<Finding>,
    /// All text that the answer points into.
    pub sources: Sources,
}

/// What may be asked about.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// A license id, name or expression; a path; or the name of a component below `home`.
    pub subject: &'a str,
    /// For which uses.
    pub uses: &'a [Usage],
    /// What a bare license would be the license of.
    pub kind: Option<Kind>,
    /// The project whose components may be meant.
    pub home: &'a Path,
}

/// Answers `question` by `policy` as of `today`.
pub fn may(question: &Question<'_>, policy: &Chosen, today: Date) -> Result<Answer, Error> {
    let path = Path::new(question.subject);
    let looks_like_path = question.subject.starts_with(['.', '/']) || path.exists();
    if !looks_like_path && let Some(subject) = bare_license(question) {
        return Ok(answer(question, policy, today, subject));
    }
    let place = if looks_like_path { path } else { question.home };
    let scan = scan_with(&[place.to_owned()], ScanOptions::default())?;
    let mut graph = scan.graph;
    if !looks_like_path {
        keep_only(&mut graph, question.subject)?;
    }
    let subject = Subject { graph, sources: scan.sources, library: scan.library };
    Ok(answer(question, policy, today, subject))
}

struct Subject {
    graph: Graph,
    sources: Sources,
    library: Library,
}

/// A component that is nothing but its license.
fn bare_license(question: &Question<'_>) -> Option<Subject> {
    let library = Library::embedded();
    let words = match library.named(question.subject) {
        Named::License(id) => id.to_owned(),
        Named::Ambiguous(_) | Named::Reserved | Named::Placeholder | Named::Unknown => {
            question.subject.to_owned()
        }
    };
    let mut sources = crate::scan::with_terms(library);
    let id = sources.add("(as asked)", words.clone());
    let at = sources.get(id)?.span(0..words.len());
    let known = |it: &str| library.license(it).map(|it| it.id);
    let license = parse_with(&words, at, &known).expression?;
    if !license.licenses().all(|it| library.license(it.id.as_str()).is_some()) {
        return None;
    }
    let written_for =
        license.licenses().find_map(|it| Some(library.terms(it.id.as_str())?.license.written_for));
    let kind = question.kind.unwrap_or(match written_for {
        Some(WrittenFor::Model) | None => Kind::Model,
        Some(WrittenFor::Data) => Kind::Dataset,
        Some(WrittenFor::Code) => Kind::Code,
    });
    let claim = Claim {
        raw: Spanned::new(words, at),
        stated: Stated::Expression(license.clone()),
        evidence: Evidence { at, origin: Origin::Clarification, strength: Strength::Asserted },
        decided_by: None,
        score: None,
        modified: false,
        notes: Vec::new(),
    };
    let component = Component {
        id: ComponentId::path("(as asked)"),
        kind,
        path: "(as asked)".to_owned(),
        name: Some(question.subject.to_owned()),
        version: None,
        at,
        names: Vec::new(),
        claims: vec![claim],
        conclusion: Conclusion { license: Some(license), standing: Standing::Clear },
        traits: Vec::new(),
        uses: Vec::new(),
        private: false,
        own: false,
    };
    let components = [(component.id.clone(), component)].into();
    Some(Subject { graph: Graph { components, ..Graph::default() }, sources, library })
}

/// Leaves of a graph what `name` means: the component and, for its lineage, what it comes from.
fn keep_only(graph: &mut Graph, name: &str) -> Result<(), Error> {
    let meant = |it: &Component| {
        it.id.as_str() == name
            || it.name.as_deref() == Some(name)
            || it.path == name
            || it
                .id
                .as_str()
                .strip_prefix("pkg:huggingface/")
                .is_some_and(|id| id.split('@').next() == Some(name))
    };
    if !graph.components.values().any(meant) {
        return Err(Error::Unknown {
            what: "license, path or component",
            name: name.to_owned(),
            help: "name a license (`caveat licenses` lists them), a path, or a model whose card is in \
                   the scanned folder (--path); model hubs are not asked"
                .to_owned(),
        });
    }
    graph.problems.clear();
    for component in graph.components.values_mut().filter(|it| !meant(it)) {
        component.own = true;
    }
    Ok(())
}

fn answer(question: &Question<'_>, policy: &Chosen, today: Date, subject: Subject) -> Answer {
    let Subject { graph, mut sources, library } = subject;
    let terms = policy.enter(&mut sources);
    let mut ground = Ground::new(&graph, &library, &terms, &sources, today, &policy.prefix);
    let at = terms.rules.at.unwrap_or(caveat_core::source::Span::new(terms.source, 0..0));
    ground.uses = question.uses.iter().map(|it| Spanned::new(*it, at)).collect();
    let case = Case::of(ground);
    let report = judge(&case);
    let findings: Vec<Finding> =
        report.findings.into_iter().filter(|it| it.level >= Level::Warn).collect();
    let worst = findings.iter().map(|it| it.level).max();
    let verdict = match worst {
        Some(Level::Deny) => Verdict::Denied,
        Some(Level::Warn) => Verdict::Review,
        Some(Level::Note | Level::Allow) | None => Verdict::Allowed,
    };
    let rulings = || case.decided.values().flat_map(|it| &it.rulings);
    let mut because: Vec<Step> = match worst {
        Some(worst) => {
            let decisive = findings.iter().filter(|it| it.level == worst);
            decisive.flat_map(|it| it.because.steps().cloned()).collect()
        }
        None => rulings().flat_map(|it| it.steps.clone()).collect(),
    };
    let mut seen = std::collections::BTreeSet::new();
    because.retain(|it| seen.insert((it.link, it.says.clone(), it.cite.clone())));
    let mut missing_facts: Vec<String> = rulings().flat_map(|it| it.wanted.clone()).collect();
    missing_facts.sort();
    missing_facts.dedup();
    let mut licenses: Vec<String> = graph
        .components
        .values()
        .filter_map(|it| Some(it.conclusion.license.as_ref()?.to_string()))
        .collect();
    licenses.dedup();
    let choices = case.decided.values().flat_map(|it| it.choices.clone()).collect();
    drop(case);
    Answer {
        subject: question.subject.to_owned(),
        uses: question.uses.to_vec(),
        verdict,
        license: (!licenses.is_empty()).then(|| licenses.join(", ")),
        choices,
        because,
        obligations: report.obligations,
        missing_facts,
        findings,
        sources,
    }
}
