//! What a place in the tree tells of who lives there.

use crate::component::Kind;

/// The directory that holds `path`; empty for the root.
pub(crate) fn parent(path: &str) -> &str {
    path.rfind('/').map_or("", |it| &path[..it])
}

/// What the path `name` means when seen from the directory `here`; `None` if it leaves the root
/// or is no relative path.
pub(crate) fn resolved(here: &str, name: &str) -> Option<String> {
    if name.starts_with('/') || name.contains([':', '\\']) {
        return None;
    }
    let mut parts: Vec<&str> = here.split('/').filter(|it| !it.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
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
        Some((kind, rest.replacen("--", "/", 1))).filter(|_| !rest.is_empty())
    })?;
    let revision = (parts.next() == Some("snapshots")).then(|| parts.next()).flatten();
    Some(Cached { kind, name, revision: revision.map(str::to_owned) })
}

/// Directory, name and version of the installed Python package whose metadata `path` lies in.
pub(crate) fn distribution(path: &str) -> Option<(&str, String, String)> {
    let mut end = path.len();
    while let Some(start) = path[..end].rfind('/') {
        let directory = &path[..start];
        let folder = directory.rsplit('/').next().unwrap_or(directory);
        if let Some((name, version)) =
            folder.strip_suffix(".dist-info").and_then(|it| it.rsplit_once('-'))
        {
            let name = name.to_ascii_lowercase().replace(['_', '.'], "-");
            return Some((directory, name, version.to_owned()));
        }
        end = start;
    }
    None
}

/// Whether `path` lies in a folder that stores the texts of the licenses that a project uses.
pub(crate) fn is_store(path: &str) -> bool {
    let folder = parent(path).rsplit('/').next().unwrap_or_default();
    folder.eq_ignore_ascii_case("licenses") || folder.eq_ignore_ascii_case("licences")
}

/// The kind that the folders on the way suggest, the nearest first.
pub(crate) fn kind_by_path(path: &str) -> Option<Kind> {
    path.rsplit('/').find_map(|it| match it.to_ascii_lowercase().replace('_', "-").as_str() {
        "datasets" | "dataset" | "data" | "corpora" | "corpus" | "dataset-cards" => {
            Some(Kind::Dataset)
        }
        "models" | "model" | "checkpoints" | "weights" | "adapters" | "loras" | "model-cards" => {
            Some(Kind::Model)
        }
        "crates" | "packages" | "src" | "lib" | "libs" | "vendor" | "third-party" => {
            Some(Kind::Code)
        }
        _ => None,
    })
}

/// Whether `path` lies among files that tests read: whatever these say is an example.
pub(crate) fn is_test_material(path: &str) -> bool {
    const MATERIAL: [&str; 12] = [
        "testdata",
        "test-data",
        "test_data",
        "fixture",
        "fixtures",
        "__fixtures__",
        "test-fixtures",
        "testfixtures",
        "testcases",
        "__snapshots__",
        "corpora",
        "goldens",
    ];
    let mut in_tests = false;
    parent(path).split('/').any(|it| {
        let it = it.to_ascii_lowercase();
        let is_data =
            in_tests && matches!(it.as_str(), "data" | "resources" | "inputs" | "samples");
        in_tests |= matches!(it.as_str(), "test" | "tests" | "spec");
        is_data || MATERIAL.contains(&it.as_str())
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
    let is_kept =
        |it: &str| KEPT.contains(&it.to_ascii_lowercase().as_str()) || it.ends_with(".dist-info");
    !path.split('/').any(is_kept)
}
