//! The text of a policy file.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use crate::error::Error;

/// No policy is longer.
const LIMIT: u64 = 1 << 20;

/// Reads a policy file.
pub(super) fn text_of(path: &Path) -> Result<String, Error> {
    let unreadable = |source| Error::PolicyUnreadable { path: path.to_owned(), source };
    let bytes = bytes_of(path).map_err(unreadable)?;
    text(bytes).map_err(|what| Error::PolicyInvalid {
        name: path.display().to_string(),
        mistakes: format!("  {what}"),
    })
}

/// Its bytes, at most one more than a policy may have.
pub(super) fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    // What is neither file nor folder may never end, or never begin.
    if !path.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The bytes as text, or why they are none.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.len() as u64 > LIMIT {
        return Err("the file has more than 1 MiB, which no policy needs".to_owned());
    }
    String::from_utf8(bytes).map_err(|it| {
        let line = it.as_bytes()[..it.utf8_error().valid_up_to()].split(|it| *it == b'\n');
        format!("line {} is not UTF-8 text; save the file as UTF-8", line.count())
    })
}
