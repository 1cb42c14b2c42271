//! Readings that would let somebody use what nobody licensed: each was made by some tool.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads files of the repository and bounds its time"
)]
#![allow(clippy::print_stdout, reason = "a test that cannot run has to say so")]

use std::fs;
use std::path::Path;

use caveat_texts::{Kind, Likeness, identify, recognize};
use spdx::text::LICENSE_TEXTS;

/// Everything found in a text, as `id likeness`; one per line in the order in which it stands.
fn check(text: &str, expected: &str) {
    let found: Vec<String> =
        recognize(text).iter().map(|it| format!("{} {:?}", it.nearest, it.likeness)).collect();
    assert_eq!(found.join("\n"), expected);
}

fn published(id: &str) -> &'static str {
    LICENSE_TEXTS.iter().find(|it| it.0 == id).expect("an SPDX id").1
}

/// A text of the shared corpus; none where it is not at hand.
fn shared(path: &str) -> Option<String> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let text =
        above.map(|it| it.join("shared").join(path)).find_map(|it| fs::read_to_string(it).ok());
    if text.is_none() {
        println!("skipped: shared/{path} is not at hand");
    }
    text
}

fn check_shared(path: &str, expected: &str) {
    if let Some(text) = shared(path) {
        check(&text, expected);
    }
}

#[test]
fn apache_without_its_appendix_is_apache() {
    let text = published("Apache-2.0");
    let terms = text.split("APPENDIX").next().unwrap();
    check(terms, "Apache-2.0 Verbatim");
    check(terms.split("END OF TERMS").next().unwrap(), "Apache-2.0 Verbatim");
    check(published("Pixar"), "Pixar Verbatim");
}

#[test]
fn gpl_without_instructions_is_gpl_and_grants_no_later_version() {
    let text = published("GPL-3.0-or-later");
    check(text.split("How to Apply These Terms").next().unwrap(), "GPL-3.0-only Verbatim");
    check(text, "GPL-3.0-only Verbatim");
}

#[test]
fn a_clause_after_the_license_changes_it() {
    let text = published("MIT");
    check(text, "MIT Verbatim");
    let clause = "The Software shall not be used by any person to train machine learning models.";
    check(&format!("{text}\n{clause}\n"), "MIT Modified");
    check(&format!("{clause}\n\n{text}"), "MIT Modified");
    check(&format!("{text}\nThe weights are for academic research only."), "MIT Modified");
    let split = "THE SOFTWARE IS PROVIDED";
    check(&text.replace(split, &format!("{clause}\n\n{split}")), "MIT Modified");
}

#[test]
fn one_word_can_change_a_license() {
    let text = published("MIT");
    check(&text.replace("to any person", "to any noncommercial person"), "MIT Modified");
    check(&text.replace("sell", "not sell"), "MIT Modified");
    check(&text.replace("this software", "the software"), "MIT Verbatim");
}

#[test]
fn one_word_can_change_a_long_license() {
    let text = published("CC-BY-4.0");
    check(&text.replace("Attribution 4.0", "Attribution-NonCommercial 4.0"), "CC-BY-4.0 Modified");
    let text = published("Apache-2.0");
    let clause = "You must not use the Work in any product with paying users.\n\n5. Submission";
    check(&text.replace("5. Submission", clause), "Apache-2.0 Modified");
}

#[test]
fn a_word_left_out_can_change_a_license() {
    let text = published("Apache-2.0");
    check(
        &text.replace("does not grant permission", "does grant permission"),
        "Apache-2.0 Modified",
    );
    check(
        &text.replace("does not grant permission", "does hereby grant permission"),
        "Apache-2.0 Modified",
    );
    let text = published("GPL-3.0-only");
    check(&text.replacen("you may not", "you may", 1), "GPL-3.0-only Modified");
    check(&published("ISC").replace("with or without fee ", "without fee "), "ISC Modified");
}

#[test]
fn what_differs_is_told_with_its_place() {
    let text = published("MIT").replace("to any person", "to any noncommercial person");
    let text = text.replace("merge, publish", "merge");
    let found = identify(&text);
    let told: Vec<_> =
        found[0].differences.iter().map(|it| (&text[it.added.clone()], it.missing)).collect();
    assert_eq!(told, [("noncommercial", 0), ("", 1)]);
    assert!(text[..found[0].differences[1].added.end].ends_with("merge"));
    assert_eq!(identify(published("MIT"))[0].differences, []);
}

