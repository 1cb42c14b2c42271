//! Readers, through the table of readers: files in, sightings out.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads files of the repository and bounds its time"
)]

mod common;
mod ecosystems;
mod damage;
mod formats;
mod header_corpus;
mod headers;
mod hostile;
mod license_files;
mod lockfiles;
mod manifests;
mod metadata;
mod packed;
mod sidecar_corpus;
mod weight_corpus;
