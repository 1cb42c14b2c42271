//! What is understood of an expression, and what is said about the way it is written.

use caveat_core::expression::{Expression, Leaf, Licensed, NoteKind, parse, parse_with};
use caveat_core::source::{SourceId, Span};

fn at(text: &str) -> Span {
    Span::new(SourceId(0), 0..text.len())
}

/// Reads `text` and compares the canonical text of the expression (empty for none) and the notes,
/// each as `kind: what it points at -> what to write instead`.
#[track_caller]
fn check(text: &str, expected: &str, notes: &[&str]) {
    let known = |name: &str| match name.to_ascii_lowercase().as_str() {
        "licenseref-llama-3.1-community" | "llama3.1" => Some("LicenseRef-Llama-3.1-Community"),
        _ => None,
    };
    let parsed = parse_with(text, at(text), &known);
    let said = parsed.notes.iter().map(|it| {
        let instead = it.instead.as_ref().map(|it| format!(" -> {it}")).unwrap_or_default();
        format!("{:?}: {}{instead}", it.kind, &text[it.at.range()])
    });
    assert_eq!(said.collect::<Vec<_>>(), notes, "{text:?}: {:#?}", parsed.notes);
    let shown = parsed.expression.map(|it| it.to_string()).unwrap_or_default();
    assert_eq!(shown, expected, "{text:?}");
}

#[test]
fn case_and_brackets_become_canonical_without_a_word() {
    check("apache-2.0", "Apache-2.0", &[]);
    check("mit or (bsd-3-clause and (isc))", "MIT OR BSD-3-Clause AND ISC", &[]);
    check("(MIT OR ISC) AND Zlib", "(MIT OR ISC) AND Zlib", &[]);
    check("(MIT AND (ISC AND Zlib)) OR (0BSD OR X11)", "MIT AND ISC AND Zlib OR 0BSD OR X11", &[]);
    check(" MPL-1.1+\n", "MPL-1.1+", &[]);
    check("APACHE-2.0 with llvm-EXCEPTION", "Apache-2.0 WITH LLVM-exception", &[]);
    check("none", "NONE", &[]);
    check("NoAssertion", "NOASSERTION", &[]);
}

#[test]
fn references_take_the_case_that_the_caller_knows() {
    check("licenseref-llama-3.1-COMMUNITY", "LicenseRef-Llama-3.1-Community", &[]);
    check("LICENSEREF-My-Own", "LicenseRef-My-Own", &[]);
    check(
        "documentref-x:licenseref-y WITH DOCUMENTREF-x:additionref-z",
        "DocumentRef-x:LicenseRef-y WITH DocumentRef-x:AdditionRef-z",
        &[],
    );
    check(
        "MIT AND llama3.1",
        "MIT AND LicenseRef-Llama-3.1-Community",
        &["Alias: llama3.1 -> LicenseRef-Llama-3.1-Community"],
    );
    check("LicenseRef-a_b", "LicenseRef-a_b", &["OddReference: LicenseRef-a_b"]);
    check("LicenseRef-a+", "LicenseRef-a", &["NeedlessPlus: LicenseRef-a+ -> LicenseRef-a"]);
    check("LicenseRef-", "LicenseRef-", &["UnknownLicense: LicenseRef-"]);
}

