//! Files that somebody damaged: reading them never panics, and never asks for much.

use caveat_core::reading::Meant;

use crate::common::{V3, Value, assert_places, read, read_ranges, read_text, reader, safetensors};
use crate::damage::{Counting, Numbers, damaged};

/// How often each valid header is damaged.
const ROUNDS: u64 = 4000;

fn gguf() -> Vec<u8> {
    V3.file(&[
        ("general.name", Value::Text("Tiny \"\\\n")),
        ("general.tags", Value::Texts(vec!["chat", "ü"])),
        ("tokenizer.ggml.tokens", Value::Texts(vec!["a"; 9])),
        ("tokenizer.ggml.scores", Value::Words(5)),
        ("general.license", Value::Text("apache-2.0,mit")),
        ("general.base_model.0.repo_url", Value::Text("https://huggingface.co/acme/base")),
    ])
}

fn tensors() -> Vec<u8> {
    safetensors(
        r#"{"__metadata__":{"license":"MIT \"\u00fc","modelspec.merged_from":"ä, b"},
        "a":{"dtype":"F16","shape":[1,[2]],"data_offsets":[0,2]}}"#,
    )
}

#[test]
fn damaged_headers_are_read_as_far_as_they_go() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for (path, valid) in [("x.gguf", gguf()), ("x.safetensors", tensors())] {
        let mut licensed = 0;
        for _ in 0..ROUNDS {
            let (source, reading) = read(path, &damaged(&valid, &mut numbers));
            assert_places(&source, &reading);
            assert!(source.origins.is_sorted_by_key(|(at, _)| at), "{}", source.text);
            licensed += u64::from(!reading.sightings[0].licenses.is_empty());
        }
        assert!((1..ROUNDS).contains(&licensed), "{path}: {licensed} of {ROUNDS} had a license");
    }
}

#[test]
fn damaged_lines_are_read_as_far_as_they_go() {
    let mut numbers = Numbers(42);
    for (path, valid) in [("x.gguf", gguf()), ("x.safetensors", tensors())] {
        let caveat_core::reading::Read::Header { render, read } = reader(path).read else {
            unreachable!()
        };
        let text = render(&mut valid.as_slice()).text;
        for _ in 0..ROUNDS {
            let text = damaged(text.as_bytes(), &mut numbers);
            let text = String::from_utf8_lossy(&text).into_owned();
            let source =
                caveat_core::source::Source::text(caveat_core::source::SourceId(0), path, text);
            assert_places(&source, &read(&source));
        }
    }
}

#[test]
fn damaged_texts_are_read_as_far_as_they_go() {
    let mut numbers = Numbers(7);
    for (path, valid) in [
        (
            "Cargo.toml",
            "\u{feff}[package]\nname='ü'\nlicense={workspace=true}\n[workspace.package]\n",
        ),
        ("package.json", "\u{feff}{\"name\":\"ü\",\"licenses\":[{\"type\":\"SEE LICENSE IN ü\"}]}"),
        (
            "pyproject.toml",
            "[project]\nname = \"ü\"\nlicense = {text = \"\"\"\nA\n\\u00fc\"\"\"}\n",
        ),
        ("setup.cfg", "\u{feff}[metadata]\nname = ü\nlicense =\n  ü : b\n\tclassifiers\n"),
        ("LICENSE", "\u{feff} Terms ü\n\nü\n"),
    ] {
        for _ in 0..ROUNDS {
            let bytes = damaged(valid.as_bytes(), &mut numbers);
            let (source, reading) = read_text(path, &String::from_utf8_lossy(&bytes));
            assert_places(&source, &reading);
        }
    }
}

#[test]
fn a_large_file_costs_its_header() {
    let tokens = Value::Texts(vec!["token"; 128_000]);
    let vocabulary = [("tokenizer.ggml.tokens", tokens), ("a", Value::Words(500_000))];
    let license = [("general.license", Value::Text("mit"))];
    let bytes = V3.file(&[&vocabulary[..], &license[..]].concat());
    let mut file = Counting { bytes: &bytes, size: 1 << 41, asked: 0 };
    let (_, reading) = read_ranges("x.gguf", &mut file);
    assert_eq!(reading.sightings[0].licenses[0].meant, Meant::HubId { name: None, link: None });
    assert!(reading.problems.is_empty());
    assert!(file.asked < 2_000_000, "{} bytes of {}", file.asked, bytes.len());
}

#[test]
fn no_claim_makes_reading_ask_for_much() {
    let all = V3.count(1 << 20);
    let string = [V3.word(8), all.clone()].concat();
    let hostile = [
        V3.claiming(1 << 39, &[]),
        V3.file(&[("x", Value::Raw(9, string.clone()))]),
        V3.file(&[("general.tags", Value::Raw(9, string))]),
        V3.file(&[("x", Value::Raw(9, [V3.word(9), all].concat()))]),
        [100_000_000_u64.to_le_bytes().to_vec(), b"{\"a\":".to_vec()].concat(),
    ];
    for bytes in hostile {
        let path = if bytes.starts_with(b"GGUF") { "x.gguf" } else { "x.safetensors" };
        let mut file = Counting { bytes: &bytes, size: 1 << 41, asked: 0 };
        let (source, reading) = read_ranges(path, &mut file);
        assert!(file.asked <= 200_000_000, "{} bytes asked", file.asked);
        assert!(source.text.len() < 8_000_000, "{} bytes rendered", source.text.len());
        assert!(!reading.sightings.is_empty());
    }
}
