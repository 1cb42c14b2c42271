//! Who states a copyright: holders and years, as files state them.

mod words;
mod years;
mod lines;
mod marks;
mod vocabulary;
mod reading;
mod names;
mod verdict;
mod statement;

use std::ops::Range;

pub use years::Years;

use marks::{Mark, Sort, mark};

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

/// How many statements of one text are read: credits of large projects have thousands.
const MOST: usize = 5_000;

/// How many marks of one text are looked at: programs and sentences have more than statements.
const MOST_MARKS: usize = 10_000;

/// How many lines one statement may have: lists of holders are long.
const MOST_LINES: usize = 16;

/// How far behind a mark a blank to be filled in belongs to it.
const BLANKS_WITHIN: usize = 100;

/// How much of a line is looked at before a mark: whether anything stands there, and what last.
const LONGEST_BEFORE: usize = 200;

/// How much of a line is looked at behind a mark.
const LONGEST: usize = 600;

/// How much is looked at behind a mark in all lines together.
const LONGEST_BLOCK: usize = 1_800;

/// The copyright statements of a text, in its order. Sentences about copyright and blanks to be
/// filled in are none.
pub fn copyrights(text: &str) -> Vec<Copyright> {
    let mut found = Vec::new();
    let mut from = 0;
    for _ in 0..MOST_MARKS {
        let Some(mark) = mark(text, from..text.len()).filter(|_| found.len() < MOST) else { break };
        from = mark.at.end;
        if mark.sort == Sort::Word && is_spoken_of(&text[from..]) {
            continue;
        }
        let block = block(text, &mark);
        let (statement, lines) = statement::read(&block);
        let Some(it) = statement else {
            from = marks::run(text, from);
            continue;
        };
        let end = block.ends.get(lines).copied().unwrap_or(from).max(from);
        found.push(Copyright { at: mark.at.start..end, ..it });
        let next = if lines == 0 { marks::same_line(text, from, end) } else { None };
        from = next.unwrap_or(end);
    }
    found
}

/// Whether the word "copyright" is one of a sentence that goes on with `rest`.
fn is_spoken_of(rest: &str) -> bool {
    let next = rest.trim_start_matches(' ');
    let end = next.find(|it: char| !it.is_ascii_lowercase()).unwrap_or(next.len());
    next[end..].starts_with(' ') && vocabulary::is_about(&next[..end])
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
    /// Where each line ends in the text, as far as it is looked at.
    ends: Vec<usize>,
}

fn block(text: &str, mark: &Mark) -> Block {
    let near = floor(text, mark.at.start.saturating_sub(LONGEST_BEFORE));
    let start = text[near..mark.at.start].rfind(['\n', '\r']).map_or(near, |it| near + it + 1);
    let before = lines::clean(&text[start..mark.at.start]);
    let mut block = Block { mark: mark.clone(), before, lines: Vec::new(), ends: Vec::new() };
    let mut at = mark.at.start;
    let last = floor(text, at + LONGEST_BLOCK);
    while block.lines.len() < MOST_LINES && at < last {
        let rest = &text[at..floor(text, (at + LONGEST).min(last))];
        let end = rest.find(['\n', '\r']);
        let shown = &rest[..end.unwrap_or(rest.len())];
        let first = block.lines.is_empty();
        let is_blank = first && vocabulary::has_blanks(&shown[..floor(shown, BLANKS_WITHIN)]);
        block.lines.push(if is_blank { String::new() } else { lines::clean(shown) });
        at += shown.len();
        block.ends.push(at);
        let is_over = block.lines.last().is_some_and(String::is_empty)
            && block.lines.iter().any(|it| !it.is_empty());
        if end.is_none() || is_over {
            break;
        }
        at += if text[at..].starts_with("\r\n") { 2 } else { 1 };
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
