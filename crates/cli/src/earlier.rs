//! The tree at an earlier revision, put into a folder of its own.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::error::Error;
use crate::git::{Entry, Mode, Repository};

/// A file up to this size is put there whole: no reader wants more of a text.
const WHOLE: u64 = 64 << 20;
/// How much of a larger one is: the header of weights. The file gets its full length all the same.
const BEGINNING: u64 = 16 << 20;
/// How much all of them may take.
const MOST: u64 = 8 << 30;
/// How many files there may be.
const MOST_FILES: usize = 2_000_000;
/// How large a pointer to bytes that git does not keep may be.
const POINTER: usize = 1024;
/// What such a pointer begins with.
const POINTS: &[u8] = b"version https://git-lfs.github.com/spec/v1";
/// How many links may follow one another.
const LINKS: usize = 8;

/// The files of a revision.
#[derive(Debug)]
pub(crate) struct Earlier {
    /// Removed when this ends.
    _folder: TempDir,
    /// What stands for the top of the repository.
    pub(crate) top: PathBuf,
    /// Folders that belong to other repositories, of which nothing is known here.
    pub(crate) submodules: Vec<String>,
}

/// Writes the files of `commit` below `folder`, which lies in the repository, and what policies may
/// lie elsewhere in it. Links become copies of the files that they lead to; those that lead to none
/// of the commit are links again, as that is a finding of its own.
pub(crate) fn earlier(
    repository: &Repository,
    commit: &str,
    folder: &Path,
) -> Result<Earlier, Error> {
    let temporary = TempDir::with_prefix("caveat-").map_err(unwritten)?;
    // What has no name is called by its folder, so the top is called as it is.
    let name = repository.top.file_name().unwrap_or("tree".as_ref());
    let top = temporary.path().canonicalize().map_err(unwritten)?.join(name);
    // Nobody looks for a policy above the top.
    fs::create_dir_all(top.join(".git")).map_err(unwritten)?;
    let below = folder.strip_prefix(&repository.top).unwrap_or(Path::new(""));
    let entries = repository.files(commit)?;
    let submodules = entries.iter().filter(|it| it.mode == Mode::Submodule);
    let submodules = submodules.map(|it| String::from_utf8_lossy(&it.path).into_owned()).collect();
    let leads = leads(repository, commit, &entries)?;
    let links = targets(&entries, &leads);
    let wanted: Vec<_> = entries
        .iter()
        .filter_map(|it| match it.mode {
            Mode::File => Some((it, it)),
            Mode::Link => Some((it, *links.get(it.path.as_slice())?)),
            Mode::Submodule => None,
        })
        .filter_map(|(it, content)| {
            let path = path(&it.path)?;
            let is_wanted = path.starts_with(below) || is_policy(&path, content.size);
            is_wanted.then_some((path, content))
        })
        .collect();
    let bytes: u64 = wanted.iter().map(|(_, it)| kept(it.size)).fold(0, u64::saturating_add);
    if wanted.len() > MOST_FILES || bytes > MOST {
        let (files, gigabytes) = (wanted.len(), bytes >> 30);
        return Err(Error::Usage {
            what: format!(
                "the tree at {commit} is too large to compare: {files} files, {gigabytes} GiB"
            ),
            help: "name a part of it: caveat check PATH --since REV".to_owned(),
        });
    }
    let pointers = write(repository, commit, &top, &wanted)?;
    fetched(repository, &top, &pointers)?;
    let lost = leads.iter().filter(|(link, _)| !links.contains_key(*link));
    lost.for_each(|(link, target)| lead_out(repository, &top, (link, target)));
    Ok(Earlier { _folder: temporary, top, submodules })
}

/// Policies may lie above the scanned folder, and extend others.
fn is_policy(path: &Path, size: u64) -> bool {
    path.extension().is_some_and(|it| it == "toml") && size <= 1 << 20
}

/// How much of a file is kept.
fn kept(size: u64) -> u64 {
    if size > WHOLE { BEGINNING } else { size }
}

/// The path of an entry; nothing for one that would lead elsewhere, which git itself never makes.
fn path(bytes: &[u8]) -> Option<PathBuf> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_plain = |it: &str| {
        !matches!(it, "" | "." | "..")
            && !it.eq_ignore_ascii_case(".git")
            && !it.contains(['\\', ':'])
    };
    text.split('/').all(is_plain).then(|| text.split('/').collect())
}

/// What the links of a commit say that they lead to, by the path of the link.
fn leads<'a>(
    repository: &Repository,
    commit: &str,
    entries: &'a [Entry],
) -> Result<BTreeMap<&'a [u8], Vec<u8>>, Error> {
    let mut leads = BTreeMap::new();
    let links: Vec<_> =
        entries.iter().filter(|it| it.mode == Mode::Link && it.size <= 4096).collect();
    if links.is_empty() {
        return Ok(leads);
    }
    let ids: Vec<_> = links.iter().map(|it| it.id.as_str()).collect();
    repository.contents(&ids, commit, &mut |index, _, content| {
        let mut target = Vec::new();
        content.take(4096).read_to_end(&mut target).map_err(unwritten)?;
        leads.insert(links[index].path.as_slice(), target);
        Ok(())
    })?;
    Ok(leads)
}

