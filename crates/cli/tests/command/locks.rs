//! What licenses were is written down, and what changes is seen.

use crate::project::Project;

const FREE: &str = "---\nlicense: apache-2.0\n---\n";
const NON_COMMERCIAL: &str = "---\nlicense: cc-by-nc-4.0\n---\n";
const POLICY: &str = "caveat = 1\n[[product]]\nname = \"lab\"\npaths = [\"**\"]\nuses = [\"internal\"]\n\
    [rules]\notherwise = \"allow\"\nunknown = \"allow\"\n";

fn tree() -> Project {
    Project::of("models/a/README.md", FREE)
        .with("models/b/README.md", FREE)
        .with("caveat.toml", POLICY)
}

fn locked() -> Project {
    let project = tree();
    project.run(&["lock"]).check(0, &["wrote caveat.lock: 2 components, 1 licenses"]);
    project
}

#[test]
fn what_was_locked_has_no_drift_and_one_change_is_one_finding() {
    tree().run(&["check", "--locked"]).check(2, &["there is no caveat.lock", "caveat lock"]);
    let project = locked();
    project.run(&["check", "--locked"]).check(0, &["no findings"]).without(&["caveat.lock yet"]);
    project.run(&["lock"]).check(0, &["wrote caveat.lock"]).without(&["->", "+ ", "- "]);
    let project = project.with("models/a/README.md", NON_COMMERCIAL);
    project.run(&["check"]).check(0, &["no findings"]);
    let says = [
        "error[license-changed]: `models/a` was under Apache-2.0 and is under CC-BY-NC-4.0",
        "new: use only for non-commercial purposes",
        "no longer: ",
        "caveat.lock:",
        "summary: 1 error",
    ];
    project.run(&["check", "--locked"]).check(1, &says).without(&["`models/b`"]);
    project.run(&["check", "models", "--locked"]).check(1, &["summary: 1 error", "`a` was"]);
    project.run(&["check", "models/b", "--locked"]).check(0, &["no findings"]);
    let says = ["path:models/a: Apache-2.0 -> CC-BY-NC-4.0", "new        use only for non-comm"];
    project.run(&["lock"]).check(0, &says);
    project.run(&["check", "--locked"]).check(0, &["no findings"]);
}

#[test]
fn new_components_are_no_drift_and_other_words_are_for_review() {
    let mit = include_str!("../../../../LICENSE-MIT");
    let project = locked()
        .with("lib/LICENSE", mit)
        .with("lib/package.json", "{\"name\":\"lib\",\"license\":\"MIT\"}");
    project.run(&["check", "--locked"]).check(0, &["components not in caveat.lock yet"]);
    project.run(&["lock"]).check(0, &["+ "]);
    let moved = project.with("models/a/README.md", format!("---\n\n\ntags: [a]\n{}", &FREE[4..]));
    moved.run(&["check", "--locked"]).check(0, &["no findings"]);
    let other = moved.with("lib/LICENSE", mit.replace("Copyright (c)", "Copyright (c) 2026 Acme,"));
    let says = ["review[license-changed]", "states its license, MIT, in other words"];
    other.run(&["check", "--locked"]).check(0, &says);
    other.run(&["check", "--locked", "--strict"]).check(1, &says);
    other.run(&["diff", "caveat.lock", "."]).check(0, &["MIT, in other words", "1 in other words"]);
    std::fs::remove_dir_all(other.path("models/b")).unwrap();
    other.run(&["check", "--locked"]).check(0, &["components in caveat.lock and gone: 1"]);
}

#[test]
fn what_is_no_lock_is_told_and_left_alone() {
    let check = |text: &str, says: &[&str]| {
        let project = tree().with("caveat.lock", text);
        project.run(&["check", "--locked"]).check(2, &["cannot use the lock"]).check(2, says);
        project.run(&["lock"]).check(2, says);
        assert_eq!(project.text("caveat.lock"), text);
        project.run(&["check"]).check(0, &["no findings"]);
    };
    check("version = 3\n", &["unknown key `version`", "lacks `lock`"]);
    check("lock = 2\n", &["a newer caveat"]);
    check("lock = 1\n<<<<<<< ours\n", &["caveat.lock:2:1"]);
    check("lock = 1\n[[component]]\nid = \"x\"\ndecision = \"maybe\"\n", &["unknown decision"]);
    tree().run(&["lock", "models"]).check(2, &["of the whole tree"]);
}

#[test]
fn two_states_are_compared_whatever_they_are() {
    let strict = POLICY.replace("\"allow\"\nunknown", "\"deny\"\nunknown");
    let old = tree().with("old/a/README.md", FREE).with("new/a/README.md", NON_COMMERCIAL);
    let says = ["path:a: Apache-2.0 -> CC-BY-NC-4.0", "summary: 1 of another license"];
    old.run(&["diff", "old", "new"]).check(1, &says);
    old.run(&["diff", "old", "new", "--exit-zero"]).check(0, &says);
    old.run(&["diff", "old", "old"]).check(0, &["summary: nothing changed"]);
    let json = old.run(&["diff", "old", "new", "--format", "json"]).check(1, &[]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let drift = &json["drifts"][0];
    assert_eq!((&json["schema"], &drift["change"]), (&"caveat-diff/1".into(), &"license".into()));
    assert_eq!(drift["new"]["license"], "CC-BY-NC-4.0");
    assert!(drift["newly"].as_array().unwrap().iter().any(|it| it["tag"] == "non-commercial"));
    let project = locked().with("caveat.toml", strict);
    let says = ["path:models/a: allowed -> denied", "2 decided worse"];
    project.run(&["diff", "caveat.lock", "."]).check(1, &says);
    project.run(&["diff", ".", "caveat.lock"]).check(0, &["denied -> allowed"]);
    project.run(&["diff", "caveat.lock", "caveat.lock"]).check(0, &["nothing changed"]);
    project.run(&["diff", "nowhere", "."]).check(2, &["git cannot read", "not a git repository"]);
    project.run(&["diff", "./nowhere", "."]).check(2, &["cannot read `./nowhere`"]);
    project.run(&["diff", "old.lock", ".", "--format", "yaml"]).check(2, &["no format `yaml`"]);
}
