//! JSON files that libraries write beside weights: what the weights were loaded from.

use crate::component::{How, Kind};
use crate::readers::address;
use crate::readers::beside::{self, file_name};
use crate::reading::{Read, Reader, Reading, Sighting, Subject};
use crate::source::{Source, Spanned};
use crate::value::{Node, json};

/// The reader of configurations. Generation settings name no model, and are not read.
pub(super) const READER: Reader = Reader {
    name: "model-config",
    reads: "base models in config.json, adapter_config.json, model_index.json and \
            tokenizer_config.json, and indexes of weights in parts",
    wants: |path| file(path).is_some(),
    read: Read::Text(read),
};

/// The files that are read.
#[derive(Clone, Copy, Debug)]
enum File {
    Adapter,
    Config,
    Pipeline,
    Tokenizer,
    Index,
    Browser,
    Compiled,
}

fn file(path: &str) -> Option<File> {
    match file_name(path) {
        "adapter_config.json" => Some(File::Adapter),
        "config.json" => Some(File::Config),
        "model_index.json" => Some(File::Pipeline),
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
            File::Adapter | File::Pipeline | File::Tokenizer | File::Index => parsed.problems,
            File::Config | File::Browser | File::Compiled => Vec::new(),
        };
        return Reading { sightings: Vec::new(), problems };
    };
    let at = root.entries().first().map_or(root.at, |(key, _)| key.at);
    let mut seen = Sighting::new(Subject::Directory, Some(Kind::Model), at);
    let is_model = match file {
        File::Adapter => adapter(source, root, &mut seen),
        File::Config => config(source, root, &mut seen),
        File::Pipeline => pipeline(source, root, &mut seen),
        File::Tokenizer => tokenizer(source, root, &mut seen),
        File::Index => root.get("weight_map").is_some_and(beside::is_map),
        File::Browser => browser(root, &mut seen),
        File::Compiled => compiled(root, &mut seen),
    };
    Reading { sightings: is_model.then_some(seen).into_iter().collect(), problems: parsed.problems }
}

fn adapter(source: &Source, root: &Node, seen: &mut Sighting) -> bool {
    let base = beside::first(root, &["base_model_name_or_path", "model_name"]);
    if let Some(base) = &base {
        let mut made = address::target(source, base, How::AdapterOf, Kind::Model);
        made.revision = made.revision.or_else(|| beside::first(root, &["revision"]));
        seen.uses.push(made);
    }
    seen.traits.extend(beside::first(root, &["peft_type"]));
    base.is_some() || !seen.traits.is_empty()
}

/// Parts of a configuration that were models of their own.
const PARTS: [&str; 6] =
    ["text_config", "vision_config", "audio_config", "encoder", "decoder", "generator"];

fn config(source: &Source, root: &Node, seen: &mut Sighting) -> bool {
    let marks = ["architectures", "model_type", "_name_or_path", "_diffusers_version"];
    if !marks.iter().any(|it| root.get(it).is_some()) {
        return false;
    }
    let is_quantized = root.get("quantization_config").is_some_and(beside::is_map);
    let how = if is_quantized { How::QuantizedFrom } else { How::DerivedFrom };
    loaded_from(source, root, how, seen);
    for part in PARTS.iter().filter_map(|it| root.get(it)) {
        loaded_from(source, part, How::DerivedFrom, seen);
    }
    seen.traits.extend(beside::first(root, &["model_type", "_class_name"]));
    true
}

fn pipeline(source: &Source, root: &Node, seen: &mut Sighting) -> bool {
    loaded_from(source, root, How::DerivedFrom, seen);
    seen.traits.extend(beside::first(root, &["_class_name"]));
    root.get("_class_name").is_some()
}

/// A tokenizer says something only where it names the model that it was taken from.
fn tokenizer(source: &Source, root: &Node, seen: &mut Sighting) -> bool {
    let Some(words) = beside::first(root, &["name_or_path"]) else { return false };
    if is_upstream(source, &words, None) {
        seen.uses.push(address::target(source, &words, How::DerivedFrom, Kind::Model));
    }
    !seen.uses.is_empty()
}

/// A TensorFlow.js model.
fn browser(root: &Node, seen: &mut Sighting) -> bool {
    let is_model = root.get("weightsManifest").is_some();
    if is_model {
        seen.traits.extend(beside::first(root, &["format"]));
        let metadata = root.get("userDefinedMetadata");
        let license = metadata.and_then(|it| beside::first(it, &["license"]));
        seen.licenses.extend(license.iter().flat_map(beside::license));
    }
    is_model
}

/// What the compiler of Core ML models keeps of their metadata.
fn compiled(root: &Node, seen: &mut Sighting) -> bool {
    for model in root.items() {
        let license = beside::first(model, &["license"]);
        seen.licenses.extend(license.iter().flat_map(beside::license));
        seen.traits.extend(beside::first(model, &["author"]));
    }
    root.items().iter().any(|it| it.get("metadataOutputVersion").is_some())
}

fn loaded_from(source: &Source, node: &Node, how: How, seen: &mut Sighting) {
    let Some(words) = beside::first(node, &["_name_or_path"]) else { return };
    let family = beside::first(node, &["model_type"]);
    if is_upstream(source, &words, family.as_ref().map(|it| it.value.as_str())) {
        seen.uses.push(address::target(source, &words, how, Kind::Model));
    }
}

/// Whether the place that something was loaded from is one that others can look up: a folder of
/// whoever wrote the file is none. A bare name is one where it begins with the model's family.
fn is_upstream(source: &Source, words: &Spanned<String>, family: Option<&str>) -> bool {
    const FOLDERS: [&str; 24] = [
        "model",
        "models",
        "checkpoint",
        "checkpoints",
        "ckpt",
        "ckpts",
        "output",
        "outputs",
        "out",
        "result",
        "results",
        "run",
        "runs",
        "log",
        "logs",
        "data",
        "tmp",
        "temp",
        "weights",
        "experiments",
        "exp",
        "pretrained",
        "pretrained_models",
        "saved_models",
    ];
    if address::hub_name(source, words).is_some() {
        return true;
    }
    let name = words.value.as_str();
    let Some((organization, last)) = name.split_once('/') else {
        let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
        let family = family.filter(|it| it.len() > 1);
        return name.chars().all(fits) && family.is_some_and(|it| name.starts_with(it));
    };
    let own = source.name.rsplit('/').nth(1).unwrap_or_default();
    let is_folder = organization.starts_with('.')
        || FOLDERS.contains(&organization.to_ascii_lowercase().as_str())
        || (last == own && is_part(last));
    address::is_hub_name(name) && !is_folder
}

/// Whether a folder's name is that of a part of a pipeline.
fn is_part(name: &str) -> bool {
    const PARTS: [&str; 12] = [
        "unet",
        "vae",
        "decoder",
        "encoder",
        "prior",
        "scheduler",
        "text_encoder",
        "text_encoder_2",
        "tokenizer",
        "transformer",
        "vqgan",
        "safety_checker",
    ];
    PARTS.contains(&name)
}
