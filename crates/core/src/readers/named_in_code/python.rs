//! Python into words, strings and marks; in notebooks with commands for a shell between them.

use super::tokens::{Cursor, FORM_FEED, Shape, Token, is_word};

/// The pieces of a Python program. Lines that begin with `!` or `%` are commands.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { cursor: Cursor::new(text), text, tokens: Vec::new(), depth: 0 };
    while let Some(byte) = lexer.cursor.byte(0) {
        lexer.step(byte);
    }
    lexer.tokens
}

struct Lexer<'t> {
    cursor: Cursor<'t>,
    text: &'t str,
    tokens: Vec<Token>,
    depth: u32,
}

impl Lexer<'_> {
    fn step(&mut self, byte: u8) {
        match byte {
            b'#' => drop(self.cursor.skip_line()),
            b'\n' | FORM_FEED => {
                self.depth = if byte == FORM_FEED { 0 } else { self.depth };
                if self.depth == 0 {
                    self.end();
                }
                self.cursor.at += 1;
            }
            b';' => {
                self.end();
                self.cursor.at += 1;
            }
            b'\\' => {
                self.cursor.at += 1;
                if self.cursor.byte(0) == Some(b'\r') {
                    self.cursor.at += 1;
                }
                if self.cursor.byte(0) == Some(b'\n') {
                    self.cursor.at += 1;
                }
            }
            b' ' | b'\t' | b'\r' => self.cursor.at += 1,
            b'"' | b'\'' => self.string(""),
            b'!' | b'%' if self.is_at_start() => self.command(),
            it if is_word(it) => self.word(),
            _ => self.mark(),
        }
    }

    fn is_at_start(&self) -> bool {
        self.depth == 0 && self.tokens.last().is_none_or(|it| it.shape == Shape::End)
    }

    fn end(&mut self) {
        if self.tokens.last().is_some_and(|it| it.shape != Shape::End) {
            let at = self.cursor.at;
            self.tokens.push(Token::new(Shape::End, at..at));
        }
    }

    fn word(&mut self) {
        let range = self.cursor.skip_while(is_word);
        let word = &self.text[range.clone()];
        let is_prefix = word.len() <= 2
            && word.bytes().all(|it| b"rbufRBUF".contains(&it))
            && matches!(self.cursor.byte(0), Some(b'"' | b'\''));
        if is_prefix {
            self.string(word);
        } else {
            self.tokens.push(Token::new(Shape::Word, range));
        }
    }

    fn string(&mut self, prefix: &str) {
        let long = ["\"\"\"", "'''"].into_iter().find(|it| self.cursor.sees(it));
        let short = if self.cursor.byte(0) == Some(b'"') { "\"" } else { "'" };
        let quote = long.unwrap_or(short);
        self.cursor.at += quote.len();
        let range = self.cursor.string(quote, long.is_some(), false);
        let is_filled = prefix.contains(['f', 'F']) && self.text[range.clone()].contains('{');
        let shape = if is_filled { Shape::Template } else { Shape::Text };
        self.tokens.push(Token::new(shape, range));
    }

    fn mark(&mut self) {
        let start = self.cursor.at;
        let byte = self.cursor.skip_char();
        let token = Token::new(Shape::Mark(byte), start..self.cursor.at);
        match token.depth() {
            1 => self.depth = self.depth.saturating_add(1),
            -1 => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.tokens.push(token);
    }

    /// A line for a shell, and the lines that it goes on to; or a whole cell for one.
    fn command(&mut self) {
        let is_cell = ["%%bash", "%%sh", "%%script", "%%cmd"].iter().any(|it| self.cursor.sees(it));
        if is_cell {
            self.cursor.skip_line();
            let range = self.cursor.skip_while(|it| it != FORM_FEED);
            self.tokens.push(Token::new(Shape::Command, range));
            return;
        }
        let is_shell = self.cursor.byte(0) == Some(b'!');
        self.cursor.at += 1;
        let mut range = self.cursor.skip_line();
        while self.text[range.clone()].trim_end().ends_with('\\')
            && self.cursor.byte(0) == Some(b'\n')
        {
            self.cursor.at += 1;
            range.end = self.cursor.skip_line().end;
        }
        if is_shell {
            self.tokens.push(Token::new(Shape::Command, range));
        }
    }
}
