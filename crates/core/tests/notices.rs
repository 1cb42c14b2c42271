//! Notices in files of all kinds: places, bounds, and what comments are.

#![expect(clippy::disallowed_methods, reason = "the test reads its material and bounds its time")]

mod pace;

use std::fs;
use std::path::Path;

use caveat_core::notices::{Said, Statement, in_program, in_prose};
use caveat_core::texts::Likeness;
use proptest::prelude::*;

fn means(text: &str, it: &Statement) -> String {
    match &it.said {
        Said::Grant(it) => it.clone(),
        Said::Tag | Said::Words => text[it.raw.clone()].to_owned(),
        Said::Text { license, .. } => (*license).to_owned(),
    }
}

/// What the file of that name states.
fn check(name: &str, text: &str, expected: &[&str]) {
    let found: Vec<String> = in_program(name, text).iter().map(|it| means(text, it)).collect();
    assert_eq!(found, expected, "{name}: {text}");
}

#[test]
fn people_speak_in_comments_and_programs_in_strings() {
    let tag = "SPDX-License-Identifier: MIT";
    for (name, text) in [
        ("a.rs", format!("// {tag}\n")),
        ("a.c", format!("/* {tag} */\n")),
        ("a.py", format!("#!/usr/bin/python\n# {tag}\n")),
        ("a.py", format!("\"\"\"Does it.\n\n{tag}\n\"\"\"\n")),
        ("a.html", format!("<!--\n  {tag}\n-->")),
        ("a.sql", format!("-- {tag}")),
        ("a.el", format!(";; {tag}\n")),
        ("a.tex", format!("% {tag}\n")),
        ("a.bat", format!("@REM {tag}\r\n")),
        ("a.f90", format!("! {tag}\n")),
        ("a.ml", format!("(* {tag} *)")),
        ("configure.ac", format!("dnl {tag}\n")),
        ("a.vim", format!("\" {tag}\n")),
        ("Makefile", format!("# {tag}\n")),
    ] {
        check(name, &text, &["MIT"]);
    }
    for (name, text) in [
        ("a.rs", format!("const A: &str = \"// {tag}\";\n")),
        ("a.js", format!("const a = `\n// {tag}\n`;\n")),
        ("a.py", format!("a = '''\n# {tag}\n'''\nb = \"{tag}\"\n")),
        ("a.c", "char *a = \"licensed under the MIT license\";".to_owned()),
        ("a.rs", format!("/// Reads a tag as in `{tag}`.\n")),
        (
            "a.sh",
            "# SPDX-License-Identifier: $LICENSE\necho '# SPDX-License-Identifier: MIT'\n"
                .to_owned(),
        ),
        ("a.rs", format!("// REUSE-IgnoreStart\n// {tag}\n// REUSE-IgnoreEnd\n")),
        ("a.rs", "// The MIT License is compatible with the Apache License 2.0.\n".to_owned()),
        ("data.json", format!("{{\"a\": \"{tag}\"}}")),
    ] {
        check(name, &text, &[]);
    }
}

#[test]
fn a_file_may_say_several_things() {
    check(
        "a.c",
        "/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-3-Clause) */\n\nint a;\n\n\
         // SPDX-SnippetBegin\n// SPDX-License-Identifier: MIT\nint b;\n// SPDX-SnippetEnd\n",
        &["(GPL-2.0-only OR BSD-3-Clause)", "MIT"],
    );
}

