//! What the REUSE lint found: for people, for grep, for programs, and as findings for servers.

mod data;
mod findings;

use std::io::{self, BufWriter, Write};

use caveat_core::reuse::{Lint, Place, Problem, VERSION};

use crate::paint::Ink;
use crate::plain::{brief, plain};
use crate::run::Look;
use crate::wrap::{padded, wrap};

pub use data::{json, json_lines};
pub use findings::findings;

/// How many places of a problem are shown unless more is asked for.
const PLACES: usize = 10;
/// Columns of an annotation before its text: indent, sign, name.
const ANNOTATION: usize = 14;
/// What begins the last lines.
const SUMMARY: &str = "summary: ";

/// Writes each problem with its places, the clause and what to do, then a summary. Who is quiet
/// hears nothing of what is as it should be.
pub fn full(lint: &Lint, look: &Look, quiet: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    for it in &lint.problems {
        problem(it, look, &mut out)?;
    }
    if !(quiet && lint.is_compliant()) {
        let room = look.width.saturating_sub(SUMMARY.len()).max(PLACES);
        let sentences = sentences(lint);
        let lines = sentences.iter().flat_map(|it| wrap(it, room));
        for (number, line) in lines.enumerate() {
            let blank = " ".repeat(SUMMARY.len());
            let start = if number == 0 { look.paint(Ink::Strong, SUMMARY) } else { blank };
            writeln!(out, "{start}{line}")?;
        }
    }
    out.flush()
}

fn problem(it: &Problem, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let title = look.paint(Ink::Error, &format!("error[{}]", it.kind.name()));
    writeln!(out, "{title}{}", look.paint(Ink::Strong, &format!(": {}", brief(&it.says))))?;
    let most = if look.verbose { usize::MAX } else { PLACES };
    for (number, place) in it.places.iter().take(most).enumerate() {
        let arrow = if number == 0 { look.paint(Ink::Frame, "-->") } else { "   ".to_owned() };
        writeln!(out, "  {arrow} {}", shown(place))?;
    }
    if let Some(more) = it.places.len().checked_sub(most).filter(|it| *it > 0) {
        writeln!(out, "      and {more} more; --verbose lists all")?;
    }
    let clause = format!("{}: {}", it.kind.clause(), it.kind.asks());
    let notes = [("spec", &clause)].into_iter().chain(it.help.iter().map(|it| ("help", it)));
    for (name, text) in notes {
        let mut start = format!(
            "   {} {}",
            look.paint(Ink::Frame, "="),
            look.paint(Ink::Strong, &padded(&format!("{name}:"), 9))
        );
        for line in wrap(&brief(text), look.width.saturating_sub(ANNOTATION).max(PLACES)) {
            writeln!(out, "{start}{line}")?;
            start = " ".repeat(ANNOTATION);
        }
    }
    writeln!(out)
}

/// `path:line:column`, or the path where the whole file is meant.
fn shown(place: &Place) -> String {
    let path = plain(&place.path);
    place
        .spot
        .map_or_else(|| path.clone().into_owned(), |it| format!("{path}:{}:{}", it.line, it.column))
}

/// Writes `path:line:column: error[kind] message` for each place, and a summary.
pub fn concise(lint: &Lint, look: &Look, quiet: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    for it in &lint.problems {
        let title = look.paint(Ink::Error, &format!("error[{}]", it.kind.name()));
        for place in &it.places {
            let (row, column) = place.spot.map_or((1, 1), |it| (it.line, it.column));
            let says = brief(&it.says_of(place));
            writeln!(out, "{}:{row}:{column}: {title} {says}", plain(&place.path))?;
        }
    }
    if !(quiet && lint.is_compliant()) {
        writeln!(out, "{}", sentences(lint).join("; "))?;
    }
    out.flush()
}

/// The sum: whether the project keeps to the specification, how many files say what, and what is
/// in use.
fn sentences(lint: &Lint) -> Vec<String> {
    let (all, problems) = (lint.files.len(), lint.problems.len());
    let verdict = match problems {
        0 => format!("compliant with REUSE {VERSION}"),
        1 => format!("not compliant with REUSE {VERSION}: 1 problem"),
        many => format!("not compliant with REUSE {VERSION}: {many} problems"),
    };
    let files = if all == 0 { "none of the files is covered".to_owned() } else { state(lint, all) };
    let used: Vec<_> = lint.used.iter().map(|it| brief(it)).collect();
    let used = if used.is_empty() { "none".to_owned() } else { used.join(", ") };
    vec![verdict, files, format!("licenses in use: {used}")]
}

fn state(lint: &Lint, all: usize) -> String {
    format!(
        "of {all} covered files {} state copyright, {} a license",
        counted(lint.with_copyright, all),
        counted(lint.with_license, all)
    )
}

fn counted(some: usize, all: usize) -> String {
    match some {
        it if it == all => "all".to_owned(),
        0 => "none".to_owned(),
        it => it.to_string(),
    }
}
