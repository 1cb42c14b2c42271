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

/// What `caveat contributions --help` ends with.
pub(super) const CONTRIBUTIONS: &str = "\
RANGE is as git writes it: BASE..HEAD, or BASE for all since. Without one, it is what the branch has
that its upstream, else the main branch, has not. The policy says what is asked, by `inbound` of its
products: a sign-off of each commit, an agreement, and which licenses may come in.

Examples:
  caveat contributions
  caveat contributions origin/main..HEAD
  caveat contributions v1.0..v1.1 oss/tokeniser
  caveat contributions --all --format json
  caveat contributions origin/main..HEAD --format github --format sarif=contributions.sarif";

/// `caveat contributions`.
#[derive(Debug, Args)]
pub struct Contributions {
    /// Which commits, and the folder of which repository; what lies above it is not looked at.
    #[arg(value_name = "RANGE|PATH", num_args = 0..=2)]
    pub words: Vec<String>,
    /// Every commit that HEAD comes from.
    #[arg(long)]
    pub all: bool,
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
