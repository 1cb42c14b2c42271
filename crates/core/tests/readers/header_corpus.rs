//! Real weight files: what is read agrees with what the corpus says is in them.

use crate::common::{assert_places, corpora, read};

/// Which of the facts in a row of the manifest were read otherwise.
fn disagreements(path: &str, facts: &str, bytes: &[u8]) -> Vec<String> {
    let (source, reading) = read(path, bytes);
    assert_places(&source, &reading);
    let mut wrong = Vec::new();
    let mut agree = |what: String, is_so: bool| {
        if !is_so {
            wrong.push(format!("{path}: {what}, but rendered as\n{}", source.text));
        }
    };
    let read_well = reading.problems.is_empty();
    if facts.starts_with("git-lfs pointer") {
        agree("a pointer".into(), source.text.contains("git-lfs.oid"));
    } else if facts.starts_with("unreadable") {
        agree("unreadable".into(), !read_well);
    } else {
        agree(format!("readable: {:?}", reading.problems), read_well);
    }
    let general = facts.split_once("general={").map_or("", |it| it.1);
    let json: serde_json::Value =
        serde_json::from_str(&format!("{{{}", general.split(';').next().unwrap_or("}")))
            .unwrap_or_default();
    for (key, value) in json.as_object().into_iter().flatten() {
        let line = format!("{key} = {}\n", value.to_string().replace("\",\"", "\", \""));
        agree(line.clone(), source.text.contains(&line));
    }
    let licensed = reading.sightings.iter().any(|it| !it.licenses.is_empty());
    agree("licensed or not".into(), licensed == json.get("general.license").is_some());
    if facts.contains("\"__metadata__\": {\"format\": \"pt\"}") {
        agree("format".into(), source.text == "format = \"pt\"\n");
    }
    wrong
}

#[test]
fn real_headers_say_what_the_corpus_says() {
    let Some(corpora) = corpora() else { return };
    let manifest = std::fs::read_to_string(corpora.join("MANIFEST.tsv")).unwrap();
    let (mut count, mut wrong) = (0, Vec::new());
    for row in manifest.lines() {
        let fields: Vec<&str> = row.split('\t').collect();
        let (path, facts) = (fields[0], fields[5]);
        let is_header = [".gguf", ".safetensors"].iter().any(|it| path.ends_with(it));
        if !is_header || facts.is_empty() {
            continue;
        }
        let bytes = std::fs::read(corpora.join(path)).unwrap();
        wrong.extend(disagreements(path, facts, &bytes));
        count += 1;
    }
    println!("{count} real headers");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 30, "only {count} headers in the corpus");
}
