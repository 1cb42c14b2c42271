//! `caveat reuse`: each clause of the specification, on the smallest project that shows it.

use crate::project::Project;

const TAGS: &str = "# SPDX-FileCopyrightText: 2024 Jane Doe <jane@acme.example>\n\
    # SPDX-License-Identifier: MIT\n";
const MIT: &str = "LICENSES/MIT.txt";

/// A project of these files.
fn project(files: &[(&str, &str)]) -> Project {
    files.iter().fold(Project::new(), |project, (path, text)| project.with(path, text))
}

/// What is wrong with a project in which one text of MIT lies, as `kind place`, in order.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let ran = project(files).with(MIT, "the text").run(&["reuse", "--format", "concise"]);
    let line = |it: &str| {
        let (place, rest) = it.split_once(": error[reuse-")?;
        let (kind, _) = rest.split_once(']')?;
        let place = place.strip_suffix(":1:1").unwrap_or(place);
        Some(format!("{kind} {place}"))
    };
    let found: Vec<_> = ran.out.lines().filter_map(line).collect();
    assert_eq!(found, expected, "{}{}", ran.out, ran.err);
    assert_eq!(ran.code, Some(i32::from(!expected.is_empty())));
}

/// Annotations for all files of a folder.
fn toml(path: &str, precedence: &str, license: &str) -> String {
    format!(
        "version = 1\n[[annotations]]\npath = \"{path}\"\nprecedence = \"{precedence}\"\n\
         SPDX-FileCopyrightText = \"2024 Jane\"\nSPDX-License-Identifier = \"{license}\"\n"
    )
}

#[test]
fn a_header_a_sidecar_or_annotations_speak_for_a_file() {
    check(&[("a.py", TAGS)], &[]);
    check(&[("a.png", "\0\u{1}"), ("a.png.license", TAGS)], &[]);
    check(&[("a.png", "\0\u{1}"), ("b.py", TAGS)], &["no-information a.png"]);
    check(&[("a", "x"), ("s/b", "x"), ("REUSE.toml", &toml("**", "closest", "MIT"))], &[]);
    check(
        &[
            (".reuse/dep5", "Files: po/* x?.y\nCopyright: 2019 Jane\nLicense: MIT\n"),
            ("po/a/b", "x"),
            ("xa.y", "x"),
            ("xab.y", "x"),
        ],
        &["no-information xab.y"],
    );
}

#[test]
fn what_is_not_covered_says_nothing() {
    check(
        &[
            ("a.py", TAGS),
            ("LICENSE-MIT", "x"),
            ("s/COPYING.md", "x"),
            ("empty", ""),
            ("b.spdx.json", "x"),
            (".gitignore", &format!("{TAGS}*.o\n")),
            ("a.o", "x"),
            ("meson.build", TAGS),
            ("subprojects/b/c.c", "x"),
            ("v/.git/HEAD", "x"),
            ("v/d.c", "x"),
            ("LICENSEX", "x"),
        ],
        &["no-information LICENSEX"],
    );
}

#[test]
fn a_notice_names_its_holder_and_a_sentence_is_no_notice() {
    let license = "\n// SPDX-License-Identifier: MIT\n";
    let with = |notice: &str| format!("{notice}{license}");
    for it in [
        "/* Copyright (c) 2020 Jane Doe */",
        "<!-- © Acme Corp <https://acme.example> -->",
        "; Copyright 2016, 2018-2019 Joe Anybody",
        "#### SPDX-FileCopyrightText: © Acme ####",
        "rem Copyright The Acme Authors",
    ] {
        check(&[("a", &with(it))], &[]);
    }
    for it in [
        "// (c) 2020 Jane Doe",
        "// copyright 2020 Jane Doe",
        "SPDX-FileCopyrightText: 2020",
        "All Copyright notices must stay.",
        "Copyright [yyyy] [name of copyright owner]",
    ] {
        check(&[("a", &with(it))], &["no-copyright a"]);
    }
    let on_one_line = "/* Copyright 2020 J. Doe SPDX-License-Identifier: MIT */\n";
    check(&[("a.c", on_one_line)], &[]);
}

#[test]
fn the_nearest_speaks_unless_one_overrides_or_adds() {
    let isc = TAGS.replace("MIT", "ISC");
    let only = |text: &str, toml: &str, expected: &[&str]| {
        check(&[("s/a", text), ("REUSE.toml", toml)], expected);
    };
    let closest = toml("**", "closest", "MIT");
    only("// SPDX-License-Identifier: MIT", &toml("**", "closest", "ISC"), &[]);
    only(&isc, &closest, &["missing-text s/a:2:28", "unused-text LICENSES/MIT.txt"]);
    only(&isc, &toml("**", "aggregate", "MIT"), &["missing-text s/a:2:28"]);
    only(&isc, &toml("**", "override", "MIT"), &[]);
    // The outermost that overrides is heard alone; what lies above it and fills is not heard.
    let inner = toml("a", "override", "MIT");
    for outer in [toml("**", "override", "MIT"), toml("**", "closest", "ISC")] {
        check(&[("s/a", &isc), ("s/REUSE.toml", &inner), ("REUSE.toml", &outer)], &[]);
    }
    let last = format!("{}{}", closest, closest.replace("version = 1", "").replace("MIT", "Zlib"));
    check(
        &[("a", "x"), ("REUSE.toml", &last)],
        &["missing-text REUSE.toml:12:28", "unused-text LICENSES/MIT.txt"],
    );
}

