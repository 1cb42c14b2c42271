//! DataCite records, as its API, its clients and their exports write them.

use crate::component::{Kind, Reference};
use crate::readers::sidecar::{self, LIST_LIMIT};
use crate::reading::{Meant, Sighting};
use crate::source::{Source, Spanned};
use crate::value::Node;

/// Says what the metadata says, if it is a DataCite record.
pub(super) fn describe(_: &Source, root: &Node, seen: &mut Sighting) -> Option<Kind> {
    let inner = root.get("data").and_then(|it| it.get("attributes"));
    let record = inner.unwrap_or(root);
    let rights = ["rightsList", "rights_list", "rights-list"].iter().find_map(|it| record.get(it));
    let types = record.get("types");
    let general = ["resourceTypeGeneral", "resource_type_general", "resource-type-general"];
    let general = types.and_then(|it| sidecar::first(it, &general));
    if rights.is_none() && general.is_none() {
        return None;
    }
    for entry in rights.map_or(&[][..], Node::items).iter().take(LIST_LIMIT) {
        one(entry, seen);
    }
    // With its site, so that it is unlike a name on a hub.
    let doi = sidecar::first(record, &["doi"]);
    let doi = doi.map(|it| it.map(|it| Reference(format!("doi.org/{}", it.to_lowercase()))));
    seen.names.extend(doi);
    Some(match general.as_ref().map(|it| it.value.as_str()) {
        Some("Dataset" | "Collection" | "DataPaper") | None => Kind::Dataset,
        Some("Software" | "ComputationalNotebook") => Kind::Code,
        Some(_) => Kind::Document,
    })
}

/// One entry of the rights: a license, or who may see the record, which is none.
fn one(entry: &Node, seen: &mut Sighting) {
    let rights = sidecar::first(entry, &["rights"]);
    let uri = sidecar::first(entry, &["rightsUri", "rights_uri", "rights-uri", "rightsURI"]);
    let id = ["rightsIdentifier", "rights_identifier", "rights-identifier"];
    let id = sidecar::first(entry, &id);
    if rights.iter().chain(&uri).any(is_access) {
        seen.traits.extend(rights);
        return;
    }
    let Some(raw) = id.or(uri.clone()).or(rights.clone()).or(entry.words()) else { return };
    let beside = |it: Option<Spanned<String>>| it.filter(|it| it.at != raw.at);
    let meant = Meant::HubId { name: beside(rights), link: beside(uri) };
    seen.licenses.push(sidecar::wording(raw, meant));
}

/// Whether words say who may see a record, not what may be done with it.
fn is_access(words: &Spanned<String>) -> bool {
    let lower = words.value.trim().to_ascii_lowercase();
    lower.starts_with("info:eu-repo/semantics/")
        || ["open", "closed", "restricted", "embargoed"]
            .iter()
            .any(|it| lower.strip_suffix(" access") == Some(it))
}
