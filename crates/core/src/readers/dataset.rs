//! Metadata of datasets in JSON: what it is, what license it has, and what it was made from.

mod json_ld;
mod package;
mod kaggle;
mod datacite;
mod infos;

use std::collections::BTreeSet;

use crate::component::Kind;
use crate::readers::sidecar::file_name;
use crate::reading::{Read, Reader, Reading, Sighting, Subject, Wording};
use crate::source::Source;
use crate::value::{Node, json};

/// The reader of metadata of datasets. Names of files promise little, so contents decide.
pub(super) const READER: Reader = Reader {
    name: "dataset-metadata",
    reads: "licenses in Croissant, schema.org, CodeMeta, Frictionless, Kaggle and DataCite \
            metadata, and in dataset_infos.json",
    wants,
    read: Read::Text(read),
};

/// Names under which the metadata speaks for all that lies beside it.
const CANONICAL: [&str; 10] = [
    "metadata.json",
    "croissant.json",
    "croissant.jsonld",
    "datapackage.json",
    "dataset-metadata.json",
    "dataset_infos.json",
    "dataset_info.json",
    "codemeta.json",
    "datacite.json",
    "ro-crate-metadata.json",
];

/// Parts of names that no other files have.
const TELLING: [&str; 9] = [
    "croissant",
    "datacite",
    "crosscite",
    "codemeta",
    "schema_org",
    "schema.org",
    "schemaorg",
    "datapackage",
    "dataset-metadata",
];

fn wants(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let name = file_name(&path);
    if ![".json", ".jsonld"].iter().any(|it| name.ends_with(it)) || name.starts_with("package") {
        return false;
    }
    let folders = path.split('/').rev().skip(1);
    CANONICAL.contains(&name)
        || name.ends_with("__metadata.json")
        || TELLING.iter().any(|it| name.contains(it))
        || folders.into_iter().any(|it| it.contains("croissant") || it == "datacite")
}

/// What the metadata of one format says of one thing. `None` where it is of another format.
type Format = fn(&Source, &Node, &mut Sighting) -> Option<Kind>;

/// All formats, in the order in which they are tried.
const FORMATS: [Format; 5] =
    [json_ld::describe, datacite::describe, kaggle::describe, package::describe, infos::describe];

fn read(source: &Source) -> Reading {
    let mut reading = Reading::default();
    let parsed = json::parse(source);
    let Some(root) = parsed.root() else {
        if is_ours(source) {
            reading.problems = parsed.problems;
        }
        return reading;
    };
    let is_canonical = CANONICAL.contains(&file_name(&source.name).to_ascii_lowercase().as_str());
    let subject = if is_canonical { Subject::Directory } else { Subject::File };
    let place = root.entries().first().map_or(root.at, |(key, _)| key.at);
    for format in FORMATS {
        let mut seen = Sighting::new(subject.clone(), None, place);
        if let Some(kind) = format(source, root, &mut seen) {
            seen.kind = Some(kind);
            // Things that are no data are of interest for what is said of their license alone.
            let says_something = !seen.licenses.is_empty() || !seen.traits.is_empty();
            if kind == Kind::Dataset || says_something {
                once(&mut seen.licenses);
                reading.sightings.push(seen);
            }
            break;
        }
    }
    reading
}

/// Whether a text that is no JSON was meant to be metadata of a dataset.
fn is_ours(source: &Source) -> bool {
    const MARKS: [&str; 5] =
        ["schema.org", "mlcommons.org/croissant", "datacite.org", "resource-type", "licenses"];
    let name = file_name(&source.name).to_ascii_lowercase();
    let telling = name != "metadata.json" && TELLING.iter().any(|it| name.contains(it));
    !source.text.trim().is_empty() && (telling || MARKS.iter().any(|it| source.text.contains(it)))
}

/// Keeps the first of wordings that say the same: parts of a dataset often share a license.
fn once(licenses: &mut Vec<Wording>) {
    let mut seen = BTreeSet::new();
    licenses.retain(|it| seen.insert((it.raw.value.clone(), format!("{:?}", mean(it)))));
}

/// What makes wordings with the same words differ.
fn mean(wording: &Wording) -> Option<[Option<&str>; 2]> {
    match &wording.meant {
        crate::reading::Meant::HubId { name, link } => {
            Some([name, link].map(|it| it.as_ref().map(|it| it.value.as_str())))
        }
        crate::reading::Meant::Expression
        | crate::reading::Meant::Name
        | crate::reading::Meant::Grant(_)
        | crate::reading::Meant::Text { .. }
        | crate::reading::Meant::UnknownText
        | crate::reading::Meant::File
        | crate::reading::Meant::Inherited => None,
    }
}
