//! Formats that pack their metadata away: bytes in, sightings out, at the price of the metadata.

use caveat_core::reading::Ranges;

use crate::common::{assert_places, read, read_ranges, shown};
use crate::damage::{Counting, Numbers, damaged};
use crate::formats::{coreml, field, number, onnx, tflite, varint, zip};

/// How often each valid file is damaged.
const ROUNDS: u64 = 2000;

fn check(path: &str, bytes: &[u8], expected: &str) {
    let (source, reading) = read(path, bytes);
    assert_places(&source, &reading);
    assert_eq!(shown(&reading), expected, "rendered as\n{}", source.text);
}

/// A deflate stream that only stores.
fn stored(text: &str) -> Vec<u8> {
    let len = u16::try_from(text.len()).expect("a short text");
    [&[1][..], &len.to_le_bytes(), &(!len).to_le_bytes(), text.as_bytes()].concat()
}

#[test]
fn onnx_says_it_behind_the_graph() {
    let vocabulary = "a\n".repeat(200_000);
    let properties = [
        ("character", vocabulary.as_str()),
        ("license", "AGPL-3.0 License (https://example.org)"),
        ("author", "Acme"),
        ("base_model", "https://huggingface.co/acme/base/tree/v2"),
        ("model_name", "tiny"),
    ];
    let expected = r#"Directory model
  named tiny
  "AGPL-3.0 License": HubId - https://example.org
  derived-from acme/base at v2
  is Acme"#;
    check("x.onnx", &onnx(10, &properties), expected);
    check("x.onnx", &onnx(300_000, &properties), expected);
    check(
        "x.onnx",
        &onnx(1, &[("license_url", "https://example.org/l"), ("author", "")]),
        "Directory model\n  \"https://example.org/l\": Name",
    );

    let backwards = [field(14, &[field(2, b"MIT"), field(1, b"license")].concat()), number(1, 8)];
    check("x.onnx", &backwards.concat(), "Directory model\n  \"MIT\": Name");
}

#[test]
fn coreml_says_it_in_its_description() {
    check(
        "x.mlmodel",
        &coreml(
            &[(1, "short"), (3, "Acme"), (4, "MIT")],
            &[("com.acme.base_model", "x"), ("base_model", "acme/base"), ("vgsl", "1,2")],
        ),
        "Directory model\n  \"MIT\": Name\n  derived-from acme/base\n  is Acme",
    );
}

#[test]
fn tflite_says_it_in_a_buffer_and_behind_itself() {
    let model = tflite(9, &[(0, "Tiny"), (4, "Acme"), (5, "Apache License. Version 2.0")]);
    let expected = "Directory model\n  named Tiny\n  \"Apache License. Version 2.0\": Name";
    check("x.tflite", &model, &format!("{expected}\n  is Acme"));
    let packed = stored("House Terms\n\nYou may not.\n");
    let archive = zip(&[("labels.txt", 0, b"cat\n"), ("LICENSE", 8, &packed)]);
    check(
        "x.tflite",
        &[model, archive].concat(),
        &format!("{expected}\n  \"House Terms\": UnknownText\n  is Acme"),
    );
    check("x.tflite", &tflite(0, &[]), "Directory model");
}

#[test]
fn archives_are_known_by_their_members() {
    let keras = [
        ("metadata.json", 0, &b"{\"keras_version\": \"3.6.0\"}"[..]),
        ("model.weights.h5", 0, b"1"),
        ("model.weights.h5", 0, b"2"),
    ];
    check(
        "x.keras",
        &zip(&keras),
        "Directory model\n  is Keras archive\nproblem: `model.weights.h5` is in the archive more \
         than once",
    );
    let pickled = [("x/data.pkl", 0, &b"\x80\x02."[..]), ("x/extra/LICENSE.txt", 0, b"Our Terms")];
    check(
        "x.bin",
        &zip(&pickled),
        "Directory model\n  \"Our Terms\": UnknownText\n  is PyTorch archive",
    );
    check("x.bin", &zip(&keras), "");
    check("x.ckpt", b"\x80\x04}.", "Directory model\n  is pickle");
    check("x.bin", b"\x80\x04}.", "");
    check(
        "x.bin",
        b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.",
        "Directory model\n  is PyTorch pickle",
    );
    let hdf5 = b"\x89HDF\r\n\x1a\n 4 keras_version 2.1";
    check("x.h5", hdf5, "Directory model\n  is HDF5");
    check("tf_model.h5", &hdf5[..9], "Directory model\n  is HDF5");
}

#[test]
fn what_is_no_model_says_so() {
    for (path, what) in [
        ("x.onnx", "a field claims 33 bytes, 12 are left"),
        ("x.mlmodel", "a field claims 33 bytes, 12 are left"),
        ("x.keras", "not a Keras archive: it does not end as a ZIP archive does"),
    ] {
        let bytes = [&[0x0a, 33][..], b"<!doctype ht"].concat();
        check(path, &bytes, &format!("Directory model\nproblem: {what}"));
        check(path, b"", "Directory model\nproblem: the file is empty");
    }
    check(
        "x.tflite",
        b"\x08\0\0\0NOPE____",
        "Directory model\nproblem: not a TFLite file: it has no `TFL3` mark",
    );
    check(
        "x.onnx",
        &field(3, b"1"),
        "Directory model\nproblem: not an ONNX file: it has neither a version nor a graph",
    );
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 4567\n";
    let absent = "Directory model\nproblem: the bytes are not here: git-lfs pointer";
    for path in
        ["x.onnx", "x.mlmodel", "x.tflite", "x.keras", "x.pt", "pytorch_model.bin", "model.h5"]
    {
        check(path, pointer, absent);
    }
    check("data.bin", pointer, "");
    check("data.h5", pointer, "");
}

