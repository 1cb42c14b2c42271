//! What REUSE.toml and dep5 say of a file: the patterns, ready to be matched.

use super::header::Said;
use super::problem::{Kind, Place, Problem, Spot};
use super::{ANNOTATIONS, DEP5};
use crate::pattern::{Sign, debian_signs, matches, signs};
use crate::readers::reuse::{Annotation, annotations, dep5};
use crate::reading::Precedence;
use crate::source::{Source, Span, Spanned};

/// What one file of annotations says.
#[derive(Debug)]
pub(super) struct Sayings {
    /// Its path.
    pub(super) path: String,
    /// The folder that its patterns begin in, with `/` at the end; empty for the root.
    folder: String,
    all: Vec<Saying>,
}

/// What is said of the files that match.
#[derive(Debug)]
pub(super) struct Saying {
    patterns: Vec<Vec<Sign>>,
    pub(super) precedence: Precedence,
    pub(super) copyrights: Vec<Said>,
    pub(super) licenses: Vec<Said>,
}

/// How many patterns of one file are taken, and how long one may be.
const MOST_PATTERNS: usize = 10_000;
const LONGEST: usize = 1024;
/// How many statements of each sort one annotation makes: each is said of every file that matches.
const MOST_SAID: usize = 500;

impl Sayings {
    /// What a file says, and what is wrong with it.
    pub(super) fn of(source: &Source) -> (Self, Vec<Problem>) {
        let path = source.name.clone();
        let is_dep5 = path == DEP5;
        let read = if is_dep5 { dep5(source) } else { annotations(source) };
        let folder = if is_dep5 { "" } else { path.trim_end_matches(ANNOTATIONS) }.to_owned();
        let to_signs = if is_dep5 { debian_signs } else { signs };
        let mut left = MOST_PATTERNS;
        let newlines = source.text.match_indices('\n').map(|(at, _)| at + 1);
        let lines: Vec<usize> = std::iter::once(0).chain(newlines).collect();
        let saying = |it: Annotation| {
            let fitting = it.patterns.iter().filter(|it| it.value.len() <= LONGEST);
            let patterns: Vec<_> =
                fitting.take(left).map(|it| to_signs(plain(&it.value))).collect();
            left -= patterns.len();
            let said =
                |it: Spanned<String>| Said { at: place(source, &lines, it.at), words: it.value };
            let copyrights =
                it.copyrights.into_iter().filter(|it| names(&it.value)).take(MOST_SAID);
            Saying {
                patterns,
                precedence: it.precedence,
                copyrights: copyrights.map(said).collect(),
                licenses: it.licenses.into_iter().take(MOST_SAID).map(said).collect(),
            }
        };
        let wrong = read.problems.into_iter().chain(read.mistakes);
        let problem = |it: crate::source::Problem| Problem {
            kind: Kind::BadAnnotations,
            subject: None,
            says: it.what,
            places: vec![place(source, &lines, it.at)],
            help: it.help.into_iter().collect(),
        };
        let problems = wrong.map(problem).collect();
        let all = read.all.into_iter().map(saying).collect();
        (Self { path, folder, all }, problems)
    }

    /// How deep its folder lies: what is nearer to a file is deeper.
    pub(super) fn depth(&self) -> usize {
        self.folder.matches('/').count()
    }

    /// What it says of the file at `path`: the last that matches.
    pub(super) fn about(&self, path: &str) -> Option<&Saying> {
        let below = path.strip_prefix(&self.folder)?;
        self.all.iter().rev().find(|it| it.patterns.iter().any(|it| matches(it, below)))
    }
}

fn plain(pattern: &str) -> &str {
    pattern.strip_prefix("./").unwrap_or(pattern)
}

fn names(notice: &str) -> bool {
    notice.chars().any(char::is_alphabetic)
}

fn place(source: &Source, lines: &[usize], at: Span) -> Place {
    let range = at.range();
    let spot = Spot::among(lines, &source.text, range.start, range.end);
    Place { path: source.name.clone(), spot: Some(spot) }
}
