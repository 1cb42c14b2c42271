//! Docs name concepts; the paths that they do name exist.

use super::rust::line;
use super::tree::{Tree, is};

const DOCS: [&str; 10] = [
    "README.md",
    "ARCHITECTURE.md",
    "STYLE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "examples/README.md",
    "docs/policies.md",
    "docs/mending.md",
    "docs/over-time.md",
    "docs/formats.md",
];

/// Names with a slash that are no paths of ours.
const NO_PATHS: [&str; 2] = ["caveat/1", "org/name"];

/// The program that the README quotes from; it is compiled and run.
const QUOTED: &str = "crates/cli/examples/scan_and_judge.rs";

/// Every path that a document names and the tree does not have.
pub(crate) fn faults(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for document in DOCS {
        let Some(text) = tree.text(document) else {
            faults.push(format!("{document}: missing"));
            continue;
        };
        let folder = document.rsplit_once('/').map_or("", |it| it.0);
        for (at, path) in code_spans(text).into_iter().chain(links(text)) {
            if !exists(tree, folder, &path) {
                faults.push(format!("{document}:{}: no `{path}`", line(text, at)));
            }
        }
    }
    faults
}

/// Every line of Rust in the README that the quoted program does not have, in the same order.
pub(crate) fn quotation_faults(tree: &Tree) -> Vec<String> {
    let mut program = tree.text(QUOTED).unwrap_or_default().lines().map(str::trim);
    let readme = tree.text("README.md").unwrap_or_default();
    let blocks = readme.split("```rust\n").skip(1).filter_map(|it| it.split("```").next());
    let lines = blocks.flat_map(str::lines).map(str::trim).filter(|it| !it.is_empty());
    let missing = lines.filter(|line| !program.any(|it| it == *line));
    missing
        .map(|it| format!("README.md: `{it}` is not in {QUOTED}, or not in this order"))
        .collect()
}

/// Whether something has the path, seen from the root or from the document; for a name without a
/// slash, whether any file has the name.
fn exists(tree: &Tree, folder: &str, path: &str) -> bool {
    let path = path.trim_start_matches("./").trim_end_matches('/');
    let near = if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
    tree.paths().any(|it| {
        let name = it.rsplit('/').next().unwrap_or(it);
        matches(path, it) || matches(&near, it) || (!path.contains('/') && matches(path, name))
    })
}

/// Whether a pattern with `*` (any part of a name) fits a path.
fn matches(pattern: &str, path: &str) -> bool {
    let Some((before, behind)) = pattern.split_once('*') else { return pattern == path };
    let Some(rest) = path.strip_prefix(before) else { return false };
    let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    let inside = ends.take_while(|at| !rest[..*at].contains('/'));
    inside.into_iter().any(|at| matches(behind, &rest[at..]))
}

/// What stands in single backticks outside fenced blocks and looks like one of our paths.
fn code_spans(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (start, chunk) in prose(text) {
        let mut at = start;
        for (number, part) in chunk.split('`').enumerate() {
            if number % 2 == 1 && looks_like_path(part) {
                found.push((at, placeholders_as_stars(part)));
            }
            at += part.len() + 1;
        }
    }
    found
}

/// Targets of links into the tree.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (start, chunk) in prose(text) {
        for (at, _) in chunk.match_indices("](") {
            let target = chunk[at + 2..].split([')', '#']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") {
                found.push((start + at, target.to_owned()));
            }
        }
    }
    found
}

/// What stands between fenced blocks, with where it starts.
fn prose(text: &str) -> Vec<(usize, &str)> {
    let (mut at, mut start, mut fenced, mut chunks) = (0, 0, false, Vec::new());
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if line.trim_start().starts_with("```") {
            if !fenced {
                chunks.push((start, &text[start..at]));
            }
            (fenced, start) = (!fenced, end);
        }
        at = end;
    }
    chunks.push((start, if fenced { "" } else { &text[start..] }));
    chunks
}

fn looks_like_path(span: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || "._-/*<>".contains(it);
    let ours = ["rs", "md", "toml", "py", "yml"].iter().any(|it| is(span, it));
    span.chars().all(plain)
        && span.contains(|it: char| it.is_ascii_alphanumeric())
        && (ours || (span.contains('/') && !NO_PATHS.contains(&span)))
        && !span.starts_with('*')
}

/// `terms/<id>.toml` means any file there.
fn placeholders_as_stars(span: &str) -> String {
    let mut path = String::new();
    for part in span.split('<') {
        match part.split_once('>') {
            Some((_, behind)) => path = format!("{path}*{behind}"),
            None => path.push_str(part),
        }
    }
    path
}

#[test]
fn a_path_that_is_not_there_is_a_fault() {
    let count = |text: &str| {
        let mut files: Vec<_> = DOCS.iter().map(|it| (*it, "")).collect();
        files[0].1 = text;
        files.push(("crates/core/terms/ISC.toml", ""));
        faults(&Tree::of(&files)).len()
    };
    for (expected, text) in [
        (0, "`crates/core/terms/` and `crates/core/terms/<id>.toml`, `ISC.toml`, [s](STYLE.md#a)"),
        (1, "`crates/core/rules/`"),
        (1, "`crates/core/terms/<id>.md`"),
        (1, "`missing.rs`"),
        (1, "see [there](docs/missing.md)"),
        (1, "a span that `goes\non` and then `missing.rs`"),
        (0, "see [there](https://example.org/missing.md), `a b/c`, `**/x`, `org/name`"),
        (0, "```text\n`missing.rs`\n```\n"),
        (1, "```text\n```\n`missing.rs`"),
    ] {
        assert_eq!(count(text), expected, "{text}");
    }
}

#[test]
fn a_line_that_the_program_lacks_is_a_fault() {
    let count = |quoted: &str| {
        let readme = format!("a\n```rust\n{quoted}\n```\nb");
        let program = (QUOTED, "fn main() {\n    one();\n    two();\n}\n");
        quotation_faults(&Tree::of(&[("README.md", &readme), program])).len()
    };
    assert_eq!(count("one();\n\ntwo();"), 0);
    assert_eq!(count("two();\none();"), 1);
    assert_eq!(count("three();"), 1);
}
