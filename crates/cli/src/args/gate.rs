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
    #[arg(long, conflicts_with_all = ["no_ignore", "since"])]
    pub staged: bool,
    /// Judge PATHs, which have changed, and what depends on them in the repository around here.
    #[arg(long, conflicts_with = "since")]
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
    /// Count only what is new since a revision of git: a component, a license, a line of the policy
    /// or an exception that has lapsed; not lines that moved. Compared is where HEAD left REV.
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Find also what is not as caveat.lock has it: another license, other words, other terms.
    #[arg(long)]
    pub locked: bool,
    /// Exit with 0 even where there are findings.
    #[arg(long)]
    pub exit_zero: bool,
}