#[test]
fn lists_comparisons_and_refusals_grant_nothing() {
    for text in [
        "This software is not licensed under the GPL.",
        "It is compatible with Apache-2.0 and with the GPL.",
        "See the MIT license for comparison.",
        "We know these licenses: MIT, Apache-2.0, BSD-3-Clause, GPL-2.0-only and MPL-2.0.",
        "| id | name |\n|----|------|\n| MIT | MIT License |\n| ISC | ISC License |\n",
        "Unlike projects released under the GPL, this one asks for nothing in return.",
        "Dependencies that are licensed under the GPL are not accepted.",
        "If this were released under the AGPL, we could not use it.",
        "This was formerly available under the Apache License 2.0.",
        "The detector returns `MIT` for a file that is licensed under the MIT license.",
    ] {
        let found = in_prose(text, &[]);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    const BYTES: usize = 1 << 14;
    for piece in [
        "// ",
        "/*",
        "\"",
        "licensed under the ",
        "GPL version 2 or ",
        "'''\n",
        "{",
        "(",
        "MIT, ",
        "\n",
        "http://a/",
        "<!--",
    ] {
        let text = |bytes: usize| piece.repeat(bytes / piece.len());
        let (short, grown) = (text(BYTES), text(BYTES * pace::LONGER));
        for name in ["a.c", "a.py", "a.ml", "a.html"] {
            let read = |text: &str| drop((in_program(name, text), in_prose(text, &[])));
            let fits = pace::fits(|| read(&short), || read(&grown));
            assert!(fits, "{name} {piece:?} takes longer than its length tells");
        }
    }
}

/// Pieces of notices and marks of comments in any order.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "/*",
        "*/",
        "//",
        "#",
        "\"\"\"",
        "'",
        "\"",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "<!--",
        "-->",
        "é",
        "許可",
        "\u{feff}",
        "licensed under ",
        "the ",
        "GPL",
        "MIT",
        "version 2",
        " or later",
        "+",
        "(",
        ")",
        "License: ",
        "SPDX-License-Identifier:",
        "http://opensource.org/licenses/MIT",
        "and ",
        "or ",
        "REUSE-IgnoreStart",
        "REUSE-IgnoreEnd",
        "BSD",
        "not ",
        ",",
        ".",
        "public domain",
        "Apache License, Version 2.0",
        "as published by the Free Software Foundation; either ",
        "Alternatively, ",
        "`",
        "\\",
        "=",
        "img.shields.io/badge/license-MIT-blue.svg",
    ];
    let any = prop_oneof![4 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => ".{0,6}"];
    prop::collection::vec(any, 0..60).prop_map(|it| it.concat())
}

proptest! {
    #[test]
    fn no_text_breaks_it_and_every_place_fits(text in pieces()) {
        for name in ["a.c", "a.py", "a.html", "a.ml", "a.pl", "a.vue", "a.bat"] {
            for it in in_program(name, &text).iter().chain(&in_prose(&text, &[])) {
                prop_assert!(text.get(it.at.clone()).is_some(), "{it:?}");
                prop_assert!(text.get(it.raw.clone()).is_some_and(|it| !it.is_empty()), "{it:?}");
                prop_assert!(it.at.start <= it.raw.start && it.raw.end <= it.at.end, "{it:?}");
            }
        }
    }
}

/// Files of a corpus that others made, each with the licenses that it is under.
#[test]
fn snippets_of_others_are_known() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    let Ok(table) = fs::read_to_string(root.join("license-files/EXPECTED.tsv")) else {
        eprintln!("skipped: there is no {}", root.display());
        return;
    };
    let keys = fs::read_to_string(root.join("license-files/scancode-keys.tsv")).unwrap();
    let id = |key: &str| {
        let line = keys.lines().find(|it| it.split('\t').next() == Some(key))?;
        line.split('\t').nth(1).filter(|it| !it.is_empty() && !it.contains("LicenseRef"))
    };
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for line in table.lines().filter(|it| it.contains("/scancode/")) {
        let mut columns = line.split('\t');
        let (path, key) = (columns.next().unwrap(), columns.next().unwrap());
        let bytes = fs::read(root.join(path)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        // Of an address alone nobody knows what lies behind it.
        let is_long = text.len() > 4_000;
        if is_long || text.trim().starts_with("http") && text.trim().lines().count() == 1 {
            continue;
        }
        let texts = caveat_core::texts::identify(&text);
        let close = || texts.iter().filter(|it| it.likeness != Likeness::Kindred);
        let spans: Vec<_> = texts.iter().map(|it| it.span.clone()).collect();
        let mut ids: Vec<String> =
            in_prose(&text, &spans).iter().map(|it| means(&text, it)).collect();
        ids.extend(close().map(|it| it.nearest.to_owned()));
        ids.sort();
        ids.dedup();
        if key == "NONE" {
            assert!(ids.is_empty(), "{path}: {ids:?}");
            continue;
        }
        let Some(id) = id(key) else { continue };
        all += 1;
        let alike = |it: &String| it == id || texts.iter().any(|it| it.is(id));
        if ids.len() == 1 && ids.iter().all(alike) {
            right += 1;
        } else {
            wrong.push(format!("{path}: {id}, found {ids:?}"));
        }
    }
    assert!(all > 150 && right * 100 >= all * 85, "{right} of {all}\n{}", wrong.join("\n"));
}
