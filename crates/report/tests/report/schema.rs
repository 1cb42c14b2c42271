//! The JSON format keeps to its published schema, and the schema knows every field.

use caveat_core::inventory::Graph;
use caveat_core::source::{SourceId, Span};
use caveat_policy::finding::Report;
use caveat_report::run::{Look, Run};
use serde_json::Value;

use crate::sample::{Sample, written};

const LOOK: Look = Look { width: 100, color: false, verbose: false };

/// The schema, made to refuse fields that it does not name.
fn strict() -> jsonschema::Validator {
    let text = include_str!("../../schema/caveat-1.schema.json");
    let mut schema: Value = serde_json::from_str(text).expect("the schema is JSON");
    refuse_unnamed(&mut schema);
    jsonschema::draft202012::new(&schema).expect("the schema is a schema")
}

fn refuse_unnamed(schema: &mut Value) {
    let Value::Object(fields) = schema else {
        return;
    };
    fields.values_mut().for_each(refuse_unnamed);
    if fields.get("type") == Some(&"object".into()) {
        fields.entry("additionalProperties").or_insert(false.into());
    }
}

fn json(run: &Run<'_>) -> Value {
    serde_json::from_str(&written("json", run, &LOOK)).expect("the output is JSON")
}

fn check(run: &Run<'_>) {
    let output = json(run);
    let errors: Vec<_> =
        strict().iter_errors(&output).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn every_run_fits_the_schema() {
    let mut sample = Sample::new();
    sample.report.findings[0].at = Span::new(SourceId(99), 0..1);
    let (report, graph) = (Report::default(), Graph::default());
    let run = sample.run();
    check(&run);
    check(&Run { audit: true, ..run });
    check(&Run { report: None, policy: None, categories: None, ..run });
    check(&Run { report: Some(&report), graph: &graph, ..run });
}

#[test]
fn the_schema_can_refuse() {
    let sample = Sample::new();
    let mut output = json(&sample.run());
    assert!(strict().is_valid(&output));
    output["findings"][0]["verdict"] = "allowed".into();
    assert!(!strict().is_valid(&output));
    output = json(&sample.run());
    output["components"][0]["unheard-of"] = 1.into();
    assert!(!strict().is_valid(&output));
}

#[test]
fn offsets_lead_to_the_words_in_the_file() {
    let sample = Sample::new();
    let output = json(&sample.run());
    let claims: Vec<_> = output["components"]
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|it| it["claims"].as_array().expect("a list"))
        .collect();
    assert!(!claims.is_empty());
    for claim in claims.iter().filter(|it| it["origin"] == "card") {
        let mut sources = sample.sources.iter();
        let source = sources.find(|it| it.name == claim["path"]).expect("a source");
        let range = claim["start"].as_u64().expect("a number")..claim["end"].as_u64().expect("one");
        let range = usize::try_from(range.start).expect("small")
            ..usize::try_from(range.end).expect("small");
        assert_eq!(source.text[range], claim["raw"]);
    }
    let weights: Vec<_> = claims.iter().filter(|it| it["origin"] == "weights").collect();
    assert_eq!(weights[0]["start"], 10_432);
}
