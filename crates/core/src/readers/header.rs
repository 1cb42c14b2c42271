//! The lines of a rendered header: written here, and read back with their places.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use crate::readers::bytes::Bytes;
use crate::reading::{Header, HeaderError, Ranges};
use crate::source::{Problem, Source, Spanned};

/// How much of one value is rendered.
pub(super) const VALUE_LIMIT: usize = 64 * 1024;

/// How much text a header may become.
const TEXT_LIMIT: usize = 4 * 1024 * 1024;

/// Begins a remark that says what could not be read.
const PROBLEM: &str = "# problem: ";

/// Begins the small text that git-lfs leaves in place of a file that was not fetched.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/v1";

/// What a pointer file holds instead of a header, rendered; nothing for any other file.
pub(super) fn pointer(ranges: &mut dyn Ranges) -> Option<Header> {
    if ranges.len() > 1024 {
        return None;
    }
    let count = ranges.len();
    let bytes = Bytes::new(ranges).take_many(count).ok().filter(|it| it.starts_with(POINTER))?;
    let mut header = Header::default();
    let mut offset = 0;
    for line in String::from_utf8_lossy(&bytes).split_inclusive('\n') {
        if let Some((key @ ("oid" | "size"), value)) = line.trim_end().split_once(' ') {
            header.string(&format!("git-lfs.{key}"), offset, value, offset + key.len() as u64 + 1);
        }
        offset += line.len() as u64;
    }
    let what = "the bytes are not here: git-lfs pointer";
    header.problem(&HeaderError { what: what.into(), offset: 0 });
    Some(header)
}

/// Renders a file with `file`, which says what it could not read; a pointer stands for itself.
pub(super) fn rendered(
    ranges: &mut dyn Ranges,
    file: fn(Bytes<'_>, &mut Header) -> Result<(), HeaderError>,
) -> Header {
    if let Some(pointer) = pointer(ranges) {
        return pointer;
    }
    let mut rendered = Header::default();
    let bytes = Bytes::sparse(ranges);
    let done = if bytes.left() == 0 {
        Err(bytes.error("the file is empty"))
    } else {
        file(bytes, &mut rendered)
    };
    if let Err(error) = done {
        rendered.problem(&error);
    }
    rendered
}

impl Header {
    /// Whether as much was rendered as ever is.
    pub(super) fn is_full(&self) -> bool {
        self.text.len() >= TEXT_LIMIT
    }

    /// A line `key = "value"`; the key and the value lie at these offsets in the file.
    pub(super) fn string(&mut self, key: &str, key_at: u64, value: &str, value_at: u64) {
        self.key(key, key_at);
        self.value(value, value_at);
        self.text.push('\n');
    }

    /// A line `key = "value"` of a value that had `left_out` bytes more, which a remark says.
    pub(super) fn cut_string(&mut self, key: (&str, u64), value: (&str, u64), left_out: u64) {
        self.string(key.0, key.1, value.0, value.1);
        if left_out > 0 {
            self.remark(&format!("{}: {left_out} bytes more", key.0), value.1);
        }
    }

    /// A line `key = ["one", "two"]`, each value with its offset in the file.
    pub(super) fn list(&mut self, key: &str, key_at: u64, values: &[(String, u64)]) {
        self.key(key, key_at);
        self.text.push('[');
        for (index, (value, at)) in values.iter().enumerate() {
            self.text.push_str(if index == 0 { "" } else { ", " });
            self.value(value, *at);
        }
        self.text.push_str("]\n");
    }

    /// A line `key = 7`.
    pub(super) fn number(&mut self, key: &str, key_at: u64, value: &str, value_at: u64) {
        self.key(key, key_at);
        self.origin(value_at);
        self.text.push_str(value);
        self.text.push('\n');
    }

    /// A remark, about the bytes at `offset`.
    pub(super) fn remark(&mut self, what: &str, offset: u64) {
        self.origin(offset);
        self.text.push_str("# ");
        self.escaped(what);
        self.text.push('\n');
    }

    /// A remark that says what could not be read.
    pub(super) fn problem(&mut self, error: &HeaderError) {
        self.origin(error.offset);
        self.text.push_str(PROBLEM);
        self.escaped(&error.what);
        self.text.push('\n');
    }

    fn origin(&mut self, offset: u64) {
        let at = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.origins.push((at, offset));
    }

    fn key(&mut self, key: &str, offset: u64) {
        self.origin(offset);
        let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '-');
        if !key.is_empty() && key.chars().all(plain) {
            self.text.push_str(key);
        } else {
            self.text.push('"');
            self.escaped(key);
            self.text.push('"');
        }
        self.text.push_str(" = ");
    }

    fn value(&mut self, value: &str, offset: u64) {
        self.text.push('"');
        self.origin(offset);
        self.escaped(value);
        self.text.push('"');
    }

    fn escaped(&mut self, value: &str) {
        for it in value.chars() {
            match it {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                it if it.is_control() => {
                    let _ = write!(self.text, "\\u{:04X}", u32::from(it));
                }
                it => self.text.push(it),
            }
        }
    }
}

