//! `caveat check`: the gate.

use std::io::Write;
use std::path::{Path, PathBuf};

use caveat_policy::backlog::keep_new;
use caveat_policy::date::Date;
use caveat_policy::finding::Report;
use caveat_policy::verdict::Level;
use caveat_report::plain::plain;

use crate::affected::Affected;
use crate::aids::Aids;
use crate::args::{Arguments, Check as Request};
use crate::baseline::USUAL as BASELINE;
use crate::discover::{discover, relative};
use crate::error::Error;
use crate::exit::{CLEAN, FINDINGS};
use crate::files::files;
use crate::index::repository;
use crate::judge::judge;
use crate::lockfile::FILE as LOCK;
use crate::output::{self, Output, Shown};
use crate::policies::{Chosen, choose};
use crate::scan::{Scan, ScanOptions, is_silent, scan_changed, scan_for, unscanned};
use crate::since::{past, revision};
use crate::staged::{Changed, Staging, named};
use crate::today::day;

/// Said in the coverage of a judgement of changes.
const UNCHANGED: &str = "what neither changed nor depends on what did";

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
    log: &mut dyn Write,
) -> Result<u8, Error> {
    let outputs = output::outputs(&request.writing)?;
    let today = day(request.policy.today.as_deref())?;
    let (mut scan, change) = look(request, Aids::of(request.reading.no_cache, arguments.quiet))?;
    let policy = choose(request.policy.policy.as_deref(), &scan.root)?;
    let policy = match &change {
        Some((changed, _)) => as_staged(policy, &scan.root, changed)?,
        None => policy,
    };
    let is_folder = matches!(request.reading.paths.as_slice(), [one] if one.is_dir());
    let whole = is_folder || change.is_some();
    let policy = policy.with_baseline(&scan.root, whole)?;
    let policy = if request.locked { policy.with_lock(&scan.root, whole)? } else { policy };
    if arguments.verbose {
        let _ = writeln!(log, "policy: {}", plain(&policy.origin()));
    }
    let change = change.filter(|(changed, _)| !concerns_all(&policy, &scan.root, changed));
    scan.concerned = change.as_ref().map(|(_, affected)| affected.components().clone());
    let mut report = judge(&mut scan, &policy, today);
    if let Some(asked) = &request.since {
        let mut nowhere = std::io::sink();
        let log = if arguments.quiet { &mut nowhere } else { &mut *log };
        let place = (&*scan.root, &policy, asked.as_str());
        scan.coverage.not_looked_at.extend(only_new(&mut report, request, place, today, log)?);
    }
    if let Some((_, affected)) = change {
        affected.keep(&mut scan.graph, &mut report);
        scan.coverage.not_looked_at.push(UNCHANGED.to_owned());
    }
    let least = if request.strict { Level::Warn } else { Level::Deny };
    let fails = report.findings.iter().any(|it| it.level >= least);
    let code = if fails && !request.exit_zero { FINDINGS } else { CLEAN };
    let fewer = arguments.quiet.then(|| {
        let mut fewer = report.clone();
        fewer.findings.retain(|it| it.level >= least);
        fewer
    });
    let judged = Judged { scan: &scan, policy: &policy, report: &report, fewer: fewer.as_ref() };
    write(&judged, &outputs, request.writing.audit, arguments, out)?;
    // The process ends here: to give back thousands of pieces of memory one by one takes time.
    std::mem::forget((scan, report));
    Ok(code)
}

/// Sets aside what was found at an earlier revision already, and says what nobody compared.
fn only_new(
    report: &mut Report,
    request: &Request,
    (root, policy, asked): (&Path, &Chosen, &str),
    today: Date,
    log: &mut dyn Write,
) -> Result<Vec<String>, Error> {
    let revision = revision(asked, root)?;
    let place = (root, request.policy.policy.as_deref(), policy);
    let mut past = past(&revision, &request.reading.paths, place, today)?;
    keep_new(report, &past.findings(), &format!("not new since {}", revision.told));
    // The log may be closed, and then there is nobody to tell.
    let _ = writeln!(log, "compared with {}", plain(&revision.told));
    let told = |it: &String| {
        format!("the submodule `{it}` as it was at that revision, so that all of it counts as new")
    };
    for it in &past.submodules {
        let _ = writeln!(log, "not compared: {}", plain(&told(it)));
    }
    Ok(past.submodules.iter().map(told).collect())
}

