//! `caveat check`: the gate.

use std::io::Write;
use std::path::Path;

use caveat_policy::backlog::keep_new;
use caveat_policy::date::Date;
use caveat_policy::finding::Report;
use caveat_policy::verdict::Level;
use caveat_report::plain::plain;

use crate::args::{Arguments, Check as Request};
use crate::error::Error;
use crate::exit::{CLEAN, FINDINGS};
use crate::files::files;
use crate::judge::judge;
use crate::output::{self, Shown};
use crate::policies::{Chosen, choose};
use crate::scan::{ScanOptions, scan_with};
use crate::since::{past, revision};
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
    let policy = if request.locked { policy.with_lock(&scan.root, whole)? } else { policy };
    if arguments.verbose {
        let _ = writeln!(log, "policy: {}", plain(&policy.origin()));
    }
    let mut report = judge(&mut scan, &policy, today);
    if let Some(asked) = &request.since {
        let mut nowhere = std::io::sink();
        let log = if arguments.quiet { &mut nowhere } else { &mut *log };
        only_new(&mut report, request, (&scan.root, &policy, asked), today, log)?;
    }
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

/// Sets aside what was found at an earlier revision already.
fn only_new(
    report: &mut Report,
    request: &Request,
    (root, policy, asked): (&Path, &Chosen, &str),
    today: Date,
    log: &mut dyn Write,
) -> Result<(), Error> {
    let revision = revision(asked, root)?;
    let place = (root, request.policy.policy.as_deref(), policy);
    let mut past = past(&revision, &request.reading.paths, place, today)?;
    keep_new(report, &past.findings(), &format!("not new since {}", revision.told));
    // The log may be closed, and then there is nobody to tell.
    let _ = writeln!(log, "compared with {}", plain(&revision.told));
    for it in &past.submodules {
        let _ = writeln!(log, "not compared: the submodule `{}`", plain(it));
    }
    Ok(())
}
