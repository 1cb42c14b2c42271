//! One small tree for everything structured that is read: each value knows where it was written.

pub mod json;
pub mod toml;
pub mod xml;
pub mod yaml;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::source::{Problem, Span, Spanned};

/// A value without its place.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: `null`, `~`, or a key without a value.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number, spelt as in the text.
    Number(String),
    /// Words, without quotes and escapes.
    String(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the order of the text; a key that is written twice is here twice.
    Map(Vec<(Spanned<String>, Node)>),
}

/// A value and where it was written: a scalar's content without its quotes, a collection's range.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What was written.
    pub value: Value,
    /// Where.
    pub at: Span,
}

/// What a text holds, and what was wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The documents of the text. After an error: what was understood before it.
    pub documents: Vec<Node>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Whether the text breaks the rules of its format, so that something may be missing.
    pub broken: bool,
}

impl Parsed {
    /// The first document: the only one, in most formats.
    pub fn root(&self) -> Option<&Node> {
        self.documents.first()
    }

    /// A text that could not be read at all.
    fn failed(problem: Problem) -> Self {
        Self { documents: Vec::new(), problems: vec![problem], broken: true }
    }
}

impl Node {
    /// `value`, written at `at`.
    pub fn new(value: Value, at: Span) -> Self {
        Self { value, at }
    }

    /// The value under `key`; the last one where the key is written twice.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().rfind(|(it, _)| it.value == key).map(|(_, node)| node)
    }

    /// Every value under `key`, in the order of the text.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Node> {
        self.entries().iter().filter(move |(it, _)| it.value == key).map(|(_, node)| node)
    }

    /// Keys and values of a mapping; empty for anything else.
    pub fn entries(&self) -> &[(Spanned<String>, Node)] {
        match &self.value {
            Value::Map(entries) => entries,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::List(_) => {
                &[]
            }
        }
    }

    /// Keys that are written again: the later of each pair.
    pub fn repeated_keys(&self) -> Vec<&Spanned<String>> {
        let mut seen = BTreeSet::new();
        let keys = self.entries().iter().map(|(key, _)| key);
        keys.filter(|it| !seen.insert(it.value.as_str())).collect()
    }

    /// The elements of a list; anything else is its own only element, and null has none.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Map(_) => {
                std::slice::from_ref(self)
            }
        }
    }

    /// The words of a string; nothing for anything else.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(words) => Some(words),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Map(_) => {
                None
            }
        }
    }

    /// A scalar as words with their place: formats guess types, authors mostly mean words.
    /// Nothing for null and collections.
    pub fn words(&self) -> Option<Spanned<String>> {
        let words = match &self.value {
            Value::String(words) | Value::Number(words) => words.clone(),
            Value::Bool(it) => it.to_string(),
            Value::Null | Value::List(_) | Value::Map(_) => return None,
        };
        Some(Spanned::new(words, self.at))
    }

    /// All scalars in here, in the order of the text; nulls are left out.
    pub fn scalars(&self) -> Vec<Spanned<String>> {
        let mut found = Vec::new();
        let mut waiting = vec![self];
        while let Some(node) = waiting.pop() {
            match &node.value {
                Value::List(items) => waiting.extend(items.iter().rev()),
                Value::Map(entries) => waiting.extend(entries.iter().rev().map(|(_, it)| it)),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                    found.extend(node.words());
                }
            }
        }
        found
    }
}

/// A part of some words with its place; the place of the whole where escapes make the text longer
/// than the words.
pub(crate) fn part(words: &Spanned<String>, range: Range<usize>) -> Spanned<String> {
    let is_verbatim = words.at.range().len() == words.value.len();
    let at = if is_verbatim { words.at.part(range.clone()) } else { words.at };
    Spanned::new(words.value.get(range).unwrap_or_default().to_owned(), at)
}

/// The largest index `<= at` that is a character boundary of `text`.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0)
}

/// Where a parser stumbled: from `at` to the end of its line; at the end of a text, or of a line,
/// the last word before it.
pub(crate) fn rest_of_line(text: &str, at: usize) -> Range<usize> {
    const LONGEST: usize = 200;
    let start = boundary(text, at);
    let rest = &text[start..boundary(text, start.saturating_add(LONGEST))];
    let end = start + rest.find(['\n', '\r']).unwrap_or(rest.len());
    if !text[start..end].trim().is_empty() {
        return start..end;
    }
    let before = text[boundary(text, start.saturating_sub(LONGEST))..start].trim_end();
    let word = before.len() - before.rfind(char::is_whitespace).map_or(0, |it| it + 1);
    let end = boundary(text, start.saturating_sub(LONGEST)) + before.len();
    boundary(text, end - word)..end
}
