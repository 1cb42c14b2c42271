//! `sarif`: SARIF 2.1.0, with what GitHub's code scanning reads of it, inside its limits.
//!
//! The category of an upload is left to whoever uploads: one that stands here would hide theirs.

use std::io::{self, BufWriter, Write};

use caveat_policy::verdict::Level;
use serde::Serialize;

use crate::markup::uri;
use crate::run::{Look, Run};
use crate::tally::sentences;
use crate::told::{Spot, Teller, Told};
use crate::visible;

mod message;
mod rules;
mod fixes;

use fixes::{Fix, fixes};
use message::message;
use rules::{Rule, number, rules};

/// Which schema the file keeps to.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// GitHub takes no more results of one run.
const MOST_RESULTS: usize = 25_000;
/// GitHub takes 10 MB, compressed, and what we write packs twenty times over. Text that was made
/// to pack badly may still be too much; then the upload fails, and not in silence.
const MOST_BYTES: usize = 60_000_000;
/// What a place takes, and what a result takes beside its message.
const FRAME: usize = 600;
/// How many files that were not read are told.
const MOST_SKIPPED: usize = 100;

/// Writes the run as one log. Without a judgement it has no results.
pub(crate) fn write(run: &Run<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let teller = Teller::of(run);
    let told = teller.findings();
    let results = results(&teller, &told);
    let left_out = told.len() - results.len();
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [OneRun {
            tool: Tool { driver: Driver::of(run) },
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: notifications(run, left_out),
            }],
            column_kind: "unicodeCodePoints",
            results,
        }],
    };
    let mut out = BufWriter::with_capacity(1 << 16, out);
    visible::write(&log, &mut out)?;
    writeln!(out)?;
    out.flush()
}

/// The gravest come first and stay.
fn results<'a>(teller: &Teller<'_>, told: &'a [Told<'a>]) -> Vec<OneResult<'a>> {
    let told = told.iter().take(MOST_RESULTS);
    let mut results: Vec<_> = told.map(|it| OneResult::of(teller, it)).collect();
    results.truncate(within(MOST_BYTES, results.iter().map(OneResult::size)));
    results
}

/// How many of these fit one after the other into `most`.
fn within(most: usize, sizes: impl Iterator<Item = usize>) -> usize {
    let mut sum: usize = 0;
    let fits = |size: &usize| {
        sum = sum.saturating_add(*size);
        sum <= most
    };
    sizes.take_while(fits).count()
}

/// What was cut, the sums, and what was not read.
fn notifications(run: &Run<'_>, left_out: usize) -> Vec<Notification> {
    let note = |level, text| Notification { level, message: Message { text } };
    let mut notes = Vec::new();
    if left_out > 0 {
        let text = format!("{left_out} findings are left out: GitHub takes no more");
        notes.push(note("warning", text));
    }
    notes.extend(sentences(run).into_iter().map(|it| note("note", it)));
    let skipped = &run.coverage.skipped;
    for it in skipped.iter().take(MOST_SKIPPED) {
        let text = crate::plain::brief(&format!("skipped {}: {}", it.path, it.why));
        notes.push(note("warning", text));
    }
    if skipped.len() > MOST_SKIPPED {
        notes.push(note("warning", format!("skipped {} more", skipped.len() - MOST_SKIPPED)));
    }
    notes
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [OneRun<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OneRun<'a> {
    tool: Tool<'a>,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<OneResult<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    version: &'a str,
    semantic_version: &'a str,
    rules: Vec<Rule>,
}

impl<'a> Driver<'a> {
    fn of(run: &Run<'a>) -> Self {
        let version = run.version;
        Self { name: "Caveat", version, semantic_version: version, rules: rules() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
}

/// Words of a message or of a rule.
#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OneResult<'a> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Suppression; 1]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
    properties: About<'a>,
}

impl<'a> OneResult<'a> {
    fn of(teller: &Teller<'_>, told: &'a Told<'a>) -> Self {
        let finding = told.finding;
        let (text, related) = message(teller, told);
        let (kind, level) = grade(finding.level);
        Self {
            rule_id: finding.rule,
            rule_index: number(finding.rule),
            kind,
            level,
            message: Message { text },
            locations: [Location::of(&teller.place(finding), None)],
            related_locations: related,
            partial_fingerprints: Fingerprints { primary_location_line_hash: &told.identity },
            suppressions: told.set_aside.map(|it| {
                let justification = crate::plain::brief(&it.why);
                [Suppression { kind: "external", status: "accepted", justification }]
            }),
            fixes: fixes(teller, told),
            properties: About {
                component: finding.component.as_str(),
                license: finding.license.as_deref(),
            },
        }
    }
}

impl OneResult<'_> {
    /// About how many bytes it takes.
    fn size(&self) -> usize {
        let related = &self.related_locations;
        let words = related.iter().flat_map(|it| &it.message).map(|it| it.text.len());
        let places = related.len() + self.fixes.len() + 1;
        self.message.text.len() + words.sum::<usize>() + FRAME * places
    }
}

/// Kind and level. What a person has to review has no level in SARIF; GitHub, which knows no
/// kinds, then takes the level of the rule, which is `warning`.
fn grade(level: Level) -> (Option<&'static str>, Option<&'static str>) {
    match level {
        Level::Deny => (None, Some("error")),
        Level::Warn => (Some("review"), None),
        Level::Note | Level::Allow => (None, Some("note")),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fingerprints<'a> {
    primary_location_line_hash: &'a str,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

#[derive(Serialize)]
struct About<'a> {
    component: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(rename = "physicalLocation")]
    physical: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

impl Location {
    /// A place; with a number and words where a message refers to it.
    fn of(spot: &Spot, named: Option<(usize, String)>) -> Self {
        let (id, text) = named.unzip();
        Self {
            id,
            physical: PhysicalLocation {
                artifact_location: Artifact { uri: uri(&spot.path) },
                region: Region {
                    start_line: spot.line,
                    start_column: spot.columns.map(|it| it.characters.0),
                    end_column: spot.columns.map(|it| it.characters.1),
                },
            },
            message: text.map(|text| Message { text }),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn what_is_too_much_is_cut_from_the_end() {
        assert_eq!(within(10, [4, 6, 1, 0].into_iter()), 2);
        assert_eq!(within(10, [11, 1].into_iter()), 0);
        assert_eq!(within(10, [usize::MAX, usize::MAX].into_iter()), 0);
        assert_eq!(within(10, [1, 2].into_iter()), 2);
    }
}
