//! The texts of the SPDX list, as published and roughly handled, are told apart.

use caveat_texts::{Likeness, Match, identify};
use spdx::text::LICENSE_TEXTS;

/// Whether an id has a license text of its own: some are words of expressions, some old ids have an exception's.
fn has_text(id: &str) -> bool {
    let is_deprecated = spdx::license_id(id).is_some_and(|it| it.is_deprecated());
    !["NOASSERTION", "any-OSI"].contains(&id) && !(is_deprecated && id.contains("-with-"))
}

/// The share of texts answered with their own id and nothing else; prints the others.
fn check(handle: impl Fn(&str, u64) -> String, right: impl Fn(&Match, &str) -> bool, floor: f64) {
    let texts: Vec<_> = LICENSE_TEXTS.iter().filter(|it| has_text(it.0)).collect();
    let mut missed = Vec::new();
    for (seed, (id, text)) in (1_u64..).zip(&texts) {
        let found = identify(&handle(text, seed));
        if found.len() != 1 || !right(&found[0], id) {
            let found: Vec<_> = found.iter().map(|it| (it.nearest, it.likeness)).collect();
            missed.push(format!("{id}: {found:?}"));
        }
    }
    let (all, missed_count) = (f64::from(u32::try_from(texts.len()).unwrap()), missed.len());
    let share = 1.0 - f64::from(u32::try_from(missed_count).unwrap()) / all;
    assert!(share >= floor, "{share} of {all}, missed:\n{}", missed.join("\n"));
}

#[test]
fn published_texts_are_their_license_word_for_word() {
    check(|it, _| it.to_owned(), |it, id| it.is(id) && it.license().is_some(), 0.995);
}

#[test]
fn no_text_is_taken_for_another_license() {
    for (id, text) in LICENSE_TEXTS {
        for found in identify(text) {
            assert!(found.is(id), "{id} read as {found:?}");
        }
    }
}

#[test]
fn rewrapped_comments_with_another_notice_are_recognized() {
    check(|it, seed| commented(it, seed, 0), |it, id| it.is(id), 0.99);
}

#[test]
fn texts_with_a_twentieth_of_the_words_gone_are_recognized() {
    check(|it, seed| commented(it, seed, 20), |it, id| it.is(id), 0.97);
}

#[test]
fn losing_words_is_seen() {
    let long = |it: &Match| it.span.len() > 3000;
    check(
        |it, seed| commented(it, seed, 20),
        |it, _| !long(it) || it.likeness != Likeness::Verbatim,
        0.97,
    );
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
    lines.iter().map(|it| format!("// {it}\n")).collect()
}
