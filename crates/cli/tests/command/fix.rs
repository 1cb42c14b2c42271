//! `caveat fix`: what it shows, what it writes, and what it leaves alone.

use std::fs;

use serde_json::Value;

use crate::project::Project;

const POLICY: &str = "caveat = 1\n[rules]\notherwise = \"allow\"\n";
const CARD: &str = "---\r\nlicense: \"Apache 2.0\" # ours\r\nlanguage: [en, 大]\r\n---\r\n";
const MENDED: &str = "---\r\nlicense: \"apache-2.0\" # ours\r\nlanguage: [en, 大]\r\n---\r\n";

fn project() -> Project {
    Project::of("caveat.toml", POLICY)
}

fn json(project: &Project, arguments: &[&str], code: i32) -> Value {
    let arguments = [&["fix", "--format", "json"], arguments].concat();
    let ran = project.run(&arguments).check(code, &[]);
    serde_json::from_str(&ran.out).expect("the output is JSON")
}

#[test]
fn a_patch_is_shown_first_and_applied_when_told_to() {
    let project = project().with("models/a/README.md", CARD);
    let shown = project.run(&["fix"]).check(
        1,
        &[
            "fix[spelling-of-the-license]: models/a/README.md:2: write `apache-2.0`",
            "--- a/models/a/README.md\n+++ b/models/a/README.md\n@@ -1,4 +1,4 @@\n ---\r\n-license:",
            "summary: 1 fix in 1 file: apply with `caveat fix --apply`",
        ],
    );
    assert_eq!(project.text("models/a/README.md"), CARD);
    project
        .run(&["fix", "-q"])
        .check(1, &["+license: \"apache-2.0\" # ours\r\n"])
        .without(&["summary"]);
    let told = project.run(&["fix", "--apply"]).check(0, &["fixed[", "summary: applied 1 fix"]);
    assert!(!told.out.contains("@@") && shown.out.contains("@@"), "{}", told.out);
    assert_eq!(project.text("models/a/README.md"), MENDED);
    project.run(&["fix"]).check(0, &["summary: nothing to fix"]);
    project.run(&["fix", "--apply"]).check(0, &["summary: nothing to fix"]);
    assert_eq!(project.text("models/a/README.md"), MENDED);
    // A card by itself is its folder's.
    let alone = Project::of("README.md", CARD);
    alone.run(&["fix", "README.md", "--apply"]).check(0, &["applied 1 fix"]);
    assert_eq!(alone.text("README.md"), MENDED);
    alone.run(&["fix", "--format", "sarif"]).check(2, &["no format `sarif`"]);
    alone.run(&["fix", "nowhere"]).check(2, &["cannot read `nowhere`"]);
}

#[test]
fn programs_get_the_edits_the_finding_and_the_patch() {
    let project = project()
        .with("models/a/README.md", "---\nlicense: mit\nbase_model: acme/b\n---\n")
        .with("models/acme/b/README.md", "---\nlicense: gemma\n---\n");
    let check =
        project.run(&["check", "--format", "json"]).check(1, &["`caveat fix` does it: state"]);
    let report: Value = serde_json::from_str(&check.out).expect("the output is JSON");
    let told = json(&project, &[], 1);
    let fix = &told["fixes"][0];
    assert_eq!((&fix["state"], &fix["rule"]), (&"offered".into(), &"looser-than-upstream".into()));
    let findings = report["findings"].as_array().expect("a list").iter();
    assert!(findings.map(|it| &it["fingerprint"]).any(|it| *it == fix["fingerprint"]));
    let change = &fix["changes"][0];
    assert_eq!(change["path"], "models/a/README.md");
    assert_eq!(
        (&change["start"], &change["end"], &change["with"]),
        (&13.into(), &16.into(), &"gemma".into())
    );
    assert!(
        told["patch"].as_str().is_some_and(|it| it.contains("-license: mit\n+license: gemma\n"))
    );
    let told = json(&project, &["--apply"], 0);
    assert_eq!(told["fixes"][0]["state"], "applied");
    assert_eq!(told["summary"]["applied"], 1);
    project.run(&["check"]).check(0, &[]).without(&["looser-than-upstream", "caveat fix"]);
}