/// One rendered line.
#[derive(Debug)]
pub(super) struct Entry {
    /// What stands before the `=`.
    pub(super) key: Spanned<String>,
    /// The value, or the values of a list; never quoted or escaped, but the places are of the
    /// text as it was rendered.
    pub(super) values: Vec<Spanned<String>>,
}

/// The lines of a rendered header, and what rendering could not read.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// In the order of the file.
    pub(super) entries: Vec<Entry>,
    /// Remarks that are problems, and keys that are written twice.
    pub(super) problems: Vec<Problem>,
}

impl Lines {
    /// All values of `key` that say something, in the order of the file.
    pub(super) fn all(&self, key: &str) -> impl Iterator<Item = &Spanned<String>> {
        self.entries.iter().filter(move |it| it.key.value == key).flat_map(Entry::said)
    }

    /// The first value of `key` that says something.
    pub(super) fn first(&self, key: &str) -> Option<&Spanned<String>> {
        self.all(key).next()
    }
}

impl Entry {
    /// The values, without those that writers put where they know nothing.
    pub(super) fn said(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.values.iter().filter(|it| !matches!(it.value.trim(), "" | "None" | "null"))
    }
}

/// Reads rendered lines back.
pub(super) fn lines(source: &Source) -> Lines {
    let mut found = Lines::default();
    let mut seen = BTreeSet::new();
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let content = line.trim_end_matches('\n');
        let at = source.span(start..start + content.len());
        if let Some(what) = content.strip_prefix(PROBLEM) {
            let what = unescaped(what);
            let help = what.contains("git-lfs").then(|| "fetch it with `git lfs pull`".to_owned());
            found.problems.push(Problem { at, what, help });
        } else if let Some(entry) = entry(source, content, start) {
            if !seen.insert(entry.key.value.clone()) {
                let what = format!("`{}` is written more than once", entry.key.value);
                found.problems.push(Problem::new(entry.key.at, what));
            }
            found.entries.push(entry);
        }
        start += line.len();
    }
    found
}

fn entry(source: &Source, line: &str, start: usize) -> Option<Entry> {
    let (key, mut at) = if line.starts_with('"') {
        let inner = quoted(line, 0)?;
        (inner.clone(), inner.end + 1)
    } else {
        let end = line.find(" = ").filter(|_| !line.starts_with('#'))?;
        (0..end, end)
    };
    let spanned = |range: Range<usize>| {
        let at = source.span(start + range.start..start + range.end);
        Spanned::new(unescaped(&line[range]), at)
    };
    at += line.get(at..)?.strip_prefix(" = ").map(|_| 3)?;
    let mut values = Vec::new();
    match line.as_bytes().get(at) {
        Some(b'"') => values.push(spanned(quoted(line, at)?)),
        Some(b'[') => {
            while let Some(range) = quoted(line, at + 1) {
                at = range.end + 2;
                values.push(spanned(range));
            }
        }
        Some(_) => values.push(spanned(at..line.len())),
        None => return None,
    }
    Some(Entry { key: spanned(key), values })
}

/// What lies between the quote at or one after `at` and the quote that closes it.
fn quoted(line: &str, at: usize) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    let start = (at..=at + 1).find(|it| bytes.get(*it) == Some(&b'"'))? + 1;
    let mut end = start;
    loop {
        match bytes.get(end)? {
            b'"' => return Some(start..end),
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(it) = rest.next() {
        match (it == '\\').then(|| rest.next()).flatten() {
            None => plain.push(it),
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('t') => plain.push('\t'),
            Some('u') => {
                let code: String = rest.by_ref().take(4).collect();
                plain.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            Some(it) => plain.push(it),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn what_is_rendered_reads_back_whatever_it_holds() {
        let hostile = "a\" = \"b\\\n# problem: x\r\t\u{1b}[31m \u{2028}ü";
        let mut header = Header::default();
        header.string(hostile, 1, hostile, 2);
        header.list("general.tags", 3, &[("x, y".into(), 4), (String::new(), 5)]);
        header.number("general.file_type", 6, "15", 7);
        header.remark(hostile, 8);
        header.problem(&HeaderError { what: "no\n".into(), offset: 9 });
        header.string("general.file_type", 10, "again", 11);
        let source = header.into_source(SourceId(0), "x.gguf");

        let found = lines(&source);
        let all: Vec<(&str, Vec<&str>)> = found
            .entries
            .iter()
            .map(|it| {
                (it.key.value.as_str(), it.values.iter().map(|it| it.value.as_str()).collect())
            })
            .collect();
        assert_eq!(
            all,
            [
                (hostile, vec![hostile]),
                ("general.tags", vec!["x, y", ""]),
                ("general.file_type", vec!["15"]),
                ("general.file_type", vec!["again"]),
            ]
        );
        let problems: Vec<&str> = found.problems.iter().map(|it| it.what.as_str()).collect();
        assert_eq!(problems, ["no\n", "`general.file_type` is written more than once"]);
        assert_eq!(source.slice(found.entries[1].values[0].at), "x, y");
    }
}
