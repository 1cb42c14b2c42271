//! Names of models as Ollama writes them.

/// Where Ollama's own library is to be found: makes its names unlike those of other hubs.
const LIBRARY: &str = "ollama.com";

/// The host under which Ollama's store keeps what comes from there.
const REGISTRY: &str = "registry.ollama.ai";

/// `organization/name` in `hf.co/organization/name:quantization`.
pub(super) fn on_the_hub(words: &str) -> Option<&str> {
    let address = words.strip_prefix("https://").unwrap_or(words);
    let path = ["hf.co/", "huggingface.co/"].iter().find_map(|it| address.strip_prefix(it))?;
    let path = path.split_once(':').map_or(path, |it| it.0).trim_end_matches('/');
    (path.split('/').count() == 2).then_some(path)
}

/// The folder of a weight file that is named by a relative path; `.` where that is just its name.
pub(super) fn folder_of_file(words: &str) -> Option<&str> {
    const ENDINGS: [&str; 3] = [".gguf", ".bin", ".safetensors"];
    let lower = words.to_ascii_lowercase();
    let is_file = ENDINGS.iter().any(|it| lower.ends_with(it));
    if !is_file || words.starts_with(['/', '~']) || words.contains(['\\', ':']) {
        return None;
    }
    match words.rsplit_once('/') {
        Some(("", _)) => None,
        Some((folder, _)) => Some(folder),
        None => Some("."),
    }
}

/// Whether words are the path of a blob in Ollama's store, which says nothing of what it holds.
pub(super) fn is_blob(words: &str) -> bool {
    let name = words.rsplit(['/', '\\']).next().unwrap_or(words);
    ["sha256-", "sha256:"].iter().any(|it| name.starts_with(it))
}

/// The full name of a model that Ollama would fetch; nothing for paths and other registries.
pub(super) fn in_library(words: &str) -> Option<String> {
    let is_path = words.starts_with(['.', '/', '~']) || words.contains('\\');
    let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.' | ':' | '/');
    let (name, _) = words.split_once(':').unwrap_or((words, ""));
    let is_drive = name.len() == 1 && words.len() > 1;
    if is_path || is_drive || is_blob(words) || !words.chars().all(fits) || has_ending(words) {
        return None;
    }
    match name.split('/').collect::<Vec<_>>()[..] {
        [_] => Some(format!("{LIBRARY}/library/{words}")),
        [_, _] => Some(format!("{LIBRARY}/{words}")),
        [REGISTRY | LIBRARY, ..] => words.split_once('/').map(|it| format!("{LIBRARY}/{}", it.1)),
        _ => None,
    }
}

fn has_ending(words: &str) -> bool {
    let lower = words.to_ascii_lowercase();
    [".gguf", ".bin", ".safetensors"].iter().any(|it| lower.ends_with(it))
}

/// The name of the model whose manifest lies at `manifests/HOST/NAMESPACE/MODEL/TAG`.
pub(super) fn of_manifest(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.rsplit('/').take(5).collect();
    match parts[..] {
        [tag, model, namespace, host, "manifests"] if host.contains('.') => {
            let host = if host == REGISTRY { LIBRARY } else { host };
            Some(format!("{host}/{namespace}/{model}:{tag}"))
        }
        _ => None,
    }
}
