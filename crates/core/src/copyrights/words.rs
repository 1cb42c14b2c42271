//! The words of a statement, one after the other, with where lines end.

/// A word, and what stands before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// The word with the points around it.
    pub(super) text: &'a str,
    /// The number of the line that it stands in.
    pub(super) line: usize,
    /// It is the first of its line.
    pub(super) opens: bool,
    /// More than a blank stands before it: a column of a table.
    pub(super) apart: bool,
}

/// The most words that are looked at.
const MOST: usize = 220;

/// The words of lines up to the first empty one.
pub(super) fn words(lines: &[String]) -> Vec<Word<'_>> {
    let mut all = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        if line.is_empty() && number > 0 && !all.is_empty() {
            break;
        }
        for (part, piece) in line.split('\n').enumerate() {
            let mut opens = true;
            let mut blanks = 0;
            for text in piece.split(' ') {
                if text.is_empty() {
                    blanks += 1;
                    continue;
                }
                // An escape in a string ends a line as well, yet the file goes on.
                let opens_line = opens && (number > 0 || part > 0);
                all.push(Word { text, line: number, opens: opens_line, apart: blanks > 1 });
                (opens, blanks) = (false, 0);
                if all.len() == MOST {
                    return all;
                }
            }
        }
    }
    all
}
