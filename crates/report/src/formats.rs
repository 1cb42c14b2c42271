//! The formats that a report can be written in: one line each.

use std::io::{self, Write};

use crate::run::{Look, Run};
use crate::{concise, full, github, gitlab, json, json_lines, junit, markdown, reviewdog, sarif};

/// What writes a run.
pub type Writes = fn(&Run<'_>, &Look, &mut dyn Write) -> io::Result<()>;

/// One way to write a run as bytes.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub describes: &'static str,
    /// Whether people read it, so that what is seldom wanted may be left out.
    pub is_for_people: bool,
    /// Whether it has words for what was not judged: components and what they say.
    pub has_inventory: bool,
    /// Writes a run. Fails only where `out` does.
    pub write: Writes,
}

/// All formats; the first is the default.
pub const FORMATS: &[Format] = &[
    Format {
        name: "full",
        describes: "for people: each finding with its place, the reasons and what to do",
        is_for_people: true,
        has_inventory: true,
        write: full::write,
    },
    Format {
        name: "concise",
        describes: "one line each, for editors and grep",
        is_for_people: true,
        has_inventory: true,
        write: concise::write,
    },
    Format {
        name: "json",
        describes: "everything, for programs; schema caveat/1",
        is_for_people: false,
        has_inventory: true,
        write: json::write,
    },
    Format {
        name: "json-lines",
        describes: "the same, one record on each line",
        is_for_people: false,
        has_inventory: true,
        write: json_lines::write,
    },
    gate("sarif", "SARIF 2.1.0, for code scanning", sarif::write),
    gate("github", "annotations in a GitHub workflow", github::write),
    gate("gitlab", "a GitLab Code Quality report", gitlab::write),
    gate("junit", "JUnit XML: a test for each rule and finding", junit::write),
    gate("rdjson", "reviewdog's diagnostics", reviewdog::write),
    gate("rdjsonl", "the same, one on each line", reviewdog::write_lines),
    Format {
        name: "markdown",
        describes: "a comment for a pull request",
        is_for_people: true,
        has_inventory: false,
        write: markdown::write,
    },
];

/// A format of findings alone, for a program that decides what goes in.
const fn gate(name: &'static str, describes: &'static str, write: Writes) -> Format {
    Format { name, describes, is_for_people: false, has_inventory: false, write }
}

/// The format of that name.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|it| it.name == name)
}
