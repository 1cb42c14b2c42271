//! What is staged and what depends on it: for hooks.

use std::fs;

use crate::project::{Project, Ran};

const FREE: &str = "---\nlicense: apache-2.0\n---\n";
const NON_COMMERCIAL: &str = "---\nlicense: cc-by-nc-4.0\n---\n";

fn adapter(of: &str) -> String {
    format!("---\nlicense: apache-2.0\nbase_model: {of}\n---\n")
}

/// A repository with a base, what is made from it, and a bad card that nobody touched.
fn repository() -> Option<Project> {
    let project = Project::of("acme/base/README.md", FREE)
        .with("acme/tiny/README.md", adapter("acme/base"))
        .with("acme/tinier/README.md", adapter("acme/tiny"))
        .with("other/README.md", NON_COMMERCIAL)
        .with("main.py", "print(1)\n");
    fs::remove_dir(project.path(".git")).expect("it is empty");
    (project.git(&["init", "-q"]) && project.git(&["add", "."])).then_some(())?;
    project.git(&["commit", "-q", "-m", "one"]);
    Some(project)
}

fn write(project: &Project, path: &str, text: &str) {
    fs::write(project.path(path), text).expect("a file can be written");
}

/// Git is found where this test found it.
fn run(project: &Project, arguments: &[&str]) -> Ran {
    let path = std::env::var("PATH").unwrap_or_default();
    project.run_with(&[("PATH", &path)], arguments)
}

/// `path:line rule` of each finding, in order.
fn found(ran: &Ran) -> Vec<String> {
    let line = |it: &str| {
        let (place, rest) = it.split_once(": ")?;
        let rule = rest.split_once('[')?.1.split_once(']')?.0;
        Some(format!("{} {rule}", place.rsplit_once(':')?.0))
    };
    let mut found: Vec<_> = ran.out.lines().filter_map(line).collect();
    found.sort();
    found
}

#[track_caller]
fn check(project: &Project, arguments: &[&str], code: i32, expected: &[&str]) {
    let all = [&["check", "--format", "concise"], arguments].concat();
    let ran = run(project, &all).check(code, &[]);
    assert_eq!(found(&ran), expected, "{}{}", ran.out, ran.err);
}

const STAGED: &[&str] = &["--staged"];

#[test]
fn only_what_changed_is_judged_and_what_depends_on_it() {
    let Some(project) = repository() else { return };
    check(&project, STAGED, 0, &[]);
    write(&project, "main.py", "print(2)\n");
    project.git(&["add", "main.py"]);
    check(&project, STAGED, 0, &[]);
    write(&project, "acme/base/README.md", NON_COMMERCIAL);
    project.git(&["add", "."]);
    let all = [
        "acme/base/README.md:2 denied-license",
        "acme/tinier/README.md:2 looser-than-upstream",
        "acme/tinier/README.md:3 denied-license",
        "acme/tiny/README.md:2 looser-than-upstream",
        "acme/tiny/README.md:3 denied-license",
    ];
    check(&project, STAGED, 1, &all);
    check(&project, &["--changed", "acme/base/README.md"], 1, &all);
    check(&project, &["--changed", "acme/base"], 1, &all);
    check(&project, &["--changed", "main.py"], 0, &[]);
    // The rest is there, and others judge it.
    check(&project, &[], 1, &[&all[..], &["other/README.md:2 denied-license"]].concat());
    let json = run(&project, &["check", "--staged", "--format", "json"]).check(1, &["acme/tiny"]);
    assert!(!json.out.contains("\"path\": \"other"), "what is not concerned is not shown");
}

#[test]
fn what_is_staged_counts_and_not_what_lies_there() {
    let Some(project) = repository() else { return };
    write(&project, "acme/tinier/README.md", NON_COMMERCIAL);
    project.git(&["add", "."]);
    write(&project, "acme/tinier/README.md", FREE);
    let bad = ["acme/tinier/README.md:2 denied-license"];
    check(&project, STAGED, 1, &bad);
    fs::remove_file(project.path("acme/tinier/README.md")).expect("it is there");
    check(&project, STAGED, 1, &bad);
    // And the other way round: what is bad and not staged is not committed.
    write(&project, "acme/tinier/README.md", FREE);
    project.git(&["add", "."]);
    write(&project, "acme/tinier/README.md", NON_COMMERCIAL);
    write(&project, "acme/new.md", NON_COMMERCIAL);
    check(&project, STAGED, 0, &[]);
    check(
        &project,
        &["--staged", "--changed", "other/README.md"],
        1,
        &["other/README.md:2 denied-license"],
    );
}

#[test]
fn what_is_gone_or_renamed_concerns_those_who_used_it() {
    let Some(project) = repository() else { return };
    project.git(&["rm", "-q", "acme/base/README.md"]);
    let missing =
        ["acme/tinier/README.md:3 missing-upstream", "acme/tiny/README.md:3 missing-upstream"];
    check(&project, STAGED, 0, &missing);
    project.git(&["reset", "-q", "--hard"]);
    project.git(&["mv", "acme/base", "acme/first"]);
    check(&project, STAGED, 0, &missing);
}

#[test]
fn what_lies_in_a_repository_inside_is_known() {
    let Some(project) = repository() else { return };
    let inner = "models/lumen/base";
    fs::create_dir_all(project.path(inner)).expect("a folder can be made");
    write(&project, "models/lumen/base/README.md", FREE);
    for arguments in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "one"]] {
        project.git(&[&["-C", inner], arguments].concat());
    }
    write(&project, "acme/tiny/README.md", &adapter("lumen/base"));
    project.git(&["-c", "advice.addEmbeddedRepo=false", "add", "."]);
    check(&project, STAGED, 0, &[]);
}

#[test]
fn another_policy_concerns_everything() {
    let Some(project) = repository() else { return };
    let policy = "caveat = 1\n[rules]\notherwise = \"allow\"\nunknown = \"deny\"\n";
    write(&project, "caveat.toml", policy);
    project.git(&["add", "."]);
    write(&project, "caveat.toml", "caveat = 1\n[rules]\notherwise = \"deny\"\n");
    let ran = run(&project, &["check", "--staged", "--format", "json"]).check(0, &["\"other\""]);
    assert!(ran.out.contains("caveat.toml"), "the staged policy judges");
}

#[test]
fn what_cannot_be_done_is_said() {
    let empty = Project::of("README.md", FREE);
    run(&empty, &["check", "--staged"]).check(2, &["git does not tell what is staged"]);
    let Some(project) = repository() else { return };
    let files = ["check", "--staged", "acme/base/README.md"];
    run(&project, &files).check(2, &["--staged takes one folder", "--staged --changed FILE"]);
    project.git(&["update-index", "--split-index"]);
    run(&project, &["check", "--staged"]).check(2, &["split", "--no-split-index"]);
}
