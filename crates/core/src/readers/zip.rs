//! Directories of ZIP archives, read from their end, and the license texts in them.

use std::collections::BTreeSet;

use crate::readers::bytes::Bytes;
use crate::readers::header::VALUE_LIMIT;
use crate::readers::weights::MEMBER;
use crate::reading::{Header, HeaderError};

/// How many members are looked at.
const MEMBER_LIMIT: usize = 65_536;

/// How many names are rendered.
const NAME_LIMIT: usize = 64;

/// How much of a directory is asked for.
const DIRECTORY_LIMIT: u64 = 8 * 1024 * 1024;

/// How far before the end of the file the end of the directory may lie: its longest comment.
const TAIL: u64 = END + 65_535;

/// How long the end of the directory is, without a comment.
const END: u64 = 22;

/// How many license texts of one archive are read.
const TEXT_LIMIT: usize = 8;

/// A file in an archive.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// Its path in the archive.
    pub(super) name: String,
    /// How it is packed: 0 as it is, 8 deflated.
    method: u16,
    /// How long it is packed, and unpacked, as claimed.
    packed: u64,
    len: u64,
    /// Where its own header begins.
    at: u64,
}

/// Where the directory lies.
struct Directory {
    at: u64,
    size: u64,
    count: u64,
    /// What stands before the archive: offsets in it count from there.
    before: u64,
}

/// The members of the archive that ends where the file does; nothing if none does.
pub(super) fn members(bytes: &mut Bytes<'_>) -> Result<Option<Vec<Member>>, HeaderError> {
    let Some(directory) = directory(bytes)? else { return Ok(None) };
    let size = directory.size.min(DIRECTORY_LIMIT);
    bytes.go_to(directory.at)?;
    let listed = bytes.take_many(size)?;
    let (mut members, mut at) = (Vec::new(), 0);
    while let Some((member, next)) = member(&listed, at, directory.before) {
        if members.len() >= MEMBER_LIMIT {
            break;
        }
        members.push(member);
        at = next;
    }
    if (members.len() as u64) < directory.count {
        let (found, count) = (members.len(), directory.count);
        let what = format!("the archive claims {count} members, {found} were read");
        return if members.is_empty() { Err(bytes.error(what)) } else { Ok(Some(members)) };
    }
    Ok(Some(members))
}

/// Renders what an archive behind something else holds.
pub(super) fn appended(bytes: &mut Bytes<'_>, rendered: &mut Header) -> Result<(), HeaderError> {
    if let Some(members) = members(bytes)? {
        contents(bytes, &members, rendered);
    }
    Ok(())
}

/// Renders the names of the members, and the license texts among them.
pub(super) fn contents(bytes: &mut Bytes<'_>, members: &[Member], rendered: &mut Header) {
    let names: Vec<(String, u64)> =
        members.iter().take(NAME_LIMIT).map(|it| (it.name.clone(), it.at)).collect();
    let at = members.first().map_or(0, |it| it.at);
    rendered.list("zip.members", at, &names);
    if names.len() < members.len() {
        rendered.remark(&format!("zip.members: {} more", members.len() - names.len()), at);
    }
    let mut seen = BTreeSet::new();
    for member in members {
        if !seen.insert(member.name.as_str()) {
            let what = format!("`{}` is in the archive more than once", member.name);
            rendered.problem(&HeaderError { what, offset: member.at });
        }
    }
    for member in members.iter().filter(|it| is_license(&it.name)).take(TEXT_LIMIT) {
        self::rendered(bytes, member, &format!("{MEMBER}{}", member.name), rendered);
    }
}

/// Renders the text of a member under `key`.
pub(super) fn rendered(bytes: &mut Bytes<'_>, member: &Member, key: &str, rendered: &mut Header) {
    match content(bytes, member) {
        Ok(Some((text, at, left_out))) => {
            rendered.cut_string((key, member.at), (&text, at), left_out);
        }
        Ok(None) => rendered.remark(&format!("{key}: packed in an unknown way"), member.at),
        Err(error) => rendered.problem(&error),
    }
}

/// The text of a member, cut at what is rendered, where its packed bytes begin, and how many
/// bytes are left out; nothing for a packing that nobody knows.
fn content(
    bytes: &mut Bytes<'_>,
    member: &Member,
) -> Result<Option<(String, u64, u64)>, HeaderError> {
    bytes.go_to(member.at)?;
    let head = bytes.take::<30>()?;
    if &head[..4] != b"PK\x03\x04" {
        return Err(bytes.error(format!("`{}` is not where the archive says", member.name)));
    }
    let skipped = u64::from(short(&head, 26)) + u64::from(short(&head, 28));
    bytes.skip(skipped)?;
    let at = bytes.position();
    let packed = bytes.take_many(member.packed.min(VALUE_LIMIT as u64).min(bytes.left()))?;
    let unpacked = match member.method {
        0 => packed,
        8 => inflated(&packed),
        _ => return Ok(None),
    };
    let left_out = member.len.saturating_sub(unpacked.len() as u64);
    let text = String::from_utf8_lossy(&unpacked);
    Ok(Some((text.trim_end_matches('\u{fffd}').to_owned(), at, left_out)))
}

