//! One statement: its marks, its years, whose it is, and where it ends.

use super::head::{Reading, Seen, is_marked};
use super::holders::Name;
use super::marks::Sort;
use super::vocabulary::{begins_name, is_about, is_in_names};
use super::words::{Word, words};
use super::{Block, Copyright, years};

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
    reading.reference();
    let last = reading.at.checked_sub(1).and_then(|it| words.get(it)).map_or(0, |it| it.line);
    let statement = repeated(&block.before, &words[..reading.at.min(words.len())]);
    let holder = (!name.holder.is_empty()).then_some(name.holder);
    (Some(Copyright { at: 0..0, statement, years, holder, contacts: name.contacts }), last)
}

/// A statement with all that decides whether it is one.
struct Stated<'a, 'b, 'c> {
    block: &'b Block,
    reading: &'c Reading<'a, 'b>,
    /// Years stand before the name.
    leads: bool,
    has_years: bool,
    by: bool,
}

impl Stated<'_, '_, '_> {
    fn holds(&self, name: &mut Name) -> bool {
        let seen = self.reading.seen;
        let first = name.holder.split(' ').next().unwrap_or_default();
        let lettered = name.holder.chars().any(char::is_alphabetic);
        if seen.tag {
            return lettered || self.has_years;
        }
        let opens = self.block.before.trim_matches(|it: char| !it.is_alphanumeric()).is_empty();
        if self.has_years {
            if !seen.word && !seen.sign && !lettered {
                return false;
            }
            if !self.leads && (is_about(first) || (!seen.sign && !begins_name(first))) {
                return false;
            }
            let code = name.holder.contains(['(', '_']) && !name.holder.contains(' ');
            // Clauses and arguments of functions are lettered, too.
            let vouched = seen.word || seen.sign || (seen.letter && (self.leads || opens));
            return !code && vouched && (self.leads || seen.word || opens);
        }
        if !lettered || !begins_name(first) || name.holder.contains('_') {
            return self.by
                && lettered
                && !is_about(first)
                && first.chars().next().is_some_and(char::is_uppercase);
        }
        // What holds quotes is a piece of a program.
        if name.holder.contains('"') {
            return false;
        }
        let words: Vec<_> = name.holder.split(' ').collect();
        let capitals =
            words.iter().all(|it| !it.starts_with(char::is_lowercase) || is_in_names(it));
        if seen.word && (seen.sign || seen.letter) {
            return true;
        }
        if seen.word {
            let said =
                [" is", " are", "is", "are"].iter().any(|it| self.block.before.ends_with(it));
            let strong = (seen.capital && (opens || self.by || seen.assigned)) || said;
            return (strong
                && capitals
                && (words.len() > 1 || seen.assigned || self.by)
                && name.whole)
                || (self.by && capitals);
        }
        if seen.sign {
            return opens && capitals && name.whole;
        }
        opens && capitals && name.whole && words.len() > 1 && words.len() < 9
    }
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
