//! The document as a page that needs nothing but itself: no scripts, no pictures, no addresses
//! that are loaded.

use std::io::{self, Write};

use caveat_policy::attribution::Attribution;

use super::OWN;
use super::outline::{Block, Item, outline};
use crate::markup::html;

const STYLE: &str = "\
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
h2 { border-bottom: 1px solid #8886; margin-top: 2.5rem }
h3 { margin-top: 2rem }
li ul { color: #666; list-style: none; padding-left: 1rem }
pre { background: #8881; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px }
@media (prefers-color-scheme: dark) { li ul { color: #aaa } }
@media print { body { max-width: none } }";

/// Writes the document.
pub(super) fn write(document: &Attribution, out: &mut dyn Write) -> io::Result<()> {
    let blocks = outline(document);
    let title = blocks.iter().find_map(|it| match it {
        Block::Title { words, .. } => Some(html(words)),
        Block::Words(_) | Block::List(_) | Block::Verbatim(_) => None,
    });
    let title = title.unwrap_or_default();
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"generator\" content=\"{OWN}\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width\">")?;
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")?;
    writeln!(out, "<title>{title}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>")?;
    for block in &blocks {
        match block {
            Block::Title { level, words, number } => heading(*level, words, *number, out)?,
            Block::Words(words) => writeln!(out, "<p>{}</p>", html(words))?,
            Block::List(items) => {
                writeln!(out, "<ul>")?;
                items.iter().try_for_each(|it| item(it, out))?;
                writeln!(out, "</ul>")?;
            }
            Block::Verbatim(text) => {
                let lines: Vec<_> = text.lines().map(|it| html(it.trim_end())).collect();
                // The first line end after the tag does not count, so there is always one.
                writeln!(out, "<pre>\n{}</pre>", lines.join("\n"))?;
            }
        }
    }
    writeln!(out, "</body>\n</html>")
}

fn heading(
    level: usize,
    words: &str,
    number: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let words = html(words);
    match number.map(|it| it + 1) {
        Some(it) => writeln!(out, "<h{level} id=\"text-{it}\">[{it}] {words}</h{level}>"),
        None => writeln!(out, "<h{level}>{words}</h{level}>"),
    }
}

fn item(item: &Item, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<li>{}", html(&item.words))?;
    for it in &item.texts {
        write!(out, " <a href=\"#text-{0}\">[{0}]</a>", it + 1)?;
    }
    if !item.below.is_empty() {
        write!(out, "\n<ul>\n")?;
        item.below.iter().try_for_each(|it| writeln!(out, "<li>{}</li>", html(it)))?;
        write!(out, "</ul>")?;
    }
    writeln!(out, "</li>")
}
