//! Builds the index of reference texts that the library carries: SPDX license texts and stored fingerprints.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads its inputs and writes its output"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, error, fs};

use fingerprint::{Entry, Kind, OptionalParts};

#[allow(dead_code, unreachable_pub, reason = "shared with the library, which uses more of it")]
#[path = "src/fingerprint.rs"]
mod fingerprint;
#[allow(dead_code, unreachable_pub, reason = "shared with the library, which uses more of it")]
#[path = "src/margins.rs"]
mod margins;
#[allow(dead_code, unreachable_pub, reason = "shared with the library, which uses more of it")]
#[path = "src/notices.rs"]
mod notices;
#[allow(dead_code, unreachable_pub, reason = "shared with the library, which uses more of it")]
#[path = "src/spelling.rs"]
mod spelling;
#[allow(dead_code, unreachable_pub, reason = "shared with the library, which uses more of it")]
#[path = "src/tokens.rs"]
mod tokens;

type Failure = Box<dyn error::Error>;

fn main() -> Result<(), Failure> {
    for input in ["build.rs", "src", "data", "fingerprints"] {
        println!("cargo::rerun-if-changed={input}");
    }
    let parts = OptionalParts::parse(&fs::read_to_string("data/optional-parts.txt")?);
    let mut entries = spdx_entries(&parts);
    entries.extend(stored_entries(Path::new("fingerprints"))?);
    let out = env::var("OUT_DIR")?;
    let (records, blob) = assemble(&group(entries))?;
    fs::write(Path::new(&out).join("records.rs"), records)?;
    fs::write(Path::new(&out).join("index.bin"), blob)?;
    Ok(())
}

fn spdx_entries(parts: &OptionalParts) -> Vec<Entry> {
    let mut entries = Vec::new();
    let licenses = spdx::text::LICENSE_TEXTS.iter().map(|it| (Kind::License, it));
    let exceptions = spdx::text::EXCEPTION_TEXTS.iter().map(|it| (Kind::Exception, it));
    for (kind, (id, text)) in licenses.chain(exceptions).filter(|it| !names_exception(it.1.0)) {
        for text in fingerprint::fingerprints(text, parts) {
            entries.push(Entry { id: (*id).to_owned(), kind, text });
        }
    }
    entries
}

/// Old ids of a license with an exception have the text of the exception, which has an id of its own.
fn names_exception(id: &str) -> bool {
    id.contains("-with-") && is_deprecated(id)
}

fn is_deprecated(id: &str) -> bool {
    spdx::license_id(id).is_some_and(spdx::LicenseId::is_deprecated)
}

fn stored_entries(folder: &Path) -> Result<Vec<Entry>, Failure> {
    let mut paths =
        fs::read_dir(folder)?.map(|it| Ok(it?.path())).collect::<Result<Vec<_>, Failure>>()?;
    paths.retain(|it| it.extension().is_some_and(|it| it == "txt"));
    paths.sort();
    let mut entries = Vec::new();
    for path in paths {
        let file = fs::read_to_string(&path)?;
        entries.push(Entry::parse(&file).map_err(|it| format!("{}: {it}", path.display()))?);
    }
    Ok(entries)
}

/// A text and every id that has it, the one to answer first.
struct Grouped {
    ids: Vec<String>,
    entry: Entry,
}

fn group(entries: Vec<Entry>) -> Vec<Grouped> {
    let mut groups: BTreeMap<(Kind, Vec<u32>), Grouped> = BTreeMap::new();
    for entry in entries {
        let core = core_grams(&entry).to_vec();
        let id = entry.id.clone();
        let group = groups
            .entry((entry.kind, core))
            .or_insert_with(|| Grouped { ids: Vec::new(), entry: entry.clone() });
        if !group.ids.contains(&id) {
            group.ids.push(id);
        }
        group.ids.sort_by_key(|it| preference(it));
        if group.ids[0] == entry.id {
            group.entry = entry;
        }
    }
    let mut groups: Vec<Grouped> = groups.into_values().collect();
    groups.sort_by(|one, two| preference(&one.ids[0]).cmp(&preference(&two.ids[0])));
    groups
}

