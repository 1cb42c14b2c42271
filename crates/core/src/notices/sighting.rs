//! What a program says of itself, as a sighting.

use super::{Said, Statement, in_program};
use crate::component::{Evidence, Kind, Origin, Strength};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject, Wording};
use crate::source::{Source, Spanned};

/// More statements than any file makes of itself; a file with more lists licenses.
const MOST: usize = 24;

/// How much is read of a program that was made smaller for machines: its notice stands in front.
const OF_MINIFIED: usize = 8 << 10;

/// For programs that nothing else is read from.
pub const READER: Reader = Reader {
    name: "notices",
    reads: "license tags, notices and texts in the comments of programs",
    wants: super::is_program,
    read: Read::Text(|source| Reading {
        sightings: sighting(source).into_iter().collect(),
        problems: Vec::new(),
    }),
};

/// What the comments of a program say of its license.
pub fn sighting(source: &Source) -> Option<Sighting> {
    let text: &str = &source.text;
    let text = if is_minified(&source.name, text) {
        text.get(..crate::value::boundary(text, OF_MINIFIED.min(text.len())))?
    } else {
        text
    };
    let all = in_program(&source.name, text);
    let first = all.first().filter(|_| all.len() <= MOST)?;
    let at = source.span(first.raw.clone());
    let mut sighting = Sighting::new(Subject::Program, Some(Kind::Code), at);
    sighting.licenses = all.into_iter().map(|it| wording(source, it)).collect();
    Some(sighting)
}

/// Whether a text was made smaller for machines: its lines are longer than people write.
fn is_minified(path: &str, text: &str) -> bool {
    const LONG: usize = 400;
    let lines = text.matches('\n').count() + 1;
    path.contains(".min.") || text.len() > OF_MINIFIED && text.len() / lines > LONG
}

fn wording(source: &Source, it: Statement) -> Wording {
    let raw = source.span(it.raw.clone());
    let strength = if it.origin == Origin::Tag { Strength::Declared } else { Strength::Detected };
    let meant = match it.said {
        Said::Tag => Meant::Expression,
        Said::Grant(text) => Meant::Grant(text),
        Said::Words => Meant::Name,
        Said::Text { license, score, modified } => {
            Meant::Text { license: license.to_owned(), score, modified }
        }
    };
    Wording {
        raw: Spanned::new(source.slice(raw).to_owned(), raw),
        evidence: Evidence { at: source.span(it.at), origin: it.origin, strength },
        meant,
    }
}
