//! Names of settings, constants and options that tell by themselves that a model or a dataset is
//! meant.

use crate::component::Kind;

/// Words that make a name one of a model.
const MODEL: &[&str] = &[
    "adapter",
    "checkpoint",
    "ckpt",
    "embedder",
    "encoder",
    "hf",
    "llm",
    "lora",
    "model",
    "models",
    "pretrained",
    "processor",
    "repo",
    "reranker",
    "tokenizer",
    "vlm",
];

/// Words that make a name one of a dataset.
const DATASET: &[&str] = &["dataset", "datasets"];

/// Words that make a name one of something else: of what is written rather than read, of a file,
/// of another hub.
const OTHERS: &[&str] = &[
    "arch",
    "architecture",
    "author",
    "class",
    "config",
    "cls",
    "description",
    "dir",
    "directory",
    "docker",
    "doc",
    "docs",
    "endpoint",
    "env",
    "file",
    "filename",
    "folder",
    "git",
    "github",
    "gitlab",
    "hub",
    "image",
    "key",
    "kind",
    "label",
    "license",
    "namespace",
    "ollama",
    "out",
    "output",
    "owner",
    "prefix",
    "provider",
    "push",
    "readme",
    "save",
    "service",
    "slug",
    "suffix",
    "tag",
    "target",
    "title",
    "token",
    "type",
    "types",
    "upload",
    "uri",
    "url",
    "user",
    "username",
];

/// A name in lower case with `_` between its words: `--model-id`, `MODEL_ID` and `modelId` alike.
pub(super) fn normal(name: &str) -> String {
    let name = name.trim_start_matches('-');
    let mut normal = String::with_capacity(name.len() + 4);
    let mut after_lower = false;
    for it in name.chars() {
        if after_lower && it.is_ascii_uppercase() {
            normal.push('_');
        }
        after_lower = it.is_ascii_lowercase() || it.is_ascii_digit();
        normal.push(if matches!(it, '-' | '.' | ' ') { '_' } else { it.to_ascii_lowercase() });
    }
    normal
}

/// What kind of thing a setting of this name holds, if the name tells.
pub(super) fn tells(name: &str) -> Option<Kind> {
    const LONGEST: usize = 60;
    if name.len() > LONGEST {
        return None;
    }
    let name = normal(name);
    let words = || name.split('_');
    if words().any(|it| OTHERS.contains(&it)) {
        return None;
    }
    if words().any(|it| DATASET.contains(&it)) {
        return Some(Kind::Dataset);
    }
    words().any(|it| MODEL.contains(&it)).then_some(Kind::Model)
}

/// Whether a setting of this name holds a model or dataset in whatever file it stands.
pub(super) fn tells_alone(name: &str) -> bool {
    const VAGUE: &[&str] = &[
        "ckpt",
        "checkpoint",
        "dataset",
        "dataset_path",
        "datasets",
        "encoder",
        "hf",
        "llm",
        "model",
        "model_path",
        "models",
        "processor",
        "repo",
        "repos",
        "tokenizer",
    ];
    !VAGUE.contains(&normal(name).as_str())
}
