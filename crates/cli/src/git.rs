//! What git knows of a repository, asked by the `git` of this machine. It is let read and nothing
//! else: no hook, no filter, no network, whatever the configuration of the repository says.

mod history;

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::error::Error;
pub(crate) use history::{Changed, History};

/// How much git may answer to a question that has a short answer.
const SHORT: u64 = 1 << 16;
/// How much the list of the files of a commit may take: some ten million files.
const LONG: u64 = 1 << 30;

/// A repository with a working tree.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    /// Its top.
    pub(crate) top: PathBuf,
}

/// Takes a content: its place in the list, its size and its bytes.
type Take<'a> = &'a mut dyn FnMut(usize, u64, &mut dyn Read) -> Result<(), Error>;

/// A file of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) mode: Mode,
    /// The name of its content.
    pub(crate) id: String,
    pub(crate) size: u64,
    /// From the top, with `/`.
    pub(crate) path: Vec<u8>,
}

/// A path whose staged content is not that of the last commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// From the top, with `/`.
    pub(crate) path: String,
    /// The name of the content that the last commit has there, if it has a file.
    pub(crate) before: Option<String>,
}

/// What sort of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    File,
    Link,
    /// A commit of another repository.
    Submodule,
}

impl Repository {
    /// The repository that holds `folder`.
    pub(crate) fn of(folder: &Path) -> Option<Self> {
        let top = folder.ancestors().find(|it| it.join(".git").exists())?;
        Some(Self { top: top.to_owned() })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.args(["--no-pager", "--no-optional-locks", "--no-replace-objects"]);
        // A repository may have been made to run programs of its choice, and a partial clone would
        // fetch what it lacks.
        for setting in ["core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never"]
        {
            command.args(["-c", setting]);
        }
        command.arg("-C").arg(&self.top).args(arguments);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GIT_") {
                command.env_remove(name);
            }
        }
        command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
        // No transport at all: this a repository's own settings cannot undo, on any version.
        command.env("GIT_ALLOW_PROTOCOL", "");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// What git answers; nothing where it says no.
    fn ask(&self, arguments: &[&str], most: u64) -> Result<Option<Vec<u8>>, Error> {
        self.answer(self.command(arguments), most)
    }

    fn answer(&self, mut command: Command, most: u64) -> Result<Option<Vec<u8>>, Error> {
        let mut child = command.spawn().map_err(no_git)?;
        let mut bytes = Vec::new();
        let mut said = Vec::new();
        let errors = child.stderr.take();
        let read = std::thread::scope(|scope| {
            // Whoever leaves a full pipe waits for one who waits for him.
            scope.spawn(|| {
                let mut errors = errors?;
                errors.by_ref().take(SHORT).read_to_end(&mut said).ok()?;
                std::io::copy(&mut errors, &mut std::io::sink()).ok()
            });
            let read = child.stdout.take().map(|it| it.take(most).read_to_end(&mut bytes));
            if bytes.len() as u64 == most {
                let _ = child.kill();
            }
            read
        });
        let status = child.wait().map_err(no_git)?;
        if status.success() && matches!(read, Some(Ok(_))) && (bytes.len() as u64) < most {
            return Ok(Some(bytes));
        }
        let said = String::from_utf8_lossy(&said);
        if let Some(why) = said.lines().find(|it| it.starts_with("fatal: ") && is_of_all(it)) {
            return Err(Error::Usage {
                what: format!("git cannot read `{}`: {}", self.top.display(), &why[7..]),
                help: "run caveat where `git log` works".to_owned(),
            });
        }
        Ok(None)
    }

    fn line(&self, arguments: &[&str]) -> Result<Option<String>, Error> {
        let answer = self.ask(arguments, SHORT)?;
        let line = answer.map(|it| String::from_utf8_lossy(&it).trim().to_owned());
        Ok(line.filter(|it| !it.is_empty()))
    }

    /// The commit that a revision names.
    pub(crate) fn commit(&self, revision: &str) -> Result<Option<String>, Error> {
        self.line(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])
    }

    /// The commit in which the checked out one and another begin to differ, as far as the history
    /// is here.
    pub(crate) fn merge_base(&self, commit: &str) -> Result<Option<String>, Error> {
        self.line(&["merge-base", "HEAD", commit])
    }

    /// Whether a part of the history is missing.
    pub(crate) fn is_shallow(&self) -> Result<bool, Error> {
        Ok(self.line(&["rev-parse", "--is-shallow-repository"])?.as_deref() == Some("true"))
    }

    /// The second at which a commit was made, counted from 1970.
    pub(crate) fn made(&self, commit: &str) -> Result<Option<u64>, Error> {
        let Some(bytes) = self.ask(&["cat-file", "commit", commit], 1 << 20)? else {
            return Ok(None);
        };
        let text = String::from_utf8_lossy(&bytes);
        let line =
            text.lines().take_while(|it| !it.is_empty()).find(|it| it.starts_with("committer "));
        let seconds = line.and_then(|it| it.rsplit(' ').nth(1)?.parse().ok());
        Ok(seconds)
    }

    /// All files of a commit.
    pub(crate) fn files(&self, commit: &str) -> Result<Vec<Entry>, Error> {
        let bytes = self.ask(&["ls-tree", "-r", "-l", "-z", "--full-tree", commit], LONG)?;
        let bytes = bytes.ok_or_else(|| Self::incomplete(commit))?;
        Ok(bytes.split(|it| *it == 0).filter_map(entry).collect())
    }

    /// The content of every file that is about to be committed, by path.
    pub(crate) fn staged(&self) -> Result<Vec<Entry>, Error> {
        let bytes = self.ask(&["ls-files", "-s", "-z"], LONG)?.unwrap_or_default();
        Ok(bytes.split(|it| *it == 0).filter_map(staged).collect())
    }

    /// What is staged and not as the last commit has it. `git commit` hands hooks another index
    /// where it commits only some files.
    pub(crate) fn changes(&self) -> Result<Vec<Change>, Error> {
        let what = "diff --cached --raw -z --no-renames --no-abbrev --no-ext-diff";
        let arguments: Vec<&str> = what.split(' ').chain(["--ignore-submodules"]).collect();
        let mut command = self.command(&arguments);
        if let Some(index) = std::env::var_os("GIT_INDEX_FILE") {
            command.env("GIT_INDEX_FILE", index);
        }
        let bytes = self.answer(command, LONG)?.ok_or_else(|| Error::Usage {
            what: "git does not tell what is staged".to_owned(),
            help: "see what `git status` says in this folder".to_owned(),
        })?;
        Ok(changes(&bytes))
    }

    /// What to say where objects are missing.
    pub(crate) fn incomplete(commit: &str) -> Error {
        Error::Usage {
            what: format!("the files of {commit} are not all in this clone"),
            help: format!("git fetch --refetch --no-filter --depth=1 origin {commit}"),
        }
    }

    /// Hands each content to `take`, in order: its place in the list, its size and its bytes.
    pub(crate) fn contents(&self, ids: &[&str], commit: &str, take: Take<'_>) -> Result<(), Error> {
        let mut command = self.command(&["cat-file", "--batch"]);
        command.stdin(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(no_git)?;
        let asked: String = ids.iter().flat_map(|it| [*it, "\n"]).collect();
        let result = std::thread::scope(|scope| {
            let input = child.stdin.take();
            // Git answers while it is being asked: whoever asks everything first waits for ever.
            scope.spawn(move || input.map(|mut it| it.write_all(asked.as_bytes())));
            let output = child.stdout.take().map(BufReader::new);
            let result =
                output.map_or(Ok(()), |mut it| Self::each(ids.len(), commit, &mut it, take));
            end(&mut child, result.is_err());
            result
        });
        let _ = child.wait();
        result
    }

    fn each(
        count: usize,
        commit: &str,
        output: &mut dyn BufRead,
        take: Take<'_>,
    ) -> Result<(), Error> {
        for index in 0..count {
            let mut head = Vec::new();
            let read = output.take(SHORT).read_until(b'\n', &mut head);
            let head = String::from_utf8_lossy(&head);
            let size = head.trim_end().strip_suffix(" missing").is_none();
            let size =
                size.then(|| head.trim_end().rsplit(' ').next()?.parse::<u64>().ok()).flatten();
            let (Ok(_), Some(size)) = (read, size) else { return Err(Self::incomplete(commit)) };
            let mut content = output.take(size);
            take(index, size, &mut content)?;
            let rest = io::copy(&mut content, &mut io::sink());
            let after = rest.and_then(|_| output.read_exact(&mut [0]));
            after.map_err(|_| Self::incomplete(commit))?;
        }
        Ok(())
    }
}

