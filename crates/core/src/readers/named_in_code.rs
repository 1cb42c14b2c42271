//! Models and datasets that are named in code, notebooks, scripts and settings.
//!
//! A string that merely looks like `owner/name` names nothing: it has to stand where a name of
//! a model or dataset stands.

mod found;
mod lists;
mod names;
mod options;
mod tokens;
mod python;
mod curly;
mod expressions;
mod keywords;
mod definitions;
mod loaders;
mod calls;
mod taken;
mod words;
mod shell;
mod program;
mod notebook;
mod config;
mod first_pass;

use std::collections::BTreeSet;

use crate::component::{How, Kind, Reference, Scope, Use};
use crate::reading::{Read, Reader, Reading, Sighting, Subject};
use crate::source::{Source, Spanned};
use crate::value::{Node, Value, json, yaml};
use curly::Language;
use found::{Found, MOST};
pub(super) use keywords::{Entry, Keyword, assignments, first_arguments, keywords};

/// The reader of programs, notebooks, scripts and settings.
pub(super) const READER: Reader = Reader {
    name: "named-in-code",
    reads: "models and datasets named in programs, notebooks, scripts and settings",
    wants: |path| format_of(path).is_some(),
    read: Read::Text(read),
};

/// How a file is written.
#[derive(Clone, Copy)]
enum Format {
    Python,
    Curly(Language),
    Notebook,
    Shell,
    Yaml,
    Json,
    Toml,
}

/// JSON is used for everything: a file is read only if its name or a folder's holds one of these.
const SETTINGS: &[&str] = &[
    "arg", "config", "data", "deploy", "eval", "exp", "hparam", "infer", "model", "param",
    "pipeline", "preset", "recipe", "result", "serve", "setting", "train",
];

/// Files that are written by programs for programs, or that other readers know.
const OTHERS: &[&str] = &[
    "adapter_config.json",
    "added_tokens.json",
    "cargo.toml",
    "composer.json",
    "deno.json",
    "generation_config.json",
    "jsconfig.json",
    "lerna.json",
    "model.safetensors.index.json",
    "model_index.json",
    "package-lock.json",
    "package.json",
    "pnpm-lock.yaml",
    "preprocessor_config.json",
    "pyproject.toml",
    "quantize_config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "tsconfig.json",
    "vocab.json",
];

/// Folders of installed packages: their examples and tests name models that nobody here loads.
const INSTALLED: [&str; 3] = ["dist-packages", "node_modules", "site-packages"];

fn format_of(path: &str) -> Option<Format> {
    let path = path.to_ascii_lowercase();
    let name = path.rsplit('/').next().unwrap_or(&path);
    if path.split('/').any(|it| INSTALLED.contains(&it)) {
        return None;
    }
    if OTHERS.contains(&name) || name.contains(".min.") || name.ends_with(".d.ts") {
        return None;
    }
    let is_script = name.starts_with("dockerfile")
        || name.ends_with(".dockerfile")
        || name.starts_with("containerfile")
        || name == "makefile"
        || name == ".env"
        || name.starts_with(".env.");
    if is_script {
        return Some(Format::Shell);
    }
    match name.rsplit_once('.')?.1 {
        "py" => Some(Format::Python),
        "ipynb" => Some(Format::Notebook),
        "rs" => Some(Format::Curly(Language::Rust)),
        "js" | "mjs" | "cjs" | "jsx" | "ts" | "mts" | "cts" | "tsx" => {
            Some(Format::Curly(Language::Script))
        }
        "sh" | "bash" | "zsh" | "env" => Some(Format::Shell),
        "yaml" | "yml" => Some(Format::Yaml),
        "toml" => Some(Format::Toml),
        "json" => SETTINGS.iter().any(|it| path.contains(it)).then_some(Format::Json),
        _ => None,
    }
}

