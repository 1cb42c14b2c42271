//! Commands that answer a question.

use std::path::PathBuf;

use clap::Args;

use super::shared::{PolicyChoice, Reading};

/// `caveat may`.
#[derive(Debug, Args)]
pub struct May {
    /// One or more uses, then the subject: a license id or expression, a path, or the name of a
    /// component or well-known model.
    #[arg(value_name = "USE… SUBJECT", num_args = 2.., required = true)]
    pub words: Vec<String>,
    /// What the subject is, where it is only a license: model, dataset or code.
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// full or json.
    #[arg(long, default_value = "full", value_name = "FORMAT")]
    pub format: String,
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
