//! Worked cases of what may be labelled and used how: `compat-cases.txt` says what each should
//! come to, and by which clause.

use std::fmt::Write as _;

use caveat_core::component::How;

use caveat_policy::finding::{Finding, Report};
use caveat_policy::named;
use caveat_policy::obligations::of_license;
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

/// A policy that stops only what the texts stop.
const AS_THE_TEXTS_SAY: &str = r#"
[rules]
otherwise  = "allow"
unknown    = "deny"
unanswered = "review"

[rules.model]
test = ["scale-capped", "revenue-capped", "device-capped", "territorial", "seat-restricted",
        "competitor-barred"]
deny = ["non-commercial", "research-only"]

[rules.code]
deny = ["network-reciprocal"]
"#;

#[derive(Debug)]
struct Worked<'a> {
    number: &'a str,
    upstream: Vec<&'a str>,
    relation: &'a str,
    label: &'a str,
    facts: Vec<(&'a str, &'a str)>,
    expected: &'a str,
    clause: &'a str,
    /// What comes out today instead, and why.
    later: Option<(&'a str, &'a str)>,
}

impl Worked<'_> {
    fn fact(&self, name: &str) -> Option<&str> {
        self.facts.iter().find(|(it, _)| *it == name).map(|(_, value)| *value)
    }

    /// Whether it is about a use rather than a label.
    fn is_use(&self) -> bool {
        matches!(self.relation, "app" | "code" | "ln")
    }
}

fn worked() -> Vec<Worked<'static>> {
    let lines = CASES.lines().filter(|it| !it.starts_with('#') && !it.is_empty());
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [number, upstream, relation, label, facts, expected, clause, later @ ..] =
                &cells[..]
            else {
                panic!("a case has seven cells: {line}");
            };
            let later = later.first().map(|it| it.split_once(": ").expect("what, and why"));
            let upstream = upstream.split(" + ").collect();
            let facts = facts.split("; ").filter(|it| !it.is_empty());
            let facts = facts.map(|it| it.split_once(' ').expect("a name and a value")).collect();
            Worked { number, upstream, relation, label, facts, expected, clause, later }
        })
        .collect()
}

