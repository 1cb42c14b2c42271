//! Where a license or a lineage may be written and nobody looked.

use std::collections::BTreeSet;

use crate::discover::Tree;
use crate::read::Work;

/// Files in which programs are written.
const CODE: &[&str] = &[
    ".py", ".ipynb", ".rs", ".js", ".mjs", ".ts", ".tsx", ".jsx", ".go", ".java", ".kt", ".swift",
    ".c", ".cc", ".cpp", ".h", ".cs", ".sh",
];

/// Kinds of files that may tell of licenses or models, by the ends of their names. What a reader
/// wants is not counted, so a row goes when the last of its kinds has one.
const KINDS: [(&[&str], &str); 4] = [
    (CODE, "models and datasets named in code"),
    (
        &[".onnx", ".tflite", ".mlmodel", ".keras", ".h5", ".pt", ".pth", ".bin", ".ckpt"],
        "the headers of weight files",
    ),
    (&["Modelfile", "Dockerfile"], "models that build files pull"),
    (
        &["CITATION.cff", "datapackage.json", "croissant.json", "dataset-metadata.json"],
        "dataset metadata other than cards",
    ),
];

/// The places, each with the first file that it is about.
pub(crate) fn not_looked_at(tree: &Tree, work: &[Work<'_>]) -> Vec<String> {
    let mut places = vec!["the network: no model hub or package registry was asked".to_owned()];
    if tree.ignored {
        places.push(
            "files that .gitignore names and git does not track (use --no-ignore)".to_owned(),
        );
    }
    let read: BTreeSet<&str> = work.iter().map(|(it, _)| it.name.as_str()).collect();
    let unread: Vec<&str> =
        tree.files.iter().map(|it| it.name.as_str()).filter(|it| !read.contains(it)).collect();
    for (endings, what) in KINDS {
        places.extend(place(what, endings, unread.iter().copied()));
    }
    places
}

fn place<'a>(what: &str, endings: &[&str], files: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut files = files.filter(|it| endings.iter().any(|end| it.ends_with(end)));
    let first = files.next()?;
    Some(match files.count() {
        0 => format!("{what} ({first})"),
        more => format!("{what} ({first} and {more} more)"),
    })
}
