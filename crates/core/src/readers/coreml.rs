//! Headers of Core ML models, alone or inside a `.mlpackage`.

use crate::component::Kind;
use crate::readers::header;
use crate::readers::protobuf::{Content, Field, Walk};
use crate::readers::weights;
use crate::reading::{Header, HeaderError, Ranges, Read, Reader, Reading, Sighting, Subject};
use crate::source::Source;

/// The reader of Core ML models. The manifest of a package names its parts and says no more.
pub(super) const READER: Reader = Reader {
    name: "coreml",
    reads: "license and author in the metadata of a Core ML model",
    wants: |path| path.to_ascii_lowercase().ends_with(".mlmodel"),
    read: Read::Header { render, read },
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

fn read(source: &Source) -> Reading {
    let lines = header::lines(source);
    let mut seen = Sighting::new(Subject::Directory, Some(Kind::Model), weights::place(source));
    weights::free(source, &lines, &mut seen);
    Reading { sightings: vec![seen], problems: lines.problems }
}

fn file(walk: &mut Walk<'_>, rendered: &mut Header) -> Result<(), HeaderError> {
    let end = walk.bytes.len();
    let (mut at, mut is_model) = (0, false);
    while let Some((field, next)) = walk.field(at, end)? {
        match (field.number, field.content) {
            (VERSION, Content::Number(version)) => {
                rendered.number("coreml.version", at, &version.to_string(), field.at);
                is_model = true;
            }
            (DESCRIPTION, Content::Bytes(_)) => {
                description(walk, &field, rendered)?;
                is_model = true;
            }
            _ => {}
        }
        at = next;
    }
    let what = "not a Core ML model: it has neither a version nor a description".to_owned();
    if is_model { Ok(()) } else { Err(HeaderError { what, offset: 0 }) }
}

fn description(
    walk: &mut Walk<'_>,
    message: &Field,
    rendered: &mut Header,
) -> Result<(), HeaderError> {
    let (mut at, end) = (message.at, message.end().unwrap_or(message.at));
    while let Some((field, next)) = walk.field(at, end)? {
        if field.number == METADATA && field.end().is_some() {
            metadata(walk, &field, rendered)?;
        }
        at = next;
    }
    Ok(())
}

fn metadata(
    walk: &mut Walk<'_>,
    message: &Field,
    rendered: &mut Header,
) -> Result<(), HeaderError> {
    let (mut at, end) = (message.at, message.end().unwrap_or(message.at));
    while let Some((field, next)) = walk.field(at, end)? {
        let key = KEYS.iter().find(|(number, _)| *number == field.number);
        if rendered.is_full() || field.end().is_none() {
            // Nothing to render.
        } else if let Some((_, key)) = key {
            let (value, left_out) = walk.string(&field)?;
            rendered.cut_string((key, field.at), (&value, field.at), left_out);
        } else if field.number == USER_DEFINED {
            user_defined(walk, &field, rendered)?;
        }
        at = next;
    }
    Ok(())
}

fn user_defined(
    walk: &mut Walk<'_>,
    entry: &Field,
    rendered: &mut Header,
) -> Result<(), HeaderError> {
    let (Some(key_field), Some(value_field)) = walk.entry(entry)? else { return Ok(()) };
    let (key, left_out) = walk.string(&key_field)?;
    if left_out == 0 && weights::is_telling(&key) {
        let (value, left_out) = walk.string(&value_field)?;
        rendered.cut_string((&key, key_field.at), (&value, value_field.at), left_out);
    }
    Ok(())
}
