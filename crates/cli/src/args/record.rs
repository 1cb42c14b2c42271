//! Commands that write down what was decided.

use std::path::PathBuf;

use clap::Args;

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
