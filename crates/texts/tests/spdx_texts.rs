//! The texts of the SPDX list, as published and roughly handled, are told apart.

#![allow(clippy::print_stdout, reason = "the share reached is worth seeing with --nocapture")]

use std::fmt::Write as _;

use caveat_texts::{Likeness, Match, identify};
use spdx::text::LICENSE_TEXTS;

/// Whether an id has a license text of its own: some are words of expressions, some old ids have an exception's.
fn has_text(id: &str) -> bool {
    let is_deprecated = spdx::license_id(id).is_some_and(spdx::LicenseId::is_deprecated);
    let is_exception = is_deprecated && id.contains("-with-");
    !is_exception && !["NOASSERTION", "any-OSI"].contains(&id)
}

/// The share of texts that are found as they should be, alone; no text may ever be another license.
fn check(handle: impl Fn(&str, u64) -> String, right: impl Fn(&Match, &str) -> bool, floor: f64) {
    let texts: Vec<_> = LICENSE_TEXTS.iter().filter(|it| has_text(it.0)).collect();
    let mut missed = Vec::new();
    for (seed, (id, text)) in (1_u64..).zip(&texts) {
        let found = identify(&handle(text, seed));
        let other = found.iter().find(|it| it.license().is_some() && !it.is(id));
        assert_eq!(other, None, "{id} read as another license");
        if found.len() != 1 || !right(&found[0], id) {
            let found: Vec<_> = found.iter().map(|it| (it.nearest, it.likeness)).collect();
            missed.push(format!("{id}: {found:?}"));
        }
    }
    let count = |it: usize| f64::from(u32::try_from(it).unwrap_or(u32::MAX));
    let share = 1.0 - count(missed.len()) / count(texts.len());
    println!("{share} of {}, missed:\n{}", texts.len(), missed.join("\n"));
    assert!(share >= floor, "{share} of {}, missed:\n{}", texts.len(), missed.join("\n"));
}

#[test]
fn published_texts_are_their_license_word_for_word() {
    check(|it, _| it.to_owned(), |it, id| it.is(id) && it.license().is_some(), 1.0);
}

#[test]
fn rewrapped_comments_with_another_notice_are_recognized() {
    check(|it, seed| commented(it, seed, 0), Match::is, 0.998);
    check(|it, seed| commented(it, seed, 0), |it, id| it.is(id) && it.license().is_some(), 0.96);
}

#[test]
fn texts_with_a_twentieth_of_the_words_gone_are_recognized_as_changed() {
    const LONG: usize = 600;
    let is_noticed = |it: &Match| it.span.len() < LONG || it.likeness == Likeness::Modified;
    check(|it, seed| commented(it, seed, 20), |it, id| it.is(id) && is_noticed(it), 0.99);
}

/// The text behind comment marks, wrapped anew, under a new notice, and without every n-th word or so.
fn commented(text: &str, seed: u64, without_nth: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut lines = vec!["Copyright (c) 2031 Jane Roe Ltd".to_owned(), String::new()];
    for word in text.split_whitespace() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        if without_nth > 0 && state.is_multiple_of(without_nth) {
            continue;
        }
        match lines.last_mut() {
            Some(line) if line.len() + word.len() < 60 => {
                line.push_str(word);
                line.push(' ');
            }
            Some(_) | None => lines.push(format!("{word} ")),
        }
    }
    lines.iter().fold(String::new(), |mut text, it| {
        let _ = writeln!(text, "// {it}");
        text
    })
}
