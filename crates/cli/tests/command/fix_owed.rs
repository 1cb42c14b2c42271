//! `caveat fix` on duties: what is written holds the words that are owed, and no file is overwritten.

use crate::project::Project;

const POLICY: &str = "caveat = 1\n[[product]]\nname = \"app\"\npaths = [\"models/ship/**\"]\n\
    uses = [\"distribute-weights\"]\n[rules]\notherwise = \"allow\"\n";
const CARD: &str =
    "---\nlicense: gemma\nbase_model: acme/base\n---\nChanged by acme: trained on letters.\n";
const WORDS: &str = "Gemma is provided under and subject to the Gemma Terms of Use found at \
                     ai.google.dev/gemma/terms";

/// A model that goes out and carries the terms of its base.
fn project() -> Project {
    Project::of("caveat.toml", POLICY)
        .with("models/ship/README.md", CARD)
        .with("models/acme/base/README.md", "---\nlicense: gemma\n---\n")
}

#[test]
fn a_notice_holds_just_the_words_that_the_license_fixes() {
    let path = "models/ship/Notice.txt";
    let project = project();
    project.run(&["check"]).check(1, &["without the notice", "`caveat fix` does it: write into"]);
    let says = ["--- /dev/null\n+++ b/models/ship/Notice.txt\n@@ -0,0 +1,1 @@", WORDS];
    project.run(&["fix"]).check(1, &says);
    assert!(!project.path(path).exists());
    project.run(&["fix", "--apply"]).check(0, &["applied 1 fix"]);
    assert_eq!(project.text(path), format!("{WORDS}\n"));
    project.run(&["fix"]).check(0, &["nothing to fix"]);
    project.run(&["check"]).check(0, &[]).without(&["without the notice"]);
}

#[test]
fn a_notice_that_is_there_keeps_what_it_says() {
    let path = "models/ship/Notice.txt";
    let project = project().with(path, "Acme thanks everybody.\r\n");
    project.run(&["fix", "--apply"]).check(0, &["applied 1 fix"]);
    assert_eq!(project.text(path), format!("Acme thanks everybody.\r\n\r\n{WORDS}\r\n"));
    project.run(&["fix"]).check(0, &["nothing to fix"]);
}

#[test]
fn a_license_text_is_copied_from_where_it_lies_and_never_over_another() {
    let text = include_str!("../../../../LICENSE-APACHE");
    let card = "---\nlicense: apache-2.0\nbase_model: acme/base\n---\nChanged by acme.\n";
    let base = "---\nlicense: apache-2.0\n---\n";
    let copy = "models/ship/LICENSE";
    let project = |files: &[(&str, &str)]| {
        let project = Project::of("caveat.toml", POLICY)
            .with("models/ship/README.md", card)
            .with("models/acme/base/README.md", base);
        files.iter().fold(project, |all, (name, text)| all.with(name, text))
    };
    let with = project(&[("models/acme/base/LICENSE", text)]);
    with.run(&["check"]).check(0, &["missing-license-text"]);
    with.run(&["fix", "--apply"]).check(0, &["copy `models/acme/base/LICENSE`"]);
    assert_eq!(with.text(copy), text);
    with.run(&["check"]).check(0, &[]).without(&["missing-license-text"]);
    let left = |files: &[(&str, &str)]| {
        let project = project(files);
        project.run(&["fix", "--apply"]).check(0, &["nothing to fix"]);
        assert_eq!(project.path(copy).exists(), files.iter().any(|it| it.0 == copy));
    };
    left(&[]);
    left(&[("models/acme/base/LICENSE", &text.replace("perpetual", "yearly"))]);
    // A text that names somebody else is nobody's to copy.
    let named = text.replace("Copyright [yyyy] [name", "Copyright 2024 Lumen [name");
    left(&[("models/other/LICENSE", &named), ("models/other/README.md", base)]);
    left(&[("models/acme/base/LICENSE", text), (copy, "Look, but do not touch.\n")]);
}
