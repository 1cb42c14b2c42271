//! `caveat identify`: which license texts a file holds, and what its notices and tags state.

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

mod stated;

use stated::{Stated, stated};

/// How much of a file is looked at.
const LIMIT: u64 = 8 << 20;

pub(crate) fn run(request: &Request, out: &mut dyn Write) -> Result<u8, Error> {
    let mut files = Vec::new();
    for path in &request.files {
        let text = decode(beginning(path, LIMIT).map_err(|it| Error::path(path, it))?.0);
        let mut found = identify(&text);
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.span.start.cmp(&b.span.start)));
        let said = stated(&path.display().to_string(), &text, &found);
        files.push(File { path: path.display().to_string(), text, found, said });
    }
    let text = match request.format.as_str() {
        "full" => files.iter().map(|it| shown(&it.path, &it.text, &it.found, &it.said)).collect(),
        "json" => as_json(&files)?,
        other => return Err(no_format(other)),
    };
    put(out, text.as_bytes())?;
    Ok(CLEAN)
}

/// A file and what was found in it.
struct File {
    path: String,
    text: String,
    found: Vec<Match>,
    said: Vec<Stated>,
}

/// The line of a byte, from 1.
fn line(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|it| **it == b'\n').count() + 1
}

fn shown(path: &str, text: &str, found: &[Match], said: &[Stated]) -> String {
    let mut shown = format!("{}\n", plain(path));
    if found.is_empty() {
        shown.push_str("  no license text that is known here\n");
    }
    for it in said {
        let means = it.license.as_deref().unwrap_or("a license that is not known here");
        let words = plain(&text[it.raw.clone()]);
        let line = line(text, it.raw.start);
        let _ = writeln!(shown, "  {means}, by a {} in line {line}: {words}", it.origin);
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

fn as_json(files: &[File]) -> Result<String, Error> {
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
        .map(|File { path, text, found, said }| {
            let texts = found.iter().map(|it| one(text, it));
            let said = said.iter().map(|it| it.as_json(text));
            json!({ "path": path, "matches": texts.chain(said).collect::<Vec<Value>>() })
        })
        .collect();
    let text = serde_json::to_string_pretty(&json!({ "schema": "caveat/1", "files": files }))
        .map_err(|it| Error::Write { to: "the answer".to_owned(), source: it.into() })?;
    Ok(text + "\n")
}
