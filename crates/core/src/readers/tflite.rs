//! Headers of TFLite files: the metadata in one of their buffers, and the files at their end.

use crate::readers::flatbuffer::{Buffer, Table, Vector};
use crate::readers::header;
use crate::readers::weights;
use crate::readers::zip;
use crate::reading::{Header, HeaderError, Ranges, Read, Reader};

/// The reader of TFLite files.
pub(super) const READER: Reader = Reader {
    name: "tflite",
    reads: "license and author in the metadata of a TFLite file, and the license texts it packs",
    wants: |path| {
        let path = path.to_ascii_lowercase();
        [".tflite", ".lite"].iter().any(|it| path.ends_with(it))
    },
    read: Read::Header { render, read: weights::read_free },
};

/// Numbers of fields in the schema of models.
const DESCRIPTION: u16 = 3;
const BUFFERS: u16 = 4;
const METADATA: u16 = 6;

/// How many entries of metadata are looked at: real files have three.
const ENTRY_LIMIT: u64 = 256;

/// Fields of the nested metadata, by number, and as which key they are rendered.
const KEYS: [(u16, &str); 5] =
    [(0, "name"), (1, "description"), (2, "version"), (4, "author"), (5, "license")];

fn render(ranges: &mut dyn Ranges) -> Header {
    header::rendered(ranges, |bytes, rendered| {
        let mut buffer = Buffer::new(bytes);
        let done = file(&mut buffer, rendered);
        // What is packed behind the model is there even if the model cannot be understood.
        let packed = zip::appended(&mut buffer.bytes, rendered);
        done.and(packed)
    })
}

fn file(buffer: &mut Buffer<'_>, rendered: &mut Header) -> Result<(), HeaderError> {
    let Some(model) = buffer.root(0, *b"TFL3")? else {
        let what = "not a TFLite file: it has no `TFL3` mark".into();
        return Err(HeaderError { what, offset: 4 });
    };
    if let Some((value, at, left_out)) = buffer.string(model, DESCRIPTION)? {
        rendered.cut_string(("tflite.description", at), (&value, at), left_out);
    }
    let Some(entries) = buffer.vector(model, METADATA)? else { return Ok(()) };
    for index in 0..entries.count.min(ENTRY_LIMIT) {
        let entry = buffer.element(entries, index)?;
        let Some((name, at, _)) = buffer.string(entry, 0)? else { continue };
        rendered.string(&format!("tflite.metadata.{index}"), at, &name, at);
        if name == "TFLITE_METADATA" {
            let number = buffer.number(entry, 1)?;
            metadata(buffer, model, number, rendered)?;
        }
    }
    Ok(())
}

/// Renders the metadata that lies in buffer `number`.
fn metadata(
    buffer: &mut Buffer<'_>,
    model: Table,
    number: u32,
    rendered: &mut Header,
) -> Result<(), HeaderError> {
    let Some(buffers) = buffer.vector(model, BUFFERS)? else { return Ok(()) };
    let holder = buffer.element(buffers, number.into())?;
    let Some(Vector { at, .. }) = buffer.vector(holder, 0)? else { return Ok(()) };
    let Some(root) = buffer.root(at, *b"M001")? else {
        let what = "the metadata is of a kind that nobody knows: it has no `M001` mark".into();
        return Err(HeaderError { what, offset: at });
    };
    for (field, key) in KEYS {
        if let Some((value, at, left_out)) = buffer.string(root, field)? {
            rendered.cut_string((key, at), (&value, at), left_out);
        }
    }
    Ok(())
}
