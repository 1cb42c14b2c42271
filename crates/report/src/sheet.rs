//! A sheet: a title, a few lines of head, and sections of entries. Answers and components are
//! written so.

use std::io::{self, Write};

use caveat_policy::verdict::Verdict;
use unicode_width::UnicodeWidthStr;

use crate::paint::Ink;
use crate::plain::brief;
use crate::run::Look;
use crate::wrap::{padded, wrap};

/// What a sheet says. All text may be foreign: it is made plain when it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet<'a> {
    /// The verdict, before the title, where there is one.
    pub verdict: Option<Verdict>,
    /// What it is about.
    pub title: String,
    /// Names and values.
    pub head: Vec<(&'a str, String)>,
    /// What there is to say.
    pub sections: Vec<Section<'a>>,
}

/// Entries of one sort.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section<'a> {
    /// What they have in common.
    pub title: &'a str,
    /// Each with the word or sign that stands before it.
    pub entries: Vec<(&'a str, String)>,
}

/// However wide the device: longer lines are hard to read.
const WIDEST: usize = 100;
/// What is no wider is a sign and no word.
const SIGN: usize = 3;
/// Columns between a word and its text.
const GAP: usize = 2;
/// However narrow the device, text gets this many columns.
const LEAST: usize = 20;

/// Writes a sheet.
pub fn write(sheet: &Sheet<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let title = look.paint(Ink::Strong, &brief(&sheet.title));
    match sheet.verdict {
        Some(it) => writeln!(out, "{}{title}", look.paint(ink(it), &format!("{}: ", it.name())))?,
        None => writeln!(out, "{title}")?,
    }
    write_entries(&sheet.head, look, out)?;
    write_sections(&sheet.sections, look, out)
}

/// Writes sections, each after an empty line.
pub fn write_sections(
    sections: &[Section<'_>],
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    for section in sections.iter().filter(|it| !it.entries.is_empty()) {
        writeln!(out, "\n{}", look.paint(Ink::Strong, section.title))?;
        write_entries(&section.entries, look, out)?;
    }
    Ok(())
}

fn ink(verdict: Verdict) -> Ink {
    match verdict {
        Verdict::Allowed => Ink::Good,
        Verdict::Review => Ink::Review,
        Verdict::Denied => Ink::Error,
    }
}

/// Each entry beside its word, wrapped under itself.
fn write_entries(entries: &[(&str, String)], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let column = entries.iter().map(|(it, _)| it.width()).max().unwrap_or_default();
    let column = match column {
        0 => 0,
        1..=SIGN => column + 1,
        _ => column + GAP,
    };
    let room = look.width.min(WIDEST).saturating_sub(2 + column).max(LEAST);
    for (word, text) in entries {
        let lines = text.lines().flat_map(|it| wrap(&brief(it), room));
        for (number, line) in lines.enumerate() {
            let word = padded(if number == 0 { word } else { "" }, column);
            writeln!(out, "  {}{line}", look.paint(Ink::Faint, &word))?;
        }
    }
    Ok(())
}
