//! Choosing formats and places to write to.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use caveat_policy::finding::Report;
use caveat_report::formats::{FORMATS, Format};
use caveat_report::run::{Files, Look, Run};

use crate::args::{Arguments, Color, Writing};
use crate::error::Error;
use crate::policies::Chosen;
use crate::scan::Scan;
use crate::write::replace;

/// What is to be shown.
pub(crate) struct Shown<'a> {
    pub(crate) scan: &'a Scan,
    pub(crate) files: &'a Files,
    pub(crate) judged: Option<(&'a Chosen, &'a Report)>,
    pub(crate) audit: bool,
}

/// One report that is to be written.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) format: &'static Format,
    /// The file; nothing for standard output.
    pub(crate) file: Option<PathBuf>,
}

/// The reports that were asked for. Standard output takes one, and so does each file.
pub(crate) fn outputs(writing: &Writing) -> Result<Vec<Output>, Error> {
    let mut outputs = Vec::new();
    for asked in &writing.format {
        let (name, file) = match asked.split_once('=') {
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (asked.as_str(), None),
        };
        outputs.push(Output { format: format(name)?, file });
    }
    if outputs.is_empty() {
        outputs.push(Output { format: &FORMATS[0], file: None });
    }
    if let Some(file) = &writing.output {
        let Some(first) = outputs.iter_mut().find(|it| it.file.is_none()) else {
            let what = "--output has nothing to write: each format has a file of its own";
            return Err(Error::Usage { what: what.into(), help: "leave --output out".into() });
        };
        first.file = Some(file.clone());
    }
    match outputs.iter().enumerate().find_map(|(at, it)| {
        let other = outputs[..at].iter().find(|other| other.file == it.file)?;
        Some(collide(other, it))
    }) {
        Some(error) => Err(error),
        None => Ok(outputs),
    }
}

fn collide(one: &Output, two: &Output) -> Error {
    let (one, two, file) = (one.format.name, two.format.name, one.file.as_ref());
    let place = file.map(|it| format!("`{}`", it.display()));
    let place = place.unwrap_or_else(|| "standard output".to_owned());
    Error::Usage {
        what: format!("`{one}` and `{two}` cannot both be written to {place}"),
        help: format!("give one of them a file of its own: --format {two}=FILE"),
    }
}

/// The same for a command that judges nothing.
pub(crate) fn inventories(writing: &Writing) -> Result<Vec<Output>, Error> {
    let outputs = outputs(writing)?;
    match outputs.iter().find(|it| !it.format.has_inventory) {
        Some(it) => {
            let name = it.format.name;
            let what = format!("`{name}` is a format for findings, and a scan has none");
            Err(Error::Usage { what, help: format!("use `caveat check --format {name}`") })
        }
        None => Ok(outputs),
    }
}

/// The format of that name.
fn format(name: &str) -> Result<&'static Format, Error> {
    caveat_report::formats::named(name).ok_or_else(|| {
        let known: Vec<_> = FORMATS.iter().map(|it| it.name).collect();
        Error::Unlisted { what: "format", name: name.to_owned(), known }
    })
}

/// What to say of a format that a command does not write, which writes only two.
pub(crate) fn no_format(name: &str) -> Error {
    Error::Unlisted { what: "format", name: name.to_owned(), known: vec!["full", "json"] }
}

/// A report as bytes.
pub(crate) fn render(
    shown: &Shown<'_>,
    output: &Output,
    arguments: &Arguments,
) -> Result<Vec<u8>, Error> {
    let root = shown.scan.root.display().to_string();
    // A file takes no links, and who wants no colours has a reason that holds for them as well.
    let has_links = output.file.is_none() && is_terminal() && arguments.color != Color::Never;
    let without = (!has_links).then(|| Files { address: None, ..shown.files.clone() });
    let name = shown.judged.map(|(policy, _)| policy.origin());
    let categories = crate::scan::categories(shown.scan);
    let run = Run {
        version: crate::VERSION,
        data: crate::DATA,
        root: &root,
        policy: name.as_deref(),
        default_because: shown.judged.and_then(|(policy, _)| policy.default_because()),
        sources: &shown.scan.sources,
        files: without.as_ref().unwrap_or(shown.files),
        graph: &shown.scan.graph,
        report: shown.judged.map(|(_, report)| report),
        coverage: &shown.scan.coverage,
        categories: Some(&categories),
        audit: shown.audit,
    };
    let look = look(arguments, output.file.is_some());
    let mut bytes = Vec::new();
    (output.format.write)(&run, &look, &mut bytes)
        .map_err(|source| Error::Write { to: "the report".to_owned(), source })?;
    Ok(bytes)
}

