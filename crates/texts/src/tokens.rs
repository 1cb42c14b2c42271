//! Turns a text into the words that matter, each with its place.

use crate::margins::{list_number_len, mark_len};
use crate::notices::{inner_notice_len, notice_len};
use crate::spelling::{folded_hash, word_hash};

/// Raised whenever the same text would give other words, which makes stored fingerprints useless.
pub(crate) const READING: u32 = 3;

/// At most this many bytes of a text are looked at.
pub(crate) const MOST_BYTES: usize = 4 << 20;
/// At most this many words of a text are looked at.
pub(crate) const MOST_TOKENS: usize = 800_000;
const LONGEST_WORD: usize = 64;

/// A word of a text, reduced to what is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// The word, folded.
    pub(crate) hash: u32,
    /// The byte at which it starts.
    pub(crate) start: u32,
    /// The byte after it.
    pub(crate) end: u32,
    /// Whether a copyright notice, which gives no words, stands right before it.
    pub(crate) after_notice: bool,
}

/// The words of a text, without notices, list numbers, links, tags and comment marks.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    read(text, if text.starts_with(RTF) { Manner::Rich } else { Manner::Usual })
}

/// The words of a part of a text, with the notices and numbers that may be words of a sentence.
pub(crate) fn plain_tokens(part: &str) -> Vec<Token> {
    read(part, Manner::Plain)
}

fn read(text: &str, manner: Manner) -> Vec<Token> {
    let mut end = text.len().min(MOST_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut walk = Walk {
        text: &text[..end],
        at: 0,
        notice: false,
        opens: true,
        manner,
        word: String::new(),
        tokens: Vec::new(),
    };
    walk.enter_line();
    while walk.at < walk.text.len() && walk.tokens.len() < MOST_TOKENS {
        walk.step();
    }
    walk.tokens
}

/// How a text in rich text format begins.
const RTF: &str = "{\\rtf";

/// How a text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Usual,
    /// Notices and list numbers are read as words.
    Plain,
    /// A backslash begins a control word.
    Rich,
}

struct Walk<'t> {
    text: &'t str,
    at: usize,
    notice: bool,
    /// Whether a sentence or line begins at `at`.
    opens: bool,
    manner: Manner,
    /// The word being read; kept so that its memory is.
    word: String,
    tokens: Vec<Token>,
}

