//! Tiny weight files, and readings as lines of text.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use caveat_core::component::Scope;
use caveat_core::readers::READERS;
use caveat_core::reading::{Ranges, Read, Reader, Reading};
use caveat_core::source::{Source, SourceId, Span};

/// The reader that wants `path`.
pub(crate) fn reader(path: &str) -> &'static Reader {
    let wants = |it: &&Reader| (it.wants)(path);
    READERS.iter().find(wants).unwrap_or_else(|| panic!("no reader wants {path}"))
}

/// Reads `bytes` as the file `path`.
pub(crate) fn read(path: &str, bytes: &[u8]) -> (Source, Reading) {
    read_ranges(path, &mut { bytes })
}

/// Reads a weight file of which ranges can be asked for.
pub(crate) fn read_ranges(path: &str, ranges: &mut dyn Ranges) -> (Source, Reading) {
    let Read::Header { render, read } = reader(path).read else { panic!("{path} is read as text") };
    let source = render(ranges).into_source(SourceId(0), path);
    let reading = read(&source);
    (source, reading)
}

/// Reads `text` as the file `path`.
pub(crate) fn read_text(path: &str, text: &str) -> (Source, Reading) {
    let Read::Text(read) = reader(path).read else { panic!("{path} is read by its header") };
    let source = Source::text(SourceId(0), path, text.to_owned());
    let reading = read(&source);
    (source, reading)
}

/// Whether every place in `reading` is one of `source`.
pub(crate) fn assert_places(source: &Source, reading: &Reading) {
    let check = |at: Span| {
        assert!(at.source == source.id && source.text.get(at.range()).is_some(), "{at:?}");
    };
    reading.problems.iter().for_each(|it| check(it.at));
    for seen in &reading.sightings {
        check(seen.at);
        seen.names.iter().for_each(|it| check(it.at));
        seen.traits.iter().for_each(|it| check(it.at));
        seen.uses.iter().for_each(|it| check(it.target.at));
        seen.licenses.iter().for_each(|it| {
            check(it.raw.at);
            check(it.evidence.at);
        });
    }
}

/// The corpora of real files, where they are at hand; says so where they are not.
pub(crate) fn corpora() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = here.ancestors().map(|it| it.join("shared/corpora")).find(|it| it.is_dir());
    if found.is_none() {
        // Past the capturing of output, which would hide it.
        let _ = writeln!(std::io::stderr(), "SKIPPED: no shared/corpora beside the workspace");
    }
    found
}

/// Reads `text` as the file `path`, and compares what was understood.
pub(crate) fn check_text(path: &str, text: &str, expected: &str) {
    let (source, reading) = read_text(path, text);
    assert_places(&source, &reading);
    for wording in reading.sightings.iter().flat_map(|it| &it.licenses) {
        let written = source.slice(wording.raw.at);
        assert!(written == wording.raw.value || written.contains('\\'), "{written:?}");
    }
    assert_eq!(shown(&reading), expected, "{text}");
}

/// A reading as one line per fact, without places.
pub(crate) fn shown(reading: &Reading) -> String {
    let mut lines = Vec::new();
    for seen in &reading.sightings {
        let private = if seen.private { " private" } else { "" };
        let kind = seen.kind.map_or("?", |it| it.name());
        lines.push(format!("{:?} {kind}{private}", seen.subject));
        lines.extend(seen.names.iter().map(|it| format!("  named {}", it.value.as_str())));
        lines.extend(seen.licenses.iter().map(|it| format!("  {:?}: {}", it.raw.value, meant(it))));
        lines.extend(seen.uses.iter().map(|it| {
            let revision = it.revision.as_ref().map(|it| format!(" at {}", it.value));
            let revision = revision.unwrap_or_default();
            let scope = Some(it.scope).filter(|it| *it != Scope::Normal);
            let scope = scope.map(|it| format!(" {}", it.name())).unwrap_or_default();
            format!("  {} {}{revision}{scope}", it.how.name(), it.target.value.as_str())
        }));
        let traits: Vec<&str> = seen.traits.iter().map(|it| it.value.as_str()).collect();
        if !traits.is_empty() {
            lines.push(format!("  is {}", traits.join(", ")));
        }
    }
    lines.extend(reading.problems.iter().map(|it| format!("problem: {}", it.what)));
    lines.join("\n")
}

fn meant(wording: &caveat_core::reading::Wording) -> String {
    use caveat_core::reading::Meant;
    match &wording.meant {
        Meant::HubId { name, link } => {
            let beside = [name, link].map(|it| it.as_ref().map_or("-", |it| it.value.as_str()));
            if beside == ["-", "-"] {
                "HubId".into()
            } else {
                format!("HubId {}", beside.join(" "))
            }
        }
        other => format!("{other:?}"),
    }
}

/// One key of a GGUF header.
#[derive(Clone)]
pub(crate) enum Value {
    Text(&'static str),
    Texts(Vec<&'static str>),
    Word(u32),
    Words(u64),
    Raw(u32, Vec<u8>),
}

/// How a GGUF file is laid out.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    pub(crate) version: u32,
    pub(crate) big_endian: bool,
}

/// Little endian, version 3.
pub(crate) const V3: Layout = Layout { version: 3, big_endian: false };

impl Layout {
    pub(crate) fn word(self, it: u32) -> Vec<u8> {
        if self.big_endian { it.to_be_bytes() } else { it.to_le_bytes() }.to_vec()
    }

    pub(crate) fn count(self, it: u64) -> Vec<u8> {
        match (self.version, self.big_endian) {
            (1, _) => self.word(u32::try_from(it).expect("version 1 counts in 32 bits")),
            (_, true) => it.to_be_bytes().to_vec(),
            (_, false) => it.to_le_bytes().to_vec(),
        }
    }

    fn text(self, it: &str) -> Vec<u8> {
        [self.count(it.len() as u64), it.as_bytes().to_vec()].concat()
    }

    fn pair(self, key: &str, value: &Value) -> Vec<u8> {
        let value = match value {
            Value::Text(it) => [self.word(8), self.text(it)].concat(),
            Value::Texts(all) => {
                let each: Vec<u8> = all.iter().flat_map(|it| self.text(it)).collect();
                [self.word(9), self.word(8), self.count(all.len() as u64), each].concat()
            }
            Value::Word(it) => [self.word(4), self.word(*it)].concat(),
            Value::Words(count) => {
                let each: Vec<u8> = (0..*count).flat_map(|_| self.word(7)).collect();
                [self.word(9), self.word(4), self.count(*count), each].concat()
            }
            Value::Raw(kind, bytes) => [self.word(*kind), bytes.clone()].concat(),
        };
        [self.text(key), value].concat()
    }

    /// A header that claims `count` keys and holds `pairs`.
    pub(crate) fn claiming(self, count: u64, pairs: &[(&str, Value)]) -> Vec<u8> {
        let head = [b"GGUF".to_vec(), self.word(self.version), self.count(0), self.count(count)];
        let pairs: Vec<u8> = pairs.iter().flat_map(|(key, it)| self.pair(key, it)).collect();
        [head.concat(), pairs].concat()
    }

    pub(crate) fn file(self, pairs: &[(&str, Value)]) -> Vec<u8> {
        self.claiming(pairs.len() as u64, pairs)
    }
}

/// A safetensors file with that header.
pub(crate) fn safetensors(header: &str) -> Vec<u8> {
    [(header.len() as u64).to_le_bytes().to_vec(), header.as_bytes().to_vec(), vec![0; 16]].concat()
}
