//! Whether what is written of something says that it was changed, and describes it at all.

use std::ops::Range;

use caveat_core::source::{Source, Span};

use super::{Matter, Proof};
use crate::exhibits::Purpose;
use crate::home::Home;
use crate::package::hub_name;
use crate::phrase::Text;
use crate::travel::carries;

/// Beginnings of words by which people say that they changed something.
const CHANGED: [&str; 15] = [
    "finetun",
    "tuned",
    "tuning",
    "modif",
    "adapt",
    "quanti",
    "merg",
    "distil",
    "deriv",
    "convert",
    "chang",
    "prun",
    "retrain",
    "lora",
    "abliterat",
];

/// What such a word may hang on by a hyphen; on anything else it is part of a name.
const BEFORE: [&str; 8] = ["fine", "re", "lora", "instruct", "instruction", "post", "full", "pre"];

/// Words by which a line says that one thing was made of another that it names.
const MADE: [&str; 10] = [
    "based",
    "built",
    "trained",
    "initialized",
    "initialised",
    "starting",
    "continued",
    "packaged",
    "custom",
    "variant",
];

/// A shorter name stands in a line by chance.
const SHORTEST: usize = 4;

/// A page of fewer words describes nothing.
const LEAST: usize = 40;

pub(super) fn proof(it: &Matter<'_, '_>) -> Proof {
    let Home::Folders(_) = it.home else {
        return Proof::unchecked("what was changed is told where it lies, which is not here");
    };
    if let Some(at) = stated(it) {
        return Proof::met(vec![at]);
    }
    let remedy = it.remedy(None, None);
    let at = it.texts(&[Purpose::Page]).first().map(|it| it.span(0..0));
    Proof { at, remedy, ..Proof::unmet("no text beside it says that it was changed") }
}

/// Where a text says that the component was changed. What a field of a card says to programs is no
/// notice to people.
fn stated(it: &Matter<'_, '_>) -> Option<Span> {
    let texts = it.texts(&[Purpose::Page, Purpose::Notice, Purpose::Credits, Purpose::Text]);
    let bases = bases(it);
    texts.into_iter().find_map(|source| {
        let (body, offset) = body(source);
        let word =
            Text::new(body).first(&BEFORE, |word| CHANGED.iter().any(|it| word.starts_with(it)));
        let at = word.or_else(|| made_of(body, &bases))?;
        Some(source.span(at.start + offset..at.end + offset))
    })
}

/// The names of what it was made from, without their owners, in lower case.
fn bases(it: &Matter<'_, '_>) -> Vec<String> {
    let stated = it.ground.lineage.stated_by(&it.component.id).iter();
    let names = stated.filter(|it| carries(it.how)).filter_map(|it| hub_name(&it.to));
    let bare = names.map(|it| it.rsplit('/').next().unwrap_or(it).to_lowercase());
    bare.filter(|it| it.len() >= SHORTEST).collect()
}

/// A line that says what it was made of: by the name of that and a word for making.
fn made_of(body: &str, bases: &[String]) -> Option<Range<usize>> {
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        let at = start..start + line.trim_end().len();
        start += line.len();
        let lower = line.to_lowercase();
        let words = || lower.split(|it: char| !it.is_alphanumeric());
        if bases.iter().any(|it| lower.contains(it.as_str()))
            && words().any(|it| MADE.contains(&it))
        {
            return Some(at);
        }
    }
    None
}

/// What people read of a page: all but the fields at its head.
pub(super) fn body(source: &Source) -> (&str, usize) {
    let text: &str = &source.text;
    let start = text.strip_prefix('\u{feff}').map_or(0, |_| '\u{feff}'.len_utf8());
    let Some(rest) = text.get(start..).and_then(|it| it.strip_prefix("---")) else {
        return (text, 0);
    };
    match rest.find("\n---") {
        Some(end) => {
            let offset = text.len() - rest.len() + end + "\n---".len();
            (&text[offset..], offset)
        }
        None => (text, 0),
    }
}

/// Whether a page describes the component.
pub(super) fn documentation(it: &Matter<'_, '_>) -> Proof {
    let Home::Folders(_) = it.home else {
        return Proof::unchecked("its documentation lies where it does, which is not here");
    };
    let pages = it.texts(&[Purpose::Page]);
    let full = pages.iter().find(|it| Text::new(body(it).0).len() >= LEAST);
    if let Some(source) = full {
        return Proof::met(vec![source.span(0..0)]);
    }
    let remedy = it.remedy(Some("README.md"), None);
    let at = pages.first().map(|it| it.span(0..0));
    Proof { at, remedy, ..Proof::unmet("no page beside it describes it") }
}