fn core_grams(entry: &Entry) -> &[u32] {
    let text = &entry.text;
    let end = (text.core.end as usize).saturating_sub(fingerprint::WORDS_PER_GRAM - 1);
    text.grams.get(text.core.start as usize..end).unwrap_or(&text.grams)
}

/// Current ids before deprecated ones; without a notice nobody granted a later version; then the plainest.
fn preference(id: &str) -> (bool, bool, usize, String) {
    (is_deprecated(id), !id.ends_with("-only"), id.len(), id.to_owned())
}

/// The table of texts as Rust source, and the numbers it points into.
fn assemble(groups: &[Grouped]) -> Result<(String, Vec<u8>), Failure> {
    const SAMPLED_FROM: u32 = 400;
    let mut records = String::from("pub(super) static TEXTS: &[Text] = &[\n");
    let mut grams: Vec<u32> = Vec::new();
    let mut postings: BTreeMap<u32, Vec<u16>> = BTreeMap::new();
    for (at, Grouped { ids, entry }) in groups.iter().enumerate() {
        let core = &entry.text.core;
        let sampled = core.end - core.start >= SAMPLED_FROM;
        let mut indexed: Vec<u32> = core_grams(entry).to_vec();
        indexed.retain(|it| !sampled || it.is_multiple_of(4));
        indexed.sort_unstable();
        indexed.dedup();
        for gram in &indexed {
            postings.entry(*gram).or_default().push(u16::try_from(at)?);
        }
        let (start, count) = (grams.len(), entry.text.grams.len());
        writeln!(
            records,
            "Text {{ id: {:?}, aliases: &{:?}, kind: Kind::{:?}, first_gram: {start}, gram_count: {count}, core: {}..{}, indexed: {} }},",
            ids[0],
            &ids[1..],
            entry.kind,
            core.start,
            core.end,
            indexed.len(),
        )?;
        grams.extend(&entry.text.grams);
    }
    records.push_str("];\n");
    let blob = blob(&grams, &postings, &mut records)?;
    Ok((records, blob))
}

fn blob(
    grams: &[u32],
    postings: &BTreeMap<u32, Vec<u16>>,
    records: &mut String,
) -> Result<Vec<u8>, Failure> {
    let mut blob: Vec<u8> = grams.iter().flat_map(|it| it.to_le_bytes()).collect();
    let mut place =
        |name: &str, at: usize| writeln!(records, "pub(super) const {name}: usize = {at};");
    place("FILTER", blob.len())?;
    place("FILTER_SHIFT", u32::BITS as usize - FILTER_BITS)?;
    blob.extend(filter(postings.keys()));
    place("BUCKETS", blob.len())?;
    let mut keys = postings.keys().peekable();
    let mut passed = 0_u32;
    for bucket in 0..=u32::from(u16::MAX) {
        blob.extend(passed.to_le_bytes());
        while keys.next_if(|it| **it >> 16 == bucket).is_some() {
            passed += 1;
        }
    }
    blob.extend(passed.to_le_bytes());
    place("KEYS", blob.len())?;
    blob.extend(postings.keys().flat_map(|it| it.to_le_bytes()));
    place("LISTS", blob.len())?;
    let mut end = 0_u32;
    blob.extend(end.to_le_bytes());
    for list in postings.values() {
        end += u32::try_from(list.len())?;
        blob.extend(end.to_le_bytes());
    }
    place("POSTINGS", blob.len())?;
    blob.extend(postings.values().flatten().flat_map(|it| it.to_le_bytes()));
    Ok(blob)
}

/// How many upper bits of a gram tell whether the table may have it.
const FILTER_BITS: usize = 22;

fn filter<'g>(grams: impl Iterator<Item = &'g u32>) -> Vec<u8> {
    let mut bits = vec![0_u8; 1 << (FILTER_BITS - 3)];
    for gram in grams {
        let bit = gram >> (u32::BITS as usize - FILTER_BITS);
        bits[(bit / 8) as usize] |= 1 << (bit % 8);
    }
    bits
}
