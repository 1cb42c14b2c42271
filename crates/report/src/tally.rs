//! The figures of a run, and the sentence that sums it up.

use std::collections::BTreeMap;

use caveat_core::component::Kind;
use caveat_core::inventory::{Component, Standing};
use caveat_policy::finding::{Aside, SetAside};
use caveat_policy::verdict::Level;

use crate::plain::brief;
use crate::run::Run;

/// How many there are of everything that a summary counts.
#[derive(Debug, Default)]
pub(crate) struct Tally<'a> {
    pub(crate) denied: usize,
    pub(crate) review: usize,
    pub(crate) note: usize,
    pub(crate) kinds: BTreeMap<Kind, usize>,
    pub(crate) categories: BTreeMap<&'a str, usize>,
    pub(crate) licensed: usize,
    pub(crate) unknown: usize,
    pub(crate) ambiguous: usize,
}

impl<'a> Tally<'a> {
    /// Counts a run.
    pub(crate) fn of(run: &Run<'a>) -> Self {
        let mut tally = Self::default();
        for it in run.report.iter().flat_map(|it| &it.findings) {
            match it.level {
                Level::Deny => tally.denied += 1,
                Level::Warn => tally.review += 1,
                Level::Note => tally.note += 1,
                Level::Allow => {}
            }
        }
        for it in run.graph.components.values() {
            *tally.kinds.entry(it.kind).or_default() += 1;
            if let Some(categories) = run.categories {
                *tally.categories.entry(category(it, categories)).or_default() += 1;
            }
            match standing(it) {
                Standing::Clear => tally.licensed += 1,
                Standing::Unknown => tally.unknown += 1,
                Standing::Ambiguous(_) => tally.ambiguous += 1,
            }
        }
        tally
    }

    /// Whether there is nothing that a person should know.
    pub(crate) fn is_clean(&self) -> bool {
        self.denied + self.review + self.note == 0
    }
}

/// How firm the license of a component is. Clear without a license would be consent by silence.
pub(crate) fn standing(component: &Component) -> &Standing {
    match &component.conclusion.standing {
        Standing::Clear if component.conclusion.license.is_none() => &Standing::Unknown,
        it => it,
    }
}

fn category<'a>(component: &Component, categories: &'a BTreeMap<String, String>) -> &'a str {
    let Some(license) = &component.conclusion.license else { return "unknown" };
    categories.get(&license.to_string()).map_or("uncategorised", String::as_str)
}

/// The run in a few sentences: what was found, in what, how much was read, by which policy, and
/// what nobody looked at.
pub(crate) fn sentences(run: &Run<'_>) -> Vec<String> {
    let tally = Tally::of(run);
    let mut parts = Vec::new();
    if let Some(report) = run.report {
        parts.push(found(&tally, &report.set_aside));
    }
    parts.push(format!("{}; {}", components(run, &tally), files(run)));
    if let Some(policy) = run.policy {
        let because = run.default_because.map(|it| format!(" (built-in default: {})", brief(it)));
        parts.push(format!("policy {}{}", brief(policy), because.unwrap_or_default()));
    }
    if !run.coverage.not_looked_at.is_empty() {
        let places: Vec<_> = run.coverage.not_looked_at.iter().map(|it| brief(it)).collect();
        parts.push(format!("not looked at: {}", places.join("; ")));
    }
    parts
}

fn found(tally: &Tally<'_>, set_aside: &[SetAside]) -> String {
    let mut counts = Vec::new();
    if tally.denied > 0 {
        counts.push(counted(tally.denied, "error"));
    }
    if tally.review > 0 {
        counts.push(format!("{} to review", tally.review));
    }
    if tally.note > 0 {
        counts.push(counted(tally.note, "note"));
    }
    if counts.is_empty() {
        counts.push("no findings".to_owned());
    }
    if !set_aside.is_empty() {
        counts.push(format!("{} set aside{}", set_aside.len(), not_by_policy(set_aside)));
    }
    counts.join(", ")
}

/// How many of them are as wrong as before, and only do not count today.
fn not_by_policy(set_aside: &[SetAside]) -> String {
    let count = |by: Aside| set_aside.iter().filter(|it| it.by == by).count();
    let kinds = [(Aside::Baseline, "in the baseline"), (Aside::NotNew, "not new")];
    let told = kinds.map(|(by, words)| (count(by), words));
    let told: Vec<_> =
        told.iter().filter(|it| it.0 > 0).map(|it| format!("{} {}", it.0, it.1)).collect();
    if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) }
}

fn components(run: &Run<'_>, tally: &Tally<'_>) -> String {
    let all = run.graph.components.len();
    if all == 0 {
        return "no components".to_owned();
    }
    let kinds: Vec<_> = tally.kinds.iter().map(|(kind, count)| of_kind(*kind, *count)).collect();
    let recalled = run.graph.components.values().filter(|it| it.is_recalled()).count();
    let mut standing = vec![match recalled {
        0 => format!("{} licensed", tally.licensed),
        some => format!("{} licensed ({some} by the catalogue alone)", tally.licensed),
    }];
    for (count, word) in [(tally.unknown, "unknown"), (tally.ambiguous, "ambiguous")] {
        if count > 0 {
            standing.push(format!("{count} {word}"));
        }
    }
    format!("{} ({}): {}", counted(all, "component"), kinds.join(", "), standing.join(", "))
}

fn files(run: &Run<'_>) -> String {
    let coverage = run.coverage;
    let read = if coverage.seen > coverage.read {
        format!("{} of {} read", coverage.read, counted(coverage.seen, "file"))
    } else {
        format!("{} read", counted(coverage.read, "file"))
    };
    let read = match coverage.skipped.len() {
        0 => read,
        skipped => format!("{read}, {skipped} skipped"),
    };
    let weights = coverage.weights;
    if weights.files == 0 {
        return read;
    }
    let files = counted(weights.files, "weight file");
    format!("{read}; {} of the {} in {files}", size(weights.read), size(weights.bytes))
}

/// A number of bytes with three digits.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["bytes", "kB", "MB", "GB", "TB", "PB"];
    let (mut whole, mut rest, mut unit) = (bytes, 0, 0);
    while whole >= 1000 && unit + 1 < UNITS.len() {
        (whole, rest, unit) = (whole / 1000, whole % 1000, unit + 1);
    }
    match whole {
        _ if unit == 0 => format!("{whole} {}", UNITS[unit]),
        0..10 => format!("{whole}.{:02} {}", rest / 10, UNITS[unit]),
        10..100 => format!("{whole}.{} {}", rest / 100, UNITS[unit]),
        _ => format!("{whole} {}", UNITS[unit]),
    }
}

/// `8 models`.
pub(crate) fn of_kind(kind: Kind, count: usize) -> String {
    match kind {
        Kind::Code => format!("{count} code"),
        Kind::Model | Kind::Dataset | Kind::Document => counted(count, kind.name()),
    }
}

fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}
