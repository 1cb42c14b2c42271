//! What an expression may come to: strings that stand in it, or a name that stands for one.

use std::ops::Range;

use super::tokens::{Shape, Token};

/// How many pieces of one expression are looked at: what bounds the time for hostile programs.
const LONGEST: usize = 300;

/// How many strings of one expression are taken.
const MOST_TEXTS: usize = 64;

/// Functions that give back a string that they are given.
const GIVERS: &[&str] = &[
    "Argument",
    "Field",
    "Option",
    "Parameter",
    "Some",
    "String",
    "and",
    "cast",
    "elif",
    "else",
    "environ",
    "field",
    "from",
    "get",
    "getenv",
    "if",
    "into",
    "or",
    "os",
    "str",
    "strip",
    "to_owned",
    "to_string",
    "unwrap_or",
    "unwrap_or_else",
    "unwrap_or_default",
    "clone",
    "as_str",
    "as_ref",
    "as_deref",
    "map",
    "list",
    "tuple",
    "set",
    "dict",
    "in",
    "not",
    "default",
    "await",
    "as_string",
    "Ok",
    "unwrap",
];

/// Words that give back what they stand at, changed into another type.
const CONVERSIONS: &[&str] = &[
    "Some",
    "String",
    "as_deref",
    "as_ref",
    "as_str",
    "clone",
    "const",
    "from",
    "into",
    "str",
    "to_owned",
    "to_string",
    "unwrap",
    "as",
];

/// Words after which a string is not what it was.
const CHANGES: &[&str] = &["format", "join", "replace", "split", "startswith", "endswith"];

/// The pieces of a program with its text.
#[derive(Clone, Copy)]
pub(super) struct Program<'t> {
    /// The text.
    pub(super) text: &'t str,
    /// Its pieces.
    pub(super) tokens: &'t [Token],
}

/// What an expression may come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Outcome<'t> {
    /// Strings, by the number of their piece.
    pub(super) texts: Vec<usize>,
    /// There is one string and nothing that could change it.
    pub(super) alone: bool,
    /// Names of variables, settings and keys that the expression reads; the best first.
    pub(super) names: Vec<Name<'t>>,
}

/// A name that an expression reads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Name<'t> {
    /// The name.
    pub(super) text: &'t str,
    /// It is a variable, whose value in the same function counts before any other, and not a
    /// part of something.
    pub(super) is_variable: bool,
}

impl<'t> Program<'t> {
    /// The words of piece `index`.
    pub(super) fn written(self, index: usize) -> &'t str {
        let range = self.tokens.get(index).map(|it| it.range()).unwrap_or_default();
        self.text.get(range).unwrap_or_default()
    }

    /// What piece `index` is; past the end, the end of a statement.
    pub(super) fn shape(self, index: usize) -> Shape {
        self.tokens.get(index).map_or(Shape::End, |it| it.shape)
    }

    /// Whether piece `index` is the mark `mark`.
    pub(super) fn is_mark(self, index: usize, mark: u8) -> bool {
        self.shape(index) == Shape::Mark(mark)
    }

    /// Whether piece `index` is a name, and followed by an opening bracket.
    pub(super) fn is_call(self, index: usize) -> bool {
        self.shape(index) == Shape::Word && self.is_mark(index + 1, b'(')
    }

    /// Whether piece `index` is the key of an entry, and not one of two choices.
    pub(super) fn is_key(self, index: usize) -> bool {
        let before = index.checked_sub(1).map_or(Shape::End, |it| self.shape(it));
        self.is_mark(index + 1, b':')
            && matches!(before, Shape::End | Shape::Mark(b'{' | b',' | b'('))
    }

    /// The expression that begins at piece `start`: up to a comma, the bracket that encloses it,
    /// or, where none is open, the end of the statement.
    pub(super) fn expression(self, start: usize) -> Range<usize> {
        let mut depth = 0;
        let limit = self.tokens.len().min(start + LONGEST);
        for index in start..limit {
            let token = self.tokens[index];
            let ends = match token.shape {
                Shape::End | Shape::Mark(b',') => depth == 0,
                Shape::Word => depth == 0 && self.written(index) == "for",
                Shape::Mark(_) | Shape::Text | Shape::Template | Shape::Command => {
                    depth += token.depth();
                    depth < 0
                }
            };
            if ends {
                return start..index;
            }
        }
        start..limit
    }

    /// What the expression of these pieces may come to.
    pub(super) fn outcome(self, range: Range<usize>) -> Outcome<'t> {
        if let Some(names) = self.element(range.clone()) {
            return Outcome { names, ..Outcome::default() };
        }
        let mut outcome = Outcome::default();
        let (mut is_changed, mut is_plain) = (false, true);
        for index in range.clone() {
            match self.shape(index) {
                Shape::Text if self.is_key(index) => is_plain = false,
                Shape::Text => {
                    is_changed |= self.shape(index + 1) == Shape::Text;
                    outcome.texts.push(index);
                }
                Shape::Word => {
                    let word = self.written(index);
                    let is_call = self.is_call(index);
                    is_changed |= (is_call && !GIVERS.contains(&word)) || CHANGES.contains(&word);
                    is_plain &= CONVERSIONS.contains(&word);
                    if !is_call && !GIVERS.contains(&word) {
                        let is_variable = index == 0 || !self.is_mark(index - 1, b'.');
                        outcome.names.push(Name { text: word, is_variable });
                    }
                }
                Shape::Mark(b'+' | b'%' | b'/') => is_changed = true,
                Shape::Template | Shape::Mark(b'[' | b'{' | b'?' | b'|') => is_plain = false,
                Shape::Mark(_) | Shape::Command | Shape::End => {}
            }
        }
        if is_changed {
            return Outcome::default();
        }
        outcome.texts.truncate(MOST_TEXTS);
        outcome.alone = is_plain && outcome.texts.len() == 1;
        outcome.names.reverse();
        outcome.names.truncate(4);
        outcome
    }

    /// For `settings["model"]`: the key, then what it is taken from.
    fn element(self, range: Range<usize>) -> Option<Vec<Name<'t>>> {
        let close = range.end.checked_sub(1)?;
        let base = range.end.checked_sub(4).filter(|it| *it >= range.start)?;
        let [open, key] = [base + 1, base + 2];
        let fits = self.shape(base) == Shape::Word
            && self.is_mark(open, b'[')
            && self.shape(key) == Shape::Text
            && self.is_mark(close, b']');
        let name = |index| Name { text: self.written(index), is_variable: index == base };
        fits.then(|| vec![name(key), name(base)])
    }
}
