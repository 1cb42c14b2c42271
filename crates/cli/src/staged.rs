//! What the next commit holds, and what of it is new.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use caveat_core::notices;
use caveat_policy::exhibits::purpose;

use crate::cache::Stat;
use crate::discover::{Found, Missed, Tree, relative, take_link, walk};
use crate::error::Error;
use crate::git::{Change, Repository};
use crate::index::{Entry, Index, Sort, repository};
use crate::read::reader;

/// Of what git keeps, larger files are not read: a card or manifest is not so large.
const LARGEST: u64 = 64 << 20;
/// All that is read of one repository at a time.
const MOST_BYTES: u64 = 512 << 20;

/// What git calls some bytes.
type Blob = String;

/// What changed, for a judgement of only that and of what depends on it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changed {
    /// Paths from the root.
    pub(crate) paths: BTreeSet<String>,
    /// What those of them had to say before, as far as anybody can tell.
    pub(crate) before: Vec<Found>,
    /// Policies that were staged and are others by now in the work tree.
    pub(crate) policies: BTreeMap<String, Arc<[u8]>>,
}

/// The next commit of a repository.
pub(crate) struct Staging {
    git: Repository,
    index: Index,
    changes: Vec<Change>,
}

impl Staging {
    /// That of the repository around `folder`.
    pub(crate) fn of(folder: &Path) -> Result<Self, Error> {
        let folder = folder.canonicalize().map_err(|it| Error::path(folder, it))?;
        let Some((top, own)) = repository(&folder) else {
            return Err(Error::Usage {
                what: "--staged needs a git repository, and there is none around this folder"
                    .into(),
                help: "leave --staged out to judge the folder as it is".into(),
            });
        };
        let git = Repository { top: top.to_owned() };
        let (index, changes) = (index(top, &own)?, git.changes()?);
        Ok(Self { git, index, changes })
    }

    /// The top of the work tree.
    pub(crate) fn root(&self) -> &Path {
        &self.git.top
    }

    /// The paths of all that is new in it.
    pub(crate) fn paths(&self) -> BTreeSet<String> {
        self.changes.iter().map(|it| it.path.clone()).collect()
    }

    /// The names of all files in it.
    pub(crate) fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.index.entries.iter().map(|it| String::from_utf8_lossy(&it.path))
    }

    /// Those of its files that are wanted, and what is to be known of those that have changed: they
    /// are as they lie in the work tree where that is as they were staged, else as git has them.
    pub(crate) fn files(
        &self,
        paths: BTreeSet<String>,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<(Tree, Changed), Error> {
        let mut tree = Tree { root: self.git.top.clone(), ..Tree::default() };
        let mut held = BTreeMap::new();
        let mut folders = Folders::default();
        for entry in &self.index.entries {
            let name = String::from_utf8_lossy(&entry.path);
            if wanted(&name) || is_policy(&name) {
                take(&mut tree, &self.index, entry, &mut folders, &mut held);
            }
        }
        let mut before = Vec::new();
        for it in self.changes.iter().filter(|it| is_read(&it.path)) {
            before.extend(it.before.clone().map(|blob| (it.path.clone(), blob)));
        }
        let blobs = held.values().chain(before.iter().map(|it| &it.1)).cloned().collect();
        let contents = contents(&self.git, &blobs, "the index")?;
        hold(&mut tree, &held, &contents);
        let before = before.into_iter().filter_map(|(name, blob)| {
            let held = Some(Arc::clone(contents.get(&blob)?));
            Some(Found { path: tree.root.join(&name), name, asked_for: false, held, stat: None })
        });
        let before = before.collect();
        let policies = tree.files.iter().filter(|it| is_policy(&it.name));
        let policies = policies.filter_map(|it| Some((it.name.clone(), it.held.clone()?)));
        let policies = policies.collect();
        tree.files.retain(|it| wanted(&it.name));
        tree.files.sort();
        tree.missed.sort();
        Ok((tree, Changed { paths, before, policies }))
    }
}

/// The bytes of each of these that is not too large; `of` is where they are looked for.
pub(crate) fn contents(
    git: &Repository,
    wanted: &BTreeSet<Blob>,
    of: &str,
) -> Result<BTreeMap<Blob, Arc<[u8]>>, Error> {
    let ids: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let mut found = BTreeMap::new();
    let mut total = 0;
    let mut take = |index: usize, size: u64, from: &mut dyn Read| {
        if size <= LARGEST && total + size <= MOST_BYTES {
            total += size;
            let mut bytes = Vec::new();
            let unread = |source| Error::Path { path: git.top.clone(), source, near: None };
            from.read_to_end(&mut bytes).map_err(unread)?;
            found.insert(ids[index].to_owned(), bytes.into());
        }
        Ok(())
    };
    if !ids.is_empty() {
        git.contents(&ids, of, &mut take)?;
    }
    Ok(found)
}

