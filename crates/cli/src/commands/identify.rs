//! `caveat identify`: which license texts a file holds.

use std::fmt::Write as _;
use std::io::Write;

use caveat_core::texts::{Likeness, Match, identify};
use caveat_report::plain::plain;
use serde_json::{Value, json};

use crate::args::Identify as Request;
use crate::error::Error;
use crate::exit::CLEAN;
use crate::open::{beginning, decode};
use crate::output::{no_format, put};

/// How much of a file is looked at.
const LIMIT: u64 = 8 << 20;

pub(crate) fn run(request: &Request, out: &mut dyn Write) -> Result<u8, Error> {
    let mut files = Vec::new();
    for path in &request.files {
        let text = decode(beginning(path, LIMIT).map_err(|it| Error::path(path, it))?.0);
        let mut found = identify(&text);
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.span.start.cmp(&b.span.start)));
        files.push((path.display().to_string(), text, found));
    }
    let text = match request.format.as_str() {
        "full" => files.iter().map(|(path, text, found)| shown(path, text, found)).collect(),
        "json" => as_json(&files)?,
        other => return Err(no_format(other)),
    };
    put(out, text.as_bytes())?;
    Ok(CLEAN)
}

/// The line of a byte, from 1.
fn line(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|it| **it == b'\n').count() + 1
}

fn shown(path: &str, text: &str, found: &[Match]) -> String {
    let mut shown = format!("{}\n", plain(path));
    if found.is_empty() {
        shown.push_str("  no license text that is known here\n");
    }
    for it in found {
        let how = match it.likeness {
            Likeness::Verbatim => "word for word",
            Likeness::Modified => "with words changed: another license until a person has read it",
            Likeness::Kindred => "akin to this, but another text",
        };
        let lines = (line(text, it.span.start), line(text, it.span.end.saturating_sub(1)));
        let _ = writeln!(
            shown,
            "  {} {:.3}, lines {} to {} (bytes {} to {}): {how}",
            it.nearest, it.score, lines.0, lines.1, it.span.start, it.span.end
        );
        if !it.aliases.is_empty() {
            let _ = writeln!(shown, "    the same text as {}", it.aliases.join(", "));
        }
    }
    shown
}

fn as_json(files: &[(String, String, Vec<Match>)]) -> Result<String, Error> {
    let one = |text: &str, it: &Match| -> Value {
        let kindred = it.likeness == Likeness::Kindred;
        json!({
            "license": if kindred { Value::Null } else { it.nearest.into() },
            "aliases": it.aliases,
            "score": it.score,
            "start": it.span.start,
            "end": it.span.end,
            "line": line(text, it.span.start),
            "end_line": line(text, it.span.end.saturating_sub(1)),
            "origin": "text",
            "modified": it.likeness == Likeness::Modified,
            "sibling_of": kindred.then_some(it.nearest),
        })
    };
    let files: Vec<Value> = files
        .iter()
        .map(|(path, text, found)| {
            let matches: Vec<Value> = found.iter().map(|it| one(text, it)).collect();
            json!({ "path": path, "matches": matches })
        })
        .collect();
    let text = serde_json::to_string_pretty(&json!({ "schema": "caveat/1", "files": files }))
        .map_err(|it| Error::Write { to: "the answer".to_owned(), source: it.into() })?;
    Ok(text + "\n")
}
