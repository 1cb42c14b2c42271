//! Reports as bytes: one file for each format, and one line in [`FORMATS`].

pub mod run;
