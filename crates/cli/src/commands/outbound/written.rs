//! The answer in writing, for people and for programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use caveat_core::expression::Expression;
use caveat_core::source::Span;
use caveat_policy::combination::Fit;
use caveat_policy::finding::Obligation;
use caveat_policy::ground::{Ground, called};
use caveat_policy::outbound::{Objection, Offer, Part, Release, stated};
use caveat_report::run::Look;
use caveat_report::sheet::{self, Section, Sheet};
use serde_json::{Value, json};

use super::Asked;
use crate::policies::Chosen;

/// How many objections to one license are shown; the others are counted.
const SHOWN: usize = 4;
/// How many parts that ask for the same are named.
const NAMED: usize = 3;

/// Everything that was asked, and what came of it.
pub(super) struct Answer<'a, 'b> {
    pub(super) ground: &'b Ground<'a>,
    pub(super) policy: &'b Chosen,
    pub(super) asked: &'b [Asked<'a>],
}

/// Licenses of which the same is to be said.
struct Alike {
    word: &'static str,
    licenses: Vec<String>,
    why: String,
}

/// The answer in a word.
fn word(offer: &Offer<'_>) -> &'static str {
    match offer.fit() {
        Fit::Yes if offer.duties.is_empty() => "yes",
        Fit::Yes => "yes, if",
        Fit::Check => "unclear",
        Fit::No => "no",
    }
}

impl Answer<'_, '_> {
    /// Writes it for people.
    pub(super) fn full(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        let because = self.policy.default_because().map(|it| format!(" (built-in default: {it})"));
        let sheet = Sheet {
            title: "licenses that this may go out under".to_owned(),
            head: vec![("policy", self.policy.origin() + &because.unwrap_or_default())],
            ..Sheet::default()
        };
        sheet::write(&sheet, look, out)?;
        for it in self.asked {
            self.write_release(it, look, out)?;
        }
        if self.asked.is_empty() {
            writeln!(out, "\n  nothing of ours was found: no code, model or dataset lies here")?;
        }
        Ok(())
    }

    fn write_release(
        &self,
        Asked { release, offers }: &Asked<'_>,
        look: &Look,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let alike = self.alike(release, offers).into_iter();
        let entries = alike.map(|it| (it.word, it.licenses.join(", ") + &it.why));
        let entries = entries.chain(unknown(release)).collect();
        let (title, mut sections) = (title(release), Vec::new());
        sections.push(Section { title: &title, entries });
        // What may be taken for sure is worth more than what has to be looked at first.
        let possible = offers.iter().filter(|(_, it)| it.fit() < Fit::No && !it.duties.is_empty());
        let first = possible.min_by_key(|(_, it)| it.fit());
        let due = first.map(|(it, _)| format!("to go out under {it}, you have to"));
        if let (Some((_, offer)), Some(due)) = (first, &due) {
            sections.push(Section { title: due, entries: duties(&offer.duties) });
        }
        sheet::write_sections(&sections, look, out)
    }

    /// Licenses of which the same is to be said, in the order in which they were asked about.
    fn alike(&self, release: &Release<'_>, offers: &[(Expression, Offer<'_>)]) -> Vec<Alike> {
        let mut all: Vec<Alike> = Vec::new();
        for (license, offer) in offers {
            let (word, why) = (word(offer), self.objections(release, offer));
            match all.iter_mut().find(|it| it.word == word && it.why == why) {
                Some(it) => it.licenses.push(license.to_string()),
                None => all.push(Alike { word, licenses: vec![license.to_string()], why }),
            }
        }
        all
    }

    /// What stands against a license, a line for each part. What nobody knows stands against all
    /// of them alike and is told once.
    fn objections(&self, release: &Release<'_>, offer: &Offer<'_>) -> String {
        let mut by_part: Vec<(usize, Vec<&Objection<'_>>)> = Vec::new();
        for it in offer.objections.iter().filter(|it| it.license.is_some()) {
            match by_part.iter_mut().find(|(part, _)| *part == it.part) {
                Some((_, all)) => all.push(it),
                None => by_part.push((it.part, vec![it])),
            }
        }
        let lines = by_part.iter().take(SHOWN).map(|(part, all)| {
            let part = &release.parts[*part];
            let license = all.first().and_then(|it| it.license);
            let under = license.map(|it| format!(" ({it})")).unwrap_or_default();
            let why: Vec<_> = all.iter().map(|it| reason(it)).collect();
            // Several reasons in one sentence hide each other.
            let why =
                if why.len() > 1 { format!("\n- {}", why.join("\n- ")) } else { why.concat() };
            let space = if why.starts_with('\n') { "" } else { " " };
            format!("\n{}{under}, {}:{space}{why}", name(part), self.place(part))
        });
        let more = match by_part.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!("\nand {more} more"),
        };
        lines.collect::<String>() + &more
    }

    /// Where the part comes in.
    fn place(&self, part: &Part<'_>) -> String {
        let at = at(part);
        let place = at.and_then(|it| self.ground.sources.place(it));
        place.map_or_else(|| "nowhere".to_owned(), |it| format!("{}:{}", it.path, it.line))
    }

    /// Writes it for programs.
    pub(super) fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let releases: Vec<Value> = self.asked.iter().map(|it| self.release(it)).collect();
        let value = json!({
            "schema": "caveat/1", "policy": self.policy.origin(), "releases": releases,
        });
        caveat_report::write_json(&value, out)?;
        writeln!(out)
    }

    fn release(&self, Asked { release, offers }: &Asked<'_>) -> Value {
        let offers: Vec<Value> = offers
            .iter()
            .map(|(license, offer)| {
                let because = offer.objections.iter().map(|it| self.objection(release, it));
                let obligations = offer.duties.iter().map(|it| {
                    json!({
                        "kind": it.kind, "component": it.component.as_str(),
                        "license": it.license, "cite": it.cite, "says": it.says, "text": it.text,
                    })
                });
                json!({
                    "license": license.to_string(), "answer": word(offer),
                    "because": because.collect::<Vec<_>>(),
                    "obligations": obligations.collect::<Vec<_>>(),
                })
            })
            .collect();
        json!({
            "product": release.product.map(|it| &it.name.value), "kind": release.kind.name(),
            "parts": release.parts.len(), "licenses": offers,
        })
    }

    fn objection(&self, release: &Release<'_>, it: &Objection<'_>) -> Value {
        let part = &release.parts[it.part];
        let place = at(part).and_then(|it| self.ground.sources.place(it));
        json!({
            "certain": it.fit == Fit::No, "component": part.id.as_str(),
            "license": it.license.map(ToString::to_string), "says": it.why, "cite": it.cite,
            "path": place.as_ref().map(|it| it.path), "line": place.as_ref().map(|it| it.line),
        })
    }
}

