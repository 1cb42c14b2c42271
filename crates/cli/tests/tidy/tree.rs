//! The repository's files, read once for all checks.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Files by their path from the root, with `/`; `None` for what is no text.
pub(crate) struct Tree {
    files: BTreeMap<String, Option<String>>,
    directories: Vec<String>,
}

impl Tree {
    /// Everything in the repository but what `.gitignore` leaves out.
    pub(crate) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let ignored = fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
        let ignored: Vec<_> = ignored.lines().filter_map(|it| it.strip_prefix('/')).collect();
        let mut tree = Self { files: BTreeMap::new(), directories: Vec::new() };
        let mut waiting = vec![(root, String::new())];
        while let Some((directory, prefix)) = waiting.pop() {
            tree.read_directory(&directory, &prefix, &ignored, &mut waiting);
        }
        tree
    }

    /// A repository made up for a test of a check.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let own = |(path, text): &(&str, &str)| ((*path).to_owned(), Some((*text).to_owned()));
        let directories = files.iter().filter_map(|(path, _)| Some(path.rsplit_once('/')?.0));
        Self {
            files: files.iter().map(own).collect(),
            directories: directories.map(str::to_owned).collect(),
        }
    }

    fn read_directory(
        &mut self,
        directory: &Path,
        prefix: &str,
        ignored: &[&str],
        waiting: &mut Vec<(PathBuf, String)>,
    ) {
        for entry in fs::read_dir(directory).expect("the repository can be listed") {
            let entry = entry.expect("the repository can be listed");
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            if name == ".git" || ignored.contains(&path.as_str()) {
                continue;
            }
            let kind = entry.file_type().expect("an entry has a type");
            if kind.is_dir() {
                waiting.push((entry.path(), format!("{path}/")));
                self.directories.push(path);
            } else if kind.is_symlink() {
                self.directories.push(path);
            } else {
                self.files.insert(path, fs::read_to_string(entry.path()).ok());
            }
        }
    }

    /// All text files.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    /// All Rust files below `crates/`.
    pub(crate) fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts().filter(|(path, _)| path.starts_with("crates/") && is(path, "rs"))
    }

    /// The text of one file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// Names of the folders below `crates/` that hold a manifest.
    pub(crate) fn crates(&self) -> Vec<&str> {
        let paths = self.files.keys();
        let names = paths.filter_map(|it| it.strip_prefix("crates/")?.strip_suffix("/Cargo.toml"));
        names.filter(|it| !it.contains('/')).collect()
    }

    /// Paths of all files and folders.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().chain(&self.directories).map(String::as_str)
    }
}

/// Whether the file's name ends so.
pub(crate) fn is(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|it| it == extension)
}

/// Whether a Rust file holds nothing but tests.
pub(crate) fn is_test_file(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}