#[test]
fn wrapping_and_markup_change_nothing() {
    let words: Vec<&str> = published("BSD-3-Clause").split_whitespace().collect();
    let lines: Vec<String> = words.chunks(9).map(|it| it.join(" ")).collect();
    check(&lines.join("\n"), "BSD-3-Clause Verbatim");
    check(&format!("/*\n * {}\n */", lines.join("\n * ")), "BSD-3-Clause Verbatim");
    check(&format!("C     {}", lines.join("\nC     ")), "BSD-3-Clause Verbatim");
    check(&format!("<p>{}</p>", lines.join("<br>\n")), "BSD-3-Clause Verbatim");
    let rich = format!("{{\\rtf1\\ansi\\f0\\fs24 {}}}", lines.join("\\par\n"));
    check(&rich, "BSD-3-Clause Verbatim");
}

#[test]
fn names_in_blanks_change_nothing() {
    let text = published("BSD-3-Clause")
        .replace("<year> <owner>", "2017, The Frobnicators of Upper Saxony. All rights reserved")
        .replace("the copyright holder nor", "Frobnication GmbH & Co. KG nor")
        .replace("THE COPYRIGHT HOLDERS AND", "THE REGENTS AND")
        .replace("THE COPYRIGHT HOLDER OR", "FROBNICATION GMBH OR");
    check(&text, "BSD-3-Clause Verbatim");
}

#[test]
fn several_texts_in_one_file_are_found_side_by_side() {
    let text = format!(
        "# Third parties\n\n{}\n\n----\n\nCopyright 2019 Roe\n\n{}\n\n====\n\n{}",
        published("Apache-2.0"),
        published("ISC"),
        published("BSD-3-Clause"),
    );
    let found = identify(&text);
    let ids: Vec<_> = found.iter().map(|it| it.nearest).collect();
    assert_eq!(ids, ["Apache-2.0", "ISC", "BSD-3-Clause"]);
    assert!(found.windows(2).all(|it| it[0].span.end <= it[1].span.start), "{found:?}");
    assert!(text[found[1].span.clone()].starts_with("ISC License"));
    check(published("OpenSSL"), "OpenSSL Verbatim");
}

#[test]
fn restricted_model_licenses_are_not_their_permissive_models() {
    check_shared("kb/texts/falcon-2-11b.txt", "LicenseRef-Falcon-2-11B-1.0 Verbatim");
    check_shared("kb/texts/kimi-k2-modified-mit.txt", "LicenseRef-Kimi-K2-Modified-MIT Verbatim");
    check_shared(
        "corpora/license-files/licensee/wrk-modified-apache/LICENSE",
        "Apache-2.0 Modified",
    );
    check_shared("corpora/license-files/licensee/fcpl-modified-mpl/LICENSE", "MPL-2.0 Modified");
}

#[test]
fn editions_are_told_apart() {
    for edition in ["2", "3", "3.1", "3.2", "3.3", "4"] {
        let license = format!("LicenseRef-Llama-{edition}-Community");
        check_shared(&format!("kb/texts/llama{edition}.txt"), &format!("{license} Verbatim"));
        let policy = format!("policy of {license} Verbatim");
        check_shared(&format!("kb/texts/llama{edition}-use-policy.txt"), &policy);
    }
    // The card has the license and the policy of Llama 2; Llama 3 publishes nearly the same in one text.
    let Some(card) = shared("corpora/model-cards/hf-model-trees/meta-llama__Llama-2-7b.md") else {
        return;
    };
    assert!(identify(&card).iter().all(|it| it.nearest == "LicenseRef-Llama-2-Community"));
}

#[test]
fn an_edition_nobody_has_seen_is_only_kindred() {
    let Some(text) = shared("kb/texts/llama3.3.txt") else { return };
    let text = text.replace("3.3", "3.9").replace("December 6, 2024", "May 1, 2031");
    check(&text, "LicenseRef-Llama-3.3-Community Kindred");
}

#[test]
fn use_policies_are_never_the_license() {
    let Some(text) = shared("kb/texts/gemma-prohibited-use-policy.txt") else { return };
    assert_eq!(identify(&text), []);
    let found = recognize(&text);
    assert_eq!((found[0].kind, found[0].license()), (Kind::UsePolicy, None));
    assert_eq!(found[0].likeness, Likeness::Verbatim);
}

#[test]
fn talk_about_licenses_is_no_license() {
    check(
        "This project is licensed under the MIT license. See LICENSE for details. No warranty.",
        "",
    );
    check("Permission is hereby granted, free of charge, to any person obtaining a copy.", "");
    check("", "");
}
