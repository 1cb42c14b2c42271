//! Commands that show what is there and what is known.

use std::path::PathBuf;

use clap::Args;

use super::shared::{PolicyChoice, Reading, Writing};

/// `caveat scan`.
#[derive(Debug, Args)]
pub struct Scan {
    /// What to read.
    #[command(flatten)]
    pub reading: Reading,
    /// How to write.
    #[command(flatten)]
    pub writing: Writing,
}

/// `caveat explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// A license (any of its names), a rule, a component of a project, or a well-known model or
    /// dataset.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The project to find the component in. Default: the folder where you are.
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Which policy.
    #[command(flatten)]
    pub policy: PolicyChoice,
}

/// `caveat graph`.
#[derive(Debug, Args)]
pub struct Graph {
    /// What to read.
    #[command(flatten)]
    pub reading: Reading,
    /// mermaid, dot or json.
    #[arg(long, default_value = "mermaid", value_name = "FORMAT")]
    pub format: String,
    /// Write to a file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Draw also code that only other code needs.
    #[arg(long)]
    pub all: bool,
    /// Draw no more components than that, what is denied first. Default: as many as the format
    /// bears.
    #[arg(long, value_name = "NUMBER")]
    pub most: Option<usize>,
    /// Which policy.
    #[command(flatten)]
    pub policy: PolicyChoice,
}

/// `caveat identify`.
#[derive(Debug, Args)]
pub struct Identify {
    /// Files to look at.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Show which words were put in and where words were left out.
    #[arg(long)]
    pub diff: bool,
    /// full or json.
    #[arg(long, default_value = "full", value_name = "FORMAT")]
    pub format: String,
}
/// `caveat licenses`.
#[derive(Debug, Args)]
pub struct Licenses {
    /// Only those that carry this tag.
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,
    /// full or json.
    #[arg(long, default_value = "full", value_name = "FORMAT")]
    pub format: String,
}
