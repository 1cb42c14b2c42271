//! One finding for people: what is wrong, where, how we know, what to do.

use std::io::{self, Write};

use caveat_core::source::Span;
use caveat_policy::finding::{Finding, Link, Step};
use unicode_width::UnicodeWidthStr;

use crate::alike::Alike;
use crate::paint::Ink;
use crate::plain::{brief, plain};
use crate::screen::{Screen, heading};
use crate::snippet::Snippet;
use crate::wrap::wrap_after;

/// How far the lines of a message are set in after the first.
const HANGING: usize = 4;
/// Columns of the line numbers where no line is shown.
const GUTTER: usize = 2;

impl Screen<'_> {
    /// Writes a finding under the name of its level, and what is like it.
    pub(crate) fn write_found(&self, alike: &Alike<'_>, out: &mut dyn Write) -> io::Result<()> {
        let (name, ink) = heading(alike.first);
        let others = self.others(alike).into_iter().map(|it| ("also", it));
        self.write_finding(alike.first, name, ink, &others.collect::<Vec<_>>(), out)
    }

    /// Writes a finding with everything that decided it, then `notes`, each with a name.
    pub(crate) fn write_finding(
        &self,
        finding: &Finding,
        name: &str,
        ink: Ink,
        notes: &[(&str, String)],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut snippet = Snippet::of(&self.places, finding.at, &finding.label, ink, self.look);
        let reasons = self.reasons(finding, snippet.as_mut());
        let gutter = snippet.as_ref().map_or(GUTTER, Snippet::gutter);
        self.write_title(finding, name, ink, out)?;
        let arrow = self.look.paint(Ink::Frame, "-->");
        writeln!(out, "{:gutter$}{arrow} {}", "", self.place_of(finding))?;
        match &snippet {
            Some(it) => it.write(&self.places, self.look, out)?,
            None if finding.label.is_empty() => {}
            None => self.annotate(gutter, "here", &finding.label, out)?,
        }
        let notes = notes.iter().map(|(name, text)| (*name, text));
        let help = finding.help.iter().map(|it| ("help", it));
        let reasons = reasons.iter().map(|(name, text)| (*name, text));
        let mut annotations = reasons.chain(notes).chain(help).peekable();
        if snippet.is_some() && annotations.peek().is_some() {
            writeln!(out, "{}", self.look.paint(Ink::Frame, &format!("{:gutter$} |", "")))?;
        }
        for (name, text) in annotations {
            self.annotate(gutter, name, text, out)?;
        }
        writeln!(out)
    }

    /// What is wrong, in as many lines as it takes.
    fn write_title(
        &self,
        finding: &Finding,
        name: &str,
        ink: Ink,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let rule = format!("{name}[{}]", finding.rule);
        // The rule takes a part of the first line, and all that follow are set in.
        let taken = (rule.width() + 1).saturating_sub(HANGING);
        let room = self.room(HANGING);
        let lines = wrap_after(taken, &brief(&finding.message), room);
        let mut lines = lines.iter().map(|it| self.look.paint(Ink::Strong, it));
        let colon = self.look.paint(Ink::Strong, ":");
        let first = lines.next().unwrap_or_default();
        writeln!(out, "{}{colon} {first}", self.look.paint(ink, &rule))?;
        lines.try_for_each(|it| writeln!(out, "{:HANGING$}{it}", ""))
    }

    /// Where a finding is; for the header of a binary also at which byte, as it has no lines.
    fn place_of(&self, finding: &Finding) -> String {
        let located = self.located(finding.at, &finding.component);
        let located = self.linked(finding.at, located);
        let Some(place) = self.places.place(finding.at) else {
            return plain(self.path_of(&finding.component)).into_owned();
        };
        match self.places.source(finding.at) {
            Some(it) if !it.origins.is_empty() => {
                format!("{located} (header, byte {})", place.start)
            }
            Some(_) | None => located,
        }
    }

    /// The steps that the snippet does not show, each with the name of its sort.
    fn reasons(
        &self,
        finding: &Finding,
        mut snippet: Option<&mut Snippet>,
    ) -> Vec<(&'static str, String)> {
        let mut reasons = Vec::new();
        for step in finding.because.steps() {
            let shown = match (snippet.as_mut(), step.at) {
                (Some(snippet), Some(at)) => snippet.relate(&self.places, at, &step.says),
                (Some(_) | None, _) => None,
            };
            if shown.is_none() {
                reasons.push(self.reason(step, finding.at));
            }
        }
        reasons
    }

    /// A step as a sentence with its place, unless that is where the finding points already.
    fn reason(&self, step: &Step, shown: Span) -> (&'static str, String) {
        let cited = step.at.and_then(|it| self.cited(it));
        let place = cited.clone().filter(|it| self.cited(shown).as_ref() != Some(it));
        let says = &step.says;
        match step.link {
            Link::Relation => ("from", with_sources(says, [place, None])),
            Link::Claim => ("found", with_sources(says, [place, None])),
            Link::Term => {
                let cited = cited.filter(|_| self.look.verbose);
                ("license", with_sources(says, [step.cite.clone(), cited]))
            }
            Link::Fact => ("fact", with_sources(says, [place, None])),
            Link::Policy => {
                ("policy", place.map_or_else(|| says.clone(), |it| format!("{it} {says}")))
            }
        }
    }
}

/// `says (one, other)`.
fn with_sources(says: &str, sources: [Option<String>; 2]) -> String {
    let sources: Vec<_> = sources.into_iter().flatten().collect();
    if sources.is_empty() { says.to_owned() } else { format!("{says} ({})", sources.join(", ")) }
}
