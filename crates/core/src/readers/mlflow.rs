//! `MLmodel`, in which MLflow says what a logged model is.

use crate::component::{How, Kind};
use crate::readers::address;
use crate::readers::sidecar::{self, file_name};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject};
use crate::source::Source;
use crate::value::{Node, yaml};

/// The reader of `MLmodel`.
pub(super) const READER: Reader = Reader {
    name: "mlflow",
    reads: "license and source model in an MLflow MLmodel",
    wants: |path| file_name(path) == "MLmodel",
    read: Read::Text(read),
};

/// Keys that name the model that was logged, and those of its revision.
const SOURCES: [(&str, &str); 3] = [
    ("source_model_name", "source_model_revision"),
    ("base_model", "base_model_revision"),
    ("base_model_name", "base_model_revision"),
];

fn read(source: &Source) -> Reading {
    let parsed = yaml::parse(source);
    let mut reading = Reading { sightings: Vec::new(), problems: parsed.problems.clone() };
    let marks = ["flavors", "artifact_path", "mlflow_version", "utc_time_created", "model_uuid"];
    let root = parsed.root().filter(|root| marks.iter().any(|it| root.get(it).is_some()));
    let Some(root) = root else { return reading };
    let at = root.entries().first().map_or(root.at, |(key, _)| key.at);
    let mut seen = Sighting::new(Subject::Directory, Some(Kind::Model), at);
    if let Some(flavors) = root.get("flavors") {
        seen.traits.extend(flavors.entries().iter().map(|(name, _)| name.clone()));
        for (_, flavor) in flavors.entries() {
            lineage(source, flavor, &mut seen);
        }
    }
    if let Some(metadata) = root.get("metadata") {
        lineage(source, metadata, &mut seen);
        for key in ["license", "licence", "license_name"] {
            let words = metadata.get(key).into_iter().flat_map(sidecar::scalars);
            seen.licenses.extend(words.flat_map(|it| sidecar::license(&it)));
        }
        if seen.licenses.is_empty()
            && let Some(link) = sidecar::first(metadata, &["license_link", "license_url"])
        {
            seen.licenses.push(sidecar::wording(link, Meant::Name));
        }
    }
    reading.sightings.push(seen);
    reading
}

fn lineage(source: &Source, node: &Node, seen: &mut Sighting) {
    for (name, revision) in SOURCES {
        let Some(words) = sidecar::first(node, &[name]) else { continue };
        let mut made = address::target(source, &words, How::DerivedFrom, Kind::Model);
        made.revision = made.revision.or_else(|| sidecar::first(node, &[revision]));
        if !seen.uses.iter().any(|it| it.target.value == made.target.value) {
            seen.uses.push(made);
        }
    }
}
