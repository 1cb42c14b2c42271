//! The document as Markdown: foreign text stands in fences and code, where it means nothing.

use std::io::{self, Write};

use caveat_policy::attribution::Attribution;

use super::outline::{Block, Item, outline};
use crate::markup::markdown;
use crate::plain::plain;

/// Writes the document.
pub(super) fn write(document: &Attribution, out: &mut dyn Write) -> io::Result<()> {
    for (number, block) in outline(document).iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        match block {
            Block::Title { level, words, number } => {
                let number = number.map(|it| format!("\\[{}\\] ", it + 1)).unwrap_or_default();
                writeln!(out, "{} {number}{}", "#".repeat(*level), markdown(words))?;
            }
            Block::Words(words) => writeln!(out, "{}", markdown(words))?,
            Block::List(items) => items.iter().try_for_each(|it| item(it, out))?,
            Block::Verbatim(text) => fenced(text, out)?,
        }
    }
    Ok(())
}

fn item(item: &Item, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "- {}", markdown(&item.words))?;
    for it in &item.texts {
        write!(out, " \\[{}\\]", it + 1)?;
    }
    writeln!(out)?;
    item.below.iter().try_for_each(|it| writeln!(out, "  - {}", markdown(it)))
}

/// A text between fences that are longer than any in it.
fn fenced(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    writeln!(out, "{fence}text")?;
    text.lines().try_for_each(|it| writeln!(out, "{}", plain(it).trim_end()))?;
    writeln!(out, "{fence}")
}
