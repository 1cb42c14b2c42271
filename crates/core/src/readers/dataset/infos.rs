//! `dataset_infos.json` and `dataset_info.json`, which libraries write beside the data.

use crate::component::Kind;
use crate::readers::sidecar::{self, LIST_LIMIT, file_name};
use crate::reading::Sighting;
use crate::source::Source;
use crate::value::Node;

/// Says what the metadata says, if it has these names and describes data.
pub(super) fn describe(source: &Source, root: &Node, seen: &mut Sighting) -> Option<Kind> {
    let name = file_name(&source.name).to_ascii_lowercase();
    if !name.contains("dataset_info") {
        return None;
    }
    let each = root.entries().iter().map(|(_, it)| it).take(LIST_LIMIT);
    let mut found = false;
    for info in std::iter::once(root).chain(each) {
        let marks = ["features", "splits", "citation", "builder_name", "redistributionInfo"];
        if !marks.iter().any(|it| info.get(it).is_some()) {
            continue;
        }
        found = true;
        let granted = info.get("redistributionInfo").unwrap_or(info);
        for node in ["license", "licenses"].iter().filter_map(|it| granted.get(it)) {
            seen.licenses.extend(sidecar::scalars(node).flat_map(|it| sidecar::license(&it)));
        }
    }
    found.then_some(Kind::Dataset)
}
