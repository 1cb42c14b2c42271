//! Commands that gate.

use clap::Args;

use super::shared::{PolicyChoice, Reading, Writing};

/// `caveat check`.
#[derive(Debug, Args)]
pub struct Check {
    /// What to read.
    #[command(flatten)]
    pub reading: Reading,
    /// How to write.
    #[command(flatten)]
    pub writing: Writing,
    /// Which policy.
    #[command(flatten)]
    pub policy: PolicyChoice,
    /// Fail also on what a person has to review.
    #[arg(long)]
    pub strict: bool,
    /// Exit with 0 even where there are findings.
    #[arg(long)]
    pub exit_zero: bool,
}
