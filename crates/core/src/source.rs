//! All text of a run, and places in it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Names one [`Source`] of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A byte range of one source. Always in bounds and on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source that it lies in.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `range` of `source`.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        let clip = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Self { source, start: clip(range.start), end: clip(range.end) }
    }

    /// The bytes as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of this span that `range`, counted from its start, covers.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> Self {
        let start = self.start as usize;
        Self::new(self.source, start + range.start..start + range.end)
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub at: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `at`.
    pub fn new(value: T, at: Span) -> Self {
        Self { value, at }
    }

    /// Another value, written at the same place.
    pub fn map<U>(self, to: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: to(self.value), at: self.at }
    }
}

/// One text: a scanned file, a license's terms, a policy, or the rendered header of a binary.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its number in [`Sources`].
    pub id: SourceId,
    /// Path relative to the scanned root with `/`, or the name of an embedded text.
    pub name: String,
    /// The text as it was read, byte order mark included.
    pub text: Cow<'static, str>,
    /// For the rendered header of a binary: where each rendered line and value comes from, as
    /// (offset in `text`, offset in the file), ascending. Empty for text files.
    pub origins: Vec<(u32, u64)>,
    /// How many bytes the file has, where that is more than was read.
    pub cut_at: Option<u64>,
}

impl Source {
    /// A text file.
    pub fn text(id: SourceId, name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Self {
        Self { id, name: name.into(), text: text.into(), origins: Vec::new(), cut_at: None }
    }

    /// A span of this source.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.id, range)
    }

    /// What is written at `span`; empty where the span does not fit.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The bytes of `span` in the file: for a rendered header counted from the start of the value
    /// that the span lies in, which is exact where nothing before it was escaped.
    pub fn file_range(&self, span: Span) -> (u64, u64) {
        let entry = self.origins.partition_point(|(at, _)| *at <= span.start);
        match entry.checked_sub(1).and_then(|it| self.origins.get(it)) {
            Some((at, offset)) => {
                let start = offset.saturating_add(span.start.saturating_sub(*at).into());
                (start, start.saturating_add(span.end.saturating_sub(span.start).into()))
            }
            None => (span.start.into(), span.end.into()),
        }
    }
}

/// Where a span is, for people: counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// Name of the source.
    pub path: &'a str,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// First byte in the file: the real file's where the source is a rendered header.
    pub start: u64,
    /// One past the last byte.
    pub end: u64,
}

/// Owns all text of a run. Numbers may have gaps: a source that said nothing is dropped.
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<SourceId, Source>);

impl Sources {
    /// No sources.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes `text` under the next free number.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> SourceId {
        let id = self.next();
        self.insert(Source::text(id, name, text));
        id
    }

    /// The number after the highest in use.
    pub fn next(&self) -> SourceId {
        SourceId(self.0.last_key_value().map_or(0, |(id, _)| id.0 + 1))
    }

    /// Takes a source that has its number already; a later one of the same number replaces it.
    pub fn insert(&mut self, source: Source) {
        self.0.insert(source.id, source);
    }

    /// The source of that number.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.0.get(&id)
    }

    /// All sources in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.0.values()
    }

    /// What is written at `span`; empty for a source that is not here.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).map_or("", |it| it.slice(span))
    }

    /// Where `span` is, for people.
    pub fn place(&self, span: Span) -> Option<Place<'_>> {
        let source = self.get(span.source)?;
        let (line, column) = line_and_column(&source.text, span.start as usize)?;
        let (start, end) = source.file_range(span);
        Some(Place { path: &source.name, line, column, start, end })
    }
}

/// Line and column of a byte of a text, both from 1, the column in characters; a byte order mark is
/// none. Nothing for what is no beginning of a character.
pub fn line_and_column(text: &str, at: usize) -> Option<(usize, usize)> {
    let before = text.get(..at)?;
    let line_start = before.rfind('\n').map_or(0, |it| it + 1);
    let line = before.bytes().filter(|it| *it == b'\n').count() + 1;
    Some((line, before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1))
}

/// Something that could not be read as it should; the rest was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub at: Span,
    /// What is wrong, in one clause.
    pub what: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// A problem at `at`, without advice.
    pub fn new(at: Span, what: impl Into<String>) -> Self {
        Self { at, what: what.into(), help: None }
    }
}
