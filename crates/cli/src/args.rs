//! The command line: what may be typed, and nothing else.

mod shared;
mod gate;
mod look;
mod ask;
mod hand_on;
mod record;
mod about;
mod policy;
mod decisions;

use clap::{Parser, Subcommand};

pub use about::{Completions, Man, Rules};
pub use ask::{May, Outbound};
pub use gate::{Check, Contributions};
pub use hand_on::{Notice, Reuse};
pub use look::{Explain, Graph, Identify, Licenses, Scan};
pub use policy::{CheckPolicy, Policy, PolicyCommand, PolicySchema, ShowPolicy};
pub use record::{Fix, Init};
pub use shared::{Color, PolicyChoice, Reading, Writing};

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
                            caveat check --staged\n  \
                            caveat check --changed models/tiny/README.md\n  \
                            caveat check --since origin/main\n  \
                            caveat check --format json --output report.json\n  \
                            caveat check --format github --format sarif=caveat.sarif"
    )]
    Check(Check),
    /// Are these commits ours to take: signed off, and under a license that fits?
    #[command(after_help = gate::CONTRIBUTIONS)]
    Contributions(Contributions),
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
                            caveat may train-from-data acme/photos --path data/\n  \
                            caveat may saas qwen kimi-k2 --fact mau=2_000_000 --market EU"
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
    /// Write the notices that go out with a product: license texts, copyrights, required words.
    #[command(
        after_help = "Takes what is in products with the use distribute-binary or distribute-weights, without what is only\n\
                            needed to develop. Exits with 1 where something is missing, or --check finds a difference.\n\n\
                            Examples:\n  caveat notice --output NOTICES.txt\n  caveat notice --product app --format html --output notices.html\n  \
                            caveat notice --check NOTICES.txt"
    )]
    Notice(Notice),
    /// Does each file say whose it is and under which license, as REUSE 3.3 asks?
    #[command(
        after_help = "Without PATH the whole repository is meant. A folder is a project of its own; of files, only\n\
                            these are judged, in their repository. Exits with 1 where it is not compliant.\n\n\
                            Examples:\n  caveat reuse\n  caveat reuse ../other --format json\n  \
                            caveat reuse src/main.rs src/lib.rs\n  \
                            caveat reuse --format github --format sarif=reuse.sarif"
    )]
    Reuse(Reuse),
    /// Mend what has one sure answer: shows the patch, and applies it when told to.
    #[command(
        after_help = "Changes only what facts decide, only in the project's own files, and nothing beside it.\n\
                            Exits with 1 where there are fixes that were not applied, with 0 where nothing is\n\
                            left to fix. What needs a person stays with `caveat check`.\n\n\
                            Examples:\n  caveat fix\n  caveat fix models/tiny --apply\n  \
                            caveat fix | git apply\n  caveat fix --format json"
    )]
    Fix(Fix),
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
    /// List what is looked for, or show the page of a rule.
    #[command(after_help = "Examples:\n  caveat rules\n  caveat rules looser-than-upstream\n  \
                            caveat rules --format json")]
    Rules(Rules),
    /// Write a script that completes commands and options in a shell.
    #[command(
        after_help = "Examples:\n  caveat completions bash > ~/.local/share/bash-completion/completions/caveat\n  \
                            caveat completions zsh > ~/.zfunc/_caveat\n  \
                            caveat completions fish > ~/.config/fish/completions/caveat.fish"
    )]
    Completions(Completions),
    /// Write the manual pages.
    #[command(
        after_help = "Examples:\n  caveat man | man -l -\n  caveat man --output ~/.local/share/man/man1"
    )]
    Man(Man),
    /// Write a first policy into caveat.toml.
    #[command(after_help = "Examples:\n  caveat init\n  caveat init --policy research")]
    Init(Init),
    /// Print, check and describe the policy itself.
    #[command(
        after_help = "Examples:\n  caveat policy show\n  caveat policy check\n  caveat policy schema"
    )]
    Policy(Policy),
}
