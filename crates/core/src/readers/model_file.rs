//! JSON files beside weights that seldom say more than that a model is here.

use crate::component::{How, Kind};
use crate::readers::address;
use crate::readers::sidecar::{self, file_name};
use crate::reading::{Read, Reader, Reading, Sighting, Subject};
use crate::source::Source;
use crate::value::{Node, json};

/// The reader of such files. Generation settings name no model, and are not read.
pub(super) const READER: Reader = Reader {
    name: "model-file",
    reads: "where a tokenizer was taken from, indexes of weights in parts, TensorFlow.js models and \
            compiled Core ML models",
    wants: |path| file(path).is_some(),
    read: Read::Text(read),
};

/// The files that are read.
#[derive(Clone, Copy, Debug)]
enum File {
    Tokenizer,
    Index,
    Browser,
    Compiled,
}

fn file(path: &str) -> Option<File> {
    match file_name(path) {
        "tokenizer_config.json" => Some(File::Tokenizer),
        "model.json" => Some(File::Browser),
        "metadata.json" if path.ends_with(".mlmodelc/metadata.json") => Some(File::Compiled),
        it if [".safetensors.index.json", ".bin.index.json"]
            .iter()
            .any(|end| it.ends_with(end)) =>
        {
            Some(File::Index)
        }
        _ => None,
    }
}

fn read(source: &Source) -> Reading {
    let Some(file) = file(&source.name) else { return Reading::default() };
    let parsed = json::parse(source);
    let Some(root) = parsed.root() else {
        // Only names that nobody else uses make broken JSON worth a word.
        let problems = match file {
            File::Tokenizer | File::Index => parsed.problems,
            File::Browser | File::Compiled => Vec::new(),
        };
        return Reading { sightings: Vec::new(), problems };
    };
    let at = root.entries().first().map_or(root.at, |(key, _)| key.at);
    let mut seen = Sighting::new(Subject::Directory, Some(Kind::Model), at);
    let is_model = match file {
        File::Tokenizer => tokenizer(source, root, &mut seen),
        File::Index => root.get("weight_map").is_some_and(sidecar::is_map),
        File::Browser => browser(root, &mut seen),
        File::Compiled => compiled(root, &mut seen),
    };
    Reading { sightings: is_model.then_some(seen).into_iter().collect(), problems: parsed.problems }
}

/// A tokenizer says something only where it names the model that it was taken from.
fn tokenizer(source: &Source, root: &Node, seen: &mut Sighting) -> bool {
    let Some(words) = sidecar::first(root, &["name_or_path"]) else { return false };
    if address::is_upstream(source, &words, None) {
        seen.uses.push(address::target(source, &words, How::DerivedFrom, Kind::Model));
    }
    !seen.uses.is_empty()
}

/// A TensorFlow.js model.
fn browser(root: &Node, seen: &mut Sighting) -> bool {
    let is_model = root.get("weightsManifest").is_some();
    if is_model {
        seen.traits.extend(sidecar::first(root, &["format"]));
        let metadata = root.get("userDefinedMetadata");
        let license = metadata.and_then(|it| sidecar::first(it, &["license"]));
        seen.licenses.extend(license.iter().flat_map(sidecar::license));
    }
    is_model
}

/// What the compiler of Core ML models keeps of their metadata.
fn compiled(root: &Node, seen: &mut Sighting) -> bool {
    for model in root.items() {
        let license = sidecar::first(model, &["license"]);
        seen.licenses.extend(license.iter().flat_map(sidecar::license));
        seen.traits.extend(sidecar::first(model, &["author"]));
    }
    root.items().iter().any(|it| it.get("metadataOutputVersion").is_some())
}
