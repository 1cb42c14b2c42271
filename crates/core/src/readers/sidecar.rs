//! What metadata files that lie beside weights have in common.

use crate::component::Reference;
use crate::reading::Subject;
use crate::source::Spanned;
use crate::value::Node;

/// Whether the file at `path` has one of `names`, or `something__name` in a flat collection.
pub(super) fn is_named(path: &str, names: &[&str]) -> bool {
    let file = file(path);
    let prefix = |name: &&str| file.strip_suffix(*name);
    names.iter().filter_map(prefix).any(|it| it.is_empty() || it.ends_with("__"))
}

/// A file of exactly one of `names` speaks for its directory.
pub(super) fn subject(path: &str, names: &[&str]) -> Subject {
    if names.contains(&file(path)) { Subject::Directory } else { Subject::File }
}

fn file(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The name or path in `node`, unless it stands for nothing.
pub(super) fn reference(node: &Node) -> Option<Spanned<Reference>> {
    let words = node.as_str()?.trim();
    let is_nothing = matches!(words, "" | "." | "./" | "/" | "None" | "none" | "null");
    (!is_nothing && words.len() <= 300).then(|| Spanned::new(Reference(words.to_owned()), node.at))
}