impl<'t> Walk<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn step(&mut self) {
        let Some(next) = self.rest().chars().next() else { return };
        match next {
            '\n' | '\r' => {
                self.at += 1;
                self.enter_line();
            }
            '\\' if self.manner == Manner::Rich => self.at += control_len(self.rest()),
            '<' => self.at += tag_len(self.rest()).unwrap_or(1),
            '&' => self.at += entity_len(self.rest()).unwrap_or(1),
            '[' => self.at += blank_len(self.rest()).unwrap_or(1),
            '{' => self.at += braces_len(self.rest()).unwrap_or(1),
            _ if is_ideograph(next) => {
                let start = self.at;
                self.at += next.len_utf8();
                self.push(word_hash(&self.text.as_bytes()[start..self.at]), start);
            }
            _ if next.is_alphanumeric() => self.word(),
            _ => {
                self.opens |= matches!(next, '.' | ':' | ';' | '(');
                self.at += next.len_utf8();
            }
        }
    }

    fn enter_line(&mut self) {
        self.at += mark_len(self.line());
        self.opens |= self.tokens.is_empty()
            || self.last_byte_was(|it| matches!(it, b'.' | b':' | b';' | b','))
            || self.rest().starts_with(['\n', '\r']);
        let notice = if self.manner == Manner::Plain { 0 } else { notice_len(self.line()) };
        if notice > 0 {
            self.at += notice;
            self.notice = true;
        }
    }

    /// The rest of the line, as far as marks and notices may reach: a line may be as long as the text.
    fn line(&self) -> &'t str {
        const FAR: usize = 1000;
        let rest = self.rest();
        let mut end = rest.len().min(FAR);
        end = rest.as_bytes()[..end].iter().position(|it| *it == b'\n').unwrap_or(end);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        &rest[..end]
    }

    fn last_byte_was(&self, wanted: fn(u8) -> bool) -> bool {
        let last = self.tokens.last().map_or(0, |it| it.end as usize);
        self.text.as_bytes().get(last).is_some_and(|it| wanted(*it))
    }

    fn word(&mut self) {
        if self.manner != Manner::Plain && self.pass_number_or_notice() {
            return;
        }
        self.opens = false;
        let start = self.at;
        self.word.clear();
        self.at += read_word(self.rest(), &mut self.word);
        let is_scheme = matches!(self.word.as_str(), "http" | "https" | "ftp");
        if is_scheme && self.rest().starts_with("://") || self.word.starts_with("www.") {
            self.at += link_len(self.rest());
            return;
        }
        // The possessive: "licensor's" is also written "licensors'", "licensor s" and "licensor`s".
        if self.word != "s" {
            self.push(folded_hash(&self.word), start);
        }
    }

    /// Passes what gives no words although it begins like one.
    fn pass_number_or_notice(&mut self) -> bool {
        let number = list_number_len(self.rest(), self.opens || self.at_line_head());
        if number > 0 && !self.after_version_word() {
            self.at += number;
            return true;
        }
        let begins = self.rest().starts_with(['c', 'C']);
        let notice = if begins { inner_notice_len(self.line()) } else { 0 };
        self.at += notice;
        self.notice |= notice > 0;
        notice > 0
    }

    fn at_line_head(&self) -> bool {
        let head = self.text[..self.at].trim_end_matches([' ', '\t', '*', '#', '-', '/', ';']);
        head.is_empty() || head.ends_with('\n')
    }

    /// "Version 2." keeps its number even where the sentence ends with it.
    fn after_version_word(&self) -> bool {
        const WORDS: [u32; 3] = [word_hash(b"version"), word_hash(b"v"), word_hash(b"llama")];
        self.tokens.last().is_some_and(|it| WORDS.contains(&it.hash)) && !self.opens
    }

    fn push(&mut self, hash: u32, start: usize) {
        // The walk ends at MOST_BYTES, far below what 32 bits hold.
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let token =
            Token { hash, start: place(start), end: place(self.at), after_notice: self.notice };
        self.notice = false;
        self.tokens.push(token);
        self.drop_reservation();
    }

    /// "All rights reserved" says nothing in any license; a notice that was wrapped may have its beginning.
    fn drop_reservation(&mut self) {
        const WORDS: [u32; 3] = [word_hash(b"all"), word_hash(b"rights"), word_hash(b"reserved")];
        if self.tokens.last().is_none_or(|it| it.hash != WORDS[2]) {
            return;
        }
        for len in 1..=WORDS.len() {
            let Some(kept) = self.tokens.len().checked_sub(len) else { return };
            let tail = &self.tokens[kept..];
            let is_said = tail.iter().map(|it| &it.hash).eq(&WORDS[WORDS.len() - len..]);
            if is_said && (len == WORDS.len() || tail[0].after_notice) {
                self.notice |= tail[0].after_notice;
                self.tokens.truncate(kept);
                return;
            }
        }
    }
}

/// Reads one word, lower-cased into `word`, and tells how many bytes it took.
fn read_word(rest: &str, word: &mut String) -> usize {
    let mut at = 0;
    while let Some(next) = rest[at..].chars().next() {
        let after = &rest[at + next.len_utf8()..];
        let goes_on = after.starts_with(char::is_alphanumeric);
        match next {
            _ if next.is_ascii_alphanumeric() => word.push(next.to_ascii_lowercase()),
            _ if is_ideograph(next) => break,
            _ if next.is_alphanumeric() => word.extend(next.to_lowercase()),
            '\'' | '’' | '`' | '´' | 'ʼ' if is_possessive(after) => break,
            '\'' | '’' | '`' | '´' | 'ʼ' | '-' | '‐' | '‑' | '\u{ad}' if goes_on => {}
            '-' | '‐' | '\u{ad}' if !goes_on => match broken_word_len(after) {
                Some(len) => at += len,
                None => break,
            },
            '.' if goes_on && is_number_inside(word, after) => word.push('.'),
            _ => break,
        }
        at += next.len_utf8();
        if word.len() >= LONGEST_WORD {
            break;
        }
    }
    at
}

