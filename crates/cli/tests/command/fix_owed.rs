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
    left(&[("models/acme/base/LICENSE", text), (copy, "Look, but do not touch.\n")]);
    // Where none lies that may be copied, the list of licenses has it.
    let listed = |files: &[(&str, &str)]| {
        let project = project(files);
        project.run(&["fix", "--apply"]).check(0, &["write the text of Apache-2.0"]);
        let written = project.text(copy);
        assert!(written.starts_with("Apache License\n") && written.ends_with('\n'), "{written}");
        assert!(!written.contains("yearly") && !written.contains("Lumen"), "{written}");
        project.run(&["check"]).check(0, &[]).without(&["missing-license-text"]);
    };
    listed(&[]);
    listed(&[("models/acme/base/LICENSE", &text.replace("perpetual", "yearly"))]);
    // A text that names somebody else is nobody's to copy.
    let named = text.replace("Copyright [yyyy] [name", "Copyright 2024 Lumen [name");
    listed(&[("models/other/LICENSE", &named), ("models/other/README.md", base)]);
}

#[test]
fn a_text_that_says_whose_work_it_is_has_to_come_from_whoever_made_that() {
    for license in ["mit", "bsd-3-clause", "isc", "zlib"] {
        let card = format!("---\nlicense: {license}\n---\nSmall.\n");
        let project =
            Project::of("caveat.toml", POLICY).with("models/ship/README.md", card.as_str());
        project.run(&["check"]).check(0, &["missing-license-text"]).without(&["caveat fix"]);
        project.run(&["fix"]).check(0, &["nothing to fix"]);
    }
}

#[test]
fn a_name_that_is_owed_begins_as_it_has_to() {
    let card = "---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B\n\
                model_name: acme/tutor-8b # ours\n---\nTuned. Built with Llama.\n";
    let project = Project::of("caveat.toml", POLICY).with("models/ship/README.md", card);
    project.run(&["check"]).check(1, &["`caveat fix` does it: name it `Llama-tutor-8b`"]);
    project.run(&["fix", "--apply"]).check(0, &["name it"]);
    let expected = card.replace("acme/tutor-8b", "acme/Llama-tutor-8b");
    assert_eq!(project.text("models/ship/README.md"), expected);
    project.run(&["fix"]).check(0, &["nothing to fix"]);
}

#[test]
fn a_link_to_a_license_that_is_not_there_leads_to_the_one_that_is() {
    let card =
        "---\nlicense: other\nlicense_name: apache-2.0\nlicense_link: 'LICENSE.md' # text\n---\n";
    let project = Project::of("caveat.toml", POLICY)
        .with("models/ship/README.md", card)
        .with("models/ship/LICENSE", include_str!("../../../../LICENSE-APACHE"));
    project.run(&["fix", "--apply"]).check(0, &["state `license_link: LICENSE`"]);
    assert!(project.text("models/ship/README.md").contains("license_link: 'LICENSE' # text\n"));
    project.run(&["fix"]).check(0, &["nothing to fix"]);
}

#[test]
fn code_is_pinned_to_where_its_branch_was_seen() {
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let other = commit.replace('0', "f");
    let hub = "hub/models--acme--base";
    let project = |branch: &str| {
        Project::of("caveat.toml", "caveat = 1\n[rules]\notherwise = \"allow\"\n")
            .with("app/serve.py", "m = AutoModel.from_pretrained(\"acme/base\")\n")
            .with(&format!("{hub}/snapshots/{commit}/README.md"), "---\nlicense: mit\n---\n")
            .with(&format!("{hub}/snapshots/{other}/README.md"), "---\nlicense: mit\n---\n")
            .with(&format!("{hub}/refs/main"), branch)
    };
    let known = project(commit);
    known.run(&["fix", "--apply"]).check(0, &["pin `revision="]);
    let pinned = format!("m = AutoModel.from_pretrained(\"acme/base\", revision=\"{commit}\")\n");
    assert_eq!(known.text("app/serve.py"), pinned);
    let gone = project(&commit.replace('1', "a"));
    gone.run(&["fix", "--apply"]).check(0, &["nothing to fix"]);
}

#[test]
fn the_text_of_a_base_under_another_license_goes_beside_the_own_one() {
    let text = include_str!("../../../../LICENSE-MIT");
    let project = Project::of("caveat.toml", POLICY)
        .with(
            "models/ship/README.md",
            "---\nlicense: apache-2.0\nbase_model: acme/base\n---\nTuned.\n",
        )
        .with("models/ship/LICENSE", include_str!("../../../../LICENSE-APACHE"))
        .with("models/acme/base/README.md", "---\nlicense: mit\n---\n")
        .with("models/acme/base/LICENSE", text);
    project.run(&["fix", "--apply"]).check(0, &["copy `models/acme/base/LICENSE` to"]);
    assert_eq!(project.text("models/ship/THIRD_PARTY_NOTICES.txt"), text);
    project.run(&["check"]).check(0, &["no findings"]);
    project.run(&["fix"]).check(0, &["nothing to fix"]);
}

#[test]
fn a_base_under_another_license_is_none_that_was_changed() {
    // What Apache asks of changed files it asks of works that are under it.
    let of = |license: &str| {
        let card = "---\nlicense: apache-2.0\nbase_model: acme/base\n---\n";
        Project::of("caveat.toml", POLICY)
            .with("models/ship/README.md", card)
            .with("models/ship/LICENSE", include_str!("../../../../LICENSE-APACHE"))
            .with("models/acme/base/README.md", format!("---\nlicense: {license}\n---\n"))
            .run(&["check"])
    };
    of("cc0-1.0").check(0, &["no findings"]);
    of("apache-2.0").check(0, &["without saying that it was changed"]);
}