/// Scans what was asked for; where only a change is asked about, with that and whom it concerns.
fn look(request: &Request, aids: Aids) -> Result<(Scan, Option<(Changed, Affected)>), Error> {
    let options = ScanOptions { ignore_files: !request.reading.no_ignore };
    let paths = &request.reading.paths;
    if !request.staged && !request.changed {
        return Ok((scan_for(paths, options, aids)?, None));
    }
    let here = PathBuf::from(".");
    let folder = if request.changed { &here } else { place(paths)? };
    let listed = if request.changed { paths.as_slice() } else { &[] };
    if request.staged {
        return staged(&Staging::of(folder)?, listed, request, aids);
    }
    let full = folder.canonicalize().map_err(|it| Error::path(folder, it))?;
    let top = repository(&full).map_or(full.as_path(), |it| it.0).to_owned();
    let tree = discover(&[top], options.ignore_files, None)?;
    let names = tree.files.iter().map(|it| it.name.as_str().into());
    let changed = Changed { paths: named(listed, &tree.root, names), ..Changed::default() };
    let (scan, affected) = scan_changed(tree, &changed, aids)?;
    Ok((scan, Some((changed, affected))))
}

/// Scans what is staged, and whatever that may concern; nothing more where it says nothing.
fn staged(
    staging: &Staging,
    listed: &[PathBuf],
    request: &Request,
    aids: Aids,
) -> Result<(Scan, Option<(Changed, Affected)>), Error> {
    let mut paths = staging.paths();
    paths.extend(named(listed, staging.root(), staging.names()));
    let (few, changed) = staging.files(paths.clone(), &|it| paths.contains(it))?;
    if is_silent(&few, &changed) {
        let policy = choose(request.policy.policy.as_deref(), staging.root())?;
        let policy = as_staged(policy, staging.root(), &changed)?;
        if !policy.quotes_files() && !concerns_all(&policy, staging.root(), &changed) {
            return Ok((unscanned(few), Some((changed, Affected::default()))));
        }
    }
    let (tree, changed) = staging.files(paths, &|_| true)?;
    let (scan, affected) = scan_changed(tree, &changed, aids)?;
    Ok((scan, Some((changed, affected))))
}

/// The one folder whose repository is meant.
fn place(paths: &[PathBuf]) -> Result<&PathBuf, Error> {
    match paths {
        [one] if one.is_dir() => Ok(one),
        _ => Err(Error::Usage {
            what: "--staged takes one folder, whose repository is meant".to_owned(),
            help: "to add files to what is staged, say so: caveat check --staged --changed FILE…"
                .to_owned(),
        }),
    }
}

/// The policy as it was staged, where files of it are others by now.
fn as_staged(policy: Chosen, root: &Path, changed: &Changed) -> Result<Chosen, Error> {
    if changed.policies.is_empty() {
        return Ok(policy);
    }
    policy.in_words(&|path| {
        let bytes = changed.policies.get(&relative(root, path))?;
        Some(String::from_utf8_lossy(bytes).into_owned())
    })
}

/// Whether it judges everything otherwise: a file of the policy has changed, or what goes with it.
fn concerns_all(policy: &Chosen, root: &Path, changed: &Changed) -> bool {
    let mut paths = policy.files().filter_map(|it| it.path.as_deref());
    let is_ours = |it: &&str| changed.paths.iter().any(|path| path.ends_with(it));
    [BASELINE, LOCK].iter().any(is_ours)
        || paths.any(|it| it.starts_with(root) && changed.paths.contains(&relative(root, it)))
}

/// What was judged, and the part of it that is for people who want less.
struct Judged<'a> {
    scan: &'a Scan,
    policy: &'a Chosen,
    report: &'a Report,
    fewer: Option<&'a Report>,
}

fn write(
    judged: &Judged<'_>,
    outputs: &[Output],
    audit: bool,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let files = files(judged.scan, Some(judged.policy));
    let mut reports = Vec::new();
    for output in outputs {
        let fewer = judged.fewer.filter(|_| output.format.is_for_people);
        // Who asks for a file gets one, though it has nothing to say.
        if fewer.is_some_and(|it| it.findings.is_empty()) && output.file.is_none() {
            continue;
        }
        let report = fewer.unwrap_or(judged.report);
        let shown = Shown {
            scan: judged.scan,
            files: &files,
            judged: Some((judged.policy, report)),
            audit,
        };
        reports.push((output, output::render(&shown, output, arguments)?));
    }
    output::write(&reports, out)
}
