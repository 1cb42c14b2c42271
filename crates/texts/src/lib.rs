//! Which license is this text? Identification of complete license texts.
//!
//! The reference texts are not carried, only hashes of their word triples. [`identify`] tells which of them an
//! input holds and whether words were changed: a changed license is another license.

mod signal;
mod spelling;
mod margins;
mod notices;
mod tokens;
mod fingerprint;
mod index;
mod places;
mod candidates;
mod alignment;
mod words;
mod changes;
mod likeness;
mod search;
mod identify;

pub use fingerprint::{Entry, Fingerprint, Kind, OptionalParts, fingerprints};
pub use identify::{Difference, Match, identify, recognize, recognize_without};
pub use likeness::Likeness;
pub use signal::looks_like_license;
