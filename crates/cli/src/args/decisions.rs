//! What may be typed to adopt a policy and to put decisions on record.

use std::path::PathBuf;

use clap::Args;

use super::PolicyChoice;

pub(super) const BASELINE: &str = "\
Writes the file that `[baseline]` of the policy names, else .caveat/baseline.toml. Where there is
one, takes out what is mended; it never grows.

Examples:
  caveat baseline
  caveat check --audit   # shows what it sets aside";

pub(super) const EXCEPT: &str = "\
Shows the edit of caveat.toml and what it changes, asks, and writes. Nothing is made up: reason,
owner, approval, ticket and end have to be given.

Examples:
  caveat except black-forest-labs/FLUX.1-dev --product api --allow non-commercial \\
      --because \"Licensed for money, contract 12\" --owner ann@acme.example \\
      --approved-by counsel@acme.example --ticket LEG-9 --expires 2027-06-30
  caveat except data/reviews --allow non-commercial --dry-run …";

pub(super) const CLARIFY: &str = "\
Writes the SHA-256 of the files that were read for the component, so that the decision ends when
they change. --update takes the files as they are now: read them first.

Examples:
  caveat clarify models/asr --license EXPR --because \"Asked the author\" --owner ann@acme.example
  caveat clarify pkg:cargo/ring@0.17 --update";

pub(super) const RENEW: &str = "\
Examples:
  caveat renew EX-9 --approved-by counsel@acme.example --ticket LEG-10 --expires 2027-06-30";

pub(super) const LOCK: &str = "\
Writes caveat.lock beside the policy: each component with its license, the digest of the words that
say so, and what became of it; each license with the digest of its terms. Commit it, and have
`caveat check --locked` in the pipeline.

Examples:
  caveat lock
  caveat check --locked
  git diff caveat.lock";

pub(super) const DIFF: &str = "\
Exits with 1 where a component has another license or is decided worse; new words for the same
license, new components and those that are gone are told and do not fail.

Examples:
  caveat diff caveat.lock .
  caveat diff origin/main . --format json
  caveat diff ../model-v1 ../model-v2";

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

/// Which tree, which policy file, and whether to write.
#[derive(Debug, Args)]
pub struct Deciding {
    /// The project whose policy and components are meant.
    #[arg(long, value_name = "PATH", default_value = ".")]
    pub path: PathBuf,
    /// The policy file to write into. Default: the caveat.toml of the repository.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<String>,
    /// The day of the decision, YYYY-MM-DD. Default: today.
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
    /// Write without asking.
    #[arg(long, conflicts_with = "dry_run")]
    pub yes: bool,
    /// Show the edit and write nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// `caveat except`.
#[derive(Debug, Args)]
pub struct Except {
    /// A package URL, the name of a component or well-known model, or a path.
    #[arg(value_name = "SUBJECT")]
    pub subject: String,
    /// The product it is for; may be given several times. Default: all.
    #[arg(long, value_name = "NAME")]
    pub product: Vec<String>,
    /// A tag or the name of a finding that is to pass; may be given several times.
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    pub allow: Vec<String>,
    /// Why.
    #[arg(long, value_name = "REASON")]
    pub because: Option<String>,
    /// Who answers for it.
    #[arg(long, value_name = "WHO")]
    pub owner: Option<String>,
    /// Who allowed it.
    #[arg(long, value_name = "WHO")]
    pub approved_by: Option<String>,
    /// Where the approval is recorded.
    #[arg(long, value_name = "TICKET")]
    pub ticket: Option<String>,
    /// The last day on which it holds.
    #[arg(long, value_name = "DATE")]
    pub expires: Option<String>,
    /// Its name. Default: the next free EX-NUMBER.
    #[arg(long, value_name = "NAME")]
    pub id: Option<String>,
    /// Where, and whether to write.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// `caveat clarify`.
#[derive(Debug, Args)]
pub struct Clarify {
    /// A package URL, the name of a component, or a path.
    #[arg(value_name = "SUBJECT")]
    pub subject: String,
    /// The license that was read, as an expression.
    #[arg(long, value_name = "EXPR")]
    pub license: Option<String>,
    /// A file that says so; may be given several times. Default: the files that were read for it.
    #[arg(long, value_name = "FILE")]
    pub evidence: Vec<String>,
    /// Why.
    #[arg(long, value_name = "REASON")]
    pub because: Option<String>,
    /// Who answers for it.
    #[arg(long, value_name = "WHO")]
    pub owner: Option<String>,
    /// Put the digests of the files as they are now into a clarification that is there.
    #[arg(long, conflicts_with = "evidence")]
    pub update: bool,
    /// Where, and whether to write.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// `caveat renew`.
#[derive(Debug, Args)]
pub struct Renew {
    /// The name of the exception.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Who allowed it this time.
    #[arg(long, value_name = "WHO")]
    pub approved_by: Option<String>,
    /// Where the new approval is recorded.
    #[arg(long, value_name = "TICKET")]
    pub ticket: Option<String>,
    /// The new last day.
    #[arg(long, value_name = "DATE")]
    pub expires: Option<String>,
    /// Where, and whether to write.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// `caveat lock`.
#[derive(Debug, Args)]
pub struct Lock {
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

/// `caveat diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// A caveat.lock, a folder, or a revision of git.
    #[arg(value_name = "OLD")]
    pub old: String,
    /// Likewise.
    #[arg(value_name = "NEW")]
    pub new: String,
    /// full or json.
    #[arg(long, default_value = "full", value_name = "FORMAT")]
    pub format: String,
    /// Exit with 0 even where a license changed.
    #[arg(long)]
    pub exit_zero: bool,
    /// Which policy.
    #[command(flatten)]
    pub policy: PolicyChoice,
}
