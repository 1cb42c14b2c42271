//! `caveat identify`: which license texts a file holds, and what its notices and tags state.

use std::fmt::Write as _;
use std::io::Write;

use caveat_core::texts::{Difference, Kind, Likeness, Match, recognize};
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

/// A file that was looked at.
struct Looked {
    path: String,
    text: String,
    /// Where its lines begin, apart from the first.
    lines: Vec<usize>,
    found: Vec<Match>,
    /// What it says beside the texts.
    said: Vec<Stated>,
}

impl Looked {
    /// The line of a byte, from 1.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|it| *it <= at) + 1
    }
}

pub(crate) fn run(request: &Request, out: &mut dyn Write) -> Result<u8, Error> {
    let mut files = Vec::new();
    for path in &request.files {
        let text = decode(beginning(path, LIMIT).map_err(|it| Error::path(path, it))?);
        let mut found = recognize(&text);
        found.sort_by(|a, b| {
            let by_score = b.score.total_cmp(&a.score).then(a.span.start.cmp(&b.span.start));
            (a.kind != Kind::License).cmp(&(b.kind != Kind::License)).then(by_score)
        });
        let lines =
            text.bytes().enumerate().filter(|it| it.1 == b'\n').map(|it| it.0 + 1).collect();
        let said = stated(&path.display().to_string(), &text, &found);
        files.push(Looked { path: path.display().to_string(), text, lines, found, said });
    }
    let text = match request.format.as_str() {
        "full" => files.iter().map(|it| shown(it, request.diff)).collect(),
        "json" => as_json(&files)?,
        other => return Err(no_format(other)),
    };
    put(out, text.as_bytes())?;
    Ok(CLEAN)
}

fn shown(file: &Looked, with_differences: bool) -> String {
    let mut shown = format!("{}\n", plain(&file.path));
    if file.found.is_empty() {
        shown.push_str("  no license text that is known here\n");
    }
    for it in &file.said {
        let means = it.license.as_deref().unwrap_or("a license that is not known here");
        let words = plain(&file.text[it.raw.clone()]);
        let line = file.line(it.raw.start);
        let _ = writeln!(shown, "  {means}, by a {} in line {line}: {words}", it.origin);
    }
    for it in &file.found {
        let how = match it.likeness {
            Likeness::Verbatim => "word for word",
            Likeness::Modified => "with words changed: another license until a person has read it",
            Likeness::Kindred => "akin to this, but another text",
        };
        let what = match it.kind {
            Kind::License => "",
            Kind::Exception => "the exception ",
            Kind::UsePolicy => "the ",
        };
        let lines = (file.line(it.span.start), file.line(it.span.end.saturating_sub(1)));
        let _ = writeln!(
            shown,
            "  {what}{} {:.3}, lines {} to {} (bytes {} to {}): {how}",
            it.nearest, it.score, lines.0, lines.1, it.span.start, it.span.end
        );
        if !it.aliases.is_empty() {
            let _ = writeln!(shown, "    the same text as {}", it.aliases.join(", "));
        }
        if with_differences {
            for difference in &it.differences {
                let _ = writeln!(shown, "    {}", told(file, difference));
            }
        } else if !it.differences.is_empty() {
            let count = it.differences.len();
            let places = if count == 1 { "place differs" } else { "places differ" };
            let _ = writeln!(shown, "    {count} {places}: `--diff` shows what");
        }
    }
    shown
}

/// What differs at a place. The known text is not carried, so words that were left out can only be counted.
fn told(file: &Looked, difference: &Difference) -> String {
    const MOST: usize = 400;
    let Difference { added, missing } = difference;
    let (text, line) = (&file.text, file.line(added.start));
    let words = if *missing == 1 { "1 word".to_owned() } else { format!("{missing} words") };
    let put_in = text.get(added.clone()).unwrap_or_default();
    if put_in.is_empty() {
        let before = text.get(..added.start).unwrap_or_default();
        let last: Vec<&str> = before.split_whitespace().rev().take(4).collect();
        let last: Vec<&str> = last.into_iter().rev().collect();
        return format!(
            "line {line}: {words} left out after “{}”",
            shortened(&last.join(" "), MOST)
        );
    }
    let put_in = shortened(&put_in.split_whitespace().collect::<Vec<_>>().join(" "), MOST);
    if *missing == 0 {
        return format!("line {line}: put in: “{put_in}”");
    }
    format!("line {line}: “{put_in}” in place of {words}")
}

/// Words of a file, safe to print and not longer than anybody reads.
fn shortened(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", plain(&words[..end])),
        None => plain(words).into_owned(),
    }
}

fn as_json(files: &[Looked]) -> Result<String, Error> {
    let all: Vec<Value> = files
        .iter()
        .map(|file| {
            let texts = file.found.iter().map(|it| as_value(file, it));
            let said = file.said.iter().map(|it| it.as_value(file));
            json!({ "path": file.path, "matches": texts.chain(said).collect::<Vec<Value>>() })
        })
        .collect();
    let text = serde_json::to_string_pretty(&json!({ "schema": "caveat/1", "files": all }))
        .map_err(|it| Error::Write { to: "the answer".to_owned(), source: it.into() })?;
    Ok(text + "\n")
}

/// A match; only a text that is a license names one.
fn as_value(file: &Looked, it: &Match) -> Value {
    let kind = match it.kind {
        Kind::License => "license",
        Kind::Exception => "exception",
        Kind::UsePolicy => "use-policy",
    };
    let is_license = it.kind == Kind::License;
    let is_kindred = it.likeness == Likeness::Kindred;
    let difference = |it: &Difference| {
        json!({
            "start": it.added.start,
            "end": it.added.end,
            "line": file.line(it.added.start),
            "missing_words": it.missing,
        })
    };
    json!({
        "license": (is_license && !is_kindred).then_some(it.nearest),
        "kind": kind,
        "nearest": it.nearest,
        "aliases": it.aliases,
        "score": it.score,
        "start": it.span.start,
        "end": it.span.end,
        "line": file.line(it.span.start),
        "end_line": file.line(it.span.end.saturating_sub(1)),
        "origin": "text",
        "modified": it.likeness == Likeness::Modified,
        "sibling_of": is_kindred.then_some(it.nearest),
        "differences": it.differences.iter().map(difference).collect::<Vec<_>>(),
    })
}
