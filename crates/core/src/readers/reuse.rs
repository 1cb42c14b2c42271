//! What REUSE puts beside files: `REUSE.toml`, `.reuse/dep5` and `NAME.license`.

mod annotations;

use crate::component::{Evidence, Origin, Strength};
use crate::readers::lines::lines;
use crate::readers::{license_file, sidecar};
use crate::reading::{Meant, Precedence, Read, Reader, Reading, Sighting, Subject, Wording};
use crate::source::{Problem, Source, Span, Spanned};

pub(crate) use annotations::{Annotation, annotations, dep5};

/// The reader of annotations for many files.
pub(super) const ANNOTATIONS: Reader = Reader {
    name: "reuse-annotations",
    reads: "the licenses that REUSE.toml gives to files",
    wants: |path| sidecar::file_name(path) == "REUSE.toml",
    read: Read::Text(read_annotations),
};

/// The reader of what came before REUSE.toml.
pub(super) const DEP5: Reader = Reader {
    name: "reuse-dep5",
    reads: "the licenses that .reuse/dep5 gives to files",
    wants: |path| path == ".reuse/dep5" || path.ends_with("/.reuse/dep5"),
    read: Read::Text(read_dep5),
};

/// The reader of files that lie beside one that cannot hold a license itself.
pub(super) const BESIDE: Reader = Reader {
    name: "reuse-sidecar",
    reads: "the license in NAME.license of the file NAME beside it",
    wants: |path| subject_of(path).is_some(),
    read: Read::Text(read_beside),
};

/// How many patterns of one file are taken.
const MOST_PATTERNS: usize = 1000;

/// How long a pattern may be.
const LONGEST: usize = 1024;

/// What begins a tag.
const TAG: &str = "SPDX-License-Identifier:";

/// The name of the file that `path` lies beside: it has an ending of its own, which `my.license`
/// has not.
fn subject_of(path: &str) -> Option<&str> {
    let name = sidecar::file_name(path).strip_suffix(".license")?;
    let (stem, ending) = name.rsplit_once('.')?;
    let is_ending = !ending.is_empty() && ending.bytes().all(|it| it.is_ascii_alphanumeric());
    (!stem.is_empty() && is_ending).then_some(name)
}

fn read_beside(source: &Source) -> Reading {
    let Some(name) = subject_of(&source.name) else { return Reading::default() };
    let mut licenses = Vec::new();
    for (line, at) in lines(source) {
        let Some(found) = line.find(TAG) else { continue };
        let from = found + TAG.len();
        let words =
            line[from..].trim_end_matches(|it: char| it.is_whitespace() || "*/->".contains(it));
        let start = at + from + words.len() - words.trim_start().len();
        if !words.trim().is_empty() && licenses.len() < sidecar::LIST_LIMIT {
            let raw =
                Spanned::new(words.trim().to_owned(), source.span(start..at + from + words.len()));
            licenses.push(wording(raw, Origin::Tag));
        }
    }
    let Some(at) = licenses.first().map(|it| it.raw.at) else {
        // A whole license text, perhaps.
        let Read::Text(read) = license_file::READER.read else { return Reading::default() };
        let mut reading = read(source);
        for it in &mut reading.sightings {
            it.subject = files(&literal(name), Precedence::Closest);
        }
        return reading;
    };
    let mut seen = Sighting::new(files(&literal(name), Precedence::Closest), None, at);
    seen.licenses = licenses;
    Reading { sightings: vec![seen], problems: Vec::new() }
}

fn read_annotations(source: &Source) -> Reading {
    let read = annotations(source);
    let mut reading = Reading { sightings: Vec::new(), problems: read.problems };
    for it in read.all {
        let words = it.licenses.into_iter().filter(|it| !it.value.trim().is_empty());
        let licenses: Vec<Wording> =
            words.take(sidecar::LIST_LIMIT).map(|it| wording(it, Origin::Sidecar)).collect();
        for pattern in it.patterns.iter().filter(|_| !licenses.is_empty()) {
            add(&mut reading, pattern, files(&pattern.value, it.precedence), &licenses);
        }
    }
    reading
}

/// Paragraphs of patterns and the license of what they match; the last that matches holds.
fn read_dep5(source: &Source) -> Reading {
    let mut reading = Reading::default();
    for it in dep5(source).all {
        let Some(license) = it.licenses.into_iter().next() else { continue };
        let licenses = [wording(license, Origin::Sidecar)];
        for pattern in &it.patterns {
            // It lies one folder below what it speaks of, and its one star crosses folders.
            let words = pattern.value.trim_start_matches("./").replace('*', "**");
            let meant = format!("../{}", words.replace("**/", "**\\/"));
            add(&mut reading, pattern, files(&meant, Precedence::Aggregate), &licenses);
        }
    }
    reading
}

fn add(reading: &mut Reading, pattern: &Spanned<String>, subject: Subject, licenses: &[Wording]) {
    if reading.sightings.len() == MOST_PATTERNS {
        let what = "there are more patterns than are read";
        reading.problems.push(Problem::new(pattern.at, what));
    }
    if reading.sightings.len() < MOST_PATTERNS && pattern.value.len() <= LONGEST {
        let mut seen = Sighting::new(subject, None, pattern.at);
        seen.licenses = licenses.to_vec();
        reading.sightings.push(seen);
    }
}

fn files(pattern: &str, precedence: Precedence) -> Subject {
    Subject::Files { pattern: pattern.to_owned(), precedence }
}

/// A pattern for nothing but `name`.
fn literal(name: &str) -> String {
    name.replace('\\', "\\\\").replace('*', "\\*")
}

fn wording(raw: Spanned<String>, origin: Origin) -> Wording {
    let at: Span = raw.at;
    let evidence = Evidence { at, origin, strength: Strength::Declared };
    Wording { raw, evidence, meant: Meant::Expression }
}
