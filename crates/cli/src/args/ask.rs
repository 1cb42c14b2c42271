//! Commands that answer a question.

use std::path::PathBuf;

use clap::Args;

use super::shared::{PolicyChoice, Reading};

/// `caveat may`.
#[derive(Debug, Args)]
pub struct May {
    /// One or more uses, then one or more subjects: a license id or expression, a path, or the name
    /// of a component or well-known model.
    #[arg(value_name = "USE… SUBJECT", num_args = 2.., required = true)]
    pub words: Vec<String>,
    /// What the subject is, where it is only a license: model, dataset or code.
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// A fact about you for this question alone: mau=2_000_000, annual-revenue-usd=900_000,
    /// domicile=US, commercial=false; a figure of a day: mau=1_300_000@2024-12-31.
    #[arg(long, value_name = "KEY=VALUE[@DATE]")]
    pub fact: Vec<String>,
    /// Where your users are, for this question alone: US, EU, KR, worldwide.
    #[arg(long, value_name = "REGION")]
    pub market: Vec<String>,
    /// The product of the policy in which it is to be used.
    #[arg(long, value_name = "NAME")]
    pub product: Option<String>,
    /// full or json.
    #[arg(long, default_value = "full", value_name = "FORMAT")]
    pub format: String,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Which policy.
    #[command(flatten)]
    pub policy: PolicyChoice,
    /// The project whose policy and components are meant.
    #[arg(long, value_name = "PATH", default_value = ".")]
    pub path: PathBuf,
}

/// `caveat outbound`.
#[derive(Debug, Args)]
pub struct Outbound {
    /// What to read.
    #[command(flatten)]
    pub reading: Reading,
    /// A license or expression to ask about; may be given several times.
    #[arg(long, value_name = "LICENSE")]
    pub license: Vec<String>,
    /// full or json.
    #[arg(long, default_value = "full", value_name = "FORMAT")]
    pub format: String,
    /// Which policy.
    #[command(flatten)]
    pub policy: PolicyChoice,
}
