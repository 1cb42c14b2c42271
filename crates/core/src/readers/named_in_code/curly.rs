//! Rust, JavaScript and TypeScript into words, strings and marks.

use super::tokens::{Cursor, Shape, Token, is_word};

/// Which of the languages with curly brackets a program is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// Rust.
    Rust,
    /// JavaScript or TypeScript.
    Script,
}

/// The pieces of a program.
pub(super) fn tokens(text: &str, language: Language) -> Vec<Token> {
    let cursor = Cursor::new(text);
    let mut lexer = Lexer { cursor, text, language, tokens: Vec::new(), open: Vec::new() };
    while let Some(byte) = lexer.cursor.byte(0) {
        lexer.step(byte);
    }
    lexer.tokens
}

struct Lexer<'t> {
    cursor: Cursor<'t>,
    text: &'t str,
    language: Language,
    tokens: Vec<Token>,
    /// Brackets that are open. A line ends a statement of a script only between curly ones.
    open: Vec<u8>,
}

impl Lexer<'_> {
    fn step(&mut self, byte: u8) {
        let next = self.cursor.byte(1);
        match (byte, next) {
            (b'/', Some(b'/')) => drop(self.cursor.skip_line()),
            (b'/', Some(b'*')) => self.comment(),
            (b'/', _) if self.language == Language::Script && self.is_pattern() => self.pattern(),
            (b'\n', _) => {
                let inside = self.open.last().is_none_or(|it| *it == b'{');
                if self.language == Language::Script && inside {
                    self.end();
                }
                self.cursor.at += 1;
            }
            (b';', _) => {
                self.end();
                self.cursor.at += 1;
            }
            (it, _) if it.is_ascii_whitespace() => self.cursor.at += 1,
            (b'"', _) => self.string("\"", self.language == Language::Rust, false),
            (b'\'', _) if self.language == Language::Rust => self.tick(),
            (b'\'', _) => self.string("'", false, false),
            (b'`', _) if self.language == Language::Script => self.string("`", true, false),
            (it, _) if is_word(it) => self.word(),
            _ => self.mark(),
        }
    }

    fn end(&mut self) {
        if self.tokens.last().is_some_and(|it| it.shape != Shape::End) {
            let at = self.cursor.at;
            self.tokens.push(Token::new(Shape::End, at..at));
        }
    }

    /// Comments lie in comments only in Rust.
    fn comment(&mut self) {
        let mut depth = 0_usize;
        while self.cursor.byte(0).is_some() {
            if self.cursor.sees("/*") && (depth == 0 || self.language == Language::Rust) {
                depth += 1;
                self.cursor.at += 2;
            } else if self.cursor.sees("*/") {
                depth = depth.saturating_sub(1);
                self.cursor.at += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.cursor.at += 1;
            }
        }
    }

    /// Whether a slash begins a pattern: nothing stands before it that could be divided.
    fn is_pattern(&self) -> bool {
        self.tokens.last().is_none_or(|it| match it.shape {
            Shape::Mark(it) => !matches!(it, b')' | b']' | b'}' | b'>' | b'<'),
            Shape::End => true,
            Shape::Word => matches!(&self.text[it.range()], "return" | "typeof" | "case"),
            Shape::Text | Shape::Template | Shape::Command => false,
        })
    }

    fn pattern(&mut self) {
        self.cursor.at += 1;
        self.cursor.string("/", false, false);
    }

    fn string(&mut self, quote: &str, long: bool, raw: bool) {
        self.cursor.at += quote.len();
        let range = self.cursor.string(quote, long, raw);
        let is_filled = quote == "`" && self.text[range.clone()].contains("${");
        let shape = if is_filled { Shape::Template } else { Shape::Text };
        self.tokens.push(Token::new(shape, range));
    }

    /// In Rust: a character, or the mark of a lifetime.
    fn tick(&mut self) {
        self.cursor.at += 1;
        if self.cursor.byte(0) == Some(b'\\') {
            self.cursor.string("'", false, false);
            return;
        }
        if self.cursor.byte(0).is_some_and(|it| it != b'\n') {
            self.cursor.skip_char();
        }
        if self.cursor.byte(0) == Some(b'\'') {
            self.cursor.at += 1;
        }
    }

    fn word(&mut self) {
        let range = self.cursor.skip_while(is_word);
        let word = &self.text[range.clone()];
        if self.language == Language::Rust && matches!(word, "r" | "br" | "cr" | "b" | "c") {
            let hashes = self.hashes();
            let is_raw = word.ends_with('r');
            if self.cursor.byte(hashes) == Some(b'"') && (is_raw || hashes == 0) {
                self.cursor.at += hashes;
                return self.raw_string(hashes, is_raw);
            }
        }
        self.tokens.push(Token::new(Shape::Word, range));
    }

    /// How many hashes come next, of which Rust allows 255.
    fn hashes(&self) -> usize {
        (0..255).take_while(|it| self.cursor.byte(*it) == Some(b'#')).count()
    }

    fn raw_string(&mut self, hashes: usize, is_raw: bool) {
        self.cursor.at += 1;
        let quote = format!("\"{}", "#".repeat(hashes));
        let range = self.cursor.string(&quote, true, is_raw);
        self.tokens.push(Token::new(Shape::Text, range));
    }

    fn mark(&mut self) {
        let start = self.cursor.at;
        let byte = self.cursor.skip_char();
        let token = Token::new(Shape::Mark(byte), start..self.cursor.at);
        match token.depth() {
            1 => self.open.push(byte),
            -1 => drop(self.open.pop()),
            _ => {}
        }
        self.tokens.push(token);
    }
}
