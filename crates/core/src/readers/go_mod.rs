//! `go.mod`.

use crate::component::{Scope, Use};
use crate::readers::lines::lines;
use crate::readers::{locked, manifest};
use crate::reading::{Read, Reader, Reading, Subject};
use crate::source::{Source, Spanned};

/// The reader of Go modules.
pub(super) const READER: Reader = Reader {
    name: "go-mod",
    reads: "a Go module and the modules that go.mod requires",
    wants: |path| path == "go.mod" || path.ends_with("/go.mod"),
    read: Read::Text(read),
};

fn read(source: &Source) -> Reading {
    let mut own = None;
    let mut uses: Vec<Use> = Vec::new();
    let mut sightings = Vec::new();
    let mut block: Option<&str> = None;
    for (line, at) in lines(source) {
        let content = line.split("//").next().unwrap_or(line).trim_end();
        let mut words = content.split_whitespace();
        let Some(first) = words.next() else { continue };
        if first == ")" {
            block = None;
            continue;
        }
        let directive = match block {
            Some(it) => it,
            None if content.ends_with('(') => {
                block = Some(first);
                continue;
            }
            None => first,
        };
        let name = if block.is_some() { Some(first) } else { words.next() };
        let Some(name) = name.map(|it| it.trim_matches(['"', '`'])).filter(|it| !it.is_empty())
        else {
            continue;
        };
        let start = at + content.find(name).unwrap_or(0);
        let name = Spanned::new(name.to_owned(), source.span(start..start + name.len()));
        match (directive, words.next()) {
            ("module", _) => own = own.or(Some(name)),
            ("require", Some(version)) if sightings.len() < locked::MOST_PACKAGES => {
                let version = Some(version.to_owned());
                let scope = Scope::Normal;
                uses.push(locked::depends(
                    "golang",
                    &name.value,
                    version.as_deref(),
                    scope,
                    name.at,
                ));
                sightings.push(locked::package("golang", name.value, version, name.at));
            }
            _ => {}
        }
    }
    if let Some(name) = own {
        let subject =
            Subject::Package { ecosystem: "golang", name: name.value.clone(), version: None };
        let mut seen = manifest::sighting(subject, name);
        seen.uses = uses;
        sightings.insert(0, seen);
    }
    Reading { sightings, problems: Vec::new() }
}
