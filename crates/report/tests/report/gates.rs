//! What gates rely on: limits are kept, cuts are told, each finding has a name of its own.

use std::collections::BTreeSet;

use caveat_policy::rules::RULES;
use caveat_report::run::{Look, Run};
use serde_json::Value;

use crate::sample::{Sample, written};

const LOOK: Look = Look { width: 100, color: false, verbose: false };

/// The sample with its first finding so many times.
fn many(count: usize) -> Sample {
    let mut sample = Sample::new();
    let first = sample.report.findings[0].clone();
    sample.report.findings = vec![first; count];
    sample
}

fn json(format: &str, sample: &Sample) -> Value {
    serde_json::from_str(&written(format, &sample.run(), &LOOK)).expect("it is JSON")
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().expect("there are results")
}

fn notes(log: &Value) -> String {
    log["runs"][0]["invocations"][0]["toolExecutionNotifications"].to_string()
}

#[test]
fn sarif_keeps_the_limits_and_tells_what_it_cut() {
    let mut sample = many(25_003);
    for it in &mut sample.report.findings {
        (it.because.rest, it.help) = (Vec::new(), Vec::new());
    }
    let log = json("sarif", &sample);
    assert_eq!(results(&log).len(), 25_000);
    assert!(notes(&log).contains("3 findings are left out"), "{}", notes(&log));
}

#[test]
fn every_rule_has_what_code_scanning_shows() {
    let log = json("sarif", &Sample::new());
    let driver = &log["runs"][0]["tool"]["driver"];
    let rules = driver["rules"].as_array().expect("there are rules");
    assert_eq!(rules.len(), RULES.len());
    for (rule, known) in rules.iter().zip(RULES) {
        assert_eq!(rule["id"], known.name);
        for text in ["/shortDescription/text", "/fullDescription/text", "/help/text"] {
            let text = rule.pointer(text).and_then(Value::as_str).unwrap_or_default();
            assert!(text.ends_with(['.', '`', ':', '…']), "{}: {text:?}", known.name);
        }
        let full = rule["fullDescription"]["text"].as_str().unwrap_or_default();
        assert!(full.chars().count() <= 1024 && full.len() > 40, "{}: {full}", known.name);
        let help = rule["help"]["markdown"].as_str().unwrap_or_default();
        assert!(known.page.ends_with(&format!("{help}\n")), "{}", known.name);
    }
    for it in results(&log) {
        let index = it["ruleIndex"].as_u64().and_then(|it| usize::try_from(it).ok());
        assert_eq!(index.map(|it| &rules[it]["id"]), Some(&it["ruleId"]));
    }
}

#[test]
fn findings_that_are_the_same_have_names_of_their_own() {
    let sample = many(4);
    let log = json("sarif", &sample);
    let hash = |it: &Value| it["partialFingerprints"]["primaryLocationLineHash"].to_string();
    let hashes: BTreeSet<_> = results(&log).iter().map(hash).collect();
    let entries = json("gitlab", &sample);
    let entries = entries.as_array().expect("a list");
    let names: BTreeSet<_> = entries.iter().map(|it| it["fingerprint"].to_string()).collect();
    assert_eq!((hashes.len(), names.len()), (4, 4));
    assert_eq!(hashes, names);
}

#[test]
fn set_aside_is_shown_to_auditors_alone() {
    let sample = Sample::new();
    let mut run = sample.run();
    let suppressed =
        |run: &Run<'_>| written("sarif", run, &LOOK).matches("\"suppressions\"").count();
    assert_eq!(suppressed(&run), 0);
    run.audit = true;
    assert_eq!(suppressed(&run), 1);
    for gate in ["github", "gitlab", "junit", "rdjson", "rdjsonl"] {
        run.audit = false;
        let plain = written(gate, &run, &LOOK);
        run.audit = true;
        assert_eq!(written(gate, &run, &LOOK), plain, "{gate} fails on what is set aside");
    }
}

#[test]
fn annotations_beyond_ten_are_lines_of_the_log() {
    let text = written("github", &many(13).run(), &LOOK);
    assert_eq!(text.lines().filter(|it| it.starts_with("::error ")).count(), 10);
    assert_eq!(text.lines().filter(|it| it.starts_with("error[denied-license] ")).count(), 3);
    assert!(text.contains("3 findings are in the log of this step and not annotated"), "{text}");
}

#[test]
fn a_comment_has_room_in_a_pull_request() {
    let mut sample = many(3_000);
    for (number, it) in sample.report.findings.iter_mut().enumerate() {
        it.license = Some(format!("LicenseRef-{number}"));
    }
    let aside = sample.report.set_aside[0].clone();
    sample.report.set_aside = vec![aside; 3_000];
    let duty = sample.report.obligations[0].clone();
    sample.report.obligations = vec![duty; 3_000];
    let mut run = sample.run();
    run.audit = true;
    let text = written("markdown", &run, &LOOK);
    assert!(text.len() < 65_536, "{}", text.len());
    assert!(text.contains("more; `--format full --audit` has them"));
    run.audit = false;
    let text = written("markdown", &run, &LOOK);
    assert!(text.len() < 65_536, "{}", text.len());
    let shown = text.lines().filter(|it| it.starts_with("- **")).count();
    assert!(text.contains(&format!("- and {} more; `--format full` has them", 3_000 - shown)));
}

#[test]
fn nothing_points_out_of_the_repository() {
    let mut sample = Sample::new();
    let terms = crate::sample::at(&sample.sources, "terms/nimbus-nc.toml", "use");
    sample.report.findings.truncate(1);
    sample.report.findings[0].at = terms;
    let place = |sample: &Sample| {
        let log = json("sarif", sample);
        assert!(!log.to_string().contains("nimbus-nc.toml"));
        let place = &results(&log)[0]["locations"][0]["physicalLocation"];
        place["artifactLocation"]["uri"].clone()
    };
    assert_eq!(place(&sample), "apps/it/caveat.toml", "the policy has a line that asks for it");
    let because = &mut sample.report.findings[0].because;
    because.first.at = None;
    because.rest.iter_mut().for_each(|it| it.at = None);
    assert_eq!(place(&sample), "caveat.toml", "there is neither a place nor a component");
}
