//! `caveat check`: the gate.

use std::io::Write;

use caveat_policy::verdict::Level;
use caveat_report::plain::plain;

use crate::args::{Arguments, Check as Request};
use crate::error::Error;
use crate::exit::{CLEAN, FINDINGS};
use crate::files::files;
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
    let outputs = output::outputs(&request.writing)?;
    let today = day(request.policy.today.as_deref())?;
    let options = ScanOptions { ignore_files: !request.reading.no_ignore };
    let mut scan = scan_with(&request.reading.paths, options)?;
    let policy = choose(request.policy.policy.as_deref(), &scan.root)?;
    let whole = matches!(request.reading.paths.as_slice(), [one] if one.is_dir());
    let policy = policy.with_baseline(&scan.root, whole)?;
    if arguments.verbose {
        let _ = writeln!(log, "policy: {}", plain(&policy.origin()));
    }
    let report = judge(&mut scan, &policy, today);
    let least = if request.strict { Level::Warn } else { Level::Deny };
    let fails = report.findings.iter().any(|it| it.level >= least);
    let code = if fails && !request.exit_zero { FINDINGS } else { CLEAN };
    let files = files(&scan, Some(&policy));
    let fewer = arguments.quiet.then(|| {
        let mut fewer = report.clone();
        fewer.findings.retain(|it| it.level >= least);
        fewer
    });
    let mut reports = Vec::new();
    for output in &outputs {
        let fewer = fewer.as_ref().filter(|_| output.format.is_for_people);
        // Who asks for a file gets one, though it has nothing to say.
        if fewer.is_some_and(|it| it.findings.is_empty()) && output.file.is_none() {
            continue;
        }
        let report = fewer.unwrap_or(&report);
        let judged = Some((&policy, report));
        let shown = Shown { scan: &scan, files: &files, judged, audit: request.writing.audit };
        reports.push((output, output::render(&shown, output, arguments)?));
    }
    output::write(&reports, out)?;
    Ok(code)
}
