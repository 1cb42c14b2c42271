//! What metadata files that lie beside weights or data have in common.

use crate::component::{Evidence, Origin, Reference, Strength};
use crate::readers::license_text;
use crate::reading::{Meant, Subject, Wording};
use crate::source::Spanned;
use crate::value::{Node, Value};

/// Whether the file at `path` has one of `names`, or `something__name` in a flat collection.
pub(super) fn is_named(path: &str, names: &[&str]) -> bool {
    let file = file_name(path);
    let prefix = |name: &&str| file.strip_suffix(*name);
    names.iter().filter_map(prefix).any(|it| it.is_empty() || it.ends_with("__"))
}

/// A file of exactly one of `names` speaks for its directory.
pub(super) fn subject(path: &str, names: &[&str]) -> Subject {
    if names.contains(&file_name(path)) { Subject::Directory } else { Subject::File }
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The name or path in `node`, unless it stands for nothing.
pub(super) fn reference(node: &Node) -> Option<Spanned<Reference>> {
    let words = node.as_str()?.trim();
    let is_nothing = matches!(words, "" | "." | "./" | "/" | "None" | "none" | "null");
    (!is_nothing && words.len() <= 300).then(|| Spanned::new(Reference(words.to_owned()), node.at))
}

/// How many licenses or parents of one file are taken.
pub(super) const LIST_LIMIT: usize = 1000;

/// Words in a field for a license.
pub(super) fn wording(raw: Spanned<String>, meant: Meant) -> Wording {
    let evidence = Evidence { at: raw.at, origin: Origin::Sidecar, strength: Strength::Declared };
    Wording { raw, evidence, meant }
}

/// What words in a field for a license mean: a whole text, or else a name; nothing says nothing.
pub(super) fn license(words: &Spanned<String>) -> Vec<Wording> {
    if license_text::is_whole(&words.value) {
        return license_text::of_field(words, Origin::Sidecar);
    }
    let said = !words.value.trim().is_empty();
    said.then(|| wording(words.clone(), Meant::Name)).into_iter().collect()
}

/// Scalars of a node that is one of them or a list of them.
pub(super) fn scalars(node: &Node) -> impl Iterator<Item = Spanned<String>> {
    node.items().iter().take(LIST_LIMIT).filter_map(Node::words)
}

/// The words under the first of `keys` that has any.
pub(super) fn first(node: &Node, keys: &[&str]) -> Option<Spanned<String>> {
    keys.iter().find_map(|it| node.get(it)?.words().filter(|it| !it.value.trim().is_empty()))
}

/// Whether a node is a mapping.
pub(super) fn is_map(node: &Node) -> bool {
    matches!(node.value, Value::Map(_))
}
