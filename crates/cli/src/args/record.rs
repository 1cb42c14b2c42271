//! Commands that write down what was decided.

use std::path::PathBuf;

use clap::Args;

use super::shared::{PolicyChoice, Reading};

/// `caveat fix`.
#[derive(Debug, Args)]
pub struct Fix {
    /// What to read.
    #[command(flatten)]
    pub reading: Reading,
    /// Write the changes into the files.
    #[arg(long)]
    pub apply: bool,
    /// full or json.
    #[arg(long, default_value = "full", value_name = "FORMAT")]
    pub format: String,
    /// Which policy.
    #[command(flatten)]
    pub policy: PolicyChoice,
}

/// `caveat init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The directory to write into.
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,
    /// Start from a shipped policy instead of the smallest useful one.
    #[arg(long, value_name = "NAME")]
    pub policy: Option<String>,
}
