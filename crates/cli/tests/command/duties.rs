//! Trees in which every duty of a license is fulfilled, and trees that each lack one thing: what the
//! command makes of them. License texts are taken from the shared material when the test runs.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::project::Project;

/// A tree that does all that its license asks.
struct Fulfilled {
    license: &'static str,
    uses: &'static str,
    /// What else the policy says.
    policy: &'static str,
    /// Files; `@` stands for a text of the shared material.
    files: &'static [(&'static str, &'static str)],
    lacks: &'static [(Lack, &'static str)],
}

/// What a tree lacks.
enum Lack {
    /// A file.
    File(&'static str),
    /// Words in a file; others may stand there instead.
    Words(&'static str, &'static str, &'static str),
}

use Lack::{File, Words};

include!("duties/fixtures.rs");

/// A text of the shared material; none where that is not here.
fn text(words: &str) -> Option<String> {
    let Some(name) = words.strip_prefix('@') else { return Some(words.to_owned()) };
    let (head, name) = name.rsplit_once('@').unwrap_or(("", name));
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = match name.split_once(':') {
        Some(("own", name)) => own.join(name),
        Some((_, name)) => {
            own.join("../shared/corpora/license-files/licenseclassifier/assets/License").join(name)
        }
        None => own.join("../shared/kb/texts").join(format!("{name}.txt")),
    };
    Some(format!("{head}{}", fs::read_to_string(path).ok()?))
}

/// What two rules find in a tree, with the place of each.
fn found(fulfilled: &Fulfilled, files: &[(&str, String)]) -> Vec<String> {
    let policy = format!(
        "caveat = 1\n{}\n[[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [{}]\n\
         [rules]\notherwise = \"allow\"\nunanswered = \"allow\"\n",
        fulfilled.policy, fulfilled.uses
    );
    let mut project = Project::of("caveat.toml", policy);
    for (path, text) in files {
        project = project.with(path, text);
    }
    let ran = project.run(&["check", ".", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).expect("a report is JSON");
    let findings = report["findings"].as_array().expect("there is a list").iter();
    let duties = findings
        .filter(|it| it["rule"] == "unmet-obligation" || it["rule"] == "missing-license-text");
    let told = |it: &Value| {
        let words = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
        format!("{}:{}: {}", words("path"), it["line"], words("message"))
    };
    duties.map(told).collect()
}

#[track_caller]
fn check(fulfilled: &Fulfilled) {
    let files: Option<Vec<(&str, String)>> =
        fulfilled.files.iter().map(|(path, words)| Some((*path, text(words)?))).collect();
    let Some(files) = files else {
        eprintln!("SKIPPED: no text of {} is here", fulfilled.license);
        return;
    };
    let mut wrong = String::new();
    let mut same = |what: &str, found: Vec<String>, expected: &str| {
        if found.join("\n") != expected {
            wrong += &format!(
                "{what}\n  found    {}\n  expected {expected}\n",
                found.join("\n           ")
            );
        }
    };
    same("all is there", found(fulfilled, &files), "");
    for (lack, expected) in fulfilled.lacks {
        let mut files = files.clone();
        match lack {
            File(path) => files.retain(|it| it.0 != *path),
            Words(path, words, instead) => {
                let file = files.iter_mut().find(|it| it.0 == *path).expect("the file is there");
                assert!(file.1.contains(words), "no {words:?} in {path}");
                file.1 = file.1.replace(words, instead);
            }
        }
        let what = match lack {
            File(path) => format!("without {path}"),
            Words(path, words, _) => format!("without {words:?} in {path}"),
        };
        same(&what, found(fulfilled, &files), expected);
    }
    assert!(wrong.is_empty(), "{}\n{wrong}", fulfilled.license);
}

#[test]
fn what_is_fulfilled_is_quiet_and_what_is_dropped_is_told() {
    FULFILLED.iter().for_each(check);
}
