//! What may stand in a policy file, as a JSON Schema for editors.
//!
//! Words come from the vocabularies that the parser reads; that keys and types are the parser's own
//! is what `tests/schema.rs` proves.

mod values;
mod facts;
mod stances;
mod records;

use serde_json::{Map, Value, json};

use crate::policy::{FINDINGS, SHORT};
use values::{defined, definitions, list, many};

/// Where the schema says that it is from; the file is `schema/caveat.schema.json` of this crate.
const ID: &str = "caveat-policy/1";

/// The schema, as the text of its file.
pub fn schema() -> String {
    let about =
        "A license policy, read by `caveat check`. Paths are from the root of the repository.";
    let mut root = table(about, &[first_keys(), other_keys()].concat());
    if let Value::Object(fields) = &mut root {
        fields.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        fields.insert("$id".to_owned(), json!(ID));
        fields.insert("title".to_owned(), json!("Caveat policy"));
        fields.insert("$defs".to_owned(), definitions());
    }
    // A value of JSON is always written.
    serde_json::to_string_pretty(&root).unwrap_or_default() + "\n"
}

/// Who we are, and the rules.
fn first_keys() -> Vec<Key> {
    vec![
        key("caveat", "The version of the policy language.", json!({ "const": 1 })),
        key(
            "extends",
            "Policies that this one tightens and never loosens: `caveat:NAME`, `//from/root.toml`, or a file beside this one.",
            many("parent"),
        ),
        key(
            "org",
            "Who we are. Licenses ask for these facts; what is absent is not known.",
            facts::org(),
        ),
        key(
            "product",
            "What we make, where it lies, and how it uses what others made.",
            list(&facts::product()),
        ),
        key(
            "rules",
            "Answers where nothing more special speaks, and lists of tags by kind.",
            stances::rules(),
        ),
        key(
            "rule",
            "A rule that speaks before the lists. Every condition has to hold; of a list one entry.",
            list(&stances::rule()),
        ),
    ]
}

/// Everything else.
fn other_keys() -> Vec<Key> {
    vec![
        key("relations", "Our stance on what licenses leave open.", stances::relations()),
        key("choose", "Which branch of an OR we take.", stances::choose()),
        key("license", "A license that only we know.", list(&stances::own_license())),
        key(
            "clarify",
            "What a license really is, tied to the bytes that say so.",
            list(&records::clarify()),
        ),
        key("exceptions", "What bounds exceptions.", records::exceptions()),
        key(
            "exception",
            "What is allowed although the rules say no: by whom, why, and until when.",
            list(&records::exception()),
        ),
        key("met", "An obligation that we say we meet, and what shows it.", list(&records::met())),
        key("exclude", "What is not shipped.", list(&records::exclude())),
        key(
            "basis",
            "Data that is used on another ground than a license.",
            list(&records::basis()),
        ),
        key("patents", "What we ask of patent terms.", stances::patents()),
        key("baseline", "Findings that were there before.", records::baseline()),
        key("review", "When the policy itself has to be read again.", records::review()),
        key("levels", "How loud each finding is.", levels()),
        key(
            "test",
            "A verdict that we expect of the policy: `caveat policy check` runs it.",
            list(&stances::test()),
        ),
    ]
}

/// A key of a table.
#[derive(Clone)]
struct Key {
    name: &'static str,
    schema: Value,
    needed: bool,
}

/// A key that may be there.
fn key(name: &'static str, about: &str, mut schema: Value) -> Key {
    if let Value::Object(fields) = &mut schema {
        fields.insert("description".to_owned(), json!(about));
    }
    Key { name, schema, needed: false }
}

/// A key that has to be there.
fn need(name: &'static str, about: &str, schema: Value) -> Key {
    Key { needed: true, ..key(name, about, schema) }
}

/// A table with these keys and no others.
fn table(about: &str, keys: &[Key]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|it| (it.name.to_owned(), it.schema.clone())).collect();
    let needed: Vec<_> = keys.iter().filter(|it| it.needed).map(|it| it.name).collect();
    let mut table = json!({
        "type": "object",
        "description": about,
        "properties": properties,
        "additionalProperties": false,
    });
    if !needed.is_empty()
        && let Value::Object(fields) = &mut table
    {
        fields.insert("required".to_owned(), json!(needed));
    }
    table
}

/// A table of which at least one of these keys has to be there, or just one of them.
fn with(mut table: Value, how: &str, keys: &[&str]) -> Value {
    let each: Vec<_> = keys.iter().map(|it| json!({ "required": [it] })).collect();
    if let Value::Object(fields) = &mut table {
        fields.insert(how.to_owned(), json!(each));
    }
    table
}

fn levels() -> Value {
    let short = SHORT.iter().map(|(short, _)| short);
    let keys: Vec<_> = FINDINGS
        .iter()
        .chain(short)
        .map(|it| key(it, "How loud this finding is.", defined("level")))
        .collect();
    table("How loud each finding is: allow, note, warn or deny.", &keys)
}
