//! The lines of a source that a finding is about, with marks under the words that matter.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use caveat_core::source::{SourceId, Span};
use unicode_width::UnicodeWidthStr;

use crate::clip::Clip;
use crate::lines::Places;
use crate::paint::Ink;
use crate::plain::brief;
use crate::run::Look;
use crate::wrap::wrap;

/// How many lines away a related place may be and still share the snippet.
const NEAR: usize = 5;

/// Lines of one source with marks, ready to be written.
pub(crate) struct Snippet {
    source: SourceId,
    rows: BTreeMap<usize, Row>,
    room: usize,
}

/// One line.
struct Row {
    clip: Clip,
    marks: Vec<Mark>,
}

/// Words that are marked, in columns of the clip.
struct Mark {
    columns: Range<usize>,
    sign: &'static str,
    ink: Ink,
    label: String,
}

impl Snippet {
    /// The line where `at` begins, marked; `None` where there is no line to show: an empty
    /// source, or a span that stands for the whole of it.
    pub(crate) fn of(
        places: &Places<'_>,
        at: Span,
        label: &str,
        ink: Ink,
        look: &Look,
    ) -> Option<Self> {
        let number = places.place(at)?.line;
        if at.start == 0 && at.end == 0 {
            return None;
        }
        let widest = (number + NEAR).to_string().len();
        let room = look.width.saturating_sub(widest + 3).max(20);
        let (mut row, range) = Row::of(places, at, number, room)?;
        let columns = row.clip.columns(&range)?;
        row.marks.push(Mark { columns, sign: "^", ink, label: brief(label) });
        Some(Self { source: at.source, rows: BTreeMap::from([(number, row)]), room })
    }

    /// Marks a related place too, if it is near and free and its label fits beside it; `None`
    /// if not.
    pub(crate) fn relate(&mut self, places: &Places<'_>, at: Span, label: &str) -> Option<()> {
        let number = places.place(at)?.line;
        let is_near = self.rows.keys().any(|it| it.abs_diff(number) <= NEAR);
        if at.source != self.source || at.start == at.end || !is_near {
            return None;
        }
        let (fresh, range) = Row::of(places, at, number, self.room)?;
        let row = self.rows.get(&number).unwrap_or(&fresh);
        let columns = row.clip.columns(&range)?;
        let label = brief(label);
        let touches = |it: &Mark| it.columns.start < columns.end && columns.start < it.columns.end;
        if row.marks.iter().any(touches) || columns.end + 1 + label.width() > self.room {
            return None;
        }
        let mark = Mark { columns, sign: "-", ink: Ink::Frame, label };
        self.rows.entry(number).or_insert(fresh).marks.push(mark);
        Some(())
    }

    /// Columns of the line numbers.
    pub(crate) fn gutter(&self) -> usize {
        self.rows.last_key_value().map_or(1, |(number, _)| number.to_string().len())
    }

    /// Writes the lines below an empty one, as `rustc` does.
    pub(crate) fn write(
        &self,
        places: &Places<'_>,
        look: &Look,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let blank = look.paint(Ink::Frame, &format!("{:1$} |", "", self.gutter()));
        writeln!(out, "{blank}")?;
        let mut last = None;
        for (number, row) in &self.rows {
            match last.map(|it| number - it) {
                Some(2) => self.write_between(places, look, number - 1, out)?,
                Some(3..) => writeln!(out, "{}", look.paint(Ink::Frame, "..."))?,
                Some(0 | 1) | None => {}
            }
            self.write_line(look, *number, &row.clip.text, out)?;
            for mark in &row.marks {
                mark.write(look, &blank, self.room, out)?;
            }
            last = Some(*number);
        }
        Ok(())
    }

    fn write_between(
        &self,
        places: &Places<'_>,
        look: &Look,
        number: usize,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let line = places.line(self.source, number).map_or("", |(_, line)| line);
        self.write_line(look, number, &Clip::of(line, &(0..0), self.room).text, out)
    }

    fn write_line(
        &self,
        look: &Look,
        number: usize,
        text: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let number = look.paint(Ink::Frame, &format!("{number:>0$} |", self.gutter()));
        writeln!(out, "{number}{}{text}", if text.is_empty() { "" } else { " " })
    }
}

impl Row {
    /// The part of line `number` round `at`, and where in the line `at` is.
    fn of(
        places: &Places<'_>,
        at: Span,
        number: usize,
        room: usize,
    ) -> Option<(Self, Range<usize>)> {
        let (line_start, line) = places.line(at.source, number)?;
        let start = (at.start as usize).saturating_sub(line_start).min(line.len());
        let end = (at.end as usize).saturating_sub(line_start).clamp(start, line.len());
        let range = start..if line.is_char_boundary(end) { end } else { line.len() };
        if line.trim().is_empty() {
            return None;
        }
        Some((Self { clip: Clip::of(line, &range, room), marks: Vec::new() }, range))
    }
}

impl Mark {
    /// Writes the signs, and the label beside them or, where it is too wide, below.
    fn write(&self, look: &Look, blank: &str, room: usize, out: &mut dyn Write) -> io::Result<()> {
        let Range { start, end } = self.columns;
        let signs = self.sign.repeat(end - start);
        let width = self.label.width();
        if self.label.is_empty() || end + 1 + width <= room {
            let gap = if self.label.is_empty() { "" } else { " " };
            let marked = look.paint(self.ink, &format!("{signs}{gap}{}", self.label));
            return writeln!(out, "{blank} {:start$}{marked}", "");
        }
        writeln!(out, "{blank} {:start$}{}", "", look.paint(self.ink, &signs))?;
        let start = start.min(room.saturating_sub(width));
        for line in wrap(&self.label, room - start) {
            writeln!(out, "{blank} {:start$}{}", "", look.paint(self.ink, &line))?;
        }
        Ok(())
    }
}
