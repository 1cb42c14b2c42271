//! What is there and what it says.
//!
//! Bytes that somebody else read become [`source::Sources`]; readers turn each source into
//! sightings; `identify` makes components and claims of them with the library of license
//! terms; `relate` ties components together. Nothing here touches a disk, a clock, the
//! environment or the network.
//!
//! Modules are listed in reading order: each uses only those above it.

pub use caveat_texts as texts;

pub mod source;
pub mod alike;
pub mod edits;
pub mod expression;
pub mod component;
pub mod reading;
pub mod coverage;
pub mod value;
pub mod installed;
pub mod readers;
pub mod terms;
pub mod tags;
pub mod library;
pub mod notices;
pub mod copyrights;
pub mod inventory;
mod places;
mod group;
mod pattern;
pub mod reuse;
mod cover;
mod parts;
mod fold;
mod pointers;
mod claims;
mod weave;
mod conclude;
mod reports;
mod members;
pub mod identify;
mod packages;
mod holding;
pub mod relate;
pub mod catalog;
pub mod recall;
pub mod lineage;
