//! What was or can be mended, in writing: a diff for people and `git apply`, or JSON.

use std::fmt::Write as _;

use caveat_policy::fix::{Change, Fix};
use caveat_report::patch::Patched;
use caveat_report::plain::plain;
use caveat_report::write_json;
use serde_json::{Value, json};

use crate::edit::Plan;
use crate::error::Error;
use crate::scan::Scan;

/// Fixes that are made at once.
pub(super) struct Round {
    /// Each with the files that it changes and the lines in them.
    fixes: Vec<(Fix, Vec<Value>)>,
    files: Vec<Patched>,
}

/// Everything that there is to tell.
pub(super) struct Told {
    /// What was done.
    pub(super) applied: Vec<Round>,
    /// What can be done.
    pub(super) open: Round,
    /// What cannot, and why.
    pub(super) refused: Vec<(Fix, String)>,
    /// How many findings ask for a person.
    pub(super) left: usize,
}

impl Round {
    pub(super) fn of(scan: &Scan, plan: &Plan) -> Self {
        let changes = |it: &Fix| it.changes.iter().map(|it| change(scan, it)).collect();
        let fixes = plan.fixes.iter().map(|it| (it.clone(), changes(it)));
        Self { fixes: fixes.collect(), files: plan.patched() }
    }
}

impl Told {
    /// Whether nothing is left that a command could mend.
    pub(super) fn is_done(&self) -> bool {
        self.open.fixes.is_empty() && self.refused.is_empty()
    }

    /// For people: what is done and why, then the diff; who is quiet gets the diff alone.
    pub(super) fn full(&self, quiet: bool) -> String {
        let mut text = String::new();
        let applied = self.applied.iter().flat_map(|it| &it.fixes);
        if !quiet {
            applied.clone().for_each(|it| entry("fixed", it, &mut text));
            self.open.fixes.iter().for_each(|it| entry("fix", it, &mut text));
            for (fix, why) in &self.refused {
                let _ = writeln!(text, "not fixed: {}: {}", plain(&fix.title), plain(why));
            }
        }
        for it in &self.open.files {
            if !quiet {
                text.push('\n');
            }
            text.push_str(&it.diff());
        }
        if !quiet {
            let _ = write!(text, "{}{}", if text.is_empty() { "" } else { "\n" }, self.summary());
        }
        text
    }

    fn summary(&self) -> String {
        let count = |rounds: &[Round]| -> usize { rounds.iter().map(|it| it.fixes.len()).sum() };
        let applied = count(&self.applied);
        let (open, files) = (self.open.fixes.len(), self.open.files.len());
        let mut said = Vec::new();
        if applied > 0 {
            said.push(format!("applied {}", many(applied, "fix", "fixes")));
        }
        if open > 0 {
            let (them, places) = (many(open, "fix", "fixes"), many(files, "file", "files"));
            said.push(format!("{them} in {places}: apply with `caveat fix --apply`"));
        }
        if !self.refused.is_empty() {
            said.push(format!("{} cannot be applied", many(self.refused.len(), "fix", "fixes")));
        }
        if said.is_empty() {
            said.push("nothing to fix".to_owned());
        }
        if self.left > 0 {
            let findings = many(self.left, "finding asks", "findings ask");
            said.push(format!("{findings} for a person: see `caveat check`"));
        }
        format!("summary: {}\n", said.join("; "))
    }

    /// For programs.
    pub(super) fn json(&self, quiet: bool) -> Result<String, Error> {
        let one = |state: &str, why: Option<&str>, (fix, changes): &(Fix, Vec<Value>)| {
            let answers = fix.answers.as_ref();
            json!({
                "name": fix.name,
                "state": state,
                "rule": answers.map(|it| it.rule),
                "fingerprint": answers.map(|it| &it.fingerprint),
                "component": fix.component.as_str(),
                "title": fix.title,
                "because": fix.because,
                "changes": changes,
                "why": why,
            })
        };
        let applied = self.applied.iter().flat_map(|it| &it.fixes);
        let mut fixes: Vec<Value> = applied.map(|it| one("applied", None, it)).collect();
        fixes.extend(self.open.fixes.iter().map(|it| one("offered", None, it)));
        let refused = self.refused.iter();
        fixes.extend(refused.map(|(it, why)| one("refused", Some(why), &(it.clone(), vec![]))));
        let patch = |rounds: &[&Round]| -> String {
            rounds.iter().flat_map(|it| &it.files).map(Patched::exact_diff).collect()
        };
        let rounds: Vec<&Round> = self.applied.iter().chain([&self.open]).collect();
        let patch = if quiet { String::new() } else { patch(&rounds) };
        let document = json!({
            "schema": "caveat/1",
            "fixes": fixes,
            "patch": patch,
            "summary": {
                "applied": self.applied.iter().map(|it| it.fixes.len()).sum::<usize>(),
                "offered": self.open.fixes.len(),
                "refused": self.refused.len(),
                "left": self.left,
            },
        });
        let mut bytes = Vec::new();
        write_json(&document, &mut bytes)
            .map_err(|source| Error::Write { to: "the fixes".to_owned(), source })?;
        bytes.push(b'\n');
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// What a fix does and why, with the place; a finding that it answers is named.
fn entry(state: &str, (fix, changes): &(Fix, Vec<Value>), text: &mut String) {
    let name = fix.answers.as_ref().map_or(fix.name, |it| it.rule);
    let first = changes.first();
    let path = first.and_then(|it| it["path"].as_str()).unwrap_or_default();
    let line = first.and_then(|it| it["line"].as_u64()).map(|it| format!(":{it}"));
    let (path, line) = (plain(path), line.unwrap_or_default());
    let (title, because) = (plain(&fix.title), plain(&fix.because));
    let _ = writeln!(text, "{state}[{name}]: {path}{line}: {title}, as {because}");
}

fn change(scan: &Scan, change: &Change) -> Value {
    match change {
        Change::Replace { at, .. } | Change::Insert { at, .. } => {
            let (at, words) = change.edit().unwrap_or((*at, ""));
            let place = scan.sources.place(at);
            json!({
                "path": place.as_ref().map(|it| it.path),
                "line": place.as_ref().map(|it| it.line),
                "column": place.as_ref().map(|it| it.column),
                "start": at.start,
                "end": at.end,
                "with": words,
            })
        }
        Change::NewFile { path, text } => json!({ "path": path, "new": true, "text": text }),
    }
}

fn many(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {several}") }
}
