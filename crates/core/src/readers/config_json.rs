//! `config.json` of transformers and `model_index.json` of diffusers: what a model is, and where
//! its weights were loaded from when they were saved.

use super::sidecar;
use crate::component::{How, Kind, Scope, Use};
use crate::reading::{Read, Reader, Reading, Sighting};
use crate::source::Source;
use crate::value::{Node, json};

/// Reads the configuration of models.
pub(super) const READER: Reader = Reader {
    name: "model-config",
    reads: "config.json and model_index.json: the architecture of a model and what it was loaded from",
    wants: |path| sidecar::is_named(path, NAMES),
    read: Read::Text(read),
};

const NAMES: &[&str] = &["config.json", "model_index.json"];

/// Keys that no other program's `config.json` has.
const TELLING: &[&str] =
    &["architectures", "model_type", "_name_or_path", "transformers_version", "_diffusers_version"];

fn read(source: &Source) -> Reading {
    // Many programs have a `config.json`; theirs may be broken as they like.
    if !TELLING.iter().any(|it| source.text.contains(it)) {
        return Reading::default();
    }
    let parsed = json::parse(source);
    let mut reading = Reading { problems: parsed.problems.clone(), ..Reading::default() };
    let Some(root) = parsed.root() else { return reading };
    let telling = root.entries().iter().find(|(key, _)| TELLING.contains(&key.value.as_str()));
    let Some((first, _)) = telling else { return reading };
    let subject = sidecar::subject(&source.name, NAMES);
    let mut sighting = Sighting::new(subject, Some(Kind::Model), first.at);
    let target = root.get("_name_or_path").and_then(sidecar::reference);
    sighting.uses.extend(target.map(|target| Use {
        how: How::DerivedFrom,
        kind: Kind::Model,
        target,
        scope: Scope::Normal,
        revision: None,
    }));
    for key in ["architectures", "model_type", "_class_name"] {
        sighting.traits.extend(root.get(key).into_iter().flat_map(Node::scalars));
    }
    reading.sightings.push(sighting);
    reading
}
