//! `caveat fix --apply` on every card of the corpora: what was announced is changed and nothing
//! else, and a second time there is nothing to do. Says so where the corpora are absent.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use caveat::core::source::{Source, SourceId};
use caveat::core::value::yaml;
use serde_json::Value;
use tempfile::TempDir;

/// Files by their path below a folder.
type Files = BTreeMap<PathBuf, Vec<u8>>;

fn files(root: &Path) -> Files {
    let mut found = Files::new();
    let mut waiting = vec![root.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).expect("a folder can be read") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(root).expect("it lies below").to_owned();
                found.insert(name, fs::read(&path).expect("a file can be read"));
            }
        }
    }
    found
}

/// Runs the command on a folder, however long it takes, and gives what it says as JSON.
fn run(folder: &Path, arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    let command =
        command.args(arguments).args(["--format", "json"]).current_dir(folder).env_clear();
    let output = command.output().expect("the command runs");
    serde_json::from_slice(&output.stdout).expect("it says JSON")
}

/// The keys of a front matter with all that stands under them, but for what tells the license.
fn other_keys(text: &[u8]) -> Option<Vec<(String, Vec<String>)>> {
    let text = String::from_utf8_lossy(text).into_owned();
    let start = text.find("---\n")? + 4;
    let end = start + text[start..].find("\n---")?;
    let source = Source::text(SourceId(0), "it", text);
    let parsed = yaml::parse_part(&source, start..end + 1);
    let root = parsed.root().filter(|_| !parsed.broken)?;
    let words =
        |it: &caveat::core::value::Node| it.scalars().into_iter().map(|it| it.value).collect();
    let entries = root.entries().iter().map(|(key, it)| (key.value.clone(), words(it)));
    Some(entries.filter(|(key, _)| !key.starts_with("licen")).collect())
}

/// The files with the changes made that were announced.
fn announced(before: &Files, told: &Value) -> Files {
    let mut after = before.clone();
    let mut edits: BTreeMap<PathBuf, Vec<(usize, usize, String)>> = BTreeMap::new();
    let fixes = told["fixes"].as_array().expect("a list").iter();
    for change in fixes.flat_map(|it| it["changes"].as_array().expect("a list")) {
        if let Some(text) = change["text"].as_str() {
            let path = PathBuf::from(change["path"].as_str().expect("a path"));
            assert!(after.insert(path, text.into()).is_none(), "{change} was there");
            continue;
        }
        let number = |field: &str| {
            usize::try_from(change[field].as_u64().expect("a number")).expect("it fits")
        };
        let (path, words) = (change["path"].as_str(), change["with"].as_str());
        let edit = (number("start"), number("end"), words.expect("words").to_owned());
        edits.entry(PathBuf::from(path.expect("a path"))).or_default().push(edit);
    }
    for (path, mut edits) in edits {
        edits.sort();
        let bytes = after.get_mut(&path).expect("the file is there");
        for (start, end, words) in edits.into_iter().rev() {
            bytes.splice(start..end, words.into_bytes());
        }
    }
    after
}

#[test]
fn every_card_keeps_all_but_what_is_announced() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    let kinds = ["model-cards", "dataset-cards"].map(|it| corpora.join(it));
    if !kinds.iter().all(|it| it.is_dir()) {
        println!("SKIPPED: there are no cards in {}", corpora.display());
        return;
    }
    let folder = TempDir::new().expect("a folder can be made");
    fs::create_dir(folder.path().join(".git")).expect("a folder can be made");
    for kind in &kinds {
        let name = kind.file_name().expect("it has a name");
        for (path, bytes) in files(kind) {
            let path = folder.path().join(name).join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
            fs::write(path, bytes).expect("a file can be written");
        }
    }
    let before = files(folder.path());
    let told = run(folder.path(), &["fix"]);
    let offered = told["fixes"].as_array().expect("a list").len();
    assert!(offered > 50, "only {offered} fixes");
    assert_eq!(files(folder.path()), before, "something was written that was only to be shown");
    let applied = run(folder.path(), &["fix", "--apply"]);
    assert_eq!(applied["summary"]["applied"], offered, "{}", applied["summary"]);
    let after = files(folder.path());
    let expected = announced(&before, &told);
    for (path, bytes) in &after {
        assert!(expected.get(path) == Some(bytes), "{} is not as announced", path.display());
        let then = before.get(path).map(|it| other_keys(it));
        assert!(then.is_none_or(|it| it == other_keys(bytes)), "{}", path.display());
    }
    assert_eq!(after.len(), expected.len());
    let check = run(folder.path(), &["check"]);
    let findings = check["findings"].as_array().expect("a list").iter();
    let mechanical =
        findings.filter(|it| it["help"].as_str().is_some_and(|it| it.contains("caveat fix")));
    assert_eq!(mechanical.count(), 0);
    assert_eq!(run(folder.path(), &["fix"])["fixes"], Value::Array(Vec::new()));
}
