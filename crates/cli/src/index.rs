//! The index of git: what the next commit holds.
//!
//! The format: <https://git-scm.com/docs/index-format>, versions 2 to 4, SHA-1.

use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};

/// An index of a million files has about 100 MB; a larger one is not read.
const LARGEST: u64 = 128 << 20;

/// Times, owner, size and digest of an entry, before its flags.
const STATE: usize = 60;
/// Where the mode of an entry is within its state.
const MODE: usize = 24;
/// Where the digest of its bytes is.
const DIGEST: usize = 40;

/// An index, as far as it was understood.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Index {
    /// In the order of their paths.
    pub(crate) entries: Vec<Entry>,
    /// It is not all: the rest lies in another file, or only folders are named.
    pub(crate) is_part: bool,
    /// When it was written, in nanoseconds; what was touched since may have changed.
    pub(crate) written: u64,
}

/// One entry of the index.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// As the index spells it, from the top of the work tree.
    pub(crate) path: Vec<u8>,
    /// What sort of thing it is.
    pub(crate) sort: Sort,
    /// What git calls its bytes.
    pub(crate) blob: [u8; 20],
    /// The file of the work tree that had these bytes, when git last looked.
    seen: Seen,
}

/// What sort of thing git has at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A regular file.
    File,
    /// A symbolic link.
    Link,
    /// Another repository, or what a merge has not settled.
    Other,
}

/// What the system told of a file: times of change and of modification in nanoseconds, number, size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    changed: u64,
    modified: u64,
    number: u32,
    size: u32,
}

impl Index {
    /// The index in the file at `path`.
    pub(crate) fn read(path: &Path) -> Option<Self> {
        let file = File::open(path).ok()?;
        let about = file.metadata().ok()?;
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes).ok()?;
        let written = Seen::of(&about).map_or(0, |it| it.modified);
        Some(Self { written, ..parse(&bytes)? })
    }

    /// Whether the file of the work tree still has the bytes of its entry, as far as the system
    /// tells: what was touched as late as the index was written may have changed since.
    pub(crate) fn is_unchanged(&self, entry: &Entry, file: &Metadata) -> bool {
        let Some(now) = Seen::of(file) else { return false };
        entry.seen == now && now.modified.max(now.changed) < self.written
    }
}

impl Seen {
    #[cfg(unix)]
    #[expect(clippy::cast_possible_truncation, reason = "the index has the lower half of a number")]
    fn of(file: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Self {
            changed: nanoseconds(file.ctime(), file.ctime_nsec())?,
            modified: nanoseconds(file.mtime(), file.mtime_nsec())?,
            number: file.ino() as u32,
            size: file.size() as u32,
        })
    }

    /// Elsewhere nothing tells of every change.
    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Option<Self> {
        None
    }

    fn parse(state: &[u8]) -> Option<Self> {
        let at = |at: usize| number(state.get(at..)?).map(|it| it.0);
        let time = |seconds: u32, rest: u32| u64::from(seconds) * 1_000_000_000 + u64::from(rest);
        Some(Self {
            changed: time(at(0)?, at(4)?),
            modified: time(at(8)?, at(12)?),
            number: at(20)?,
            size: at(36)?,
        })
    }
}

#[cfg(unix)]
fn nanoseconds(seconds: i64, rest: i64) -> Option<u64> {
    // The index keeps 32 bits of the seconds.
    let seconds = u64::try_from(seconds).ok()? & u64::from(u32::MAX);
    Some(seconds * 1_000_000_000 + u64::try_from(rest).ok()?)
}

/// The top of the work tree that `folder` lies in, and where git keeps its files for it.
pub(crate) fn repository(folder: &Path) -> Option<(&Path, PathBuf)> {
    folder.ancestors().find_map(|it| Some((it, directory(it)?)))
}

/// Where git keeps its files for a work tree: the folder `.git`, or what a file of that name says.
fn directory(top: &Path) -> Option<PathBuf> {
    let git = top.join(".git");
    if git.is_dir() {
        return Some(git);
    }
    let mut text = String::new();
    File::open(&git).ok()?.take(4096).read_to_string(&mut text).ok()?;
    let said = top.join(text.strip_prefix("gitdir:")?.trim());
    fs::canonicalize(said).ok()
}

