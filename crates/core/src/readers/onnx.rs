//! Headers of ONNX files: the properties that writers choose freely, which come after the graph.

use crate::readers::header;
use crate::readers::protobuf::{Content, Walk};
use crate::readers::weights;
use crate::reading::{Header, HeaderError, Ranges, Read, Reader};

/// The reader of ONNX files.
pub(super) const READER: Reader = Reader {
    name: "onnx",
    reads: "license, author and base model in the properties of an ONNX file",
    wants: |path| path.to_ascii_lowercase().ends_with(".onnx"),
    read: Read::Header { render, read: weights::read_free },
};

/// Numbers of fields in the schema.
const IR_VERSION: u64 = 1;
const GRAPH: u64 = 7;
const PROPERTY: u64 = 14;

/// Texts, by number, and as which key they are rendered.
const KEYS: [(u64, &str); 3] =
    [(2, "onnx.producer_name"), (3, "onnx.producer_version"), (4, "onnx.domain")];

fn render(ranges: &mut dyn Ranges) -> Header {
    header::rendered(ranges, |bytes, rendered| file(&mut Walk::new(bytes), rendered))
}

fn file(walk: &mut Walk<'_>, rendered: &mut Header) -> Result<(), HeaderError> {
    let mut is_model = false;
    walk.file(&mut |walk, field| {
        match (field.number, field.content) {
            (IR_VERSION, Content::Number(version)) => {
                rendered.number("onnx.ir_version", field.at, &version.to_string(), field.at);
                is_model = true;
            }
            (GRAPH, Content::Bytes(_)) => is_model = true,
            (PROPERTY, Content::Bytes(_)) => walk.render_entry(&field, rendered)?,
            (number, Content::Bytes(_)) => {
                if let Some((_, key)) = KEYS.iter().find(|it| it.0 == number) {
                    walk.render(key, &field, rendered)?;
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    let what = "not an ONNX file: it has neither a version nor a graph".to_owned();
    if is_model { Ok(()) } else { Err(HeaderError { what, offset: 0 }) }
}
