//! `DESCRIPTION` of an R package.

use crate::component::{Scope, Use};
use crate::readers::lines::{field, paragraphs};
use crate::readers::{locked, manifest};
use crate::reading::{Meant, Read, Reader, Reading, Subject};
use crate::source::{Source, Spanned};
use crate::value::part;

/// The reader of R packages.
pub(super) const READER: Reader = Reader {
    name: "r-description",
    reads: "the license of an R package in DESCRIPTION",
    wants: |path| path == "DESCRIPTION" || path.ends_with("/DESCRIPTION"),
    read: Read::Text(read),
};

/// The fields that name what a package needs, and when.
const FIELDS: [(&str, Scope); 4] = [
    ("Depends", Scope::Normal),
    ("Imports", Scope::Normal),
    ("LinkingTo", Scope::Build),
    ("Suggests", Scope::Optional),
];

fn read(source: &Source) -> Reading {
    let all = paragraphs(source);
    let Some(fields) = all.first() else { return Reading::default() };
    let Some(name) = field(fields, "Package").cloned() else { return Reading::default() };
    let version = field(fields, "Version").map(|it| it.value.clone());
    let subject = Subject::Package { ecosystem: "cran", name: name.value.clone(), version };
    let mut seen = manifest::sighting(subject, name);
    if let Some(license) = field(fields, "License") {
        seen.licenses = license_words(license);
    }
    for (key, scope) in FIELDS {
        seen.uses.extend(field(fields, key).into_iter().flat_map(|it| needs(it, scope)));
    }
    Reading { sightings: vec![seen], problems: Vec::new() }
}

/// `MIT + file LICENSE` names a license and a file that completes it; `A | B` is a choice.
fn license_words(license: &Spanned<String>) -> Vec<crate::reading::Wording> {
    let text = license.value.as_str();
    let name = text.split("+ file").next().unwrap_or(text).trim();
    if let Some(file) = name.strip_prefix("file ") {
        let start = text.find(file).unwrap_or(0);
        let path = part(license, start..start + file.len());
        return vec![manifest::wording(path, Meant::File)];
    }
    let whole = part(license, 0..name.len());
    if !name.contains('|') {
        return vec![manifest::wording(whole, Meant::Name)];
    }
    let choice = Spanned::new(name.replace('|', " OR "), whole.at);
    vec![manifest::wording(choice, Meant::Expression)]
}

/// `R (>= 4.0), Rcpp, utils`: packages by commas; R itself is none.
fn needs(list: &Spanned<String>, scope: Scope) -> Vec<Use> {
    let mut found = Vec::new();
    let mut start = 0;
    for piece in list.value.split(',') {
        let at = start + piece.len() - piece.trim_start().len();
        start += piece.len() + 1;
        let name = piece.trim().split([' ', '(', '\n', '\t']).next().unwrap_or_default();
        if name.is_empty() || name == "R" {
            continue;
        }
        let place = part(list, at..at + name.len());
        found.push(locked::depends("cran", name, None, scope, place.at));
    }
    found
}
