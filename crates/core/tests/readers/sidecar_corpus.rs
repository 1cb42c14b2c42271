//! Real metadata of datasets and models: what is read agrees with what the corpus says is in it.

use std::collections::BTreeSet;
use std::path::Path;

use caveat_core::component::Kind;
use caveat_core::reading::{Meant, Reading};
use serde_json::Value;

use caveat_core::readers::READERS;

use crate::common::{assert_places, corpora, read_text, shown};

/// The parts of the corpus that this test is about.
const FOLDERS: [&str; 9] = [
    "dataset-cards/citation-cff/",
    "dataset-cards/creative/",
    "dataset-cards/croissant/",
    "dataset-cards/datacite/",
    "dataset-cards/datapackage/",
    "dataset-cards/kaggle/",
    "weights/configs/",
    "weights/mlflow/",
    "weights/ollama/",
];

/// Files of these folders that say nothing of licenses or lineage, or are read as weights or as
/// license texts.
fn is_beside(path: &str) -> bool {
    let name = Path::new(path).file_name().and_then(|it| it.to_str()).expect("a name");
    name == ".gitattributes"
        || name == "LICENSE"
        || name == "special_tokens_map.json"
        || name == "scheduler_config.json"
        || path.ends_with(".safetensors")
}

/// All words of a reading that may be those of a license.
fn found(reading: &Reading) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for seen in &reading.sightings {
        words.extend(seen.traits.iter().map(|it| it.value.clone()));
        for it in &seen.licenses {
            words.insert(it.raw.value.clone());
            if let Meant::HubId { name, link } = &it.meant {
                words.extend([name, link].into_iter().flatten().map(|it| it.value.clone()));
            }
        }
    }
    words
}

/// The values of the facts that are about licenses.
fn stated(facts: &str) -> Vec<Value> {
    let mut values = Vec::new();
    for (at, _) in facts.match_indices('=') {
        let key = facts[..at].rsplit(['/', ' ']).next().unwrap_or_default();
        let value = &facts[at + 1..];
        if !["license", "licenses", "licenseId", "rights", "rightsList"].contains(&key) {
            continue;
        }
        if let Some(Ok(it)) = serde_json::Deserializer::from_str(value).into_iter().next() {
            values.push(it);
        }
    }
    values
}

/// The words of each license in a value.
fn words(value: &Value) -> Vec<String> {
    let one = |it: &Value| match it {
        Value::String(it) => Some(it.clone()),
        Value::Object(it) => ["name", "rights", "title", "path"]
            .iter()
            .find_map(|key| it.get(*key)?.as_str().map(str::to_owned)),
        _ => None,
    };
    match value {
        Value::Array(all) => all.iter().filter_map(one).collect(),
        other => one(other).into_iter().collect(),
    }
}

/// Which facts of a row about a license were read otherwise.
fn licenses(path: &str, facts: &str, reading: &Reading) -> Vec<String> {
    let said = found(reading);
    let expected: Vec<String> = stated(facts).iter().flat_map(words).collect();
    let mut wrong: Vec<String> = expected
        .iter()
        .filter(|it| !said.contains(*it))
        .map(|it| format!("{path}: {it:?} is not found"))
        .collect();
    let link = facts.split_once("license-url=http").map_or("", |it| it.1);
    let link = link.split(';').next().unwrap_or_default();
    let licensed = reading.sightings.iter().any(|it| !it.licenses.is_empty());
    let says_nothing = expected.is_empty() && link.is_empty();
    let is_access = expected.iter().all(|it| it == "Open Access");
    if says_nothing && licensed || !says_nothing && !licensed && !is_access {
        wrong.push(format!("{path}: {facts}, but read as\n{}", shown(reading)));
    }
    wrong
}

#[test]
fn real_metadata_of_datasets_says_what_the_corpus_says() {
    let (mut count, mut licensed, mut wrong) = (0, 0, Vec::new());
    for (path, facts, text) in rows("dataset-cards/") {
        let (source, reading) = read_text(&path, &text);
        assert_places(&source, &reading);
        // A comma that is missing is forgiven: that row is readable all the same.
        if reading.problems.iter().any(|it| it.what.contains("not valid")) {
            wrong.push(format!("{path}: {:?}", reading.problems));
        }
        licensed += usize::from(reading.sightings.iter().any(|it| !it.licenses.is_empty()));
        wrong.extend(licenses(&path, &facts, &reading));
        count += 1;
    }
    println!("{count} files of metadata, {licensed} with a license");
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(count == 0 || count > 120 && licensed > 55, "{licensed} of {count}");
}

