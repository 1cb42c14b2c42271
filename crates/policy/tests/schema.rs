//! The schema for editors: it is the one that is checked in, its keys and types are the parser's,
//! and it refuses what can be seen without the rest of the program.
#![expect(clippy::disallowed_methods, reason = "the test reads its material")]

use std::collections::BTreeSet;
use std::path::Path;

use caveat_core::source::SourceId;
use caveat_policy::named::{NAMES, named};
use caveat_policy::policy::{Mistake, Policy, PolicyError};
use caveat_policy::schema::schema;
use caveat_policy::template::{Start, template};
use serde_json::{Map, Value, json};

fn parsed() -> Value {
    serde_json::from_str(&schema()).expect("the schema is JSON")
}

fn validator() -> jsonschema::Validator {
    jsonschema::draft202012::new(&parsed()).expect("the schema is a schema")
}

/// TOML as editors give it to a schema: a day is a string.
fn as_json(it: toml::Value) -> Value {
    match it {
        toml::Value::String(it) => json!(it),
        toml::Value::Integer(it) => json!(it),
        toml::Value::Float(it) => json!(it),
        toml::Value::Boolean(it) => json!(it),
        toml::Value::Datetime(it) => json!(it.to_string()),
        toml::Value::Array(all) => all.into_iter().map(as_json).collect(),
        toml::Value::Table(all) => Value::Object(
            all.into_iter().map(|(key, it)| (key, as_json(it))).collect::<Map<_, _>>(),
        ),
    }
}

fn document(text: &str) -> Option<Value> {
    toml::from_str::<toml::Table>(text).ok().map(|it| as_json(toml::Value::Table(it)))
}

fn mistakes(text: &str) -> Vec<PolicyError> {
    Policy::parse("caveat.toml", text, SourceId(0)).err().unwrap_or_default()
}

#[test]
fn the_schema_that_is_checked_in_is_this_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/caveat.schema.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, schema()).expect("the schema can be written");
    }
    let found = std::fs::read_to_string(&path).expect("the schema is checked in");
    assert!(found == schema(), "run this test with UPDATE=1");
}