/// Writes reports: files first, each whole or not at all, then standard output.
pub(crate) fn write(reports: &[(&Output, Vec<u8>)], out: &mut dyn Write) -> Result<(), Error> {
    let mut last = None;
    for (output, bytes) in reports {
        match &output.file {
            Some(path) => deliver(bytes, Some(path), out)?,
            None => last = Some(bytes),
        }
    }
    last.map_or(Ok(()), |bytes| put(out, bytes))
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

/// How the output is to look.
pub(crate) fn look(arguments: &Arguments, to_file: bool) -> Look {
    let terminal = is_terminal() && !to_file;
    let variable = |name: &str| std::env::var(name).ok().filter(|it| !it.is_empty());
    let width = terminal.then(terminal_size::terminal_size).flatten();
    Look {
        width: width.map_or(100, |(it, _)| usize::from(it.0).clamp(40, 140)),
        color: is_colored(arguments.color, to_file, terminal, &variable),
        verbose: arguments.verbose,
    }
}

/// Whether somebody looks at standard output.
pub(crate) fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Who says it decides: the flag, then <https://no-color.org>, then those who force it, then the
/// terminal. What is forced is meant for a build log that shows colours, never for a file.
fn is_colored(
    asked: Color,
    to_file: bool,
    terminal: bool,
    variable: &dyn Fn(&str) -> Option<String>,
) -> bool {
    let forced = |name: &str| variable(name).is_some_and(|it| it != "0");
    match asked {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if variable("NO_COLOR").is_some() => false,
        Color::Auto if forced("CLICOLOR_FORCE") || forced("FORCE_COLOR") => !to_file,
        Color::Auto if variable("CLICOLOR").is_some_and(|it| it == "0") => false,
        Color::Auto => terminal && variable("TERM").is_none_or(|it| it != "dumb"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether there is colour on a terminal and on no terminal.
    #[track_caller]
    fn check(asked: Color, variables: &[(&str, &str)], expected: (bool, bool)) {
        let variable = |name: &str| {
            let found = variables.iter().find(|it| it.0 == name);
            found.map(|it| it.1.to_owned()).filter(|it| !it.is_empty())
        };
        let on = |terminal| is_colored(asked, false, terminal, &variable);
        assert_eq!((on(true), on(false)), expected, "{asked:?} {variables:?}");
    }

    #[test]
    fn the_flag_decides_then_variables_then_the_terminal() {
        check(Color::Auto, &[], (true, false));
        check(Color::Always, &[("NO_COLOR", "1")], (true, true));
        check(Color::Never, &[("FORCE_COLOR", "1")], (false, false));
        check(Color::Auto, &[("NO_COLOR", "")], (true, false));
        check(Color::Auto, &[("NO_COLOR", "0"), ("FORCE_COLOR", "1")], (false, false));
        check(Color::Auto, &[("CLICOLOR_FORCE", "1")], (true, true));
        check(Color::Auto, &[("CLICOLOR_FORCE", "0")], (true, false));
        check(Color::Auto, &[("CLICOLOR", "0")], (false, false));
        check(Color::Auto, &[("TERM", "dumb")], (false, false));
        let forced = |name: &str| (name == "FORCE_COLOR").then(|| "3".to_owned());
        assert!(!is_colored(Color::Auto, true, false, &forced), "a file takes no colours");
    }
}