/// The files that links end at, by the path of the link.
fn targets<'a>(
    entries: &'a [Entry],
    leads: &BTreeMap<&'a [u8], Vec<u8>>,
) -> BTreeMap<&'a [u8], &'a Entry> {
    let files = entries.iter().filter(|it| it.mode == Mode::File);
    let files: BTreeMap<&[u8], &Entry> = files.map(|it| (it.path.as_slice(), it)).collect();
    let end = |link: &[u8]| {
        let mut at = joined(link, leads.get(link)?)?;
        for _ in 0..LINKS {
            match files.get(at.as_slice()) {
                Some(file) => return Some(*file),
                None => at = joined(&at, leads.get(at.as_slice())?)?,
            }
        }
        None
    };
    leads.keys().filter_map(|it| Some((*it, end(it)?))).collect()
}

/// Makes a link that leads where it led in the working tree. It is made when every file is written,
/// so that nothing is written through it; the walk opens none that leads out.
#[cfg(unix)]
fn lead_out(repository: &Repository, top: &Path, (link, target): (&[u8], &[u8])) {
    let (Some(at), Ok(target)) = (path(link), std::str::from_utf8(target)) else { return };
    let folder = at.parent().unwrap_or(Path::new(""));
    let inside = joined(link, target.as_bytes()).is_some();
    let to = if inside { PathBuf::from(target) } else { repository.top.join(folder).join(target) };
    // Who made a tree with a link and a folder of one name wants something written elsewhere.
    let through = |it: &Path| top.join(it).symlink_metadata().is_ok_and(|it| it.is_symlink());
    if folder.ancestors().any(through) {
        return;
    }
    // Where a link cannot be made, what is said of it today is new: that is seen, not lost.
    let _ = fs::create_dir_all(top.join(folder));
    let _ = std::os::unix::fs::symlink(to, top.join(&at));
}

#[cfg(not(unix))]
fn lead_out(_: &Repository, _: &Path, _: (&[u8], &[u8])) {}

/// Where a link in the folder of `link` leads, from the top; nothing where it leads out.
fn joined(link: &[u8], target: &[u8]) -> Option<Vec<u8>> {
    let mut parts: Vec<&[u8]> = link.split(|it| *it == b'/').collect();
    parts.pop();
    if target.first() == Some(&b'/') {
        return None;
    }
    for part in target.split(|it| *it == b'/') {
        match part {
            b"" | b"." => {}
            b".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join(&b'/'))
}

/// Writes files, and returns those that only point at bytes which git does not keep.
fn write(
    repository: &Repository,
    commit: &str,
    top: &Path,
    files: &[(PathBuf, &Entry)],
) -> Result<Vec<(PathBuf, String)>, Error> {
    let ids: Vec<_> = files.iter().map(|(_, it)| it.id.as_str()).collect();
    let mut pointers = Vec::new();
    repository.contents(&ids, commit, &mut |index, size, content| {
        let (path, entry) = &files[index];
        let whole = top.join(path);
        // A file where another needs a folder is something that no working tree can hold.
        if whole.parent().is_none_or(|it| fs::create_dir_all(it).is_err()) {
            return Ok(());
        }
        let mut start = Vec::new();
        (&mut *content).take(POINTER as u64).read_to_end(&mut start).map_err(unwritten)?;
        if size <= POINTER as u64 && start.starts_with(POINTS) {
            pointers.push((path.clone(), entry.id.clone()));
        }
        let rest = content.take(kept(size).saturating_sub(start.len() as u64));
        put(&whole, &mut start.as_slice().chain(rest), size).map_err(unwritten)
    })?;
    Ok(pointers)
}

/// Writes a file of that length; what `content` does not have is empty.
fn put(path: &Path, content: &mut dyn Read, length: u64) -> io::Result<()> {
    let mut file = File::create(path)?;
    let written = io::copy(content, &mut file)?;
    if written < length { file.set_len(length) } else { Ok(()) }
}

/// What a pointer stands for lies in the working tree, if the pointer is still the same.
fn fetched(
    repository: &Repository,
    top: &Path,
    pointers: &[(PathBuf, String)],
) -> Result<(), Error> {
    if pointers.is_empty() {
        return Ok(());
    }
    let staged = repository.staged()?;
    let staged: BTreeMap<_, _> =
        staged.iter().filter_map(|it| Some((path(&it.path)?, it.id.as_str()))).collect();
    for (path, id) in pointers {
        let here = repository.top.join(path);
        let text = fs::read_to_string(top.join(path)).unwrap_or_default();
        let length = text.lines().find_map(|it| it.strip_prefix("size ")?.trim().parse().ok());
        let is_same = staged.get(path).is_some_and(|it| it == id);
        let Ok(found) = here.symlink_metadata() else { continue };
        if is_same && found.is_file() && length == Some(found.len()) {
            let mut file = File::open(&here).map_err(unwritten)?.take(kept(found.len()));
            put(&top.join(path), &mut file, found.len()).map_err(unwritten)?;
        }
    }
    Ok(())
}

fn unwritten(source: io::Error) -> Error {
    Error::Write { to: "the files of an earlier revision".to_owned(), source }
}
