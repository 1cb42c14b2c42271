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
mod mergekit;
mod license_file;
mod locked;
mod cargo_needs;
mod cargo;
mod cargo_lock;
mod npm;
mod npm_lock;
mod pnpm_lock;
mod yarn_lock;
mod requirement;
mod python_needs;
mod python;
mod requirements;
mod python_locks;
mod dist_info;
mod conda;
mod lines;
mod go_mod;
mod maven;
mod nuget;
mod ruby;
mod composer;
mod r_description;
mod swift;
mod dart;
mod cpp;
mod debian;
mod purl;
mod bill;
mod cyclonedx;
mod spdx_document;
mod spdx_graph;
mod bill_of_materials;
pub(crate) mod reuse;
mod named_in_code;
mod config_json;
mod setup_py;
mod conanfile_py;

pub use card::{Field, Fields, fields};

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
    bill_of_materials::READER,
    reuse::ANNOTATIONS,
    reuse::DEP5,
    reuse::BESIDE,
    license_file::READER,
    card::READER,
    adapter_config::READER,
    config_json::READER,
    mergekit::READER,
    cargo::READER,
    cargo_lock::READER,
    npm::READER,
    npm_lock::READER,
    pnpm_lock::READER,
    yarn_lock::READER,
    python::PYPROJECT,
    python::SETUP_CFG,
    setup_py::READER,
    requirements::READER,
    python_locks::TABLES,
    python_locks::PIPFILE,
    dist_info::READER,
    conda::READER,
    go_mod::READER,
    maven::POM,
    maven::GRADLE,
    nuget::NUSPEC,
    nuget::LOCK,
    ruby::LOCK,
    ruby::GEMSPEC,
    composer::MANIFEST,
    composer::LOCK,
    r_description::READER,
    swift::READER,
    dart::MANIFEST,
    dart::LOCK,
    cpp::CONAN,
    cpp::CONAN_LOCK,
    conanfile_py::READER,
    cpp::VCPKG,
    debian::READER,
    named_in_code::READER,
];

/// For a file that the user named and no reader wants: it may be a license text.
pub const ANY_TEXT: Reader = license_file::READER;