#[test]
fn a_deprecated_id_gives_way_to_what_means_the_same() {
    check("gpl-2.0+", "GPL-2.0-or-later", &["Deprecated: gpl-2.0+ -> GPL-2.0-or-later"]);
    check("AGPL-3.0+", "AGPL-3.0-or-later", &["Deprecated: AGPL-3.0+ -> AGPL-3.0-or-later"]);
    check("StandardML-NJ", "SMLNJ", &["Deprecated: StandardML-NJ -> SMLNJ"]);
    check(
        "eCos-2.0 OR MIT",
        "GPL-2.0-or-later WITH eCos-exception-2.0 OR MIT",
        &["Deprecated: eCos-2.0 -> GPL-2.0-or-later WITH eCos-exception-2.0"],
    );
    check(
        "GPL-2.0-with-classpath-exception",
        "GPL-2.0-only WITH Classpath-exception-2.0",
        &[
            "Deprecated: GPL-2.0-with-classpath-exception -> GPL-2.0-only WITH Classpath-exception-2.0",
        ],
    );
    check(
        "GPL-3.0-with-GCC-exception+",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        &["Deprecated: GPL-3.0-with-GCC-exception+ -> GPL-3.0-or-later WITH GCC-exception-3.1"],
    );
    check(
        "LGPL-2.1 WITH Nokia-Qt-exception-1.1",
        "LGPL-2.1-only WITH Qt-LGPL-exception-1.1",
        &[
            "Deprecated: LGPL-2.1 -> LGPL-2.1-only",
            "Deprecated: Nokia-Qt-exception-1.1 -> Qt-LGPL-exception-1.1",
        ],
    );
}

#[test]
fn a_deprecated_id_stays_where_anything_else_would_be_a_guess() {
    check("Net-SNMP", "Net-SNMP", &["Deprecated: Net-SNMP"]);
    check("wxWindows+", "wxWindows+", &["Deprecated: wxWindows"]);
    check(
        "GPL-2.0-with-classpath-exception WITH GCC-exception-2.0",
        "GPL-2.0-with-classpath-exception WITH GCC-exception-2.0",
        &["Deprecated: GPL-2.0-with-classpath-exception"],
    );
}

#[test]
fn a_bare_gnu_version_is_read_as_spdx_reads_it_and_the_note_says_what_may_be_meant() {
    let parsed = parse("GPL-3.0", at("GPL-3.0"));
    assert_eq!(parsed.expression.unwrap().to_string(), "GPL-3.0-only");
    let [note] = parsed.notes.as_slice() else { panic!("{:?}", parsed.notes) };
    assert_eq!(note.kind.rule(), "deprecated-license-id");
    assert!(note.message.contains("SPDX reads it as `GPL-3.0-only`"), "{}", note.message);
    assert!(note.help.as_ref().unwrap().contains("`GPL-3.0-or-later`"), "{:?}", note.help);
}

#[test]
fn an_unknown_word_stays_a_license_and_the_rest_is_understood() {
    check(
        "Apahce-2.0 AND GPL-3.0-only",
        "Apahce-2.0 AND GPL-3.0-only",
        &["UnknownLicense: Apahce-2.0 -> Apache-2.0"],
    );
    check("BSD", "BSD", &["UnknownLicense: BSD"]);
    check("LLVM-exception", "LLVM-exception", &["UnknownLicense: LLVM-exception"]);
    check(
        "GPL-2.0-only WITH claspath-exception-2.0",
        "GPL-2.0-only WITH claspath-exception-2.0",
        &["UnknownException: claspath-exception-2.0 -> Classpath-exception-2.0"],
    );
    let help = |text| parse(text, at(text)).notes[0].help.clone().unwrap_or_default();
    assert_eq!(
        help("LGPL-2.1-only WITH MIT"),
        "it is a license; behind `WITH` there is an exception"
    );
    assert_eq!(help("Apache"), "say which: `Apache-1.0`, `Apache-1.1`, `Apache-2.0`");
}

#[test]
fn what_is_nearly_right_is_read_and_noted() {
    check("MIT/Apache-2.0", "MIT OR Apache-2.0", &["Slash: / ->  OR "]);
    check("(MIT / ISC) AND Zlib", "(MIT OR ISC) AND Zlib", &["Slash: / ->  OR "]);
    check("MIT Or ISC", "MIT OR ISC", &["MixedCase: Or -> OR"]);
    check("MPL-1.1 +", "MPL-1.1+", &["SpacedPlus: MPL-1.1 + -> MPL-1.1+"]);
    check(
        "GPL-2.0-or-later+",
        "GPL-2.0-or-later",
        &["NeedlessPlus: GPL-2.0-or-later+ -> GPL-2.0-or-later"],
    );
    check("GPL-2.0-only+", "GPL-2.0-only", &["NeedlessPlus: GPL-2.0-only+ -> GPL-2.0-only"]);
    check(
        "MIT WITH LLVM-exception",
        "MIT WITH LLVM-exception",
        &["ForeignException: LLVM-exception"],
    );
    check("MIT AND NOASSERTION", "MIT AND NOASSERTION", &["NotAlone: NOASSERTION"]);
}

