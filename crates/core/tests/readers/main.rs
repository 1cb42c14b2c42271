//! Readers, through the table of readers: files in, sightings out.

mod common;
mod header_corpus;
mod headers;
mod hostile;
mod license_files;
mod manifests;
