//! Real models of every format that is read by its header: what is read agrees with what the
//! corpus says is in them, and no more than the header is asked for.

use caveat_core::component::Kind;
use caveat_core::reading::{Meant, Reading, Wording};
use caveat_core::source::Source;
use serde_json::Value;

use crate::common::{assert_places, corpora, read_ranges};
use crate::damage::Counting;

/// Endings of the files that this test is about.
const ENDINGS: [&str; 9] =
    [".onnx", ".tflite", ".mlmodel", ".keras", ".hdf5", ".h5", ".pth", ".jit", ".pt"];

/// More than any header and the directory at the end of an archive need, whatever the file's size.
const ASKED_AT_MOST: u64 = 200_000;

/// What one row of the manifest expects, compared with what was read.
struct Row<'a> {
    path: &'a str,
    facts: &'a str,
    source: Source,
    reading: Reading,
    wrong: Vec<String>,
}

impl Row<'_> {
    fn agree(&mut self, what: &str, is_so: bool) {
        if !is_so {
            let (path, text) = (self.path, &self.source.text);
            self.wrong.push(format!("{path}: {what}; rendered as\n{text}"));
        }
    }

    /// The rendered header has this line.
    fn line(&mut self, key: &str, value: &Value) {
        let line = match value {
            Value::Null => return,
            Value::String(it) if it.is_empty() => return,
            other => format!("{key} = {other}\n"),
        };
        self.agree(&line, self.source.text.contains(&line));
    }

    /// The object that follows `format` in the facts.
    fn object(&self, format: &str) -> Option<Value> {
        let (_, rest) = self.facts.split_once(format)?;
        serde_json::Deserializer::from_str(rest).into_iter().next()?.ok()
    }

    fn check(&mut self) {
        let is_model = self.reading.sightings.iter().all(|it| it.kind == Some(Kind::Model));
        self.agree("a model", is_model && self.reading.sightings.len() == 1);
        let mut license = None;
        if let Some(it) = self.object("onnx ") {
            self.onnx(&it);
            license = it["metadata_props"]["license"].as_str().map(str::to_owned);
        } else if let Some(it) = self.object("tflite ") {
            self.tflite(&it);
            license = it["md.license"].as_str().map(str::to_owned);
        } else if let Some(it) = self.object("coreml ") {
            self.line("coreml.version", &it["specificationVersion"]);
            self.line("short_description", &it["shortDescription"]);
            license = it["license"].as_str().map(str::to_owned);
        } else if let Some(it) = self.object("") {
            let members = it["members"].to_string().replace("\",\"", "\", \"");
            self.agree("members", self.source.text.contains(&format!("zip.members = {members}")));
            let date = it["metadata.json"]["date_saved"].as_str().expect("a date");
            self.agree("the date", self.source.text.contains(date));
        }
        let found = self.reading.sightings.iter().flat_map(|it| &it.licenses);
        let found: Vec<String> = found.map(whole).collect();
        self.agree(
            &format!("license {license:?}"),
            found == license.iter().map(|it| plain(it)).collect::<Vec<_>>(),
        );
    }

    fn onnx(&mut self, facts: &Value) {
        for key in ["ir_version", "producer_name", "producer_version", "domain"] {
            self.line(&format!("onnx.{key}"), &facts[key]);
        }
        self.line("author", &facts["metadata_props"]["author"]);
    }

    fn tflite(&mut self, facts: &Value) {
        self.line("tflite.description", &facts["description"]);
        for (index, name) in facts["metadata_names"].as_array().into_iter().flatten().enumerate() {
            self.line(&format!("tflite.metadata.{index}"), name);
        }
        for key in ["name", "description", "version", "author", "license"] {
            self.line(key, &facts[format!("md.{key}")]);
        }
        let packed = facts["zip_appended"] == true;
        self.agree("packed files", self.source.text.contains("zip.members") == packed);
    }
}

/// Name and address of a license as they were written, but for the signs between them.
fn whole(wording: &Wording) -> String {
    let mut words = wording.raw.value.clone();
    if let Meant::HubId { link: Some(link), .. } = &wording.meant {
        words.push_str(&link.value);
    }
    plain(&words)
}

/// Words without the signs that may stand between a name and an address.
fn plain(words: &str) -> String {
    words.chars().filter(|it| !" ()".contains(*it)).collect::<String>().trim_end_matches('.').into()
}

#[test]
fn real_models_say_what_the_corpus_says_for_the_price_of_a_header() {
    let Some(corpora) = corpora() else { return };
    let manifest = std::fs::read_to_string(corpora.join("MANIFEST.tsv")).unwrap();
    let (mut count, mut size, mut asked, mut wrong) = (0, 0, 0, Vec::new());
    for row in manifest.lines() {
        let fields: Vec<&str> = row.split('\t').collect();
        let (path, facts) = (fields[0], fields[5]);
        if !path.starts_with("weights/") || !ENDINGS.iter().any(|it| path.ends_with(it)) {
            continue;
        }
        let bytes = std::fs::read(corpora.join(path)).unwrap();
        let mut file = Counting { bytes: &bytes, size: bytes.len() as u64, asked: 0 };
        let (source, reading) = read_ranges(path, &mut file);
        assert_places(&source, &reading);
        assert!(file.asked < ASKED_AT_MOST, "{path}: {} bytes asked", file.asked);
        let hostile = path.contains("evil");
        let problems = reading.problems.clone();
        let mut row = Row { path, facts, source, reading, wrong: Vec::new() };
        row.agree(&format!("readable: {problems:?}"), problems.is_empty() != hostile);
        row.check();
        (count, size, asked) = (count + 1, size + file.size, asked + file.asked);
        wrong.extend(row.wrong);
    }
    println!("{count} models of {size} bytes, of which {asked} were asked for");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 20, "only {count} models in the corpus");
}

#[test]
fn what_is_unreadable_is_none_of_ours() {
    for (path, bytes) in [
        ("a/data.bin", &b"\x00\x01\x02 some other binary"[..]),
        ("a/paths.pth", b"./src\n"),
        ("a/table.h5", b"\x89HDF\r\n\x1a\n\0\0\0\0"),
        ("a/archive.pt", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
        ("a/empty.bin", b""),
    ] {
        let (source, reading) = read_ranges(path, &mut { bytes });
        assert!(reading.is_empty(), "{path}: {}", source.text);
    }
}
