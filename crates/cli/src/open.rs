//! Opening files: the only place that reads what a scan found, with bounds.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use caveat_core::coverage::Weights;
use caveat_core::notices;
use caveat_core::reading::{Header, Ranges, Reader, Reading};
use caveat_core::source::{Problem, Source, SourceId};

use crate::cache::{Cache, Stat, digest};
use crate::discover::Found;

/// How much of a text file is read. A card or manifest that is longer is not one any more; what
/// it says first is still read.
const TEXT_LIMIT: u64 = 2 << 20;

/// How much of a lockfile or a bill of materials is read: large projects have thousands of
/// dependencies, and a part of a structured file is no such file.
const LIST_LIMIT: u64 = 64 << 20;

fn limit(reader: &Reader) -> u64 {
    let is_list = is_lockfile(reader) || reader.name == "bill-of-materials";
    if is_list { LIST_LIMIT } else { TEXT_LIMIT }
}

fn is_lockfile(reader: &Reader) -> bool {
    reader.name.ends_with("-lock")
}

/// What came of opening one file.
#[derive(Debug)]
pub(crate) enum Opened {
    /// It was read: its text, what it says, and how much of it was looked at, if only its header.
    Read(Source, Reading, Weights),
    /// It cannot be opened or read.
    Closed(io::Error),
    /// It is not what its name promises, or nobody could make sense of it.
    Strange {
        /// What is wrong, in one clause.
        what: &'static str,
        /// What to do about it.
        help: &'static str,
    },
}

/// Reads `found` with `reader` as source number `id`, or recalls what was read of the same bytes.
pub(crate) fn open(found: &Found, reader: &Reader, id: SourceId, cache: &Cache) -> Opened {
    let opened = match reader.read {
        caveat_core::reading::Read::Text(read) => text(found, reader, read, id, cache),
        caveat_core::reading::Read::Header { render, read } => header(found, id, render, read),
    };
    opened.unwrap_or_else(Opened::Closed)
}

fn text(
    found: &Found,
    reader: &Reader,
    read: fn(&Source) -> Reading,
    id: SourceId,
    cache: &Cache,
) -> io::Result<Opened> {
    let before = cache.before(&found.name, reader.name);
    let is_here = found.held.is_none();
    if let Some(before) = before.filter(|_| is_here)
        && before.is_silent(stat(found)?)
    {
        let unread = Source::text(id, found.name.clone(), "");
        return Ok(Opened::Read(unread, Reading::default(), Weights::default()));
    }
    let limit = limit(reader);
    let Beginning { bytes, length, stat } = Beginning::of(found, limit)?;
    if let Some(strange) = strange(&bytes) {
        return Ok(strange);
    }
    let is_whole = length <= limit;
    let known = before.filter(|it| is_whole && it.is_of(stat, &bytes));
    let digest = (known.is_none() && cache.is_on() && is_whole && is_here).then(|| digest(&bytes));
    let nul = bytes.iter().position(|it| *it == 0);
    let mut source = Source::text(id, found.name.clone(), decode(bytes));
    source.cut_at = (!is_whole).then_some(length);
    if let Some((before, reading)) = known.and_then(|it| Some((it, it.reading(&source)?))) {
        if before.was_touched(stat) && is_here {
            cache.learn(reader.name, stat, &before.digest, (&source, &reading));
        }
        return Ok(Opened::Read(source, reading, Weights::default()));
    }
    let reading = all(&source, reader, read, nul);
    if let Some(digest) = digest {
        cache.learn(reader.name, stat, &digest, (&source, &reading));
    }
    Ok(Opened::Read(source, reading, Weights::default()))
}

/// What the system tells of a file now, or told a moment ago.
fn stat(found: &Found) -> io::Result<Stat> {
    found.stat.map_or_else(|| Ok(Stat::of(&found.path.metadata()?)), Ok)
}

