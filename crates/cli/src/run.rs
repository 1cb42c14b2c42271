//! From the command line to an exit code.

use std::io::{self, Write};

use crate::args::{Arguments, Command};
use crate::commands;
use crate::error::Error;

/// Nothing that fails.
pub const CLEAN: u8 = 0;
/// Findings that fail.
pub const FINDINGS: u8 = 1;
/// The job could not be done.
pub const FAILED: u8 = 2;

/// Does what was asked. The report goes to `out`, everything else to `log`; the exit code is
/// returned, so that a program may call this too.
pub fn run(arguments: &Arguments, out: &mut dyn Write, log: &mut dyn Write) -> u8 {
    let done = match &arguments.command {
        Command::Check(it) => commands::check::run(it, arguments, out, log),
        Command::Scan(it) => commands::scan::run(it, arguments, out),
        Command::May(it) => commands::may::run(it, arguments, out),
        Command::Explain(it) => commands::explain::run(it, arguments, out),
        Command::Identify(it) => commands::identify::run(it, out),
        Command::Licenses(it) => commands::licenses::run(it, out),
        Command::Init(it) => commands::init::run(it, out),
    };
    match done.and_then(|code| flush(out).map(|()| code)) {
        Ok(code) => code,
        // A reader that has seen enough (`caveat scan | head`) is no failure.
        Err(Error::Write { source, .. }) if source.kind() == io::ErrorKind::BrokenPipe => CLEAN,
        Err(error) => {
            let mut text = format!("caveat: {error}");
            let mut cause = std::error::Error::source(&error);
            while let Some(it) = cause {
                text.push_str(": ");
                text.push_str(&it.to_string());
                cause = it.source();
            }
            let _ = writeln!(log, "{}", caveat_report::plain::plain(&text));
            FAILED
        }
    }
}

fn flush(out: &mut dyn Write) -> Result<(), Error> {
    out.flush().map_err(|source| Error::Write { to: "the report".to_owned(), source })
}
