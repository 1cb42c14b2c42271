//! Opening files: the only place that reads what a scan found, with bounds.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use caveat_core::reading::{Header, Ranges, Reader, Reading};
use caveat_core::source::{Source, SourceId};

use crate::discover::Found;

/// How much of a text file is read. A card or manifest that is longer is not one any more; what
/// it says first is still read.
const TEXT_LIMIT: u64 = 2 << 20;

/// How much of a lockfile is read: large projects have thousands of dependencies, and a part of a
/// structured file is no such file.
const LOCKFILE_LIMIT: u64 = 64 << 20;

fn limit(reader: &Reader) -> u64 {
    if reader.name.ends_with("-lock") { LOCKFILE_LIMIT } else { TEXT_LIMIT }
}

/// What came of opening one file.
#[derive(Debug)]
pub(crate) enum Opened {
    /// It was read: its text and what it says.
    Read(Source, Reading),
    /// It could not be read, or is not what its name promises: why.
    Skipped(String),
}

/// Reads `found` with `reader` as source number `id`.
pub(crate) fn open(found: &Found, reader: &Reader, id: SourceId) -> Opened {
    let result = match reader.read {
        caveat_core::reading::Read::Text(read) => {
            text(found, id, limit(reader)).map(|opened| match opened {
                Ok(source) => {
                    let reading = read(&source);
                    Opened::Read(source, reading)
                }
                Err(why) => Opened::Skipped(why),
            })
        }
        caveat_core::reading::Read::Header { render, read } => header(found, id, render, read),
    };
    result.unwrap_or_else(|it| Opened::Skipped(format!("cannot be read: {it}")))
}

fn text(found: &Found, id: SourceId, limit: u64) -> io::Result<Result<Source, String>> {
    let mut file = File::open(&found.path)?;
    let mut bytes = Vec::new();
    file.by_ref().take(limit).read_to_end(&mut bytes)?;
    let length =
        if bytes.len() as u64 == limit { file.metadata()?.len() } else { bytes.len() as u64 };
    if bytes.iter().take(8192).any(|it| *it == 0) {
        return Ok(Err("binary data where text was expected".to_owned()));
    }
    let mut source = Source::text(id, found.name.clone(), decode(bytes));
    source.cut_at = (length > limit).then_some(length);
    Ok(Ok(source))
}

/// Bytes that are no UTF-8 become `?`, one for one, so that offsets stay those of the file.
pub(crate) fn decode(bytes: Vec<u8>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(invalid) => {
            let bytes = invalid.into_bytes();
            let mut text = String::with_capacity(bytes.len());
            for chunk in bytes.utf8_chunks() {
                text.push_str(chunk.valid());
                text.extend(chunk.invalid().iter().map(|_| '?'));
            }
            text
        }
    }
}

fn header(
    found: &Found,
    id: SourceId,
    render: fn(&mut dyn Ranges) -> Header,
    read: fn(&Source) -> Reading,
) -> io::Result<Opened> {
    let source = render(&mut FileRanges::open(&found.path)?).into_source(id, found.name.clone());
    let reading = read(&source);
    Ok(Opened::Read(source, reading))
}

/// A local file as ranges.
struct FileRanges {
    file: File,
    length: u64,
}

impl FileRanges {
    fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(Self { file, length })
    }
}

impl Ranges for FileRanges {
    fn len(&self) -> u64 {
        self.length
    }

    fn at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.seek(SeekFrom::Start(offset))?;
        let mut filled = 0;
        while filled < buffer.len() {
            match self.file.read(&mut buffer[filled..])? {
                0 => break,
                count => filled += count,
            }
        }
        Ok(filled)
    }
}
