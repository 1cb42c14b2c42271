//! The lint for programs. Fields are added, never renamed or removed.

use std::io::{self, BufWriter, Write};

use caveat_core::reuse::{Associated, FileInfo, Lint, Place, Problem, VERSION};
use serde_json::{Value, json};

use crate::visible;

/// Name and version of the schema.
const SCHEMA: &str = "caveat/1";

/// Writes everything as one document.
pub fn json(lint: &Lint, version: &str, root: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut document = summary(lint);
    document["schema"] = json!(SCHEMA);
    document["tool"] = json!({ "name": "caveat", "version": version });
    document["root"] = json!(root);
    document["problems"] = lint.problems.iter().map(problem).collect();
    document["files"] = lint.files.iter().map(file).collect();
    let mut out = BufWriter::with_capacity(1 << 16, out);
    visible::write(&document, &mut out)?;
    writeln!(out)?;
    out.flush()
}

/// Writes the same, one record on each line.
pub fn json_lines(lint: &Lint, version: &str, root: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let head = json!({
        "schema": SCHEMA, "tool": { "name": "caveat", "version": version }, "root": root,
    });
    let problems = lint.problems.iter().map(|it| ("problem", problem(it)));
    let files = lint.files.iter().map(|it| ("file", file(it)));
    let records = [("run", head)].into_iter().chain(problems).chain(files);
    for (name, mut record) in records.chain([("summary", summary(lint))]) {
        record["record"] = json!(name);
        visible::write_line(&record, &mut out)?;
    }
    out.flush()
}

fn summary(lint: &Lint) -> Value {
    json!({
        "standard": format!("REUSE {VERSION}"),
        "compliant": lint.is_compliant(),
        "summary": {
            "files": lint.files.len(),
            "with_copyright": lint.with_copyright,
            "with_license": lint.with_license,
            "used_licenses": lint.used,
            "problems": lint.problems.len(),
        },
    })
}

fn problem(it: &Problem) -> Value {
    json!({
        "kind": it.kind.name(),
        "subject": it.subject,
        "message": it.says,
        "clause": it.kind.clause(),
        "asks": it.kind.asks(),
        "help": it.help,
        "places": it.places.iter().map(place).collect::<Vec<_>>(),
    })
}

fn place(it: &Place) -> Value {
    json!({
        "path": it.path,
        "line": it.spot.map(|it| it.line),
        "column": it.spot.map(|it| it.column),
    })
}

fn file(it: &FileInfo) -> Value {
    let all = |all: &[Associated], key: &str| -> Vec<Value> {
        let one = |it: &Associated| {
            json!({
                key: it.said.words, "source": it.origin.name(), "place": place(&it.said.at),
            })
        };
        all.iter().map(one).collect()
    };
    json!({
        "path": it.path,
        "copyrights": all(&it.copyrights, "statement"),
        "licenses": all(&it.licenses, "expression"),
    })
}
