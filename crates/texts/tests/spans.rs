//! What is found where: a place cut out is the same license, and nothing found hides something else.

#![expect(clippy::disallowed_methods, reason = "a test reads files of the repository")]
#![allow(clippy::print_stdout, reason = "a test that cannot run has to say so")]

mod files;

use std::fs;
use std::path::{Path, PathBuf};

use caveat_texts::{Likeness, Match, recognize};
use spdx::text::LICENSE_TEXTS;

use files::walk;

/// A text cut out where it was found is found again, as the same and in all of its length.
fn check(name: &str, text: &str) -> (usize, Vec<String>) {
    let found = recognize(text);
    let differs = |it: &&Match| {
        let cut = &text[it.span.clone()];
        let again = recognize(cut);
        let is_same = |again: &Match| again.nearest == it.nearest && again.span == (0..cut.len());
        !(again.len() == 1 && is_same(&again[0]))
    };
    let lost = found.iter().filter(differs);
    let lost = lost.map(|it| format!("{name}: {} {:?} {:?}", it.nearest, it.likeness, it.span));
    (found.len(), lost.collect())
}

fn check_all(texts: impl Iterator<Item = (String, String)>, least_share: f64) {
    let (mut count, mut lost) = (0, Vec::new());
    for (name, text) in texts {
        let (found, missed) = check(&name, &text);
        count += found;
        lost.extend(missed);
    }
    let number = |it: usize| f64::from(u32::try_from(it).unwrap_or(u32::MAX));
    let share = 1.0 - number(lost.len()) / number(count.max(1));
    println!("{share} of {count} found again, apart from:\n{}", lost.join("\n"));
    assert!(share >= least_share, "{share} of {count}, lost:\n{}", lost.join("\n"));
}

#[test]
fn a_published_text_cut_out_is_found_again() {
    let texts = LICENSE_TEXTS.iter().map(|it| {
        (it.0.to_owned(), format!("Files of the whole project.\n\n{}\n\nThe end of it.\n", it.1))
    });
    check_all(texts, 0.99);
}

#[test]
fn what_real_files_hold_cut_out_is_found_again() {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let root = above.map(|it| it.join("shared/corpora/license-files")).find(|it| it.is_dir());
    let Some(root) = root else {
        println!("skipped: shared/corpora/license-files is not at hand");
        return;
    };
    let text = |it: &PathBuf| {
        let bytes = fs::read(it).unwrap_or_default();
        (it.display().to_string(), String::from_utf8_lossy(&bytes).into_owned())
    };
    check_all(walk(&root).iter().map(text), 0.97);
}

/// Three licenses one after the other are found one after the other, whole, and with nothing between them lost.
#[test]
fn three_licenses_in_a_row_are_three_places() {
    const LINE: usize = 100;
    let long = |it: &&(&str, &str)| {
        it.1.len() > 900 && spdx::license_id(it.0).is_some_and(|it| !it.is_deprecated())
    };
    let texts: Vec<_> = LICENSE_TEXTS.iter().filter(long).collect();
    let (mut all, mut wrong) = (0, Vec::new());
    for (at, first) in texts.iter().enumerate() {
        let parts = [first, texts[(at * 7 + 3) % texts.len()], texts[(at * 13 + 5) % texts.len()]];
        let alone = parts.map(|it| recognize(it.1));
        if alone.iter().any(|it| it.len() != 1 || it[0].likeness != Likeness::Verbatim) {
            continue;
        }
        let joined = parts.map(|it| it.1).join("\n\n");
        let found = recognize(&joined);
        let mut start = 0;
        let mut is_right = found.len() == parts.len();
        for ((part, alone), found) in parts.iter().zip(&alone).zip(&found) {
            let wanted = start + alone[0].span.start..start + alone[0].span.end;
            is_right &= found.is(part.0)
                && found.span.start.abs_diff(wanted.start) <= LINE
                && found.span.end.abs_diff(wanted.end) <= LINE;
            start += part.1.len() + 2;
        }
        is_right &= found.windows(2).all(|it| it[0].span.end <= it[1].span.start);
        all += 1;
        if !is_right {
            let ids: Vec<_> = found.iter().map(|it| (it.nearest, it.span.clone())).collect();
            wrong.push(format!("{:?}: {ids:?}", parts.map(|it| it.0)));
        }
    }
    println!("{} of {all} rows wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(wrong.len() * 50 <= all, "{} of {all} rows wrong:\n{}", wrong.len(), wrong.join("\n"));
}
