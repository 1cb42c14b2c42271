//! What several commands take: what to read, how to write, which policy.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR says otherwise.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to read.
#[derive(Debug, Args)]
pub struct Reading {
    /// Directories, cards, weight files, manifests or license texts.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Read also what .gitignore files name and git does not track.
    #[arg(long)]
    pub no_ignore: bool,
    /// Read every file again, and remember nothing of it. Reports are the same either way.
    #[arg(long)]
    pub no_cache: bool,
    /// Use no network. This is the default; the flag states it.
    #[arg(long)]
    pub offline: bool,
}

/// How to write.
#[derive(Debug, Args)]
pub struct Writing {
    /// How to write, and into which file; may be given several times. full, concise, json,
    /// json-lines, sarif, github, gitlab, junit, rdjson, rdjsonl or markdown. The default is full.
    #[arg(long, value_name = "FORMAT[=FILE]")]
    pub format: Vec<String>,
    /// Write to a file instead of standard output what has no file of its own.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Show also what is allowed, excepted and excluded, and every duty.
    #[arg(long)]
    pub audit: bool,
}

/// Which policy.
#[derive(Debug, Args)]
pub struct PolicyChoice {
    /// A policy file, or the name of a shipped policy. Default: caveat.toml of the repository,
    /// else the shipped default.
    #[arg(long, value_name = "NAME|FILE")]
    pub policy: Option<String>,
    /// The day to judge on, YYYY-MM-DD. Default: today.
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}
