//! No text makes a reader panic, and every span is where its value is written.

#![expect(clippy::disallowed_methods, reason = "a test bounds its time")]

mod pace;
mod reading;

use caveat_core::reading::{Meant, Reading};
use caveat_core::source::{Source, Span};

const CARD: &str = "\u{feff}---\r\nlicense: [mit, \"other\"] # é\r\nlicense_name: 'ünï'\r\nlicense_link: {a: b}\r\nbase_model:\r\n- acme/base\r\n- id: x/y\r\ntags: ['base_model:adapter:a/b', &a merge, *a]\r\ndatasets: {squad, x: y}\r\nsource_datasets:\n- extended|other-é|b\nmodel_name: a/b-1\nx: |\n  block\n  text\n? [complex]\n: \"q\\u00e9\"\n---\r# Tiny 🦙\n\n## 1. License\n\nCode is licensed under [the MIT License](C), weights under **`CC BY 4.0`** (é).\n- **License:** [Lïcense](http://é.example) — x\n| License | “MIT” |\n**License**\nThis model is licensed under <a href=\"https://a.example/license\">é</a>\n```\ncode\n```\n<!-- x\n--> License: MIT\n";

const BROKEN: &str = "text\n\n---\nlicense: [é](LICENSE)\nbase_model: [a, 'b', \"c\n  - x # y\n- \"é\"\ntags:\n- é\n- \"\nlicence: \"\n---\nThis work is licensed under the é License, Version 2.0, and the B License (CC é).";

const JSON: &str = "\u{feff}{\"base_model_name_or_path\": \"é/\\u0041\", // c\n 'revision': [1, 2e5, null,], architectures: {\"x\": true}, \"_name_or_path\": \"\"}";

const YAML: &str = "merge_method: é\nmodels:\n- model: a/é@v+é@é\n- model: {model: {path: é}, lora: [é]}\nslices: [{sources: [{model: '+@'}]}]\nbase_model: \"\\u00e9@+\"\n---\n- x\n";

const NAMES: &[&str] = &[
    "README.md",
    "x.md",
    "model_card.md",
    "adapter_config.json",
    "config.json",
    "mergekit_config.yml",
];

/// Every span in bounds and on character boundaries; every value where it is written.
fn check(source: &Source, reading: &Reading) {
    let fits =
        |it: Span| assert!(source.text.get(it.range()).is_some(), "{it:?} {:?}", source.text);
    // A value that is not where it says must have been written with quotes' escapes or folded lines.
    let written = |at: Span, value: &str| {
        fits(at);
        let there = source.slice(at);
        let is_plain = !there.contains(['\\', '\'', '\n', '\r', '|', '"']);
        assert!(there == value || !is_plain, "{value:?} is not {there:?} in {:?}", source.text);
    };
    for it in &reading.problems {
        fits(it.at);
    }
    for it in &reading.sightings {
        fits(it.at);
        it.names.iter().for_each(|it| written(it.at, it.value.as_str()));
        it.traits.iter().for_each(|it| written(it.at, &it.value));
        for it in &it.uses {
            written(it.target.at, it.target.value.as_str());
            it.revision.iter().for_each(|it| written(it.at, &it.value));
        }
        for it in &it.licenses {
            fits(it.evidence.at);
            written(it.raw.at, &it.raw.value);
            if let Meant::HubId { name, link } = &it.meant {
                name.iter().chain(link).for_each(|it| written(it.at, &it.value));
            }
        }
    }
}

fn check_all(text: &str) {
    for name in NAMES {
        let (source, reading) = reading::read(name, text);
        check(&source, &reading);
    }
}

#[test]
fn a_text_may_end_or_begin_anywhere() {
    for text in [CARD, BROKEN, JSON, YAML] {
        for at in (0..=text.len()).filter(|it| text.is_char_boundary(*it)) {
            check_all(&text[..at]);
            check_all(&text[at..]);
        }
    }
}

#[test]
fn any_character_may_be_another() {
    let others = [
        "", "\"", "'", "[", "]", "{", "}", ":", "-", "\n", "\r", "\t", "#", "*", "&", "|", "é",
        " ", "`", "<", "(",
    ];
    for text in [CARD, BROKEN, JSON, YAML] {
        for (at, it) in text.char_indices() {
            let other = others[(at * 7 + it as usize) % others.len()];
            check_all(&format!("{}{other}{}", &text[..at], &text[at + it.len_utf8()..]));
        }
    }
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    const BYTES: usize = 1 << 14;
    let long = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len());
    let plain = |piece: &str, bytes: usize| long(piece, bytes);
    let front_matter = |piece: &str, bytes: usize| format!("---\n{}\n---\n", long(piece, bytes));
    let pieces = [
        "This model is licensed under the MIT License. ",
        "This model is licensed under the MIT License.\n\n",
        "licensed under ",
        "# License\n\nMIT\n\n",
        "---\nlicense: mit\n",
        "\n---\nlicense: mit\n  x\n",
        "**License:** [",
        "- License: (",
        "[",
        "\n",
        "```\n<!--\n",
        "license: mit\n",
        "tags: [a, b]\n- ",
        "é",
    ];
    for piece in pieces {
        for text in [&plain as &dyn Fn(&str, usize) -> String, &front_matter] {
            let (short, grown) = (text(piece, BYTES), text(piece, BYTES * pace::LONGER));
            let fits = pace::fits(|| check_all(&short), || check_all(&grown));
            assert!(fits, "{piece:?} takes longer than its length tells");
        }
    }
}
