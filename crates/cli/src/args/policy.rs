//! Commands about the policy itself.

use clap::{Args, Subcommand};

use super::shared::{PolicyChoice, Writing};

/// `caveat policy`.
#[derive(Debug, Args)]
pub struct Policy {
    /// What to do with it.
    #[command(subcommand)]
    pub command: PolicyCommand,
}

/// The commands about a policy.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Print the policy that judges: what all files come to, and where each line comes from.
    #[command(
        after_help = "The output is a policy of its own: defaults are written out, bases are applied.\n\n\
                            Examples:\n  caveat policy show\n  caveat policy show --policy research\n  \
                            caveat policy show --format json"
    )]
    Show(ShowPolicy),
    /// Look for mistakes and idle lines in a policy, and run its own [[test]] cases.
    #[command(
        after_help = "A case says all that is known: a license, and perhaps the kind, the uses and the product:\n\n  \
                            [[test]]\n  license = \"LICENSE\"\n  kind    = \"code\"\n  \
                            use     = \"saas\"\n  expect  = \"deny\"\n\n\
                            Exits with 1 where a case comes out otherwise or an exception does not count,\n\
                            with 2 where the policy cannot be used.\n\n\
                            Examples:\n  caveat policy check\n  caveat policy check --strict --format github"
    )]
    Check(CheckPolicy),
    /// Print the JSON Schema of policy files, for editors.
    #[command(after_help = "Example:\n  caveat policy schema --output caveat.schema.json\n\n\
                            A policy names it in its first line: #:schema ./caveat.schema.json")]
    Schema(PolicySchema),
}

/// `caveat policy show`.
#[derive(Debug, Args)]
pub struct ShowPolicy {
    /// Which policy.
    #[command(flatten)]
    pub policy: PolicyChoice,
    /// full (TOML) or json.
    #[arg(long, default_value = "full", value_name = "FORMAT")]
    pub format: String,
}

/// `caveat policy check`.
#[derive(Debug, Args)]
pub struct CheckPolicy {
    /// Which policy.
    #[command(flatten)]
    pub policy: PolicyChoice,
    /// How to write.
    #[command(flatten)]
    pub writing: Writing,
    /// Fail also on what a person has to review.
    #[arg(long)]
    pub strict: bool,
}

/// `caveat policy schema`.
#[derive(Debug, Args)]
pub struct PolicySchema {
    /// Write to a file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<std::path::PathBuf>,
}
