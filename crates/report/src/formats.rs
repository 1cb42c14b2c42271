//! The formats that a report can be written in: one line each.

use std::io::{self, Write};

use crate::run::{Look, Run};
use crate::{concise, full, json};

/// One way to write a run as bytes.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub describes: &'static str,
    /// Whether people read it, so that what is seldom wanted may be left out.
    pub is_for_people: bool,
    /// Writes a run. Fails only where `out` does.
    pub write: fn(&Run<'_>, &Look, &mut dyn Write) -> io::Result<()>,
}

/// All formats; the first is the default.
pub const FORMATS: &[Format] = &[
    Format {
        name: "full",
        describes: "for people: each finding with its place, the reasons and what to do",
        is_for_people: true,
        write: full::write,
    },
    Format {
        name: "concise",
        describes: "one line each, for editors and grep",
        is_for_people: true,
        write: concise::write,
    },
    Format {
        name: "json",
        describes: "everything, for programs; schema caveat/1",
        is_for_people: false,
        write: json::write,
    },
];

/// The format of that name.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|it| it.name == name)
}
