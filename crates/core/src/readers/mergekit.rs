//! mergekit configurations: which models were merged.

use std::collections::BTreeSet;

use super::{address, sidecar};
use crate::component::{How, Kind, Use};
use crate::reading::{Read, Reader, Reading, Sighting};
use crate::source::{Source, Spanned};
use crate::value::{Node, Value, part, yaml};

/// Reads merge configurations.
pub(super) const READER: Reader = Reader {
    name: "mergekit-config",
    reads: "mergekit_config.yml: the models that were merged",
    wants,
    read: Read::Text(read),
};

const NAMES: &[&str] = &["mergekit_config.yml", "mergekit_config.yaml"];

fn wants(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let stem = file.strip_suffix(".yml").or_else(|| file.strip_suffix(".yaml"));
    stem.is_some_and(|it| it.contains("merge"))
}

fn read(source: &Source) -> Reading {
    let is_named = sidecar::is_named(&source.name, NAMES);
    // Other files have "merge" in their names; only ours have this key.
    if !is_named && !source.text.contains("merge_method") {
        return Reading::default();
    }
    let parsed = yaml::parse(source);
    let mut reading = Reading { problems: parsed.problems, ..Reading::default() };
    let (uses, methods, seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut found = Found { source, uses, methods, seen };
    for document in &parsed.documents {
        found.document(document);
    }
    let Some(at) = found.uses.first().map(|it| it.target.at) else { return reading };
    let mut sighting = Sighting::new(sidecar::subject(&source.name, NAMES), Some(Kind::Model), at);
    sighting.uses = found.uses;
    sighting.traits = found.methods;
    reading.sightings.push(sighting);
    reading
}

struct Found<'a> {
    source: &'a Source,
    uses: Vec<Use>,
    methods: Vec<Spanned<String>>,
    seen: BTreeSet<(How, String)>,
}

impl Found<'_> {
    fn document(&mut self, root: &Node) {
        self.methods.extend(root.get("merge_method").and_then(Node::words));
        self.model(root.get("base_model"));
        for entry in items(root, "models") {
            self.model(entry.get("model"));
        }
        for entry in items(root, "experts") {
            self.model(entry.get("source_model"));
        }
        for slice in items(root, "slices") {
            for entry in items(slice, "sources") {
                self.model(entry.get("model"));
            }
        }
    }

    /// `org/name`, `org/name@revision`, `base+lora`, or the same as a mapping.
    fn model(&mut self, node: Option<&Node>) {
        let Some(node) = node else { return };
        if let Value::Map(_) = node.value {
            let inner = node.get("model");
            let path = inner.and_then(|it| it.get("path")).or(inner).or(node.get("path"));
            let lora = node.get("lora");
            self.named(path, How::MergeOf);
            self.named(lora.and_then(|it| it.get("path")).or(lora), How::AdapterOf);
            return;
        }
        let Some(reference) = sidecar::reference(node) else { return };
        let words = reference.map(|it| it.0);
        match words.value.split_once('+') {
            Some((base, _)) => {
                let split = base.len();
                self.add(&part(&words, 0..split), How::MergeOf);
                self.add(&part(&words, split + 1..words.value.len()), How::AdapterOf);
            }
            None => self.add(&words, How::MergeOf),
        }
    }

    fn named(&mut self, node: Option<&Node>, how: How) {
        if let Some(reference) = node.and_then(sidecar::reference) {
            self.add(&reference.map(|it| it.0), how);
        }
    }

    fn add(&mut self, words: &Spanned<String>, how: How) {
        let (name, revision) = match words.value.find('@') {
            Some(at) if at > 0 && at + 1 < words.value.len() => {
                (part(words, 0..at), Some(part(words, at + 1..words.value.len())))
            }
            _ => (words.clone(), None),
        };
        if !name.value.is_empty() && self.seen.insert((how, words.value.clone())) {
            let made = address::target(self.source, &name, how, Kind::Model);
            self.uses.push(Use { revision: made.revision.or(revision), ..made });
        }
    }
}

fn items<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).map(Node::items).unwrap_or_default()
}
