//! `caveat notice`: what goes into the document, what it is compared with, and names that hurt.

use serde_json::Value;

use crate::project::{Project, Ran};

/// Texts of licenses: those that the project itself is under.
const MIT: &str = include_str!("../../../../LICENSE-MIT");
const APACHE: &str = include_str!("../../../../LICENSE-APACHE");

const POLICY: &str = "caveat = 1\n[rules]\notherwise = \"allow\"\nunknown = \"review\"\n\
    [choose]\nprefer = [\"MIT\"]\n\
    [[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [\"distribute-binary\"]\n\
    [[product]]\nname = \"lab\"\npaths = [\"lab/**\"]\nuses = [\"internal\"]\n\
    [[exclude]]\npath = \"fixtures/**\"\nreason = \"test\"\n";
const LOCK: &str = "version = 4\n\
    [[package]]\nname = \"app\"\nversion = \"1.0.0\"\ndependencies = [\"both\", \"left\", \"right\", \"trial\"]\n\
    [[package]]\nname = \"both\"\nversion = \"2.0.0\"\nsource = \"registry+https://x.example\"\n\
    [[package]]\nname = \"left\"\nversion = \"0.1.0\"\nsource = \"registry+https://x.example\"\n\
    [[package]]\nname = \"right\"\nversion = \"0.2.0\"\nsource = \"registry+https://x.example\"\n\
    [[package]]\nname = \"trial\"\nversion = \"0.3.0\"\nsource = \"registry+https://x.example\"\n";
const MANIFEST: &str = "[package]\nname = \"app\"\nversion = \"1.0.0\"\nlicense = \"MIT\"\n\
    [dependencies]\nboth = \"2\"\nleft = \"0.1\"\nright = \"0.2\"\n[dev-dependencies]\ntrial = \"0.3\"\n";

fn crate_of(name: &str, version: &str, license: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"{version}\"\nlicense = \"{license}\"\n\
         repository = \"https://code.example/{name}\"\n"
    )
}

fn of_holder(holder: &str) -> String {
    MIT.replace("2026 The Caveat contributors", holder)
}

fn project() -> Project {
    Project::of("Cargo.toml", MANIFEST)
        .with("Cargo.lock", LOCK)
        .with("LICENSE", MIT)
        .with("src/lib.rs", "// Copyright 2026 Acme GmbH\n")
        .with("caveat.toml", POLICY)
        .with(".gitignore", "vendor\n")
        .with("vendor/left/Cargo.toml", crate_of("left", "0.1.0", "MIT"))
        .with("vendor/left/LICENSE", of_holder("2020 Lena Left"))
        .with("vendor/right/Cargo.toml", crate_of("right", "0.2.0", "MPL-2.0"))
        .with("vendor/right/src/lib.rs", "// Copyright (c) 2021 Rita Right <rita@right.example>\n")
        .with("vendor/right/NOTICE", "Right\nmade with care\n")
        .with("vendor/both/Cargo.toml", crate_of("both", "2.0.0", "MIT OR Apache-2.0"))
        .with("vendor/both/LICENSE-MIT", of_holder("2022 Bo Both"))
        .with("vendor/both/LICENSE-APACHE", APACHE)
        .with("vendor/trial/Cargo.toml", crate_of("trial", "0.3.0", "MIT"))
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).expect("the output is JSON")
}

/// A run that found nothing missing. The text of one license has words that a crash has, too.
#[track_caller]
fn whole(project: &Project, arguments: &[&str]) -> Ran {
    let ran = project.run(arguments);
    assert_eq!(ran.code, Some(0), "{}\n{}", ran.out, ran.err);
    ran
}

fn component<'a>(document: &'a Value, name: &str) -> &'a Value {
    let all = document["components"].as_array().expect("there is a list");
    all.iter().find(|it| it["name"] == name).unwrap_or_else(|| panic!("`{name}` in {document}"))
}

#[test]
fn texts_are_grouped_and_each_component_keeps_its_copyright() {
    let ran = whole(&project(), &["notice", "--format", "json"]);
    assert!(ran.err.contains("1 for development only"), "{}", ran.err);
    let document = json(&ran);
    assert_eq!(document["complete"], true);
    let left = component(&document, "left");
    assert_eq!(left["copyrights"], serde_json::json!(["Copyright (c) 2020 Lena Left"]));
    assert_eq!(left["address"], "https://code.example/left");
    let both = component(&document, "both");
    assert_eq!(both["chosen"], serde_json::json!(["MIT"]));
    assert_eq!(both["copyrights"], serde_json::json!(["Copyright (c) 2022 Bo Both"]));
    // One text for three, and the branch that nobody takes has no place.
    assert_eq!(
        (&left["texts"], &both["texts"]),
        (&component(&document, "app")["texts"], &left["texts"])
    );
    let texts = document["texts"].as_array().expect("there is a list");
    assert_eq!(texts.len(), 2, "{texts:?}");
    let text = texts[0]["text"].as_str().expect("a text is text");
    assert!(text.contains("Permission is hereby granted") && !text.contains("Lena"), "{text}");
    assert_eq!(
        (&texts[1]["licenses"][0], &texts[1]["origin"]),
        (&"MPL-2.0".into(), &"standard".into())
    );
    let offer = &document["source_offers"][0];
    assert_eq!(
        (&offer["license"], &offer["address"]),
        (&"MPL-2.0".into(), &"https://code.example/right".into())
    );
    assert_eq!(document["notices"][0]["text"], "Right\nmade with care");
    ran.without(&["trial"]);
}