#[test]
fn annotations_that_break_the_rules_are_told_with_their_place() {
    let broken = "[[annotations]]\nprecedence = \"nearest\"\npath = \"../a\"\n[[annotations]]\n";
    check(
        &[("a", TAGS), ("REUSE.toml", broken)],
        &[
            "bad-annotations REUSE.toml",
            "bad-annotations REUSE.toml:2:15",
            "bad-annotations REUSE.toml:3:9",
            "bad-annotations REUSE.toml:4:1",
        ],
    );
    let both = [("a", TAGS), ("REUSE.toml", "version = 1"), (".reuse/dep5", "Files: *\n")];
    check(&both, &["bad-annotations .reuse/dep5"]);
}

#[test]
fn what_is_to_be_ignored_and_what_is_a_snippet_is_not_the_files() {
    let snippet =
        |end: &str| format!("{TAGS}# SPDX-SnippetBegin\n# SPDX-License-Identifier: ISC\n{end}\n");
    check(&[("a", &snippet("# SPDX-SnippetEnd"))], &["missing-text a:4:28"]);
    check(&[("a", &snippet(""))], &["missing-text a:4:28", "open-snippet a:3:3"]);
    let alone = snippet("# SPDX-SnippetEnd").replace(TAGS, "");
    check(&[("a", &alone), ("b", TAGS)], &["no-information a", "missing-text a:2:28"]);
    let quoted = "echo \"SPDX-License-Identifier: ISC\" > a\n";
    check(&[("a", &format!("{TAGS}{quoted}"))], &["invalid-expression a:3:32"]);
    let ignored = format!("{TAGS}# REUSE-IgnoreStart\n{quoted}# REUSE-IgnoreEnd\n");
    check(&[("a", &ignored)], &[]);
}

#[test]
fn texts_are_those_of_licenses_in_use_and_called_by_their_ids() {
    let under = |license: &str| TAGS.replace("MIT", license);
    let all = under("MIT AND (GPL-3.0-or-later WITH Classpath-exception-2.0 OR LicenseRef-own.1)");
    check(
        &[
            ("a", &all),
            ("LICENSES/GPL-3.0-or-later.txt", "x"),
            ("LICENSES/Classpath-exception-2.0.md", "x"),
            ("LICENSES/LicenseRef-own.1.txt", "x"),
        ],
        &[],
    );
    check(
        &[
            ("a", TAGS),
            ("b", &under("ISC")),
            ("c", &under("Foo-1.0")),
            ("d", &under("GPL-3.0")),
            ("e", &under("MIT OR")),
            ("f", &under("NOASSERTION")),
            ("LICENSES/ISC", "x"),
            ("LICENSES/GPL-3.0.txt", "x"),
            ("LICENSES/Zlib.txt", ""),
            ("LICENSES/README.md", "x"),
            ("LICENSES/MIT.md", "x"),
        ],
        &[
            "invalid-expression e:2:28",
            "invalid-expression f:2:28",
            "unknown-id c:2:28",
            "unknown-id LICENSES/README.md",
            "deprecated-id LICENSES/GPL-3.0.txt",
            "deprecated-id d:2:28",
            "unused-text LICENSES/Zlib.txt",
            "no-extension LICENSES/ISC",
            "double-text LICENSES/MIT.md",
            "double-text LICENSES/MIT.txt",
            "wrong-text LICENSES/Zlib.txt",
        ],
    );
}

#[test]
fn every_format_tells_what_is_wrong() {
    let project = project(&[("a.py", "x\n"), ("b.py", &TAGS.replace("MIT", "ISC"))]);
    for it in caveat::report::formats::FORMATS {
        let ran = project.run(&["reuse", "--format", it.name]);
        assert_eq!(ran.code, Some(1), "{}: {}", it.name, ran.err);
        for wanted in ["reuse-no-information", "a.py", "reuse-missing-text", "b.py", "ISC"] {
            assert!(ran.out.contains(wanted), "{}: {wanted}\n{}", it.name, ran.out);
        }
    }
}

#[test]
fn files_are_judged_alone_and_a_project_needs_one() {
    let project = project(&[("a.py", "x\n"), ("b.py", TAGS), (MIT, "the text")]);
    assert_eq!(project.run(&["reuse", "b.py"]).code, Some(0));
    let ran = project.run(&["reuse", "b.py", "a.py"]);
    assert!(ran.code == Some(1) && ran.out.contains("`a.py` states neither"), "{}", ran.out);
    assert_eq!(project.run(&["reuse", "c.py"]).code, Some(2));
    assert_eq!(Project::of("LICENSE", "x").run(&["reuse"]).code, Some(2));
    let quiet = project.run(&["reuse", "-q", "b.py"]);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
}
