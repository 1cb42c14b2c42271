//! Which strings the names of a program stand for.

use std::collections::BTreeMap;

use super::expressions::{Outcome, Program};
use super::options::normal;
use super::tokens::Shape;

/// How far names are followed that stand for names.
const DEPTH: usize = 3;

/// How many values of one name are kept.
const MOST_VALUES: usize = 200;

/// How many pieces may stand between a name and its value: its type.
const LONGEST_TYPE: usize = 24;

/// What the names of a program stand for, wherever in it they are given a value.
#[derive(Default)]
pub(super) struct Definitions<'t> {
    values: BTreeMap<String, Vec<Outcome<'t>>>,
}

impl<'t> Definitions<'t> {
    /// All definitions of a program: assignments, defaults, keys, options of the command line.
    pub(super) fn of(program: Program<'t>) -> Self {
        let mut all = Self::default();
        for index in 0..program.tokens.len() {
            match program.shape(index) {
                Shape::Word => all.word(program, index),
                Shape::Text if program.is_mark(index + 1, b':') => {
                    all.add(program, program.written(index), index + 2);
                }
                Shape::Text | Shape::Template | Shape::Mark(_) | Shape::Command | Shape::End => {}
            }
        }
        all
    }

    /// Every name with each of its values.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Outcome<'t>)> {
        self.values.iter().flat_map(|(name, all)| all.iter().map(move |it| (name.as_str(), it)))
    }

    /// The values of `name`, and of the names that it stands for.
    pub(super) fn find(&self, name: &str) -> Vec<&Outcome<'t>> {
        let mut found = Vec::new();
        let mut seen = vec![normal(name)];
        let mut from = 0;
        for _ in 0..DEPTH {
            let now = seen.len();
            for index in from..now {
                for it in self.values.get(&seen[index]).into_iter().flatten() {
                    found.push(it);
                    if let ([], [alias]) = (&it.texts[..], &it.names[..])
                        && seen.len() < 20
                    {
                        seen.push(normal(alias));
                    }
                }
            }
            from = now;
        }
        found.truncate(MOST_VALUES);
        found
    }

    fn word(&mut self, program: Program<'t>, index: usize) {
        let word = program.written(index);
        if matches!(word, "add_argument" | "add_option" | "option") && program.is_call(index) {
            return self.option(program, index + 2);
        }
        if word == "default_value" && program.is_mark(index + 1, b'=') {
            return self.attribute(program, index + 2);
        }
        if program.is_mark(index + 1, b'=') && !continues(program, index + 2) {
            return self.add(program, word, index + 2);
        }
        if program.is_mark(index + 1, b':') && !program.is_mark(index + 2, b':') {
            let value = (index + 2..index + 2 + LONGEST_TYPE)
                .take_while(|it| {
                    !matches!(program.shape(*it), Shape::End | Shape::Mark(b',' | b')' | b'{'))
                })
                .find(|it| program.is_mark(*it, b'=') && !continues(program, it + 1));
            return self.add(program, word, value.map_or(index + 2, |it| it + 1));
        }
        let is_loop = index > 0
            && matches!(program.written(index - 1), "for" | "const" | "let")
            && program.shape(index + 1) == Shape::Word
            && matches!(program.written(index + 1), "in" | "of");
        if is_loop {
            self.add(program, word, index + 2);
        }
    }

    fn add(&mut self, program: Program<'t>, name: &str, start: usize) {
        const LONGEST_NAME: usize = 100;
        if name.len() > LONGEST_NAME {
            return;
        }
        let mut end = program.expression(start);
        // `for x in a, b:` and `for x in all:` end where the body begins.
        if let Some(colon) = end.clone().find(|it| program.is_mark(*it, b':'))
            && colon + 1 == end.end
        {
            end.end = colon;
        }
        let outcome = program.outcome(end);
        if outcome.texts.is_empty() && outcome.names.is_empty() {
            return;
        }
        let all = self.values.entry(normal(name)).or_default();
        if all.len() < MOST_VALUES {
            all.push(outcome);
        }
    }

    /// `add_argument("--model", default="…")`: the longest of its names, and its default.
    fn option(&mut self, program: Program<'t>, start: usize) {
        const LONGEST: usize = 100;
        let mut name = "";
        let mut depth = 0;
        for index in start..program.tokens.len().min(start + LONGEST) {
            depth += program.tokens[index].depth();
            if depth < 0 {
                return;
            }
            match program.shape(index) {
                Shape::Text if depth == 0 && name.len() < program.written(index).len() => {
                    let is_value = index > start && program.is_mark(index - 1, b'=');
                    name = if is_value { name } else { program.written(index) };
                }
                Shape::Word if depth == 0 && program.written(index) == "default" => {
                    return self.add(program, name, index + 2);
                }
                Shape::Word
                | Shape::Text
                | Shape::Template
                | Shape::Mark(_)
                | Shape::Command
                | Shape::End => {}
            }
        }
    }

    /// `#[arg(default_value = "…")] model: String`: the field that follows.
    fn attribute(&mut self, program: Program<'t>, start: usize) {
        const NEAR: usize = 40;
        let names = (start..start + NEAR).filter(|it| program.is_mark(it + 1, b':'));
        let mut fields = names.filter(|it| program.shape(*it) == Shape::Word);
        if let Some(field) = fields.find(|it| !program.is_mark(it + 2, b':')) {
            self.add(program, program.written(field), start);
        }
    }
}

/// Whether the mark before piece `index` is one half of `==` or `=>`.
fn continues(program: Program<'_>, index: usize) -> bool {
    program.is_mark(index, b'=') || program.is_mark(index, b'>')
}
