//! Commits, and what they change.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Read, Write};
use std::process::Stdio;

use super::{LONG, Mode, Repository, no_git, sort};
use crate::error::Error;

/// How much of a commit is read: more than anybody writes.
const COMMIT: u64 = 1 << 20;
/// How many commits are looked at.
const MOST_COMMITS: usize = 50_000;

/// Commits that follow one another.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    /// The newest first.
    pub(crate) commits: Vec<String>,
    /// Those that they stand on and that are none of them, as far as they are in the clone.
    pub(crate) below: BTreeSet<String>,
}

/// A file that a commit, or a row of commits, changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Changed {
    /// From the top, with `/`.
    pub(crate) path: String,
    /// Its content after that; nothing for what is no file any more.
    pub(crate) after: Option<String>,
    /// Its name and content before, where there was a file.
    pub(crate) before: Option<(String, String)>,
}

impl Repository {
    /// The commits that `head` comes from and `base` does not; all of them without a base.
    pub(crate) fn history(&self, base: Option<&str>, head: &str) -> Result<History, Error> {
        let most = format!("--max-count={}", MOST_COMMITS + 1);
        let not = base.map(|it| format!("^{it}"));
        let mut arguments = vec!["rev-list", "--topo-order", "--boundary", &most, head];
        arguments.extend(not.as_deref());
        let answer = self.ask(&arguments, LONG)?.ok_or_else(|| Self::incomplete(head))?;
        let mut history = History::default();
        for line in String::from_utf8_lossy(&answer).lines() {
            match line.strip_prefix('-') {
                Some(it) => drop(history.below.insert(it.to_owned())),
                None => history.commits.push(line.to_owned()),
            }
        }
        if history.commits.len() > MOST_COMMITS {
            return Err(Error::Usage {
                what: format!("these are more than {MOST_COMMITS} commits"),
                help: "ask about fewer: caveat contributions v1.0..v1.1".to_owned(),
            });
        }
        Ok(history)
    }

    /// The text of each of these commits, in their order.
    pub(crate) fn commits(&self, ids: &[&str]) -> Result<Vec<String>, Error> {
        let mut texts = Vec::new();
        if let Some(first) = ids.first() {
            self.contents(ids, first, &mut |_, _, content| {
                let mut bytes = Vec::new();
                let _ = content.take(COMMIT).read_to_end(&mut bytes);
                texts.push(String::from_utf8_lossy(&bytes).into_owned());
                Ok(())
            })?;
        }
        Ok(texts)
    }

    /// What each of these commits changes. Merges change nothing of their own.
    pub(crate) fn changed_by(&self, ids: &[&str]) -> Result<BTreeMap<String, Vec<Changed>>, Error> {
        let what = "diff-tree --stdin -r --root -z --raw --no-abbrev --no-renames --no-ext-diff";
        let arguments: Vec<&str> = what.split(' ').collect();
        let mut command = self.command(&arguments);
        command.stdin(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(no_git)?;
        let asked: String = ids.iter().flat_map(|it| [*it, "\n"]).collect();
        let mut bytes = Vec::new();
        std::thread::scope(|scope| {
            let input = child.stdin.take();
            // Git answers while it is being asked: whoever asks everything first waits for ever.
            scope.spawn(move || input.map(|mut it| it.write_all(asked.as_bytes())));
            let output = child.stdout.take().map(BufReader::new);
            let _ = output.map(|it| it.take(LONG).read_to_end(&mut bytes));
            if bytes.len() as u64 == LONG {
                let _ = child.kill();
            }
        });
        // What is cut short would tell of commits that change nothing.
        match child.wait() {
            Ok(it) if it.success() && (bytes.len() as u64) < LONG => Ok(by_commit(&bytes)),
            Ok(_) | Err(_) => Err(Self::incomplete(ids.first().copied().unwrap_or("HEAD"))),
        }
    }

    /// What is otherwise in one commit than in another; everything, without the one.
    pub(crate) fn between(&self, base: Option<&str>, head: &str) -> Result<Vec<Changed>, Error> {
        let Some(base) = base else {
            let files = self.files(head)?.into_iter().filter(|it| it.mode == Mode::File);
            let new = files.map(|it| Changed {
                path: String::from_utf8_lossy(&it.path).into_owned(),
                after: Some(it.id),
                before: None,
            });
            return Ok(new.collect());
        };
        let what = "diff-tree -r -z --raw --no-abbrev --find-renames -l2000 --no-ext-diff";
        let arguments: Vec<&str> = what.split(' ').chain([base, head]).collect();
        let bytes = self.ask(&arguments, LONG)?.ok_or_else(|| Self::incomplete(base))?;
        Ok(by_commit(&bytes).remove("").unwrap_or_default())
    }

    /// The bytes of a file of a commit; nothing where it has none of that name, or a large one.
    pub(crate) fn file(
        &self,
        commit: &str,
        path: &str,
        most: u64,
    ) -> Result<Option<String>, Error> {
        let bytes = self.ask(&["cat-file", "blob", &format!("{commit}:{path}")], most)?;
        Ok(bytes.map(|it| String::from_utf8_lossy(&it).into_owned()))
    }

    /// The newest commit that both come from, as far as the history is here.
    pub(crate) fn parted(&self, one: &str, other: &str) -> Result<Option<String>, Error> {
        self.line(&["merge-base", one, other])
    }

    /// What a name that may stand for another stands for: the checked out branch for `HEAD`.
    pub(crate) fn branch(&self, name: &str) -> Result<Option<String>, Error> {
        let name = self.line(&["rev-parse", "--verify", "--quiet", "--abbrev-ref", name])?;
        Ok(name.filter(|it| it != "HEAD"))
    }
}

/// `:100644 100644 <id> <id> M`, then the path, or two for what was renamed; the name of the commit
/// stands before its lines. Each is ended by a zero, and only what a line announces is a path.
fn by_commit(list: &[u8]) -> BTreeMap<String, Vec<Changed>> {
    let text = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
    let mut parts = list.split(|it| *it == 0);
    let mut all: BTreeMap<String, Vec<Changed>> = BTreeMap::new();
    let mut commit = String::new();
    while let Some(part) = parts.next() {
        let Some(about) = part.strip_prefix(b":") else {
            commit = text(part);
            continue;
        };
        let about = text(about);
        let words: Vec<&str> = about.split(' ').collect();
        let [old, new, before, after, how] = words[..] else { continue };
        let Some(first) = parts.next().map(text) else { break };
        let second = how.starts_with(['R', 'C']).then(|| parts.next().map(text)).flatten();
        let is_file = |mode| sort(mode) == Some(Mode::File);
        let change = Changed {
            after: is_file(new).then(|| after.to_owned()),
            before: is_file(old).then(|| (first.clone(), before.to_owned())),
            path: second.unwrap_or(first),
        };
        all.entry(commit.clone()).or_default().push(change);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_never_taken_for_a_commit() {
        let list = b"aa\0:100644 100644 1 2 M\0bb\0:000000 100644 0 3 A\0:100644 x\0bb\0:100644 100644 4 5 R090\0old\0new\0:1";
        let told = by_commit(list);
        let paths = |it: &str| told[it].iter().map(|it| it.path.clone()).collect::<Vec<_>>();
        assert_eq!(paths("aa"), ["bb", ":100644 x"]);
        assert_eq!(paths("bb"), ["new"]);
        assert_eq!(told["bb"][0].before, Some(("old".to_owned(), "4".to_owned())));
        assert_eq!(by_commit(b""), BTreeMap::from([]));
    }
}
