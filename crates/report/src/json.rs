//! `json`: everything, for programs. Schema `caveat/1`, in `schema/caveat-1.schema.json`.
//!
//! The shapes here are the interface: fields are added, never renamed or removed.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::lines::Places;
use crate::run::{Look, Run};
use crate::tally::Tally;
use crate::visible;

pub(crate) mod component;
mod judged;

use component::{JsonComponent, JsonRelation};
use judged::{JsonFinding, JsonObligation, JsonSetAside};

/// Name and version of the schema.
pub(crate) const SCHEMA: &str = "caveat/1";

/// Writes the run as one document, piece by piece.
pub(crate) fn write(run: &Run<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let document = Document { run, places: Places::of(run.sources) };
    visible::write(&document, &mut out)?;
    writeln!(out)?;
    out.flush()
}

/// Writes the same, one record on each line.
pub(crate) fn write_records(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::of(run.sources);
    let report = run.report.iter();
    let head = Head { schema: SCHEMA, tool: Tool::of(run), root: run.root, policy: run.policy };
    record("run", &head, out)?;
    for it in run.graph.components.values() {
        record("component", &JsonComponent::of(it, &places), out)?;
    }
    for it in &run.graph.relations {
        record("relation", &JsonRelation::of(it, &places), out)?;
    }
    for it in report.clone().flat_map(|it| &it.findings) {
        record("finding", &JsonFinding::of(it, &places), out)?;
    }
    for it in report.clone().flat_map(|it| &it.obligations) {
        record("obligation", &JsonObligation::of(it, &places), out)?;
    }
    for it in report.flat_map(|it| &it.set_aside).filter(|_| run.audit) {
        record("set_aside", &JsonSetAside::of(it, &places), out)?;
    }
    record("coverage", &Covered::of(run), out)?;
    record("summary", &Summary::of(run), out)
}

fn record(record: &'static str, fields: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    visible::write_line(&Record { record, fields }, out)
}

/// One line: what sort of record it is, then the fields of that.
#[derive(serde::Serialize)]
struct Record<'a, T> {
    record: &'static str,
    #[serde(flatten)]
    fields: &'a T,
}

/// What ran.
#[derive(serde::Serialize)]
struct Head<'a> {
    schema: &'static str,
    tool: Tool<'a>,
    root: &'a str,
    policy: Option<&'a str>,
}

/// The whole document.
struct Document<'a> {
    run: &'a Run<'a>,
    places: Places<'a>,
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self { run, places } = self;
        let report = run.report;
        let components = run.graph.components.values();
        let findings = report.iter().flat_map(|it| &it.findings);
        let obligations = report.iter().flat_map(|it| &it.obligations);
        let set_aside = report.iter().flat_map(|it| &it.set_aside);
        let mut document = to.serialize_struct("Document", 11)?;
        document.serialize_field("schema", SCHEMA)?;
        document.serialize_field("tool", &Tool::of(run))?;
        document.serialize_field("root", run.root)?;
        document.serialize_field("policy", &run.policy)?;
        document.serialize_field(
            "components",
            &Each(components.map(|it| JsonComponent::of(it, places))),
        )?;
        document.serialize_field(
            "relations",
            &Each(run.graph.relations.iter().map(|it| JsonRelation::of(it, places))),
        )?;
        document
            .serialize_field("findings", &Each(findings.map(|it| JsonFinding::of(it, places))))?;
        document.serialize_field(
            "obligations",
            &Each(obligations.map(|it| JsonObligation::of(it, places))),
        )?;
        if run.audit {
            document.serialize_field(
                "set_aside",
                &Each(set_aside.map(|it| JsonSetAside::of(it, places))),
            )?;
        }
        document.serialize_field("coverage", &Covered::of(run))?;
        document.serialize_field("summary", &Summary::of(run))?;
        document.end()
    }
}

/// A list whose items are made while it is written.
struct Each<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.clone())
    }
}

#[derive(serde::Serialize)]
struct Tool<'a> {
    name: &'static str,
    version: &'a str,
    data: &'a str,
}

impl<'a> Tool<'a> {
    fn of(run: &Run<'a>) -> Self {
        Self { name: "caveat", version: run.version, data: run.data }
    }
}

#[derive(serde::Serialize)]
struct Covered<'a> {
    read: usize,
    seen: usize,
    weights: Weights,
    skipped: Vec<Skipped<'a>>,
    not_looked_at: &'a [String],
}

#[derive(serde::Serialize)]
struct Weights {
    files: usize,
    bytes_read: u64,
    bytes: u64,
}

#[derive(serde::Serialize)]
struct Skipped<'a> {
    path: &'a str,
    why: &'a str,
}

impl<'a> Covered<'a> {
    fn of(run: &Run<'a>) -> Self {
        let coverage = run.coverage;
        let skipped = coverage.skipped.iter().map(|it| Skipped { path: &it.path, why: &it.why });
        Self {
            read: coverage.read,
            seen: coverage.seen,
            weights: Weights {
                files: coverage.weights.files,
                bytes_read: coverage.weights.read,
                bytes: coverage.weights.bytes,
            },
            skipped: skipped.collect(),
            not_looked_at: &coverage.not_looked_at,
        }
    }
}

#[derive(serde::Serialize)]
struct Summary<'a> {
    verdicts: BTreeMap<&'static str, usize>,
    kinds: BTreeMap<&'static str, usize>,
    set_aside: BTreeMap<&'static str, usize>,
    categories: BTreeMap<&'a str, usize>,
    licensed: usize,
    unknown: usize,
    ambiguous: usize,
}

impl<'a> Summary<'a> {
    fn of(run: &Run<'a>) -> Self {
        let tally = Tally::of(run);
        let mut set_aside = BTreeMap::new();
        for it in run.report.iter().flat_map(|it| &it.set_aside) {
            *set_aside.entry(it.by.name()).or_default() += 1;
        }
        Self {
            set_aside,
            verdicts: BTreeMap::from([
                ("denied", tally.denied),
                ("review", tally.review),
                ("note", tally.note),
            ]),
            kinds: tally.kinds.iter().map(|(kind, count)| (kind.name(), *count)).collect(),
            categories: tally.categories,
            licensed: tally.licensed,
            unknown: tally.unknown,
            ambiguous: tally.ambiguous,
        }
    }
}
