//! `github`: annotations on lines of a change, as commands in the log of a workflow.

use std::io::{self, BufWriter, Write};

use caveat_policy::verdict::Level;

use crate::markup::{command_text, command_value};
use crate::run::{Look, Run};
use crate::tally::sentences;
use crate::told::{Spot, Teller, Told, cited, headline};

/// GitHub shows as many annotations of one level in a step.
const MOST: usize = 10;
/// The levels, and how many annotations of each are for findings: one notice is the summary.
const LEVELS: [(&str, usize); 3] = [("error", MOST), ("warning", MOST), ("notice", MOST - 1)];

/// Writes an annotation for each finding, gravest first. What there is no room for becomes a line
/// of the log, and the summary says how many that are.
pub(crate) fn write(run: &Run<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let teller = Teller::of(run);
    let mut out = BufWriter::new(out);
    let mut left = 0;
    let mut room = LEVELS.map(|(_, most)| most);
    for told in teller.findings().iter().filter(|it| it.set_aside.is_none()) {
        let level = level(told.finding.level);
        let spot = teller.place(told.finding);
        if room[level] == 0 {
            left += 1;
            log(LEVELS[level].0, &spot, told, &mut out)?;
        } else {
            room[level] -= 1;
            let (file, text) = (properties(&spot), teller.lines(told).join("\n"));
            let (rule, text) = (told.finding.rule, command_text(&text));
            writeln!(out, "::{} {file},title={rule}::{text}", LEVELS[level].0)?;
        }
    }
    let mut summary = sentences(run);
    if left > 0 {
        let what = format!("{left} findings are in the log of this step and not annotated");
        summary.insert(0, what);
    }
    writeln!(out, "::notice title=Caveat::{}", command_text(&summary.join("\n")))?;
    out.flush()
}

/// Its place in [`LEVELS`].
fn level(level: Level) -> usize {
    match level {
        Level::Deny => 0,
        Level::Warn => 1,
        Level::Note | Level::Allow => 2,
    }
}

fn properties(spot: &Spot) -> String {
    let file = format!("file={},line={}", command_value(&spot.path), spot.line);
    let columns = spot.columns.map(|it| it.characters);
    // An annotation of no character is not shown.
    let columns = columns.filter(|(from, to)| from < to);
    columns.map_or(file.clone(), |(from, to)| format!("{file},col={from},endColumn={to}"))
}

fn log(level: &str, spot: &Spot, told: &Told<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (place, message) = (cited(spot), headline(told.finding, spot.byte));
    writeln!(out, "{level}[{}] {place}: {message}", told.finding.rule)
}
