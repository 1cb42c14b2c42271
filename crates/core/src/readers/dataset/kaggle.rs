//! `dataset-metadata.json` of Kaggle. Some people write schema.org terms under this name.

use super::json_ld;
use crate::component::{Kind, Reference};
use crate::readers::sidecar::{self, LIST_LIMIT, file_name};
use crate::reading::{Meant, Sighting};
use crate::source::Source;
use crate::value::Node;

/// Makes ids of Kaggle unlike those of other hubs.
const SITE: &str = "kaggle.com/datasets/";

/// Says what the metadata says, if it has Kaggle's name and one of its keys.
pub(super) fn describe(source: &Source, root: &Node, seen: &mut Sighting) -> Option<Kind> {
    if !file_name(&source.name).to_ascii_lowercase().contains("dataset-metadata") {
        return None;
    }
    let licenses = root.get("licenses").map_or(&[][..], Node::items);
    for it in licenses.iter().take(LIST_LIMIT) {
        let words = it.words().or_else(|| sidecar::first(it, &["name", "nameNullable"]));
        seen.licenses.extend(words.map(|it| sidecar::wording(it, Meant::Name)));
    }
    if let Some(id) = sidecar::first(root, &["id"]) {
        seen.names.push(id.map(|it| Reference(format!("{SITE}{it}"))));
    }
    seen.names.extend(sidecar::first(root, &["title"]).map(|it| it.map(Reference)));
    seen.private = root.get("isPrivate").and_then(Node::words).is_some_and(|it| it.value == "true");
    if seen.licenses.is_empty() {
        json_ld::describe_dataset(source, root, seen);
    }
    let is_metadata = !seen.licenses.is_empty() || !seen.names.is_empty();
    is_metadata.then_some(Kind::Dataset)
}
