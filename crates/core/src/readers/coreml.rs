//! Headers of Core ML models, alone or inside a `.mlpackage`.

use crate::readers::header;
use crate::readers::protobuf::{Content, Field, Walk};
use crate::readers::weights;
use crate::reading::{Header, HeaderError, Ranges, Read, Reader};

/// The reader of Core ML models. The manifest of a package names its parts and says no more.
pub(super) const READER: Reader = Reader {
    name: "coreml",
    reads: "license and author in the metadata of a Core ML model",
    wants: |path| path.to_ascii_lowercase().ends_with(".mlmodel"),
    read: Read::Header { render, read: weights::read_free },
};

/// Numbers of fields in the schema.
const VERSION: u64 = 1;
const DESCRIPTION: u64 = 2;
const METADATA: u64 = 100;
const USER_DEFINED: u64 = 100;

/// Fields of the metadata, by number, and as which key they are rendered.
const KEYS: [(u64, &str); 4] =
    [(1, "short_description"), (2, "version"), (3, "author"), (4, "license")];

fn render(ranges: &mut dyn Ranges) -> Header {
    header::rendered(ranges, |bytes, rendered| file(&mut Walk::new(bytes), rendered))
}

fn file(walk: &mut Walk<'_>, rendered: &mut Header) -> Result<(), HeaderError> {
    let mut is_model = false;
    walk.file(&mut |walk, field| {
        match (field.number, field.content) {
            (VERSION, Content::Number(version)) => {
                rendered.number("coreml.version", field.at, &version.to_string(), field.at);
            }
            (DESCRIPTION, Content::Bytes(_)) => walk.fields(field.range(), &mut |walk, it| {
                if it.number == METADATA { metadata(walk, &it, rendered) } else { Ok(()) }
            })?,
            _ => return Ok(()),
        }
        is_model = true;
        Ok(())
    })?;
    let what = "not a Core ML model: it has neither a version nor a description".to_owned();
    if is_model { Ok(()) } else { Err(HeaderError { what, offset: 0 }) }
}

fn metadata(
    walk: &mut Walk<'_>,
    message: &Field,
    rendered: &mut Header,
) -> Result<(), HeaderError> {
    walk.fields(message.range(), &mut |walk, field| {
        let key = KEYS.iter().find(|(number, _)| *number == field.number);
        if rendered.is_full() || field.end().is_none() {
            Ok(())
        } else if let Some((_, key)) = key {
            walk.render(key, &field, rendered)
        } else if field.number == USER_DEFINED {
            walk.render_entry(&field, rendered)
        } else {
            Ok(())
        }
    })
}