#[test]
fn whole_policies_fit() {
    let mut texts: Vec<(String, String)> =
        NAMES.iter().map(|it| ((*it).to_owned(), named(it).unwrap().to_owned())).collect();
    texts.push(("init".to_owned(), template(&Start::default())));
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/policies");
    for name in ["saas-startup.toml", "research-lab.toml", "on-device.toml"] {
        match std::fs::read_to_string(shared.join(name)) {
            Ok(it) => texts.push((name.to_owned(), it)),
            Err(_) => eprintln!("skipped: there is no ../shared/policies/{name}"),
        }
    }
    let validator = validator();
    for (name, text) in texts {
        let document = document(&text).expect("a policy is TOML");
        let errors: Vec<_> = validator
            .iter_errors(&document)
            .map(|it| format!("{}: {it}", it.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

/// What only the rest of the file, a calendar or a list of places could tell.
fn is_seen(mistake: &Mistake) -> bool {
    match mistake {
        Mistake::UnknownKey { .. }
        | Mistake::UnknownWord { .. }
        | Mistake::Missing { .. }
        | Mistake::Empty { .. }
        | Mistake::Both { .. }
        | Mistake::Unconditional { .. } => true,
        // Days are strings in JSON, and so are quoted days.
        Mistake::WrongType { wanted, .. } => *wanted != "a date",
        Mistake::BadForm { fault, .. } => !fault.contains("day") && !fault.contains("branch"),
        Mistake::Syntax(_)
        | Mistake::TooLong(_)
        | Mistake::Twice { .. }
        | Mistake::TwoStances { .. }
        | Mistake::UnknownProduct { .. }
        | Mistake::EndsBeforeApproval { .. }
        | Mistake::Loosens { .. }
        | Mistake::Base { .. } => false,
    }
}

#[test]
fn mistakes_that_a_schema_can_see_are_refused() {
    let pages = [include_str!("mistakes.md"), include_str!("mistakes-in-records.md")];
    let blocks = pages.iter().flat_map(|it| it.split("```toml\n").skip(1));
    let validator = validator();
    let (mut seen, mut unseen) = (0, Vec::new());
    for block in blocks {
        let (policy, _) = block.split_once("```\n").expect("a block has an end");
        let Some(document) = document(policy) else { continue };
        if !mistakes(policy).iter().any(|it| is_seen(&it.mistake)) {
            continue;
        }
        seen += 1;
        if validator.is_valid(&document) {
            unseen.push(policy.to_owned());
        }
    }
    assert!(seen > 25, "the pages are whole: {seen}");
    assert!(unseen.is_empty(), "the schema lets pass:\n{}", unseen.join("---\n"));
}

/// A table of the schema: how to write its header, its keys and those that have to be there.
struct Found {
    headers: Vec<String>,
    keys: Map<String, Value>,
    needed: BTreeSet<String>,
}

/// Every table below `schema`, with the headers that lead to it.
fn tables(schema: &Value, headers: &[String], path: &str, found: &mut Vec<Found>) {
    let Some(keys) = schema["properties"].as_object() else {
        for it in schema["anyOf"].as_array().into_iter().flatten() {
            tables(it, headers, path, found);
        }
        return;
    };
    let needed = schema["required"].as_array().into_iter().flatten();
    let needed = needed.map(|it| it.as_str().expect("a key").to_owned()).collect();
    found.push(Found { headers: headers.to_vec(), keys: keys.clone(), needed });
    for (key, it) in keys {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let is_list = it["items"]["properties"].is_object();
        let header = if is_list { format!("[[{path}]]") } else { format!("[{path}]") };
        let headers: Vec<_> = headers.iter().cloned().chain([header]).collect();
        tables(if is_list { &it["items"] } else { it }, &headers, &path, found);
    }
}

fn all_tables() -> Vec<Found> {
    let mut found = Vec::new();
    tables(&parsed(), &[], "", &mut found);
    assert!(found.len() > 30, "all tables are found");
    found
}

#[test]
fn keys_are_those_that_the_parser_reads() {
    for table in all_tables() {
        let header = table.headers.last().cloned().unwrap_or_default();
        let text = format!("{}\nzzzzzzzzzz = 1\n", table.headers.join("\n"));
        let mut allowed = None;
        for it in mistakes(&text) {
            match it.mistake {
                Mistake::UnknownKey { key, allowed: it, .. } if key == "zzzzzzzzzz" => {
                    allowed = Some(it);
                }
                Mistake::UnknownWord { word, allowed: it, .. } if word == "zzzzzzzzzz" => {
                    allowed = Some(it);
                }
                _ => {}
            }
        }
        let read: BTreeSet<_> = allowed.expect("the key is unknown").into_iter().collect();
        let described: BTreeSet<_> = table.keys.keys().map(String::as_str).collect();
        // One short name of a finding is understood beside the list.
        let extra: Vec<_> =
            described.difference(&read).filter(|it| **it != "missing-text").collect();
        assert!(extra.is_empty() && read.is_subset(&described), "{header}: {read:?} {described:?}");
        let missing = mistakes(&(table.headers.join("\n") + "\n"));
        let missing: BTreeSet<String> = missing
            .iter()
            .filter_map(|it| match &it.mistake {
                Mistake::Missing { keys, table: it }
                    if keys.len() == 1
                        && (*it == header || header.contains(it.trim_matches('`'))) =>
                {
                    Some(keys[0].to_owned())
                }
                _ => None,
            })
            .collect();
        assert!(table.needed.is_subset(&missing), "{header}: {:?} {missing:?}", table.needed);
    }
}

/// Values of every sort.
#[rustfmt::skip]
const VALUES: [&str; 38] = [
    "1", "0", "-1", "1.5", "true", "\"\"", "\"x\"", "[]", "[1]", "{}", "2026-01-01", "\"120d\"",
    "\"MIT\"", "\"EU\"", "\"eu\"", "\"saas\"", "\"code\"", "\"deny\"", "\"permissive\"",
    "\"a/b.md\"", "\"/a\"", "\"../a\"", "\"a/**\"", "\"!a\"", "\"pkg:cargo/a\"", "\"path:a\"",
    "\"LicenseRef-a\"", "\"https://acme.example\"", "\"caveat:research\"", "\"//a.toml\"",
    "[\"x\", \"MIT\"]", "[[]]", "[\"permissive\", \"non-commercial\"]", "\"dco\"", "\"MOF-I\"",
    "\"test\"", "\"own\"", "\"public\"",
];

#[test]
fn what_the_parser_takes_the_schema_takes() {
    let root = parsed();
    let mut taken = 0;
    for table in all_tables() {
        for (key, schema) in &table.keys {
            let schema = json!({ "$defs": root["$defs"], "allOf": [schema] });
            let validator = jsonschema::draft202012::new(&schema).expect("a schema");
            for value in VALUES {
                let start = table.headers.join("\n") + "\n" + key + " = ";
                let text = format!("{start}{value}\n");
                let range = start.len()..start.len() + value.len();
                let found = mistakes(&text);
                let inside = |it: &&PolicyError| {
                    let at = it.at.range();
                    range.start <= at.start && at.end <= range.end
                };
                let json = document(&format!("v = {value}")).expect("TOML")["v"].clone();
                let (wrong, valid) = (found.iter().find(inside), validator.is_valid(&json));
                taken += usize::from(wrong.is_none());
                assert!(wrong.is_some() || valid, "the schema refuses:\n{text}");
                if let Some(PolicyError { mistake: Mistake::WrongType { wanted, .. }, .. }) = wrong
                {
                    // A day is a string to a schema, and a string may be a day.
                    let day = *wanted == "a date" || value.starts_with("2026");
                    assert!(!valid || day, "the schema takes:\n{text}");
                }
            }
        }
    }
    assert!(taken > 500, "values are taken: {taken}");
}
