//! Well-known models and datasets: what is known of their licenses without a network.
//!
//! The facts are in `data/catalog.tsv`, which says how a line is added. A line is looked up in the
//! text itself, which is sorted: nothing is built at the start of a run.

use std::cmp::Ordering;
use std::ops::Range;

use crate::component::{ComponentId, How};

/// What the table is called among the sources of a run.
pub const NAME: &str = "catalog.tsv";
/// The day on which the table was last compiled.
pub const DATE: &str = "2026-11-22";

const TEXT: &str = include_str!("../data/catalog.tsv");

/// The longest identity that is looked up: the hub has none that comes near.
const LONGEST: usize = 256;

/// A table of well-known models and datasets.
#[derive(Clone, Copy, Debug)]
pub struct Catalog {
    text: &'static str,
    /// Where the lines of models and datasets begin.
    first: usize,
}

/// What the catalogue says of one model or dataset, or of a whole family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id as the hub spells it, without the `*` of a family; `datasets/` before a dataset.
    pub id: &'static str,
    /// Whether it speaks of everything whose id begins so.
    pub is_family: bool,
    /// The license.
    pub license: Cell,
    /// Others' models that it was made from.
    pub made_from: Vec<(How, Cell)>,
    /// The day from which this license holds, where it had another before.
    pub since: Option<&'static str>,
    /// Where this was read.
    pub read: Read,
    /// The place in that source; empty for the whole of it.
    pub place: &'static str,
}

/// Words of the table, and where in its text they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The words.
    pub text: &'static str,
    /// Their bytes in the text of the table.
    pub at: Range<usize>,
}

/// A source of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// The publisher's own words, at a revision with a name; otherwise others tell it.
    pub first_hand: bool,
    /// Year, month or day of that revision, or of reading it.
    pub date: &'static str,
    /// What was read.
    pub what: &'static str,
}

impl Catalog {
    /// The catalogue that comes with the program.
    pub fn embedded() -> Self {
        let is_head = |it: &&str| it.starts_with(['#', '@']);
        let first = TEXT.split_inclusive('\n').take_while(is_head).map(str::len).sum();
        Self { text: TEXT, first }
    }

    /// Its text, for findings to point into.
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// What is known of a component, by its identity alone: an exact line before that of a family,
    /// and of families the one that says most of the name.
    pub fn entry(&self, id: &ComponentId) -> Option<Entry> {
        self.named(name(id)?)
    }

    /// Likewise by the name that the hub uses, `datasets/` before that of a dataset. Upper and lower
    /// case are one, as they are on the hub.
    pub fn named(&self, name: &str) -> Option<Entry> {
        if name.len() > LONGEST || !name.is_ascii() || name.contains('*') {
            return None;
        }
        let owner = name.rfind('/').map_or(name.len(), |it| it + 1);
        let families = (owner..=name.len()).rev().map(|it| format!("{}*", &name[..it]));
        std::iter::once(name.to_owned()).chain(families).find_map(|it| self.line(&it))
    }

    /// Everything in it, in its order.
    pub fn entries(&self) -> impl Iterator<Item = Entry> + use<> {
        let it = *self;
        let lines = it.text[it.first..].split_inclusive('\n');
        lines
            .scan(it.first, |at, line| {
                let start = *at;
                *at += line.len();
                Some(start..start + line.trim_end_matches('\n').len())
            })
            .filter_map(move |range| it.parse(range))
    }