/// What a row about a model says it was made from, as it should be read.
fn parents(facts: &str, text: &str) -> Option<BTreeSet<String>> {
    let value = |key: &str| facts.split_once(&format!("{key}=\""))?.1.split('"').next();
    if facts == "mergekit" {
        let line = |it: &str| {
            let it = it.trim().trim_start_matches("- ");
            let words = it.strip_prefix("model: ").or(it.strip_prefix("base_model: "))?;
            Some(target(words.trim_matches('"')))
        };
        return Some(text.lines().filter_map(line).collect());
    }
    if let Some(base) = value("base_model_name_or_path") {
        return Some([base.to_owned()].into());
    }
    // Where it was loaded from is of use only where others can find it.
    let from = value("_name_or_path")?;
    Some(
        Some(target(from))
            .filter(|it| from.contains("models--") && it != from)
            .into_iter()
            .collect(),
    )
}

/// The name in a path of the hub's cache, or the words as they are.
fn target(words: &str) -> String {
    match words.split_once("models--") {
        Some((_, rest)) => rest.split('/').next().expect("one part").replacen("--", "/", 1),
        None => words.to_owned(),
    }
}

#[test]
fn real_sidecars_of_models_say_what_the_corpus_says() {
    let (mut count, mut wrong) = (0, Vec::new());
    for (path, facts, text) in rows("weights/") {
        let (source, reading) = read_text(&path, &text);
        assert_places(&source, &reading);
        let mut uses = BTreeSet::new();
        for seen in &reading.sightings {
            assert_eq!(seen.kind, Some(Kind::Model), "{path}");
            uses.extend(seen.uses.iter().map(|it| it.target.value.as_str().to_owned()));
        }
        if parents(&facts, &text).is_some_and(|it| it != uses) || !reading.problems.is_empty() {
            wrong.push(format!("{path}: {facts}, but read as\n{}", shown(&reading)));
        }
        if facts.contains("license=ABSENT") {
            wrong.extend(licenses(&path, &facts, &reading));
        }
        count += 1;
    }
    println!("{count} sidecars of models");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count == 0 || count > 35, "only {count} sidecars in the corpus");
}

#[test]
fn real_modelfiles_name_their_base_and_license() {
    let Some(corpora) = corpora() else { return };
    for (folder, expected) in [
        (
            "0xlawal__hausa-ai-v1",
            r"  derived-from C:\Users\goodn\OneDrive\Desktop\gh projects\hausa_ai\model\hausa-ai.gguf",
        ),
        ("47thtechcorner__RayCodes_Qwengram-0.8B", "  derived-from ./models"),
        ("AayushChhabra42__model_optimised", "  derived-from ollama.com/library/llama3.2:1b"),
        (
            "claude_constitution",
            "  \"Apache License, Version 2.0\": UnknownText\n  \
             derived-from ollama.com/voytas26/openclaw-qwen3vl-8b-opt",
        ),
        (
            "laravel_adapter",
            "  \"Apache License Version 2.0 — Qwen2.5-Coder (Alibaba Cloud) + Laravel docs (MIT) \
             + LoRA adapter\": Name\n  derived-from ollama.com/library/qwen2.5-coder:7b\n  \
             contains .",
        ),
        (
            "license_contains_FROM",
            "  \"FROM inside license text\": Name\n  \
             derived-from ollama.com/library/fixture-model",
        ),
        ("ollama_show", "  derived-from ollama.com/library/phi-4:latest"),
        (
            "xdev_multi",
            "  \"MIT License — custom persona for internal use.\": Name\n  \
             derived-from ollama.com/library/llama3.2:1b",
        ),
    ] {
        let path = format!("weights/ollama/{folder}/Modelfile");
        let text = std::fs::read_to_string(corpora.join(&path)).unwrap();
        let (_, reading) = read_text(&path, &text);
        assert_eq!(shown(&reading), format!("Directory model\n{expected}"), "{folder}");
    }
}

/// Path, facts and text of the rows that some reader wants; empty where there is no corpus.
fn rows(part: &str) -> Vec<(String, String, String)> {
    let Some(corpora) = corpora() else { return Vec::new() };
    let manifest =
        std::fs::read_to_string(corpora.join("MANIFEST.tsv")).expect("the corpus is whole");
    let mut rows = Vec::new();
    for row in manifest.lines() {
        let fields: Vec<&str> = row.split('\t').collect();
        let (path, facts) = (fields[0], fields[5]);
        let is_here = path.starts_with(part) && FOLDERS.iter().any(|it| path.starts_with(it));
        if !is_here || is_beside(path) {
            continue;
        }
        assert!(READERS.iter().any(|it| (it.wants)(path)), "no reader wants {path}");
        let bytes = std::fs::read(corpora.join(path)).expect("the corpus is whole");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        rows.push((path.to_owned(), facts.to_owned(), text));
    }
    rows
}
