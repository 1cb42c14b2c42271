//! Every kind of file that can be read. To add one, write its file and its row here.

use crate::reading::Reader;

mod bytes;
mod header;
mod license_text;
mod manifest;
mod address;
mod weights;
mod zip;
mod protobuf;
mod flatbuffer;
mod gguf;
mod safetensors;
mod sidecar;
mod onnx;
mod coreml;
mod tflite;
mod keras;
mod pytorch;
mod model_file;
mod mlflow;
mod ollama;
mod dataset;
mod citation;
mod card;
mod adapter_config;
mod config_json;
mod mergekit;
mod license_file;
mod cargo;
mod npm;
mod python;
mod named_in_code;

/// Every reader, in the order in which they are asked: the first that wants a file reads it.
pub const READERS: &[Reader] = &[
    gguf::READER,
    safetensors::READER,
    onnx::READER,
    coreml::READER,
    tflite::READER,
    keras::ARCHIVE,
    keras::HDF5,
    pytorch::READER,
    model_file::READER,
    mlflow::READER,
    ollama::MODELFILE,
    ollama::MANIFEST,
    dataset::READER,
    citation::READER,
    license_file::READER,
    card::READER,
    adapter_config::READER,
    config_json::READER,
    mergekit::READER,
    cargo::READER,
    npm::READER,
    python::PYPROJECT,
    python::SETUP_CFG,
    named_in_code::READER,
];

/// For a file that the user named and no reader wants: it may be a license text.
pub const ANY_TEXT: Reader = license_file::READER;
