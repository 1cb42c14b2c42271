//! What the keys in headers of weight files say about license and lineage.

use std::collections::BTreeMap;

use crate::component::{Evidence, How, Kind, Origin, Reference, Strength};
use crate::readers::address::{self, target, within};
use crate::readers::header::{self, Entry, Lines};
use crate::readers::license_text;
use crate::reading::{Meant, Reading, Sighting, Subject, Wording};
use crate::source::{Source, Span, Spanned};

/// Ways to write the license of a safetensors file.
const LICENSE_KEYS: [&str; 5] =
    ["modelspec.license", "license", "licence", "ss_license", "License"];

/// The place that stands for a weight file: the first line of its rendered header.
pub(super) fn place(source: &Source) -> Span {
    source.span(0..source.text.find('\n').unwrap_or(source.text.len()))
}

/// What a rendered header says that has keys which its writer chose.
pub(super) fn read_free(source: &Source) -> Reading {
    let lines = header::lines(source);
    let mut seen = Sighting::new(Subject::Directory, Some(Kind::Model), place(source));
    free(source, &lines, &mut seen);
    Reading { sightings: vec![seen], problems: lines.problems }
}

/// Whether a file whose ending says little is named like weights.
pub(super) fn is_named_so(path: &str) -> bool {
    const WORDS: [&str; 4] = ["model", "weights", "checkpoint", "consolidated"];
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    WORDS.iter().any(|it| name.contains(it))
}

/// Adds what the header of a GGUF file says.
pub(super) fn gguf(source: &Source, lines: &Lines, seen: &mut Sighting) {
    for words in lines.all("general.license") {
        seen.licenses.extend(hub_license(source, lines, words));
    }
    if seen.licenses.is_empty() {
        let beside = ["general.license.name", "general.license.link"];
        let words = beside.iter().find_map(|it| lines.first(it));
        seen.licenses.extend(words.map(|it| wording(it.clone(), Meant::Name)));
    }
    let own = [
        "general.repo_url",
        "general.source.huggingface.repository",
        "general.source.repo_url",
        "general.source.url",
    ];
    for words in own.iter().flat_map(|it| lines.all(it)) {
        let named = address::hub_name(source, words).map(|it| it.name);
        let bare = Some(words).filter(|it| address::is_hub_name(&it.value)).cloned();
        seen.names.extend(named.or(bare).map(|it| it.map(Reference)));
    }
    let about = ["architecture", "type", "name", "basename", "finetune", "organization", "tags"];
    for key in about {
        seen.traits.extend(lines.all(&format!("general.{key}")).cloned());
    }
    let is_adapter = lines.first("general.type").is_some_and(|it| it.value == "adapter");
    let how = if is_adapter { How::AdapterOf } else { How::DerivedFrom };
    listed(source, lines, "base_model.", (how, Kind::Model), seen);
    listed(source, lines, "dataset.", (How::TrainedOn, Kind::Dataset), seen);
}

/// Adds what the metadata of a safetensors file says.
pub(super) fn safetensors(source: &Source, lines: &Lines, seen: &mut Sighting) {
    for words in LICENSE_KEYS.iter().flat_map(|it| lines.all(it)) {
        if license_text::is_whole(&words.value) {
            seen.licenses.extend(license_text::of_field(words, Origin::Weights));
        } else {
            seen.licenses.push(wording(words.clone(), Meant::Name));
        }
    }
    let names = ["model_name", "modelspec.title"].iter().flat_map(|it| lines.all(it));
    seen.names.extend(names.map(|it| it.clone().map(Reference)));
    let about = ["modelspec.architecture", "modelspec.tags", "ss_base_model_version"];
    seen.traits.extend(about.iter().flat_map(|it| lines.all(it)).cloned());

    let of = |part: &str| {
        lines.first("modelspec.architecture").is_some_and(|it| it.value.ends_with(part))
    };
    let is_adapter = lines.first("ss_network_module").is_some() || of("/lora");
    let bases = [
        ("base_model", How::DerivedFrom),
        ("baseModel", How::DerivedFrom),
        ("ss_sd_model_name", How::FineTunedFrom),
        ("ss_base_model_version", How::FineTunedFrom),
    ];
    if let Some((words, how)) = bases.iter().find_map(|(key, how)| Some((lines.first(key)?, *how)))
    {
        let how = if is_adapter { How::AdapterOf } else { how };
        seen.uses.push(target(source, words, how, Kind::Model));
    }
    for words in lines.all("modelspec.merged_from") {
        for part in words.value.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            let part = within(source, words, part);
            seen.uses.push(target(source, &part, How::MergeOf, Kind::Model));
        }
    }
}

/// Parts of keys that say something about license or lineage, where writers choose the keys.
const TELLING: [&str; 14] = [
    "licen",
    "copyright",
    "author",
    "creator",
    "base_model",
    "basemodel",
    "parent_model",
    "source",
    "repo",
    "model_name",
    "modelname",
    "model_id",
    "dataset",
    "finetuned",
];

/// Whether a key that its writer chose may say something about license or lineage.
pub(super) fn is_telling(key: &str) -> bool {
    let key = folded(key);
    TELLING.iter().any(|it| key.contains(it)) || matches!(key.as_str(), "name" | "title")
}