/// The index that is to be committed: `git commit` hands hooks another one where it commits only
/// some files.
fn index(top: &Path, own: &Path) -> Result<Index, Error> {
    let unusable = |what: &str, help: &str| Error::Usage { what: what.into(), help: help.into() };
    let other = std::env::var_os("GIT_INDEX_FILE").filter(|it| !it.is_empty());
    let path = other.map_or_else(|| own.join("index"), |it| top.join(it));
    if !path.exists() {
        return Ok(Index::default());
    }
    let index = Index::read(&path).ok_or_else(|| {
        let help =
            "leave --staged out to judge the work tree; only repositories with SHA-1 are read";
        unusable("the index of git cannot be read", help)
    })?;
    if index.is_part {
        let help = "run `git update-index --no-split-index`, or `git sparse-checkout disable`";
        return Err(unusable("the index of git is split or sparse, and so not the whole", help));
    }
    Ok(index)
}

/// Whether anybody reads a file of that name.
pub(crate) fn is_read(name: &str) -> bool {
    reader(name).is_some() || notices::is_program(name)
}

/// Whether it may show that a duty is done.
fn may_show(name: &str) -> bool {
    purpose(name).is_some()
}

/// Whether it may be a policy, or something that one extends.
fn is_policy(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|it| it == "toml")
}

/// Which folders of the work tree are what they are called: over a link one would get elsewhere.
#[derive(Default)]
struct Folders(HashMap<PathBuf, bool>);

impl Folders {
    fn holds(&mut self, path: &Path) -> bool {
        let Some(folder) = path.parent() else { return false };
        if let Some(known) = self.0.get(folder) {
            return *known;
        }
        let is_plain = folder.canonicalize().is_ok_and(|it| it == folder);
        self.0.insert(folder.to_owned(), is_plain);
        is_plain
    }
}

/// One entry as a file. What is not in the work tree as it was staged goes to `held`, if somebody
/// would read it.
fn take(
    tree: &mut Tree,
    index: &Index,
    entry: &Entry,
    folders: &mut Folders,
    held: &mut BTreeMap<String, Blob>,
) {
    let name = String::from_utf8_lossy(&entry.path).into_owned();
    let path = on_disk(&tree.root, &entry.path);
    let is_here = folders.holds(&path);
    match entry.sort {
        Sort::File => {
            let now = path.symlink_metadata().ok().filter(|it| is_here && it.is_file());
            let now = now.filter(|it| index.is_unchanged(entry, it));
            let stat = now.as_ref().map(Stat::of);
            if stat.is_none() && (is_read(&name) || is_policy(&name) || may_show(&name)) {
                held.insert(name.clone(), hexadecimal(&entry.blob));
            }
            tree.files.push(Found { name, path, asked_for: false, held: None, stat });
        }
        Sort::Link if is_here && path.is_symlink() => take_link(tree, &path, name),
        // What lies in a repository inside of this one is what its commit holds, mostly.
        Sort::Other if is_here && path.is_dir() && !path.is_symlink() => walk(tree, &path, true),
        Sort::Link | Sort::Other => {}
    }
}

/// Gives files the bytes that were staged. What git does not hand out is missed, never taken from
/// the work tree without a word.
fn hold(tree: &mut Tree, held: &BTreeMap<String, Blob>, contents: &BTreeMap<Blob, Arc<[u8]>>) {
    let mut missed = Vec::new();
    tree.files.retain_mut(|found| {
        let Some(blob) = held.get(&found.name) else { return true };
        found.held = contents.get(blob).cloned();
        if found.held.is_none() {
            missed.push(Missed {
                name: found.name.clone(),
                why: "the staged bytes are too large to read, and the file is another by now"
                    .into(),
                help: Some("stage the file as it is, and check again"),
                is_folder: false,
            });
        }
        found.held.is_some()
    });
    tree.missed.extend(missed);
}

#[cfg(unix)]
fn on_disk(root: &Path, path: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    root.join(std::ffi::OsStr::from_bytes(path))
}

#[cfg(not(unix))]
fn on_disk(root: &Path, path: &[u8]) -> PathBuf {
    root.join(String::from_utf8_lossy(path).into_owned())
}

fn hexadecimal(blob: &[u8]) -> Blob {
    let digit = |it: u8| char::from_digit(it.into(), 16).unwrap_or('0');
    blob.iter().flat_map(|it| [digit(it >> 4), digit(it & 15)]).collect()
}

/// Files that somebody says have changed, as paths from `root`, and all in a folder; what is gone has
/// changed too. `all` are the names of all files.
pub(crate) fn named<'a>(
    files: &[PathBuf],
    root: &Path,
    all: impl Iterator<Item = Cow<'a, str>>,
) -> BTreeSet<String> {
    let full = |it: &PathBuf| {
        let parent = it.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = fs::canonicalize(parent).ok()?;
        Some(relative(root, &folder.join(it.file_name()?)))
    };
    let listed: BTreeSet<String> = files.iter().filter_map(full).collect();
    let is_inside = |it: &Cow<'_, str>| {
        let mut folders = it.match_indices('/').map(|(at, _)| &it[..at]);
        folders.any(|it| listed.contains(it))
    };
    let inside: Vec<String> = all.filter(is_inside).map(Cow::into_owned).collect();
    listed.into_iter().chain(inside).collect()
}