#[test]
fn what_is_no_expression_says_where_it_ends_to_be_one() {
    check("", "", &["Empty: "]);
    check(" \t", "", &["Empty:  \t"]);
    check("MIT AND", "", &["Syntax: AND"]);
    check("OR MIT", "", &["Syntax: OR"]);
    check("(MIT", "", &["Syntax: ("]);
    check("MIT)", "", &["Syntax: )"]);
    check("()", "", &["Syntax: )"]);
    check("MIT ISC", "", &["Syntax: ISC"]);
    check("MIT, ISC", "", &["Syntax: ,"]);
    check("MIT && ISC", "", &["Syntax: &&"]);
    check("MIT WITH", "", &["Syntax: WITH"]);
    check("MIT WITH (ISC)", "", &["Syntax: WITH"]);
    check("(MIT) WITH LLVM-exception", "", &["Syntax: WITH"]);
    check("MIT WITH fmt-exception WITH fmt-exception", "", &["Syntax: WITH"]);
    check("MPL-1.1++", "", &["Syntax: +"]);
    check("NONE+", "", &["Syntax: +"]);
    check("„MIT“", "", &["Syntax: „"]);
    check("N/A", "", &["UnknownLicense: N", "Syntax: /", "UnknownLicense: A"]);
    check("MIT/ISC AND Zlib", "", &["Syntax: /"]);
    check("https://mit-license.org/", "", &["UnknownLicense: https:", "Syntax: /"]);
}

#[test]
fn a_license_spans_its_plus_and_its_exception() {
    let text = "MIT OR ( apache-2.0+ with LLVM-exception )";
    let expression = parse(text, at(text)).expression.unwrap();
    let spans: Vec<_> = expression.licenses().map(|it| &text[it.at.range()]).collect();
    assert_eq!(spans, ["MIT", "apache-2.0+ with LLVM-exception"]);
    let with = expression.licenses().find_map(|it: &Licensed| it.with.clone()).unwrap();
    assert_eq!(&text[with.at.range()], "LLVM-exception");
    assert_eq!(&text[expression.at().range()], "MIT OR ( apache-2.0+ with LLVM-exception");
}

#[test]
fn where_escapes_shift_the_text_the_whole_stands_for_each_part() {
    let whole = Span::new(SourceId(3), 10..40);
    let parsed = parse("MIT OR GPL-2.0", whole);
    assert_eq!(parsed.notes[0].at, whole);
    assert!(parsed.expression.unwrap().leaves().map(Leaf::at).all(|it| it == whole));
}

#[test]
fn deep_and_long_input_is_refused_at_once() {
    let refusal = |text: &str| {
        let parsed = parse(text, at(text));
        assert!(parsed.expression.is_none());
        parsed.notes.last().unwrap().kind
    };
    assert_eq!(refusal(&"(".repeat(100_000)), NoteKind::TooLong);
    assert_eq!(refusal(&"(".repeat(60_000)), NoteKind::TooDeep);
    assert_eq!(refusal(&"MIT OR ".repeat(150_000)), NoteKind::TooLong);
    let fits = format!("{}MIT{}", "(".repeat(64), ")".repeat(64));
    check(&fits, "MIT", &[]);
}

#[test]
fn parts_are_joined_flat() {
    let one = |text: &str| parse(text, at(text)).expression.unwrap();
    let all = Expression::all([one("MIT AND ISC"), one("Zlib OR X11"), one("0BSD")]).unwrap();
    assert_eq!(all.to_string(), "MIT AND ISC AND (Zlib OR X11) AND 0BSD");
    assert_eq!(Expression::any([one("MIT")]).unwrap().to_string(), "MIT");
    assert_eq!(Expression::any([]), None);
}
