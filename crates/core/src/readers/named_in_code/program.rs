//! Models and datasets that a program names.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::calls::{Argument, arguments};
use super::definitions::Definitions;
use super::expressions::Program;
use super::found::{Found, MOST};
use super::loaders::{LOADERS, Loader, Takes, WRITERS};
use super::names::{Form, inside, is_revision, named};
use super::options::{normal, tells};
use super::shell;
use super::taken::{of, taken};
use super::tokens::{Shape, Token};
use crate::component::Kind;

/// Loaders by what they are called.
static BY_NAME: LazyLock<BTreeMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut all: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, it) in LOADERS.iter().enumerate() {
        all.entry(it.name).or_default().push(index);
    }
    all
});

/// Functions that hand a string to a shell.
const RUNNERS: &[&str] = &[
    "Popen",
    "call",
    "check_call",
    "check_output",
    "exec",
    "execSync",
    "getoutput",
    "popen",
    "run",
    "system",
];

/// What the program of these pieces names, in the order of the text.
pub(super) fn references(text: &str, tokens: &[Token]) -> Vec<Found> {
    let program = Program { text, tokens };
    let definitions = Definitions::of(program);
    // Other libraries have functions of these names too.
    let is_meant = |it: &Loader| {
        it.only_with.is_empty() || it.only_with.iter().any(|word| text.contains(word))
    };
    let pieces = 10_000 + tokens.len().saturating_mul(8);
    let known = LOADERS.iter().map(is_meant).collect();
    let mut search =
        Search { program, definitions, known, found: Vec::new(), budget: 1_000_000, pieces };
    for index in 0..tokens.len() {
        search.piece(index);
        if search.found.len() > 4 * MOST {
            break;
        }
    }
    search.settings();
    search.found
}

struct Search<'t> {
    program: Program<'t>,
    definitions: Definitions<'t>,
    /// Which of the loaders count in this program.
    known: Vec<bool>,
    found: Vec<Found>,
    /// How many strings may still be looked at: what bounds the time for hostile programs.
    budget: usize,
    /// How many pieces of calls may still be looked at: calls in calls are read again, which in
    /// real programs is rare.
    pieces: usize,
}

impl<'t> Search<'t> {
    fn piece(&mut self, index: usize) {
        match self.program.shape(index) {
            Shape::Word if self.program.is_call(index) => self.call(index),
            Shape::Text | Shape::Template => self.string(index),
            Shape::Command => {
                let range = self.program.tokens[index].range();
                let found = shell::references(&self.program.text[range.clone()]);
                self.found.extend(found.into_iter().map(|it| it.moved(range.start)));
            }
            Shape::Word | Shape::Mark(_) | Shape::End => {}
        }
    }

    /// A string that tells by itself: the address of a file on a hub, wherever it stands, but
    /// not in a string that is a statement of its own, and so a comment.
    fn string(&mut self, index: usize) {
        let is_open = |it: usize| {
            matches!(self.program.shape(it), Shape::End | Shape::Mark(b':' | b'{' | b'}'))
        };
        let is_statement =
            self.program.shape(index + 1) == Shape::End && (index == 0 || is_open(index - 1));
        let text = self.program.written(index);
        let tells = ["://", "hf_hub:", "hf-hub:"].iter().any(|it| text.contains(it));
        if !tells || is_statement {
            return;
        }
        let start = self.program.tokens[index].range().start;
        for (at, named) in inside(text) {
            self.found.push(of(&text[at..], &named, Kind::Model).moved(start + at));
        }
    }

    fn call(&mut self, index: usize) {
        let name = self.program.written(index);
        let before = index.checked_sub(1).map_or("", |it| self.program.written(it));
        if matches!(before, "def" | "fn" | "function" | "class") {
            return;
        }
        if RUNNERS.contains(&name) {
            return self.command(index);
        }
        let Some(loaders) = BY_NAME.get(name) else { return };
        let on = self.on(index);
        let mut all: Option<Vec<Argument<'t>>> = None;
        for loader in loaders {
            let is_known = self.known.get(*loader).copied().unwrap_or_default();
            let loader = &LOADERS[*loader];
            if is_known && (loader.of.is_empty() || loader.of.contains(&on)) {
                if self.pieces == 0 {
                    return;
                }
                let all = all.get_or_insert_with(|| arguments(self.program, index + 2));
                let end = all.iter().map(|it| it.value.end).max().unwrap_or(index);
                self.pieces = self.pieces.saturating_sub(end - index);
                self.load(loader, all);
            }
        }
    }

