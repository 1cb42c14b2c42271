//! Prints what the comments of all programs below some folders state: one line for each statement.
//! To look at a new rule in many files: `cargo run --release --example notices -- FOLDER…`.

#![expect(clippy::print_stdout, reason = "that is what it is for")]

use std::fs;
use std::path::Path;

use caveat::core::notices::{Said, in_program};

/// Longer files are cut.
const MOST: usize = 2 << 20;

fn main() {
    for folder in std::env::args().skip(1) {
        walk(Path::new(&folder), 0);
    }
}

fn walk(folder: &Path, depth: usize) {
    const DEEPEST: usize = 40;
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && depth < DEEPEST {
            walk(&entry.path(), depth + 1);
        } else if kind.is_file() {
            file(&entry.path());
        }
    }
}

fn file(path: &Path) {
    let name = path.to_string_lossy();
    if !caveat::core::notices::is_program(&name) {
        return;
    }
    let Ok(bytes) = fs::read(path) else { return };
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MOST)]);
    for it in in_program(&name, &text) {
        let means = match it.said {
            Said::Tag => "tag".to_owned(),
            Said::Grant(it) => it,
            Said::Words => "words".to_owned(),
            Said::Text { license, .. } => license.to_owned(),
        };
        let words = text.get(it.at).unwrap_or_default();
        let words: Vec<&str> = words.split_whitespace().take(30).collect();
        println!("{name}\t{}\t{means}\t{}", it.origin.name(), words.join(" "));
    }
}
