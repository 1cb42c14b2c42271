//! Lines and columns of many spans: each source is indexed once, when first asked for.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use caveat_core::source::{Place, Source, SourceId, Sources, Span};

/// How many bytes lie between two counts of characters.
const STRIDE: usize = 4096;

/// Finds places for people in the sources of a run, in logarithmic time.
#[derive(Debug)]
pub struct Places<'a>(BTreeMap<SourceId, (&'a Source, OnceCell<Index>)>);

impl<'a> Places<'a> {
    /// The places of these sources.
    pub fn of(sources: &'a Sources) -> Self {
        Self(sources.iter().map(|it| (it.id, (it, OnceCell::new()))).collect())
    }

    /// Where `span` is; `None` where it fits no source.
    pub fn place(&self, span: Span) -> Option<Place<'a>> {
        let (source, index) = self.indexed(span.source)?;
        let at = span.start as usize;
        if !source.text.is_char_boundary(at) {
            return None;
        }
        let line = index.line_of(at);
        let line_start = index.starts[line].max(mark_length(&source.text)).min(at);
        let bytes = source.text.as_bytes();
        let (start, end) = source.file_range(span);
        Some(Place {
            path: &source.name,
            line: line + 1,
            column: index.characters(bytes, at) - index.characters(bytes, line_start) + 1,
            start,
            end,
        })
    }

    /// The source that `span` lies in.
    pub fn source(&self, span: Span) -> Option<&'a Source> {
        self.0.get(&span.source).map(|(source, _)| *source)
    }

    /// The text of a line, counted from 1, without its end, and its first byte.
    pub(crate) fn line(&self, id: SourceId, line: usize) -> Option<(usize, &'a str)> {
        let (source, index) = self.indexed(id)?;
        let start = *index.starts.get(line.checked_sub(1)?)?;
        let end = index.starts.get(line).copied().unwrap_or(source.text.len());
        let start = start.max(mark_length(&source.text)).min(end);
        Some((start, source.text.get(start..end)?.trim_end_matches(['\r', '\n'])))
    }

    fn indexed(&self, id: SourceId) -> Option<(&'a Source, &Index)> {
        let (source, index) = self.0.get(&id)?;
        Some((source, index.get_or_init(|| Index::of(&source.text))))
    }
}

/// Length of a byte order mark, which has no column.
fn mark_length(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Where lines begin in one text, and how many characters precede every [`STRIDE`]th byte.
#[derive(Debug)]
struct Index {
    starts: Vec<usize>,
    counts: Vec<usize>,
}

impl Index {
    fn of(text: &str) -> Self {
        let mut starts = vec![0];
        for (at, it) in text.bytes().enumerate() {
            if it == b'\n' {
                starts.push(at + 1);
            }
        }
        let mut counts = vec![0];
        for block in text.as_bytes().chunks(STRIDE) {
            counts.push(counts[counts.len() - 1] + count(block));
        }
        Self { starts, counts }
    }

    /// The line that byte `at` lies in, counted from 0.
    fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|it| *it <= at).saturating_sub(1)
    }

    /// How many characters begin before byte `at`.
    fn characters(&self, bytes: &[u8], at: usize) -> usize {
        let block = at / STRIDE;
        self.counts[block] + count(&bytes[block * STRIDE..at])
    }
}

/// How many characters begin in these bytes.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|it| (**it & 0xc0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use caveat_core::source::Sources;

    use super::{Places, STRIDE};

    #[test]
    fn places_are_those_that_a_scan_from_the_start_finds() {
        let long = "ä大\n".repeat(STRIDE) + &"ü".repeat(3 * STRIDE);
        for text in ["", "\n", "\u{feff}", "\u{feff}a\r\nü\tb\n", "no end", "\n\nend\n", &long] {
            let mut sources = Sources::new();
            let id = sources.add("it", text.to_owned());
            let places = Places::of(&sources);
            let step = (text.len() / 50).max(1);
            for start in (0..=text.len() + 2).step_by(step).chain([text.len()]) {
                let span = caveat_core::source::Span::new(id, start..start + 1);
                assert_eq!(places.place(span), sources.place(span), "{start} of {text:.20}");
            }
        }
    }

    #[test]
    fn a_line_comes_without_mark_and_end() {
        let mut sources = Sources::new();
        let id = sources.add("it", "\u{feff}one\r\ntwo\n");
        let places = Places::of(&sources);
        let lines: Vec<_> = (0..5).map(|it| places.line(id, it)).collect();
        assert_eq!(lines, [None, Some((3, "one")), Some((8, "two")), Some((12, "")), None]);
    }
}
