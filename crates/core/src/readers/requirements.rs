//! `requirements.txt` and its kin.

use crate::component::Scope;
use crate::readers::locked;
use crate::readers::requirement::Requirement;
use crate::reading::{Read, Reader, Reading};
use crate::source::{Source, Spanned};

/// The reader of requirement files.
pub(super) const READER: Reader = Reader {
    name: "requirements",
    reads: "the packages that requirements.txt asks for",
    wants,
    read: Read::Text(read),
};

/// `requirements.txt`, `requirements-dev.txt`, `dev-requirements.txt`, `requirements/base.txt`.
fn wants(path: &str) -> bool {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or(path);
    let Some(stem) = name.strip_suffix(".txt").or_else(|| name.strip_suffix(".in")) else {
        return false;
    };
    stem.split(['-', '_', '.']).any(|it| it == "requirements" || it == "constraints")
        || parts.next() == Some("requirements")
}

/// What the name of the file tells of when its packages are needed.
fn scope(path: &str) -> Scope {
    const DEV: [&str; 8] = ["dev", "develop", "test", "tests", "testing", "lint", "doc", "docs"];
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let is_dev = name.split(['-', '_', '.']).any(|it| DEV.contains(&it));
    if is_dev { Scope::Dev } else { Scope::Normal }
}

fn read(source: &Source) -> Reading {
    let mut reading = Reading::default();
    let mut uses = Vec::new();
    let text: &str = &source.text;
    let (mut start, mut continued) =
        (text.len() - text.trim_start_matches('\u{feff}').len(), false);
    for line in text[start..].split_inclusive('\n') {
        let at = start;
        start += line.len();
        let is_rest = std::mem::replace(&mut continued, line.trim_end().ends_with('\\'));
        if is_rest || reading.sightings.len() >= locked::MOST_PACKAGES {
            continue;
        }
        let content = line.split(" #").next().unwrap_or(line);
        let content = content.split(" --").next().unwrap_or(content);
        let content = content.trim_end().trim_end_matches('\\').trim_end();
        if content.trim_start().starts_with(['#', '-']) || content.is_empty() {
            continue;
        }
        let written = Spanned::new(content.to_owned(), source.span(at..at + content.len()));
        let Some(it) = Requirement::parse(&written) else { continue };
        uses.push(it.need(scope(&source.name)));
        if it.version.is_some() {
            reading.sightings.push(locked::package("pypi", it.name, it.version, it.at));
        }
    }
    if let Some(first) = uses.first().map(|it| it.target.at) {
        reading.sightings.push(locked::directory(first, uses));
    }
    reading
}
