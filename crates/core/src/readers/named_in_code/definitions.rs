//! Which strings the names of a program stand for.

use std::collections::BTreeMap;

use super::expressions::{Name, Outcome, Program};
use super::options::normal;
use super::tokens::Shape;

/// How far names are followed that stand for names.
const DEPTH: usize = 3;

/// How many values of one name are kept.
const MOST_VALUES: usize = 100;

/// How many pieces may stand between a name and its value: its type.
const LONGEST_TYPE: usize = 24;

/// What the names of a program stand for, wherever in it they are given a value.
#[derive(Default)]
pub(super) struct Definitions<'t> {
    values: BTreeMap<String, Vec<Definition<'t>>>,
    /// Where functions begin, by the number of the piece.
    functions: Vec<usize>,
    /// How many pieces may still be looked at: values that lie in values are read again and
    /// again, in real programs a few times.
    budget: usize,
}

/// One value of a name.
struct Definition<'t> {
    /// The function that gives the value: how many begin before it.
    function: usize,
    /// It can only be a variable: `let` or its like stands before it.
    is_local: bool,
    outcome: Outcome<'t>,
}

impl<'t> Definitions<'t> {
    /// All definitions of a program: assignments, defaults, keys, options of the command line.
    pub(super) fn of(program: Program<'t>) -> Self {
        let budget = 10_000 + program.tokens.len().saturating_mul(16);
        let mut all = Self { budget, ..Self::default() };
        for index in 0..program.tokens.len() {
            match program.shape(index) {
                Shape::Word if matches!(program.written(index), "def" | "fn" | "function") => {
                    all.functions.push(index);
                }
                Shape::Word => all.word(program, index),
                Shape::Text if program.is_key(index) => {
                    all.add(program, program.written(index), index + 2);
                }
                Shape::Text | Shape::Template | Shape::Mark(_) | Shape::Command | Shape::End => {}
            }
        }
        all
    }

    /// Every name with each of its values.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Outcome<'t>)> {
        self.values
            .iter()
            .flat_map(|(name, all)| all.iter().map(move |it| (name.as_str(), &it.outcome)))
    }

    /// The values of a name that piece `at` reads, and of the names that it stands for.
    pub(super) fn find(&self, name: Name<'t>, at: usize) -> Vec<&Outcome<'t>> {
        let mut found = Vec::new();
        let mut seen = vec![(normal(name.text), name.is_variable.then(|| self.function(at)))];
        let mut from = 0;
        for _ in 0..DEPTH {
            let now = seen.len();
            for index in from..now {
                for it in self.values_of(&seen[index].0, seen[index].1) {
                    found.push(&it.outcome);
                    if let ([], [alias]) = (&it.outcome.texts[..], &it.outcome.names[..])
                        && seen.len() < 20
                    {
                        let function = alias.is_variable.then_some(it.function);
                        seen.push((normal(alias.text), function));
                    }
                }
            }
            from = now;
        }
        found.truncate(MOST_VALUES);
        found
    }

    /// How many functions begin before piece `index`.
    fn function(&self, index: usize) -> usize {
        self.functions.partition_point(|it| *it < index)
    }

    /// The values of `name` in `function` if it has any there, and in the whole program if not.
    fn values_of(&self, name: &str, function: Option<usize>) -> Vec<&Definition<'t>> {
        let all = self.values.get(name).map(Vec::as_slice).unwrap_or_default();
        let inside = |it: &&Definition<'t>| function.is_some_and(|here| it.function == here);
        let here: Vec<_> = all.iter().filter(inside).collect();
        if !here.is_empty() {
            return here;
        }
        let parts: Vec<_> = all.iter().filter(|it| function.is_some() || !it.is_local).collect();
        if parts.is_empty() { all.iter().collect() } else { parts }
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
            // What follows is a type where there is neither a value nor a string.
            let start = value.map_or(index + 2, |it| it + 1);
            let is_value = value.is_some() || self.holds_text(program, start);
            if is_value {
                self.add(program, word, start);
            }
            return;
        }
        let is_loop = index > 0
            && matches!(program.written(index - 1), "for" | "const" | "let")
            && program.shape(index + 1) == Shape::Word
            && matches!(program.written(index + 1), "in" | "of");
        if is_loop {
            self.add(program, word, index + 2);
        }
    }

    fn holds_text(&mut self, program: Program<'t>, start: usize) -> bool {
        if self.budget == 0 {
            return false;
        }
        let range = program.expression(start);
        self.budget = self.budget.saturating_sub(range.len());
        self.budget > 0 && !program.outcome(range).texts.is_empty()
    }

    fn add(&mut self, program: Program<'t>, name: &str, start: usize) {
        const LONGEST_NAME: usize = 100;
        if name.len() > LONGEST_NAME || self.budget == 0 {
            return;
        }
        let mut range = program.expression(start);
        // In Python the body of a loop follows.
        if program.written(start.saturating_sub(1)) == "in" {
            let body = range.clone().find(|it| program.is_mark(*it, b':'));
            range.end = body.unwrap_or(range.end);
        }
        self.budget = self.budget.saturating_sub(range.len() + 1);
        // A value that nobody can tell is kept too: it hides those of other functions.
        let outcome = program.outcome(range);
        let function = self.function(start);
        let before = start.checked_sub(3).map_or("", |it| program.written(it));
        let is_local = matches!(before, "let" | "const" | "mut" | "var");
        let all = self.values.entry(normal(name)).or_default();
        if all.len() < MOST_VALUES {
            all.push(Definition { function, is_local, outcome });
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
