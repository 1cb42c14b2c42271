//! What a front matter says the thing was made from.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{self, Key};
use super::words::among;
use crate::component::{How, Kind, Reference, Scope, Use};
use crate::source::Spanned;
use crate::value::{Node, Value, part};

/// Everything that the card says the subject, which is a `kind`, was made from.
pub(super) fn uses(root: &Node, kind: Option<Kind>) -> Vec<Use> {
    let mut found = Found::default();
    bases(root, &mut found);
    for target in references(root, Key::DuplicatedFrom) {
        let kind = kind.unwrap_or(Kind::Model);
        found.add(How::DerivedFrom, kind, target);
    }
    for target in references(root, Key::Datasets).into_iter().chain(tagged(root, "dataset:")) {
        if !is_loader(&target.value) {
            found.add(How::TrainedOn, Kind::Dataset, target);
        }
    }
    for stated in keys::words(root, Key::SourceDatasets) {
        for target in sources(&stated) {
            found.add(How::DerivedFrom, Kind::Dataset, target);
        }
    }
    found.uses
}

/// The words after `prefix` in those tags that begin with it.
pub(super) fn smuggled(root: &Node, prefix: &str) -> Vec<Spanned<String>> {
    let tags = keys::words(root, Key::Tags).into_iter();
    tags.filter_map(|it| rest_after(&it, prefix)).collect()
}

/// Whether words name something: not a placeholder, not a template's hole.
pub(super) fn is_reference(words: &str) -> bool {
    const NOTHING: &[&str] = &["", "none", "null", "n/a", "na", "-", "unknown", "."];
    let words = words.trim();
    words.len() <= 300
        && !NOTHING.contains(&words.to_lowercase().as_str())
        && !words.contains(['{', '}', '<', '>', '[', ']', '\n'])
}

#[derive(Default)]
struct Found {
    uses: Vec<Use>,
    seen: BTreeSet<(How, String)>,
}

impl Found {
    fn add(&mut self, how: How, kind: Kind, target: Spanned<String>) {
        if is_reference(&target.value) && self.seen.insert((how, target.value.clone())) {
            self.uses.push(Use {
                how,
                kind,
                target: target.map(Reference),
                scope: Scope::Normal,
                revision: None,
            });
        }
    }
}

fn bases(root: &Node, found: &mut Found) {
    let mut stated = references(root, Key::BaseModel);
    let names: BTreeSet<String> = stated.iter().map(|it| it.value.clone()).collect();
    // The address of a base model that is named, too, says nothing new.
    let is_new = |it: &Spanned<String>| {
        let mut parts = it.value.trim_end_matches('/').rsplit('/');
        let name = parts.next().zip(parts.next()).map(|(name, org)| format!("{org}/{name}"));
        !names.contains(&it.value) && !name.is_some_and(|it| names.contains(&it))
    };
    stated.extend(keys::words(root, Key::ModelLink).into_iter().filter(is_new));
    let explicit = explicit_relations(root);
    stated.extend(explicit.values().map(|(_, it)| it.clone()));
    stated.extend(tagged(root, "base_model:"));
    let mut seen = BTreeSet::new();
    stated.retain(|it| seen.insert(it.value.clone()));
    let usual = relation(root, stated.len());
    for target in stated {
        let how = explicit.get(&target.value).map_or(usual, |(how, _)| *how);
        found.add(how, Kind::Model, target);
    }
}

/// Tags `base_model:finetune:org/name`.
fn explicit_relations(root: &Node) -> BTreeMap<String, (How, Spanned<String>)> {
    let mut found = BTreeMap::new();
    for tag in smuggled(root, "base_model:") {
        let Some((word, _)) = tag.value.split_once(':') else { continue };
        if let Some(how) = named_relation(word)
            && let Some(target) = rest_after(&tag, &format!("{word}:"))
        {
            found.insert(target.value.clone(), (how, target));
        }
    }
    found
}

/// What tags beginning with `prefix` name, save those that say a relation first.
fn tagged(root: &Node, prefix: &str) -> Vec<Spanned<String>> {
    let names_relation =
        |it: &str| it.split_once(':').is_some_and(|(word, _)| named_relation(word).is_some());
    smuggled(root, prefix).into_iter().filter(|it| !names_relation(&it.value)).collect()
}

