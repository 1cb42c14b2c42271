//! Hugging Face model and dataset cards: Markdown with a YAML front matter.

mod lines;
mod words;
mod keys;
mod front_matter;
mod salvage;
mod lineage;
mod licenses;
mod license_name;
mod sentence;
mod section;
mod body;
mod path;
mod fields;

use std::collections::BTreeSet;
use std::ops::Range;

pub use self::fields::{Field, Fields, fields};
use self::front_matter::{Flaw, FrontMatter};
use self::keys::Key;
use self::path::Card;
use crate::component::{Kind, Reference, Use};
use crate::reading::{Read, Reader, Reading, Sighting, Subject};
use crate::source::{Problem, Source, Span, Spanned};
use crate::value::{Node, Value, yaml};

/// Reads model and dataset cards.
pub(super) const READER: Reader = Reader {
    name: "card",
    reads: "model and dataset cards: front matter, and what the text says of the license",
    wants: path::wants,
    read: Read::Text(read),
};

/// What a text says that opens with the front matter of a card, whatever the file is called.
pub(super) fn read_if_opened_by_card(source: &Source) -> Option<Reading> {
    let found = front_matter::find(&source.text)?;
    let at_start = source.text.get(..found.all.start)?.trim_start_matches('\u{feff}');
    let lines = lines::lines(&source.text[..found.block.end], found.block.start);
    let is_card = |it: &str| front_matter::key_of(it).is_some_and(keys::marks_a_card);
    let opens = at_start.trim().is_empty() && lines.map(|it| &source.text[it]).any(is_card);
    opens.then(|| read(source))
}

fn read(source: &Source) -> Reading {
    let mut reading = Reading::default();
    let card = path::card(&source.name);
    let found = front_matter::find(&source.text);
    let root = found.as_ref().and_then(|it| root(source, it, &mut reading.problems));
    let is_card = root
        .as_ref()
        .is_some_and(|it| it.entries().iter().any(|(key, _)| keys::marks_a_card(&key.value)));
    if card == Card::Other && !is_card {
        // Some other text with a front matter of its own: not ours to complain about.
        return Reading::default();
    }
    let has_keys = root.as_ref().is_some_and(|it| !it.entries().is_empty());
    let kind = root
        .as_ref()
        .and_then(keys::kind)
        .or_else(|| if has_keys { path::kind(&source.name).or(card.kind()) } else { card.kind() });
    let mut sighting = Sighting::new(card.subject(), kind, place(source, root.as_ref()));
    if let Some(root) = &root {
        sighting.licenses = licenses::wordings(source, root);
        sighting.uses = lineage::uses(root, kind);
        sighting.names = names(root, &sighting.uses);
        sighting.traits = traits(root);
    }
    let outside = found.map_or(0..0, |it| it.all);
    let stated = body::stated(source, &outside, kind);
    sighting.licenses.extend(stated.ours);
    let subject = sighting.subject.clone();
    if has_keys || card.kind().is_some() || !sighting.licenses.is_empty() {
        reading.sightings.push(sighting);
    }
    // A file that speaks for itself alone has nothing beside it.
    let beside = stated.beside.into_iter().filter(|_| subject == Subject::Directory);
    reading.sightings.extend(beside.map(|(of, wording)| {
        let mut seen = Sighting::new(subject.clone(), Some(of), wording.raw.at);
        // The page of a project tells what it consists of; a card may speak of what lies elsewhere.
        seen.aside = kind.is_some();
        seen.licenses.push(wording);
        seen
    }));
    reading
}

/// More keys that are written twice are not worth a word each.
const MOST_REPEATED: usize = 8;

