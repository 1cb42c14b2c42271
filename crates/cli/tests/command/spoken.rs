//! Commands that help speaks of: each of them can be typed as it stands there.

use std::collections::BTreeSet;

use caveat::args::Arguments;
use caveat_policy::rules::RULES;
use clap::{CommandFactory, Parser};

use crate::project::Project;

/// Words as a shell takes them apart.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quote) = (vec![String::new()], None);
    for it in line.chars() {
        match (it, quote) {
            ('"' | '\'', None) => quote = Some(it),
            (_, Some(open)) if it == open => quote = None,
            (' ', None) => words.push(String::new()),
            _ => words.last_mut().expect("there is one").push(it),
        }
    }
    words.retain(|it| !it.is_empty());
    words
}

/// The commands in a sentence: up to the backtick that closes them, or to its end.
fn commands(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("caveat ") {
        let (before, rest) = text.split_at(at);
        let ends: &[char] = match before.chars().next_back() {
            Some('`') => &['`'],
            Some(' ') | None => &[';', '`', '\n'],
            Some(_) => continue,
        };
        found.push(rest.split(ends).next().unwrap_or(rest).trim_end_matches(['.', ',']).to_owned());
    }
    found
}

/// The files of each section of a page.
fn sections(page: &str) -> Vec<Vec<(String, String)>> {
    let mut all: Vec<Vec<(String, String)>> = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("## ") {
            all.push(Vec::new());
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let fence = if info.starts_with('`') { "````" } else { "```" };
        let body: Vec<&str> = lines.by_ref().take_while(|it| *it != fence).collect();
        let name = info.trim_start_matches('`').split_once(' ').map_or("", |it| it.1);
        if let Some(files) = all.last_mut().filter(|_| !name.is_empty() && name != "findings") {
            files.push((name.to_owned(), body.join("\n") + "\n"));
        }
    }
    all.retain(|it| !it.is_empty());
    all
}

/// All that `check` advises in a project.
fn advice(files: &[(String, String)]) -> Vec<String> {
    let mut project = Project::new();
    for (name, text) in files {
        project = project.with(name, text);
    }
    let ran = project.run(&["check", "--today", "2026-11-22", "--format", "json"]);
    let Ok(report) = serde_json::from_str::<serde_json::Value>(&ran.out) else { return Vec::new() };
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let help = findings.iter().filter_map(|it| it["help"].as_str());
    help.flat_map(str::lines).map(str::to_owned).collect()
}

#[test]
fn every_command_that_a_finding_or_a_page_names_can_be_typed() {
    let mut command = Arguments::command();
    command.build();
    let known: BTreeSet<String> =
        command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let (mut typed, mut wrong) = (BTreeSet::new(), BTreeSet::new());
    for rule in RULES {
        let mut told: Vec<String> = sections(rule.page).iter().flat_map(|it| advice(it)).collect();
        let prose = rule.page.split("\n## ").next().unwrap_or_default().replace('\n', " ");
        told.push(prose);
        for line in told.iter().flat_map(|it| commands(it)) {
            let words = words(&line);
            let verb = words.get(1).cloned().unwrap_or_default();
            // What a page says of a command in general, `caveat except`, names it and no more.
            let is_name = words.len() == 2;
            if is_name && known.contains(&verb) {
                typed.insert(verb);
            } else if let Err(problem) = Arguments::try_parse_from(&words) {
                wrong.insert(format!("{}: {line}\n{problem}", rule.name));
            } else {
                typed.insert(verb);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for it in ["except", "clarify", "renew", "fix"] {
        assert!(typed.contains(it), "`caveat {it}` is never advised: {typed:?}");
    }
}
