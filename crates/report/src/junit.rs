//! `junit`: a test for each rule and each finding, for servers that show tests.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};

use caveat_policy::rules::RULES;
use caveat_policy::verdict::Level;

use crate::markup::xml;
use crate::run::{Look, Run};
use crate::told::{Teller, Told, cited, headline};

/// Writes a suite for each rule. What is denied has failed, what a person has to review is
/// skipped, what is only noted has passed; a rule that is kept is one test that has passed.
pub(crate) fn write(run: &Run<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let teller = Teller::of(run);
    let mut told = teller.findings();
    told.retain(|it| it.set_aside.is_none());
    let mut out = BufWriter::with_capacity(1 << 16, out);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="caveat"{}>"#, counts(&told, RULES.len()))?;
    for rule in RULES {
        let found: Vec<_> = told.iter().filter(|it| it.finding.rule == rule.name).collect();
        write_suite(&teller, (rule.name, rule.summary), &found, &mut out)?;
    }
    // What other commands find has names of their own.
    let is_other = |it: &&Told<'_>| RULES.iter().all(|rule| rule.name != it.finding.rule);
    let names: BTreeSet<_> = told.iter().filter(is_other).map(|it| it.finding.rule).collect();
    for name in names {
        let found: Vec<_> = told.iter().filter(|it| it.finding.rule == name).collect();
        write_suite(&teller, (name, name), &found, &mut out)?;
    }
    writeln!(out, "</testsuites>")?;
    out.flush()
}

/// The attributes of the whole that count. A rule that is kept counts as one test.
fn counts(told: &[Told<'_>], rules: usize) -> String {
    let broken = RULES.iter().filter(|it| told.iter().any(|told| told.finding.rule == it.name));
    let tests = told.len() + rules - broken.count();
    let failures = of_level(told.iter(), Level::Deny);
    format!(r#" tests="{tests}" failures="{failures}" errors="0""#)
}

fn of_level<'a>(told: impl Iterator<Item = &'a Told<'a>>, level: Level) -> usize {
    told.filter(|it| it.finding.level == level).count()
}

fn write_suite(
    teller: &Teller<'_>,
    (name, summary): (&str, &str),
    found: &[&Told<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let (tests, name) = (found.len().max(1), xml(name));
    let failures = of_level(found.iter().copied(), Level::Deny);
    let skipped = of_level(found.iter().copied(), Level::Warn);
    writeln!(
        out,
        r#"  <testsuite name="{name}" tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}">"#
    )?;
    if found.is_empty() {
        writeln!(out, r#"    <testcase name="{}" classname="{name}"/>"#, xml(summary))?;
    }
    for it in found {
        write_case(teller, it, out)?;
    }
    writeln!(out, "  </testsuite>")
}

fn write_case(teller: &Teller<'_>, told: &Told<'_>, out: &mut dyn Write) -> io::Result<()> {
    let finding = told.finding;
    let spot = teller.place(finding);
    let (place, message) = (cited(&spot), headline(finding, spot.byte));
    let name = xml(&format!("{}: {message}", finding.component));
    writeln!(out, r#"    <testcase name="{name}" classname="{}">"#, xml(&spot.path))?;
    let lines: Vec<_> = teller.lines(told).iter().map(|it| xml(it)).collect();
    let (text, place) = (lines.join("\n"), xml(&place));
    let (rule, message) = (finding.rule, xml(&message));
    match finding.level {
        Level::Deny => writeln!(
            out,
            r#"      <failure type="{rule}" message="{message}">{place}{NEXT}{text}</failure>"#
        )?,
        Level::Warn => writeln!(
            out,
            r#"      <skipped type="{rule}" message="review: {message}">{place}{NEXT}{text}</skipped>"#
        )?,
        Level::Note | Level::Allow => {
            writeln!(out, "      <system-out>{place}\n{text}</system-out>")?;
        }
    }
    writeln!(out, "    </testcase>")
}

const NEXT: &str = "\n";