/// The mapping in the front matter, read line by line where it is not valid YAML.
fn root(source: &Source, found: &FrontMatter, problems: &mut Vec<Problem>) -> Option<Node> {
    if let Some(flaw) = found.flaw {
        let what = match flaw {
            Flaw::Unclosed => "the front matter has no closing `---`",
            Flaw::Displaced => "the front matter is not at the start, so the hub does not read it",
        };
        problems.push(Problem::new(first_line(source, found.all.clone()), what));
    }
    let mut parsed = yaml::parse_part(source, found.block.clone());
    problems.append(&mut parsed.problems);
    let node = if parsed.broken {
        salvage::salvage(source, found.block.clone())
    } else {
        parsed.documents.into_iter().next()?
    };
    if !matches!(node.value, Value::Map(_)) {
        if node.value != Value::Null {
            problems.push(Problem::new(node.at, "the front matter is not a mapping"));
        }
        return None;
    }
    for key in node.repeated_keys().into_iter().take(MOST_REPEATED) {
        problems.push(Problem::new(key.at, format!("`{}` is written twice", key.value)));
    }
    Some(node)
}

/// Names that the card gives its subject, where they look like names and not like titles. Trainers
/// write the base model under `model_name`: that is no name of what they made.
fn names(root: &Node, uses: &[Use]) -> Vec<Spanned<Reference>> {
    let bases: BTreeSet<&str> = uses.iter().map(|it| it.target.value.as_str()).collect();
    let stated = keys::words(root, Key::ModelName).into_iter().filter(|it| is_id(&it.value));
    let other = keys::words(root, Key::Name).into_iter().filter(|it| is_hub_id(&it.value));
    let names = stated.chain(other).filter(|it| !bases.contains(it.value.as_str()));
    names.map(|it| it.map(Reference)).collect()
}

/// `org/name`, or one word with a digit or a hyphen: `results` is no name, `tiny-7b` is one.
fn is_id(words: &str) -> bool {
    let telling = |it: char| it.is_ascii_digit() || it == '-';
    is_hub_id(words) || (is_segment(words) && words.contains(telling))
}

fn is_hub_id(words: &str) -> bool {
    words.split_once('/').is_some_and(|(org, name)| is_segment(org) && is_segment(name))
}

fn is_segment(words: &str) -> bool {
    let allowed = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    words.starts_with(|it: char| it.is_ascii_alphanumeric()) && words.chars().all(allowed)
}

/// Tags, pipeline, library, sources that are none, and two keys that speak for themselves.
fn traits(root: &Node) -> Vec<Spanned<String>> {
    const SMUGGLED: &[&str] = &["license:", "base_model:", "dataset:"];
    let is_plain = |it: &Spanned<String>| !SMUGGLED.iter().any(|tag| it.value.starts_with(tag));
    let mut found: Vec<_> = keys::words(root, Key::Tags).into_iter().filter(is_plain).collect();
    for key in [Key::Pipeline, Key::Tasks, Key::Library] {
        found.extend(keys::words(root, key));
    }
    // That data are nobody's but their authors' is worth knowing; other sources are relations.
    found.extend(
        keys::words(root, Key::SourceDatasets).into_iter().filter(|it| it.value == "original"),
    );
    for key in [Key::ClosedToEurope, Key::NewVersion] {
        let set = |it: &Node| !matches!(it.value, Value::Null | Value::Bool(false));
        found.extend(keys::all(root, key).filter(|(_, it)| set(it)).map(|(key, _)| key.clone()));
    }
    found
}

/// What stands for the subject: the first key, else the first line with words.
fn place(source: &Source, root: Option<&Node>) -> Span {
    match root.and_then(|it| it.entries().first()) {
        Some((key, _)) => key.at,
        None => first_line(source, 0..source.text.len()),
    }
}

fn first_line(source: &Source, range: Range<usize>) -> Span {
    let words = lines::lines(&source.text[..range.end], range.start)
        .map(|it| lines::trim(&source.text, it))
        .find(|it| !it.is_empty());
    source.span(words.unwrap_or(range.start..range.start))
}

impl Card {
    /// What the name of the file alone tells of its kind.
    fn kind(self) -> Option<Kind> {
        match self {
            Self::Model { .. } => Some(Kind::Model),
            Self::Dataset { .. } => Some(Kind::Dataset),
            Self::Readme { .. } | Self::Other => None,
        }
    }
}
