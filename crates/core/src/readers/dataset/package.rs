//! Frictionless data packages: licenses of the package and of each resource bind the whole.

use crate::component::{How, Kind, Reference};
use crate::readers::address;
use crate::readers::sidecar::{self, LIST_LIMIT, file_name};
use crate::reading::{Meant, Sighting, Wording};
use crate::source::Source;
use crate::value::{Node, Value};

/// Says what the metadata says, if it is a data package.
pub(super) fn describe(source: &Source, root: &Node, seen: &mut Sighting) -> Option<Kind> {
    let resources = root.get("resources").filter(|it| matches!(it.value, Value::List(_)));
    let named_so = file_name(&source.name).to_ascii_lowercase().contains("datapackage");
    if !named_so || (resources.is_none() && root.get("licenses").is_none()) {
        return None;
    }
    let resources = resources.map_or(&[][..], Node::items).iter().take(LIST_LIMIT);
    for part in std::iter::once(root).chain(resources) {
        let stated = ["licenses", "license"].iter().filter_map(|it| part.get(it));
        let licenses = stated.flat_map(Node::items).take(LIST_LIMIT).filter_map(license);
        seen.licenses.extend(licenses);
        let sources = part.get("sources").map_or(&[][..], Node::items).iter().take(LIST_LIMIT);
        for words in sources.filter_map(|it| sidecar::first(it, &["path", "web"])) {
            // Other addresses are credits rather than things with a license of their own.
            if address::hub_name(source, &words).is_some() {
                seen.uses.push(address::target(source, &words, How::DerivedFrom, Kind::Dataset));
            }
        }
    }
    seen.names.extend(sidecar::first(root, &["name"]).map(|it| it.map(Reference)));
    Some(Kind::Dataset)
}

/// One license: its short name, else its title, else where its text is.
pub(super) fn license(node: &Node) -> Option<Wording> {
    let raw =
        node.words().or_else(|| sidecar::first(node, &["name", "type", "title", "path", "url"]));
    let raw = raw.filter(|it| !it.value.trim().is_empty())?;
    let beside = |keys: &[&str]| sidecar::first(node, keys).filter(|it| it.at != raw.at);
    let (name, link) = (beside(&["title"]), beside(&["path", "url"]));
    Some(sidecar::wording(raw, Meant::HubId { name, link }))
}
