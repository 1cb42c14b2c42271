//! `METADATA` and `PKG-INFO` of installed Python packages: lines of mail headers.

use crate::component::{Origin, Scope};
use crate::installed::python_name;
use crate::readers::license_text;
use crate::readers::manifest;
use crate::readers::requirement::Requirement;
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject, Wording};
use crate::source::{Source, Spanned};

/// The reader of the metadata of distributions.
pub(super) const READER: Reader = Reader {
    name: "python-metadata",
    reads: "the license of an installed or packed Python package in METADATA and PKG-INFO",
    wants: |path| {
        let mut parts = path.rsplit('/');
        match parts.next() {
            Some("METADATA") => parts.next().is_some_and(|it| it.ends_with(".dist-info")),
            Some("PKG-INFO") => true,
            _ => false,
        }
    },
    read: Read::Text(read),
};

/// Begins a classifier about the license.
const CLASSIFIER: &str = "License ::";

/// A classifier that names no license.
const OPEN_SOURCE: &str = "License :: OSI Approved";

/// How long a field may be to be the name of a license, and no text of one.
const LONGEST_NAME: usize = 200;

fn read(source: &Source) -> Reading {
    let fields = fields(source);
    let sighting = sighting(&fields);
    Reading { sightings: sighting.into_iter().collect(), problems: Vec::new() }
}

fn sighting(fields: &[(&str, Spanned<String>)]) -> Option<Sighting> {
    let all = |name: &str| {
        let wanted = name.to_owned();
        fields.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(&wanted)).map(|(_, it)| it)
    };
    let name = all("Name").next()?.clone();
    let version = all("Version").next().map(|it| it.value.clone());
    let subject = Subject::Package { ecosystem: "pypi", name: python_name(&name.value), version };
    let mut seen = manifest::sighting(subject, name);
    let expressions = all("License-Expression").cloned();
    seen.licenses.extend(expressions.map(|it| manifest::wording(it, Meant::Expression)));
    if seen.licenses.is_empty() {
        seen.licenses.extend(all("License").cloned().flat_map(words));
        let classifiers = all("Classifier").filter(|it| it.value.starts_with(CLASSIFIER));
        let said = !seen.licenses.is_empty();
        let clear = classifiers.filter(|it| !(said && it.value == OPEN_SOURCE)).cloned();
        seen.licenses.extend(clear.map(|it| manifest::wording(it, Meant::Name)));
    }
    if seen.licenses.is_empty() {
        let files = all("License-File").cloned();
        seen.licenses.extend(files.map(|it| manifest::wording(it, Meant::File)));
    }
    let needs = all("Requires-Dist").filter_map(Requirement::parse);
    seen.uses = needs.map(|it| Requirement { version: None, ..it }.need(Scope::Normal)).collect();
    Some(seen)
}

/// The words of the field `License`, which tools fill with `UNKNOWN` or a whole text.
fn words(raw: Spanned<String>) -> Vec<Wording> {
    if raw.value.eq_ignore_ascii_case("unknown") {
        return Vec::new();
    }
    if license_text::is_whole(&raw.value) {
        return license_text::of_field(&raw, Origin::Manifest);
    }
    // The first line of what is too long for a name mostly is the title of a text.
    let line = raw.value.lines().next().unwrap_or_default();
    if raw.value.len() > LONGEST_NAME && line.len() < raw.value.len() {
        let whole = raw.at.range().len() == raw.value.len();
        let at = if whole { raw.at.part(0..line.len()) } else { raw.at };
        return vec![manifest::wording(Spanned::new(line.trim_end().to_owned(), at), Meant::Name)];
    }
    vec![manifest::wording(raw, Meant::Name)]
}

/// The fields before the first empty line; a line that begins with a space goes on.
fn fields(source: &Source) -> Vec<(&str, Spanned<String>)> {
    let text: &str = &source.text;
    let mut found: Vec<(&str, Spanned<String>)> = Vec::new();
    let mut start = text.len() - text.trim_start_matches('\u{feff}').len();
    for line in text[start..].split_inclusive('\n') {
        let at = start;
        start += line.len();
        let content = line.trim_end();
        if content.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t', '|']) {
            if let Some((_, value)) = found.last_mut() {
                let begin = value.at.range().start;
                let end = at + content.len();
                *value = Spanned::new(text[begin..end].to_owned(), source.span(begin..end));
            }
            continue;
        }
        let Some((key, value)) = content.split_once(':') else { continue };
        let begin = at + content.len() - value.trim_start().len();
        let end = at + content.len();
        let value = Spanned::new(text[begin..end].to_owned(), source.span(begin..end));
        found.push((key.trim(), value));
    }
    found.retain(|(_, value)| !value.value.is_empty());
    found
}
