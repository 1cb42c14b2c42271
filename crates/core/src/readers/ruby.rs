//! `Gemfile.lock` and `NAME.gemspec` of Ruby.

use std::collections::BTreeMap;

use crate::component::Scope;
use crate::readers::lines::{lines, place};
use crate::readers::{locked, manifest};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject};
use crate::source::{Source, Spanned};

/// The reader of Ruby lockfiles.
pub(super) const LOCK: Reader = Reader {
    name: "gemfile-lock",
    reads: "the dependencies that Gemfile.lock pins",
    wants: |path| matches!(path.rsplit('/').next(), Some("Gemfile.lock" | "gems.locked")),
    read: Read::Text(read_lock),
};

/// The reader of gem specifications.
pub(super) const GEMSPEC: Reader = Reader {
    name: "gemspec",
    reads: "the license of a gem in its specification",
    wants: |path| path.ends_with(".gemspec"),
    read: Read::Text(read_gemspec),
};

fn read_lock(source: &Source) -> Reading {
    let mut section = "";
    let mut sightings: Vec<Sighting> = Vec::new();
    let mut needs: Vec<(usize, Spanned<String>)> = Vec::new();
    let mut asked: Vec<Spanned<String>> = Vec::new();
    for (line, at) in lines(source) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let name = line.split_whitespace().next().unwrap_or_default();
        match (indent, section) {
            (0, _) => section = line.trim_end(),
            (2, "DEPENDENCIES") => asked.push(place(source, line, at, name.trim_end_matches('!'))),
            (4, "GEM" | "GIT" | "PATH") if sightings.len() < locked::MOST_PACKAGES => {
                let version =
                    line.split_once('(').map(|(_, it)| it.trim_end().trim_end_matches(')'));
                let name = place(source, line, at, name);
                let version = version.map(str::to_owned);
                let mut seen = locked::package("gem", name.value, version, name.at);
                seen.foreign = section != "PATH";
                sightings.push(seen);
            }
            (6, "GEM" | "GIT" | "PATH") if !sightings.is_empty() => {
                needs.push((sightings.len() - 1, place(source, line, at, name)));
            }
            _ => {}
        }
    }
    let mut versions: BTreeMap<String, Option<String>> = BTreeMap::new();
    for seen in &sightings {
        if let Subject::Package { name, version, .. } = &seen.subject {
            versions.entry(name.clone()).or_insert_with(|| version.clone());
        }
    }
    let need = |it: &Spanned<String>| {
        let version = versions.get(&it.value)?;
        Some(locked::depends("gem", &it.value, version.as_deref(), Scope::Normal, it.at))
    };
    for (index, it) in &needs {
        sightings[*index].uses.extend(need(it));
    }
    let uses: Vec<_> = asked.iter().filter_map(need).collect();
    if let Some(first) = uses.first().map(|it| it.target.at) {
        sightings.push(locked::directory(first, uses));
    }
    Reading { sightings, problems: Vec::new() }
}

/// Assignments to a specification: `spec.license = "MIT"`. It is a program, of which only what is
/// written out is taken.
fn read_gemspec(source: &Source) -> Reading {
    let (mut name, mut version, mut licenses, mut uses) = (None, None, Vec::new(), Vec::new());
    for (line, at) in lines(source) {
        let content = line.trim_start();
        if content.starts_with('#') {
            continue;
        }
        let Some((_, member)) = content.split_once('.') else { continue };
        let end = member.find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
        let (field, rest) = member.split_at(end.unwrap_or(member.len()));
        let scope = match field {
            "add_dependency" | "add_runtime_dependency" => Some(Scope::Normal),
            "add_development_dependency" => Some(Scope::Dev),
            _ => None,
        };
        let start = at + line.len() - rest.len();
        let strings = strings(source, rest, start);
        if let (Some(scope), Some(it)) = (scope, strings.first()) {
            uses.push(locked::depends("gem", &it.value, None, scope, it.at));
        }
        if !rest.trim_start().starts_with('=') {
            continue;
        }
        let mut strings = strings.into_iter();
        match field {
            "name" => name = name.or(strings.next()),
            "version" => version = version.or(strings.next()),
            "license" | "licenses" => licenses.extend(strings),
            _ => {}
        }
    }
    let Some(name) = name else { return Reading::default() };
    let version = version.map(|it| it.value);
    let subject = Subject::Package { ecosystem: "gem", name: name.value.clone(), version };
    let mut seen = manifest::sighting(subject, name);
    // Of several licenses any may be chosen.
    if let ([first, .., last], [_, _, ..]) = (&licenses[..], &licenses[..]) {
        let names: Vec<&str> = licenses.iter().map(|it| it.value.as_str()).collect();
        let at = source.span(first.at.range().start..last.at.range().end);
        licenses = vec![Spanned::new(names.join(" OR "), at)];
    }
    let words = licenses.into_iter().map(|it| manifest::wording(it, Meant::Expression));
    seen.licenses = words.collect();
    seen.uses = uses;
    Reading { sightings: vec![seen], problems: Vec::new() }
}

/// The strings in a line, without those that hold a computation.
fn strings(source: &Source, text: &str, start: usize) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(open) = text[rest..].find(['"', '\'']) {
        let begin = rest + open + 1;
        let quote = if text[rest + open..].starts_with('"') { '"' } else { '\'' };
        let Some(length) = text[begin..].find(quote) else { break };
        let value = &text[begin..begin + length];
        if !value.contains("#{") && !value.trim().is_empty() {
            let range = start + begin..start + begin + length;
            found.push(Spanned::new(value.to_owned(), source.span(range)));
        }
        rest = begin + length + 1;
    }
    found
}
