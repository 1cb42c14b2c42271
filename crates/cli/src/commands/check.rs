//! `caveat check`: the gate.

use std::io::Write;

use caveat_policy::verdict::Level;
use caveat_report::plain::plain;

use crate::args::{Arguments, Check as Request};
use crate::error::Error;
use crate::exit::{CLEAN, FINDINGS};
use crate::judge::judge;
use crate::output::{self, Shown};
use crate::policies::choose;
use crate::scan::{ScanOptions, scan_with};
use crate::today::day;

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
    log: &mut dyn Write,
) -> Result<u8, Error> {
    let format = output::format(&request.writing.format)?;
    let today = day(request.policy.today.as_deref())?;
    let options = ScanOptions { ignore_files: !request.reading.no_ignore };
    let mut scan = scan_with(&request.reading.paths, options)?;
    let policy = choose(request.policy.policy.as_deref(), &scan.root)?;
    if arguments.verbose {
        let _ = writeln!(log, "policy: {}", plain(&policy.origin()));
    }
    let mut report = judge(&mut scan, &policy, today);
    let least = if request.strict { Level::Warn } else { Level::Deny };
    let fails = report.findings.iter().any(|it| it.level >= least);
    let code = if fails && !request.exit_zero { FINDINGS } else { CLEAN };
    if arguments.quiet && format.is_for_people {
        report.findings.retain(|it| it.level >= least);
        if report.findings.is_empty() {
            return Ok(code);
        }
    }
    let shown =
        Shown { scan: &scan, judged: Some((&policy, &report)), audit: request.writing.audit };
    output::write(&shown, format, request.writing.output.as_deref(), arguments, out)?;
    Ok(code)
}
