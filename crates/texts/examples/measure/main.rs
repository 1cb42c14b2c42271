//! Prints how well and how fast texts are identified: `cargo run --release -p caveat-texts --example measure`.
//!
//! Groups to measure may be named. CORPORA is the folder that has `license-files`; VERBOSE lists what is wrong.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads files and the clock")]
#![allow(clippy::print_stdout, reason = "a benchmark prints its table")]

#[path = "../../tests/files/mod.rs"]
mod files;

mod corpora;
mod handling;

use std::env;
use std::time::Duration;

use caveat_texts::{Likeness, Match, identify, recognize};
use spdx::text::LICENSE_TEXTS;

use corpora::{apache_files, labelled_files, mixed_files, publishers_files};
use handling::handlings;

fn main() {
    let wanted: Vec<String> = env::args().skip(1).collect();
    let is_wanted = |it: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == it);
    let groups: [(&str, fn()); 7] = [
        ("published", published),
        ("handled", handled),
        ("publishers", publishers_files),
        ("labelled", labelled_files),
        ("apache", apache_files),
        ("mixed", mixed_files),
        ("speed", speed),
    ];
    for (_, measure) in groups.iter().filter(|it| is_wanted(it.0)) {
        measure();
    }
}

/// The time this process spent computing.
fn busy() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let spent = stat.split(' ').next().and_then(|it| it.parse().ok());
    Duration::from_nanos(spent.unwrap_or(0))
}

fn since(start: Duration) -> Duration {
    busy().saturating_sub(start)
}

/// Texts of the list that stand for a license of their own.
fn texts() -> Vec<(&'static str, &'static str)> {
    let has_text = |id: &str| {
        let is_deprecated = spdx::license_id(id).is_some_and(spdx::LicenseId::is_deprecated);
        let is_exception = is_deprecated && id.contains("-with-");
        !is_exception && !["NOASSERTION", "any-OSI"].contains(&id)
    };
    LICENSE_TEXTS.iter().copied().filter(|it| has_text(it.0)).collect()
}

fn shown(found: &[Match]) -> String {
    let all: Vec<String> = found
        .iter()
        .map(|it| format!("{} {:?} {:.3}", it.nearest, it.likeness, it.score))
        .collect();
    all.join(", ")
}

/// Of texts as published: those whose ids are answered, alone and word for word.
fn published() {
    let texts = texts();
    let start = busy();
    let found: Vec<Vec<Match>> = texts.iter().map(|it| identify(it.1)).collect();
    let spent = since(start);
    let is_right = |id: &str, found: &[Match]| {
        found.len() == 1 && found[0].is(id) && found[0].likeness == Likeness::Verbatim
    };
    let wrong: Vec<_> =
        texts.iter().zip(&found).filter(|(it, found)| !is_right(it.0, found)).collect();
    println!("published: {} of {}, {spent:?}", texts.len() - wrong.len(), texts.len());
    for (text, found) in wrong {
        println!("    {}: {}", text.0, shown(found));
    }
}

/// Of texts handled in several ways: those whose id is answered, and said to be changed where words went.
fn handled() {
    let texts = texts();
    let verbose = env::var_os("VERBOSE").is_some();
    for handling in handlings() {
        let (mut right, mut said, mut all) = (0, 0, 0);
        let mut wrong = Vec::new();
        let start = busy();
        for (seed, (id, text)) in (handling.seed..).zip(&texts) {
            let left_out = handling.left_out(text, seed);
            let text = handling.apply(text, seed);
            let found = identify(&text);
            all += 1;
            let is_right = found.len() == 1 && found[0].is(id);
            let is_said = is_right && (left_out > 0) == (found[0].likeness != Likeness::Verbatim);
            right += u32::from(is_right);
            said += u32::from(is_said);
            if !is_said {
                wrong.push(format!(
                    "    {id}: {left_out} left out: {}{}",
                    shown(&found),
                    differences(&text, &found)
                ));
            }
        }
        let spent = since(start);
        println!("handled {}: right {right}, said so {said}, of {all}, {spent:?}", handling.name);
        if verbose {
            println!("{}", wrong.join("\n"));
        }
    }
}

/// The first differences with the words around them.
fn differences(text: &str, found: &[Match]) -> String {
    let all = found.iter().flat_map(|it| &it.differences).take(4);
    let around = |at: usize, by: usize| -> String {
        let head: String = text[..at].chars().rev().take(by).collect();
        head.chars().rev().collect()
    };
    let shown = all.map(|it| {
        let after: String = text[it.added.end..].chars().take(25).collect();
        let added = &text[it.added.clone()];
        format!("\n        {:?} +{added:?} -{} {after:?}", around(it.added.start, 30), it.missing)
    });
    shown.collect()
}

/// Times of single texts, and of much of the same.
fn speed() {
    let time = |name: &str, text: &str| {
        let count = (4_000_000 / text.len().max(1)).clamp(1, 200);
        let start = busy();
        for _ in 0..count {
            recognize(text);
        }
        let spent = since(start) / u32::try_from(count).unwrap_or(1);
        println!("speed {name}: {} bytes, {spent:?}", text.len());
    };
    for id in ["MIT", "BSD-3-Clause", "Apache-2.0", "GPL-3.0-only", "CC-BY-4.0", "LGPL-3.0-only"] {
        let text = LICENSE_TEXTS.iter().find(|it| it.0 == id).map_or("", |it| it.1);
        time(id, text);
    }
    let all: String = LICENSE_TEXTS.iter().map(|it| it.1).collect();
    time("all of them", &all);
    time("talk", &"the rights to use copy modify merge ".repeat(60_000));
    time("long line", &"license permission warranty of the software copyright ".repeat(1_000_000));
}
