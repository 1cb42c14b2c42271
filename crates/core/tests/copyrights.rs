//! Copyright statements: whose, since when, and what is none.

use caveat_core::copyrights::copyrights;

/// Each statement as `holder | years | contacts`.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let shown = |it: &caveat_core::copyrights::Copyright| {
        let years: Vec<_> = it.years.iter().map(ToString::to_string).collect();
        let holder = it.holder.as_deref().unwrap_or("?");
        format!("{holder} | {} | {}", years.join(", "), it.contacts.join(", "))
    };
    let found = copyrights(text);
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), expected, "{text}");
    for it in &found {
        assert!(text.get(it.at.clone()).is_some_and(|it| !it.is_empty()), "{text:?} {it:?}");
    }
}

#[test]
fn comments_and_markup_of_all_sorts_are_seen_through() {
    for (before, after) in [
        ("// ", ""),
        ("# ", ""),
        ("/* ", " */"),
        (" * ", ""),
        ("<!-- ", " -->"),
        (";; ", ""),
        ("-- ", ""),
        ("% ", ""),
        ("dnl ", ""),
        ("\"\"\"", "\"\"\""),
        ("  | ", " |"),
        ("<p>", "</p>"),
        ("> ", ""),
        ("puts(\"", "\\n\");"),
        (".\\\" ", ""),
        ("\u{feff}", ""),
    ] {
        check(&format!("{before}Copyright (c) 2019 Jane Doe{after}\n"), &["Jane Doe | 2019 | "]);
    }
    check(
        "<p>&copy; 2021 <a href=\"https://acme.example\">Acme, Inc.</a></p>",
        &["Acme, Inc. | 2021 | "],
    );
    check(
        "**Copyright** © 2022 [Lumen](https://lumen.example)",
        &["Lumen | 2022 | https://lumen.example"],
    );
}

#[test]
fn a_nickname_is_part_of_the_name_and_a_list_elsewhere_of_the_notice() {
    check("Copyright 2020 Tomasz \"Soveu\" Marx", &["Tomasz \"Soveu\" Marx | 2020 | "]);
    check("\"Copyright 2020 Tomasz Marx\" More", &["Tomasz Marx | 2020 | "]);
    let notice = "Copyright (c) 2008-present The Acme developers (see AUTHORS.txt file)";
    check(notice, &["The Acme developers | 2008-present | "]);
    assert_eq!(copyrights(notice)[0].statement, notice);
}

#[test]
fn years_are_lists_ranges_and_open_ends() {
    let of = |years: &str, expected: &str| {
        check(&format!("Copyright {years} Acme Labs"), &[&format!("Acme Labs | {expected} | ")]);
    };
    of("2009, 2010, 2013-2016", "2009, 2010, 2013-2016");
    of("(C) 1998-99,", "1998-1999");
    of("© 2020-present", "2020-present");
    of("2001 - 2004 by", "2001-2004");
    of("1999-2001, 2003 (c)", "1999-2001, 2003");
    check("Copyright (c) Acme Labs 2019-2021.", &["Acme Labs | 2019-2021 | "]);
    check("Copyright (C) 1999, 2000,\n#   2001 Acme Labs", &["Acme Labs | 1999, 2000, 2001 | "]);
}

#[test]
fn holders_end_where_the_sentence_turns() {
    check(
        "Copyright 2014 Acme and/or its affiliates. All rights reserved.",
        &["Acme and/or its affiliates | 2014 | "],
    );
    check("Copyright 2020 The XYZ Authors. All Rights Reserved.", &["The XYZ Authors | 2020 | "]);
    check(
        "(c) 2020 Jane Doe <jane@acme.example>, John Roe (https://roe.example)",
        &["Jane Doe, John Roe | 2020 | jane@acme.example, https://roe.example"],
    );
    check(
        "Copyright (c) Acme Platforms, Inc. and affiliates.",
        &["Acme Platforms, Inc. and affiliates | | ".replace("| |", "|  |").as_str()],
    );
    check("Copyright 2020 Jane Doe Licensed under the MIT license", &["Jane Doe | 2020 | "]);
    check(
        "# Copyright (c) 2015 Jane Doe, John Roe,\n#   Ann Poe and others\n# Permission is granted",
        &["Jane Doe, John Roe, Ann Poe and others | 2015 | "],
    );
    check(
        "SPDX-FileCopyrightText: 2020 Jane Doe <jane@acme.example>",
        &["Jane Doe | 2020 | jane@acme.example"],
    );
    check("SPDX-FileCopyrightText = \"2020 Jane Doe\"", &["Jane Doe | 2020 | "]);
    check("Files: *\nCopyright: 2003, 2004 Rob Roe\n", &["Rob Roe | 2003, 2004 | "]);
    check("copyright = u'2019, Jane Doe'", &["Jane Doe | 2019 | "]);
}

#[test]
fn code_blanks_and_prose_state_nothing() {
    for it in [
        "copyright = get_copyright()",
        "let copyright = \"x\";",
        "Copyright [yyyy] [name of copyright owner]",
        "Copyright (c) <year> <copyright holders>",
        "copyright © {{ year }} {{ owner }}",
        "printf(\"Copyright (C) %d %s\", year, name);",
        "The above copyright notice and this permission notice shall be included",
        "IN NO EVENT SHALL THE COPYRIGHT OWNER OR CONTRIBUTORS BE LIABLE",
        "THE COPYRIGHT\nHOLDERS AND CONTRIBUTORS \"AS IS\"",
        "(c) You must retain, in the Source form of any Derivative Works",
        "function f(a, b) { return (c) / 2020; }",
        "@misc{doe2024, author = {Jane Doe}, title = {Tiny}, year = {2024}}",
        "the WIPO copyright\ntreaty adopted on December 20, 1996",
        "set_copyright(2020); x.copyright(Jane)",
        "Copyright and Related Rights; Copyright Law of 1976",
    ] {
        check(it, &[]);
    }
}

#[test]
fn a_statement_is_repeated_on_one_line_and_keeps_what_limits_it() {
    let statement = |text: &str| copyrights(text)[0].statement.clone();
    assert_eq!(
        statement("/* Portions Copyright (c) 2001 Acme,\n * Inc. All rights reserved */"),
        "Portions Copyright (c) 2001 Acme, Inc."
    );
    assert_eq!(statement("SPDX-FileCopyrightText: 2020 Jane Doe"), "Copyright 2020 Jane Doe");
}

#[test]
fn hostile_text_costs_no_more_than_its_length() {
    for it in [
        "(c)",
        "(c) 2",
        "copyright ",
        "© a, ",
        "Copyright 2000-",
        "<a",
        "[x](",
        "Copyright (c) 2000 A,\n",
    ] {
        let text = it.repeat(200_000);
        assert!(copyrights(&text).len() <= 5_000);
    }
    copyrights("Copyright © 2020 \u{301}\u{202e}大\r\r\n\u{0}©");
}