/// What `packed` unpacks to, as far as it can be unpacked and is rendered.
fn inflated(packed: &[u8]) -> Vec<u8> {
    match miniz_oxide::inflate::decompress_to_vec_with_limit(packed, VALUE_LIMIT) {
        Ok(unpacked) => unpacked,
        Err(error) => error.output,
    }
}

/// Whether a member's name is that of a license text.
fn is_license(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let stem = name.split_once('.').map_or(name.as_str(), |it| it.0);
    matches!(stem, "license" | "licence" | "copying" | "unlicense" | "license_agreement")
}

fn directory(bytes: &mut Bytes<'_>) -> Result<Option<Directory>, HeaderError> {
    // Nearly every archive ends without a comment, so the tail for one is seldom asked for.
    let Some((at, end)) = (match end(bytes, END)? {
        Some(it) => Some(it),
        None => end(bytes, TAIL)?,
    }) else {
        return Ok(None);
    };
    let (count, size, offset) =
        (short(&end, 10).into(), word(&end, 12).into(), word(&end, 16).into());
    let (count, size, offset, at) = match wide(bytes, at)? {
        Some(it) => it,
        None => (count, size, offset, at),
    };
    let Some(begin) = at.checked_sub(size) else {
        return Err(bytes.error(format!("the archive's directory claims {size} bytes")));
    };
    Ok(Some(Directory { at: begin, size, count, before: begin.saturating_sub(offset) }))
}

/// The end of the archive in the last `len` bytes of the file, and where it begins.
fn end(bytes: &mut Bytes<'_>, len: u64) -> Result<Option<(u64, Vec<u8>)>, HeaderError> {
    let start = bytes.len().saturating_sub(len);
    bytes.go_to(start)?;
    let tail = bytes.take_many(bytes.left())?;
    let fits = |at: &usize| {
        let end = tail.get(*at..*at + 22).filter(|it| it.starts_with(b"PK\x05\x06"));
        end.is_some_and(|it| *at + 22 + usize::from(short(it, 20)) == tail.len())
    };
    let found = (0..tail.len().saturating_sub(21)).rev().find(fits);
    Ok(found.map(|at| (start + at as u64, tail[at..].to_vec())))
}

/// Count, size and offset of a directory that is too large for the usual end, and where it ends.
fn wide(bytes: &mut Bytes<'_>, end: u64) -> Result<Option<(u64, u64, u64, u64)>, HeaderError> {
    let Some(locator) = end.checked_sub(20) else { return Ok(None) };
    bytes.go_to(locator)?;
    let locator = bytes.take::<20>()?;
    if &locator[..4] != b"PK\x06\x07" {
        return Ok(None);
    }
    let at = long(&locator, 8);
    bytes.go_to(at)?;
    let end = bytes.take::<56>()?;
    if &end[..4] != b"PK\x06\x06" {
        return Err(bytes.error("the archive's directory is not where it should be"));
    }
    Ok(Some((long(&end, 32), long(&end, 40), long(&end, 48), at)))
}

/// The member whose entry in the directory begins at `at`, and where the next one begins.
fn member(listed: &[u8], at: usize, before: u64) -> Option<(Member, usize)> {
    let entry = listed.get(at..).filter(|it| it.len() >= 46 && it.starts_with(b"PK\x01\x02"))?;
    let (name, extra, comment) = (
        usize::from(short(entry, 28)),
        usize::from(short(entry, 30)),
        usize::from(short(entry, 32)),
    );
    let name_bytes = entry.get(46..46 + name)?;
    let member = Member {
        name: String::from_utf8_lossy(name_bytes).into_owned(),
        method: short(entry, 10),
        packed: word(entry, 20).into(),
        len: word(entry, 24).into(),
        at: before.saturating_add(word(entry, 42).into()),
    };
    Some((member, at + 46 + name + extra + comment))
}

fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(taken(bytes, at))
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(taken(bytes, at))
}

fn long(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(taken(bytes, at))
}

/// `N` bytes from `at`; zeros where there are none.
fn taken<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes.get(at..at + N).and_then(|it| it.try_into().ok()).unwrap_or([0; N])
}
