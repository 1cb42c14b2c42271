//! What was read before: for each file of a tree the bytes it had and what they said, so that only
//! what has changed is read again.
//!
//! A cache never changes an answer. It belongs to one program, known by the digest of its own
//! bytes, and to one root. An entry holds for a name, a reader and a digest of the content; where
//! the system tells that a file was not touched since, the digest is not computed again. Whatever
//! cannot be understood counts as not there, and the folder may be deleted at any time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use caveat_core::reading::Reading;
use caveat_core::source::Source;
use sha2::{Digest as _, Sha256};

mod folder;
mod pack;
mod stat;
mod tool;

pub(crate) use folder::folder;
pub(crate) use stat::Stat;

use pack::{Packer, Unpacker, pack, unpack};

/// What the first bytes of a cache are.
const MAGIC: &[u8] = b"caveat cache 1\n";
/// How long a digest is.
const DIGEST: usize = 32;
/// A larger file is neither read nor written: it would cost more than it saves.
const LARGEST: usize = 64 << 20;
/// What one file says takes no more; a lockfile of thousands of packages is as quick to read.
const LARGEST_READING: usize = 1 << 20;

/// The digest of a file's bytes.
pub(crate) type Digest = [u8; DIGEST];

/// What was read before, and what is read now.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    /// The file; nothing where nothing is remembered.
    file: Option<PathBuf>,
    /// The program that reads.
    tool: Digest,
    bytes: Vec<u8>,
    known: BTreeMap<Key, Known>,
    fresh: Mutex<BTreeMap<Key, Vec<u8>>>,
}

/// A file and who reads it.
type Key = (String, String);

/// An entry of the file.
#[derive(Debug)]
struct Known {
    stat: Stat,
    digest: Digest,
    /// What was read, packed, as a range of all bytes.
    reading: std::ops::Range<usize>,
    /// The whole entry.
    entry: std::ops::Range<usize>,
    /// Whether the file is still there.
    met: AtomicBool,
}

/// What is known of a file's last reading.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Before<'a> {
    stat: Stat,
    /// Of the bytes that it had.
    pub(crate) digest: Digest,
    reading: &'a [u8],
}

impl Before<'_> {
    /// Whether it had nothing to say, and the system tells that it was not touched since.
    pub(crate) fn is_silent(&self, stat: Stat) -> bool {
        self.reading.is_empty() && stat == self.stat && !stat.is_unsettled()
    }

    /// Whether these are the bytes that it had.
    pub(crate) fn is_of(&self, stat: Stat, bytes: &[u8]) -> bool {
        (stat == self.stat && !stat.is_unsettled()) || digest(bytes) == self.digest
    }

    /// Whether the file was put there anew, with the same bytes: next time that is to be known.
    pub(crate) fn was_touched(&self, stat: Stat) -> bool {
        stat != self.stat && !stat.is_unsettled()
    }

    /// What it says.
    pub(crate) fn reading(&self, source: &Source) -> Option<Reading> {
        if self.reading.is_empty() {
            return Some(Reading::default());
        }
        unpack(self.reading, source)
    }
}

/// The digest of bytes.
pub(crate) fn digest(bytes: &[u8]) -> Digest {
    Sha256::digest(bytes).into()
}

impl Cache {
    /// One that remembers nothing.
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// The cache of `root` in `folder`.
    pub(crate) fn of(folder: &Path, root: &Path) -> Self {
        let Some(tool) = tool::identity(folder) else { return Self::none() };
        let root = digest(root.as_os_str().as_encoded_bytes());
        let name = format!("{}-{}", hexadecimal(&tool), hexadecimal(&root));
        let mut cache = Self { file: Some(folder.join(name)), tool, ..Self::default() };
        cache.load();
        cache
    }

    fn load(&mut self) {
        let Some(file) = &self.file else { return };
        let is_sound = file.metadata().is_ok_and(|it| it.is_file() && it.len() <= LARGEST as u64);
        let Some(bytes) = is_sound.then(|| fs::read(file).ok()).flatten() else { return };
        let Some(known) = entries(&bytes, &self.tool) else { return };
        (self.bytes, self.known) = (bytes, known);
    }

    /// What is known of the file of that name, as this reader read it.
    pub(crate) fn before(&self, name: &str, reader: &str) -> Option<Before<'_>> {
        self.file.as_ref()?;
        let known = self.known.get(&(name.to_owned(), reader.to_owned()))?;
        known.met.store(true, Ordering::Relaxed);
        let reading = self.bytes.get(known.reading.clone())?;
        Some(Before { stat: known.stat, digest: known.digest, reading })
    }

    /// Whether anything is remembered at all: without, there is no need for digests.
    pub(crate) fn is_on(&self) -> bool {
        self.file.is_some()
    }

    /// Remembers what a file with this digest says. What cannot be packed is read again next time.
    pub(crate) fn learn(
        &self,
        reader: &str,
        stat: Stat,
        digest: &Digest,
        read: (&Source, &Reading),
    ) {
        let (source, reading) = read;
        let packed = if reading.is_empty() { Some(Vec::new()) } else { pack(reading, source) };
        let Some(packed) = packed.filter(|it| it.len() <= LARGEST_READING) else { return };
        let mut entry = Packer::new(source);
        entry.text(&source.name);
        entry.text(reader);
        stat.0.iter().for_each(|it| entry.number(*it));
        entry.bytes(digest);
        entry.bytes(&packed);
        let key = (source.name.clone(), reader.to_owned());
        let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        fresh.insert(key, entry.finish());
    }

    /// Writes what is new, beside what is still there. Whoever cannot write does without.
    pub(crate) fn close(self) {
        let fresh = self.fresh.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = self.file.filter(|_| !fresh.is_empty()) else { return };
        let mut body = Vec::new();
        for (key, it) in &self.known {
            if it.met.load(Ordering::Relaxed) && !fresh.contains_key(key) {
                body.extend_from_slice(self.bytes.get(it.entry.clone()).unwrap_or_default());
            }
        }
        for it in fresh.values().filter(|it| it.len() < LARGEST) {
            if body.len() + it.len() < LARGEST / 2 {
                body.extend_from_slice(it);
            }
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&self.tool);
        bytes.extend_from_slice(&digest(&body));
        bytes.extend_from_slice(&body);
        folder::put(&file, &bytes);
    }
}

/// The entries of a cache; nothing where it is another program's, or a byte of it is not as it was
/// written.
fn entries(bytes: &[u8], tool: &Digest) -> Option<BTreeMap<Key, Known>> {
    let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(tool)?;
    let (sum, body) = rest.split_at_checked(DIGEST)?;
    if digest(body) != sum {
        return None;
    }
    let before = bytes.len() - body.len();
    let mut from = Unpacker::new(body, 0, "");
    let mut known = BTreeMap::new();
    while !from.is_done() {
        let begin = before + from.at();
        let key = (from.text()?, from.text()?);
        let mut stat = Stat::default();
        for it in &mut stat.0 {
            *it = from.number()?;
        }
        let digest = from.bytes()?.try_into().ok()?;
        let length = from.bytes()?.len();
        let end = before + from.at();
        let (reading, entry) = (end - length..end, begin..end);
        known.insert(key, Known { stat, digest, reading, entry, met: AtomicBool::new(false) });
    }
    Some(known)
}

/// The first bytes of a digest, for the name of a file.
fn hexadecimal(digest: &Digest) -> String {
    let digit = |it: u8| char::from_digit(it.into(), 16).unwrap_or('0');
    digest[..8].iter().flat_map(|it| [digit(it >> 4), digit(it & 15)]).collect()
}
