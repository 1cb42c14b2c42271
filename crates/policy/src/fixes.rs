//! What can be mended by rule: one file for each sort of fix, and one line in [`FIXES`].
//!
//! A fix is offered only where facts leave one answer. What is somebody else's work is left alone.

mod place;
mod kept;
mod respell;
mod outdated;
mod vague;
mod linked;
mod looser;
mod renamed;
mod pinned;
mod owed;

use std::collections::BTreeMap;

use caveat_core::source::SourceId;

use crate::case::Case;
use crate::finding::{Finding, Report};
use crate::fix::{Answered, Change, Fix};
use kept::{Labels, Losses};

/// A sort of fix.
#[derive(Clone, Copy)]
pub struct Fixer {
    /// What it is called, kebab-case.
    pub name: &'static str,
    /// What it does, in one clause.
    pub summary: &'static str,
    offers: Offers,
}

/// When a sort of fix is offered.
#[derive(Clone, Copy)]
enum Offers {
    /// To findings of a rule.
    For(&'static str, fn(&Bench<'_>, &Finding) -> Option<Fix>),
    /// Where words can be put better, though they are understood and no rule reports them.
    Unasked(fn(&Bench<'_>) -> Vec<Fix>),
}

/// All sorts of fixes. Where two would change the same words, the first does.
pub const FIXES: &[Fixer] = &[
    looser::FIXER,
    renamed::FIXER,
    renamed::OWED,
    vague::FIXER,
    linked::FIXER,
    outdated::FIXER,
    respell::FIXER,
    pinned::FIXER,
    owed::NOTICE,
    owed::TEXT,
];

/// What fixes are made of: the case, and what was worked out on the way.
struct Bench<'a> {
    case: &'a Case<'a>,
    labels: Labels,
    losses: Losses,
}

impl std::fmt::Debug for Fixer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fixer").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The fixes for these findings.
pub fn of_findings(case: &Case<'_>, findings: &[Finding]) -> Vec<Fix> {
    let bench = Bench { case, labels: Labels::default(), losses: Losses::default() };
    let mut taken = Taken::default();
    for fixer in FIXES {
        let Offers::For(rule, offer) = fixer.offers else { continue };
        for it in findings.iter().filter(|it| it.rule == rule) {
            let answers = || Answered { rule, fingerprint: it.fingerprint(), at: it.at };
            taken.add(offer(&bench, it).map(|fix| Fix { answers: Some(answers()), ..fix }));
        }
    }
    taken.all
}

/// Everything that can be mended: the fixes for the findings of a report, and those that nobody
/// asked for.
pub fn all(case: &Case<'_>, report: &Report) -> Vec<Fix> {
    let bench = Bench { case, labels: Labels::default(), losses: Losses::default() };
    let mut taken = Taken::default();
    taken.add(report.fixes.iter().cloned());
    for fixer in FIXES {
        let Offers::Unasked(offer) = fixer.offers else { continue };
        taken.add(offer(&bench));
    }
    taken.all
}

/// Fixes that do not touch what others of them change.
#[derive(Default)]
struct Taken {
    all: Vec<Fix>,
    /// Which of them change a file.
    by_file: BTreeMap<File, Vec<usize>>,
}

/// What a change is made to: a text that is there, or a file that is not.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum File {
    Known(SourceId),
    New(String),
}

impl Taken {
    /// Takes what collides with none so far: once those are done the others may come again.
    fn add(&mut self, more: impl IntoIterator<Item = Fix>) {
        for fix in more {
            let files: Vec<File> = fix.changes.iter().map(file).collect();
            let beside = files.iter().filter_map(|it| self.by_file.get(it)).flatten();
            if beside.filter_map(|it| self.all.get(*it)).any(|it| it.collides(&fix)) {
                continue;
            }
            for it in files {
                self.by_file.entry(it).or_default().push(self.all.len());
            }
            self.all.push(fix);
        }
    }
}

fn file(change: &Change) -> File {
    match change {
        Change::Replace { at, .. } | Change::Insert { at, .. } => File::Known(at.source),
        Change::NewFile { path, .. } => File::New(path.to_ascii_lowercase()),
    }
}
