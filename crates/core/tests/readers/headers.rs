//! Headers of weight files: bytes in, sightings out.

use crate::common::{Layout, V3, Value, assert_places, read, safetensors, shown};

fn check(path: &str, bytes: &[u8], expected: &str) {
    let (source, reading) = read(path, bytes);
    assert_places(&source, &reading);
    assert_eq!(shown(&reading), expected, "rendered as\n{}", source.text);
}

#[test]
fn every_layout_of_gguf_says_the_same() {
    let pairs = [
        ("general.architecture", Value::Text("llama")),
        ("tokenizer.ggml.tokens", Value::Texts(vec!["a"; 20_000])),
        ("tokenizer.ggml.scores", Value::Words(30_000)),
        ("general.file_type", Value::Word(15)),
        ("general.license", Value::Text("apache-2.0,mit")),
        ("general.license.link", Value::Text("LICENSE.md")),
        ("general.source.repo_url", Value::Text("https://huggingface.co/acme/tiny/tree/main")),
        ("general.base_model.count", Value::Word(2)),
        ("general.base_model.10.repo_url", Value::Text("https://example.org/base")),
        ("general.base_model.0.name", Value::Text("Base")),
        ("general.base_model.0.repo_url", Value::Text("https://huggingface.co/acme/base/tree/v2")),
        ("general.base_model.2.organization", Value::Text("Meta Llama")),
        ("general.dataset.0.repo_url", Value::Text("https://huggingface.co/datasets/acme/data")),
        ("general.tags", Value::Texts(vec!["chat", "a, b"])),
    ];
    let expected = r#"Directory model
  named acme/tiny
  "apache-2.0": HubId - LICENSE.md
  "mit": HubId - LICENSE.md
  derived-from acme/base at v2
  derived-from https://example.org/base
  trained-on acme/data
  is llama, chat, a, b, Meta Llama"#;
    for version in 1..=3 {
        for big_endian in [false, true] {
            check("x.gguf", &Layout { version, big_endian }.file(&pairs), expected);
        }
    }
}

#[test]
fn places_lead_back_into_the_file() {
    let bytes = V3.file(&[("general.license", Value::Text("apache-2.0,mit"))]);
    let (source, reading) = read("x.gguf", &bytes);
    let mit = &reading.sightings[0].licenses[1];
    assert_eq!(source.slice(mit.raw.at), "mit");
    let mut sources = caveat_core::source::Sources::new();
    let at = mit.raw.at;
    sources.insert(source);
    let place = sources.place(at).unwrap();
    let (start, end) = (usize::try_from(place.start).unwrap(), usize::try_from(place.end).unwrap());
    assert_eq!(&bytes[start..end], b"mit");
}

#[test]
fn words_of_a_license_are_told_apart() {
    let license = |it| V3.file(&[("general.license", Value::Text(it))]);
    for (words, meant) in [
        ("gemma", "HubId"),
        ("MIT OR Apache-2.0", "Expression"),
        ("Apache License, Version 2.0", "Name"),
    ] {
        check("x.gguf", &license(words), &format!("Directory model\n  {words:?}: {meant}"));
    }
    check("x.gguf", &license(" "), "Directory model");
    let link = [("general.license.link", Value::Text("https://example.org/terms"))];
    check("x.gguf", &V3.file(&link), "Directory model\n  \"https://example.org/terms\": Name");
}

#[test]
fn an_adapter_is_one_of_its_base() {
    let pairs = [
        ("general.type", Value::Text("adapter")),
        ("general.base_model.0.repo_url", Value::Text("https://huggingface.co/acme/base")),
    ];
    check("x.gguf", &V3.file(&pairs), "Directory model\n  adapter-of acme/base\n  is adapter");
}

#[test]
fn claims_of_sizes_are_not_believed() {
    let license = ("general.license", Value::Text("mit"));
    let claims: [(Vec<u8>, &str); 6] = [
        (
            V3.claiming(u64::MAX, std::slice::from_ref(&license)),
            "problem: the header claims 18446744073709551615 keys, more than the file can hold",
        ),
        (
            V3.file(&[license.clone(), ("x", Value::Raw(8, V3.count(u64::MAX)))]),
            "  \"mit\": HubId\nproblem: the file ends inside its header: \
             18446744073709551615 bytes wanted, 0 left",
        ),
        (
            V3.file(&[license.clone(), ("general.x", Value::Raw(8, V3.count(u64::MAX / 2)))]),
            "  \"mit\": HubId\nproblem: a string claims 9223372036854775807 bytes, 0 are left",
        ),
        (
            V3.file(&[
                license.clone(),
                ("x", Value::Raw(9, [V3.word(8), V3.count(u64::MAX)].concat())),
            ]),
            "  \"mit\": HubId\nproblem: an array claims 18446744073709551615 elements, more than \
             the file can hold",
        ),
        (
            V3.file(&[
                license.clone(),
                ("x", Value::Raw(9, [V3.word(12), V3.count(u64::MAX / 4)].concat())),
            ]),
            "  \"mit\": HubId\nproblem: the file ends inside its header: \
             18446744073709551615 bytes wanted, 0 left",
        ),
        (
            V3.file(&[license.clone(), ("x", Value::Raw(99, Vec::new()))]),
            "  \"mit\": HubId\nproblem: a value has the unknown type 99",
        ),
    ];
    for (bytes, expected) in &claims {
        check("x.gguf", bytes, &format!("Directory model\n{expected}"));
    }
}

