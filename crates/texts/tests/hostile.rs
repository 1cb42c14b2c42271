//! Input of any kind and size: no panic, spans that can be cut out, and an end in time.

#![expect(clippy::disallowed_methods, reason = "a test compares the times that inputs take")]

use std::time::{Duration, Instant};

use caveat_texts::{Entry, Fingerprint, Kind, looks_like_license, recognize};
use spdx::text::LICENSE_TEXTS;

/// Spans lie inside the text, on borders of characters, in order and apart.
fn check(text: &str) {
    looks_like_license(text);
    let mut end = 0;
    for found in recognize(text) {
        assert!(found.span.start >= end && found.span.start < found.span.end, "{found:?}");
        assert!(text.get(found.span.clone()).is_some(), "{found:?}");
        assert!((0.0..=1.0).contains(&found.score), "{found:?}");
        assert!(!found.aliases.contains(&found.nearest), "{found:?}");
        end = found.span.end;
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % sides.max(1)
    }
}

const SCRAPS: &[&str] = &[
    "<",
    ">",
    "</",
    "<!--",
    "[",
    "]",
    "[yyyy]",
    "{{",
    "}}",
    "&",
    "&amp;",
    "-\n",
    "‑",
    "’",
    "\u{feff}",
    "許可",
    "é",
    "\0",
    "(c)",
    "Copyright",
    "©",
    " 2020 ",
    "\r\n",
    "\n\n",
    "http://",
    "www.",
    "1.",
    "(iv)",
    "3.1",
    "dnl ",
    "REM ",
    "# ",
    " * ",
    "all rights reserved",
    "ﬁ",
    "İ",
    "ß",
    "\u{ad}",
    "🦀",
];

#[test]
fn licenses_torn_and_mixed_with_scraps() {
    let mut dice = Dice(0x5eed);
    for _ in 0..400 {
        let mut text = String::new();
        for _ in 0..dice.roll(12) {
            let piece = LICENSE_TEXTS[dice.roll(LICENSE_TEXTS.len())].1;
            let from = floor(piece, dice.roll(piece.len()));
            let to = floor(piece, from + dice.roll(3000));
            text.push_str(&piece[from..to]);
            for _ in 0..dice.roll(6) {
                text.push_str(SCRAPS[dice.roll(SCRAPS.len())]);
            }
        }
        check(&text);
    }
}

#[test]
fn scraps_alone() {
    let mut dice = Dice(0xca7);
    for _ in 0..2000 {
        let text: String = (0..dice.roll(60)).map(|_| SCRAPS[dice.roll(SCRAPS.len())]).collect();
        check(&text);
    }
    for scrap in SCRAPS {
        check(scrap);
    }
}

/// The least time that a few runs take: what else the machine does can only add to it.
fn least_time(input: &str) -> Duration {
    const RUNS: usize = 3;
    let times = (0..RUNS).map(|_| {
        let start = Instant::now();
        check(input);
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

/// Four times the input may take four times as long, with much to spare; a quadratic step takes sixteen times.
#[test]
fn four_times_the_input_takes_no_more_than_about_four_times_as_long() {
    const LENGTH: usize = 150_000;
    const SPARE: u32 = 2;
    const TRIES: usize = 6;
    const NOISE: Duration = Duration::from_millis(20);
    let mit = LICENSE_TEXTS.iter().find(|it| it.0 == "MIT").unwrap().1;
    let all: String = LICENSE_TEXTS.iter().map(|it| it.1).collect();
    let pieces = [
        "a",
        "<",
        "[",
        "&",
        "-\n",
        "\r",
        "a- ",
        "1. ",
        "- - ",
        "c ",
        "copyright ",
        "Copyright (c) 2020 A ",
        "of the software ",
        "license permission warranty of the software copyright ",
        "the rights to use copy modify merge ",
        "\\par ",
        mit,
        &all,
    ];
    for piece in pieces {
        // Whatever is not read as a license at all is passed by quickly.
        let input = |length: usize| {
            let mut text = format!("license {}", piece.repeat(length / piece.len() + 1));
            text.truncate(floor(&text, length));
            text
        };
        let (one, four) = (input(LENGTH), input(4 * LENGTH));
        // A busy machine may slow one of the two: what grows too fast does so every time.
        let mut tries = (0..TRIES).map(|_| (least_time(&one), least_time(&four)));
        let fits = tries.any(|(one, four)| four <= one * 4 * SPARE + NOISE);
        let head: String = piece.chars().take(20).collect();
        assert!(fits, "{head:?}: {:?}, then {:?}", least_time(&one), least_time(&four));
    }
}

#[test]
fn a_line_of_fifty_megabytes_ends() {
    check(&"license permission warranty of the software copyright ".repeat(1_000_000));
}

#[test]
fn fingerprints_are_read_as_written() {
    let text = Fingerprint { words: 5, core: 1..4, grams: vec![1, u32::MAX, 7] };
    let entry = Entry { id: "LicenseRef-house".to_owned(), kind: Kind::License, text };
    assert_eq!(Entry::parse(&entry.print()), Ok(entry.clone()));
    for (bad, good) in [
        ("kind law", "kind license"),
        ("words x", "words 5"),
        ("core 4 1", "core 1 4"),
        ("words 9", "words 5"),
    ] {
        assert!(Entry::parse(&entry.print().replace(good, bad)).is_err(), "{bad}");
    }
    assert!(Entry::parse("").is_err());
    assert!(Entry::parse(&entry.print().replace("ffffffff", "fffé")).is_err());
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
