//! Names of models and datasets, in the forms in which files write them.

use crate::component::{How, Kind, Reference, Scope, Use};
use crate::source::{Source, Spanned};

/// A use of what `words` name, which may be an address on the hub.
pub(super) fn target(source: &Source, words: &Spanned<String>, how: How, kind: Kind) -> Use {
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
pub(super) struct HubName {
    /// The name, `organization/name`.
    pub(super) name: Spanned<String>,
    /// What is named.
    pub(super) kind: Kind,
    /// The revision, where it is pinned.
    pub(super) revision: Option<Spanned<String>>,
}

/// What is named by an address on the hub, or by a path in the hub's cache.
pub(super) fn hub_name(source: &Source, words: &Spanned<String>) -> Option<HubName> {
    if let Some(found) = cached(source, words) {
        return Some(found);
    }
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

/// What a path such as `…/models--organization--name/snapshots/REVISION/…` names.
fn cached(source: &Source, words: &Spanned<String>) -> Option<HubName> {
    let mut parts = words.value.split(['/', '\\']);
    let (kind, name) = parts.find_map(|it| {
        let (kind, name) = it.split_once("--")?;
        match kind {
            "models" => Some((Kind::Model, name)),
            "datasets" => Some((Kind::Dataset, name)),
            _ => None,
        }
    })?;
    let revision = (parts.next() == Some("snapshots")).then(|| parts.next()).flatten();
    let revision = revision.filter(|it| !it.is_empty()).map(|it| within(source, words, it));
    let at = within(source, words, name).at;
    Some(HubName { name: Spanned::new(name.replacen("--", "/", 1), at), kind, revision })
}

/// Whether `words` have the form `organization/name`.
pub(super) fn is_hub_name(words: &str) -> bool {
    let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    words.split_once('/').is_some_and(|(organization, name)| {
        [organization, name].iter().all(|it| !it.is_empty() && it.chars().all(fits))
    })
}

/// `part` of `whole`, with its own place where nothing in the line is escaped.
pub(super) fn within(source: &Source, whole: &Spanned<String>, part: &str) -> Spanned<String> {
    let start = part.as_ptr().addr().wrapping_sub(whole.value.as_ptr().addr());
    let range = start..start.wrapping_add(part.len());
    let same = source.slice(whole.at).get(range.clone()) == Some(part);
    Spanned::new(part.to_owned(), if same { whole.at.part(range) } else { whole.at })
}

/// Whether the place that something was loaded from is one that others can look up: a folder of
/// whoever wrote the file is none. A bare name is one where it begins with the model's family.
pub(super) fn is_upstream(source: &Source, words: &Spanned<String>, family: Option<&str>) -> bool {
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
    if hub_name(source, words).is_some() {
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
    is_hub_name(name) && !is_folder
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
