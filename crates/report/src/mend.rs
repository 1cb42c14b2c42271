//! Fixes as tools are told of them: edits by line and column of files that are there.

use caveat_core::source::Span;
use caveat_policy::fix::Fix;

use crate::told::{Teller, Told};

/// Words that take the place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// From the top of the repository.
    pub(crate) path: String,
    /// The first sign that goes.
    pub(crate) from: Mark,
    /// The first that stays.
    pub(crate) to: Mark,
    /// What comes.
    pub(crate) text: String,
}

/// A place between two signs, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub(crate) line: usize,
    pub(crate) characters: usize,
    pub(crate) bytes: usize,
}

/// More lines are not shown as one suggestion.
const MOST_LINES: usize = 12;

/// The fix for a finding, with its edits in the order of the text; nothing where it makes a file,
/// for which the formats have no words.
pub(crate) fn fix<'a>(teller: &Teller<'a>, told: &Told<'a>) -> Option<(&'a Fix, Vec<Edit>)> {
    let finding = told.finding;
    let at_it = |it: &&Fix| {
        let answers = it.answers.as_ref();
        answers.is_some_and(|it| {
            (it.rule, it.at) == (finding.rule, finding.at)
                && told.identity.starts_with(&it.fingerprint)
        })
    };
    let fix = teller.run.report?.fixes.iter().find(at_it)?;
    let edits: Option<Vec<_>> = fix.changes.iter().map(|it| it.edit()).collect();
    let mut edits = edits?;
    edits.sort_by_key(|(at, _)| *at);
    let edits: Option<Vec<_>> =
        edits.into_iter().map(|(at, text)| edit(teller, at, text)).collect();
    Some((fix, edits?))
}

fn edit(teller: &Teller<'_>, at: Span, text: &str) -> Option<Edit> {
    let path = teller.run.files.paths.get(&at.source)?.clone();
    let mark = |at: Span| {
        let (line, characters, bytes) = teller.mark(at)?;
        Some(Mark { line, characters, bytes })
    };
    let (from, to) = (mark(at)?, mark(Span { start: at.end, ..at })?);
    Some(Edit { path, from, to, text: text.to_owned() })
}

/// All edits of a fix as one, with what stands between them: nothing where they lie in several
/// files, in another than `path`, or far apart.
pub(crate) fn as_one(teller: &Teller<'_>, fix: &Fix, edits: &[Edit], path: &str) -> Option<Edit> {
    let (first, last) = (edits.first()?, edits.last()?);
    let near = last.to.line.saturating_sub(first.from.line) <= MOST_LINES;
    if !near || edits.iter().any(|it| it.path != path) {
        return None;
    }
    let mut changes: Vec<_> = fix.changes.iter().filter_map(|it| it.edit()).collect();
    changes.sort_by_key(|(at, _)| *at);
    let source = teller.run.sources.get(changes.first()?.0.source)?;
    let (mut text, mut end) = (String::new(), None);
    for (at, words) in changes {
        text.push_str(source.text.get(end.unwrap_or(at.start as usize)..at.start as usize)?);
        text.push_str(words);
        end = Some(at.end as usize);
    }
    Some(Edit { path: path.to_owned(), from: first.from, to: last.to, text })
}
