//! PyTorch files, known by how they begin. They have no field for a license, and are never
//! unpickled.

use crate::component::Kind;
use crate::readers::bytes::Bytes;
use crate::readers::header;
use crate::readers::weights;
use crate::readers::zip;
use crate::reading::{Header, HeaderError, Ranges, Read, Reader, Reading, Sighting, Subject};
use crate::source::Source;

/// The reader of PyTorch files.
pub(super) const READER: Reader = Reader {
    name: "pytorch",
    reads: "that a PyTorch file is a model, and the license texts it packs; never unpickled",
    wants,
    read: Read::Header { render, read },
};

/// Endings of names. Many other files end in `.bin`; those are left alone.
const ENDINGS: [&str; 7] = [".pt", ".pth", ".bin", ".ckpt", ".jit", ".ptl", ".pt2"];

/// Begins what PyTorch wrote before its archives: a pickle of its own magic number.
const LEGACY: &[u8] = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.";

/// Members that only archives of PyTorch have.
const MEMBERS: [&str; 2] = ["data.pkl", "constants.pkl"];

fn wants(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    ENDINGS.iter().any(|it| path.ends_with(it))
}

fn render(ranges: &mut dyn Ranges) -> Header {
    // What is no PyTorch file is none of ours: only that can be empty or cut.
    header::rendered(ranges, |bytes, rendered| file(bytes, rendered).or(Ok(())))
}

fn file(mut bytes: Bytes<'_>, rendered: &mut Header) -> Result<(), HeaderError> {
    let count = bytes.len().min(LEGACY.len() as u64);
    let begin = bytes.take_many(count)?;
    let remark = "a pickle has no field for a license, and is never unpickled";
    if begin == LEGACY {
        rendered.string("format", 0, "PyTorch pickle", 0);
        rendered.remark(remark, 0);
    } else if let [0x80, 2..=5, ..] = begin[..] {
        rendered.string("format", 0, "pickle", 0);
        rendered.remark(remark, 0);
    } else if begin.starts_with(b"PK\x03\x04") {
        let Some(members) = zip::members(&mut bytes)? else { return Ok(()) };
        let name = |it: &zip::Member| it.name.rsplit('/').next().unwrap_or_default().to_owned();
        if members.iter().any(|it| MEMBERS.contains(&name(it).as_str())) {
            rendered.string("format", 0, "PyTorch archive", 0);
            rendered.remark(remark, 0);
            zip::contents(&mut bytes, &members, rendered);
        }
    }
    Ok(())
}

fn read(source: &Source) -> Reading {
    let mut lines = header::lines(source);
    let format = lines.first("format").map(|it| it.value.as_str());
    let is_pointer = lines.first("git-lfs.oid").is_some();
    let is_any = !source.name.to_ascii_lowercase().ends_with(".bin");
    let is_model = match format {
        Some("pickle") => is_any,
        Some(_) => true,
        None => is_pointer && (is_any || weights::is_named_so(&source.name)),
    };
    if !is_model {
        return Reading::default();
    }
    let mut seen = Sighting::new(Subject::Directory, Some(Kind::Model), weights::place(source));
    weights::free(source, &lines, &mut seen);
    Reading { sightings: vec![seen], problems: std::mem::take(&mut lines.problems) }
}
