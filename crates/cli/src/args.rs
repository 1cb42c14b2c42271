//! The command line: what may be typed, and nothing else.

mod decisions;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use decisions::{Baseline, Clarify, Deciding, Diff, Except, Lock, Renew};

/// License and IP compliance for AI systems: code, datasets and model weights.
#[derive(Debug, Parser)]
#[command(
    name = "caveat",
    version = crate::VERSIONS,
    max_term_width = 100,
    after_help = "Exit codes: 0 clean, 1 findings, 2 could not do the job.\n\
                  Start with `caveat check .` or `caveat explain llama3.1`."
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Colour the output.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// Say less: only what fails the check.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: which policy was found where, where terms are written.
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge a project by a policy: the gate.
    #[command(
        after_help = "Examples:\n  caveat check\n  caveat check models/ --policy research\n  \
                            caveat check --since origin/main\n  caveat check --format json --output report.json\n  \
                            caveat check --format github --format sarif=caveat.sarif"
    )]
    Check(Check),
    /// List what is there and what it says of its license. Judges nothing.
    #[command(
        after_help = "Examples:\n  caveat scan\n  caveat scan model.gguf\n  caveat scan . --format json"
    )]
    Scan(Scan),
    /// May we use this for that?
    #[command(
        after_help = "USE is one or more of: internal saas distribute-binary distribute-weights \
                            fine-tune train-from-data distil eval-only\n\nExamples:\n  \
                            caveat may saas llama3.1\n  caveat may saas Qwen/Qwen2.5-7B\n  \
                            caveat may distribute-weights fine-tune models/tiny\n  \
                            caveat may train-from-data acme/photos --path data/"
    )]
    May(May),
    /// Explain a license, a rule, a well-known model, or a component of a project.
    #[command(
        after_help = "Examples:\n  caveat explain llama3.1\n  caveat explain looser-than-upstream\n  \
                            caveat explain meta-llama/Llama-3.1-8B\n  \
                            caveat explain acme/tiny\n  caveat explain models/tiny --path ../other"
    )]
    Explain(Explain),
    /// Draw components and relations: who is made from what, under which license.
    #[command(
        after_help = "Draws models, datasets and what touches them; a drawing is no gate and exits with 0.\n\n\
                            Examples:\n  caveat graph\n  caveat graph models/ --format dot --output models.dot\n  \
                            caveat graph --all --format json"
    )]
    Graph(Graph),
    /// Which license texts does a file hold?
    #[command(
        after_help = "Examples:\n  caveat identify LICENSE\n  caveat identify --diff LICENSE\n  caveat identify --format json vendor/*/COPYING"
    )]
    Identify(Identify),
    /// Under which licenses may this go out?
    #[command(
        after_help = "Asks about the licenses that the policy names (`outbound`, `[choose] prefer`), else about\n\
                            common ones. With --license, exits with 1 where one of those is not possible.\n\n\
                            Examples:\n  caveat outbound\n  caveat outbound --license mit\n  \
                            caveat outbound models/ --license \"MIT OR ISC\" --format json"
    )]
    Outbound(Outbound),
    /// List the licenses whose terms are known.
    #[command(after_help = "Examples:\n  caveat licenses\n  caveat licenses --tag non-commercial")]
    Licenses(Licenses),
    /// Set aside what is found today, so that only what is new fails.
    #[command(after_help = decisions::BASELINE)]
    Baseline(Baseline),
    /// Put an exception on record: allowed although the rules say no.
    #[command(after_help = decisions::EXCEPT)]
    Except(Except),
    /// Put on record what a license really is, tied to the bytes that say so.
    #[command(after_help = decisions::CLARIFY)]
    Clarify(Clarify),
    /// Give an exception a new approval and a new end.
    #[command(after_help = decisions::RENEW)]
    Renew(Renew),
    /// Write down in caveat.lock what licenses are, so that what changes is seen.
    #[command(after_help = decisions::LOCK)]
    Lock(Lock),
    /// What changed of licenses between two states: locks, folders, revisions.
    #[command(after_help = decisions::DIFF)]
    Diff(Diff),
    /// Write a first policy into caveat.toml.
    #[command(after_help = "Examples:\n  caveat init\n  caveat init --policy research")]
    Init(Init),
}

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

/// `caveat scan`.
#[derive(Debug, Args)]
pub struct Scan {
    /// What to read.
    #[command(flatten)]
    pub reading: Reading,
    /// How to write.
    #[command(flatten)]
    pub writing: Writing,
}

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

/// `caveat explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// A license (any of its names), a rule, a component of a project, or a well-known model or
    /// dataset.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The project to find the component in. Default: the folder where you are.
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Which policy.
    #[command(flatten)]
    pub policy: PolicyChoice,
}

/// `caveat graph`.
#[derive(Debug, Args)]
pub struct Graph {
    /// What to read.
    #[command(flatten)]
    pub reading: Reading,
    /// mermaid, dot or json.
    #[arg(long, default_value = "mermaid", value_name = "FORMAT")]
    pub format: String,
    /// Write to a file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Draw also code that only other code needs.
    #[arg(long)]
    pub all: bool,
    /// Draw no more components than that, what is denied first. Default: as many as the format
    /// bears.
    #[arg(long, value_name = "NUMBER")]
    pub most: Option<usize>,
    /// Which policy.
    #[command(flatten)]
    pub policy: PolicyChoice,
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

/// `caveat licenses`.
#[derive(Debug, Args)]
pub struct Licenses {
    /// Only those that carry this tag.
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,
    /// full or json.
    #[arg(long, default_value = "full", value_name = "FORMAT")]
    pub format: String,
}

/// `caveat init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The directory to write into.
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,
    /// Start from a shipped policy instead of the smallest useful one.
    #[arg(long, value_name = "NAME")]
    pub policy: Option<String>,
}

/// `caveat identify`.
#[derive(Debug, Args)]
pub struct Identify {
    /// Files to look at.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Show which words were put in and where words were left out.
    #[arg(long)]
    pub diff: bool,
    /// full or json.
    #[arg(long, default_value = "full", value_name = "FORMAT")]
    pub format: String,
}
