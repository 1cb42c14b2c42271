//! Every kind of file that can be read, one line each.

mod sidecar;
mod card;
mod adapter_config;
mod config_json;
mod mergekit;

use crate::reading::Reader;

/// All readers. A file is given to each that wants it.
pub const READERS: &[Reader] =
    &[card::READER, adapter_config::READER, config_json::READER, mergekit::READER];