/// What the reader says of a text, and what else there is to say.
fn all(
    source: &Source,
    reader: &Reader,
    read: fn(&Source) -> Reading,
    nul: Option<usize>,
) -> Reading {
    let mut reading = read(source);
    let is_searched = reader.name != notices::READER.name && !is_lockfile(reader);
    if is_searched && notices::is_program(&source.name) {
        reading.sightings.extend(notices::sighting(source));
    }
    if let Some(at) = nul {
        let what = "there is a NUL byte in this text: programs may read it differently";
        reading.problems.push(Problem {
            at: source.span(at..at + 1),
            what: what.to_owned(),
            help: Some("remove the byte".to_owned()),
        });
    }
    reading
}

/// The first bytes of a file, how many it has, and what the system told of it before they were read.
struct Beginning {
    bytes: Vec<u8>,
    length: u64,
    stat: Stat,
}

impl Beginning {
    fn of(found: &Found, limit: u64) -> io::Result<Self> {
        if let Some(held) = &found.held {
            let most = usize::try_from(limit).unwrap_or(usize::MAX).min(held.len());
            let bytes = held[..most].to_vec();
            return Ok(Self { bytes, length: held.len() as u64, stat: Stat::default() });
        }
        let file = regular(&found.path)?;
        let about = file.metadata()?;
        let (length, stat) = (about.len(), Stat::of(&about));
        let room = usize::try_from(length.min(limit)).unwrap_or(0);
        let mut bytes = Vec::with_capacity(room.saturating_add(1));
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(Self { bytes, length, stat })
    }
}

/// The first bytes of the file at `path`.
pub(crate) fn beginning(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    regular(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file that reading cannot block on: a pipe may have come where the walk saw a file.
pub(crate) fn regular(path: &Path) -> io::Result<File> {
    if !path.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    File::open(path)
}

/// What is no text, or none that its readers would understand. A text with stray zeros is read.
fn strange(bytes: &[u8]) -> Option<Opened> {
    let marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    // The first letter of Latin text in UTF-16 has a zero beside it.
    let wide = bytes.len() >= 4 && (bytes[0] == 0) != (bytes[1] == 0) && bytes[..4].contains(&0);
    if marked || wide {
        return Some(Opened::Strange {
            what: "UTF-16 text, which is not read",
            help: "save it as UTF-8: other programs do not read it either",
        });
    }
    let is_text = match std::str::from_utf8(bytes) {
        Ok(_) => bytes.first() != Some(&0),
        // A character may be cut where reading stopped.
        Err(it) => it.error_len().is_none(),
    };
    (!is_text && bytes.contains(&0)).then_some(Opened::Strange {
        what: "binary data where text was expected",
        help: "name it otherwise if it is no text; exclude it in the policy if it is not shipped",
    })
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
    let (header, read_bytes, bytes) = if let Some(held) = &found.held {
        let length = held.len() as u64;
        (render(&mut &held[..]), length, length)
    } else {
        let mut ranges = FileRanges::open(&found.path)?;
        let header = render(&mut ranges);
        // What was asked for twice was read once as far as anybody cares.
        (header, ranges.read.min(ranges.length), ranges.length)
    };
    let source = header.into_source(id, found.name.clone());
    let reading = read(&source);
    Ok(Opened::Read(source, reading, Weights { files: 1, read: read_bytes, bytes }))
}

/// A local file as ranges.
struct FileRanges {
    file: File,
    length: u64,
    /// How many bytes were read.
    read: u64,
}

impl FileRanges {
    fn open(path: &Path) -> io::Result<Self> {
        let file = regular(path)?;
        let length = file.metadata()?.len();
        Ok(Self { file, length, read: 0 })
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
            match self.file.read(&mut buffer[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(it) if it.kind() == io::ErrorKind::Interrupted => {}
                Err(it) => return Err(it),
            }
        }
        self.read = self.read.saturating_add(filled as u64);
        Ok(filled)
    }
}
