//! Tables as TOML that means the same, with a word beside each line on where it comes from.

use caveat_core::source::Span;

use super::{Line, Table, Value};
use crate::quoted::quoted;

/// Columns at which the word on a line's origin begins, where the line leaves room.
const ORIGIN: usize = 72;

/// What stands beside a line: where it was written.
pub type Origin<'a> = &'a dyn Fn(Span) -> Option<String>;

/// The tables as one TOML document.
pub fn document(tables: &[Table], origin: Origin<'_>) -> String {
    let mut text = String::new();
    for table in tables {
        if !text.is_empty() {
            text.push('\n');
        }
        if !table.header.is_empty() {
            text.push_str(&table.header);
            text.push('\n');
        }
        let width = table.lines.iter().map(|it| it.key.len()).max().unwrap_or_default();
        for it in &table.lines {
            line(it, width, origin, &mut text);
        }
    }
    text
}

fn line(line: &Line, width: usize, origin: Origin<'_>, text: &mut String) {
    let key = &line.key;
    match &line.value {
        Value::Unwritten(says) => {
            put(format!("# {key:<width$} {says}"), Some("default".to_owned()), text);
        }
        Value::List(entries) => list(key, width, entries, origin, text),
        it => {
            let from = line.at.map_or_else(|| Some("default".to_owned()), origin);
            put(format!("{key:<width$} = {}", value(it)), from, text);
        }
    }
}

/// On one line what comes from one line, else an entry on each.
fn list(
    key: &str,
    width: usize,
    entries: &[(Value, Option<Span>)],
    origin: Origin<'_>,
    text: &mut String,
) {
    let origins: Vec<_> = entries.iter().map(|(_, at)| at.and_then(origin)).collect();
    let same = origins.windows(2).all(|it| it[0] == it[1]);
    if same {
        let values: Vec<_> = entries.iter().map(|(it, _)| value(it)).collect();
        let from = origins.into_iter().next().flatten();
        return put(format!("{key:<width$} = [{}]", values.join(", ")), from, text);
    }
    text.push_str(format!("{key:<width$} = [\n").as_str());
    for ((it, _), from) in entries.iter().zip(origins) {
        put(format!("    {},", value(it)), from, text);
    }
    text.push_str("]\n");
}

fn put(line: String, origin: Option<String>, text: &mut String) {
    match origin {
        Some(it) => text.push_str(format!("{line:<ORIGIN$}  # {it}\n").as_str()),
        None => text.push_str(&(line + "\n")),
    }
}

fn value(it: &Value) -> String {
    match it {
        Value::Text(it) => quoted(it),
        Value::Number(it) => it.to_string(),
        Value::Flag(it) => it.to_string(),
        Value::Day(it) => it.to_string(),
        Value::Unwritten(says) => says.clone(),
        Value::List(all) => {
            format!("[{}]", all.iter().map(|(it, _)| value(it)).collect::<Vec<_>>().join(", "))
        }
        Value::Table(all) => {
            let all: Vec<_> =
                all.iter().map(|(key, it)| format!("{key} = {}", value(it))).collect();
            format!("{{ {} }}", all.join(", "))
        }
    }
}
