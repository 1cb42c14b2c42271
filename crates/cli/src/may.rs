//! The adoption question: may we use this for that?

use std::collections::BTreeSet;

use caveat_core::component::ComponentId;
use caveat_core::inventory::Component;
use caveat_core::source::{Sources, Span, Spanned};
use caveat_policy::asked::{Tested, due};
use caveat_policy::case::Case;
use caveat_policy::date::Date;
use caveat_policy::finding::{Finding, Link, Obligation, Report, Step};
use caveat_policy::ground::Ground;
use caveat_policy::judge::judge;
use caveat_policy::known;
use caveat_policy::usage::Usage;
use caveat_policy::verdict::{Level, Verdict};
use caveat_policy::wanted::Wanted;

use crate::error::Error;
use crate::evidence::on_record;
use crate::exhibits::exhibits;
use crate::given;
use crate::policies::Chosen;
use crate::subject::{Question, Subject, subject};

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
    pub missing_facts: Vec<Missing>,
    /// Findings on the subject, for what to do.
    pub findings: Vec<Finding>,
    /// What to do about what only the catalogue of well-known models tells.
    pub advice: Vec<String>,
    /// All text that the answer points into.
    pub sources: Sources,
}

/// A fact that is missing for an answer, with the clause that asks for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The fact, and the key of the policy that states it.
    pub fact: Wanted,
    /// The license that asks.
    pub license: String,
    /// What it asks, in one clause.
    pub why: String,
    /// The section of the license.
    pub cite: Option<String>,
}

/// Answers `question` by `policy` as of `today`.
pub fn may(question: &Question<'_>, policy: &Chosen, today: Date) -> Result<Answer, Error> {
    let Subject { mut graph, mut sources, library, about, root, files } = subject(question)?;
    let here = (policy.terms(), policy.prefix.as_str());
    let exhibits = exhibits(&files, (&graph, library), &mut sources, here, None);
    let mut terms = policy.enter(&mut sources);
    if let Some(name) = question.product {
        given::place(&mut terms, name)?;
    }
    if let Some(it) = question.given {
        given::take(&mut terms, it, &mut sources);
    }
    let place = root.as_deref().map(|it| (it, policy.prefix.as_str()));
    let stale = place.map(|it| on_record(&mut graph, &terms, (&library, &sources), it));
    let mut ground = Ground::new(&graph, &library, &terms, &sources, today, &policy.prefix);
    ground.stale = stale.unwrap_or_default();
    ground.exhibits = exhibits.as_ref();
    let at = terms.rules.at.unwrap_or(Span::new(terms.source, 0..0));
    ground.uses = question.uses.iter().map(|it| Spanned::new(*it, at)).collect();
    let case = Case::of(ground);
    let Report { mut findings, mut obligations, .. } = judge(&case);
    // What is wrong with the policy itself is no answer to a question about something else.
    // Whether we may do something does not depend on what is already done for it.
    let answers = |it: &Finding| HYGIENE.iter().chain(&DUTIES).all(|rule| *rule != it.rule);
    findings.retain(|it| it.level >= Level::Warn && is_about(&about, &it.component) && answers(it));
    obligations.retain(|it| is_about(&about, &it.component));
    let components = graph.components.values().filter(|it| is_about(&about, &it.id));
    let licenses: BTreeSet<String> =
        components.filter_map(|it| Some(it.conclusion.license.as_ref()?.to_string())).collect();
    let choices = decided(&case, &about).flat_map(|it| it.choices.clone()).collect();
    let mut missing_facts = missing(&case, &about);
    let told = graph.components.values().filter(|it| is_about(&about, &it.id));
    let advice = told.filter_map(known::help).collect();
    let (verdict, mut because) = decisive(&case, &findings, &about);
    tell_due(&case, &about, &mut because, &mut missing_facts);
    drop(case);
    Ok(Answer {
        subject: question.subject.to_owned(),
        uses: question.uses.to_vec(),
        verdict,
        license: (!licenses.is_empty())
            .then(|| licenses.into_iter().collect::<Vec<_>>().join(", ")),
        choices,
        because,
        obligations,
        missing_facts,
        findings,
        advice,
        sources,
    })
}

/// Rules about the policy, of which some speak in a tree that is not there.
const HYGIENE: [&str; 4] = ["unused-exception", "expired-exception", "stale-facts", "stale-policy"];
/// Rules on duties, which an answer lists by themselves.
const DUTIES: [&str; 2] = ["unmet-obligation", "missing-license-text"];

