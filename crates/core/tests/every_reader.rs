//! Every reader of the table over real files, whole and damaged: a reader that is added is covered
//! without a line here.

#![expect(clippy::disallowed_methods, reason = "a test reads real files and bounds its time")]

mod safety;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use caveat_core::readers::READERS;
use caveat_core::reading::Reader;

/// How long all readers together may take: where a machine is slow there are fewer rounds.
const TIME: Duration = Duration::from_secs(12);

/// Rounds over all readers.
const ROUNDS: usize = 96;

/// How many real files each reader gets.
const FILES: usize = 6;

/// How much of each.
const BYTES: usize = 24 << 10;

/// How deep folders of real files lie.
const DEEPEST: usize = 12;

/// What any reader may meet, in the forms that files come in.
const SEEDS: [&str; 8] = [
    "\u{feff}---\r\nlicense: [mit, \"other\"] # é\r\nbase_model:\n- id: x/y\n&a tags: *a\n---\n# ü\n",
    "{\"name\": \"é\\u0041\", \"version\": 2e5, \"license\": [null, {\"id\": \"MIT\"}], \"a\": {\"b\": [true]}}",
    "{\"bomFormat\": \"CycloneDX\", \"components\": [{\"name\": \"ü\", \"purl\": \"pkg:npm/%40a/b@1\", \"licenses\": [{\"expression\": \"MIT OR\"}]}]}",
    "[package]\nname = \"é\"\nlicense = {file = 'x'}\n[[annotations]]\npath = [\"**/*\\\\.é\"]\nSPDX-License-Identifier = \"MIT\"\n",
    "Format: x\nFiles: * é\nLicense: MIT\n text\n\nSPDXVersion: SPDX-2.3\nPackageName: é\nExtractedText: <text>a\n",
    "<?xml version=\"1.0\"?><bom><components><component a='é'><name>&lt;é</name></component></components></bom>",
    "# SPDX-License-Identifier: MIT -->\nfrom_pretrained(\"acme/é\")\nFROM é\nx==1 ; y\n(a\n)\n",
    "GGUF\u{3}\u{0}\u{0}\u{0}PK\u{3}\u{4}\u{8}\u{1}\u{0}é",
];

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % below.max(1)
    }
}

/// `bytes` with a few pieces lost, repeated, exchanged or taken from `other`.
fn damaged(bytes: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    const SIGNS: [&str; 16] =
        ["\"", "{", "[", "<", ":", "\n", "é", "\\", "@", "*", "\0", "\u{feff}", "-", "/", "%", ","];
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.next(4) {
        let at = numbers.next(bytes.len());
        let end = (at + numbers.next(40)).min(bytes.len());
        let piece = match numbers.next(6) {
            0 => Vec::new(),
            1 => bytes[at..end].repeat(2),
            2 => other[numbers.next(other.len())..].iter().copied().take(64).collect(),
            3 => vec![0xff; end - at],
            4 => SIGNS[numbers.next(SIGNS.len())].as_bytes().to_vec(),
            _ => SIGNS[numbers.next(SIGNS.len())].repeat(1 + numbers.next(300)).into_bytes(),
        };
        bytes.splice(at..end, piece).for_each(drop);
    }
    if numbers.next(4) == 0 {
        bytes.truncate(numbers.next(bytes.len()));
    }
    bytes
}

/// Real files that each reader wants, smallest first: name and first bytes. None where the
/// material is not at hand.
fn corpora() -> Vec<Vec<(String, Vec<u8>)>> {
    let mut wanted: Vec<Vec<(u64, PathBuf)>> = READERS.iter().map(|_| Vec::new()).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    if !root.is_dir() {
        let _ = writeln!(std::io::stderr(), "SKIPPED in part: no {}", root.display());
    }
    let mut folders = vec![(root.clone(), 0)];
    while let Some((folder, depth)) = folders.pop().filter(|it| it.1 < DEEPEST) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let Ok(kind) = entry.metadata() else { continue };
            if kind.is_dir() {
                folders.push((path, depth + 1));
            } else if let Some(at) =
                READERS.iter().position(|it| (it.wants)(&path.to_string_lossy()))
            {
                wanted[at].push((kind.len(), path));
            }
        }
    }
    let file = |(_, path): &(u64, PathBuf)| {
        let mut bytes = fs::read(path).ok()?;
        bytes.truncate(BYTES);
        Some((path.strip_prefix(&root).ok()?.to_string_lossy().into_owned(), bytes))
    };
    let some = |mut all: Vec<(u64, PathBuf)>| {
        all.sort();
        // From all sizes, as what is small is mostly alike.
        let step = all.len().div_ceil(FILES).max(1);
        all.iter().step_by(step).filter_map(file).collect()
    };
    wanted.into_iter().map(some).collect()
}

#[test]
fn no_reader_loses_its_way_in_any_file() {
    let start = Instant::now();
    let real = corpora();
    let seed = |(number, it): (usize, &&str)| (format!("seeds/{number}"), it.as_bytes().to_vec());
    let seeds: Vec<_> = SEEDS.iter().enumerate().map(seed).collect();
    let mut numbers = Numbers(0x5eed);
    let each =
        |reader: &Reader, numbers: &mut Numbers, real: &[(String, Vec<u8>)], round: usize| {
            for (name, bytes) in seeds.iter().chain(real) {
                if round == 0 {
                    safety::read(reader, name, bytes);
                }
                let other = &seeds[numbers.next(seeds.len())].1;
                safety::read(reader, name, &damaged(bytes, other, numbers));
            }
        };
    let mut rounds = 0;
    while rounds < ROUNDS && (rounds == 0 || start.elapsed() < TIME) {
        for (reader, real) in READERS.iter().zip(&real) {
            each(reader, &mut numbers, real, rounds);
        }
        rounds += 1;
    }
    assert!(rounds > 0);
}
