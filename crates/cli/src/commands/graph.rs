//! `caveat graph`: components and relations, drawn.

use std::io::Write;

use caveat_report::drawing::{self, Drawing, LANGUAGES, Subject};

use crate::aids::Aids;
use crate::args::{Arguments, Graph as Request};
use crate::error::Error;
use crate::exit::CLEAN;
use crate::judge::judged;
use crate::output::deliver;
use crate::policies::choose;
use crate::scan::{ScanOptions, scan_for};
use crate::today::day;

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
    log: &mut dyn Write,
) -> Result<u8, Error> {
    let language = drawing::language(&request.format).ok_or_else(|| Error::Unlisted {
        what: "format",
        name: request.format.clone(),
        known: LANGUAGES.iter().map(|it| it.name).collect(),
    })?;
    let today = day(request.policy.today.as_deref())?;
    let aids = Aids::of(request.reading.no_cache, arguments.quiet);
    let options = ScanOptions { ignore_files: !request.reading.no_ignore };
    let mut scan = scan_for(&request.reading.paths, options, aids)?;
    let policy = choose(request.policy.policy.as_deref(), &scan.root)?;
    let (_, verdicts) = judged(&mut scan, &policy, today);
    let origin = policy.origin();
    let drawing = Drawing::of(&Subject {
        graph: &scan.graph,
        sources: &scan.sources,
        verdicts: &verdicts,
        policy: &origin,
        all: request.all,
        most: request.most.unwrap_or(language.usual),
    });
    let mut text = Vec::new();
    (language.write)(&drawing, &mut text)
        .map_err(|source| Error::Write { to: "the drawing".to_owned(), source })?;
    deliver(&text, request.output.as_deref(), out)?;
    tell(&drawing, arguments, log);
    Ok(CLEAN)
}

/// What is not drawn is said where the one who asked sees it.
fn tell(drawing: &Drawing<'_>, arguments: &Arguments, log: &mut dyn Write) {
    let Some(left_out) = drawing.left_out().filter(|_| !arguments.quiet) else { return };
    let help = if drawing.plain > 0 { "; ask for all code with --all" } else { "" };
    let more = if drawing.over > 0 {
        "; ask for more with --most NUMBER, or for a part of the tree with its path"
    } else {
        ""
    };
    // The log may be closed, and then there is nobody to tell.
    let _ = writeln!(log, "caveat: {left_out}{help}{more}");
}
