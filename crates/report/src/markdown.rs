//! `markdown`: a comment for a pull request: what fails with its reasons, the rest to unfold.

use std::io::{self, BufWriter, Write};

use caveat_policy::finding::{Finding, Obligation, Report, SetAside};
use caveat_policy::verdict::Level;

use crate::alike::{Alike, alike};
use crate::markup::{cell, markdown};
use crate::run::{Look, Run};
use crate::tally::sentences;
use crate::told::{Teller, cited, headline};

/// GitHub takes 65,536 characters in a comment; titles and sums need some. Findings have half of
/// the rest, and the other half too where nobody asks for duties.
const MOST_BYTES: usize = 56_000;
/// How many findings are told with their reasons.
const MOST_IN_FULL: usize = 10;
/// How many other places of the same thing are named.
const MOST_PLACES: usize = 3;

/// Writes a title with the sums, findings by level, and what was looked at.
pub(crate) fn write(run: &Run<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let mut sums = sentences(run).into_iter();
    let first = sums.next().unwrap_or_default();
    writeln!(out, "### Caveat: {}", markdown(&first))?;
    if let Some(report) = run.report {
        let left = if run.audit { MOST_BYTES / 2 } else { MOST_BYTES };
        let mut page = Page { teller: Teller::of(run), left, in_full: MOST_IN_FULL };
        page.write_found(&report.findings, &mut out)?;
        if run.audit {
            page.left += MOST_BYTES / 4;
            page.write_set_aside(&report.set_aside, &mut out)?;
            page.left += MOST_BYTES / 4;
            page.write_duties(report, &mut out)?;
        }
    }
    for it in sums {
        writeln!(out, "\n{}", markdown(&it))?;
    }
    out.flush()
}

/// A comment that is being written, and how much room is left.
struct Page<'a> {
    teller: Teller<'a>,
    left: usize,
    in_full: usize,
}

impl Page<'_> {
    fn write_found(&mut self, findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
        let sorts = [(Level::Deny, "error"), (Level::Warn, "to review"), (Level::Note, "note")];
        for (level, name) in sorts {
            let found: Vec<_> = findings.iter().filter(|it| it.level == level).collect();
            if found.is_empty() {
                continue;
            }
            let plural = if found.len() == 1 || level == Level::Warn { "" } else { "s" };
            let title = format!("{} {name}{plural}", found.len());
            let items = alike(found).into_iter().map(|it| self.item(&it, level));
            let items: Vec<_> = items.collect();
            self.write_section(&title, level == Level::Deny, &items, out)?;
        }
        Ok(())
    }

    /// A finding, and how often there are others like it; the first of what fails with reasons.
    fn item(&mut self, alike: &Alike<'_>, level: Level) -> String {
        let finding = alike.first;
        let mut item = self.line(finding);
        let others = alike.rest.len();
        if others > 0 {
            let place = |it: &&Finding| markdown(&cited(&self.teller.place(it)));
            let mut places: Vec<_> = alike.rest.iter().map(place).collect();
            places.dedup();
            let more = if others > MOST_PLACES { ", …" } else { "" };
            places.truncate(MOST_PLACES);
            let places = places.join(", ");
            item = format!("{item} (and {others} more like this: {places}{more})");
        }
        if level == Level::Deny && self.in_full > 0 {
            self.in_full -= 1;
            let reasons = self.teller.reasons(finding);
            let reasons = reasons.iter().map(|it| format!("{}: {}", it.name, markdown(&it.says)));
            let help = finding.help.iter().flat_map(|it| it.lines());
            let help = help.map(|it| format!("help: {}", markdown(it)));
            let lines = reasons.chain(help).map(|it| format!("\n  - {it}"));
            item.extend(lines);
        }
        item
    }

    fn line(&self, finding: &Finding) -> String {
        let spot = self.teller.place(finding);
        let message = markdown(&headline(finding, spot.byte));
        format!("- **{}** at {}: {message}", finding.rule, markdown(&cited(&spot)))
    }

    /// As many items as there is room for, under a title; folded unless it is `open`.
    fn write_section(
        &mut self,
        title: &str,
        open: bool,
        items: &[String],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if open {
            writeln!(out, "\n**{title}**\n")?;
        } else {
            writeln!(out, "\n<details><summary>{title}</summary>\n")?;
        }
        let shown = self.write_fitting(items, out)?;
        if items.len() > shown {
            writeln!(out, "- and {} more; `--format full` has them", items.len() - shown)?;
        }
        if open { Ok(()) } else { writeln!(out, "\n</details>") }
    }

    /// As many lines as there is room for; how many that are.
    fn write_fitting(&mut self, lines: &[String], out: &mut dyn Write) -> io::Result<usize> {
        for (number, it) in lines.iter().enumerate() {
            let Some(left) = self.left.checked_sub(it.len() + 1) else {
                self.left = 0;
                return Ok(number);
            };
            self.left = left;
            writeln!(out, "{it}")?;
        }
        Ok(lines.len())
    }

    fn write_set_aside(&mut self, set_aside: &[SetAside], out: &mut dyn Write) -> io::Result<()> {
        if set_aside.is_empty() {
            return Ok(());
        }
        let item = |it: &SetAside| format!("{} ({})", self.line(&it.finding), markdown(&it.why));
        let items: Vec<_> = set_aside.iter().map(item).collect();
        self.write_section(&format!("{} set aside", items.len()), false, &items, out)
    }

    fn write_duties(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let rows: Vec<_> = report.obligations.iter().map(duty).collect();
        if rows.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n<details><summary>{} duties</summary>\n", rows.len())?;
        writeln!(out, "| status | duty | component | license |\n|---|---|---|---|")?;
        let shown = self.write_fitting(&rows, out)?;
        if rows.len() > shown {
            let more = rows.len() - shown;
            writeln!(out, "\nand {more} more; `--format full --audit` has them")?;
        }
        writeln!(out, "\n</details>")
    }
}

fn duty(it: &Obligation) -> String {
    let (says, component) = (cell(&it.says), cell(it.component.as_str()));
    let license = format!("{} {}", cell(&it.license), cell(&it.cite));
    format!("| {} | {says} | {component} | {license} |", it.status.name())
}
