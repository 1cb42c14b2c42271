//! Which license follows from cards, manifests, texts and prose that lie together.

use crate::tree::graph;
use caveat_core::inventory::Standing;

/// Compares the conclusion for the only component of a tree.
fn check(files: &[(&str, &str)], license: &str, doubt: &str) {
    let graph = graph(files);
    let all: Vec<_> = graph.components.values().collect();
    let [it] = all[..] else { panic!("{files:?} make {} components", all.len()) };
    let found = it.conclusion.license.as_ref().map_or("?".to_owned(), ToString::to_string);
    let standing = match &it.conclusion.standing {
        Standing::Clear => "",
        Standing::Unknown => "unknown",
        Standing::Ambiguous(why) => why,
    };
    assert_eq!((found.as_str(), standing), (license, doubt), "{files:?}");
}

fn card(license: &str) -> String {
    format!("---\nlicense: {license}\npipeline_tag: x\n---\n")
}

/// A card beside a text.
fn beside(license: &str, text: &str, expected: &str, doubt: &str) {
    check(&[("LICENSE", text), ("README.md", &card(license))], expected, doubt);
}

/// A manifest beside texts.
fn declared(license: &str, texts: &[&str], expected: &str, doubt: &str) {
    let manifest = format!("[package]\nname = \"x\"\nlicense = \"{license}\"\n");
    let texts: Vec<_> =
        texts.iter().map(|it| (format!("LICENSE-{}", it[5..].to_ascii_lowercase()), *it)).collect();
    let mut files = vec![("Cargo.toml", manifest.as_str())];
    files.extend(texts.iter().map(|(name, it)| (name.as_str(), *it)));
    check(&files, expected, doubt);
}

#[test]
fn a_text_confirms_what_is_declared() {
    beside("apache-2.0", "text:Apache-2.0", "Apache-2.0", "");
    beside("gpl-3.0", "text:GPL-3.0-only", "GPL-3.0-only", "");
    beside("lgpl-3.0", "text:LGPL-3.0-only", "LGPL-3.0-only", "");
    declared("GPL-2.0-or-later", &["text:GPL-2.0-only"], "GPL-2.0-or-later", "");
    declared(
        "Apache-2.0 WITH LLVM-exception",
        &["text:Apache-2.0"],
        "Apache-2.0 WITH LLVM-exception",
        "",
    );
    declared("MIT OR Apache-2.0", &["text:Apache-2.0"], "Apache-2.0 OR MIT", "");
    declared("MIT OR Apache-2.0", &["text:MIT"], "Apache-2.0 OR MIT", "");
    declared("MIT OR Apache-2.0", &["text:MIT", "text:Apache-2.0"], "Apache-2.0 OR MIT", "");
    declared("OpenSSL", &["text:OpenSSL"], "OpenSSL", "");
    declared(
        "LGPL-3.0-or-later",
        &["text:LGPL-3.0-only", "text:GPL-3.0-only"],
        "LGPL-3.0-or-later",
        "",
    );
}

#[test]
fn a_text_of_something_else_is_a_question() {
    beside(
        "apache-2.0",
        "text:CC-BY-NC-4.0",
        "Apache-2.0 AND CC-BY-NC-4.0",
        "declared `Apache-2.0`, but the text beside it is `CC-BY-NC-4.0`",
    );
    beside(
        "apache-2.0",
        "ACME MODEL TERMS. You may use the weights for research.",
        "Apache-2.0",
        "declared `Apache-2.0`, but nobody knows the text beside it",
    );
    declared(
        "MIT",
        &["text:MIT", "text:GPL-3.0-only"],
        "MIT AND GPL-3.0-only",
        "declared `MIT`, but the text beside it is `GPL-3.0-only`",
    );
    let changed = spdx::license_id("MIT").unwrap().text().replace(
        "without restriction",
        "for purposes that are not commercial and without any other restriction",
    );
    beside("mit", &changed, "MIT", "the text of `MIT` beside it has been changed");
}

#[test]
fn a_text_decides_where_the_card_does_not() {
    beside("other", "text:MPL-2.0", "MPL-2.0", "");
    beside("unknown", "text:MIT", "MIT", "");
    beside("bsd", "text:BSD-3-Clause", "BSD-3-Clause", "");
    beside("gpl", "text:GPL-2.0-only", "GPL-2.0-only", "");
    beside("bsd", "text:MIT", "MIT", "called `bsd`, but what is here is `MIT`");
    check(
        &[("README.md", &card("openrail"))],
        "?",
        "`OpenRAIL` is a family of licenses that differ",
    );
    check(&[("README.md", &card("other"))], "?", "unknown");
    check(&[("README.md", "---\npipeline_tag: x\n---\n")], "?", "unknown");
    check(
        &[("README.md", &card("other\nlicense_name: gemma"))],
        "LicenseRef-Gemma-Terms-of-Use",
        "",
    );
}

