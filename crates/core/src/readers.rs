//! Every kind of file that can be read. To add one, write its file and its row here.

use crate::reading::Reader;

mod bytes;
mod header;
mod license_text;
mod manifest;
mod weights;
mod gguf;
mod safetensors;
mod card;
mod license_file;
mod cargo;
mod npm;
mod python;
mod named_in_code;

/// Every reader, in the order in which they are asked: the first that wants a file reads it.
pub const READERS: &[Reader] = &[
    gguf::READER,
    safetensors::READER,
    license_file::READER,
    card::READER,
    cargo::READER,
    npm::READER,
    python::PYPROJECT,
    python::SETUP_CFG,
    named_in_code::READER,
];

/// For a file that the user named and no reader wants: it may be a license text.
pub const ANY_TEXT: Reader = license_file::READER;
