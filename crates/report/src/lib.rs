//! Reports as bytes: one file for each format, and one line in [`formats::FORMATS`].
//!
//! Nothing here touches a disk, a clock, the environment or the network. Text of scanned files
//! is hostile: [`plain`] stands between it and every terminal.
//!
//! Modules are listed in reading order: each uses only those above it.

pub mod run;
pub mod plain;
pub mod lines;
mod markup;
mod wrap;
mod paint;
mod tally;
mod clip;
mod snippet;
pub mod mistakes;
mod screen;
mod alike;
mod finding;
mod audit;
mod inventory;
mod full;
mod concise;
mod visible;
mod json;
mod json_lines;
mod told;
mod mend;
mod sarif;
mod github;
mod gitlab;
mod junit;
mod reviewdog;
mod markdown;
pub mod formats;
pub mod drawing;
pub mod notice;
pub mod reuse;
pub mod changes;
pub mod explain;
pub mod sheet;
pub mod tree;
pub mod patch;

pub use markup::uri;
pub use visible::write as write_json;
