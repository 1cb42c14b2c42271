//! A call with its arguments, by position and by name.

use std::ops::Range;

use super::expressions::Program;
use super::tokens::Shape;

/// How many pieces of one call are looked at: what bounds the time for hostile programs.
const LONGEST: usize = 256;

/// An argument of a call: its name, if it is given by name, and the pieces of its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Argument<'t> {
    /// `revision` in `revision="main"`.
    pub(super) keyword: Option<&'t str>,
    /// The value.
    pub(super) value: Range<usize>,
}

/// The arguments of a call whose bracket opens before piece `start`. What an object holds that
/// stands among them counts as given by name, as JavaScript has it.
pub(super) fn arguments(program: Program<'_>, start: usize) -> Vec<Argument<'_>> {
    let limit = program.tokens.len().min(start + LONGEST);
    let mut found = Vec::new();
    list(program, start..limit, &mut found);
    let objects: Vec<Range<usize>> = found
        .iter()
        .map(|it| it.value.clone())
        .filter(|it| program.is_mark(it.start, b'{'))
        .collect();
    for object in objects {
        list(program, object.start + 1..object.end, &mut found);
    }
    found
}

fn list<'t>(program: Program<'t>, range: Range<usize>, found: &mut Vec<Argument<'t>>) {
    let (mut depth, mut from) = (0, range.start);
    for index in range.clone() {
        let token = program.tokens[index];
        depth += token.depth();
        if depth < 0 || (depth == 0 && token.shape == Shape::Mark(b',')) {
            found.extend(argument(program, from..index));
            from = index + 1;
        }
        if depth < 0 {
            return;
        }
    }
    // The file was cut, or the call is too long: what was seen of it whole counts.
}

fn argument(program: Program<'_>, mut range: Range<usize>) -> Option<Argument<'_>> {
    while range.start < range.end && program.shape(range.start) == Shape::End {
        range.start += 1;
    }
    if range.is_empty() {
        return None;
    }
    let is_named = matches!(program.shape(range.start), Shape::Word | Shape::Text)
        && (program.is_mark(range.start + 1, b'=') || program.is_mark(range.start + 1, b':'))
        && !program.is_mark(range.start + 2, b'=')
        && !program.is_mark(range.start + 2, b':')
        && range.start + 1 < range.end;
    if is_named {
        let keyword = Some(program.written(range.start));
        return Some(Argument { keyword, value: range.start + 2..range.end });
    }
    Some(Argument { keyword: None, value: range })
}
