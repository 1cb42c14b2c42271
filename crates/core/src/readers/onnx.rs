//! Headers of ONNX files: the properties that writers choose freely, which come after the graph.

use crate::component::Kind;
use crate::readers::header;
use crate::readers::protobuf::{Content, Field, Walk};
use crate::readers::weights;
use crate::reading::{Header, HeaderError, Ranges, Read, Reader, Reading, Sighting, Subject};
use crate::source::Source;

/// The reader of ONNX files.
pub(super) const READER: Reader = Reader {
    name: "onnx",
    reads: "license, author and base model in the properties of an ONNX file",
    wants: |path| path.to_ascii_lowercase().ends_with(".onnx"),
    read: Read::Header { render, read },
};

/// Numbers of fields in the schema.
const IR_VERSION: u64 = 1;
const PRODUCER_NAME: u64 = 2;
const PRODUCER_VERSION: u64 = 3;
const DOMAIN: u64 = 4;
const GRAPH: u64 = 7;
const PROPERTY: u64 = 14;

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
            (IR_VERSION, Content::Number(version)) => {
                rendered.number("onnx.ir_version", at, &version.to_string(), field.at);
                is_model = true;
            }
            (PRODUCER_NAME, Content::Bytes(_)) => {
                text(walk, "onnx.producer_name", &field, rendered)?;
            }
            (PRODUCER_VERSION, Content::Bytes(_)) => {
                text(walk, "onnx.producer_version", &field, rendered)?;
            }
            (DOMAIN, Content::Bytes(_)) => text(walk, "onnx.domain", &field, rendered)?,
            (GRAPH, Content::Bytes(_)) => is_model = true,
            (PROPERTY, Content::Bytes(_)) => property(walk, &field, rendered)?,
            _ => {}
        }
        at = next;
    }
    let what = "not an ONNX file: it has neither a version nor a graph".to_owned();
    if is_model { Ok(()) } else { Err(HeaderError { what, offset: 0 }) }
}

fn text(
    walk: &mut Walk<'_>,
    key: &str,
    field: &Field,
    rendered: &mut Header,
) -> Result<(), HeaderError> {
    let (value, left_out) = walk.string(field)?;
    rendered.cut_string((key, field.at), (&value, field.at), left_out);
    Ok(())
}

/// One property. Its key decides whether its value, which may be a whole vocabulary, is asked for.
fn property(
    walk: &mut Walk<'_>,
    property: &Field,
    rendered: &mut Header,
) -> Result<(), HeaderError> {
    let (Some(key_field), value) = walk.entry(property)? else { return Ok(()) };
    let (key, left_out) = walk.string(&key_field)?;
    if left_out > 0 || !weights::is_telling(&key) || rendered.is_full() {
        return Ok(());
    }
    let Some(value_field) = value else { return Ok(()) };
    let (value, left_out) = walk.string(&value_field)?;
    rendered.cut_string((&key, key_field.at), (&value, value_field.at), left_out);
    Ok(())
}
