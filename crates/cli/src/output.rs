//! Choosing a format and a place to write to.

use std::io::{IsTerminal, Write};
use std::path::Path;

use caveat_policy::finding::Report;
use caveat_report::formats::{FORMATS, Format};
use caveat_report::run::{Look, Run};

use crate::args::{Arguments, Color};
use crate::error::Error;
use crate::policies::Chosen;
use crate::scan::Scan;
use crate::write::replace;

/// What is to be shown.
pub(crate) struct Shown<'a> {
    pub(crate) scan: &'a Scan,
    pub(crate) judged: Option<(&'a Chosen, &'a Report)>,
    pub(crate) audit: bool,
}

/// The format of that name.
pub(crate) fn format(name: &str) -> Result<&'static Format, Error> {
    caveat_report::formats::named(name).ok_or_else(|| {
        let known: Vec<_> = FORMATS.iter().map(|it| it.name).collect();
        Error::Unlisted { what: "format", name: name.to_owned(), known }
    })
}

/// What to say of a format that a command does not write, which writes only two.
pub(crate) fn no_format(name: &str) -> Error {
    Error::Unlisted { what: "format", name: name.to_owned(), known: vec!["full", "json"] }
}

/// Writes to `file`, whole or not at all, or to `out`.
pub(crate) fn write(
    shown: &Shown<'_>,
    format: &Format,
    file: Option<&Path>,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let root = shown.scan.root.display().to_string();
    let name = shown.judged.map(|(policy, _)| policy.origin());
    let categories = crate::scan::categories(shown.scan);
    let run = Run {
        version: crate::VERSION,
        data: crate::DATA,
        root: &root,
        policy: name.as_deref(),
        default_because: shown.judged.and_then(|(policy, _)| policy.default_because()),
        sources: &shown.scan.sources,
        graph: &shown.scan.graph,
        report: shown.judged.map(|(_, report)| report),
        coverage: &shown.scan.coverage,
        categories: Some(&categories),
        audit: shown.audit,
    };
    let look = look(arguments, file.is_some());
    let mut bytes = Vec::new();
    (format.write)(&run, &look, &mut bytes)
        .map_err(|source| Error::Write { to: "the report".to_owned(), source })?;
    deliver(&bytes, file, out)
}

/// Puts finished bytes into `file`, whole or not at all, or to `out`.
pub(crate) fn deliver(bytes: &[u8], file: Option<&Path>, out: &mut dyn Write) -> Result<(), Error> {
    let to = |it: &Path| format!("`{}`", it.display());
    match file {
        Some(path) => replace(path, bytes).map_err(|source| Error::Write { to: to(path), source }),
        None => put(out, bytes),
    }
}

/// Writes to standard output. Who stops reading (`caveat check | head`) has seen enough; the
/// verdict stands all the same.
pub(crate) fn put(out: &mut dyn Write, bytes: &[u8]) -> Result<(), Error> {
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(it) if it.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|source| Error::Write { to: "the report".to_owned(), source }),
    }
}

/// How the output is to look: coloured on terminals, unless a well-known variable or the user
/// says otherwise.
pub(crate) fn look(arguments: &Arguments, to_file: bool) -> Look {
    let terminal = std::io::stdout().is_terminal() && !to_file;
    let set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty() && it != "0");
    let color = match arguments.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR") => false,
        Color::Auto if set("CLICOLOR_FORCE") || set("FORCE_COLOR") => !to_file,
        Color::Auto => terminal,
    };
    let width = terminal.then(terminal_size::terminal_size).flatten();
    Look {
        width: width.map_or(100, |(it, _)| usize::from(it.0).clamp(40, 140)),
        color,
        verbose: arguments.verbose,
    }
}
