//! The document as plain text.

use std::io::{self, Write};

use caveat_policy::attribution::Attribution;

use super::outline::{Block, Item, outline};
use crate::plain::plain;

/// How wide lines across are.
const WIDE: usize = 80;

/// Writes the document.
pub(super) fn write(document: &Attribution, out: &mut dyn Write) -> io::Result<()> {
    for (number, block) in outline(document).iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        match block {
            Block::Title { level, words, number } => title(*level, words, *number, out)?,
            Block::Words(words) => lines(words, "", out)?,
            Block::List(items) => {
                for it in items {
                    item(it, out)?;
                }
            }
            Block::Verbatim(text) => lines(text, "", out)?,
        }
    }
    Ok(())
}

fn title(level: usize, words: &str, number: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
    let number = number.map(|it| format!("[{}] ", it + 1)).unwrap_or_default();
    let words = format!("{number}{}", plain(words));
    match level {
        1 => writeln!(out, "{words}\n{}", "=".repeat(WIDE)),
        2 => writeln!(out, "{}\n{words}\n{0}", "=".repeat(WIDE)),
        _ => writeln!(out, "{}\n{words}", "-".repeat(WIDE)),
    }
}

fn item(item: &Item, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "  {}", plain(&item.words))?;
    for it in &item.texts {
        write!(out, " [{}]", it + 1)?;
    }
    writeln!(out)?;
    item.below.iter().try_for_each(|it| writeln!(out, "      {}", plain(it)))
}

fn lines(text: &str, before: &str, out: &mut dyn Write) -> io::Result<()> {
    text.lines().try_for_each(|it| writeln!(out, "{}", format!("{before}{}", plain(it)).trim_end()))
}
