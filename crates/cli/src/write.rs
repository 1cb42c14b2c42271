//! Writing files whole or not at all.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// Writes `bytes` to `path`: beside it first, then moved over it in one step. A link stays and what
/// it leads to is replaced; what is no file, such as a pipe, takes the bytes as they come.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if path.metadata().is_ok_and(|it| !it.is_file() && !it.is_dir()) {
        return OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    let mut file = beside(path)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|it| it.error)?;
    Ok(())
}

/// Writes a file that must not exist yet.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = beside(path)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map_err(|it| it.error)?;
    Ok(())
}

/// A file whose content is written and that does not have its place yet. Until then nothing of the
/// user's has changed.
#[derive(Debug)]
pub(crate) struct Waiting {
    file: NamedTempFile,
    is_new: bool,
}

impl Waiting {
    /// Writes `bytes` beside `path`; a file that takes the place of another is as open as that.
    pub(crate) fn new(path: &Path, bytes: &[u8], is_new: bool) -> io::Result<Self> {
        let mut file = beside(path)?;
        file.write_all(bytes)?;
        if !is_new {
            file.as_file().set_permissions(path.metadata()?.permissions())?;
        }
        file.as_file().sync_all()?;
        Ok(Self { file, is_new })
    }

    /// Gives it its place; a new one takes none that is taken.
    pub(crate) fn place(self, path: &Path) -> io::Result<()> {
        let placed =
            if self.is_new { self.file.persist_noclobber(path) } else { self.file.persist(path) };
        placed.map(drop).map_err(|it| it.error)
    }
}

/// A file that others may read as far as this user lets them, as with every file.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder.unwrap_or(Path::new(".")))
}
