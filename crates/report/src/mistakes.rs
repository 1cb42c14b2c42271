//! Mistakes in a text that somebody wrote, a policy above all, each with its line.

use std::io::{self, Write};

use caveat_core::source::{Problem, Sources};

use crate::lines::Places;
use crate::paint::Ink;
use crate::plain::brief;
use crate::run::Look;
use crate::snippet::Snippet;

/// Writes every problem with the line that it points at.
pub fn mistakes(
    problems: &[Problem],
    sources: &Sources,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let places = Places::of(sources);
    for it in problems {
        writeln!(out, "{}: {}", look.paint(Ink::Error, "error"), brief(&it.what))?;
        if let Some(place) = places.place(it.at) {
            writeln!(out, "  --> {}:{}:{}", brief(place.path), place.line, place.column)?;
        }
        if let Some(snippet) = Snippet::of(&places, it.at, "", Ink::Error, look) {
            snippet.write(&places, look, out)?;
        }
        if let Some(help) = &it.help {
            writeln!(out, "   = help: {}", brief(help))?;
        }
    }
    Ok(())
}
