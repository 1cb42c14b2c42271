//! Worked cases of what may be labelled how: `compat-cases.txt` says what each should come to.

use caveat_core::component::How;
use caveat_policy::finding::Finding;
use caveat_policy::named;
use caveat_policy::verdict::Level;

mod common;

use common::Project;

const CASES: &str = include_str!("compat-cases.txt");

/// Licenses that only the tests know, for labels that are nobody's.
const OWN_LICENSES: &str = r#"
[[license]]
id   = "LicenseRef-Acme-EULA"
tags = ["proprietary"]

[[license]]
id   = "LicenseRef-Acme-EULA-with-that-list"
tags = ["proprietary", "use-restricted"]
"#;

#[derive(Debug)]
struct Worked<'a> {
    number: &'a str,
    upstream: Vec<&'a str>,
    relation: &'a str,
    label: &'a str,
    expected: &'a str,
    /// What comes out today instead, and why.
    later: Option<(&'a str, &'a str)>,
}

fn worked() -> Vec<Worked<'static>> {
    let lines = CASES.lines().filter(|it| !it.starts_with('#') && !it.is_empty());
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [number, upstream, relation, label, expected, later @ ..] = &cells[..] else {
                panic!("a case has five cells: {line}");
            };
            let later = later.first().map(|it| it.split_once(": ").expect("what, and why"));
            let upstream = upstream.split(" + ").collect();
            Worked { number, upstream, relation, label, expected, later }
        })
        .collect()
}

#[test]
fn every_case_comes_to_what_was_worked_out() {
    let mut wrong = Vec::new();
    for case in worked() {
        let (found, told) = verdict(&case);
        let expected = case.later.map_or(case.expected, |(now, _)| now);
        if found != expected {
            wrong.push(format!("{case:?}\n  came to {found}\n{told}"));
        }
        if let Some((now, _)) = case.later {
            assert_ne!(now, case.expected, "{}: nothing is left for later", case.number);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_has_a_number_of_its_own() {
    let mut numbers: Vec<&str> = worked().iter().map(|it| it.number).collect();
    let all = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), all);
    assert!(all >= 50, "{all} cases");
}

/// What a case comes to, and the findings that say so.
fn verdict(case: &Worked<'_>) -> (&'static str, String) {
    let project = project(case);
    let report = project.report();
    let about = |it: &&Finding| it.component.as_str().ends_with("acme/made");
    let own: Vec<&Finding> = report.findings.iter().filter(about).collect();
    let worst =
        |rules: &[&str]| own.iter().filter(|it| rules.contains(&it.rule)).map(|it| it.level).max();
    let data = ["restricted-training-data", "missing-upstream"];
    let looser = worst(&["looser-than-upstream"]);
    let found = match (case.relation, looser) {
        ("tr", _) if worst(&data) >= Some(Level::Warn) => "review",
        ("tr", _) => "none",
        (_, Some(Level::Deny)) => "conflict",
        // Whatever else lets a person look is as good, where one has to.
        (_, None) if case.expected == "review" && case.later.is_none() => {
            let any = own.iter().any(|it| it.level >= Level::Warn);
            if any { "review" } else { "none" }
        }
        (_, None) => "none",
        (_, Some(_)) => "review",
    };
    (found, project.findings())
}

/// One thing, `acme/made`, and what it was made from.
fn project(case: &Worked<'_>) -> Project {
    let (folder, key) = match case.relation {
        "dd" => ("datasets", "source_datasets"),
        "tr" => ("models", "datasets"),
        "ft" | "ad" | "mg" | "qt" | "ds" | "cp" => ("models", "base_model"),
        other => panic!("no relation is called {other}"),
    };
    let parents = if case.relation == "tr" { "datasets" } else { folder };
    let mut card = format!("---\nlicense: {}\n{key}:\n", case.label);
    let mut files = Vec::new();
    for (number, license) in case.upstream.iter().enumerate() {
        card.extend(["- there/base", &number.to_string(), "\n"]);
        let path = format!("{parents}/there/base{number}/README.md");
        files.push((path, format!("---\nlicense: {license}\n---\n")));
    }
    let how = match case.relation {
        "ad" => "adapter",
        "mg" => "merge",
        "qt" | "cp" => "quantized",
        _ => "finetune",
    };
    if key == "base_model" {
        card.extend(["base_model_relation: ", how, "\n"]);
    }
    files.push((format!("{folder}/acme/made/README.md"), format!("{card}---\n")));
    let policy = named::named(named::DEFAULT).expect("the default is shipped");
    let mut project = Project::new(&files, &format!("{policy}{OWN_LICENSES}"));
    assert_eq!(project.graph.relations.len(), case.upstream.len(), "{case:?}");
    if case.relation == "ds" {
        // No card has a field for this.
        project.graph.relations.iter_mut().for_each(|it| it.how = How::DistilledFrom);
    }
    project
}