#[test]
fn every_case_comes_to_what_was_worked_out_by_its_clause() {
    let mut wrong = String::new();
    for case in &worked() {
        let project = project(case);
        let report = project.report();
        let found = verdict(case, &report);
        let expected = case.later.map_or(case.expected, |(now, _)| now);
        if found != expected {
            writeln!(wrong, "{case:?}\n  came to {found}\n{}", project.findings()).unwrap();
        } else if case.later.is_none() && !cites(case, &project, &report) {
            let cited = cited(&project, &report);
            writeln!(wrong, "{case:?}\n  is right, but of the clauses {cited:?}").unwrap();
        }
        if let Some((now, _)) = case.later {
            assert_ne!(now, case.expected, "{}: nothing is left for later", case.number);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_case_has_a_number_of_its_own() {
    let mut numbers: Vec<&str> = worked().iter().map(|it| it.number).collect();
    let all = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), all);
    let listed = numbers.iter().filter(|it| it.bytes().all(|it| it.is_ascii_digit())).count();
    assert!(listed >= 78, "{listed} cases of the list, {all} in all");
}

/// Findings about what was made, or in a case about use, about what is used.
fn about<'a>(case: &Worked<'_>, report: &'a Report) -> Vec<&'a Finding> {
    let own = |it: &&Finding| case.is_use() || it.component.as_str().ends_with("acme/made");
    report.findings.iter().filter(own).collect()
}

/// What a case comes to.
fn verdict(case: &Worked<'_>, report: &Report) -> &'static str {
    let own = about(case, report);
    let worst =
        |rules: &[&str]| own.iter().filter(|it| rules.contains(&it.rule)).map(|it| it.level).max();
    let any = own.iter().map(|it| it.level).max();
    let data = ["restricted-training-data", "missing-upstream"];
    let looser = worst(&["looser-than-upstream"]).filter(|it| *it > Level::Note);
    let told = match (case.relation, looser) {
        ("app" | "code", _) => any,
        ("ln", _) if case.fact("device").is_some() => any,
        ("ln", _) => worst(&["incompatible-licenses", "outbound-conflict"]),
        ("tr", _) => worst(&data),
        // Whatever else lets a person look is as good, where one has to.
        (_, None) if case.expected == "review" && case.later.is_none() => {
            any.min(Some(Level::Warn))
        }
        (_, looser) => looser,
    };
    match told {
        Some(Level::Deny) => "conflict",
        Some(Level::Warn) => "review",
        Some(Level::Note | Level::Allow) | None => "none",
    }
}

/// Whether the clause that should have decided is among those that are told.
fn cites(case: &Worked<'_>, project: &Project, report: &Report) -> bool {
    let mut found = about(case, report).into_iter().flat_map(|it| it.because.steps());
    let told = found.any(|it| it.cite.as_ref().is_some_and(|it| it.contains(case.clause)));
    let duties = duties(project).into_iter().any(|it| it.contains(case.clause));
    // By which clause an exception may be made, the help for what it sets aside says.
    let mut advice = report.set_aside.iter().flat_map(|it| &it.finding.help);
    let mut advised = || advice.any(|it| it.contains(case.clause));
    case.clause == "-" || told || (case.expected == "none" && (duties || advised()))
}

fn cited(project: &Project, report: &Report) -> Vec<String> {
    let steps = report.findings.iter().flat_map(|it| it.because.steps());
    steps.filter_map(|it| it.cite.clone()).chain(duties(project)).collect()
}

/// The clauses of all that the licenses ask of whoever passes something on, whatever is done here.
fn duties(project: &Project) -> Vec<String> {
    let case = project.case();
    let bound = case.decided.iter().flat_map(|(id, it)| it.binding.iter().map(move |it| (id, it)));
    bound.flat_map(|(id, it)| of_license(&case, id, it, &[])).map(|it| it.cite).collect()
}

fn project(case: &Worked<'_>) -> Project {
    let policy = policy(case);
    let mut project = Project::new(&files(case), &policy);
    if !case.is_use() && case.relation != "by" {
        assert_eq!(project.graph.relations.len(), case.upstream.len(), "{case:?}");
    }
    if case.relation == "ds" {
        let made = project.graph.relations.iter_mut();
        made.for_each(|it| it.how = How::DistilledFrom);
    }
    project
}

/// One thing, `acme/made`, and what it was made from; or what is used.
fn files(case: &Worked<'_>) -> Vec<(String, String)> {
    let (folder, key) = match case.relation {
        "dd" => ("datasets", "source_datasets"),
        "out" => ("datasets", "base_model"),
        "tr" => ("models", "datasets"),
        "ft" | "ad" | "mg" | "qt" | "ds" | "cp" => ("models", "base_model"),
        "by" => ("models", "library"),
        "app" => return used(case),
        "ln" => return linked(case),
        "code" => {
            let text =
                format!("[package]\nname = \"server\"\nlicense = \"{}\"\n", case.upstream[0]);
            return vec![("server/Cargo.toml".to_owned(), text)];
        }
        other => panic!("no relation is called {other}"),
    };
    let mut files = Vec::new();
    let mut card = format!("---\nlicense: {}\n", case.label);
    for (fact, key) in [("name", "model_name"), ("task", "pipeline_tag"), ("tags", "tags")] {
        card.extend(case.fact(fact).map(|it| format!("{key}: {it}\n")));
    }
    if case.relation == "out" {
        card += "pretty_name: Chats\nsize_categories: [n<1K]\ntask_categories: [text-generation]\n";
    }
    if case.relation == "by" {
        let text = format!("[package]\nname = \"train\"\nlicense = \"{}\"\n", case.upstream[0]);
        files.push(("train/Cargo.toml".to_owned(), text));
    } else {
        card.extend([key, ":\n"]);
        let parents = match case.relation {
            "tr" | "dd" => "datasets",
            _ => "models",
        };
        for (number, license) in case.upstream.iter().enumerate() {
            if let Some(name) = case.fact("absent") {
                card.extend(["- ", name, "\n"]);
                continue;
            }
            card.extend(["- there/base", &number.to_string(), "\n"]);
            let path = format!("{parents}/there/base{number}/README.md");
            let task = case.fact("teaches").map(|it| format!("pipeline_tag: {it}\n"));
            let task = task.unwrap_or_default();
            files.push((path, format!("---\nlicense: {license}\n{task}---\n")));
        }
    }
    let how = match case.relation {
        "ad" => "adapter",
        "mg" => "merge",
        "qt" | "cp" => "quantized",
        _ => "finetune",
    };
    if key == "base_model" && case.relation != "out" {
        card.extend(["base_model_relation: ", how, "\n"]);
    }
    files.push((format!("{folder}/acme/made/README.md"), format!("{card}---\n")));
    files
}

/// A program under the label, and the library that it needs.
fn linked(case: &Worked<'_>) -> Vec<(String, String)> {
    let head =
        format!("\"name\": \"made\", \"version\": \"1.0.0\", \"license\": \"{}\"", case.label);
    let needs = "\"dependencies\": {\"base\": \"1.0.0\"}";
    let base = format!("{{\"version\": \"1.0.0\", \"license\": \"{}\"}}", case.upstream[0]);
    let packages = format!("{{\"\": {{{head}, {needs}}}, \"node_modules/base\": {base}}}");
    vec![
        ("package.json".to_owned(), format!("{{{head}, {needs}}}")),
        (
            "package-lock.json".to_owned(),
            format!("{{{head}, \"lockfileVersion\": 3, \"packages\": {packages}}}"),
        ),
    ]
}

/// What a product uses.
fn used(case: &Worked<'_>) -> Vec<(String, String)> {
    let name = case.fact("name").unwrap_or("base");
    let model = |license: &&str| {
        let text = format!("---\nlicense: {license}\n---\n");
        (format!("models/there/{name}/README.md"), text)
    };
    case.upstream.iter().map(model).collect()
}

/// What is on record beside facts: an exception, and the rule that the policy for devices has.
fn record(case: &Worked<'_>) -> String {
    let excepted = case.fact("excepted").map(|tag| {
        format!(
            "[[exception]]\nid = \"E\"\npath = \"models/**\"\nallow = [\"{tag}\"]\n\
             because = \"It came inside the product of a vendor.\"\nowner = \"ann@acme.example\"\n\
             approved = {{ by = \"counsel@acme.example\", on = 2026-05-04, ticket = \"L-8\" }}\n\
             expires = 2027-05-03\n"
        )
    });
    let shipped = named::named("on-device").unwrap_or_default();
    let rules =
        shipped.split("\n\n").filter(|it| it.contains("user-can-relink = false }\nverdict"));
    let rules = case.fact("device").map(|_| rules.collect::<Vec<_>>().join("\n"));
    excepted.unwrap_or_default() + &rules.unwrap_or_default()
}

/// The default policy where a label is judged; one that says no more than the texts where a use is.
fn policy(case: &Worked<'_>) -> String {
    let mut text = if case.is_use() {
        let is_linked = case.relation == "ln";
        let usual = if is_linked { "distribute-binary" } else { "saas" };
        let usage = case.fact("use").unwrap_or(usual);
        let outbound = if is_linked { "outbound = \"declared\"\n" } else { "" };
        let mut org = "caveat = 1\n[org]\ncommercial = true\n".to_owned();
        org.extend(case.fact("seat").map(|it| format!("domicile = \"{it}\"\n")));
        org.extend(case.fact("markets").map(|it| format!("markets = [\"{it}\"]\n")));
        for fact in ["business", "fields"] {
            let words = case.fact(fact).map(|it| if it == "none" { "" } else { it });
            let quoted = |it: &str| format!("\"{it}\"");
            let list = words.map(|it| it.split(' ').filter(|it| !it.is_empty()).map(quoted));
            let list = list.map(|it| it.collect::<Vec<_>>().join(", "));
            org.extend(list.map(|it| format!("{fact} = [{it}]\n")));
        }
        let figures = [("mau", "mau"), ("mau@", "mau"), ("revenue", "annual-revenue-usd")];
        for (fact, value) in &case.facts {
            let (fact, day) = fact.split_once('@').unwrap_or((fact, "2023-06-01"));
            if let Some((_, figure)) = figures.iter().find(|(it, _)| *it == fact) {
                writeln!(org, "[[org.facts]]\nas-of = {day}\n{figure} = {value}")
                    .expect("a string can be written to");
            }
        }
        let product = "[[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [\"";
        let device = case.fact("device").map(|_| "device = { user-can-relink = false }\n");
        let device = device.unwrap_or_default();
        let rest = record(case);
        format!("{org}{product}{usage}\"]\n{device}{outbound}{AS_THE_TEXTS_SAY}{rest}")
    } else {
        named::named(named::DEFAULT).expect("the default is shipped").to_owned()
    };
    text += OWN_LICENSES;
    if let Some((question, stance)) = case.fact("stance").and_then(|it| it.split_once('=')) {
        writeln!(text, "[relations]\n{question} = \"{stance}\"")
            .expect("a string can be written to");
    }
    text
}
