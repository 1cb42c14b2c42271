//! The part of one line that is worth showing, and where its characters stand on the screen.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::plain;

/// Blanks for a tab: its stop would depend on what was cut.
const TAB: &str = "    ";

/// A line, cut to fit and plain.
pub(crate) struct Clip {
    /// What to print.
    pub(crate) text: String,
    /// Bytes of the line that are shown.
    shown: Range<usize>,
    /// For each shown character its byte in the line and its column; then where the text ends.
    columns: Vec<(usize, usize)>,
}

impl Clip {
    /// At most about `room` columns of `line`, with as much around `mark` as fits. The cost
    /// depends on `room` only. `mark` must lie in `line`, on character boundaries.
    pub(crate) fn of(line: &str, mark: &Range<usize>, room: usize) -> Self {
        let shown = window(line, mark, room);
        let mut text = String::from(if shown.start > 0 { "…" } else { "" });
        let mut column = text.width();
        let mut columns = Vec::new();
        for (at, it) in line[shown.clone()].char_indices() {
            columns.push((shown.start + at, column));
            column += push(it, &mut text);
        }
        columns.push((shown.end, column));
        if shown.end < line.len() {
            text.push('…');
        }
        text.truncate(text.trim_end().len());
        Self { text, shown, columns }
    }

    /// The columns that `mark` takes, at least one; `None` where its start is not shown.
    pub(crate) fn columns(&self, mark: &Range<usize>) -> Option<Range<usize>> {
        let is_cut = mark.start == self.shown.end && mark.end > mark.start;
        if mark.start < self.shown.start || mark.start > self.shown.end || is_cut {
            return None;
        }
        let (start, end) = (self.column(mark.start), self.column(mark.end));
        Some(start..end.max(start + 1))
    }

    fn column(&self, at: usize) -> usize {
        let next = self.columns.partition_point(|(byte, _)| *byte < at);
        self.columns[next.min(self.columns.len() - 1)].1
    }
}

/// The bytes of `line` to show: all if they fit, else the mark with context on both sides, the
/// left one first, as it holds the key of most formats.
fn window(line: &str, mark: &Range<usize>, room: usize) -> Range<usize> {
    let (whole, _) = forward(line, room);
    if whole == line.len() {
        return 0..whole;
    }
    let (marked, marked_width) = forward(&line[mark.clone()], room * 2 / 3);
    let rest = room.saturating_sub(marked_width + 2);
    let after = &line[mark.start + marked..];
    let (_, wanted) = forward(after, rest / 3);
    let (before, before_width) = backward(&line[..mark.start], rest - wanted);
    let (after, _) = forward(after, rest - before_width);
    mark.start - before..mark.start + marked + after
}

/// How many bytes from the start fit into `room` columns, and their width.
fn forward(text: &str, room: usize) -> (usize, usize) {
    fitting(text.chars(), room)
}

/// How many bytes before the end fit into `room` columns, and their width.
fn backward(text: &str, room: usize) -> (usize, usize) {
    fitting(text.chars().rev(), room)
}

fn fitting(characters: impl Iterator<Item = char>, room: usize) -> (usize, usize) {
    let (mut bytes, mut width) = (0, 0);
    let mut shape = String::new();
    // Characters without a width are bounded too: a line may hold a million accents.
    for it in characters.take(room * 4) {
        shape.clear();
        let next = push(it, &mut shape);
        if width + next > room {
            break;
        }
        width += next;
        bytes += it.len_utf8();
    }
    (bytes, width)
}

/// Writes a character as it is shown and gives its width.
fn push(it: char, text: &mut String) -> usize {
    let before = text.len();
    if it == '\t' {
        text.push_str(TAB);
    } else {
        plain::push(it, text);
    }
    text[before..].width()
}

#[cfg(test)]
mod tests {
    use super::Clip;

    fn check(line: &str, marked: &str, room: usize, expected: &str) {
        let start = line.find(marked).expect("the mark is in the line");
        let mark = start..start + marked.len();
        let clip = Clip::of(line, &mark, room);
        let columns = clip.columns(&mark).expect("the mark is shown");
        let carets = " ".repeat(columns.start) + &"^".repeat(columns.len());
        assert_eq!(format!("{}\n{carets}", clip.text), expected);
    }

    #[test]
    fn carets_stand_under_the_mark() {
        check("license: mit", "mit", 40, "license: mit\n         ^^^");
        check("\tl:\tmit", "mit", 40, "    l:    mit\n          ^^^");
        check("大学: 許諾 x", "許諾", 40, "大学: 許諾 x\n      ^^^^");
        check("a\u{1b}b mit", "mit", 40, "a␛b mit\n    ^^^");
        check("cafe\u{301} mit", "mit", 40, "cafe\u{301} mit\n     ^^^");
        check("", "", 40, "\n^");
    }

    #[test]
    fn long_lines_are_cut_on_both_sides() {
        let line = format!("{}license: mit{}", "a".repeat(500_000), "b".repeat(500_000));
        let carets = format!("{}^^^", " ".repeat(18));
        check(&line, "mit", 30, &format!("…aaaaaaaalicense: mitbbbbbbbb…\n{carets}"));
        let mark = "x".repeat(100_000);
        check(&mark, &mark, 9, &format!("{}…\n{}", "x".repeat(7), "^".repeat(7)));
    }

    #[test]
    fn what_has_no_width_is_bounded_too() {
        let line = "e".to_owned() + &"\u{301}".repeat(500_000);
        assert!(Clip::of(&line, &(0..1), 20).text.chars().count() < 200);
    }
}
