//! What may be typed to adopt a policy and to put decisions on record.

use std::path::PathBuf;

use clap::Args;

use super::PolicyChoice;

/// `caveat baseline`.
#[derive(Debug, Args)]
pub struct Baseline {
    /// The folder that the policy speaks of.
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,
    /// Read also what .gitignore files name and git does not track.
    #[arg(long)]
    pub no_ignore: bool,
    /// Which policy.
    #[command(flatten)]
    pub policy: PolicyChoice,
}
