//! Findings as tools are told of them: each with a name of its own, a place in the repository, and
//! its reasons in words.

use std::collections::BTreeMap;

use caveat_core::source::Span;
use caveat_policy::finding::{Finding, Link, SetAside};

use crate::lines::Places;
use crate::plain::brief;
use crate::run::Run;

/// Where somebody can write a policy who has none yet.
const NO_FILE: &str = "caveat.toml";

/// A run, and the places in it.
pub(crate) struct Teller<'a> {
    pub(crate) run: &'a Run<'a>,
    places: Places<'a>,
}

/// A finding that counts, or one that was set aside.
pub(crate) struct Told<'a> {
    pub(crate) finding: &'a Finding,
    pub(crate) set_aside: Option<&'a SetAside>,
    /// Tells it from every other finding, and stays when lines move.
    pub(crate) identity: String,
}

/// A part of one line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// From the top of the repository.
    pub(crate) path: String,
    /// From 1; always 1 in a binary file, which has no lines.
    pub(crate) line: usize,
    /// First column and the one behind the last; nothing where the whole file is meant.
    pub(crate) columns: Option<Columns>,
    /// For a binary file the byte that is meant.
    pub(crate) byte: Option<u64>,
}

/// Columns from 1, counted in two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) characters: (usize, usize),
    pub(crate) bytes: (usize, usize),
}

/// One step that decided, in words that are safe on one line.
pub(crate) struct Reason {
    /// Its sort: `from`, `found`, `license`, `fact`, `policy`.
    pub(crate) name: &'static str,
    pub(crate) says: String,
    /// Where it is written, if that is a file of the repository.
    pub(crate) spot: Option<Spot>,
}

impl<'a> Teller<'a> {
    pub(crate) fn of(run: &'a Run<'a>) -> Self {
        Self { run, places: Places::of(run.sources) }
    }

    /// All findings in the order of the report; auditors get what was set aside too.
    pub(crate) fn findings(&self) -> Vec<Told<'a>> {
        let report = self.run.report.iter();
        let found = report.clone().flat_map(|it| &it.findings).map(|it| (it, None));
        let aside = report.flat_map(|it| &it.set_aside).filter(|_| self.run.audit);
        let aside = aside.map(|it| (&it.finding, Some(it)));
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let told = found.chain(aside).map(|(finding, set_aside)| {
            let fingerprint = finding.fingerprint();
            let number = seen.entry(fingerprint.clone()).or_default();
            *number += 1;
            Told { finding, set_aside, identity: format!("{fingerprint}:{number}") }
        });
        told.collect()
    }

    /// The place that the user can change. What has none in the repository is shown at its
    /// component, at the line of the policy that asks for it, or where one would be written.
    pub(crate) fn place(&self, finding: &Finding) -> Spot {
        let whole = |path: String| Spot { path, line: 1, columns: None, byte: None };
        self.spot(finding.at).unwrap_or_else(|| {
            let component = self.run.graph.components.get(&finding.component);
            let path = component.map(|it| it.path.as_str()).filter(|it| !it.is_empty());
            if let Some(path) = path {
                return whole(format!("{}{path}", self.run.files.folder));
            }
            let mut lines = finding.because.steps().filter(|it| it.link == Link::Policy);
            let line = lines.find_map(|it| self.spot(it.at?));
            line.unwrap_or_else(|| whole(NO_FILE.to_owned()))
        })
    }

    /// The part of a span that lies in its first line: what goes over several lines is shown in a
    /// change only where every one of them was changed.
    pub(crate) fn spot(&self, at: Span) -> Option<Spot> {
        let path = self.run.files.paths.get(&at.source)?.clone();
        let place = self.places.place(at)?;
        if self.places.source(at).is_some_and(|it| !it.origins.is_empty()) {
            return Some(Spot { path, line: 1, columns: None, byte: Some(place.start) });
        }
        let (start, text) = self.places.line(at.source, place.line)?;
        let from = (at.start as usize).saturating_sub(start);
        let to = (at.end as usize).saturating_sub(start).min(text.len()).max(from);
        let marked = text.get(from..to).unwrap_or_default();
        let columns = Columns {
            characters: (place.column, place.column + marked.chars().count()),
            bytes: (from + 1, from + 1 + marked.len()),
        };
        Some(Spot { path, line: place.line, columns: Some(columns), byte: None })
    }

    /// Where a span begins: line, column in characters, column in bytes.
    pub(crate) fn mark(&self, at: Span) -> Option<(usize, usize, usize)> {
        let place = self.places.place(at)?;
        let (start, _) = self.places.line(at.source, place.line)?;
        Some((place.line, place.column, (at.start as usize).saturating_sub(start) + 1))
    }

    /// What decided, step by step.
    pub(crate) fn reasons(&self, finding: &Finding) -> Vec<Reason> {
        let reason = |it: &caveat_policy::finding::Step| {
            let cite = it.cite.as_ref().map(|it| format!(" ({})", brief(it)));
            Reason {
                name: name(it.link),
                says: brief(&it.says) + &cite.unwrap_or_default(),
                spot: it.at.and_then(|it| self.spot(it)),
            }
        };
        finding.because.steps().map(reason).collect()
    }

    /// Everything there is to say, a line each: what is wrong, why, what to do.
    pub(crate) fn lines(&self, told: &Told<'_>) -> Vec<String> {
        let mut lines = vec![headline(told.finding, self.place(told.finding).byte)];
        for it in self.reasons(told.finding) {
            let place = it.spot.map(|it| format!(" ({})", cited(&it)));
            lines.push(format!("{}: {}{}", it.name, it.says, place.unwrap_or_default()));
        }
        lines.extend(notes(told));
        lines
    }
}

/// What is wrong; for a binary file with the byte, as it has no lines.
pub(crate) fn headline(finding: &Finding, byte: Option<u64>) -> String {
    let byte = byte.map(|it| format!(" (header, byte {it})"));
    brief(&finding.message) + &byte.unwrap_or_default()
}

/// What to do, and why it does not count where it was set aside.
pub(crate) fn notes(told: &Told<'_>) -> Vec<String> {
    let why = told.set_aside.map(|it| format!("set aside: {}", brief(&it.why)));
    let help = told.finding.help.iter().flat_map(|it| it.lines());
    why.into_iter().chain(help.map(|it| format!("help: {}", brief(it)))).collect()
}

/// `path:line`.
pub(crate) fn cited(spot: &Spot) -> String {
    format!("{}:{}", brief(&spot.path), spot.line)
}

fn name(link: Link) -> &'static str {
    match link {
        Link::Relation => "from",
        Link::Claim => "found",
        Link::Term => "license",
        Link::Fact => "fact",
        Link::Policy => "policy",
    }
}
