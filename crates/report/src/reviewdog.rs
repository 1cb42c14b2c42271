//! `rdjson` and `rdjsonl`: the diagnostic format of reviewdog, whole or one on each line.

use std::io::{self, BufWriter, Write};

use caveat_policy::verdict::Level;
use serde::Serialize;

use crate::markup::markdown;
use crate::mend::{self, Mark};
use crate::run::{Look, Run};
use crate::told::{Spot, Teller, Told};
use crate::visible;

/// Writes one document.
pub(crate) fn write(run: &Run<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let result = Outcome { source: SOURCE, diagnostics: diagnostics(run) };
    let mut out = BufWriter::with_capacity(1 << 16, out);
    visible::write(&result, &mut out)?;
    writeln!(out)?;
    out.flush()
}

/// Writes a line for each finding.
pub(crate) fn write_lines(run: &Run<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    for it in diagnostics(run) {
        visible::write_line(&Line { source: SOURCE, diagnostic: it }, &mut out)?;
    }
    out.flush()
}

/// All findings that count. Their messages become comments, so they are Markdown.
fn diagnostics(run: &Run<'_>) -> Vec<Diagnostic> {
    let teller = Teller::of(run);
    let told = teller.findings();
    let counting = told.iter().filter(|it| it.set_aside.is_none());
    let diagnostic = |it: &Told<'_>| {
        let lines: Vec<_> = teller.lines(it).iter().map(|it| markdown(it)).collect();
        let spot = teller.place(it.finding);
        let suggestions = suggestion(&teller, it, &spot.path).into_iter().collect();
        Diagnostic {
            message: lines.join("\n\n"),
            location: Location { range: range(&spot), path: spot.path },
            severity: severity(it.finding.level),
            code: Code { value: it.finding.rule },
            suggestions,
        }
    };
    counting.map(diagnostic).collect()
}

/// What takes the place of a range. A suggestion is one range in the file of its finding.
fn suggestion(teller: &Teller<'_>, told: &Told<'_>, path: &str) -> Option<Suggestion> {
    let (fix, edits) = mend::fix(teller, told)?;
    let edit = mend::as_one(teller, fix, &edits, path)?;
    let position = |it: Mark| Position { line: it.line, column: Some(it.bytes) };
    let range = Range { start: position(edit.from), end: Some(position(edit.to)) };
    Some(Suggestion { range, text: edit.text })
}

/// Columns are counted in bytes here, and the end is not part of the range.
fn range(spot: &Spot) -> Range {
    let line = spot.line;
    let columns = spot.columns.map(|it| it.bytes);
    Range {
        start: Position { line, column: columns.map(|it| it.0) },
        end: columns.map(|it| Position { line, column: Some(it.1) }),
    }
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Deny => "ERROR",
        Level::Warn => "WARNING",
        Level::Note | Level::Allow => "INFO",
    }
}

const SOURCE: Source = Source { name: "caveat" };

#[derive(Serialize)]
struct Outcome {
    source: Source,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    diagnostic: Diagnostic,
    source: Source,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Position>,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}
