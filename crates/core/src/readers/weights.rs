//! What the keys in headers of weight files say about license and lineage.

use std::collections::BTreeMap;

use crate::component::{Evidence, How, Kind, Origin, Reference, Scope, Strength, Use};
use crate::readers::header::{Entry, Lines};
use crate::readers::license_text;
use crate::reading::{Meant, Sighting, Wording};
use crate::source::{Source, Span, Spanned};

/// Ways to write the license of a safetensors file.
const LICENSE_KEYS: [&str; 5] =
    ["modelspec.license", "license", "licence", "ss_license", "License"];

/// The place that stands for a weight file: the first line of its rendered header.
pub(super) fn place(source: &Source) -> Span {
    source.span(0..source.text.find('\n').unwrap_or(source.text.len()))
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
        let named = hub_name(source, words).map(|it| it.name);
        let bare = Some(words).filter(|it| is_hub_name(&it.value)).cloned();
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
    let mut links = Vec::new();
    for entry in &lines.entries {
        let key = folded(&entry.key.value);
        for words in entry.said() {
            match key.as_str() {
                "license" | "licence" | "licenses" | "license_name" | "license_id"
                | "spdx_license" | "license_expression" | "modelspec_license" => {
                    seen.licenses.extend(free_license(words));
                }
                "license_url" | "license_link" => links.push(words),
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
        seen.licenses.extend(links.into_iter().map(|it| wording(it.clone(), Meant::Name)));
    }
}

/// Begins the key of a license text that lies in an archive.
pub(super) const MEMBER: &str = "member:";

fn free_license(words: &Spanned<String>) -> Vec<Wording> {
    if license_text::is_whole(&words.value) {
        return license_text::of_field(words, Origin::Weights);
    }
    vec![wording(words.clone(), Meant::Name)]
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
            .or_else(|| fields.get("url").filter(|it| hub_name(source, it).is_some()));
        if let Some(address) = address {
            seen.uses.push(target(source, address, as_what.0, as_what.1));
        } else {
            let told = ["organization", "name"].iter().filter_map(|it| fields.get(it));
            seen.traits.extend(told.map(|it| (*it).clone()));
        }
    }
}

/// A use of what `words` name, which may be an address on the hub.
fn target(source: &Source, words: &Spanned<String>, how: How, kind: Kind) -> Use {
    match hub_name(source, words) {
        Some(HubName { name, kind, revision }) => {
            Use { how, kind, target: name.map(Reference), scope: Scope::Normal, revision }
        }
        None => Use {
            how,
            kind,
            target: words.clone().map(Reference),
            scope: Scope::Normal,
            revision: None,
        },
    }
}

/// What an address on the hub names.
struct HubName {
    name: Spanned<String>,
    kind: Kind,
    revision: Option<Spanned<String>>,
}

fn hub_name(source: &Source, words: &Spanned<String>) -> Option<HubName> {
    let address = words.value.trim();
    let address = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let address = address.strip_prefix("www.").unwrap_or(address);
    let path = ["huggingface.co/", "hf.co/"].iter().find_map(|it| address.strip_prefix(it))?;
    let path = path.split(['?', '#']).next()?.trim_end_matches('/');
    let (kind, path) = match path.strip_prefix("datasets/") {
        Some(path) => (Kind::Dataset, path),
        None => (Kind::Model, path),
    };
    let parts: Vec<&str> = path.splitn(5, '/').collect();
    let name = match parts.as_slice() {
        ["spaces" | "papers" | "collections" | "blog" | "docs", ..] | [] => return None,
        [name] => *name,
        [organization, name, ..] => &path[..organization.len() + 1 + name.len()],
    };
    let revision = match parts.as_slice() {
        [_, _, "tree" | "blob" | "resolve" | "raw", revision, ..] if *revision != "main" => {
            Some(within(source, words, revision))
        }
        _ => None,
    };
    let name = Some(name).filter(|it| !it.is_empty() && !it.ends_with('/'))?;
    Some(HubName { name: within(source, words, name), kind, revision })
}

/// Whether `words` have the form `organization/name`.
fn is_hub_name(words: &str) -> bool {
    let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    words.split_once('/').is_some_and(|(organization, name)| {
        [organization, name].iter().all(|it| !it.is_empty() && it.chars().all(fits))
    })
}

/// `part` of `whole`, with its own place where nothing in the line is escaped.
fn within(source: &Source, whole: &Spanned<String>, part: &str) -> Spanned<String> {
    let start = part.as_ptr().addr().wrapping_sub(whole.value.as_ptr().addr());
    let range = start..start.wrapping_add(part.len());
    let same = source.slice(whole.at).get(range.clone()) == Some(part);
    Spanned::new(part.to_owned(), if same { whole.at.part(range) } else { whole.at })
}

fn wording(raw: Spanned<String>, meant: Meant) -> Wording {
    let evidence = Evidence { at: raw.at, origin: Origin::Weights, strength: Strength::Declared };
    Wording { raw, evidence, meant }
}