fn reason(it: &Objection<'_>) -> String {
    if it.cite.is_empty() { it.why.clone() } else { format!("{} ({})", it.why, it.cite) }
}

/// The parts whose license nobody knows.
fn unknown(release: &Release<'_>) -> Option<(&'static str, String)> {
    let of = |it: &&Part<'_>| it.component.and_then(stated).is_none();
    let mut names: Vec<_> = release.parts.iter().filter(of).map(name).collect();
    names.dedup();
    let more = match names.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    names.truncate(NAMED);
    let says = "no answer is sure, as nobody here knows the license of";
    (!names.is_empty()).then(|| ("but", format!("{says} {}{more}", names.join(", "))))
}

fn at(part: &Part<'_>) -> Option<Span> {
    part.way.first().map(|it| it.at).or(part.component.map(|it| it.at))
}

fn name(part: &Part<'_>) -> String {
    part.component.map_or_else(|| format!("`{}`", part.id), called)
}

fn title(release: &Release<'_>) -> String {
    let parts = match release.parts.len() {
        0 => "nothing of others in it".to_owned(),
        1 => "1 part from others".to_owned(),
        many => format!("{many} parts from others"),
    };
    let product = release.product.map(|it| format!(" of product `{}`", it.name.value));
    format!("{}{}: {parts}", release.kind.name(), product.unwrap_or_default())
}

/// Each duty once, with whom it is owed to.
fn duties(all: &[Obligation]) -> Vec<(&'static str, String)> {
    let mut grouped: BTreeMap<(&str, &str), Vec<&Obligation>> = BTreeMap::new();
    for it in all {
        grouped.entry((it.kind, &it.says)).or_default().push(it);
    }
    let entry = |((_, says), all): (_, Vec<&Obligation>)| {
        let named = all.iter().take(NAMED).map(|it| format!("{} {}", it.license, it.cite));
        let mut named: Vec<_> = named.collect();
        named.dedup();
        let parts = match all.len() {
            1 => format!("for {}", all[0].component),
            many => format!("for {many} parts"),
        };
        ("[ ]", format!("{says}, {parts} ({})", named.join(", ")))
    };
    grouped.into_iter().map(entry).collect()
}
