//! The `caveat` command.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = caveat::args::Arguments::parse();
    let mut stdout = std::io::stdout().lock();
    let mut stderr = std::io::stderr();
    ExitCode::from(caveat::run::run(&arguments, &mut stdout, &mut stderr))
}
