//! `caveat fix`: what has one sure answer is mended, the rest is left to people.

mod written;

use std::io::Write;

use caveat_policy::finding::Report;
use caveat_policy::fix::Fix;
use caveat_policy::verdict::Level;

use crate::args::{Arguments, Fix as Request};
use crate::edit::Plan;
use crate::error::Error;
use crate::exit::{CLEAN, FINDINGS};
use crate::judge::mended;
use crate::output::{no_format, put};
use crate::policies::choose;
use crate::scan::{Scan, ScanOptions, scan_with};
use crate::today::day;
use written::{Round, Told};

/// A fix may make room for another. Nothing that is mended once more than so often gets better.
const MOST_ROUNDS: usize = 16;

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    if !["full", "json"].contains(&request.format.as_str()) {
        return Err(no_format(&request.format));
    }
    let (mut scan, mut report, fixes) = look(request)?;
    let mut plan = Plan::of(&scan, fixes);
    let mut rounds = Vec::new();
    while request.apply && !plan.fixes.is_empty() && rounds.len() < MOST_ROUNDS {
        plan.carry_out()?;
        rounds.push(Round::of(&scan, &plan));
        let fixes;
        (scan, report, fixes) = look(request)?;
        plan = Plan::of(&scan, fixes);
    }
    let left = report.findings.iter().filter(|it| it.level >= Level::Warn).count();
    let told = Told { applied: rounds, open: Round::of(&scan, &plan), refused: plan.refused, left };
    let text = match request.format.as_str() {
        "json" => told.json(arguments.quiet)?,
        _ => told.full(arguments.quiet),
    };
    put(out, text.as_bytes())?;
    Ok(if told.is_done() { CLEAN } else { FINDINGS })
}

/// What is there, what is found about it, and what of that can be mended.
fn look(request: &Request) -> Result<(Scan, Report, Vec<Fix>), Error> {
    let today = day(request.policy.today.as_deref())?;
    let options = ScanOptions { ignore_files: !request.reading.no_ignore };
    let mut scan = scan_with(&request.reading.paths, options)?;
    let policy = choose(request.policy.policy.as_deref(), &scan.root)?;
    let (report, fixes) = mended(&mut scan, &policy, today);
    Ok((scan, report, fixes))
}
