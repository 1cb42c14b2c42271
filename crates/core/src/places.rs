//! What a place in the tree tells of who lives there.

use crate::component::Kind;

/// The directory that holds `path`; empty for the root.
pub(crate) fn parent(path: &str) -> &str {
    path.rfind('/').map_or("", |it| &path[..it])
}

/// A repository in the cache of the Hugging Face hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cached {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) revision: Option<String>,
}

/// Reads `models--org--name/snapshots/REVISION` out of a path.
pub(crate) fn hub_cache(path: &str) -> Option<Cached> {
    let mut parts = path.split('/');
    let (kind, name) = parts.find_map(|it| {
        let (kind, rest) = it.split_once("--")?;
        let kind = match kind {
            "models" => Kind::Model,
            "datasets" => Kind::Dataset,
            _ => return None,
        };
        Some((kind, rest.replacen("--", "/", 1)))
    })?;
    let revision = (parts.next() == Some("snapshots")).then(|| parts.next()).flatten();
    Some(Cached { kind, name, revision: revision.map(str::to_owned) })
}

/// The kind that the folders on the way suggest, the nearest first.
pub(crate) fn kind_by_path(path: &str) -> Option<Kind> {
    path.rsplit('/').find_map(|it| match it.to_ascii_lowercase().as_str() {
        "datasets" | "dataset" | "data" | "corpora" | "dataset-cards" => Some(Kind::Dataset),
        "models" | "model" | "checkpoints" | "weights" | "adapters" | "loras" | "model-cards" => {
            Some(Kind::Model)
        }
        "crates" | "packages" | "src" | "lib" | "libs" | "vendor" | "third_party" => {
            Some(Kind::Code)
        }
        _ => None,
    })
}

/// Whether a place holds the project's own work: not a folder where others' code is kept.
pub(crate) fn is_own(path: &str) -> bool {
    const KEPT: [&str; 10] = [
        "vendor",
        "vendored",
        "third_party",
        "third-party",
        "thirdparty",
        "node_modules",
        "site-packages",
        "external",
        "extern",
        "deps",
    ];
    !path.split('/').any(|it| KEPT.contains(&it.to_ascii_lowercase().as_str()))
}