#[test]
fn all_licenses_of_a_list_bind() {
    check(&[("README.md", &card("[mit, apache-2.0]"))], "Apache-2.0 AND MIT", "");
    check(
        &[("README.md", &card("[mit, other]"))],
        "MIT",
        "`other` beside `MIT` leaves a license open",
    );
    check(
        &[("README.md", &card("[mit, grandmothers]"))],
        "MIT",
        "`grandmothers` beside `MIT` is no license that is known",
    );
    check(
        &[("README.md", &card("[cc-by-sa-3.0, gfdl]"))],
        "CC-BY-SA-3.0",
        "`gfdl` beside `CC-BY-SA-3.0` is a family of licenses that differ",
    );
}

#[test]
fn words_that_repeat_a_declaration_add_nothing() {
    let python = |license: &str, classifiers: &str| {
        format!("[project]\nname = \"x\"\nlicense = \"{license}\"\nclassifiers = [{classifiers}]\n")
    };
    let mit = "\"License :: OSI Approved :: MIT License\"";
    let apache = "\"License :: OSI Approved :: Apache Software License\"";
    let both = format!("{mit}, {apache}");
    check(&[("pyproject.toml", &python("MIT OR Apache-2.0", &both))], "Apache-2.0 OR MIT", "");
    check(&[("pyproject.toml", &python("MIT", mit))], "MIT", "");
    check(
        &[("pyproject.toml", &python("MIT", "\"License :: Other/Proprietary License\""))],
        "MIT",
        "`License :: Other/Proprietary License` beside `MIT` reserves all rights",
    );
    check(
        &[("README.md", "---\nlicense: mit\npipeline_tag: x\n---\n## License\n\nMIT License\n")],
        "MIT",
        "",
    );
}

#[test]
fn prose_tells_how_texts_go_together() {
    let texts = [("LICENSE-APACHE", "text:Apache-2.0"), ("LICENSE-MIT", "text:MIT")];
    check(&texts, "Apache-2.0 AND MIT", "");
    let choice = "## License\n\nMIT OR Apache-2.0\n";
    check(&[texts[0], texts[1], ("README.md", choice)], "Apache-2.0 OR MIT", "");
    check(
        &[("COPYING", "text:GPL-3.0-only"), ("README.md", "## License\n\nGPL-3.0-or-later\n")],
        "GPL-3.0-or-later",
        "",
    );
    check(
        &[("LICENSE", "text:MIT"), ("README.md", "## License\n\nCC-BY-NC-4.0\n")],
        "MIT AND CC-BY-NC-4.0",
        "described as `CC-BY-NC-4.0`, but the text beside it is `MIT`",
    );
    check(
        &[("COPYING", "text:GPL-3.0-only"), ("COPYING.LESSER", "text:LGPL-3.0-only")],
        "LGPL-3.0-only",
        "",
    );
}

#[test]
fn a_card_contradicts_its_own_words() {
    check(
        &[(
            "README.md",
            "---\nlicense: unknown\npipeline_tag: x\n---\n## License\n\nMIT License\n",
        )],
        "MIT",
        "labelled `unknown`, but described as `MIT`",
    );
    check(
        &[("m.gguf", "gguf:general.license=mit"), ("README.md", &card("apache-2.0"))],
        "MIT AND Apache-2.0",
        "m.gguf says `MIT`, README.md says `Apache-2.0`",
    );
}

#[test]
fn a_manifest_knows_better_than_a_card_whether_later_versions_are_allowed() {
    check(
        &[
            ("README.md", "---\nlicense: gpl-3.0\n---\n"),
            ("pyproject.toml", "[project]\nname = \"x\"\nlicense = \"GPL-3.0-or-later\"\n"),
        ],
        "GPL-3.0-or-later",
        "",
    );
}

#[test]
fn reserved_rights_are_no_license() {
    check(&[("package.json", r#"{"name": "x", "license": "UNLICENSED"}"#)], "?", "unknown");
    check(
        &[("package.json", r#"{"name": "x", "license": "UNLICENSED"}"#), ("LICENSE", "text:MIT")],
        "MIT",
        "`UNLICENSED` beside `MIT` reserves all rights",
    );
}
