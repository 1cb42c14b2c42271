//! The `caveat` command.

use std::io::Write;
use std::panic::{PanicHookInfo, catch_unwind, set_hook};
use std::process::ExitCode;
use std::thread;

use clap::Parser;

use caveat::exit::FAILED;
use caveat::run::run;

fn main() -> ExitCode {
    set_hook(Box::new(tell));
    let code = catch_unwind(|| {
        let arguments = caveat::args::Arguments::parse();
        let mut stdout = std::io::stdout().lock();
        run(&arguments, &mut stdout, &mut std::io::stderr())
    });
    ExitCode::from(code.unwrap_or(FAILED))
}

/// A defect of ours is not the user's to decipher. One in a reader is caught and reported as a
/// problem of the file that it read.
fn tell(panic: &PanicHookInfo<'_>) {
    if thread::current().name() != Some(caveat::read::THREAD) {
        let place = panic.location().map(|it| format!(" at {it}")).unwrap_or_default();
        let what = "caveat: a defect in Caveat stopped it";
        let _ = writeln!(std::io::stderr(), "{what}{place}; please report it");
    }
}
