//! License texts in files of their own.

use std::collections::BTreeSet;

use crate::component::Kind;
use crate::readers::{card, license_text};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject, Wording};
use crate::source::{Problem, Source};

/// The reader of license files. It reads any text it is given, whatever the name.
pub(super) const READER: Reader = Reader {
    name: "license-file",
    reads: "license texts in LICENSE, COPYING, UNLICENSE and the like",
    wants,
    read: Read::Text(read),
};

/// Endings of texts. A name that begins with the word may have others, as in `COPYING.LESSER`.
const TEXTS: [&str; 11] =
    ["adoc", "asciidoc", "htm", "html", "markdown", "md", "rst", "rtf", "tex", "text", "txt"];

/// Endings of what is about licenses, but no license text.
const OTHERS: &[&str] = &[
    "asc", "bat", "bin", "bzl", "c", "cc", "cfg", "class", "cmake", "cpp", "cs", "css", "csv",
    "dart", "el", "go", "gz", "h", "hpp", "in", "ini", "ipynb", "j2", "java", "jpg", "js", "json",
    "json5", "jsonl", "jsx", "kt", "lock", "lua", "mjs", "php", "pdf", "pl", "png", "proto", "ps1",
    "py", "pyc", "rb", "rs", "scala", "sh", "sig", "sql", "svg", "swift", "tmpl", "toml", "ts",
    "tsv", "tsx", "xml", "yaml", "yml", "zip",
];

/// Words that make a name one of a license text.
const LICENSE: [&str; 8] =
    ["license", "licence", "licenses", "licences", "copying", "unlicense", "unlicence", "eula"];

/// Of such words a text has several that binds anyone, and a page about licenses has few.
const LEGAL: &str = "\
    agreement applicable conditions copyright damages derivative distribute distribution grant \
    granted hereby herein infringement liability liable licensee licensor modify notice \
    permission permissions permitted prohibited provided redistribute redistribution reserved \
    rights royalty shall sublicense terminate termination terms warranties warranty";

/// How many of them at least.
const LEAST_LEGAL: usize = 4;

/// Words beside them that make it one of something else: of other people's licenses or about
/// licenses.
const ABOUT: &[&str] = &[
    "3rd",
    "3rdparty",
    "third",
    "thirdparty",
    "party",
    "dependencies",
    "dependency",
    "deps",
    "vendor",
    "vendored",
    "header",
    "headers",
    "guide",
    "faq",
    "howto",
    "how",
    "check",
    "checker",
    "checks",
    "compliance",
    "report",
    "notes",
    "policy",
    "info",
    "list",
    "summary",
    "audit",
    "bot",
    "plugin",
    "scan",
    "manager",
    "overview",
];

fn wants(path: &str) -> bool {
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = split(name);
    if OTHERS.contains(&ending.as_str()) || name.starts_with('.') {
        return false;
    }
    if is_collection(directory) {
        return !matches!(stem.as_str(), "readme" | "index");
    }
    if LICENSE[..2].contains(&ending.as_str()) {
        return true;
    }
    let words = words(&stem);
    let says = |it: &&str| LICENSE.contains(it);
    let is_text = ending.is_empty() || TEXTS.contains(&ending.as_str());
    words.iter().any(says)
        && !words.iter().any(|it| ABOUT.contains(it))
        && (is_text || words.first().is_some_and(says))
}

fn read(source: &Source) -> Reading {
    let may_be_card = source.name.to_ascii_lowercase().ends_with(".md");
    if may_be_card && let Some(reading) = card::read_if_opened_by_card(source) {
        return reading;
    }
    let mut reading = Reading::default();
    let at = source.span(0..source.text.len());
    let mut seen = Sighting::new(subject(&source.name), kind(&source.name), at);
    let text = source.text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        reading.problems.push(Problem::new(at, "the license file is empty"));
        return reading;
    }
    let found = license_text::find(&source.text);
    let is_license = is_plainly_named(&source.name) && !names_people(&source.name);
    if found.is_empty() && (is_tag(text) || !(is_license || is_legal(text))) {
        return reading;
    }
    seen.licenses = license_text::of_file(source, found);
    for wording in &mut seen.licenses {
        if wording.meant == Meant::UnknownText && is_path(text) {
            *wording = Wording { meant: Meant::File, ..wording.clone() };
        }
    }
    if let Some(first) = seen.licenses.first() {
        seen.at = first.raw.at;
    }
    reading.sightings.push(seen);
    reading
}

