//! Reports as bytes.
