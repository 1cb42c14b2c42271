//! The words, strings and marks of a program, without its comments.

use std::ops::Range;

/// A piece of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) shape: Shape,
    start: u32,
    end: u32,
}

/// What a piece of a program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A name, a keyword or a number.
    Word,
    /// A string as written, without its quotes.
    Text,
    /// A string with holes that are filled when the program runs.
    Template,
    /// Any other character.
    Mark(u8),
    /// A command for a shell, in a notebook.
    Command,
    /// The end of a statement.
    End,
}

impl Token {
    /// A piece that is written at `range`.
    pub(super) fn new(shape: Shape, range: Range<usize>) -> Self {
        let clip = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Self { shape, start: clip(range.start), end: clip(range.end) }
    }

    /// Where it is written; of a string, what lies between the quotes.
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether it opens a bracket (1), closes one (-1), or neither.
    pub(super) fn depth(self) -> i32 {
        match self.shape {
            Shape::Mark(b'(' | b'[' | b'{') => 1,
            Shape::Mark(b')' | b']' | b'}') => -1,
            Shape::Mark(_)
            | Shape::Word
            | Shape::Text
            | Shape::Template
            | Shape::Command
            | Shape::End => 0,
        }
    }
}

/// A text that is read from left to right.
pub(super) struct Cursor<'t> {
    text: &'t str,
    /// The next byte.
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    /// The beginning of `text`.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: text.len() - text.trim_start_matches('\u{feff}').len() }
    }

    /// The byte `ahead` bytes on; nothing past the end.
    pub(super) fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    /// Whether `word` comes next.
    pub(super) fn sees(&self, word: &str) -> bool {
        self.text.as_bytes()[self.at.min(self.text.len())..].starts_with(word.as_bytes())
    }

    /// Passes over everything for which `holds` is true; what was passed.
    pub(super) fn skip_while(&mut self, holds: impl Fn(u8) -> bool) -> Range<usize> {
        let start = self.at;
        while self.byte(0).is_some_and(&holds) {
            self.at += 1;
        }
        start..self.at
    }

    /// Passes over the rest of the line, but not over its end.
    pub(super) fn skip_line(&mut self) -> Range<usize> {
        self.skip_while(|it| it != b'\n' && it != FORM_FEED)
    }

    /// Passes over one character; its first byte.
    pub(super) fn skip_char(&mut self) -> u8 {
        let first = self.byte(0).unwrap_or(0);
        self.at += self.text[self.at..].chars().next().map_or(1, char::len_utf8);
        first
    }

    /// Passes over a string up to `quote`, which is passed too: what lies before it. A string
    /// ends where its line ends unless it is `long`; in one that is not `raw` a backslash keeps
    /// the next character from ending it.
    pub(super) fn string(&mut self, quote: &str, long: bool, raw: bool) -> Range<usize> {
        let start = self.at;
        while let Some(byte) = self.byte(0) {
            if self.sees(quote) {
                let end = self.at;
                self.at += quote.len();
                return start..end;
            }
            match byte {
                b'\n' if !long => break,
                FORM_FEED => break,
                b'\\' if !raw => {
                    self.at += 1;
                    if self.byte(0).is_some() {
                        self.skip_char();
                    }
                }
                _ => self.at += 1,
            }
        }
        start..self.at
    }
}

/// Stands between the cells of a notebook: no string or statement goes on past it.
pub(super) const FORM_FEED: u8 = 0x0c;

/// Whether a byte can be part of a name.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
