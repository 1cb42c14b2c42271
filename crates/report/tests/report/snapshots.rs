//! What each format makes of the sample, kept in files beside this one.

use caveat_core::inventory::Graph;
use caveat_policy::finding::Report;
use caveat_report::formats::FORMATS;
use caveat_report::run::Look;
use expect_test::{ExpectFile, expect_file};

use crate::sample::{Sample, written};

const PLAIN: Look = Look { width: 100, color: false, verbose: false };

fn check(format: &str, look: Look, audit: bool, judged: bool, expected: &ExpectFile) {
    let sample = Sample::new();
    let mut run = sample.run();
    run.audit = audit;
    if !judged {
        (run.report, run.policy) = (None, None);
    }
    let output = written(format, &run, &look);
    assert_eq!(output.contains('\u{1b}'), look.color, "escapes come from us or not at all");
    expected.assert_eq(&output);
}

#[test]
fn full() {
    check("full", PLAIN, false, true, &expect_file!["snapshots/full-100.txt"]);
}

#[test]
fn full_on_a_narrow_device() {
    let look = Look { width: 60, ..PLAIN };
    check("full", look, false, true, &expect_file!["snapshots/full-60.txt"]);
}

#[test]
fn full_in_colour() {
    let look = Look { color: true, ..PLAIN };
    check("full", look, false, true, &expect_file!["snapshots/full-color.txt"]);
}

#[test]
fn full_for_auditors() {
    let look = Look { verbose: true, ..PLAIN };
    check("full", look, true, true, &expect_file!["snapshots/full-audit.txt"]);
}

#[test]
fn full_inventory() {
    check("full", PLAIN, false, false, &expect_file!["snapshots/full-inventory.txt"]);
}

#[test]
fn concise() {
    check("concise", PLAIN, true, true, &expect_file!["snapshots/concise.txt"]);
}

#[test]
fn concise_inventory() {
    check("concise", PLAIN, false, false, &expect_file!["snapshots/concise-inventory.txt"]);
}

#[test]
fn json() {
    check("json", PLAIN, true, true, &expect_file!["snapshots/full.json"]);
}

#[test]
fn json_lines() {
    check("json-lines", PLAIN, true, true, &expect_file!["snapshots/full.jsonl"]);
}

#[test]
fn json_lines_inventory() {
    check("json-lines", PLAIN, false, false, &expect_file!["snapshots/inventory.jsonl"]);
}

#[test]
fn sarif() {
    let sample = Sample::new();
    let run = caveat_report::run::Run { audit: true, ..sample.run() };
    let mut log: serde_json::Value =
        serde_json::from_str(&written("sarif", &run, &PLAIN)).expect("it is JSON");
    // The pages of the rules are tested where they stand; one shows what is made of them.
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().expect("there are rules");
    rules.truncate(1);
    rules[0]["help"] = "…".into();
    for it in log["runs"][0]["results"].as_array_mut().expect("there are results") {
        it["ruleIndex"] = "…".into();
    }
    let log = serde_json::to_string_pretty(&log).expect("it is JSON");
    expect_file!["snapshots/sarif.json"].assert_eq(&log);
}

#[test]
fn github() {
    check("github", PLAIN, true, true, &expect_file!["snapshots/github.txt"]);
}

#[test]
fn gitlab() {
    check("gitlab", PLAIN, true, true, &expect_file!["snapshots/gitlab.json"]);
}

#[test]
fn junit() {
    let sample = Sample::new();
    let document = written("junit", &sample.run(), &PLAIN);
    let mut suites = document.split("  <testsuite ");
    let head = suites.next().expect("there is a head");
    let tests = format!("tests=\"{}\"", document.matches("<testcase ").count());
    assert!(head.contains(&tests), "{tests}: {head}");
    // What is kept tells of rules that this sample has nothing to do with; the first shows how.
    let (kept, broken): (Vec<_>, Vec<_>) = suites.partition(|it| it.contains("\"/>"));
    let suites = kept.iter().take(1).chain(&broken);
    let suites: String = suites.flat_map(|it| ["  <testsuite ", it]).collect();
    let document = head.replace(&tests, "tests=\"…\"") + &suites;
    expect_file!["snapshots/junit.xml"].assert_eq(&document);
}

#[test]
fn rdjson() {
    check("rdjson", PLAIN, true, true, &expect_file!["snapshots/rdjson.json"]);
}

#[test]
fn rdjsonl() {
    check("rdjsonl", PLAIN, true, true, &expect_file!["snapshots/rdjsonl.jsonl"]);
}

#[test]
fn markdown() {
    check("markdown", PLAIN, false, true, &expect_file!["snapshots/markdown.md"]);
}

#[test]
fn markdown_for_auditors() {
    check("markdown", PLAIN, true, true, &expect_file!["snapshots/markdown-audit.md"]);
}

#[test]
fn a_clean_run_takes_one_line() {
    let sample = Sample::new();
    let (report, graph) = (Report::default(), Graph::default());
    let mut run = sample.run();
    (run.report, run.graph, run.default_because) =
        (Some(&report), &graph, Some("no caveat.toml was found"));
    run.policy = Some("starter");
    let expected = "summary: no findings; no components; 7 of 9 files read, 1 skipped; \
         4.32 kB of the 9.87 GB in 2 weight files; policy \
                    starter (built-in default: no caveat.toml was found); not looked at: the network; \
                    images\n";
    assert_eq!(written("full", &run, &PLAIN), expected);
    assert_eq!(written("concise", &run, &PLAIN), expected.trim_start_matches("summary: "));
}

#[test]
fn names_of_formats_are_kebab_and_unique() {
    let mut names: Vec<_> = FORMATS.iter().map(|it| it.name).collect();
    assert!(names.iter().all(|it| it.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), FORMATS.len());
}
