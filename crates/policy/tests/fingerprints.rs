//! The fingerprint of a finding stays when lines move, and tells it from every other, on real cards.
#![expect(clippy::disallowed_methods, reason = "the cards are files")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use caveat_policy::named;

#[expect(dead_code, reason = "a line for each finding is what other tests compare")]
mod common;

use common::Project;

/// Every card of the corpus that this takes in its stride: each thirteenth.
const STEP: usize = 13;

fn cards() -> Vec<PathBuf> {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    let mut folders: Vec<_> = ["model-cards", "dataset-cards"].map(|it| corpora.join(it)).into();
    let mut cards = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "md") {
                cards.push(path);
            }
        }
    }
    cards.sort();
    cards.into_iter().step_by(STEP).collect()
}

/// The fingerprints of what is found in a card that lies beside another model.
fn fingerprints(card: &str) -> BTreeMap<String, Vec<String>> {
    let policy = named::named("permissive").expect("it is shipped");
    let files = [
        ("models/it/README.md", card),
        ("models/other/README.md", "---\nlicense: cc-by-nc-4.0\n---\n"),
    ];
    let project = Project::new(&files, policy);
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for it in project.report().findings {
        found.entry(it.fingerprint()).or_default().push(format!("{}: {}", it.rule, it.message));
    }
    found
}

/// The card with ten lines before its fields and ten before its text.
fn moved(card: &str) -> String {
    let lines = "# moved\n".repeat(10);
    match card.strip_prefix("---\n").and_then(|it| it.split_once("\n---\n")) {
        Some((fields, text)) => format!("---\n{lines}{fields}\n---\n{}{text}", "\n".repeat(10)),
        None => format!("{}{card}", "\n".repeat(10)),
    }
}

#[test]
fn a_fingerprint_stays_when_lines_move_and_tells_findings_apart() {
    let cards = cards();
    if cards.is_empty() {
        println!("SKIPPED: no cards in ../shared/corpora, which this test looks for");
        return;
    }
    let (mut findings, mut wrong) = (0, Vec::new());
    for path in &cards {
        let card = std::fs::read(path).expect("a card can be read");
        let card = String::from_utf8_lossy(&card);
        let (before, after) = (fingerprints(&card), fingerprints(&moved(&card)));
        findings += before.len();
        if before.keys().ne(after.keys()) {
            wrong.push(format!("{}: {before:#?} became {after:#?}", path.display()));
        }
        for (_, same) in before.iter().filter(|(_, it)| it.len() > 1) {
            wrong.push(format!("{}: one fingerprint for {same:#?}", path.display()));
        }
    }
    assert!(findings > cards.len(), "the other model alone is found each time");
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cards.len(), wrong.join("\n"));
}