/// Ends git where nobody reads what it has to say.
fn end(child: &mut Child, early: bool) {
    if early {
        let _ = child.kill();
    }
}

/// Whether git could not read the repository at all, rather than not find what was asked for.
fn is_of_all(why: &str) -> bool {
    ["not a git repository", "dubious ownership", "bad config", "unknown repository"]
        .iter()
        .any(|it| why.contains(it))
}

fn no_git(why: io::Error) -> Error {
    if why.kind() == io::ErrorKind::NotFound {
        return Error::Usage {
            what: "there is no `git` on this machine, and only git knows earlier revisions"
                .to_owned(),
            help: "install git, or leave the revision out".to_owned(),
        };
    }
    Error::Write { to: "to `git`".to_owned(), source: why }
}

/// `:100644 100644 <id> <id> M`, then the path, each ended by a zero.
fn changes(list: &[u8]) -> Vec<Change> {
    let mut parts = list.split(|it| *it == 0);
    let mut changes = Vec::new();
    while let (Some(about), Some(path)) = (parts.next(), parts.next()) {
        let about = String::from_utf8_lossy(about);
        let words: Vec<&str> = about.trim_start_matches(':').split(' ').collect();
        let [mode, _, before, ..] = words[..] else { continue };
        let before = (sort(mode) == Some(Mode::File)).then(|| before.to_owned());
        changes.push(Change { path: String::from_utf8_lossy(path).into_owned(), before });
    }
    changes
}

/// `100644 blob 3b18e5… 12\tpath`.
fn entry(line: &[u8]) -> Option<Entry> {
    let tab = line.iter().position(|it| *it == b'\t')?;
    let head = std::str::from_utf8(&line[..tab]).ok()?;
    let mut words = head.split_whitespace();
    let (mode, _, id, size) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let (id, size) = (id.to_owned(), size.parse().unwrap_or(0));
    Some(Entry { mode: sort(mode)?, id, size, path: line[tab + 1..].to_owned() })
}

/// `100644 3b18e5… 0\tpath`.
fn staged(line: &[u8]) -> Option<Entry> {
    let tab = line.iter().position(|it| *it == b'\t')?;
    let head = std::str::from_utf8(&line[..tab]).ok()?;
    let mut words = head.split_whitespace();
    let (mode, id) = (words.next()?, words.next()?.to_owned());
    Some(Entry { mode: sort(mode)?, id, size: 0, path: line[tab + 1..].to_owned() })
}

fn sort(mode: &str) -> Option<Mode> {
    match mode {
        "100644" | "100755" | "100664" => Some(Mode::File),
        "120000" => Some(Mode::Link),
        "160000" => Some(Mode::Submodule),
        _ => None,
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
