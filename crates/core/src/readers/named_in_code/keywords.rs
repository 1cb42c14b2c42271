//! What a Python program hands to a function by name: `setup(name="tiny", install_requires=[…])`.

use std::ops::Range;

use super::expressions::Program;
use super::python;
use super::tokens::Shape;

/// How many pieces one value may have: lists of requirements are long.
const LONGEST: usize = 20_000;

/// An argument that is handed over by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::readers) struct Keyword {
    /// The name.
    pub(in crate::readers) name: String,
    /// The strings of its value, which may be those of a variable.
    pub(in crate::readers) texts: Vec<Entry>,
}

/// A string in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::readers) struct Entry {
    /// The key under which it stands, where the value is a dictionary.
    pub(in crate::readers) key: Option<String>,
    /// Where it stands, without its quotes.
    pub(in crate::readers) at: Range<usize>,
}

/// All arguments by name of all calls of `function`.
pub(in crate::readers) fn keywords(text: &str, function: &str) -> Vec<Keyword> {
    let tokens = python::tokens(text);
    let program = Program { text, tokens: &tokens };
    let mut found = Vec::new();
    let is_name = |it: usize| program.written(it) == function && program.is_call(it);
    let is_defined = |it: usize| it > 0 && matches!(program.written(it - 1), "def" | "class");
    for call in (0..tokens.len()).filter(|it| is_name(*it) && !is_defined(*it)) {
        let end = closed(program, call + 1);
        let mut at = call + 2;
        while at < end {
            let value = at + 2;
            let (is_word, is_given) =
                (program.shape(at) == Shape::Word, is_mark(program, at + 1, b'='));
            let stop = next(program, at, end);
            if is_word && is_given && !is_mark(program, value, b'=') {
                let texts = match definition(program, value, stop) {
                    Some(range) => texts(program, range),
                    None => texts(program, value..stop),
                };
                found.push(Keyword { name: program.written(at).to_owned(), texts });
            }
            at = stop + 1;
        }
    }
    found
}

/// What is given to names outside of brackets: `license = "MIT"`, also in a class.
pub(in crate::readers) fn assignments(text: &str) -> Vec<Keyword> {
    let tokens = python::tokens(text);
    let program = Program { text, tokens: &tokens };
    let is_given = |it: &usize| {
        let starts = *it == 0 || matches!(program.shape(it - 1), Shape::End | Shape::Mark(b':'));
        starts
            && program.shape(*it) == Shape::Word
            && is_mark(program, it + 1, b'=')
            && !is_mark(program, it + 2, b'=')
    };
    let assignment = |it: usize| Keyword {
        name: program.written(it).to_owned(),
        texts: texts(program, it + 2..end_of_statement(program, it + 2)),
    };
    (0..tokens.len()).filter(is_given).map(assignment).collect()
}

/// The string that each call of `function` is given first: `self.requires("zlib/1.3")`.
pub(in crate::readers) fn first_arguments(text: &str, function: &str) -> Vec<Range<usize>> {
    let tokens = python::tokens(text);
    let program = Program { text, tokens: &tokens };
    let is_meant = |it: &usize| {
        program.written(*it) == function
            && program.is_call(*it)
            && program.shape(it + 2) == Shape::Text
            && matches!(program.shape(it + 3), Shape::Mark(b',' | b')'))
    };
    (0..tokens.len()).filter(is_meant).map(|it| tokens[it + 2].range()).collect()
}

fn is_mark(program: Program<'_>, index: usize, mark: u8) -> bool {
    program.shape(index) == Shape::Mark(mark)
}

/// The piece that closes the bracket at piece `open`.
fn closed(program: Program<'_>, open: usize) -> usize {
    let mut depth = 0;
    let last = program.tokens.len().min(open.saturating_add(LONGEST));
    for (index, token) in program.tokens.iter().enumerate().take(last).skip(open) {
        depth += token.depth();
        if depth <= 0 {
            return index;
        }
    }
    last
}

/// The comma that ends the argument that begins at piece `start`, or `end`.
fn next(program: Program<'_>, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end && !is_mark(program, at, b',') {
        at = if program.tokens[at].depth() > 0 { closed(program, at) + 1 } else { at + 1 };
    }
    at.min(end)
}

/// Where a value that is nothing but the name of a variable is defined, if it is: the last time.
fn definition(program: Program<'_>, value: usize, stop: usize) -> Option<Range<usize>> {
    if program.shape(value) != Shape::Word || stop != value + 1 {
        return None;
    }
    let name = program.written(value);
    let is_given = |it: &usize| {
        program.written(*it) == name
            && is_mark(program, it + 1, b'=')
            && !is_mark(program, it + 2, b'=')
            && (*it == 0 || program.shape(it - 1) == Shape::End)
    };
    let start = (0..program.tokens.len()).rev().find(is_given)? + 2;
    Some(start..end_of_statement(program, start))
}

fn end_of_statement(program: Program<'_>, start: usize) -> usize {
    let last = program.tokens.len().min(start.saturating_add(LONGEST)).max(start);
    (start..last).find(|it| program.shape(*it) == Shape::End).unwrap_or(last)
}

/// The strings in a value; what other functions are given, as the path of a file, is none of it.
fn texts(program: Program<'_>, range: Range<usize>) -> Vec<Entry> {
    let (mut found, mut key) = (Vec::new(), None);
    let mut at = range.start;
    while at < range.end {
        if program.is_call(at) {
            at = closed(program, at + 1) + 1;
            continue;
        }
        if program.shape(at) == Shape::Text {
            if is_mark(program, at + 1, b':') {
                key = Some(program.written(at).to_owned());
            } else {
                found.push(Entry { key: key.clone(), at: program.tokens[at].range() });
            }
        }
        at += 1;
    }
    found
}
