//! The list of what is there: one line for a component of which there is one thing to say.

use std::collections::BTreeMap;
use std::io::{self, Write};

use caveat_core::alike::alike;
use caveat_core::component::{ComponentId, Kind};
use caveat_core::inventory::{Claim, Component, Relation, Standing, Stated};
use unicode_width::UnicodeWidthStr;

use crate::paint::Ink;
use crate::plain::{cut, plain};
use crate::screen::Screen;
use crate::tally::{of_kind, standing};
use crate::wrap::{padded, wrap};

/// The order in which kinds are listed: what carries the most questions first.
const KINDS: [Kind; 4] = [Kind::Model, Kind::Dataset, Kind::Code, Kind::Document];
/// The widest that a column gets; what is wider pushes the rest of its line away.
const WIDEST: usize = 44;
/// Columns of the word that introduces a claim or relation.
const WORD: usize = 17;
/// How much of a claim is shown.
const WORDS: usize = 60;

type Relations<'a> = BTreeMap<&'a ComponentId, Vec<&'a Relation>>;

impl Screen<'_> {
    /// Writes components by kind, then all licenses with how often they were found.
    pub(crate) fn write_inventory(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut relations = Relations::new();
        for it in &self.run.graph.relations {
            relations.entry(&it.from).or_default().push(it);
        }
        for kind in KINDS {
            let group: Vec<_> =
                self.run.graph.components.values().filter(|it| it.kind == kind).collect();
            if !group.is_empty() {
                self.write_group(kind, &group, &relations, out)?;
            }
        }
        self.write_licenses(out)?;
        for it in alike(&self.run.graph.problems, self.run.sources) {
            let place = self.cited(it.first.at).map_or_else(String::new, |it| format!("{it}: "));
            let title = self.look.paint(Ink::Review, "problem:");
            writeln!(out, "{title} {place}{}", cut(&it.what(), 500))?;
        }
        Ok(())
    }

    fn write_group(
        &self,
        kind: Kind,
        group: &[&Component],
        relations: &Relations<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let title = of_kind(kind, group.len());
        writeln!(out, "{}", self.look.paint(Ink::Strong, &title))?;
        let rows: Vec<_> = group
            .iter()
            .map(|it| (plain(it.id.as_str()), plain(&license(it)).into_owned()))
            .collect();
        let ids = column(rows.iter().map(|(id, _)| id.as_ref()));
        let licenses = column(rows.iter().map(|(_, license)| license.as_str()));
        for (component, (id, license)) in group.iter().zip(&rows) {
            let ink = match standing(component) {
                Standing::Clear => None,
                Standing::Ambiguous(_) | Standing::Unknown => Some(Ink::Review),
            };
            let tail = self.tail(component, license);
            let taken = 4 + ids.max(id.width()) + 2;
            // A column that would push the rest off the line is given up for this row.
            let roomy = self.fits(taken + licenses.max(license.width()), &tail);
            let cell = if roomy { padded(license, licenses) } else { license.clone() };
            let gap = self.gap(taken + cell.width(), &tail, 6);
            let cell = ink.map_or_else(|| cell.clone(), |it| self.look.paint(it, &cell));
            let row = format!("  {}  {cell}{gap}{tail}", padded(id, ids));
            writeln!(out, "{}", row.trim_end())?;
            self.write_details(component, license, relations, out)?;
        }
        writeln!(out)
    }

    /// Where the license is said, if it is said once and clearly; else where the component is.
    fn tail(&self, component: &Component, license: &str) -> String {
        match said_once(component, license) {
            Some(claim) => {
                let place = self.cited(claim.raw.at).unwrap_or_default();
                format!("{} {place}", claim.evidence.origin.name())
            }
            // What has no name is called by its path already.
            None if component.id.as_str().strip_prefix("path:") == Some(&component.path) => {
                String::new()
            }
            None => plain(&component.path).into_owned(),
        }
    }

    /// Whether a last cell fits behind what is `taken`.
    fn fits(&self, taken: usize, tail: &str) -> bool {
        tail.is_empty() || taken + tail.width() <= self.look.width
    }

    /// What goes between a row and its last cell: where that does not fit behind what is `taken`,
    /// it gets a line of its own.
    fn gap(&self, taken: usize, tail: &str, indent: usize) -> String {
        if self.fits(taken, tail) { "  ".to_owned() } else { format!("\n{:indent$}", "") }
    }

    /// Claims, unless one line said it all, and relations.
    fn write_details(
        &self,
        component: &Component,
        license: &str,
        relations: &Relations<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut details = Vec::new();
        if said_once(component, license).is_none() {
            if let Standing::Ambiguous(why) = standing(component) {
                details.push(("why", cut(why, 500), String::new()));
            }
            for it in &component.claims {
                let place = self.cited(it.raw.at).unwrap_or_default();
                details.push((it.evidence.origin.name(), claimed(it), place));
            }
        }
        for it in relations.get(&component.id).into_iter().flatten() {
            let unseen = if it.seen { "" } else { " (not in the tree)" };
            let place = self.cited(it.at).unwrap_or_default();
            details.push((it.how.name(), format!("{}{unseen}", plain(it.to.as_str())), place));
        }
        let width = column(details.iter().map(|(_, says, _)| says.as_str()));
        for (word, says, place) in details {
            let taken = 6 + WORD + width.max(says.width()) + 2;
            let gap = self.gap(taken, &place, 6 + WORD);
            let says = if gap.starts_with('\n') { says } else { padded(&says, width) };
            let line = format!("      {}{says}{gap}{place}", padded(word, WORD));
            writeln!(out, "{}", self.look.paint(Ink::Faint, line.trim_end()))?;
        }
        Ok(())
    }

    fn write_licenses(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for it in self.run.graph.components.values() {
            *counts.entry(license(it)).or_default() += 1;
        }
        if counts.is_empty() {
            return Ok(());
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|(one, few), (other, many)| many.cmp(few).then(one.cmp(other)));
        let all: Vec<_> =
            counts.iter().map(|(it, count)| format!("{count} {}", plain(it))).collect();
        writeln!(out, "{}", self.look.paint(Ink::Strong, "licenses"))?;
        for line in wrap(&all.join(", "), self.room(2)) {
            writeln!(out, "  {line}")?;
        }
        writeln!(out)
    }
}

