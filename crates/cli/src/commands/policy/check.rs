//! `caveat policy check`: idle lines, and the policy's own cases.

use std::io::Write;
use std::path::PathBuf;

use caveat_core::coverage::Coverage;
use caveat_core::inventory::Graph;
use caveat_core::library::Library;
use caveat_policy::case::Case;
use caveat_policy::finding::Report;
use caveat_policy::lint::lints;
use caveat_policy::policy::Policy as Terms;
use caveat_policy::verdict::Level;

use super::chosen;
use crate::args::{Arguments, CheckPolicy as Request};
use crate::error::Error;
use crate::exit::{CLEAN, FINDINGS};
use crate::expectations::{self, Tested};
use crate::files::files;
use crate::output::{self, Shown, put};
use crate::policies::Chosen;
use crate::scan::{Scan, with_terms};
use crate::today::day;

/// What was not looked at: all but the policy.
const ALONE: &str = "the tree: this is about the policy alone";

pub(super) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    let outputs = output::outputs(&request.writing)?;
    let today = day(request.policy.today.as_deref())?;
    let (root, policy) = chosen(&request.policy)?;
    let (scan, terms) = alone(root, &policy);
    let Tested { cases, mut failed } = expectations::run(&terms, &scan, today);
    let case = Case::new(&scan.graph, &scan.library, &terms, &scan.sources, today);
    let found = lints(&case);
    drop(case);
    failed.extend(found);
    let count = failed.iter().filter(|it| it.rule == expectations::NAME).count();
    let least = if request.strict { Level::Warn } else { Level::Deny };
    let code = if failed.iter().any(|it| it.level >= least) { FINDINGS } else { CLEAN };
    if arguments.quiet {
        failed.retain(|it| it.level >= least);
    }
    let report = Report { findings: failed, ..Report::default() };
    let files = files(&scan, Some(&policy));
    let mut reports = Vec::new();
    for output in &outputs {
        let judged = Some((&policy, &report));
        let shown = Shown { scan: &scan, files: &files, judged, audit: request.writing.audit };
        reports.push((output, output::render(&shown, output, arguments)?));
    }
    output::write(&reports, out)?;
    let is_full = outputs.iter().any(|it| it.file.is_none() && it.format.name == "full");
    if is_full && !arguments.quiet {
        put(out, said(&terms, cases, count).as_bytes())?;
    }
    Ok(code)
}

/// How many cases there are, and how many came out as they should.
fn said(terms: &Terms, cases: usize, failed: usize) -> String {
    let all = terms.tests.len();
    let what = match all {
        0 => {
            "none; a [[test]] says what a license must come to: `caveat policy check --help`".into()
        }
        _ if cases < all => {
            format!("{} as expected of {cases}; {all} is more than are run", cases - failed)
        }
        _ => format!("{} of {cases} as expected", cases - failed),
    };
    format!("tests:   {what}\n")
}

/// A scan of nothing, which the policy has joined.
fn alone(root: PathBuf, policy: &Chosen) -> (Scan, Terms) {
    let library = Library::embedded();
    let mut sources = with_terms(library);
    let terms = policy.enter(&mut sources);
    let read = policy.files().count();
    let not_looked_at = vec![ALONE.to_owned()];
    let coverage = Coverage { read, seen: read, not_looked_at, ..Coverage::default() };
    let installed = sources.next();
    let graph = Graph::default();
    let (files, concerned) = (Vec::new(), None);
    (Scan { root, sources, library, graph, coverage, installed, files, concerned }, terms)
}
