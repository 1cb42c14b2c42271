//! `adapter_config.json`: which model an adapter was made for.

use super::{address, sidecar};
use crate::component::{How, Kind, Use};
use crate::reading::{Read, Reader, Reading, Sighting};
use crate::source::Source;
use crate::value::{Node, json};

/// Reads the configuration of adapters.
pub(super) const READER: Reader = Reader {
    name: "adapter-config",
    reads: "adapter_config.json: the base model of an adapter",
    wants: |path| sidecar::is_named(path, NAMES),
    read: Read::Text(read),
};

const NAMES: &[&str] = &["adapter_config.json"];

fn read(source: &Source) -> Reading {
    let parsed = json::parse(source);
    let mut reading = Reading { problems: parsed.problems.clone(), ..Reading::default() };
    let Some(root) = parsed.root() else { return reading };
    let base = root.get("base_model_name_or_path").and_then(sidecar::reference);
    let kind = root.get("peft_type").and_then(Node::words);
    if base.is_none() && kind.is_none() {
        return reading;
    }
    let subject = sidecar::subject(&source.name, NAMES);
    let at = base.as_ref().map(|it| it.at).or(kind.as_ref().map(|it| it.at)).unwrap_or(root.at);
    let mut sighting = Sighting::new(subject, Some(Kind::Model), at);
    let revision = root.get("revision").and_then(Node::words).filter(|it| !it.value.is_empty());
    sighting.uses.extend(base.map(|it| {
        let made = address::target(source, &it.map(|it| it.0), How::AdapterOf, Kind::Model);
        Use { revision: made.revision.or(revision), ..made }
    }));
    sighting.traits.extend(kind);
    reading.sightings.push(sighting);
    reading
}
