//! Every rule's page is its test: each section of a page is a small project with a policy, and
//! the findings that it must give. `UPDATE=1 cargo test -p caveat-policy --test rules` writes
//! what the pages now give.
#![expect(clippy::disallowed_methods, reason = "the pages are files of this crate")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use caveat_policy::exhibits::Exhibits;
use caveat_policy::named;
use caveat_policy::rules::RULES;

mod common;

/// Rules that look for more than readers read: the projects of other pages are too small to carry
/// every text that their licenses ask for.
const DUTIES: [&str; 3] = ["unmet-obligation", "missing-license-text", "openness-not-reached"];

use common::Project;

#[test]
fn every_page_gives_the_findings_that_it_shows() {
    let mut wrong = String::new();
    for rule in RULES {
        let path = page_path(rule.name);
        let page = std::fs::read_to_string(&path).expect("every rule has a page");
        let found = rewrite(&page, DUTIES.contains(&rule.name));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &found).expect("the page can be written");
        } else if found != page {
            writeln!(wrong, "--- {} should read:\n{found}", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_page_shows_its_rule_and_a_case_where_it_keeps_silent() {
    for rule in RULES {
        let page = std::fs::read_to_string(page_path(rule.name)).expect("every rule has a page");
        let mark = format!("[{}]", rule.name);
        let shown: Vec<bool> = sections(&page)
            .iter()
            .flat_map(|it| &it.findings)
            .map(|it| it.contains(&mark))
            .collect();
        assert!(shown.contains(&true), "{}: no section shows it", rule.name);
        assert!(shown.contains(&false), "{}: no section shows it silent", rule.name);
        assert!(page.starts_with(&format!("# {}\n", rule.name)), "{}: title", rule.name);
    }
}

fn page_path(name: &str) -> PathBuf {
    let file = format!("{}.md", name.replace('-', "_"));
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules").join(file)
}

/// One `##` section: files to scan, a policy, the findings shown.
#[derive(Default)]
struct Section {
    files: Vec<(String, String)>,
    policy: Option<String>,
    findings: Option<String>,
}

/// Fenced blocks whose info string is `LANGUAGE PATH`, `toml caveat.toml` or `text findings`.
fn sections(page: &str) -> Vec<Section> {
    let mut all: Vec<Section> = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("## ") {
            all.push(Section::default());
        }
        let Some(info) = line.strip_prefix("````").or_else(|| line.strip_prefix("```")) else {
            continue;
        };
        let fence = &line[..line.len() - info.len()];
        let body: String = lines
            .by_ref()
            .take_while(|it| *it != fence)
            .fold(String::new(), |all, it| all + it + "\n");
        let (Some(section), Some((_, name))) = (all.last_mut(), info.split_once(' ')) else {
            continue;
        };
        match name {
            "findings" => section.findings = Some(body),
            "caveat.toml" => section.policy = Some(body),
            _ => section.files.push((name.to_owned(), body)),
        }
    }
    all.retain(|it| it.findings.is_some());
    all
}

/// The page with what its sections really give in the `findings` blocks.
fn rewrite(page: &str, looks: bool) -> String {
    let mut given = sections(page).into_iter().map(|it| findings(&it, looks));
    let mut written = String::new();
    let mut inside = false;
    for line in page.lines() {
        if line == "```text findings" {
            inside = true;
            written.extend([line, "\n", given.next().unwrap_or_default().as_str(), "```\n"]);
        } else if inside {
            inside = line != "```";
        } else {
            written.extend([line, "\n"]);
        }
    }
    written
}

/// The project with duties looked up in its files.
fn looked_into(mut project: Project, files: &[(String, String)]) -> Project {
    let mut exhibits = Exhibits::of(files.iter().map(|it| it.0.clone()));
    for (name, text) in files {
        let known = project.sources.iter().find(|it| it.name == *name).map(|it| it.id);
        let id = known.unwrap_or_else(|| project.sources.add(name.clone(), text.clone()));
        exhibits.open(name, id);
    }
    project.exhibits = Some(exhibits);
    project
}

/// What a section really gives.
fn findings(section: &Section, looks: bool) -> String {
    let shipped = || named::named(named::DEFAULT).expect("the default is shipped").to_owned();
    let policy = section.policy.clone().unwrap_or_else(shipped);
    let project = Project::new(&section.files, &policy);
    if looks { looked_into(project, &section.files).findings() } else { project.findings() }
}