#[test]
fn arrays_in_arrays_end_somewhere() {
    let mut nested = V3.word(9);
    for _ in 0..1000 {
        nested.extend([V3.count(1), V3.word(9)].concat());
    }
    nested.extend(vec![0; 1000]);
    check(
        "x.gguf",
        &V3.file(&[("x", Value::Raw(9, nested))]),
        "Directory model\nproblem: arrays lie too deep in arrays",
    );
}

#[test]
fn a_file_that_is_cut_gives_what_it_still_holds() {
    let bytes = V3.file(&[
        ("general.license", Value::Text("mit")),
        ("general.tags", Value::Texts(vec!["chat", "code"])),
    ]);
    check(
        "x.gguf",
        &bytes[..bytes.len() - 2],
        "Directory model\n  \"mit\": HubId\n  is chat\nproblem: a string claims 4 bytes, 2 are left",
    );
    let text = r#"{"__metadata__":{"modelspec.license":"MIT","modelspec.title":"Tiny"},"a":{}}"#;
    let bytes = safetensors(text);
    check(
        "x.safetensors",
        &bytes[..8 + text.len() - 9],
        "Directory model\n  named Tiny\n  \"MIT\": Name\n\
         problem: the header claims 76 bytes, the file has 67 left",
    );
}

#[test]
fn what_is_no_weight_file_says_so() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 4567\n";
    let absent = "Directory model\nproblem: the bytes are not here: git-lfs pointer";
    check("x.gguf", pointer.as_bytes(), absent);
    check("x.safetensors", pointer.as_bytes(), absent);
    let (source, _) = read("x.gguf", pointer.as_bytes());
    assert!(source.text.contains("git-lfs.size = \"4567\""), "{}", source.text);

    let empty = "Directory model\nproblem: the file is empty";
    check("x.gguf", b"", empty);
    check("x.safetensors", b"", empty);
    check(
        "x.gguf",
        b"<!doctype html>",
        "Directory model\nproblem: not a GGUF file: it does not begin with `GGUF`",
    );
    check("x.gguf", b"GGUF\x09\0\0\0", "Directory model\nproblem: GGUF version 9 is not known");
    check(
        "x.safetensors",
        b"<!doctype html>",
        "Directory model\nproblem: the header claims 8104636974849335612 bytes, more than the \
         format allows",
    );
}

#[test]
fn safetensors_say_what_they_are_made_of() {
    check(
        "x.safetensors",
        &safetensors(
            r#"{"w":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},
            "__metadata__":{"format":"pt","modelspec.license":"CreativeML Open RAIL++-M",
            "license":"https://example.org/l","modelspec.thumbnail":"data:...",
            "modelspec.title":"Mixed","modelspec.merged_from":"Some Base, acme/other",
            "ss_network_module":"networks.lora","ss_sd_model_name":"None",
            "ss_base_model_version":"sd_v1","ss_tag_frequency":"{}","weird":7}}   "#,
        ),
        r#"Directory model
  named Mixed
  "CreativeML Open RAIL++-M": Name
  "https://example.org/l": Name
  adapter-of sd_v1
  merge-of Some Base
  merge-of acme/other
  is sd_v1"#,
    );
}

#[test]
fn a_whole_text_in_a_field_is_no_name() {
    let text = format!("Some Terms\\n\\n{}", "You may not. ".repeat(30));
    check(
        "x.safetensors",
        &safetensors(&format!(r#"{{"__metadata__":{{"modelspec.license":"{text}"}}}}"#)),
        "Directory model\n  \"Some Terms\": UnknownText",
    );
}

#[test]
fn keys_written_twice_are_both_heard() {
    check(
        "x.safetensors",
        &safetensors(r#"{"a":{},"a":{},"__metadata__":{"license":"A","license":"B"}}"#),
        "Directory model\n  \"A\": Name\n  \"B\": Name\n\
         problem: `license` is written more than once",
    );
}

#[test]
fn a_header_that_is_not_json_is_a_problem() {
    let deep = format!(r#"{{"a":{}"#, "[".repeat(100_000));
    for header in ["[]", "{\"__metadata__\":7}", "{\"a\":}", "{} {}", deep.as_str()] {
        let (source, reading) = read("x.safetensors", &safetensors(header));
        assert_places(&source, &reading);
        assert_eq!(reading.problems.len(), 1, "{header:.40}: {}", source.text);
    }
}
