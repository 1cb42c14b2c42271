//! Breaks text into lines of a given width.

use unicode_width::UnicodeWidthStr;

/// `text` in lines of at most `room` columns, broken between words. A word that is wider stands
/// alone, whole, so that a path or URL can be copied. Never empty.
pub(crate) fn wrap(text: &str, room: usize) -> Vec<String> {
    wrap_after(0, text, room)
}

/// The same, where something takes the first columns of the first line.
pub(crate) fn wrap_after(taken: usize, text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = taken;
    for word in text.split(' ').filter(|it| !it.is_empty()) {
        let width = word.width();
        let last = lines.len() - 1;
        if used > 0 && used + 1 + width > room {
            lines.push(word.to_owned());
            used = width;
            continue;
        }
        if used > 0 {
            // What stands before the first word has a blank of its own.
            if lines.len() > 1 || !lines[last].is_empty() {
                lines[last].push(' ');
            }
            used += 1;
        }
        lines[last].push_str(word);
        used += width;
    }
    lines
}

/// `text` followed by blanks up to `width` columns.
pub(crate) fn padded(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(blanks))
}

#[cfg(test)]
mod tests {
    use super::{padded, wrap, wrap_after};

    #[test]
    fn lines_break_between_words_and_by_columns() {
        let check = |text, room, expected: &[&str]| assert_eq!(wrap(text, room), expected);
        check("", 10, &[""]);
        check("one two  three", 7, &["one two", "three"]);
        check(
            "see https://example.org/a/long/path now",
            10,
            &["see", "https://example.org/a/long/path", "now"],
        );
        check("大大 大大", 8, &["大大", "大大"]);
        check("大大 大大", 9, &["大大 大大"]);
        assert_eq!(padded("大", 4), "大  ");
        assert_eq!(wrap_after(4, "one two three", 8), ["one", "two", "three"]);
        assert_eq!(wrap_after(20, "one two", 8), ["", "one two"]);
    }
}
