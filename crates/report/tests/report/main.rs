//! Formats, each on the same hand-made run.

mod sample;
mod snapshots;
mod schema;
mod explained;
mod fixes;
mod gates;
mod neutral;
mod never_panics;