#[test]
fn a_large_model_costs_its_metadata() {
    let size = 1 << 41;
    let graph = [number(1, 8), varint(7 << 3 | 2), varint(size - 40)].concat();
    let (mut tail, begin) = (Tail::default(), graph.len() as u64);
    tail.pieces.push((0, graph));
    tail.pieces
        .push((begin + size - 40, field(14, &[field(1, b"license"), field(2, b"MIT")].concat())));
    tail.size = tail.pieces[1].0 + tail.pieces[1].1.len() as u64;
    let (source, reading) = read_ranges("x.onnx", &mut tail);
    assert_eq!(reading.sightings[0].licenses[0].raw.value, "MIT", "{}", source.text);
    assert!(tail.asked < 20_000, "{} bytes asked", tail.asked);

    let archive = zip(&[("x/data.pkl", 0, b"\x80\x02.")]);
    let mut tail = Tail { size: archive.len() as u64, ..Tail::default() };
    tail.pieces.push((0, archive));
    let (_, reading) = read_ranges("x.pt", &mut tail);
    assert_eq!(shown(&reading), "Directory model\n  is PyTorch archive");
    assert!(tail.asked < 20_000, "{} bytes asked", tail.asked);
}

/// A file with bytes here and there and zeros between them, which counts what is asked of it.
#[derive(Default)]
struct Tail {
    pieces: Vec<(u64, Vec<u8>)>,
    size: u64,
    asked: u64,
}

impl Ranges for Tail {
    fn len(&self) -> u64 {
        self.size
    }

    fn at(&mut self, offset: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.asked += buffer.len() as u64;
        let count = self.size.saturating_sub(offset).min(buffer.len() as u64);
        for (index, byte) in buffer.iter_mut().enumerate() {
            let at = offset + index as u64;
            let piece = self.pieces.iter().find_map(|(start, bytes)| {
                bytes.get(usize::try_from(at.checked_sub(*start)?).ok()?)
            });
            *byte = piece.copied().unwrap_or(0);
        }
        Ok(usize::try_from(count).expect("no more than the buffer holds"))
    }
}

/// One valid file of each format.
fn valid() -> Vec<(&'static str, Vec<u8>)> {
    let archive = zip(&[("a/data.pkl", 0, b"\x80\x02."), ("LICENSE", 8, &stored("Terms\n"))]);
    let packed = tflite(40, &[(0, "Tiny ü"), (5, "MIT")]);
    vec![
        ("x.onnx", onnx(30, &[("license", "MIT ü"), ("base_model", "acme/base")])),
        ("x.mlmodel", coreml(&[(3, "Acme"), (4, "MIT")], &[("license_url", "ü")])),
        ("x.tflite", [packed, archive.clone()].concat()),
        ("x.keras", archive.clone()),
        ("x.pt", archive),
        ("x.h5", b"\x89HDF\r\n\x1a\n0000 model_config".to_vec()),
    ]
}

#[test]
fn damaged_models_are_read_as_far_as_they_go() {
    let mut numbers = Numbers(0x51_7cc1_b727_220a);
    for (path, valid) in valid() {
        let mut changed = 0;
        let expected = shown(&read(path, &valid).1);
        for _ in 0..ROUNDS {
            let bytes = damaged(&valid, &mut numbers);
            let mut file = Counting { bytes: &bytes, size: bytes.len() as u64, asked: 0 };
            let (source, reading) = read_ranges(path, &mut file);
            assert_places(&source, &reading);
            assert!(source.origins.is_sorted_by_key(|(at, _)| at), "{}", source.text);
            assert!(file.asked < 300_000, "{path}: {} bytes asked", file.asked);
            changed += u64::from(shown(&reading) != expected);
        }
        assert!((1..ROUNDS).contains(&changed), "{path}: {changed} of {ROUNDS} read otherwise");
        for end in 0..valid.len() {
            let (source, reading) = read(path, &valid[..end]);
            assert_places(&source, &reading);
        }
    }
}

#[test]
fn no_claim_of_a_packed_format_makes_reading_ask_for_much() {
    let many = number(99, 1).repeat(200_000);
    let members = zip(&[("a", 0, b"")]);
    let end = members.len() - 22;
    let mut wide = members.clone();
    wide[end + 12..end + 20].copy_from_slice(&[0xff; 8]);
    let mut deep = tflite(0, &[]);
    let at = deep.windows(15).position(|it| it == b"TFLITE_METADATA").expect("its name") - 4;
    deep[at..at + 4].copy_from_slice(&[0xff; 4]);
    for (path, bytes) in [
        ("x.onnx", [number(1, 8), many.clone()].concat()),
        ("x.mlmodel", [number(1, 8), field(2, &field(100, &many))].concat()),
        ("x.onnx", [number(1, 8), varint(14 << 3 | 2), varint(u64::MAX)].concat()),
        ("x.onnx", vec![0xff; 1000]),
        ("x.keras", wide.clone()),
        ("x.pt", wide),
        ("x.tflite", deep),
        ("x.tflite", [&b"\x08\0\0\0TFL3"[..], &[0xff; 4000]].concat()),
    ] {
        let mut file = Counting { bytes: &bytes, size: bytes.len() as u64, asked: 0 };
        let (source, reading) = read_ranges(path, &mut file);
        assert_places(&source, &reading);
        assert!(file.asked < 1_000_000, "{path}: {} bytes asked", file.asked);
        assert!(source.text.len() < 1_000_000, "{path}: {} bytes rendered", source.text.len());
        assert!(path == "x.pt" || !reading.problems.is_empty(), "{path}: {}", source.text);
    }
}