    /// Everything of one owner, in upper or lower case.
    pub fn of_owner(&self, owner: &str) -> impl Iterator<Item = Entry> + use<> {
        let it = *self;
        let owner = owner.as_bytes().to_owned();
        let lines = it.text[it.first..].split_inclusive('\n').scan(it.first, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line.trim_end_matches('\n')))
        });
        let is_its = move |line: &str| {
            let line = line.as_bytes();
            line.get(owner.len()) == Some(&b'/')
                && line.get(..owner.len()).is_some_and(|it| it.eq_ignore_ascii_case(&owner))
        };
        lines
            .filter(move |(_, line)| is_its(line))
            .filter_map(move |(start, line)| it.parse(start..start + line.len()))
    }

    /// The line of exactly that id, family mark included.
    fn line(&self, id: &str) -> Option<Entry> {
        let bytes = self.text.as_bytes();
        let (mut low, mut high) = (self.first, bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start = bytes[low..middle].iter().rposition(|it| *it == b'\n');
            let start = start.map_or(low, |it| low + it + 1);
            let length = bytes[start..high].iter().position(|it| *it == b'\n');
            let end = length.map_or(high, |it| start + it);
            let key = bytes[start..end].split(|it| *it == b'\t').next().unwrap_or_default();
            match compare(key, id.as_bytes()) {
                Ordering::Less => low = (end + 1).min(high),
                Ordering::Greater => high = start,
                Ordering::Equal => return self.parse(start..end),
            }
        }
        None
    }

    fn parse(&self, line: Range<usize>) -> Option<Entry> {
        let mut at = line.start;
        let mut cells = self.text.get(line)?.split('\t').map(|text| {
            let start = at;
            at += text.len() + 1;
            Cell { text, at: start..start + text.len() }
        });
        let id = cells.next()?.text;
        let license = cells.next()?;
        let made_from = parents(&cells.next()?);
        let since = Some(cells.next()?.text).filter(|it| !it.is_empty());
        let read = self.source(cells.next()?.text)?;
        let place = cells.next()?.text;
        let family = id.strip_suffix('*');
        let is_family = family.is_some();
        let id = family.unwrap_or(id);
        Some(Entry { id, is_family, license, made_from, since, read, place })
    }

    fn source(&self, key: &str) -> Option<Read> {
        let lines = self.text[..self.first].lines().filter_map(|it| it.strip_prefix('@'));
        lines.map(|it| it.split('\t')).find_map(|mut cells| {
            (cells.next() == Some(key)).then_some(())?;
            let first_hand = cells.next()? == "read";
            Some(Read { first_hand, date: cells.next()?, what: cells.next()? })
        })
    }
}

impl Entry {
    /// Where and when this was read, in a clause.
    pub fn source(&self) -> String {
        let Read { first_hand, date, what } = self.read;
        let place = if self.place.is_empty() { String::new() } else { format!(": {}", self.place) };
        let since = self.since.map(|it| format!(", so since {it}")).unwrap_or_default();
        let read = if first_hand { "read in" } else { "as others tell it in" };
        format!("{read} {what}{place} ({date}{since})")
    }
}

/// The name on the hub in a package URL, without the revision.
fn name(id: &ComponentId) -> Option<&str> {
    let name = id.as_str().strip_prefix("pkg:huggingface/")?;
    name.split('@').next()
}

fn compare(one: &[u8], other: &[u8]) -> Ordering {
    let lower = |it: &u8| it.to_ascii_lowercase();
    one.iter().map(lower).cmp(other.iter().map(lower))
}

/// `how:id,how:id`.
fn parents(cell: &Cell) -> Vec<(How, Cell)> {
    let mut at = cell.at.start;
    let mut all = Vec::new();
    for text in cell.text.split(',') {
        let start = at;
        at += text.len() + 1;
        let Some((how, id)) = text.split_once(':') else { continue };
        let Some(how) = MADE.iter().find(|it| it.name() == how) else { continue };
        let start = start + how.name().len() + 1;
        all.push((*how, Cell { text: id, at: start..start + id.len() }));
    }
    all
}

/// The ways in which the catalogue knows a model to be made from another.
const MADE: [How; 6] = [
    How::FineTunedFrom,
    How::AdapterOf,
    How::MergeOf,
    How::QuantizedFrom,
    How::DistilledFrom,
    How::DerivedFrom,
];
