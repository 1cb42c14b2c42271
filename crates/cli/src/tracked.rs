//! Which files git tracks, read from its index: what somebody added in spite of a `.gitignore` is
//! part of the project.

use std::path::{Path, PathBuf};

use crate::index::{Index, Sort, repository};

/// All files below `folder` that git tracks; none where there is no repository or its index cannot
/// be read.
pub(crate) fn tracked(folder: &Path) -> Vec<PathBuf> {
    let Some((top, git)) = repository(folder) else { return Vec::new() };
    let index = Index::read(&git.join("index")).unwrap_or_default();
    let files = index.entries.into_iter().filter(|it| it.sort == Sort::File);
    let paths = files.filter_map(|it| String::from_utf8(it.path).ok());
    paths.map(|it| top.join(it)).filter(|it| it.starts_with(folder)).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
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
}
