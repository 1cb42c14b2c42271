//! Laws that every judgement keeps, whatever the project and the policy.

use caveat_core::component::ComponentId;
use caveat_core::tags::Tag;
use caveat_policy::finding::Report;
use caveat_policy::verdict::{Level, Verdict};
use proptest::prelude::*;

mod common;

use common::Project;

/// Licenses of every sort: free, reciprocal, limited, told by others, unknown.
const LICENSES: [&str; 18] = [
    "MIT",
    "Apache-2.0",
    "CC0-1.0",
    "CC-BY-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-ND-4.0",
    "GPL-3.0-only",
    "AGPL-3.0-only",
    "MPL-2.0",
    "LicenseRef-Llama-3-Community",
    "LicenseRef-Llama-3.1-Community",
    "LicenseRef-Gemma-Terms-of-Use",
    "LicenseRef-creativeml-openrail-m",
    "LicenseRef-hunyuan-3d-2.0-community",
    "LicenseRef-flux-1-dev-nc-1.1.1",
    "LicenseRef-Cohere-CC-BY-NC-AUP",
    "LicenseRef-Nobody-Knows",
];

const HOW: [&str; 4] = ["finetune", "adapter", "merge", "quantized"];

/// A model: its license, how it was made, and of which of the models before it, and of which data.
type Model = (usize, usize, Option<usize>, Option<usize>);

fn license() -> impl Strategy<Value = usize> {
    0..LICENSES.len()
}

fn model() -> impl Strategy<Value = Model> {
    (license(), 0..HOW.len(), proptest::option::of(0usize..4), proptest::option::of(license()))
}

fn models() -> impl Strategy<Value = Vec<Model>> {
    proptest::collection::vec(model(), 1..4)
}

fn files(models: &[Model]) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (number, (license, how, base, data)) in models.iter().enumerate() {
        let mut card = format!("---\nlicense: {}\n", LICENSES[*license]);
        if let Some(base) = base.filter(|it| *it != number) {
            let how = HOW[*how];
            card += format!("base_model: acme/m{base}\nbase_model_relation: {how}\n").as_str();
        }
        if let Some(data) = data {
            card += format!("datasets: [wave/d{data}]\n").as_str();
            let text = format!("---\nlicense: {}\n---\n", LICENSES[*data]);
            files.push((format!("data/wave/d{data}/README.md"), text));
        }
        files.push((format!("models/acme/m{number}/README.md"), card + "---\n"));
    }
    files.sort();
    files.dedup();
    files
}

/// For each tag one of: allow, test, review, deny.
type Stances = Vec<u8>;

const WORDS: [&str; 4] = ["allow", "test", "review", "deny"];

fn stances() -> impl Strategy<Value = Stances> {
    proptest::collection::vec(0u8..4, Tag::ALL.len())
}

/// A stance that allows at least as much. A test may deny, and a look may not: they do not compare.
fn milder(stance: u8, by: u8) -> u8 {
    match (stance, by) {
        (_, 0) => stance,
        (3, _) => by - 1,
        (_, _) => 0,
    }
}

fn policy(stances: &Stances, facts: bool) -> String {
    let mut text = "caveat = 1\n".to_owned();
    if facts {
        text += "[org]\ncommercial = true\ndomicile = \"US\"\nmarkets = [\"US\", \"EU\"]\n\
                 [[org.facts]]\nas-of = 2024-01-01\nmau = 2_000_000\n";
    }
    text += "[[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [\"saas\"]\n\
             [rules]\notherwise = \"review\"\nunanswered = \"deny\"\n";
    for kind in ["model", "dataset"] {
        text += format!("[rules.{kind}]\n").as_str();
        for (number, word) in WORDS.iter().enumerate() {
            let listed = Tag::ALL.iter().zip(stances);
            let listed = listed.filter(|(_, stance)| usize::from(**stance) == number);
            let tags: Vec<String> = listed.map(|(tag, _)| format!("\"{tag}\"")).collect();
            text += format!("{word} = [{}]\n", tags.join(", ")).as_str();
        }
    }
    text
}

/// The gravest finding about a component.
fn worst(report: &Report, id: &ComponentId) -> Level {
    let about = report.findings.iter().filter(|it| it.component == *id);
    about.map(|it| it.level).max().unwrap_or(Level::Allow)
}

