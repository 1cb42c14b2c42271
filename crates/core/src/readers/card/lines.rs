//! Lines of a text, whatever ends them.

use std::ops::Range;

/// The lines of `text` from byte `from` on, as ranges without their ends (`\n`, `\r\n` or `\r`).
pub(super) fn lines(text: &str, from: usize) -> Lines<'_> {
    Lines { text, next: Some(from) }
}

/// See [`lines`].
#[derive(Clone)]
pub(super) struct Lines<'a> {
    text: &'a str,
    next: Option<usize>,
}

impl Lines<'_> {
    /// Where the next line begins; the end of the text after the last line.
    pub(super) fn position(&self) -> usize {
        self.next.unwrap_or(self.text.len())
    }
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.next?;
        let rest = self.text.as_bytes().get(start..)?;
        let Some(length) = rest.iter().position(|it| matches!(it, b'\n' | b'\r')) else {
            self.next = None;
            return Some(start..self.text.len());
        };
        let end_of_line = if rest[length..].starts_with(b"\r\n") { 2 } else { 1 };
        self.next = Some(start + length + end_of_line);
        Some(start..start + length)
    }
}

/// `range` without the white space at both ends.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}
