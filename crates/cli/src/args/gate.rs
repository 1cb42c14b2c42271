//! Commands that gate.

use clap::Args;

use super::shared::{PolicyChoice, Reading, Writing};

/// `caveat check`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that is given or not")]
pub struct Check {
    /// What to read.
    #[command(flatten)]
    pub reading: Reading,
    /// Judge what is staged in git, as it is staged, and what depends on that.
    #[arg(long, conflicts_with = "no_ignore")]
    pub staged: bool,
    /// Judge PATHs, which have changed, and what depends on them in the repository around here.
    #[arg(long)]
    pub changed: bool,
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
