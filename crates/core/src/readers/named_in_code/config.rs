//! Models and datasets that a file of settings names: YAML, JSON, TOML.

use std::ops::Range;

use super::found::{Found, MOST};
use super::names::{Form, inside, named};
use super::options::{normal, tells, tells_alone};
use super::shell;
use super::taken::of;
use super::words::Word;
use crate::component::Kind;
use crate::source::Spanned;
use crate::value::{Node, Value};

/// Keys that stand beside names of models and datasets, and nowhere else.
const MACHINE_LEARNING: &[&str] = &[
    "adapter",
    "base_model",
    "batch_size",
    "bf16",
    "block_size",
    "chat_template",
    "dtype",
    "embedding",
    "embeddings",
    "epochs",
    "eval_steps",
    "fp16",
    "gpu_memory_utilization",
    "gradient_accumulation_steps",
    "inference",
    "learning_rate",
    "llm",
    "load_in_4bit",
    "load_in_8bit",
    "lora_alpha",
    "lora_r",
    "lr",
    "max_length",
    "max_model_len",
    "max_new_tokens",
    "max_seq_len",
    "max_seq_length",
    "max_steps",
    "max_tokens",
    "merge_method",
    "micro_batch_size",
    "model_name_or_path",
    "model_type",
    "num_epochs",
    "num_train_epochs",
    "optimizer",
    "per_device_train_batch_size",
    "quantization",
    "seq_len",
    "sequence_len",
    "temperature",
    "tensor_parallel_size",
    "tokenizer",
    "top_k",
    "top_p",
    "torch_dtype",
    "trainer",
    "training",
    "vllm",
    "warmup_steps",
    "weight_decay",
];

/// Keys whose values are commands or their words.
const COMMANDS: &[&str] = &["args", "cmd", "command", "commands", "entrypoint", "run", "script"];

/// Keys whose values are variables of the environment.
const ENVIRONMENTS: &[&str] = &["env", "environment", "variables", "vars"];

/// How many values of one file are looked at.
const MOST_NODES: usize = 200_000;

/// What a file of settings names, in the order of the text.
pub(super) fn references(text: &str, root: &Node) -> Vec<Found> {
    let all = entries(root);
    // A model's own configuration repeats where the weights came from: another reader's matter.
    let is_of_model = all.iter().any(|(key, _)| key.value == "architectures");
    if is_of_model {
        return Vec::new();
    }
    let is_learning =
        all.iter().any(|(key, _)| MACHINE_LEARNING.contains(&normal(&key.value).as_str()));
    let mut found = Vec::new();
    for (key, value) in all {
        let name = normal(&key.value);
        if COMMANDS.contains(&name.as_str()) {
            found.extend(commands(text, value));
        } else if ENVIRONMENTS.contains(&name.as_str()) {
            found.extend(environment(text, value));
        } else if let Some(kind) = kind_of(&name, is_learning) {
            found.extend(value.items().iter().take(MOST).filter_map(|it| names(it, kind)));
        }
        found.extend(value.items().iter().take(MOST).flat_map(|it| addresses(text, it)));
        if found.len() > 4 * MOST {
            break;
        }
    }
    found
}

/// What kind of thing a key holds. A key that may hold anything counts only in a file that
/// trains or runs models.
fn kind_of(name: &str, is_learning: bool) -> Option<Kind> {
    tells(name).filter(|_| is_learning || tells_alone(name))
}

/// Every key of the file with its value, from outside in.
fn entries(root: &Node) -> Vec<(&Spanned<String>, &Node)> {
    let mut found = Vec::new();
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        match &node.value {
            Value::List(items) => waiting.extend(items.iter().rev()),
            Value::Map(all) => {
                found.extend(all.iter().map(|(key, it)| (key, it)));
                waiting.extend(all.iter().rev().map(|(_, it)| it));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        if found.len() > MOST_NODES {
            break;
        }
    }
    found
}

/// A name, or the name in `{path: owner/name, revision: …}`.
fn names(node: &Node, kind: Kind) -> Option<Found> {
    const INNER: &[&str] = &["path", "name", "id", "repo_id", "repo", "hf_id", "name_or_path"];
    let inner = INNER.iter().find_map(|it| node.get(it));
    let holder = inner.unwrap_or(node);
    let text = holder.as_str()?;
    let named = named(text).filter(|it| it.form != Form::Page)?;
    let range = holder.at.range();
    // Where something in it is escaped, the whole stands for the part.
    let is_as_written = range.len() == text.len();
    let mut found = of(text, &named, kind);
    found = if is_as_written {
        found.moved(range.start)
    } else {
        Found { at: range, revision: None, ..found }
    };
    let revision = node.get("revision").or_else(|| node.get("rev")).and_then(Node::words);
    found.revision = found.revision.or(revision.map(|it| (it.value, it.at.range())));
    Some(found)
}

/// Addresses of files on a hub, whatever the key.
fn addresses(text: &str, node: &Node) -> Vec<Found> {
    let range = node.at.range();
    let written = text.get(range.clone()).filter(|it| it.contains("://"));
    let Some(written) = written.filter(|_| node.as_str().is_some()) else { return Vec::new() };
    let all = inside(written).into_iter();
    all.map(|(at, named)| of(&written[at..], &named, Kind::Model).moved(range.start + at)).collect()
}

/// A command, or a list of its words.
fn commands(text: &str, node: &Node) -> Vec<Found> {
    let texts: Vec<Range<usize>> =
        node.items().iter().filter(|it| it.as_str().is_some()).map(|it| it.at.range()).collect();
    let is_list = matches!(node.value, Value::List(_));
    let is_words =
        is_list && texts.iter().all(|it| text.get(it.clone()).is_some_and(|it| !it.contains(' ')));
    if is_words {
        let words: Vec<Word> =
            texts.into_iter().map(|at| Word { at, is_document: false }).collect();
        return shell::command(text, &words);
    }
    let scripts = texts.into_iter().filter_map(|at| Some((at.start, text.get(at)?)));
    let found = scripts.map(|(start, it)| (start, shell::references(it)));
    found.flat_map(|(start, all)| all.into_iter().map(move |it| it.moved(start))).collect()
}

/// Variables: a mapping, a list of `NAME=value`, or a list of `{name: …, value: …}`.
fn environment(text: &str, node: &Node) -> Vec<Found> {
    let mut found = Vec::new();
    for (key, value) in node.entries() {
        found.extend(tells(&key.value).and_then(|kind| names(value, kind)));
    }
    if !matches!(node.value, Value::List(_)) {
        return found;
    }
    for item in node.items().iter().take(MOST) {
        if let (Some(name), Some(value)) = (item.get("name"), item.get("value")) {
            let kind = name.as_str().and_then(tells);
            found.extend(kind.and_then(|kind| names(value, kind)));
        } else if item.as_str().is_some() && text.get(item.at.range()).is_some() {
            let word = Word { at: item.at.range(), is_document: false };
            found.extend(shell::command(text, &[word]));
        }
    }
    found
}
