//! The code of a notebook, and where in the file each part of it stands.
//!
//! The file is not parsed as a whole: notebooks are often cut, and their outputs are large.

use std::ops::Range;

use super::found::Found;
use super::tokens::FORM_FEED;

/// The code cells of a notebook as one program.
#[derive(Default)]
pub(super) struct Code {
    /// The program. Between cells stands a form feed.
    pub(super) text: String,
    /// Where runs of the program stand in the file: (offset here, offset there), ascending.
    runs: Vec<(usize, usize)>,
}

/// The code of the notebook `file`.
pub(super) fn code(file: &str) -> Code {
    let mut scan = Scan { file, at: 0, open: Vec::new(), key: None, code: Code::default() };
    while scan.at < file.len() {
        scan.step();
    }
    scan.code
}

impl Code {
    /// What was found in the program, with its place in the file.
    pub(super) fn in_file(&self, it: Found) -> Found {
        let revision = it.revision.map(|(text, at)| (text, self.place(at)));
        Found { at: self.place(it.at), revision, ..it }
    }

    fn place(&self, range: Range<usize>) -> Range<usize> {
        let of = |at: usize| {
            let index = self.runs.partition_point(|(here, _)| *here <= at);
            let (here, there) = index.checked_sub(1).map_or((0, 0), |it| self.runs[it]);
            there + (at - here)
        };
        let start = of(range.start);
        // The end belongs to the last character, not to what comes after it.
        let end = if range.is_empty() { start } else { of(range.end - 1) + 1 };
        start..end.max(start)
    }

    fn push(&mut self, text: &str, there: usize) {
        self.runs.push((self.text.len(), there));
        self.text.push_str(text);
    }
}

/// An object that is open: what it says of being a cell.
#[derive(Default)]
struct Cell {
    is_code: Option<bool>,
    /// The strings of its source, without their quotes.
    source: Vec<Range<usize>>,
    is_object: bool,
}

struct Scan<'t> {
    file: &'t str,
    at: usize,
    open: Vec<Cell>,
    /// The key whose value comes next, and how many brackets were open when it was read.
    key: Option<(&'t str, usize)>,
    code: Code,
}

impl Scan<'_> {
    fn step(&mut self) {
        match self.file.as_bytes()[self.at] {
            b'"' => return self.string(),
            b'{' => self.open.push(Cell { is_object: true, ..Cell::default() }),
            b'[' => self.open.push(Cell::default()),
            b'}' | b']' => self.close(),
            b',' if self.key.is_some_and(|(_, depth)| depth == self.open.len()) => self.key = None,
            _ => {}
        }
        self.at += 1;
    }

    fn close(&mut self) {
        let Some(cell) = self.open.pop() else { return };
        if self.key.is_some_and(|(_, depth)| depth > self.open.len()) {
            self.key = None;
        }
        if cell.is_code != Some(true) {
            return;
        }
        for range in cell.source {
            self.decode(range);
        }
        let there = self.at;
        self.code.push("\u{c}", there);
    }

    fn string(&mut self) {
        let start = self.at + 1;
        let bytes = self.file.as_bytes();
        let mut end = start;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let end = end.min(bytes.len());
        self.at = end + 1;
        let Some(text) = self.file.get(start..end) else { return };
        let next = bytes[self.at.min(bytes.len())..].iter().find(|it| !it.is_ascii_whitespace());
        if next == Some(&b':') && self.open.last().is_some_and(|it| it.is_object) {
            self.key = Some((text, self.open.len()));
            return;
        }
        let Some((key, depth)) = self.key else { return };
        let inside = self.open.len() - depth.min(self.open.len());
        let Some(cell) = depth.checked_sub(1).and_then(|it| self.open.get_mut(it)) else { return };
        match key {
            "cell_type" if inside == 0 => cell.is_code = Some(text == "code"),
            "source" | "input" if inside <= 1 => cell.source.push(start..end),
            _ => {}
        }
    }

    /// Takes the string at `range` of the file over into the program, without its escapes.
    fn decode(&mut self, range: Range<usize>) {
        let text = &self.file[range.clone()];
        let mut from = 0;
        while let Some(slash) = text[from..].find('\\').map(|it| it + from) {
            self.code.push(&text[from..slash], range.start + from);
            let escape = text[slash + 1..].chars().next().unwrap_or(' ');
            let mut after = slash + 1 + escape.len_utf8();
            let meant = match escape {
                'n' => '\n',
                't' => '\t',
                'r' | 'b' | 'f' => ' ',
                'u' => {
                    let digits = text.get(after..after + 4);
                    let code = digits.and_then(|it| u32::from_str_radix(it, 16).ok());
                    after += if digits.is_some() { 4 } else { 0 };
                    code.and_then(char::from_u32).unwrap_or('\u{fffd}')
                }
                it => it,
            };
            let meant = if meant == char::from(FORM_FEED) { ' ' } else { meant };
            self.code.push(meant.encode_utf8(&mut [0; 4]), range.start + slash);
            from = after.min(text.len());
        }
        self.code.push(&text[from..], range.start + from);
    }
}
