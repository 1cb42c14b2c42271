//! A fix is the same in every format that has words for one.

use caveat_report::run::Look;
use serde_json::Value;

use crate::sample::{Sample, written};

const LOOK: Look = Look { width: 100, color: false, verbose: false };

/// What the card of the sample says once it is mended.
const MENDED: &str =
    "\u{feff}---\nlicense: other # 大らか\nlicense_name: grand\nbase_model: 雲/grand-12b\n---\n";

fn json(format: &str, sample: &Sample) -> Value {
    serde_json::from_str(&written(format, &sample.run(), &LOOK)).expect("it is JSON")
}

/// The card of the sample with replacements made: line, column, line, column, words. Columns count
/// bytes, or characters.
fn replaced(sample: &Sample, mut edits: Vec<[Value; 5]>, in_bytes: bool) -> String {
    let named = |it: &&caveat_core::source::Source| it.name == "models/support/README.md";
    let text = sample.sources.iter().find(named).expect("the card is there").text.to_string();
    let number = |it: &Value| usize::try_from(it.as_u64().expect("a number")).expect("it fits");
    let offset = |text: &str, line: &Value, column: &Value| {
        let before: usize = text.split_inclusive('\n').take(number(line) - 1).map(str::len).sum();
        let line = text[before..].split('\n').next().unwrap_or_default();
        let mark = if line.starts_with('\u{feff}') { 3 } else { 0 };
        let columns = number(column) - 1;
        let width = line[mark..].chars().take(columns).map(char::len_utf8).sum::<usize>();
        before + mark + if in_bytes { columns } else { width }
    };
    edits.reverse();
    let mut mended = text.clone();
    for [line, column, end_line, end_column, words] in &edits {
        let range = offset(&text, line, column)..offset(&text, end_line, end_column);
        mended.replace_range(range, words.as_str().expect("words"));
    }
    mended
}

#[test]
fn reviewdog_gets_one_range_with_what_stands_between_the_edits() {
    let sample = Sample::new();
    let all = json("rdjson", &sample);
    let all = all["diagnostics"].as_array().expect("a list").iter();
    let suggested: Vec<&Value> = all.filter_map(|it| it.get("suggestions")).collect();
    let [Value::Array(one)] = suggested[..] else { panic!("{suggested:#?}") };
    let (range, text) = (&one[0]["range"], one[0]["text"].clone());
    let place = |it: &str, field: &str| range[it][field].clone();
    let edit = [
        place("start", "line"),
        place("start", "column"),
        place("end", "line"),
        place("end", "column"),
        text,
    ];
    assert_eq!(replaced(&sample, vec![edit], true), MENDED);
}

#[test]
fn sarif_gets_each_edit_by_itself() {
    let sample = Sample::new();
    let log = json("sarif", &sample);
    let all = log["runs"][0]["results"].as_array().expect("a list").iter();
    let fixes: Vec<&Value> = all.filter_map(|it| it.get("fixes")).collect();
    let [Value::Array(one)] = fixes[..] else { panic!("{fixes:#?}") };
    let change = &one[0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "apps/it/models/support/README.md");
    let replacements = change["replacements"].as_array().expect("a list").iter();
    let edits = replacements.map(|it| {
        let at = |field: &str| it["deletedRegion"][field].clone();
        [
            at("startLine"),
            at("startColumn"),
            at("endLine"),
            at("endColumn"),
            it["insertedContent"]["text"].clone(),
        ]
    });
    assert_eq!(replaced(&sample, edits.collect(), false), MENDED);
    assert!(one[0]["description"]["text"].as_str().is_some_and(|it| it.contains("grand")));
}
