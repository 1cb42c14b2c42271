//! Where caches lie, and how they are kept small.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// All caches together take no more.
const MOST_BYTES: u64 = 256 << 20;
/// What nobody wrote for so long is dropped.
const OLDEST: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// What the files are called that are ours to drop.
const LENGTH: usize = "0123456789abcdef-0123456789abcdef".len();

/// The folder for caches: as `CAVEAT_CACHE_DIR` says, else where this system has them. With it
/// whether somebody asked for that folder.
pub(crate) fn folder() -> Option<(PathBuf, bool)> {
    let variable = |name: &str| std::env::var_os(name).filter(|it| !it.is_empty());
    let path = |name: &str| variable(name).map(PathBuf::from).filter(|it| it.is_absolute());
    if let Some(it) = variable("CAVEAT_CACHE_DIR") {
        return Some((PathBuf::from(it), true));
    }
    let base = if cfg!(windows) {
        path("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        path("HOME").map(|it| it.join("Library/Caches"))
    } else {
        path("XDG_CACHE_HOME").or_else(|| path("HOME").map(|it| it.join(".cache")))
    };
    base.map(|it| (it.join("caveat"), false))
}

/// Puts a cache where it belongs, whole or not at all, and drops what is too old or too much.
pub(super) fn put(file: &Path, bytes: &[u8]) {
    if write(file, bytes).is_ok()
        && let Some(folder) = file.parent()
    {
        prune(folder, file);
    }
}

/// A cache is not worth waiting for the disk: a broken one is told by its digest.
pub(super) fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut beside = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.persist(file).map_err(|it| it.error)?;
    Ok(())
}

fn prune(folder: &Path, keep: &Path) {
    let Ok(entries) = folder.read_dir() else { return };
    let mut files: Vec<(SystemTime, u64, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter(|it| it.file_name().to_str().is_some_and(is_ours) && it.path() != keep)
        .filter_map(|it| {
            let about = it.metadata().ok()?;
            Some((about.modified().ok()?, about.len(), it.path()))
        })
        .collect();
    files.sort();
    let mut total = keep.metadata().map_or(0, |it| it.len());
    for (modified, size, path) in files.into_iter().rev() {
        total = total.saturating_add(size);
        let is_old = modified.elapsed().is_ok_and(|it| it > OLDEST);
        if is_old || total > MOST_BYTES {
            let _ = fs::remove_file(path);
        }
    }
}

/// Nothing else in the folder is touched.
fn is_ours(name: &str) -> bool {
    let fits = |it: u8| it == b'-' || it.is_ascii_hexdigit();
    name.len() == LENGTH && name.as_bytes().get(16) == Some(&b'-') && name.bytes().all(fits)
}
