//! From the command line to an exit code.

use std::io::Write;

use caveat_report::plain::plain;

use crate::args::{Arguments, Command};
use crate::commands;
use crate::error::{Error, said};
use crate::exit::FAILED;
use crate::output::put;

/// Does what was asked. The report goes to `out`, everything else to `log`; the exit code is
/// returned, so that a program may call this too.
pub fn run(arguments: &Arguments, out: &mut dyn Write, log: &mut dyn Write) -> u8 {
    let done = match &arguments.command {
        Command::Baseline(it) => commands::baseline::run(it, out),
        Command::Except(it) => commands::except::run(it, out, log),
        Command::Clarify(it) => commands::clarify::run(it, out, log),
        Command::Renew(it) => commands::renew::run(it, out, log),
        Command::Lock(it) => commands::lock::run(it, out),
        Command::Diff(it) => commands::diff::run(it, out, log),
        Command::Check(it) => commands::check::run(it, arguments, out, log),
        Command::Contributions(it) => commands::contributions::run(it, arguments, out, log),
        Command::Scan(it) => commands::scan::run(it, arguments, out),
        Command::May(it) => commands::may::run(it, arguments, out),
        Command::Explain(it) => commands::explain::run(it, arguments, out),
        Command::Graph(it) => commands::graph::run(it, arguments, out, log),
        Command::Identify(it) => commands::identify::run(it, out),
        Command::Licenses(it) => commands::licenses::run(it, out),
        Command::Outbound(it) => commands::outbound::run(it, arguments, out),
        Command::Notice(it) => commands::notice::run(it, arguments, out, log),
        Command::Reuse(it) => commands::reuse::run(it, arguments, out),
        Command::Rules(it) => commands::rules::run(it, out),
        Command::Completions(it) => commands::completions::run(it, out),
        Command::Man(it) => commands::man::run(it, out),
        Command::Fix(it) => commands::fix::run(it, arguments, out),
        Command::Init(it) => commands::init::run(it, out),
        Command::Policy(it) => commands::policy::run(it, arguments, out),
    };
    match done.and_then(|code| put(out, b"").map(|()| code)) {
        Ok(code) => code,
        Err(error) => {
            tell(&error, log);
            FAILED
        }
    }
}

/// Says why it failed. The log may be closed, and then there is nobody to tell.
fn tell(error: &Error, log: &mut dyn Write) {
    let mut text = format!("caveat: {error}");
    if let Error::Path { source, .. }
    | Error::PolicyUnreadable { source, .. }
    | Error::Write { source, .. } = error
    {
        text = format!("{text}: {}", said(source));
    }
    if let Some(help) = error.help() {
        text = format!("{text}\n  help: {help}");
    }
    for line in text.lines() {
        let _ = writeln!(log, "{}", plain(line));
    }
}
