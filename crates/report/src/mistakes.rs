//! Mistakes in a text that somebody wrote, a policy above all, each with its line.

use std::io::{self, Write};

use caveat_core::source::{Problem, Sources, Span};

use crate::lines::Places;
use crate::paint::Ink;
use crate::plain::brief;
use crate::run::Look;
use crate::snippet::Snippet;

/// A mistake, and another place that belongs to it with a few words on that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistaken {
    /// What is wrong, and where.
    pub problem: Problem,
    /// What else has to be seen: the line that it contradicts.
    pub also: Option<(Span, String)>,
}

/// Writes every mistake with the line that it points at, and the other line that belongs to it.
pub fn mistakes(
    all: &[Mistaken],
    sources: &Sources,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let places = Places::of(sources);
    for Mistaken { problem, also } in all {
        writeln!(out, "{}: {}", look.paint(Ink::Error, "error"), brief(&problem.what))?;
        show(&places, problem.at, ("-->", "", Ink::Error), look, out)?;
        if let Some((at, label)) = also {
            show(&places, *at, ("and", label, Ink::Frame), look, out)?;
        }
        if let Some(help) = &problem.help {
            writeln!(out, "   = help: {}", brief(help))?;
        }
    }
    Ok(())
}

/// A place and its line.
fn show(
    places: &Places<'_>,
    at: Span,
    (sign, label, ink): (&str, &str, Ink),
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    if let Some(place) = places.place(at) {
        writeln!(out, "  {sign} {}:{}:{}", brief(place.path), place.line, place.column)?;
    }
    match Snippet::of(places, at, label, ink, look) {
        Some(it) => it.write(places, look, out),
        None => Ok(()),
    }
}