/// All entries, and whether these are all.
fn parse(bytes: &[u8]) -> Option<Index> {
    let rest = bytes.strip_prefix(b"DIRC")?;
    let (version, rest) = number(rest)?;
    let (count, _) = number(rest)?;
    if !(2..=4).contains(&version) {
        return None;
    }
    let mut at = 12_usize;
    let mut index = Index::default();
    let mut last: Vec<u8> = Vec::new();
    let mut total = 0;
    for _ in 0..count {
        let start = at;
        let state = bytes.get(at..at.checked_add(STATE)?)?;
        let (mode, _) = number(&state[MODE..])?;
        let flags = bytes.get(at + STATE)?;
        at += STATE + 2 + usize::from(version >= 3 && flags & 0x40 != 0) * 2;
        if version == 4 {
            let (drop, length) = offset(bytes.get(at..)?)?;
            at += length;
            last.truncate(last.len().checked_sub(drop)?);
        } else {
            last.clear();
        }
        let name = bytes.get(at..)?;
        let length = name.iter().position(|it| *it == 0)?;
        last.extend_from_slice(&name[..length]);
        at += length + 1;
        total += last.len();
        if last.len() > LONGEST_PATH || total > MOST_BYTES || !stays_inside(&last) {
            return None;
        }
        if version < 4 {
            // Entries are padded with zeros to a multiple of eight.
            at += (8 - (at - start) % 8) % 8;
        }
        let is_settled = flags & 0x30 == 0;
        let sort = match mode >> 12 {
            0o10 if is_settled => Sort::File,
            0o12 if is_settled => Sort::Link,
            _ => Sort::Other,
        };
        // A folder stands for all that is in it.
        index.is_part |= mode >> 12 == 0o04;
        let blob = state.get(DIGEST..)?.try_into().ok()?;
        index.entries.push(Entry { path: last.clone(), sort, blob, seen: Seen::parse(state)? });
    }
    index.is_part |= bytes.get(at..)?.starts_with(b"link");
    Some(index)
}

/// No system opens a longer path.
const LONGEST_PATH: usize = 4096;
/// How many bytes all paths may have: a shared beginning is written once and read for each.
const MOST_BYTES: usize = 256 << 20;

/// Whether a path leads to something below the folder that it begins in, and not into git's own.
fn stays_inside(path: &[u8]) -> bool {
    let is_plain = |part: &[u8]| {
        !part.is_empty() && part != b"." && part != b".." && !part.eq_ignore_ascii_case(b".git")
    };
    // What stands for a folder ends like one; a split index leaves out names that are elsewhere.
    path.is_empty() || path.strip_suffix(b"/").unwrap_or(path).split(|it| *it == b'/').all(is_plain)
}

/// A number of four bytes, the highest first, and what follows it.
fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (first, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*first), rest))
}

/// How many bytes of the last path are dropped, and how many bytes say so: seven bits in each,
/// and one is added for each byte that goes on.
fn offset(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0_usize;
    for (index, byte) in bytes.iter().take(4).enumerate() {
        value = (value << 7) | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, index + 1));
        }
        value += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_index_is_none() {
        assert_eq!(parse(b""), None);
        assert_eq!(parse(b"DIRC\0\0\0\x02\xff\xff\xff\xff"), None);
        assert_eq!(parse(b"DIRC\0\0\0\x04\0\0\0\0"), Some(Index::default()));
        let mut bytes = b"DIRC\0\0\0\x04\0\0\0\x01".to_vec();
        bytes.extend([0; STATE + 2]);
        bytes.extend([0x7f, 0]);
        assert_eq!(parse(&bytes), None, "it drops more than there is");
        let split = parse(b"DIRC\0\0\0\x02\0\0\0\0link\0\0\0\0");
        assert!(split.is_some_and(|it| it.is_part), "the rest lies in another file");
    }
}
