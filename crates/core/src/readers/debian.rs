//! `debian/copyright` in the machine-readable format, also where packages install it.

use crate::component::Kind;
use crate::readers::lines::{field, paragraphs};
use crate::readers::manifest;
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject};
use crate::source::{Source, Spanned};
use crate::value::part;

/// The reader of Debian copyright files.
pub(super) const READER: Reader = Reader {
    name: "debian-copyright",
    reads: "the licenses of a Debian package in debian/copyright",
    wants: |path| {
        path.ends_with("debian/copyright")
            || (path.ends_with("/copyright") && installed(path).is_some())
    },
    read: Read::Text(read),
};

/// The package whose documentation the path lies in: `usr/share/doc/NAME/copyright`.
fn installed(path: &str) -> Option<&str> {
    let (before, name) = path.strip_suffix("/copyright")?.rsplit_once('/')?;
    before.ends_with("share/doc").then_some(name)
}

fn read(source: &Source) -> Reading {
    let all = paragraphs(source);
    let Some(head) = all.first() else { return Reading::default() };
    // Without a format it is prose.
    if field(head, "Format").is_none() {
        return Reading::default();
    }
    let mut licenses = Vec::new();
    let mut known: Vec<String> = Vec::new();
    for fields in &all {
        // How the package was made is not what is in it.
        let files = field(fields, "Files");
        let is_packaging =
            files.is_some_and(|it| it.value.split_whitespace().all(|it| it.starts_with("debian/")));
        let Some(license) = field(fields, "License") else { continue };
        let name = title(license);
        let is_new = !known.contains(&name.value);
        if files.is_some() && !is_packaging && is_new && !name.value.is_empty() {
            known.push(name.value.clone());
            licenses.push(manifest::wording(name, Meant::Name));
        }
    }
    let upstream = field(head, "Upstream-Name");
    let package = |name: &str| {
        let name = format!("debian/{}", name.trim().to_ascii_lowercase());
        Subject::Package { ecosystem: "deb", name, version: None }
    };
    let (subject, at) = match (installed(&source.name), upstream) {
        (Some(name), _) => (package(name), head[0].1.at),
        (None, Some(name)) => (package(&name.value), name.at),
        (None, None) => (Subject::Directory, head[0].1.at),
    };
    let mut seen = Sighting::new(subject, Some(Kind::Code), at);
    seen.foreign = installed(&source.name).is_some();
    seen.licenses = licenses;
    Reading { sightings: vec![seen], problems: Vec::new() }
}

/// The first line of a license field, which names it; the text may follow.
fn title(license: &Spanned<String>) -> Spanned<String> {
    let line = license.value.lines().next().unwrap_or_default().trim_end();
    part(license, 0..line.len())
}