fn verdict(project: &Project, id: &ComponentId) -> Verdict {
    project.case().decided[id].verdict()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_policy_that_allows_more_is_never_stricter(
        models in models(), strict in stances(), by in proptest::collection::vec(0u8..4, Tag::ALL.len()), facts: bool,
    ) {
        let mild: Stances = strict.iter().zip(by).map(|(it, by)| milder(*it, by)).collect();
        let files = files(&models);
        let (strict, mild) = (policy(&strict, facts), policy(&mild, facts));
        let (strict, mild) = (Project::new(&files, &strict), Project::new(&files, &mild));
        let (before, after) = (strict.report(), mild.report());
        for id in strict.graph.components.keys() {
            prop_assert!(verdict(&mild, id) <= verdict(&strict, id), "{}", id);
            prop_assert!(worst(&after, id) <= worst(&before, id), "{}", id);
        }
    }

    #[test]
    fn a_further_upstream_never_makes_anything_better(
        models in models(), stances in stances(), facts: bool, how in 0..HOW.len(), base in license(),
    ) {
        let policy = policy(&stances, facts);
        let without: Vec<Model> = models.iter().map(|it| (it.0, it.1, None, it.3)).collect();
        let mut with = without.clone();
        with[0].1 = how;
        with[0].2 = Some(with.len());
        with.push((base, 0, None, None));
        let without = Project::new(&files(&without), &policy);
        let with = Project::new(&files(&with), &policy);
        let (before, after) = (without.report(), with.report());
        for id in without.graph.components.keys() {
            prop_assert!(verdict(&with, id) >= verdict(&without, id), "{}", id);
            prop_assert!(worst(&after, id) >= worst(&before, id), "{}\n{}", id, with.findings());
        }
    }

    #[test]
    fn a_choice_is_its_best_and_a_sum_its_worst(
        one in license(), other in license(), stances in stances(), facts: bool,
    ) {
        let policy = policy(&stances, facts);
        let found = |license: &str| {
            let text = format!("---\nlicense: {license}\n---\n");
            let project = Project::new(&[("models/a/README.md".to_owned(), text)], &policy);
            verdict(&project, &ComponentId::path("models/a"))
        };
        let (a, b) = (LICENSES[one], LICENSES[other]);
        prop_assert_eq!(found(&format!("{a} OR {b}")), found(a).min(found(b)));
        prop_assert_eq!(found(&format!("{a} AND {b}")), found(a).max(found(b)));
    }

    #[test]
    fn an_exception_never_makes_anything_worse(
        models in models(), stances in stances(), facts: bool, tag in 0..Tag::ALL.len(), number in 0usize..4,
    ) {
        let policy = policy(&stances, facts);
        let exception = format!(
            "[[exception]]\nid = \"EX-1\"\npath = \"models/acme/m{number}\"\n\
             allow = [\"{}\", \"looser-than-upstream\"]\nbecause = \"b\"\nowner = \"o\"\n\
             approved = {{ by = \"a\", on = 2026-01-01, ticket = \"t\" }}\nexpires = 2026-12-31\n",
            Tag::ALL[tag]
        );
        let files = files(&models);
        let without = Project::new(&files, &policy);
        let with = Project::new(&files, &format!("{policy}{exception}"));
        let (before, after) = (without.report(), with.report());
        for id in without.graph.components.keys() {
            prop_assert!(verdict(&with, id) <= verdict(&without, id), "{}", id);
            prop_assert!(worst(&after, id) <= worst(&before, id), "{}", id);
        }
    }

    #[test]
    fn findings_point_into_the_sources_and_are_the_same_every_time(
        models in models(), stances in stances(), facts: bool,
    ) {
        let project = Project::new(&files(&models), &policy(&stances, facts));
        let report = project.report();
        let places = report.findings.iter().flat_map(|it| {
            it.because.steps().filter_map(|it| it.at).chain([it.at]).collect::<Vec<_>>()
        });
        for at in places {
            let source = project.sources.get(at.source);
            prop_assert!(source.is_some_and(|it| it.text.get(at.range()).is_some()), "{:?}", at);
        }
        for finding in &report.findings {
            prop_assert!(finding.level > Level::Allow);
            prop_assert!(!finding.message.ends_with('.') && !finding.message.contains('\n'));
        }
        prop_assert_eq!(format!("{report:?}"), format!("{:?}", project.report()));
    }

    #[test]
    fn one_mistake_of_one_component_is_told_once(models in models(), stances in stances()) {
        let project = Project::new(&files(&models), &policy(&stances, false));
        let mut seen = std::collections::BTreeSet::new();
        for it in project.report().findings {
            let data = it.rule.contains("data") || it.rule.contains("upstream");
            let which = if data { it.cause.clone() } else { String::new() };
            let key = (it.rule, it.component.clone(), it.license.clone(), which);
            prop_assert!(seen.insert(key), "{} {}", it.rule, it.message);
        }
    }
}
