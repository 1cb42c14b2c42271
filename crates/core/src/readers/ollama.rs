//! Ollama: Modelfiles, and the manifests of its store.

mod instructions;
mod name;

use crate::component::{How, Kind, Reference, Scope, Use};
use crate::readers::address;
use crate::readers::sidecar::{self, LIST_LIMIT, file_name};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject};
use crate::source::{Problem, Source, Spanned};
use crate::value::json;

/// The reader of Modelfiles.
pub(super) const MODELFILE: Reader = Reader {
    name: "ollama-modelfile",
    reads: "base model, adapters and licenses in an Ollama Modelfile",
    wants: |path| {
        let name = file_name(path).to_ascii_lowercase();
        name.strip_prefix("modelfile")
            .is_some_and(|it| it.is_empty() || it.starts_with(['.', '-', '_']))
            || name.ends_with(".modelfile")
    },
    read: Read::Text(read_modelfile),
};

/// The reader of the manifests in Ollama's store.
pub(super) const MANIFEST: Reader = Reader {
    name: "ollama-manifest",
    reads: "which blob of Ollama's store holds the license of a model",
    wants: |path| name::of_manifest(path).is_some(),
    read: Read::Text(read_manifest),
};

/// The kind of a layer that is a license text.
const LICENSE_LAYER: &str = "application/vnd.ollama.image.license";

fn read_modelfile(source: &Source) -> Reading {
    let mut reading = Reading::default();
    let found = instructions::parse(&source.text);
    let is_known = |it: &instructions::Instruction| {
        ["from", "license", "adapter", "template", "system", "parameter"]
            .contains(&it.name.as_str())
    };
    let Some(first) = found.iter().find(|it| is_known(it)) else { return reading };
    let is_alone = file_name(&source.name).eq_ignore_ascii_case("modelfile");
    let subject = if is_alone { Subject::Directory } else { Subject::File };
    let mut seen = Sighting::new(subject, Some(Kind::Model), source.span(first.at.clone()));
    for it in found.iter().take(LIST_LIMIT) {
        let Some(words) = words(source, it.value.clone()) else { continue };
        match it.name.as_str() {
            "from" => seen.uses.push(base(source, words, How::DerivedFrom)),
            "adapter" => seen.uses.push(base(source, words, How::Contains)),
            "license" => seen.licenses.extend(sidecar::license(&words)),
            _ => {}
        }
    }
    if !found.iter().any(|it| it.name == "from") {
        reading.problems.push(Problem::new(seen.at, "the Modelfile names no base model"));
    }
    reading.sightings.push(seen);
    reading
}

/// The words in `range`, without the blanks around them; nothing if there are none.
fn words(source: &Source, range: std::ops::Range<usize>) -> Option<Spanned<String>> {
    let text = source.text.get(range.clone())?;
    let words = text.trim();
    let start = range.start + text.len() - text.trim_start().len();
    let at = source.span(start..start + words.len());
    (!words.is_empty()).then(|| Spanned::new(words.to_owned(), at))
}

/// What `FROM` or `ADAPTER` names: a model of the hub, one of Ollama's library, or files.
fn base(source: &Source, words: Spanned<String>, how: How) -> Use {
    let shown = Some(&words).filter(|it| name::is_blob(&it.value));
    let shown = shown.and_then(|_| instructions::shown_name(&source.text));
    let words = shown.and_then(|it| self::words(source, it)).unwrap_or(words);
    let kind = Kind::Model;
    if let Some(path) = name::on_the_hub(&words.value) {
        let target = address::within(source, &words, path).map(Reference);
        return Use { how, kind, target, scope: Scope::Normal, revision: None };
    }
    if let Some(folder) = name::folder_of_file(&words.value) {
        // What lives in a folder is known by the folder.
        let target = address::within(source, &words, folder).map(Reference);
        return Use { how, kind, target, scope: Scope::Normal, revision: None };
    }
    let target = match name::in_library(&words.value) {
        Some(name) => Spanned::new(Reference(name), words.at),
        None => words.map(Reference),
    };
    Use { how, kind, target, scope: Scope::Normal, revision: None }
}

fn read_manifest(source: &Source) -> Reading {
    let parsed = json::parse(source);
    let mut reading = Reading { sightings: Vec::new(), problems: parsed.problems.clone() };
    let (Some(root), Some(name)) = (parsed.root(), name::of_manifest(&source.name)) else {
        return reading;
    };
    let Some(layers) = root.get("layers") else { return reading };
    let at = root.entries().first().map_or(root.at, |(key, _)| key.at);
    let mut seen = Sighting::new(Subject::File, Some(Kind::Model), at);
    seen.names.push(Spanned::new(Reference(name), at));
    for layer in layers.items().iter().take(LIST_LIMIT) {
        let kind = layer.get("mediaType").and_then(|it| it.as_str());
        if kind == Some(LICENSE_LAYER) {
            let blob = sidecar::first(layer, &["digest"]);
            seen.licenses.extend(blob.map(|it| sidecar::wording(it, Meant::File)));
        }
    }
    reading.sightings.push(seen);
    reading
}