    /// The word that a call is made on: `hub` in `torch.hub.load(…)`.
    fn on(&self, index: usize) -> &'t str {
        let marks = (index.saturating_sub(2)..index).rev();
        let count = marks
            .take_while(|it| matches!(self.program.shape(*it), Shape::Mark(b'.' | b':')))
            .count();
        match index.checked_sub(count + 1) {
            Some(at) if count > 0 && self.program.shape(at) == Shape::Word => {
                self.program.written(at)
            }
            _ => "",
        }
    }

    fn command(&mut self, index: usize) {
        let all = arguments(self.program, index + 2);
        let Some(first) = all.first() else { return };
        let outcome = self.program.outcome(first.value.clone());
        if let ([text], true) = (&outcome.texts[..], outcome.alone) {
            let range = self.program.tokens[*text].range();
            let found = shell::references(&self.program.text[range.clone()]);
            self.found.extend(found.into_iter().map(|it| it.moved(range.start)));
        }
    }

    fn load(&mut self, loader: &Loader, all: &[Argument<'t>]) {
        let mut by_position = all.iter().filter(|it| it.keyword.is_none());
        let positional = loader.position.and_then(|it| by_position.nth(it));
        let named = all.iter().filter(|it| {
            it.keyword.is_some_and(|word| {
                loader.keywords.contains(&word) || loader.keywords.contains(&normal(word).as_str())
            })
        });
        let Some(takes) = self.repository_kind(loader.takes, all) else { return };
        let revision = self.revision(loader, all);
        for argument in positional.into_iter().chain(named) {
            let strings = self.strings(argument.value.clone());
            self.budget = self.budget.saturating_sub(strings.len());
            if self.budget == 0 {
                return;
            }
            for (index, is_sure) in strings {
                let range = self.program.tokens[index].range();
                let text = &self.program.text[range.clone()];
                let Some(mut found) = taken(text, takes, is_sure) else { continue };
                found = found.moved(range.start);
                if found.revision.is_none() {
                    found.revision.clone_from(&revision);
                }
                self.found.push(found);
            }
        }
    }

    /// The strings that an argument may come to, and whether each is the whole of it.
    fn strings(&self, value: Range<usize>) -> Vec<(usize, bool)> {
        let at = value.start;
        let outcome = self.program.outcome(value);
        if !outcome.texts.is_empty() {
            return outcome.texts.iter().map(|it| (*it, outcome.alone)).collect();
        }
        let mut values = outcome.names.iter().map(|it| self.definitions.find(*it, at));
        let values = values.find(|it| !it.is_empty()).unwrap_or_default();
        let texts = values.iter().flat_map(|it| it.texts.iter().map(|text| (*text, it.alone)));
        texts.collect()
    }

    /// The argument of that name, where it comes to one string.
    fn word(&self, value: Range<usize>) -> Option<(String, Range<usize>)> {
        match self.strings(value)[..] {
            [(index, true)] => {
                let at = self.program.tokens[index].range();
                Some((self.program.text[at.clone()].to_owned(), at))
            }
            _ => None,
        }
    }

    fn revision(&self, loader: &Loader, all: &[Argument<'t>]) -> Option<(String, Range<usize>)> {
        let named = all.iter().find(|it| it.keyword == Some("revision"));
        let last = all.get(2).filter(|_| loader.name == "with_revision");
        let value = named.or(last)?.value.clone();
        self.word(value).filter(|(it, _)| is_revision(it))
    }

    /// What a call takes whose other arguments may tell; nothing for a space.
    fn repository_kind(&self, takes: Takes, all: &[Argument<'t>]) -> Option<Takes> {
        if takes != Takes::Repository {
            return Some(takes);
        }
        for it in all {
            let last = it.value.end.checked_sub(1).map_or("", |it| self.program.written(it));
            let is_type = matches!(it.keyword, Some("repo_type" | "repoType" | "type"));
            match last {
                "dataset" if is_type => return Some(Takes::Dataset),
                "space" if is_type => return None,
                "Dataset" if it.keyword.is_none() => return Some(Takes::Dataset),
                "Space" if it.keyword.is_none() => return None,
                _ => {}
            }
        }
        Some(takes)
    }

    /// Constants, defaults and keys whose name tells what they hold, though who loads it stands
    /// elsewhere.
    fn settings(&mut self) {
        let loaded: BTreeSet<usize> = self.found.iter().map(|it| it.at.start).collect();
        let written = self.written_to();
        for (name, outcome) in self.definitions.iter() {
            let Some(kind) = tells(name) else { continue };
            for index in &outcome.texts {
                let range = self.program.tokens[*index].range();
                let text = &self.program.text[range.clone()];
                let Some(named) = named(text).filter(|it| it.form != Form::Page) else { continue };
                let it = of(text, &named, kind).moved(range.start);
                if !written.contains(name) && !loaded.contains(&it.at.start) {
                    self.found.push(it);
                }
            }
        }
    }

    /// Names that are handed to functions which write to a repository.
    fn written_to(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for index in 0..self.program.tokens.len() {
            if !self.program.is_call(index) || !WRITERS.contains(&self.program.written(index)) {
                continue;
            }
            for it in arguments(self.program, index + 2) {
                let outcome = self.program.outcome(it.value);
                names.extend(outcome.names.first().map(|it| normal(it.text)));
                names.extend(it.keyword.filter(|it| *it == "repo_id").map(normal));
            }
        }
        names
    }
}
