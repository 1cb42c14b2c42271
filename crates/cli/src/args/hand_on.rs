//! Commands that write what goes out with a product.

use std::path::PathBuf;

use clap::Args;

use super::{PolicyChoice, Reading};

/// `caveat notice`.
#[derive(Debug, Args)]
pub struct Notice {
    /// What to read.
    #[command(flatten)]
    pub reading: Reading,
    /// text, markdown, html or json. Default: as the file is called, else text.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Write to a file instead of standard output.
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    pub output: Option<PathBuf>,
    /// Write nothing: fail where this file is not what would be written, and show the difference.
    #[arg(long, value_name = "FILE")]
    pub check: Option<PathBuf>,
    /// For one product of the policy, however it is used.
    #[arg(long, value_name = "NAME", conflicts_with = "all")]
    pub product: Option<String>,
    /// For everything that is there.
    #[arg(long)]
    pub all: bool,
    /// Which policy.
    #[command(flatten)]
    pub policy: PolicyChoice,
}

/// `caveat reuse`.
#[derive(Debug, Args)]
pub struct Reuse {
    /// A project, or files of one. Default: the repository that you are in.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to write, and into which file; may be given several times. full, concise, json,
    /// json-lines, sarif, github, gitlab, junit, rdjson, rdjsonl or markdown. The default is full.
    #[arg(long, value_name = "FORMAT[=FILE]")]
    pub format: Vec<String>,
    /// Write to a file instead of standard output what has no file of its own.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Exit with 0 also where the project is not compliant.
    #[arg(long)]
    pub exit_zero: bool,
}