/// Whom a license file is about: what it lies beside, if its name is one that this reader knows.
fn subject(path: &str) -> Subject {
    let directory = path.rsplit_once('/').map_or("", |it| it.0);
    let name = path.rsplit('/').next().unwrap_or(path);
    let beside_a_file = split(name).1 == "license" && split(name).0.contains('.');
    if wants(path) && !is_collection(directory) && !beside_a_file {
        Subject::Directory
    } else {
        Subject::File
    }
}

/// What kind of thing the name says that the license is for, in its first word or one beside
/// "license".
fn kind(path: &str) -> Option<Kind> {
    let (stem, ending) = split(path.rsplit('/').next().unwrap_or(path));
    let stem = format!("{stem}.{ending}");
    let words = words(&stem);
    let place = words.iter().position(|it| LICENSE.contains(it))?;
    let beside = [Some(0), place.checked_sub(1), Some(place + 1)];
    beside.iter().flatten().filter_map(|it| words.get(*it)).find_map(|it| kind_of(it))
}

fn kind_of(word: &str) -> Option<Kind> {
    match word {
        "data" | "dataset" | "datasets" => Some(Kind::Dataset),
        "model" | "models" | "weight" | "weights" | "checkpoint" | "checkpoints" => {
            Some(Kind::Model)
        }
        "code" | "software" => Some(Kind::Code),
        _ => None,
    }
}

fn words(name: &str) -> Vec<&str> {
    name.split(['-', '_', '.', ' ']).filter(|it| !it.is_empty()).collect()
}

/// Whether a directory holds the license texts of a project that has several.
fn is_collection(directory: &str) -> bool {
    let name = directory.rsplit('/').next().unwrap_or(directory);
    name.eq_ignore_ascii_case("licenses") || name.eq_ignore_ascii_case("licences")
}

/// Whether a file is called as license texts are and pages are not: `LICENSE` alone or with a kind
/// of thing or a number, in capitals, or without an ending. What is in it is a license, whatever
/// it says. A file that no name led to was given as one.
fn is_plainly_named(path: &str) -> bool {
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = split(name);
    let plain = |it: &&str| {
        LICENSE.contains(it) || kind_of(it).is_some() || it.bytes().all(|it| it.is_ascii_digit())
    };
    !wants(path)
        || is_collection(directory)
        || !TEXTS.contains(&ending.as_str())
        || !name.contains(|it: char| it.is_ascii_lowercase())
        || words(&stem).iter().all(plain)
}

/// Whether a file that is shipped among license texts is by its name one that tells who made the
/// thing.
fn names_people(path: &str) -> bool {
    const PEOPLE: [&str; 7] =
        ["authors", "contributors", "copyright", "credits", "maintainers", "notice", "thanks"];
    let (stem, _) = split(path.rsplit('/').next().unwrap_or(path));
    words(&stem).first().is_some_and(|it| PEOPLE.contains(it))
}

/// Whether a text speaks as licenses do. One with blocks of code is a page about something.
fn is_legal(text: &str) -> bool {
    if text.contains("\n```") {
        return false;
    }
    let known: Vec<&str> = LEGAL.split(' ').collect();
    let mut said: BTreeSet<&str> = BTreeSet::new();
    for word in text.split(|it: char| !it.is_alphabetic()) {
        let word = word.to_ascii_lowercase();
        said.extend(known.iter().find(|it| **it == word));
        if said.len() >= LEAST_LEGAL {
            return true;
        }
    }
    false
}

/// Whether a text only names its license by a tag, which is read elsewhere.
fn is_tag(text: &str) -> bool {
    text.len() < 1000 && text.contains("SPDX-License-Identifier:")
}

/// Whether a text is but the path of another license file: a link that was not followed.
fn is_path(text: &str) -> bool {
    text.len() < 200 && !text.contains(char::is_whitespace) && text.contains('/') && wants(text)
}

/// Name and ending in lower case; the ending of `LICENSE-2.0` is none.
fn split(name: &str) -> (String, String) {
    let name = name.to_ascii_lowercase();
    match name.rsplit_once('.') {
        Some((stem, ending)) if !ending.starts_with(|it: char| it.is_ascii_digit()) => {
            (stem.to_owned(), ending.to_owned())
        }
        _ => (name, String::new()),
    }
}
