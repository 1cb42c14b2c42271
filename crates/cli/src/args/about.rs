//! Commands that tell of Caveat itself.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// `caveat rules`.
#[derive(Debug, Args)]
pub struct Rules {
    /// Show the page of this rule instead of the list.
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// full or json.
    #[arg(long, default_value = "full", value_name = "FORMAT")]
    pub format: String,
}

/// `caveat completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: Shell,
}

/// `caveat man`.
#[derive(Debug, Args)]
pub struct Man {
    /// Write the page of each command into this folder, instead of the first to standard output.
    #[arg(long, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
}
