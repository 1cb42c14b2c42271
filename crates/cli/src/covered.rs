//! The files that a project has to say something of, by the REUSE specification: the walk.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use caveat_core::reuse::{ANNOTATIONS, DEP5, Folder, TEXTS, folder, is_covered};

use crate::discover::relative;
use crate::error::{Error, said};
use crate::open::beginning;
use crate::tracked::tracked;

/// What a project holds, with paths from its root.
#[derive(Debug, Default)]
pub(crate) struct Holdings {
    /// Files that need licensing information, in the order of their names.
    pub(crate) files: Vec<String>,
    /// `REUSE.toml` files, and `.reuse/dep5`.
    pub(crate) annotations: Vec<String>,
    /// What lies in `LICENSES/`.
    pub(crate) texts: Vec<String>,
    /// Folders that cannot be listed, and why.
    pub(crate) missed: Vec<(String, String)>,
}

/// A file of submodules has no more.
const LONGEST: u64 = 1 << 20;

/// Which folders of a project are part of it.
struct Bounds {
    root: PathBuf,
    /// Folders that other repositories are checked out to.
    submodules: BTreeSet<PathBuf>,
}

impl Bounds {
    fn of(root: &Path) -> Self {
        let text = beginning(&root.join(".gitmodules"), LONGEST).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let pairs = text.lines().filter_map(|it| it.split_once('='));
        let paths = pairs.filter(|it| it.0.trim() == "path").map(|it| root.join(it.1.trim()));
        Self { root: root.to_owned(), submodules: paths.collect() }
    }

    /// Whether the walk goes into a folder.
    fn has(&self, path: &Path) -> bool {
        let name = path.file_name().map(|it| it.to_string_lossy()).unwrap_or_default();
        path == self.root
            || folder(&name) == Folder::Covered
                && !self.submodules.contains(path)
                && !path.join(".git").exists()
                && !is_subproject(path)
    }

    /// Whether a file that git tracks lies in folders of the project.
    fn reaches(&self, path: &Path) -> bool {
        path.ancestors().skip(1).take_while(|it| *it != self.root).all(|it| self.has(it))
    }
}

/// Whether Meson put a project of its own there.
fn is_subproject(path: &Path) -> bool {
    path.parent()
        .is_some_and(|it| it.ends_with("subprojects") && it.with_file_name("meson.build").is_file())
}

/// Walks the project at `root`.
pub(crate) fn holdings(root: &Path) -> Holdings {
    let mut found = Holdings::default();
    let bounds = Arc::new(Bounds::of(root));
    let mut paths = BTreeSet::new();
    let within = Arc::clone(&bounds);
    for entry in
        walker(root).filter_entry(move |it| !is_folder(it) || within.has(it.path())).build()
    {
        match entry {
            Ok(it) if it.file_type().is_some_and(|it| it.is_file()) => {
                paths.insert(it.into_path());
            }
            Ok(_) => {}
            Err(problem) => {
                let why = problem.io_error().map_or_else(|| problem.to_string(), said);
                let path = crate::discover::path_of(&problem).unwrap_or(root);
                found.missed.push((relative(root, path), why));
            }
        }
    }
    // What git tracks is part of the project, whatever is ignored.
    let is_file = |it: &PathBuf| it.canonicalize().is_ok_and(|to| to == *it && to.is_file());
    paths.extend(tracked(root).into_iter().filter(|it| bounds.reaches(it) && is_file(it)));
    for path in paths {
        let name = path.file_name().map(|it| it.to_string_lossy()).unwrap_or_default();
        if name == ANNOTATIONS {
            found.annotations.push(relative(root, &path));
        } else if is_covered(&name) && !is_empty(&path) {
            found.files.push(relative(root, &path));
        }
    }
    if is_inside(root, &root.join(DEP5)) {
        found.annotations.push(DEP5.to_owned());
    }
    found.texts = texts(root);
    found.files.sort();
    found
}

fn is_folder(entry: &ignore::DirEntry) -> bool {
    entry.file_type().is_some_and(|it| it.is_dir())
}

/// A walk that leaves out what git would: the files of a working tree, whoever's they are, with
/// what the user's own settings leave out.
fn walker(folder: &Path) -> ignore::WalkBuilder {
    let mut walker = ignore::WalkBuilder::new(folder);
    walker.hidden(false).ignore(false).follow_links(false);
    walker
}

/// Whether it is a file of the project, by way of a link or not: nothing outside is opened.
pub(crate) fn is_inside(root: &Path, path: &Path) -> bool {
    path.canonicalize().is_ok_and(|it| it.starts_with(root) && it.is_file())
}

fn is_empty(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|it| it.len() == 0)
}

/// The texts in `LICENSES/` and below, without what speaks of them and what is hidden.
fn texts(root: &Path) -> Vec<String> {
    let folder = root.join(TEXTS);
    if !folder.canonicalize().is_ok_and(|it| it.starts_with(root) && it.is_dir()) {
        return Vec::new();
    }
    let mut texts = Vec::new();
    for entry in walker(&folder).hidden(true).build().flatten() {
        let name = relative(root, entry.path());
        // A link may lead to the text; into folders none is followed.
        if is_inside(root, entry.path()) && !name.ends_with(caveat_core::reuse::SIDECAR) {
            texts.push(name);
        }
    }
    texts.sort();
    texts
}

/// The project that `paths` mean: its root, and the files that were named, if any.
pub(crate) fn project(paths: &[PathBuf]) -> Result<(PathBuf, Vec<PathBuf>), Error> {
    let mut full = Vec::new();
    for path in paths {
        full.push(path.canonicalize().map_err(|it| Error::path(path, it))?);
    }
    let here = PathBuf::from(".");
    match full.as_slice() {
        [one] if one.is_dir() => Ok((one.clone(), Vec::new())),
        [] => {
            let here = here.canonicalize().map_err(|it| Error::path(&here, it))?;
            Ok((top(&here), Vec::new()))
        }
        files => of_one(files),
    }
}

/// The project that some files are all of.
fn of_one(files: &[PathBuf]) -> Result<(PathBuf, Vec<PathBuf>), Error> {
    if let Some(folder) = files.iter().find(|it| it.is_dir()) {
        return Err(Error::Usage {
            what: format!("`{}` is a folder beside other paths", folder.display()),
            help: "name one project, or files of one".to_owned(),
        });
    }
    let top = top(files[0].parent().unwrap_or(&files[0]));
    if let Some(other) = files.iter().find(|it| !it.starts_with(&top)) {
        return Err(Error::Usage {
            what: format!("`{}` is no file of `{}`", other.display(), top.display()),
            help: "ask for the files of one project at a time".to_owned(),
        });
    }
    Ok((top, files.to_vec()))
}

/// The top of the repository around a folder, or the folder.
fn top(folder: &Path) -> PathBuf {
    let top = folder.ancestors().find(|it| it.join(".git").exists() || it.join(".hg").exists());
    top.unwrap_or(folder).to_owned()
}
