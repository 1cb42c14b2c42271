//! What auditors want to see besides: duties, and findings that the policy sets aside.

use std::collections::BTreeMap;
use std::io::{self, Write};

use caveat_policy::finding::{Obligation, SetAside, Status};

use crate::paint::Ink;
use crate::plain::{brief, plain};
use crate::screen::Screen;
use crate::wrap::{padded, wrap};

/// Columns of a status.
const STATUS: usize = 11;

impl Screen<'_> {
    /// Writes findings that do not count, each with the reason.
    pub(crate) fn write_set_aside(
        &self,
        set_aside: &[SetAside],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        for it in set_aside {
            let place = self.cited(it.at).map_or_else(String::new, |it| format!(" ({it})"));
            let note = ("note", format!("set aside: {}{place}", it.why));
            self.write_finding(&it.finding, "set aside", Ink::Faint, &[note], out)?;
        }
        Ok(())
    }

    /// Writes all duties by component, with whether they are met.
    pub(crate) fn write_obligations(
        &self,
        obligations: &[Obligation],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if obligations.is_empty() {
            return Ok(());
        }
        let mut by_component: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for it in obligations {
            by_component.entry(&it.component).or_default().push(it);
        }
        let title = format!("obligations ({})", obligations.len());
        writeln!(out, "{}", self.look.paint(Ink::Strong, &title))?;
        for (component, obligations) in by_component {
            writeln!(out, "  {}", plain(component.as_str()))?;
            for it in obligations {
                self.write_obligation(it, out)?;
            }
        }
        writeln!(out)
    }

    fn write_obligation(&self, it: &Obligation, out: &mut dyn Write) -> io::Result<()> {
        let ink = match it.status {
            Status::Met => Ink::Faint,
            Status::Unmet => Ink::Error,
            Status::Unchecked => Ink::Review,
        };
        let taken = 4 + STATUS;
        let mut lines = wrap(
            &brief(&format!("{}: {} ({}, {})", it.kind, it.says, it.license, it.cite)),
            self.room(taken),
        );
        if let Some(text) = it.text.as_ref().filter(|text| !it.says.contains(*text)) {
            lines.extend(wrap(&brief(&format!("text: \"{text}\"")), self.room(taken)));
        }
        let seen: Vec<_> = it.evidence.iter().filter_map(|it| self.cited(*it)).collect();
        if !seen.is_empty() {
            lines.extend(wrap(&format!("seen: {}", seen.join(", ")), self.room(taken)));
        }
        let status = self.look.paint(ink, &padded(it.status.name(), STATUS));
        let mut first = Some(format!("    {status}"));
        for line in lines {
            let start = first.take().unwrap_or_else(|| " ".repeat(taken));
            writeln!(out, "{start}{line}")?;
        }
        Ok(())
    }
}
