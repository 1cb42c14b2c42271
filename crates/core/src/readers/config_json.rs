//! `config.json` of transformers and `model_index.json` of diffusers: what a model is, and where
//! its weights were loaded from when they were saved.

use super::{address, named_in_code, sidecar};
use crate::component::{How, Kind, Use};
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

/// Parts of a configuration that were models of their own.
const PARTS: [&str; 6] =
    ["text_config", "vision_config", "audio_config", "encoder", "decoder", "generator"];

fn read(source: &Source) -> Reading {
    // Many programs have a `config.json`; theirs may be broken as they like, and name what they
    // load.
    if !TELLING.iter().any(|it| source.text.contains(it)) {
        return named_in_code::read(source);
    }
    let parsed = json::parse(source);
    let mut reading = Reading { problems: parsed.problems.clone(), ..Reading::default() };
    let Some(root) = parsed.root() else { return reading };
    let telling = root.entries().iter().find(|(key, _)| TELLING.contains(&key.value.as_str()));
    let Some((first, _)) = telling else { return reading };
    let subject = sidecar::subject(&source.name, NAMES);
    let mut sighting = Sighting::new(subject, Some(Kind::Model), first.at);
    let is_quantized = root.get("quantization_config").is_some_and(sidecar::is_map);
    let how = if is_quantized { How::QuantizedFrom } else { How::DerivedFrom };
    sighting.uses.extend(loaded_from(source, root, how));
    let parts = PARTS.iter().filter_map(|it| root.get(it));
    sighting.uses.extend(parts.filter_map(|it| loaded_from(source, it, How::DerivedFrom)));
    for key in ["architectures", "model_type", "_class_name"] {
        sighting.traits.extend(root.get(key).into_iter().flat_map(Node::scalars));
    }
    reading.sightings.push(sighting);
    reading
}

/// What a model was loaded from, where others can find that: a folder of whoever saved it is none.
fn loaded_from(source: &Source, node: &Node, how: How) -> Option<Use> {
    let words = sidecar::first(node, &["_name_or_path"])?;
    let family = sidecar::first(node, &["model_type"]);
    let is_upstream =
        address::is_upstream(source, &words, family.as_ref().map(|it| it.value.as_str()));
    is_upstream.then(|| address::target(source, &words, how, Kind::Model))
}
