//! One statement: its marks, its years, whose it is, and where it ends.

use super::marks::Sort;
use super::reading::{Reading, Seen};
use super::verdict::Stated;
use super::vocabulary::is_marked;
use super::words::{Word, words};
use super::years;
use super::{Block, Copyright};

/// The statement that begins with the mark of a block, and how many lines more it takes.
pub(super) fn read(block: &Block) -> (Option<Copyright>, usize) {
    let words = words(&block.lines);
    let mut reading = Reading {
        words: &words,
        at: 0,
        before: block.before.len(),
        seen: Seen::default(),
        quoted: false,
    };
    reading.marks();
    if !reading.seen.word && block.mark.sort == Sort::Word {
        return (None, 0);
    }
    let first = reading.years();
    let by = reading.skip_by();
    reading.marks_again();
    let more = if first.is_empty() { reading.years() } else { String::new() };
    if !more.is_empty() {
        reading.skip_by();
    }
    let years_text = if first.is_empty() { more } else { first };
    let mut name = reading.name(!years_text.is_empty());
    let years = years::read(&years_text);
    let leads = !years.is_empty();
    let years = if leads { years } else { years::read(&name.years) };
    let stated = Stated { block, reading: &reading, leads, has_years: !years.is_empty(), by };
    if !stated.holds(&mut name) {
        return (None, 0);
    }
    let last = reading.at.checked_sub(1).and_then(|it| words.get(it)).map_or(0, |it| it.line);
    let statement = repeated(&block.before, &words[..reading.at.min(words.len())]);
    let holder = (!name.holder.is_empty()).then_some(name.holder);
    (Some(Copyright { at: 0..0, statement, years, holder, contacts: name.contacts }), last)
}

/// The words as one line; what limits them to a part of the work stands before them.
fn repeated(before: &str, words: &[Word<'_>]) -> String {
    let line = words.iter().map(|it| it.text).collect::<Vec<_>>().join(" ");
    let mut line = line.trim_matches(|it: char| it.is_whitespace() || ",;:-*\"'".contains(it));
    for it in [" and", ",", " &", " or", " the", " -", " of"] {
        line = line.strip_suffix(it).unwrap_or(line);
    }
    let tags = ["SPDX-FileCopyrightText", "SPDX-SnippetCopyrightText"];
    if let Some(rest) = tags.iter().find_map(|it| line.strip_prefix(it)) {
        let rest = rest.trim_start_matches([':', '=', ' ', '[', '"']);
        let marked = rest.split(' ').next().is_some_and(is_marked);
        return if marked { rest.to_owned() } else { format!("Copyright {rest}") };
    }
    let part = before.rsplit(' ').next().unwrap_or_default();
    let parts = ["portions", "portion", "parts"];
    if parts.contains(&part.to_ascii_lowercase().as_str()) {
        format!("{part} {line}")
    } else {
        line.to_owned()
    }
}
