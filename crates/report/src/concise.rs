//! `concise`: one line each, for editors and for grep.

use std::io::{self, BufWriter, Write};

use crate::inventory::license;
use crate::paint::Ink;
use crate::plain::{brief, plain};
use crate::run::{Look, Run};
use crate::screen::{Screen, heading};
use crate::tally::sentences;

/// Writes `path:line:column: error[rule] message` for each finding, or a line for each
/// component where nothing was judged, and a summary.
pub(crate) fn write(run: &Run<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let screen = Screen::of(run, look);
    let mut out = BufWriter::new(out);
    match run.report {
        Some(report) => {
            for it in &report.findings {
                let (name, ink) = heading(it);
                let place = screen.located(it.at, &it.component);
                let title = look.paint(ink, &format!("{name}[{}]", it.rule));
                writeln!(out, "{place}: {title} {}", brief(&it.message))?;
            }
            for it in report.set_aside.iter().filter(|_| run.audit) {
                let place = screen.located(it.finding.at, &it.finding.component);
                let title = look.paint(Ink::Faint, &format!("set aside[{}]", it.finding.rule));
                let (message, why) = (brief(&it.finding.message), brief(&it.why));
                writeln!(out, "{place}: {title} {message} ({why})")?;
            }
        }
        None => {
            for it in run.graph.components.values() {
                let place = screen.located(it.at, &it.id);
                let (kind, id) = (it.kind.name(), plain(it.id.as_str()));
                writeln!(out, "{place}: {kind} {id} {}", plain(&license(it)))?;
            }
        }
    }
    writeln!(out, "{}", sentences(run).join("; "))?;
    out.flush()
}