#[test]
fn what_is_not_ours_or_not_a_text_stays_as_it_is() {
    let mut torn = CARD.as_bytes().to_vec();
    torn.extend(b"caf\xe9 \xff\n");
    let project = project()
        .with("models/torn/README.md", &torn)
        .with("vendor/a/README.md", CARD)
        .with("hub/models--acme--b/snapshots/0123456/README.md", CARD)
        .with("skipped/README.md", CARD)
        .with("tests/fixtures/a/README.md", CARD)
        .with(
            "caveat.toml",
            format!("{POLICY}[[exclude]]\npath = \"skipped/**\"\nreason = \"example\"\n"),
        );
    project.run(&["fix", "--apply"]).check(0, &["models/torn/README.md:2", "applied 1 fix"]);
    let mended = fs::read(project.path("models/torn/README.md")).expect("the file is there");
    assert_eq!(&mended[..MENDED.len()], MENDED.as_bytes());
    assert_eq!(&mended[MENDED.len()..], b"caf\xe9 \xff\n");
    for it in ["vendor/a", "hub/models--acme--b/snapshots/0123456", "skipped", "tests/fixtures/a"] {
        assert_eq!(project.text(&format!("{it}/README.md")), CARD, "{it}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_and_files_stay_as_open_as_they_were() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let project = project().with("vendor/a.md", CARD).with("models/own/README.md", CARD);
    let folder = project.path("models/linked");
    fs::create_dir(&folder).expect("a folder can be made");
    symlink("../../vendor/a.md", folder.join("README.md")).expect("a link can be made");
    let own = project.path("models/own/README.md");
    fs::set_permissions(&own, fs::Permissions::from_mode(0o640)).expect("modes can be set");
    let says = ["not fixed: write `apache-2.0`", "it is a link", "1 fix cannot be applied"];
    project.run(&["fix", "--apply"]).check(1, &says);
    let link = folder.join("README.md").symlink_metadata().expect("the link is there");
    assert!(link.is_symlink());
    assert_eq!(fs::metadata(&own).expect("it is there").permissions().mode() & 0o777, 0o640);
    assert_eq!(project.text("models/own/README.md"), MENDED);
    assert_eq!(project.text("vendor/a.md"), CARD);
    let left: Vec<_> = fs::read_dir(project.path("models/own")).expect("it is there").collect();
    assert_eq!(left.len(), 1, "something was left beside it");
}

#[test]
fn a_version_that_the_manifest_leaves_open_is_closed_by_the_files() {
    let manifest = |it: &str| {
        format!("[package]\nname = \"a\"\nversion = \"1.0.0\"\nlicense = \"{it}\" # whole\n")
    };
    let notice = |words: &str| {
        format!(
            "// This program is free software: you can redistribute it and/or modify it under the\n\
             // terms of the GNU General Public License as published by the Free Software\n\
             // Foundation, {words}.\nfn main() {{}}\n"
        )
    };
    let later = "either version 3 of the License, or (at your option) any later version";
    let check = |files: &[(&str, String)], license: &str| {
        let project = project().with("Cargo.toml", manifest("GPL-3.0"));
        let project = files.iter().fold(project, |all, (name, text)| all.with(name, text));
        project.run(&["fix", "--apply"]).check(0, &[]);
        assert_eq!(project.text("Cargo.toml"), manifest(license));
    };
    let only = "// SPDX-License-Identifier: GPL-3.0-only\nfn main() {}\n".to_owned();
    check(&[("src/main.rs", "fn main() {}\n".to_owned())], "GPL-3.0");
    check(&[("src/main.rs", notice(later))], "GPL-3.0-or-later");
    check(&[("src/main.rs", only.clone())], "GPL-3.0-only");
    check(&[("src/main.rs", notice("version 3 of the License"))], "GPL-3.0");
    check(&[("src/main.rs", only), ("src/b.rs", notice(later))], "GPL-3.0");
}

#[test]
fn a_text_beside_other_says_which_license_it_is() {
    let text = include_str!("../../../../LICENSE-MIT");
    let card = "---\nlicense: other\n---\n";
    let check = |files: &[(&str, &str)], license: &str| {
        let project = project().with("models/a/README.md", card);
        let project = files.iter().fold(project, |all, (name, text)| all.with(name, text));
        project.run(&["fix", "--apply"]);
        let expected = format!("---\nlicense: {license}\n---\n");
        assert_eq!(project.text("models/a/README.md"), expected, "{files:?}");
    };
    check(&[("models/a/LICENSE", text)], "mit");
    check(&[("LICENSE", text)], "other");
    check(&[("models/a/LICENSE", "You may look at it.")], "other");
    let changed = text.replace("without restriction", "for research");
    check(&[("models/a/LICENSE", &changed)], "other");
    let apache = include_str!("../../../../LICENSE-APACHE");
    check(&[("models/a/LICENSE", text), ("models/a/COPYING", apache)], "other");
}