/// What is concluded of a component's license, in a word.
pub(crate) fn license(component: &Component) -> String {
    match (standing(component), &component.conclusion.license) {
        (Standing::Ambiguous(_), _) => "ambiguous".to_owned(),
        (Standing::Clear, Some(it)) => it.to_string(),
        (Standing::Clear | Standing::Unknown, _) => "unknown".to_owned(),
    }
}

/// The only claim, if it says in the same words what was concluded.
fn said_once<'a>(component: &'a Component, license: &str) -> Option<&'a Claim> {
    match component.claims.as_slice() {
        [it] if it.raw.value.eq_ignore_ascii_case(license) => Some(it),
        _ => None,
    }
}

/// The words of a claim and what they mean.
fn claimed(claim: &Claim) -> String {
    let raw = cut(claim.raw.value.trim(), WORDS);
    let score = claim.score.map_or_else(String::new, |it| format!(" ({it:.2})"));
    match &claim.stated {
        Stated::Expression(it) => {
            let meant = it.to_string();
            if meant.eq_ignore_ascii_case(&raw) {
                format!("{meant}{score}")
            } else {
                format!("\"{raw}\" = {}{score}", plain(&meant))
            }
        }
        Stated::Family { members, .. } => {
            format!("\"{raw}\", one of {}", cut(&members.join(", "), WORDS))
        }
        Stated::Placeholder => format!("\"{raw}\", which names no license"),
        Stated::Reserved => format!("\"{raw}\", which reserves all rights"),
        Stated::Unrecognised => format!("\"{raw}\", which no known license answers to"),
    }
}

/// Width of a column: the widest cell, within reason.
fn column<'a>(cells: impl Iterator<Item = &'a str>) -> usize {
    cells.map(UnicodeWidthStr::width).filter(|it| *it <= WIDEST).max().unwrap_or_default()
}
