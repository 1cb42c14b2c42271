//! `full`: for people, with everything that decided.

use std::io::{self, BufWriter, Write};

use crate::alike::alike;
use crate::paint::Ink;
use crate::plain::{brief, plain};
use crate::run::{Look, Run};
use crate::screen::Screen;
use crate::tally::{Tally, sentences};
use crate::wrap::wrap;

/// How many skipped files are listed unless more is asked for.
const SKIPPED: usize = 5;
/// What begins the last line, and the indent of what follows.
const SUMMARY: &str = "summary: ";

/// Writes findings, or the inventory where nothing was judged, and a summary.
pub(crate) fn write(run: &Run<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let screen = Screen::of(run, look);
    let mut out = BufWriter::new(out);
    match run.report {
        Some(report) => {
            for it in alike(&report.findings) {
                screen.write_found(&it, &mut out)?;
            }
            if run.audit {
                screen.write_set_aside(&report.set_aside, &mut out)?;
                screen.write_obligations(&report.obligations, &mut out)?;
            }
        }
        None => screen.write_inventory(&mut out)?,
    }
    write_summary(&screen, &mut out)?;
    out.flush()
}

/// The last lines: exactly one where there is nothing to say.
fn write_summary(screen: &Screen<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (run, look) = (screen.run, screen.look);
    let summary = sentences(run);
    let quiet = run.report.is_some() && Tally::of(run).is_clean();
    if quiet && !look.verbose && !run.audit {
        return writeln!(out, "{}{}", look.paint(Ink::Strong, SUMMARY), summary.join("; "));
    }
    let all = run.coverage.skipped.len();
    let shown = if look.verbose || run.audit { all } else { SKIPPED };
    for it in run.coverage.skipped.iter().take(shown) {
        writeln!(
            out,
            "{} {}: {}",
            look.paint(Ink::Review, "skipped:"),
            plain(&it.path),
            brief(&it.why)
        )?;
    }
    if all > shown {
        writeln!(out, "{} {} more", look.paint(Ink::Review, "skipped:"), all - shown)?;
    }
    let lines = summary.iter().flat_map(|it| wrap(it, screen.room(SUMMARY.len())));
    for (number, line) in lines.enumerate() {
        let start =
            if number == 0 { look.paint(Ink::Strong, SUMMARY) } else { " ".repeat(SUMMARY.len()) };
        writeln!(out, "{start}{line}")?;
    }
    Ok(())
}
