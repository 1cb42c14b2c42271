//! The commands of a shell script and their words.

use std::ops::Range;

use crate::value::boundary;

/// One word of a command, without the quotes around it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    /// Where it is written.
    pub(super) at: Range<usize>,
    /// It is a text that the command is given to read, after `<<`.
    pub(super) is_document: bool,
}

/// The words of each command in `text`.
pub(super) fn commands(text: &str) -> Vec<Vec<Word>> {
    let mut split =
        Split { text, at: 0, commands: Vec::new(), words: Vec::new(), ends: Vec::new() };
    while split.at < text.len() {
        split.step();
    }
    split.end();
    split.commands
}

struct Split<'t> {
    text: &'t str,
    at: usize,
    commands: Vec<Vec<Word>>,
    words: Vec<Word>,
    /// Words that end the documents which begin after this line.
    ends: Vec<&'t str>,
}

impl Split<'_> {
    fn step(&mut self) {
        let bytes = self.text.as_bytes();
        match bytes[self.at] {
            b'\n' => {
                self.at += 1;
                if self.ends.is_empty() {
                    self.end();
                } else {
                    self.documents();
                }
            }
            b'#' if self.at == 0 || bytes[self.at - 1].is_ascii_whitespace() => {
                self.at += bytes[self.at..]
                    .iter()
                    .position(|it| *it == b'\n')
                    .unwrap_or(bytes.len() - self.at);
            }
            b'\\' if self.text[self.at + 1..].starts_with('\n') => self.at += 2,
            b'\\' if self.text[self.at + 1..].starts_with("\r\n") => self.at += 3,
            b'<' if self.text[self.at..].starts_with("<<<") => self.at += 3,
            b'<' if self.text[self.at..].starts_with("<<") => self.document_mark(),
            b';' | b'|' | b'&' | b'(' | b')' | b'`' => {
                self.at += 1;
                self.end();
            }
            it if it.is_ascii_whitespace() || b"<>,[]".contains(&it) => self.at += 1,
            _ => self.word(),
        }
    }

    fn end(&mut self) {
        if !self.words.is_empty() {
            self.commands.push(std::mem::take(&mut self.words));
        }
    }

    fn word(&mut self) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'"' | b'\'' => self.quoted(*byte),
                b'$' if bytes.get(self.at + 1) == Some(&b'{') => self.skip_to(b'}'),
                b'\\' => self.skip_char(2),
                b';' | b'|' | b'&' | b'(' | b')' | b'<' | b'>' | b'`' => break,
                it if it.is_ascii_whitespace() => break,
                // The words of a list: `["vllm","serve"]`.
                b',' | b']' if self.at > start && b"\"'".contains(&bytes[self.at - 1]) => break,
                _ => self.skip_char(1),
            }
        }
        let word = &self.text[start..self.at];
        let quote = word.chars().next().filter(|it| matches!(it, '"' | '\''));
        let inner = quote.and_then(|it| word.strip_prefix(it)?.strip_suffix(it));
        let at = match inner {
            Some(inner) => start + 1..start + 1 + inner.len(),
            None => start..self.at,
        };
        self.words.push(Word { at, is_document: false });
    }

    fn skip_char(&mut self, count: usize) {
        let rest = self.text[self.at..].chars().take(count);
        self.at += rest.map(char::len_utf8).sum::<usize>();
    }

    fn skip_to(&mut self, end: u8) {
        let rest = &self.text.as_bytes()[self.at..];
        let line = rest.iter().position(|it| *it == end || *it == b'\n');
        self.at += line.map_or(rest.len(), |it| it + usize::from(rest[it] == end));
    }

    fn quoted(&mut self, quote: u8) {
        let bytes = self.text.as_bytes();
        self.at += 1;
        while let Some(byte) = bytes.get(self.at) {
            if *byte == quote {
                self.at += 1;
                return;
            }
            self.skip_char(if *byte == b'\\' && quote == b'"' { 2 } else { 1 });
        }
    }

    fn document_mark(&mut self) {
        // A mark is short, and a line may be as long as the file.
        const LONGEST: usize = 100;
        self.at += 2;
        let rest = &self.text[self.at..boundary(self.text, self.at + LONGEST)];
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let mark = line.trim_start_matches('-').trim_start();
        let mark = mark.trim_start_matches(['"', '\'', '\\']);
        let length = mark.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(mark.len());
        let end = &mark[..length];
        let passed = line.len() - mark.len() + length;
        let quoted = mark[length..].starts_with(['"', '\'']);
        self.at += passed + usize::from(quoted);
        if !end.is_empty() {
            self.ends.push(end);
        }
    }

    /// The texts that the command before this line reads, each up to the line that ends it.
    fn documents(&mut self) {
        for end in std::mem::take(&mut self.ends) {
            let start = self.at;
            let mut stop = self.text.len();
            for line in self.text[start..].split_inclusive('\n') {
                let from = self.at;
                self.at += line.len();
                if line.trim() == end {
                    stop = from;
                    break;
                }
            }
            self.words.push(Word { at: start..stop, is_document: true });
        }
        self.end();
    }
}
