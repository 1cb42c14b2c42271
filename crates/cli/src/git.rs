//! Asking git: what is staged, and the bytes of what it keeps.
//!
//! Only commands that read are run, with settings that keep a repository from naming programs and
//! git from fetching what it does not have.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use crate::error::{Error, said};

/// Longer lists of changes are not read.
const LONGEST_LIST: u64 = 256 << 20;
/// Of what git keeps, larger files are not read: a card or manifest is not so large, and of weights
/// the file itself is at hand.
pub(crate) const LARGEST_BLOB: u64 = 64 << 20;
/// All that is read of one repository at a time.
const MOST_BYTES: u64 = 512 << 20;

/// What git calls some bytes.
pub(crate) type Blob = String;

/// One path whose staged content is not that of the last commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// From the top of the work tree.
    pub(crate) path: String,
    /// What the last commit has there, if it has a file.
    pub(crate) before: Option<Blob>,
}

/// What is staged in the repository whose top is `top`.
pub(crate) fn staged(top: &Path) -> Result<Vec<Change>, Error> {
    let what = "diff --cached --raw -z --no-renames --no-abbrev --no-ext-diff --ignore-submodules";
    let mut command = git(top);
    command.args(what.split(' ')).stdin(Stdio::null());
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|it| none(&it))?;
    let mut list = Vec::new();
    let out = child.stdout.take().ok_or_else(|| failed("it has no output"))?;
    out.take(LONGEST_LIST).read_to_end(&mut list).map_err(|it| failed(&said(&it)))?;
    let done = child.wait_with_output().map_err(|it| failed(&said(&it)))?;
    if !done.status.success() {
        return Err(failed(String::from_utf8_lossy(&done.stderr).trim()));
    }
    Ok(changes(&list))
}

/// `:100644 100644 <blob> <blob> M`, then the path, each ended by a zero.
fn changes(list: &[u8]) -> Vec<Change> {
    let mut parts = list.split(|it| *it == 0);
    let mut changes = Vec::new();
    while let (Some(about), Some(path)) = (parts.next(), parts.next()) {
        let about = String::from_utf8_lossy(about);
        let words: Vec<&str> = about.trim_start_matches(':').split(' ').collect();
        let [mode, _, before, ..] = words[..] else { continue };
        let is_file = mode.starts_with("100");
        let path = String::from_utf8_lossy(path).into_owned();
        changes.push(Change { path, before: is_file.then(|| before.to_owned()) });
    }
    changes
}

/// The bytes of each of `blobs` that git has and that is not too large.
pub(crate) fn contents(top: &Path, blobs: &[Blob]) -> Result<BTreeMap<Blob, Vec<u8>>, Error> {
    if blobs.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sizes = batch(top, blobs, "--batch-check", &mut |_, _| Ok(()))?;
    let mut total = 0;
    let fits = |size: u64| {
        total += size;
        size <= LARGEST_BLOB && total <= MOST_BYTES
    };
    let mut fits = fits;
    let wanted: Vec<Blob> =
        sizes.into_iter().filter(|(_, size)| fits(*size)).map(|(blob, _)| blob).collect();
    let mut found = BTreeMap::new();
    let mut take = |(blob, size): (&str, u64), from: &mut dyn Read| {
        let mut bytes = Vec::new();
        from.take(size).read_to_end(&mut bytes)?;
        from.read_exact(&mut [0])?;
        found.insert(blob.to_owned(), bytes);
        Ok(())
    };
    batch(top, &wanted, "--batch", &mut take)?;
    Ok(found)
}

/// Takes what follows the line about one blob.
type Take<'a> = dyn FnMut((&str, u64), &mut dyn Read) -> io::Result<()> + 'a;

/// Asks for blobs; each answer is a line `<blob> blob <size>`, and what `take` takes behind it.
fn batch(
    top: &Path,
    blobs: &[Blob],
    how: &str,
    take: &mut Take<'_>,
) -> Result<Vec<(Blob, u64)>, Error> {
    let mut command = git(top);
    command.args(["cat-file", how]).stdin(Stdio::piped());
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(|it| none(&it))?;
    let (Some(mut to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(failed("it has no output"));
    };
    let mut from = BufReader::new(from);
    let mut told = Vec::new();
    let read = thread::scope(|scope| {
        // Both ends of a pipe may be full.
        scope.spawn(move || blobs.iter().try_for_each(|it| writeln!(to, "{it}")));
        for _ in blobs {
            let mut line = String::new();
            (&mut from).take(256).read_line(&mut line)?;
            let words: Vec<&str> = line.split_whitespace().collect();
            if let [blob, "blob", size] = words[..]
                && let Ok(size) = size.parse()
            {
                take((blob, size), &mut from)?;
                told.push((blob.to_owned(), size));
            }
        }
        Ok(())
    });
    let done = child.wait();
    read.and(done).map_err(|it: io::Error| failed(&said(&it)))?;
    Ok(told)
}

fn git(top: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(top).args(["-c", "core.fsmonitor=false", "-c", "protocol.allow=never"]);
    command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1").env("LC_ALL", "C");
    command
}

fn none(why: &io::Error) -> Error {
    let help = "install git, or name the files that changed: caveat check --changed FILE…";
    Error::Usage { what: format!("cannot run git: {}", said(why)), help: help.to_owned() }
}

fn failed(why: &str) -> Error {
    Error::Usage {
        what: format!("cannot ask git what is staged: {why}"),
        help: "see what `git status` says in this folder".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_changes_is_read_as_far_as_it_goes() {
        let list = b":100644 100644 aa bb M\0a b.md\0:000000 100644 00 cc A\0c\0:120000 000000 dd 00 D\0e\0:x";
        let told: Vec<_> = changes(list).into_iter().map(|it| (it.path, it.before)).collect();
        let of = |path: &str, before: Option<&str>| (path.to_owned(), before.map(str::to_owned));
        assert_eq!(told, [of("a b.md", Some("aa")), of("c", None), of("e", None)]);
        assert_eq!(changes(b""), []);
    }
}
