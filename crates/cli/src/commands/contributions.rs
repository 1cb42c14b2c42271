//! `caveat contributions`: are these commits ours to take?

use std::io::Write;
use std::path::{Path, PathBuf};

use caveat_policy::case::Case;
use caveat_policy::contributions::Contributions;
use caveat_policy::date::Date;
use caveat_policy::finding::Report;
use caveat_policy::ground::Ground;
use caveat_policy::judge;
use caveat_policy::policy::Policy;
use caveat_policy::verdict::Level;
use caveat_report::plain::plain;

use crate::args::{Arguments, Contributions as Request};
use crate::contributed::contributed;
use crate::error::Error;
use crate::exit::{CLEAN, FINDINGS};
use crate::files::files;
use crate::output::{self, Shown};
use crate::policies::{Chosen, choose};
use crate::range::{range, whole};
use crate::scan::Scan;
use crate::today::day;

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
    log: &mut dyn Write,
) -> Result<u8, Error> {
    let outputs = output::outputs(&request.writing)?;
    let today = day(request.policy.today.as_deref())?;
    let (asked, path) = words(request)?;
    let root = path.canonicalize().map_err(|it| Error::path(&path, it))?;
    let policy = choose(request.policy.policy.as_deref(), &root)?;
    asks(&policy)?;
    let range = if request.all { whole(&root)? } else { range(asked, &root)? };
    let (mut scan, all) = contributed(&range, &policy, &root)?;
    if !arguments.quiet {
        let count = all.commits.len();
        let commits = if count == 1 { "commit" } else { "commits" };
        // The log may be closed, and then there is nobody to tell.
        let _ = writeln!(log, "looked at {count} {commits}: {}", plain(&range.told));
    }
    let report = judged(&mut scan, &policy, &all, today);
    let least = if request.strict { Level::Warn } else { Level::Deny };
    let fails = report.findings.iter().any(|it| it.level >= least);
    let files = files(&scan, Some(&policy));
    let mut reports = Vec::new();
    for output in &outputs {
        let mut report = report.clone();
        if arguments.quiet && output.format.is_for_people {
            report.findings.retain(|it| it.level >= least);
            if report.findings.is_empty() && output.file.is_none() {
                continue;
            }
        }
        let judged = Some((&policy, &report));
        let shown = Shown { scan: &scan, files: &files, judged, audit: request.writing.audit };
        reports.push((output, output::render(&shown, output, arguments)?));
    }
    output::write(&reports, out)?;
    Ok(if fails && !request.exit_zero { FINDINGS } else { CLEAN })
}

/// Which commits, and below which folder: what is a folder and has not the form of a range is one.
fn words(request: &Request) -> Result<(Option<&str>, PathBuf), Error> {
    let here = PathBuf::from(".");
    let is_folder =
        |it: &str| Path::new(it).is_dir() && (it.starts_with('.') || !it.contains(".."));
    match request.words.as_slice() {
        [] => Ok((None, here)),
        [one] if is_folder(one) => Ok((None, PathBuf::from(one))),
        [one] if !request.all => Ok((Some(one), here)),
        [range, path] if !request.all => Ok((Some(range), PathBuf::from(path))),
        _ => Err(Error::Usage {
            what: "--all asks about every commit, and a range about some".to_owned(),
            help: "leave one of the two out".to_owned(),
        }),
    }
}

/// A gate that asks nothing passes nothing.
fn asks(policy: &Chosen) -> Result<(), Error> {
    let terms: &Policy = policy.terms();
    if terms.products.iter().any(|it| it.inbound.is_some()) {
        return Ok(());
    }
    Err(Error::Usage {
        what: format!("the policy {} asks nothing of contributions", policy.origin()),
        help: "say it in a [[product]]: inbound = { terms = \"inbound=outbound\", sign-off = \"dco\" }"
            .to_owned(),
    })
}

fn judged(scan: &mut Scan, policy: &Chosen, all: &Contributions, today: Date) -> Report {
    let terms = policy.enter(&mut scan.sources);
    let (graph, sources) = (&scan.graph, &scan.sources);
    let mut ground = Ground::new(graph, &scan.library, &terms, sources, today, &policy.prefix);
    ground.contributions = Some(all);
    judge::contributed(&Case::of(ground))
}