/// What a file names, by its ending.
pub(super) fn read(source: &Source) -> Reading {
    let Some(format) = format_of(&source.name) else { return Reading::default() };
    let text = source.text.as_ref();
    let is_program = matches!(format, Format::Python | Format::Curly(_) | Format::Notebook);
    let is_promising = if is_program { first_pass::program(text) } else { first_pass::other(text) };
    if !is_promising {
        return Reading::default();
    }
    let found = match format {
        Format::Python => program::references(text, &python::tokens(text)),
        Format::Curly(language) => program::references(text, &curly::tokens(text, language)),
        Format::Notebook => {
            let code = notebook::code(text);
            let found = program::references(&code.text, &python::tokens(&code.text));
            found.into_iter().map(|it| code.in_file(it)).collect()
        }
        Format::Shell => script(text),
        Format::Yaml => documents(text, &yaml::parse(source).documents),
        Format::Json => documents(text, &json::parse(source).documents),
        Format::Toml => documents(text, &toml(source)),
    };
    Reading { sightings: sighting(source, found).into_iter().collect(), problems: Vec::new() }
}

/// What a script names, and the programs in it.
fn script(text: &str) -> Vec<Found> {
    let mut found = shell::references(text);
    for range in shell::programs(text) {
        let program = &text[range.clone()];
        let all = program::references(program, &python::tokens(program));
        found.extend(all.into_iter().map(|it| it.moved(range.start)));
    }
    found
}

fn documents(text: &str, documents: &[Node]) -> Vec<Found> {
    documents.iter().take(MOST).flat_map(|it| config::references(text, it)).collect()
}

/// A TOML file as a tree; what is wrong in it is for readers to say that know the file.
fn toml(source: &Source) -> Vec<Node> {
    use ::toml::de::{DeTable, DeValue};
    fn node(source: &Source, value: &::toml::Spanned<DeValue<'_>>, depth: usize) -> Node {
        let range = value.span();
        let plain = match value.get_ref() {
            DeValue::String(it) => {
                let written = source.text.get(range.clone()).unwrap_or_default();
                let start = range.start + written.find(it.as_ref()).unwrap_or(0);
                let end = if written.contains(it.as_ref()) { start + it.len() } else { range.end };
                return Node::new(Value::String(it.to_string()), source.span(start..end));
            }
            DeValue::Array(all) if depth > 0 => {
                Value::List(all.iter().map(|it| node(source, it, depth - 1)).collect())
            }
            DeValue::Table(all) if depth > 0 => table(source, all, depth - 1),
            _ => Value::Null,
        };
        Node::new(plain, source.span(range))
    }
    fn table(source: &Source, all: &DeTable<'_>, depth: usize) -> Value {
        let entry = |(key, value): (&::toml::Spanned<std::borrow::Cow<'_, str>>, _)| {
            let at = source.span(key.span());
            (Spanned::new(key.get_ref().to_string(), at), node(source, value, depth))
        };
        Value::Map(all.iter().map(entry).collect())
    }
    const DEPTH: usize = 60;
    let (root, _) = DeTable::parse_recoverable(&source.text);
    let range = root.span();
    vec![Node::new(table(source, root.get_ref(), DEPTH), source.span(range))]
}

/// What was found as one sighting: each name once, where it stands first.
fn sighting(source: &Source, mut found: Vec<Found>) -> Option<Sighting> {
    found.sort_by_key(|it| (it.at.start, it.at.end, it.revision.is_none()));
    found.retain(|it| source.text.get(it.at.clone()).is_some());
    let mut seen = BTreeSet::new();
    found.dedup_by(|later, first| later.at == first.at);
    found.retain(|it| {
        let revision = it.revision.as_ref().map(|it| it.0.clone());
        seen.insert((it.kind, it.name.clone(), revision))
    });
    let first = found.first()?;
    let mut sighting =
        Sighting::new(Subject::File, Some(Kind::Code), source.span(first.at.clone()));
    sighting.uses = found.into_iter().take(MOST).map(|it| used(source, it)).collect();
    Some(sighting)
}

fn used(source: &Source, it: Found) -> Use {
    let revision = it.revision.filter(|(_, at)| source.text.get(at.clone()).is_some());
    Use {
        how: How::Uses,
        kind: it.kind,
        target: Spanned::new(Reference(it.name), source.span(it.at)),
        scope: Scope::Normal,
        revision: revision.map(|(text, at)| Spanned::new(text, source.span(at))),
    }
}
