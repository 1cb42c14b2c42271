//! Who states a copyright: holders and years, as files state them.

mod vocabulary;
mod years;
mod lines;
mod marks;
mod words;
mod head;
mod holders;
mod statement;

use std::ops::Range;

pub use years::Years;

use marks::{Mark, has_mark, mark};

/// A statement of somebody's copyright.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copyright {
    /// The lines that it stands in.
    pub at: Range<usize>,
    /// The statement as it is to be repeated: on one line, without signs of comments and markup.
    pub statement: String,
    /// The years that it names.
    pub years: Vec<Years>,
    /// Whose it is, without addresses; where it names nobody, nothing.
    pub holder: Option<String>,
    /// Addresses of mail and pages that stand in it.
    pub contacts: Vec<String>,
}

impl Copyright {
    /// What two statements have in common that say the same: letters and digits of the holder.
    pub fn key(&self) -> String {
        key(self.holder.as_deref().unwrap_or_default())
    }
}

/// Letters and digits of a name, in lower case, with single blanks.
pub fn key(name: &str) -> String {
    let words = name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a word behind "copyright" makes a sentence about copyright rather than a statement of it.
pub(crate) fn is_about(word: &str) -> bool {
    vocabulary::is_about(word)
}

/// Whether a line leaves blanks to be filled in, where a statement would name somebody.
pub(crate) fn has_blanks(line: &str) -> bool {
    vocabulary::has_blanks(line)
}

/// How many statements of one text are read: credits of large projects have thousands.
const MOST: usize = 5_000;

/// How many beginnings of statements are looked at: a text of nothing else costs no more.
const MOST_MARKS: usize = 20_000;

/// How many lines one statement may have: lists of holders are long.
const MOST_LINES: usize = 16;

/// How far behind a mark a blank to be filled in belongs to it.
const BLANKS_WITHIN: usize = 100;

/// How much of a line is looked at behind a mark.
const LONGEST: usize = 600;

/// The copyright statements of a text, in its order. Sentences about copyright and blanks to be
/// filled in are none.
pub fn copyrights(text: &str) -> Vec<Copyright> {
    let mut found = Vec::new();
    let mut from = 0;
    for _ in 0..MOST_MARKS {
        let Some(mark) = mark(text, from).filter(|_| found.len() < MOST) else { break };
        from = mark.at.end;
        let block = block(text, &mark);
        let (statement, lines) = statement::read(&block);
        let Some(it) = statement else { continue };
        let end = block.ends.get(lines).map_or(from, |it| from.max(*it));
        found.push(Copyright { at: mark.at.start..end, ..it });
        let same_line = if lines == 0 { marks::same_line(text, from, end) } else { None };
        from = same_line.unwrap_or(end);
    }
    found
}

/// A mark with what stands around it.
#[derive(Debug)]
struct Block {
    /// The first mark.
    mark: Mark,
    /// The line up to it, clean.
    before: String,
    /// The lines from it on, clean; an empty one ends it.
    lines: Vec<String>,
    /// Where each line ends in the text.
    ends: Vec<usize>,
}

fn block(text: &str, mark: &Mark) -> Block {
    let near = floor(text, mark.at.start.saturating_sub(LONGEST));
    let before = &text[near..mark.at.start];
    let before = before.rfind(['\n', '\r']).map_or(before, |it| &before[it + 1..]);
    let mut block = Block {
        mark: mark.clone(),
        before: lines::clean(before),
        lines: Vec::new(),
        ends: Vec::new(),
    };
    let mut at = mark.at.start;
    for _ in 0..MOST_LINES {
        let rest = &text[at..];
        let near = &rest[..floor(rest, LONGEST)];
        let line = near.find(['\n', '\r']).map_or(near, |it| &near[..it]);
        if !block.lines.is_empty() && has_mark(line) {
            break;
        }
        let has_blanks =
            block.lines.is_empty() && vocabulary::has_blanks(&line[..floor(line, BLANKS_WITHIN)]);
        let told = if block.lines.is_empty() { marks::cut(line) } else { line };
        block.lines.push(if has_blanks { String::new() } else { lines::clean(told) });
        block.ends.push(at + line.len());
        let skip = if rest[line.len()..].starts_with("\r\n") { 2 } else { 1 };
        // What is longer than anybody writes a line has no next one.
        if line.len() == near.len() || at + line.len() + skip >= text.len() {
            break;
        }
        at += line.len() + skip;
    }
    block
}

/// The nearest boundary of a character at or below `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
