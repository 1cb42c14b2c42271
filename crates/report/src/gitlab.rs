//! `gitlab`: a Code Quality report for merge requests.

use std::io::{self, BufWriter, Write};

use caveat_policy::verdict::Level;
use serde::Serialize;

use crate::run::{Look, Run};
use crate::told::{Teller, headline};
use crate::visible;

/// Writes a list with one entry for each finding that counts.
pub(crate) fn write(run: &Run<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let teller = Teller::of(run);
    let told = teller.findings();
    let entries = told.iter().filter(|it| it.set_aside.is_none()).map(|it| {
        let spot = teller.place(it.finding);
        Entry {
            description: headline(it.finding, spot.byte),
            check_name: it.finding.rule,
            fingerprint: &it.identity,
            severity: severity(it.finding.level),
            location: Location { path: spot.path, lines: Lines { begin: spot.line } },
        }
    });
    let mut out = BufWriter::with_capacity(1 << 16, out);
    visible::write(&entries.collect::<Vec<_>>(), &mut out)?;
    writeln!(out)?;
    out.flush()
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Deny => "critical",
        Level::Warn => "major",
        Level::Note | Level::Allow => "info",
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}
