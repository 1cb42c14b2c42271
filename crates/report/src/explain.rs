//! What a license says, for people: sections of sentences, each with its clause.

use std::io::{self, BufWriter, Write};

use unicode_width::UnicodeWidthStr;

use crate::paint::Ink;
use crate::plain::{brief, plain};
use crate::run::Look;
use crate::wrap::{padded, wrap};

/// A license to be explained.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page<'a> {
    /// Its full name.
    pub title: &'a str,
    /// Every id and name that means it, the canonical id first.
    pub ids: Vec<&'a str>,
    /// What sort of license it is.
    pub category: Option<&'a str>,
    /// When it was published.
    pub released: Option<&'a str>,
    /// The law that governs it.
    pub law: Option<&'a str>,
    /// Where its text is.
    pub source: Option<&'a str>,
    /// What it says.
    pub sections: Vec<Section<'a>>,
}

/// Sentences of one sort: what is granted, what is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section<'a> {
    /// What they have in common.
    pub title: &'a str,
    /// The sentences.
    pub lines: Vec<Line<'a>>,
}

/// One thing that a license says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The sentence, in our words.
    pub words: &'a str,
    /// The clause: `§1.b.iii`; empty where there is none.
    pub cite: &'a str,
    /// How we know.
    pub confidence: Confidence,
}

/// How it is known what a license says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// Read in the license itself.
    Read,
    /// Taken from what others write of it.
    Secondary,
}

/// Columns of the names in the head of a page.
const NAMES: usize = 11;
/// However wide the device: longer lines are hard to read.
const WIDEST: usize = 100;
/// The widest cite that gets a place on the right; a wider one follows the words.
const CITE: usize = 18;

/// Writes a page.
pub fn explain(page: &Page<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let width = look.width.min(WIDEST);
    writeln!(out, "{}", look.paint(Ink::Strong, &brief(page.title)))?;
    let ids = page.ids.join(", ");
    let head = [
        ("id", Some(ids.as_str()).filter(|it| !it.is_empty())),
        ("category", page.category),
        ("released", page.released),
        ("law", page.law),
        ("source", page.source),
    ];
    for (name, value) in head {
        let Some(value) = value else { continue };
        let lines = wrap(&brief(value), width.saturating_sub(2 + NAMES).max(20));
        for (number, line) in lines.iter().enumerate() {
            let name = padded(if number == 0 { name } else { "" }, NAMES);
            writeln!(out, "  {}{line}", look.paint(Ink::Faint, &name))?;
        }
    }
    for section in page.sections.iter().filter(|it| !it.lines.is_empty()) {
        writeln!(out)?;
        writeln!(out, "{}", look.paint(Ink::Strong, &brief(section.title)))?;
        write_section(section, width, look, &mut out)?;
    }
    out.flush()
}

/// Sentences on the left, clauses on the right.
fn write_section(
    section: &Section<'_>,
    width: usize,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let cites = section.lines.iter().map(|it| plain(it.cite).width());
    let cites = cites.filter(|it| *it <= CITE).max().unwrap_or_default();
    let room = width.saturating_sub(cites + 4 + 2).max(20);
    for line in &section.lines {
        let mut words = brief(line.words);
        let mut cite = brief(line.cite);
        if cite.width() > CITE {
            words = format!("{words} ({})", std::mem::take(&mut cite));
        }
        match line.confidence {
            Confidence::Read => {}
            Confidence::Secondary => words.push_str(" (not read in the primary text)"),
        }
        for (number, it) in wrap(&words, room).iter().enumerate() {
            if number > 0 || cite.is_empty() {
                writeln!(out, "  {} {it}", if number == 0 { "-" } else { " " })?;
                continue;
            }
            let gap = " ".repeat(cites.saturating_sub(cite.width()) + 2);
            let cite = look.paint(Ink::Faint, &cite);
            writeln!(out, "  - {}{gap}{cite}", padded(it, room))?;
        }
    }
    Ok(())
}
