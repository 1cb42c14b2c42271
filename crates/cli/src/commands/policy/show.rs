//! `caveat policy show`: what holds, and where it comes from.

use std::fmt::Write as _;
use std::io::Write;

use caveat_core::source::{Sources, Span};
use caveat_policy::show::{Line, Table, Value, tables, toml};
use caveat_report::lines::Places;
use caveat_report::plain::plain;
use serde_json::{Value as Json, json};

use super::chosen;
use crate::args::ShowPolicy as Request;
use crate::error::Error;
use crate::exit::CLEAN;
use crate::output::{no_format, put};
use crate::policies::Chosen;

pub(super) fn run(request: &Request, out: &mut dyn Write) -> Result<u8, Error> {
    let (_, policy) = chosen(&request.policy)?;
    let mut sources = Sources::new();
    let terms = policy.enter(&mut sources);
    let places = Places::of(&sources);
    let tables = tables(&terms);
    let text = match request.format.as_str() {
        "full" => full(&policy, &tables, &places),
        "json" => as_json(&policy, &tables, &places)?,
        other => return Err(no_format(other)),
    };
    put(out, text.as_bytes())?;
    Ok(CLEAN)
}

fn full(policy: &Chosen, tables: &[Table], places: &Places<'_>) -> String {
    let mut text = format!("# The policy of {}, as it judges.\n", plain(&policy.origin()));
    if let Some(because) = policy.default_because() {
        let _ = writeln!(text, "# It is the built-in default: {}.", plain(because));
    }
    let names: Vec<_> = policy.files().rev().skip(1).map(|it| plain(&it.name)).collect();
    if !names.is_empty() {
        let _ = writeln!(text, "# Applied below it: {}.", names.join(", "));
    }
    let origin = |at: Span| places.place(at).map(|it| format!("{}:{}", plain(it.path), it.line));
    text + "\n" + &toml::document(tables, &origin)
}

fn as_json(policy: &Chosen, tables: &[Table], places: &Places<'_>) -> Result<String, Error> {
    let files: Vec<_> = policy.files().rev().map(|it| it.name.as_str()).collect();
    let line = |it: &Line| line(it, places);
    let tables = tables.iter().map(|it| {
        let lines: Vec<_> = it.lines.iter().map(line).collect();
        json!({ "table": it.header, "lines": lines })
    });
    let tables: Vec<_> = tables.collect();
    let value = json!({
        "schema": "caveat/1", "policy": policy.origin(), "files": files, "tables": tables,
    });
    let mut bytes = Vec::new();
    caveat_report::write_json(&value, &mut bytes)
        .map_err(|source| Error::Write { to: "the policy".to_owned(), source })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned() + "\n")
}

/// A line; what nobody wrote has `default` and no place.
fn line(line: &Line, places: &Places<'_>) -> Json {
    let mut shown = json!({ "key": line.key });
    let Json::Object(fields) = &mut shown else { return shown };
    let mut field = |key: &str, value: Json| drop(fields.insert(key.to_owned(), value));
    let from = |at: Option<Span>| {
        let place = at.and_then(|it| places.place(it));
        place.map_or(Json::Null, |it| json!({ "path": it.path, "line": it.line }))
    };
    match &line.value {
        Value::Unwritten(says) => {
            field("value", Json::Null);
            field("says", json!(says));
            field("default", json!(true));
        }
        Value::List(entries) => {
            field("value", entries.iter().map(|(it, _)| value(it)).collect());
            field("from", entries.iter().map(|(_, at)| from(*at)).collect());
            field("default", json!(false));
        }
        it => {
            field("value", value(it));
            field("from", from(line.at));
            field("default", json!(line.at.is_none()));
        }
    }
    shown
}

fn value(it: &Value) -> Json {
    match it {
        Value::Text(it) | Value::Unwritten(it) => json!(it),
        Value::Number(it) => json!(it),
        Value::Flag(it) => json!(it),
        Value::Day(it) => json!(it.to_string()),
        Value::List(all) => all.iter().map(|(it, _)| value(it)).collect(),
        Value::Table(all) => all.iter().map(|(key, it)| (key.clone(), value(it))).collect(),
    }
}
