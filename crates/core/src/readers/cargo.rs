//! `Cargo.toml` of the project's own packages.

use crate::component::Kind;
use crate::readers::manifest::{self, Tables};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject};
use crate::source::Source;

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
        if tables.boolean(&["package", field, "workspace"]) == Some(true)
            && let Some(at) = tables.place(&["package", field])
        {
            seen.licenses.push(manifest::wording(at, Meant::Inherited));
        }
    }
    Some(seen)
}

/// What the members of a workspace may inherit.
fn workspace(tables: &Tables<'_>) -> Option<Sighting> {
    let at = tables.place(&["workspace", "package"])?.at;
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