/// Facts that no one stated, of every license that binds, each once.
fn missing(case: &Case<'_>, about: &BTreeSet<ComponentId>) -> Vec<Missing> {
    let mut missing = BTreeSet::new();
    for ruling in decided(case, about).flat_map(|it| &it.rulings) {
        let clauses: Vec<&Step> = ruling.steps.iter().filter(|it| it.link == Link::Term).collect();
        let why: Vec<&str> = clauses.iter().map(|it| it.says.as_str()).collect();
        for fact in &ruling.wanted {
            missing.insert(Missing {
                fact: fact.clone(),
                license: ruling.license.clone(),
                why: why.join("; "),
                cite: clauses.iter().find_map(|it| it.cite.clone()),
            });
        }
    }
    missing.into_iter().collect()
}

/// Duties that are due past a size only, by the facts: where not all is told, the fact is missing.
fn due_or_not(case: &Case<'_>, about: &BTreeSet<ComponentId>) -> Vec<(String, Tested)> {
    let mut told = Vec::new();
    for (id, decided) in case.decided.iter().filter(|(id, _)| is_about(about, id)) {
        let Some(component) = case.graph.components.get(*id) else { continue };
        let places = case.places(component);
        for license in &decided.binding {
            let settings = places.iter().flat_map(|it| case.settings(it));
            let tested = settings.filter_map(|it| due(case, license, &it));
            told.extend(tested.max_by_key(|it| it.verdict).map(|it| (license.to_string(), it)));
        }
    }
    told
}

/// Tells of duties that are due past a size only whether they are, or which fact is missing.
fn tell_due(
    case: &Case<'_>,
    about: &BTreeSet<ComponentId>,
    because: &mut Vec<Step>,
    missing_facts: &mut Vec<Missing>,
) {
    for (license, it) in due_or_not(case, about) {
        let clause = it.steps.iter().find(|it| it.link == Link::Term).cloned();
        let missing = it.wanted.into_iter().map(|fact| Missing {
            fact,
            license: license.clone(),
            why: clause.as_ref().map(|it| it.says.clone()).unwrap_or_default(),
            cite: clause.as_ref().and_then(|it| it.cite.clone()),
        });
        missing_facts.extend(missing);
        let clear = it.verdict == Verdict::Allowed;
        for step in it.steps {
            let told = because.iter().any(|it| it.link == Link::Term && it.at == step.at);
            match step.link {
                Link::Term if !told => because.push(step),
                Link::Fact if clear => {
                    because.push(Step { says: format!("clear of that: {}", step.says), ..step });
                }
                Link::Fact => because.push(step),
                Link::Term | Link::Policy | Link::Relation | Link::Claim => {}
            }
        }
    }
}

/// Whether a component is asked about; where none is singled out, all are.
fn is_about(about: &BTreeSet<ComponentId>, id: &ComponentId) -> bool {
    about.is_empty() || about.contains(id)
}

fn decided<'a>(
    case: &'a Case<'_>,
    about: &'a BTreeSet<ComponentId>,
) -> impl Iterator<Item = &'a caveat_policy::ruling::Decided<'a>> {
    case.decided.iter().filter(|(id, _)| is_about(about, id)).map(|(_, it)| it)
}

fn decided_on<'a>(
    case: &'a Case<'_>,
    about: &'a BTreeSet<ComponentId>,
) -> impl Iterator<Item = &'a Component> {
    case.graph.components.values().filter(|it| is_about(about, &it.id))
}

/// The clauses and facts by which tests pass: they decided nothing, but who asks needs not ask again.
fn passing(case: &Case<'_>, about: &BTreeSet<ComponentId>) -> Vec<Step> {
    let rulings = decided(case, about).flat_map(|it| &it.rulings);
    rulings.filter(|it| it.passes_a_test()).flat_map(|it| it.passing()).collect()
}

/// The worst that was found, with the steps that led there; where nothing was found, the steps
/// by which all of it is allowed.
pub(crate) fn decisive(
    case: &Case<'_>,
    findings: &[Finding],
    about: &BTreeSet<ComponentId>,
) -> (Verdict, Vec<Step>) {
    let worst = findings.iter().map(|it| it.level).max();
    let verdict = match worst {
        Some(Level::Deny) => Verdict::Denied,
        Some(Level::Warn) => Verdict::Review,
        Some(Level::Note | Level::Allow) | None => Verdict::Allowed,
    };
    let mut because: Vec<Step> = if worst.is_some() {
        let decisive = findings.iter().filter(|it| Some(it.level) == worst);
        let told = decisive.flat_map(|it| it.because.steps().cloned());
        told.chain(passing(case, about)).collect()
    } else {
        let told = decided_on(case, about).filter(|it| it.is_recalled()).filter_map(|it| {
            let license = it.conclusion.license.as_ref()?;
            Some(known::states(it, &license.to_string(), license.at()))
        });
        let rulings = decided(case, about).flat_map(|it| &it.rulings);
        told.chain(rulings.flat_map(|it| it.steps.clone())).collect()
    };
    let mut seen = BTreeSet::new();
    because.retain(|it| seen.insert((it.link, it.says.clone(), it.cite.clone())));
    (verdict, because)
}
