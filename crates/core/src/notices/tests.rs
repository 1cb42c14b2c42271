//! The examples of the rules, and what no table can hold.

use super::table::{Kind, table};
use super::{Said, Statement, in_program, in_prose};

fn said(text: &str, it: &Statement) -> String {
    match &it.said {
        Said::Grant(it) => it.clone(),
        Said::Tag | Said::Words => text[it.raw.clone()].to_owned(),
        Said::Text { license, .. } => (*license).to_owned(),
    }
}

fn check(text: &str, expected: &[&str]) {
    let found = in_prose(text, &[]);
    let all: Vec<String> = found.iter().map(|it| said(text, it)).collect();
    assert_eq!(all, expected, "{text}");
}

#[test]
fn every_rule_has_examples_that_hold() {
    let mut wrong = Vec::new();
    for rule in &table().rules {
        assert!(!rule.grants.is_empty() && !rule.silent.is_empty(), "{}", rule.name);
        assert!(rule.means.is_some() == matches!(rule.kind, Kind::Sentence | Kind::Exception));
        for (text, grants) in &rule.grants {
            let found = in_prose(text, &[]);
            let all: Vec<String> = found.iter().map(|it| said(text, it)).collect();
            if !all.iter().any(|it| it == grants) || all.len() != 1 {
                wrong.push(format!("{}: {text:?} grants {grants}, found {all:?}", rule.name));
            }
        }
        for text in &rule.silent {
            let found = in_prose(text, &[]);
            let all: Vec<String> = found.iter().map(|it| said(text, it)).collect();
            if !all.is_empty() {
                wrong.push(format!("{}: {text:?} grants nothing, found {all:?}", rule.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_alternative_is_a_choice() {
    check(
        "The contents of this file are subject to the Mozilla Public License Version 1.1.\n\n\
         Alternatively, the contents of this file may be used under the terms of either the GNU \
         General Public License Version 2 or later (the \"GPL\"), or the GNU Lesser General \
         Public License Version 2.1 or later (the \"LGPL\"), in which case the provisions apply.",
        &["MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later"],
    );
}

#[test]
fn a_notice_is_read_through_the_marks_of_comments() {
    let text = "int a; // GPL\n/*\n * This is free software; you can redistribute it under the terms\n \
                * of the GNU Lesser General Public License as published by the Free\n * Software \
                Foundation; either version 2.1 of the License, or (at\n * your option) any later \
                version.\n */\nchar *b = \"licensed under the MIT license\";\n";
    let found = in_program("a.c", text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(said(text, &found[0]), "LGPL-2.1-or-later");
    let raw = &text[found[0].raw.clone()];
    assert!(
        raw.starts_with("GNU Lesser") && raw.ends_with("any later \n")
            || raw.ends_with(
                "later \
                version"
            ),
        "{raw}"
    );
}