#[test]
fn what_is_missing_is_said_and_fails() {
    let card = "---\nlicense: gemma\nbase_model: google/gemma-2-2b\n---\n# Tiny\n";
    let project = project().with("models/tiny/README.md", card);
    let missing = "missing: path:models/tiny: the text of `LicenseRef-Gemma-Terms-of-Use`";
    let ran = project.run(&["notice", "--output", "notices.md"]).check(1, &[missing, "help: "]);
    assert_eq!(ran.out, "");
    let text = project.text("notices.md");
    let told = text.find("MISSING: this document is not complete").expect("it says so");
    assert!(told < text.find("## Components").expect("there are components"));
    for it in [
        "Gemma is provided under and subject to",
        "### LicenseRef-Gemma-Terms-of-Use",
        "Prohibited Use Policy",
    ] {
        assert!(text.contains(it), "`{it}` in\n{text}");
    }
}

#[test]
fn a_notice_that_is_out_of_date_fails_and_shows_where() {
    let project = project();
    for file in ["notices.txt", "notices.md", "notices.html", "notices.json"] {
        project.run(&["notice", "--output", file]).check(0, &[]);
        project.run(&["notice", "--check", file]).check(0, &[]);
    }
    let project = project.with("vendor/left/LICENSE", of_holder("2020-2024 Lena Left"));
    let differs = [
        "`notices.txt` is out of date",
        "- ",
        "(c) 2020 Lena Left",
        "(c) 2020-2024 Lena Left",
        "lacks: 1",
    ];
    project.run(&["notice", "--check", "notices.txt"]).check(1, &differs);
    project.run(&["notice", "--check", "notices.html"]).check(1, &["under [1] MIT"]);
    project.run(&["notice", "--check", "absent.txt"]).check(2, &["absent.txt"]);
}

#[test]
fn a_product_is_chosen_by_what_is_done_with_it() {
    let project = project().with("lab/README.md", "---\nlicense: apache-2.0\n---\n# Lab\n");
    let lab = project.run(&["notice", "--product", "lab", "--format", "json"]).check(0, &[]);
    assert_eq!(json(&lab)["components"].as_array().map(Vec::len), Some(1));
    project.run(&["notice", "--product", "lap"]).check(2, &["no product `lap`", "`app`, `lab`"]);
    let internal = POLICY.replace("distribute-binary", "saas");
    let project = project.with("caveat.toml", internal);
    project.run(&["notice"]).check(2, &["no product of the policy is distributed", "--all"]);
    assert!(whole(&project, &["notice", "--all"]).out.contains("Lena Left"));
    project.run(&["notice", "--format", "pdf"]).check(2, &["pdf"]);
}

#[test]
fn nothing_in_a_license_file_is_read_as_markup_or_steers_a_terminal() {
    let evil =
        "<script>alert(1)</script>\n```\n# Title\n</pre><img src=x onerror=y>\u{1b}[31m\u{202e}";
    let text = format!("{}\n{evil}\n", of_holder("2020 Eve </li><b> & \u{1b}]0;x\u{7} Co"));
    let project = project().with("vendor/left/LICENSE", text).with("vendor/left/NOTICE", evil);
    let html = whole(&project, &["notice", "--format", "html"]);
    for it in ["<script", "<img", "<b>", "\u{1b}", "\u{202e}"] {
        assert!(!html.out.contains(it), "`{it}` in\n{}", html.out);
    }
    assert_eq!(html.out.matches("<pre>").count(), html.out.matches("</pre>").count());
    let markdown = whole(&project, &["notice", "--format", "markdown"]);
    assert!(
        markdown.out.contains("````text") && !markdown.out.contains('\u{1b}'),
        "{}",
        markdown.out
    );
    let text = whole(&project, &["notice"]);
    assert!(text.out.contains("<script>alert(1)</script>"), "{}", text.out);
    assert!(!text.out.contains('\u{1b}') && !text.out.contains('\u{202e}'), "{}", text.out);
}

#[test]
fn licenses_that_a_package_keeps_as_its_data_are_not_its_own() {
    let project = project()
        .with("vendor/left/src/data/licenses/Foo-1.0", "Permission is granted to Foo.\n")
        .with(
            "vendor/left/LICENSES/Bar-1.0.txt",
            "The Bar License: no copyright notice may be removed.\n",
        );
    let document = json(&whole(&project, &["notice", "--format", "json"]));
    let files = document["texts"].to_string();
    assert!(files.contains("left/LICENSES/Bar-1.0.txt") && !files.contains("Foo-1.0"), "{files}");
}