fn is_possessive(after: &str) -> bool {
    after.strip_prefix(['s', 'S']).is_some_and(|it| !it.starts_with(char::is_alphanumeric))
}

fn is_number_inside(word: &str, after: &str) -> bool {
    word == "www"
        || word.ends_with(|it: char| it.is_ascii_digit())
            && after.starts_with(|it: char| it.is_ascii_digit())
}

/// After a hyphen at the end of a line: the bytes up to the rest of the word.
fn broken_word_len(after: &str) -> Option<usize> {
    let line_end = bounded_find(after, '\n', 40)?;
    if !after[..line_end].trim().is_empty() {
        return None;
    }
    let next = &after[line_end + 1..];
    let len = line_end + 1 + mark_len(&next[..next.find('\n').unwrap_or(next.len())]);
    after[len..].starts_with(|it: char| it.is_ascii_lowercase()).then_some(len)
}

/// Characters of scripts that put no blanks between words: each is a word of its own.
fn is_ideograph(it: char) -> bool {
    matches!(it, '\u{2e80}'..='\u{2fdf}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The length of `<tag …>`, of a `<blank to fill in>` or of a link in angle brackets.
fn tag_len(rest: &str) -> Option<usize> {
    let inner = rest.get(1..)?;
    inner.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/').then_some(())?;
    let end = bounded_find(inner, '>', 200)?;
    (!inner[..end].contains("\n\n")).then_some(end + 2)
}

/// The length of a control word such as `\par` or `\fs24`, of an escaped byte, and of a name in a table of fonts.
fn control_len(rest: &str) -> usize {
    const TABLES: [&str; 4] = ["\\fonttbl", "\\colortbl", "\\info", "\\*"];
    if TABLES.iter().any(|it| rest.starts_with(it)) {
        return bounded_find(rest, '}', 2000).map_or(1, |it| it + 1);
    }
    let bytes = rest.as_bytes();
    let count =
        |from: usize, is: fn(&u8) -> bool| bytes[from..].iter().take_while(|it| is(it)).count();
    let letters = count(1, u8::is_ascii_alphabetic);
    if letters == 0 {
        let is_byte = rest.get(1..4).is_some_and(|it| it.starts_with('\''));
        return if is_byte { 4 } else { 1 };
    }
    let sign = usize::from(bytes.get(1 + letters) == Some(&b'-'));
    let digits = count(1 + letters + sign, u8::is_ascii_digit);
    let end = 1 + letters + if digits > 0 { sign + digits } else { 0 };
    end + usize::from(bytes.get(end) == Some(&b' '))
}

fn entity_len(rest: &str) -> Option<usize> {
    let end = bounded_find(rest, ';', 10)?;
    rest[1..end].bytes().all(|it| it.is_ascii_alphanumeric() || it == b'#').then_some(end + 1)
}

/// The length of a bracketed blank such as `[yyyy]`; other brackets hold text.
fn blank_len(rest: &str) -> Option<usize> {
    const OPENINGS: [&str; 10] = [
        "year",
        "yyyy",
        "name",
        "fullname",
        "full name",
        "owner",
        "copyright",
        "insert",
        "date",
        "project",
    ];
    let end = bounded_find(rest, ']', 80)?;
    let inner = rest[1..end].to_ascii_lowercase();
    let is_link = rest[end + 1..].starts_with('(');
    (!is_link && OPENINGS.iter().any(|it| inner.starts_with(it))).then_some(end + 1)
}

fn braces_len(rest: &str) -> Option<usize> {
    rest.starts_with("{{").then_some(())?;
    let end = bounded_find(rest, '}', 80)?;
    Some(end + 1)
}

fn bounded_find(text: &str, wanted: char, within: usize) -> Option<usize> {
    text.char_indices().take(within).find(|it| it.1 == wanted).map(|it| it.0)
}

fn link_len(rest: &str) -> usize {
    rest.find(|it: char| it.is_whitespace() || matches!(it, '<' | '>' | ')' | ']' | '"' | '\''))
        .unwrap_or(rest.len())
}
