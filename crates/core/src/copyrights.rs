//! Who states a copyright: holders and years, as files state them.

mod vocabulary;
mod years;
mod lines;
mod marks;
mod words;
mod statement;

use std::ops::Range;

pub use years::Years;

use marks::{Mark, mark};

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

/// How many lines one statement may have: lists of holders are long.
const MOST_LINES: usize = 16;

/// How far behind a mark a blank to be filled in belongs to it.
const BLANKS_WITHIN: usize = 100;

/// How much of a line is looked at behind a mark.
const LONGEST: usize = 1_000;

/// The copyright statements of a text, in its order. Sentences about copyright and blanks to be
/// filled in are none.
pub fn copyrights(text: &str) -> Vec<Copyright> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(mark) = mark(text, from) {
        if found.len() == MOST {
            break;
        }
        let block = block(text, &mark);
        let (statement, lines) = statement::read(&block);
        from = mark.at.end;
        let Some(it) = statement else { continue };
        let end = block.ends.get(lines).copied().unwrap_or(mark.at.end);
        found.push(Copyright { at: mark.at.start..end.max(mark.at.end), ..it });
        if lines > 0 {
            from = end.max(from);
        } else if let Some(next) =
            text.get(from..end).and_then(|_| marks::same_line(text, from, end))
        {
            from = next;
        } else {
            from = end.max(from);
        }
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
    let start = text[..mark.at.start].rfind(['\n', '\r']).map_or(0, |it| it + 1);
    let near = floor(text, mark.at.start.saturating_sub(LONGEST).max(start));
    let before = lines::clean(&text[near..mark.at.start]);
    let mut block = Block { mark: mark.clone(), before, lines: Vec::new(), ends: Vec::new() };
    let mut at = mark.at.start;
    for _ in 0..MOST_LINES {
        let rest = &text[at..];
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let shown = &rest[..floor(rest, length.min(LONGEST))];
        block.lines.push(
            if block.lines.is_empty()
                && vocabulary::has_blanks(&shown[..floor(shown, BLANKS_WITHIN)])
            {
                String::new()
            } else {
                lines::clean(shown)
            },
        );
        block.ends.push(at + length);
        let skip = if rest[length..].starts_with("\r\n") { 2 } else { 1 };
        at += length + skip;
        if at >= text.len() || length > LONGEST {
            break;
        }
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
