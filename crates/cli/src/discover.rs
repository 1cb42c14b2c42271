//! Which files there are: the walk. Links are never followed out of the root.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cache::Stat;
use crate::error::{Error, said};
use crate::tracked::tracked;

/// A file that the walk met.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// Relative to the root, with `/`.
    pub(crate) name: String,
    /// Where to open it.
    pub(crate) path: PathBuf,
    /// The user named it: it is read whatever it is called.
    pub(crate) asked_for: bool,
    /// Its bytes, where those are not what lies at `path`: git has them.
    pub(crate) held: Option<Arc<[u8]>>,
    /// What the system told of it when it was found, if anybody asked.
    pub(crate) stat: Option<Stat>,
}

/// All files below some paths.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// The directory that all names are relative to.
    pub(crate) root: PathBuf,
    /// Sorted by name.
    pub(crate) files: Vec<Found>,
    /// What the walk had to leave out, sorted by name.
    pub(crate) missed: Vec<Missed>,
    /// A `.gitignore` had a say.
    pub(crate) ignored: bool,
}

/// What the walk met and could not hand on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Missed {
    /// Relative to the root, with `/`.
    pub(crate) name: String,
    /// Why, in one clause.
    pub(crate) why: String,
    /// What to do about it.
    pub(crate) help: Option<&'static str>,
    /// Nobody knows what lies in it, so nobody can say that nothing is lost.
    pub(crate) is_folder: bool,
}

/// Folders that hold no project files: version control and build caches.
const NEVER: [&str; 4] = [".git", ".hg", ".svn", ".jj"];

/// Walks `paths`. A path that is not there is an error: a typing mistake must not pass a gate.
/// Names are counted from `root`, else from what the paths have in common.
pub(crate) fn discover(
    paths: &[PathBuf],
    ignore_files: bool,
    root: Option<&Path>,
) -> Result<Tree, Error> {
    let mut absolute = Vec::new();
    for path in paths {
        let full = path.canonicalize().map_err(|it| Error::path(path, it))?;
        absolute.push(full);
    }
    let root = root.map_or_else(|| common_parent(&absolute), Path::to_owned);
    let mut tree = Tree { root, ..Tree::default() };
    for path in &absolute {
        if path.is_dir() {
            walk(&mut tree, path, ignore_files);
            if tree.ignored {
                take_tracked(&mut tree, path);
            }
        } else if !path.is_file() {
            let special = io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
            return Err(Error::path(path, special));
        } else {
            let name = relative(&tree.root, path);
            tree.files.push(Found {
                name,
                path: path.clone(),
                asked_for: true,
                held: None,
                stat: None,
            });
        }
    }
    tree.files.sort();
    tree.files.dedup_by(|again, first| {
        let same = again.path == first.path && again.name == first.name;
        first.asked_for |= same && again.asked_for;
        same
    });
    tree.missed.sort();
    tree.missed.dedup();
    Ok(tree)
}

/// The directory that all of `paths` lie in: a single directory is its own.
fn common_parent(paths: &[PathBuf]) -> PathBuf {
    let folder = |it: &PathBuf| {
        if it.is_dir() { it.clone() } else { it.parent().unwrap_or(it).to_owned() }
    };
    let mut folders = paths.iter().map(folder);
    let first = folders.next().unwrap_or_default();
    folders.fold(first, |common, it| {
        let shared = common.components().zip(it.components()).take_while(|(a, b)| a == b);
        shared.map(|(a, _)| a).collect()
    })
}

pub(crate) fn walk(tree: &mut Tree, folder: &Path, ignore_files: bool) {
    let walker = ignore::WalkBuilder::new(folder)
        .hidden(false)
        .parents(false)
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .git_ignore(ignore_files)
        .ignore(false)
        .follow_links(false)
        .filter_entry(|it| !NEVER.iter().any(|never| it.file_name() == *never))
        .build();
    for entry in walker {
        match entry {
            Ok(entry) => take(tree, &entry, ignore_files),
            Err(problem) => {
                let path = path_of(&problem).unwrap_or(folder);
                let why = problem.io_error().map_or_else(|| problem.to_string(), said);
                tree.missed.push(Missed {
                    name: relative(&tree.root, path),
                    why: format!("cannot be listed: {why}"),
                    help: Some("let Caveat read the folder, or scan the others by their paths"),
                    is_folder: true,
                });
            }
        }
    }
}

/// The path that an error of the walk is about.
pub(crate) fn path_of(problem: &ignore::Error) -> Option<&Path> {
    match problem {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

fn take(tree: &mut Tree, entry: &ignore::DirEntry, ignore_files: bool) {
    let Some(kind) = entry.file_type() else { return };
    let name = relative(&tree.root, entry.path());
    tree.ignored |= ignore_files && entry.file_name() == ".gitignore";
    if kind.is_file() {
        tree.files.push(Found {
            name,
            path: entry.path().to_owned(),
            asked_for: false,
            held: None,
            stat: None,
        });
    } else if kind.is_symlink() {
        take_link(tree, entry.path(), name);
    } else if !kind.is_dir() {
        tree.miss(name, "not a regular file", None);
    }
}

/// What git tracks is part of the project, whatever a `.gitignore` says.
fn take_tracked(tree: &mut Tree, folder: &Path) {
    let known: BTreeSet<PathBuf> = tree.files.iter().map(|it| it.path.clone()).collect();
    for path in tracked(folder) {
        let is_here = || path.canonicalize().is_ok_and(|it| it == path && it.is_file());
        if !known.contains(&path) && is_here() {
            let name = relative(&tree.root, &path);
            tree.files.push(Found { name, path, asked_for: false, held: None, stat: None });
        }
    }
}

/// A link to a file inside the root stands for that file, as in the hub's cache. Links to
/// folders are not entered, so loops end; links out of the root are not opened.
pub(crate) fn take_link(tree: &mut Tree, path: &Path, name: String) {
    match path.canonicalize() {
        Ok(target) if target.starts_with(&tree.root) && target.is_file() => {
            tree.files.push(Found { name, path: target, asked_for: false, held: None, stat: None });
        }
        Ok(target) if target.is_dir() => tree.miss(name, "a link to a folder: not entered", None),
        Ok(_) => tree.miss(name, "a link that leads out of the scanned folder: not followed", OUT),
        Err(problem) => {
            tree.miss(name, &format!("a link that leads nowhere: {}", said(&problem)), None);
        }
    }
}

const OUT: Option<&str> = Some("scan a folder that holds both, or put the file here");

impl Tree {
    fn miss(&mut self, name: String, why: &str, help: Option<&'static str>) {
        self.missed.push(Missed { name, why: why.to_owned(), help, is_folder: false });
    }
}

/// `path` below `root`, with `/`; bytes that are no UTF-8 are replaced.
pub(crate) fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|it| it.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
