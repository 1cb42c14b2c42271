//! Which files git tracks, read from its index: what somebody added in spite of a `.gitignore` is
//! part of the project.
//!
//! The format: <https://git-scm.com/docs/index-format>, versions 2 to 4, SHA-1.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// An index of a million files has about 100 MB; a larger one is not read.
const LARGEST: u64 = 128 << 20;

/// Times, owner, size and digest of an entry, before its flags.
const STATE: usize = 60;
/// Where the mode of an entry is within its state.
const MODE: usize = 24;

/// All files below `folder` that git tracks; none where there is no repository or its index cannot
/// be read.
pub(crate) fn tracked(folder: &Path) -> Vec<PathBuf> {
    let Some((top, git)) = folder.ancestors().find_map(|it| Some((it, directory(it)?))) else {
        return Vec::new();
    };
    let mut bytes = Vec::new();
    let read = File::open(git.join("index")).map(|it| it.take(LARGEST).read_to_end(&mut bytes));
    if !matches!(read, Ok(Ok(_))) {
        return Vec::new();
    }
    let paths = entries(&bytes).unwrap_or_default();
    let paths = paths.into_iter().filter_map(|it| String::from_utf8(it).ok());
    paths.map(|it| top.join(it)).filter(|it| it.starts_with(folder)).collect()
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

/// The paths of all regular files, as the index spells them.
fn entries(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let rest = bytes.strip_prefix(b"DIRC")?;
    let (version, rest) = number(rest)?;
    let (count, _) = number(rest)?;
    if !(2..=4).contains(&version) {
        return None;
    }
    let mut at = 12_usize;
    let mut paths = Vec::new();
    let mut last: Vec<u8> = Vec::new();
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
        if version < 4 {
            // Entries are padded with zeros to a multiple of eight.
            at += (8 - (at - start) % 8) % 8;
        }
        if mode >> 12 == 0o10 {
            paths.push(last.clone());
        }
    }
    Some(paths)
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
    use std::process::Command;

    use super::*;

    /// Makes a repository with these files, all of them added, and tells what is tracked in `sub`.
    fn check(index_version: &str, files: &[&str], expected: &[&str]) {
        let folder = tempfile::TempDir::new().expect("a folder can be made");
        let top = folder.path().canonicalize().expect("it is there");
        for file in files {
            let path = top.join(file);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("it is made");
            fs::write(path, file).expect("a file can be written");
        }
        fs::write(top.join(".gitignore"), "*.ipynb\n").expect("a file can be written");
        let git = |arguments: &[&str]| {
            let ran = Command::new("git").current_dir(&top).args(arguments).output();
            ran.is_ok_and(|it| it.status.success())
        };
        if !git(&["init", "-q"]) {
            println!("skipped: there is no git here");
            return;
        }
        assert!(git(&["add", "-f", "."]), "git adds files");
        assert!(git(&["update-index", "--index-version", index_version]), "git knows the version");
        let found = tracked(&top.join("sub"));
        let found: Vec<_> =
            found.iter().filter_map(|it| it.strip_prefix(&top).ok()?.to_str()).collect();
        assert_eq!(found, expected, "version {index_version}");
    }

    #[test]
    fn what_was_added_is_tracked_whatever_is_ignored() {
        let files = ["a.py", "sub/deep/er/b.ipynb", "sub/deep/error.ipynb", "sub/b.ipynb"];
        let expected = ["sub/b.ipynb", "sub/deep/er/b.ipynb", "sub/deep/error.ipynb"];
        for version in ["2", "3", "4"] {
            check(version, &files, &expected);
        }
    }

    #[test]
    fn a_broken_index_is_none() {
        assert_eq!(entries(b""), None);
        assert_eq!(entries(b"DIRC\0\0\0\x02\xff\xff\xff\xff"), None);
        assert_eq!(entries(b"DIRC\0\0\0\x04\0\0\0\0"), Some(Vec::new()));
        let mut bytes = b"DIRC\0\0\0\x04\0\0\0\x01".to_vec();
        bytes.extend([0; STATE + 2]);
        bytes.extend([0x7f, 0]);
        assert_eq!(entries(&bytes), None, "it drops more than there is");
    }
}