/// Adds what keys say that their writers chose: those of ONNX, TFLite and Core ML.
pub(super) fn free(source: &Source, lines: &Lines, seen: &mut Sighting) {
    let mut addresses = Vec::new();
    for entry in &lines.entries {
        let key = folded(&entry.key.value);
        for words in entry.said() {
            match key.as_str() {
                "license" | "licence" | "licenses" | "license_name" | "license_id"
                | "spdx_license" | "license_expression" | "modelspec_license" => {
                    seen.licenses.extend(free_license(source, words));
                }
                "license_url" | "license_link" => addresses.push(words),
                "model_name" | "modelname" | "model_id" | "name" | "title" | "modelspec_title" => {
                    seen.names.push(words.clone().map(Reference));
                }
                "author" | "creator" | "format" => seen.traits.push(words.clone()),
                "base_model"
                | "basemodel"
                | "base_model_name"
                | "base_model_name_or_path"
                | "base_model_id"
                | "parent_model"
                | "source_model"
                | "finetuned_from" => {
                    seen.uses.push(target(source, words, How::DerivedFrom, Kind::Model));
                }
                _ if key.starts_with(MEMBER) => {
                    seen.licenses.extend(license_text::of_field(words, Origin::Weights));
                }
                _ => {}
            }
        }
    }
    if seen.licenses.is_empty() {
        seen.licenses.extend(addresses.into_iter().map(|it| wording(it.clone(), Meant::Name)));
    }
}

/// Begins the key of a license text that lies in an archive.
pub(super) const MEMBER: &str = "member:";

/// A whole text; or a name, behind which its address may stand.
fn free_license(source: &Source, words: &Spanned<String>) -> Vec<Wording> {
    if license_text::is_whole(&words.value) {
        return license_text::of_field(words, Origin::Weights);
    }
    let Some(start) = ["https://", "http://"].iter().find_map(|it| words.value.find(it)) else {
        return vec![wording(words.clone(), Meant::Name)];
    };
    let (name, address) = words.value.split_at(start);
    let name = name.trim_end_matches(|it: char| it.is_whitespace() || "(<[-:,;|".contains(it));
    let address = address.trim_end_matches(|it: char| it.is_whitespace() || ")>].,;".contains(it));
    if name.trim().is_empty() || address.contains(char::is_whitespace) {
        return vec![wording(words.clone(), Meant::Name)];
    }
    let link = Some(within(source, words, address));
    vec![wording(within(source, words, name.trim()), Meant::HubId { name: None, link })]
}

/// A key in lower case, with one sign between its words.
fn folded(key: &str) -> String {
    key.to_ascii_lowercase().replace(['-', ' ', '.'], "_")
}

/// What `general.license` means. The converter joins the ids of a list with commas.
fn hub_license(source: &Source, lines: &Lines, words: &Spanned<String>) -> Vec<Wording> {
    if license_text::is_whole(&words.value) {
        return license_text::of_field(words, Origin::Weights);
    }
    if words.value.trim().contains(char::is_whitespace) {
        let operator = |it: &str| matches!(it, "AND" | "OR" | "WITH");
        let is_expression = words.value.split_whitespace().any(operator);
        let meant = if is_expression { Meant::Expression } else { Meant::Name };
        return vec![wording(words.clone(), meant)];
    }
    let name = lines.first("general.license.name").cloned();
    let link = lines.first("general.license.link").cloned();
    let ids = words.value.split(',').map(str::trim).filter(|it| !it.is_empty());
    let meant = Meant::HubId { name, link };
    ids.map(|it| wording(within(source, words, it), meant.clone())).collect()
}

/// Adds uses of the things in a numbered list, `general.{list}{number}.{field}`.
fn listed(source: &Source, lines: &Lines, list: &str, as_what: (How, Kind), seen: &mut Sighting) {
    let mut things: BTreeMap<u32, BTreeMap<&str, &Spanned<String>>> = BTreeMap::new();
    for entry in &lines.entries {
        let key = entry.key.value.strip_prefix("general.").unwrap_or(&entry.key.value);
        let field = key.strip_prefix(list).and_then(|it| it.split_once('.'));
        let Some((number, field)) = field else { continue };
        if let (Ok(number), Some(value)) = (number.parse(), Entry::said(entry).next()) {
            things.entry(number).or_default().entry(field).or_insert(value);
        }
    }
    for fields in things.values() {
        let address = fields
            .get("repo_url")
            .or_else(|| fields.get("url").filter(|it| address::hub_name(source, it).is_some()));
        if let Some(address) = address {
            seen.uses.push(target(source, address, as_what.0, as_what.1));
        } else {
            let told = ["organization", "name"].iter().filter_map(|it| fields.get(it));
            seen.traits.extend(told.map(|it| (*it).clone()));
        }
    }
}

fn wording(raw: Spanned<String>, meant: Meant) -> Wording {
    let evidence = Evidence { at: raw.at, origin: Origin::Weights, strength: Strength::Declared };
    Wording { raw, evidence, meant }
}
