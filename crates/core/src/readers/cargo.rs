//! `Cargo.toml` of the project's own packages.

use crate::component::Kind;
use crate::readers::cargo_needs;
use crate::readers::manifest::{self, Tables};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject};
use crate::source::{Source, Spanned};

/// The reader of Cargo manifests.
pub(super) const READER: Reader = Reader {
    name: "cargo-manifest",
    reads: "the license of a package and of a workspace in Cargo.toml",
    wants: |path| path == "Cargo.toml" || path.ends_with("/Cargo.toml"),
    read: Read::Text(read),
};

fn read(source: &Source) -> Reading {
    let tables = Tables::parse(source);
    let mut sightings = Vec::new();
    sightings.extend(package(&tables));
    sightings.extend(workspace(&tables));
    Reading { sightings, problems: tables.problems }
}

fn package(tables: &Tables<'_>) -> Option<Sighting> {
    let name = tables.string(&["package", "name"])?;
    let version = tables.string(&["package", "version"]).map(|it| it.value);
    let subject = Subject::Package { ecosystem: "cargo", name: name.value.clone(), version };
    let mut seen = manifest::sighting(subject, name);
    seen.private = is_private(tables, &["package", "publish"]);
    stated(tables, &["package"], &mut seen);
    for field in ["license", "license-file"] {
        let words = inherited(tables, &["package", field]);
        seen.licenses.extend(words.map(|it| manifest::wording(it, Meant::Inherited)));
    }
    seen.uses = cargo_needs::uses(|key| tables.node(&[key]));
    Some(seen)
}

/// The words that leave a field to the workspace, in either way to write them.
fn inherited(tables: &Tables<'_>, field: &[&str]) -> Option<Spanned<String>> {
    let flag = [field, &["workspace"]].concat();
    if tables.boolean(&flag) != Some(true) {
        return None;
    }
    let ends = [field, &flag].map(|it| tables.value(it).map(|it| it.span().end));
    let at = tables.source.span(tables.key(field)?.start..ends.into_iter().flatten().max()?);
    Some(Spanned::new(tables.source.slice(at).to_owned(), at))
}

/// What the members of a workspace may inherit.
fn workspace(tables: &Tables<'_>) -> Option<Sighting> {
    let at = tables.source.span(tables.key(&["workspace", "package"])?);
    let version = tables.string(&["workspace", "package", "version"]).map(|it| it.value);
    let subject = Subject::Workspace { ecosystem: "cargo", version };
    let mut seen = Sighting::new(subject, Some(Kind::Code), at);
    seen.private = is_private(tables, &["workspace", "package", "publish"]);
    stated(tables, &["workspace", "package"], &mut seen);
    Some(seen)
}

fn stated(tables: &Tables<'_>, table: &[&str], seen: &mut Sighting) {
    for (field, meant) in [("license", Meant::Expression), ("license-file", Meant::File)] {
        let words = tables.string(&[table, &[field]].concat());
        seen.licenses.extend(words.map(|it| manifest::wording(it, meant)));
    }
}

/// Whether a package may not be published anywhere.
fn is_private(tables: &Tables<'_>, path: &[&str]) -> bool {
    tables.boolean(path) == Some(false) || tables.count(path) == Some(0)
}