fn named_relation(word: &str) -> Option<How> {
    match word.trim().to_lowercase().as_str() {
        "adapter" => Some(How::AdapterOf),
        "merge" => Some(How::MergeOf),
        "quantized" | "quantised" => Some(How::QuantizedFrom),
        "finetune" | "finetuned" | "fine-tune" => Some(How::FineTunedFrom),
        "distill" | "distilled" | "distillation" => Some(How::DistilledFrom),
        _ => None,
    }
}

/// How the subject stands to its `count` base models: as stated, else as tags and library tell.
fn relation(root: &Node, count: usize) -> How {
    const MERGED: &str = "merge mergekit lazymergekit merged";
    const ADAPTED: &str = "peft lora qlora dora adapter adapter-transformers";
    // As a tag these say that an export lies beside the weights; as the library, that it is all.
    const CONVERTERS: &str = "onnx openvino ctranslate2 transformers.js coreml";
    let stated = keys::words(root, Key::BaseModelRelation);
    if let Some(how) = stated.iter().find_map(|it| named_relation(&it.value)) {
        return how;
    }
    let lower = |key| keys::words(root, key).into_iter().map(|it| it.value.to_lowercase());
    let libraries: Vec<String> = lower(Key::Library).collect();
    let tags: Vec<String> = lower(Key::Tags).chain(libraries.iter().cloned()).collect();
    let any = |of: &str| tags.iter().any(|it| among(it, of));
    let converted = libraries.iter().any(|it| among(it, CONVERTERS));
    let quantized = converted || tags.iter().any(|it| is_quantized_format(it));
    let by_another = keys::all(root, Key::QuantizedBy).next().is_some()
        || keys::all(root, Key::ModelLink).next().is_some();
    if libraries.iter().any(|it| among(it, ADAPTED)) {
        return How::AdapterOf;
    }
    // Who quantises a merged model copies its tags: the one base is what was quantised.
    if by_another || (quantized && count <= 1) {
        return How::QuantizedFrom;
    }
    if any(MERGED) {
        return How::MergeOf;
    }
    if any(ADAPTED) {
        return How::AdapterOf;
    }
    if quantized { How::QuantizedFrom } else { How::FineTunedFrom }
}

/// Tags that say the weights are another model's in fewer bits or another format.
fn is_quantized_format(tag: &str) -> bool {
    const FORMATS: &str = "\
        gguf ggml gptq awq exl2 exl3 hqq aqlm quip quip# eetq marlin mlx nf4 fp4 fp8 nvfp4 \
        mxfp4 int4 int8 4-bit 8-bit 4bit 8bit autogptq autoawq auto-gptq llmcompressor \
        llm-compressor compressed-tensors quantized quantization quantised imatrix";
    among(tag, FORMATS)
}

/// What is named under `key`: words, or the `name` of each mapping in a list.
fn references(root: &Node, key: Key) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    for (_, node) in keys::all(root, key) {
        for item in node.items() {
            match &item.value {
                Value::Map(_) => {
                    let named = ["id", "name", "path", "repo_url", "url"];
                    found.extend(named.iter().find_map(|it| item.get(it)?.words()));
                }
                Value::List(_) => found.extend(item.scalars()),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                    found.extend(item.words());
                }
            }
        }
    }
    found
}

/// Names that trainers write when they were given files: a way to load, not a dataset.
fn is_loader(name: &str) -> bool {
    const LOADERS: &str = "\
        generator imagefolder audiofolder videofolder webdataset json csv text parquet arrow \
        pandas xml";
    among(&name.trim().to_lowercase(), LOADERS)
}

/// `extended|a|b` names two sources, `extended|other-c` one that the hub lacks; `original` none.
fn sources(stated: &Spanned<String>) -> Vec<Spanned<String>> {
    let Some(extended) = rest_after(stated, "extended") else {
        let is_name = stated.value != "original";
        return if is_name { vec![stated.clone()] } else { Vec::new() };
    };
    let mut found = Vec::new();
    let mut rest = extended;
    while let Some(after) = rest_after(&rest, "|") {
        let length = after.value.find('|').unwrap_or(after.value.len());
        let name = part(&after, 0..length);
        let name = rest_after(&name, "other-").unwrap_or(name);
        if name.value != "other" {
            found.push(name);
        }
        rest = part(&after, length..after.value.len());
    }
    found
}

/// What follows `prefix`, with its place.
fn rest_after(words: &Spanned<String>, prefix: &str) -> Option<Spanned<String>> {
    words.value.strip_prefix(prefix)?;
    Some(part(words, prefix.len()..words.value.len()))
}
