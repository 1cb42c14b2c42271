//! All readers. To add one, write its file and its row here.

use crate::reading::Reader;

mod bytes;
mod header;
mod license_text;
mod manifest;
mod weights;
mod gguf;
mod safetensors;
mod license_file;
mod cargo;
mod npm;
mod python;

/// Every reader, in the order in which they are asked.
pub const READERS: &[Reader] = &[
    gguf::READER,
    safetensors::READER,
    license_file::READER,
    cargo::READER,
    npm::READER,
    python::PYPROJECT,
    python::SETUP_CFG,
];
