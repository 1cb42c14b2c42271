//! Well-known models and datasets: what is known of their licenses without a network.
//!
//! The facts are in `data/catalog.tsv`, which says how a line is added. It is sorted; where its lines
//! begin is found out when the first is looked up.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::LazyLock;

use crate::component::{ComponentId, How};

/// What the table is called among the sources of a run.
pub const NAME: &str = "catalog.tsv";
/// The day on which the table was last compiled.
pub const DATE: &str = "2026-11-22";

const TEXT: &str = include_str!("../data/catalog.tsv");

/// The longest identity that is looked up: the hub has none that comes near.
const LONGEST: usize = 256;

/// The lines of models and datasets.
static LINES: LazyLock<Lines> = LazyLock::new(|| {
    let mut at = 0;
    let mut all = Vec::new();
    for line in TEXT.split_inclusive('\n') {
        let words = line.trim_end_matches('\n');
        if !words.starts_with(['#', '@']) {
            all.push((words.split('\t').next().unwrap_or_default(), at..at + words.len()));
        }
        at += line.len();
    }
    let stem = |it: &(&'static str, Range<usize>)| Some((it.0.strip_suffix('*')?, it.1.clone()));
    let families = all.iter().filter_map(stem).collect();
    Lines { all, families }
});

/// Where the lines stand that tell of an id, or of all that begin so.
struct Lines {
    all: Vec<(&'static str, Range<usize>)>,
    families: Vec<(&'static str, Range<usize>)>,
}

/// A table of well-known models and datasets.
#[derive(Clone, Copy, Debug)]
pub struct Catalog(());

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
        Self(())
    }

    /// Its text, for findings to point into.
    pub fn text(&self) -> &'static str {
        TEXT
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
        if let Ok(found) = LINES.all.binary_search_by(|it| compare(it.0, name)) {
            return parse(LINES.all.get(found)?.1.clone());
        }
        // A family is of one owner: it says at least whose it is.
        let owner = name.rfind('/').map_or(name.len(), |it| it + 1);
        let begins = |stem: &str| {
            let start = name.get(..stem.len());
            stem.len() >= owner && start.is_some_and(|it| it.eq_ignore_ascii_case(stem))
        };
        let families = LINES.families.iter().filter(|it| begins(it.0));
        parse(families.max_by_key(|it| it.0.len())?.1.clone())
    }

    /// Everything in it, in its order.
    pub fn entries(&self) -> impl Iterator<Item = Entry> + use<> {
        LINES.all.iter().filter_map(move |(_, line)| parse(line.clone()))
    }

    /// Everything of one owner, in upper or lower case.
    pub fn of_owner(&self, owner: &str) -> impl Iterator<Item = Entry> + use<> {
        let start = format!("{owner}/");
        let first = LINES.all.partition_point(|it| compare(it.0, &start) == Ordering::Less);
        let rest = LINES.all.get(first..).unwrap_or_default().iter();
        let is_its =
            move |id: &str| id.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(&start));
        rest.take_while(move |(id, _)| is_its(id)).filter_map(move |(_, at)| parse(at.clone()))
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

fn parse(line: Range<usize>) -> Option<Entry> {
    let mut at = line.start;
    let mut cells = TEXT.get(line)?.split('\t').map(|text| {
        let start = at;
        at += text.len() + 1;
        Cell { text, at: start..start + text.len() }
    });
    let id = cells.next()?.text;
    let license = cells.next()?;
    let made_from = parents(&cells.next()?);
    let since = Some(cells.next()?.text).filter(|it| !it.is_empty());
    let read = source(cells.next()?.text)?;
    let place = cells.next()?.text;
    let family = id.strip_suffix('*');
    let is_family = family.is_some();
    let id = family.unwrap_or(id);
    Some(Entry { id, is_family, license, made_from, since, read, place })
}

fn source(key: &str) -> Option<Read> {
    let head = TEXT.lines().take_while(|it| it.starts_with(['#', '@']));
    let lines = head.filter_map(|it| it.strip_prefix('@'));
    lines.map(|it| it.split('\t')).find_map(|mut cells| {
        (cells.next() == Some(key)).then_some(())?;
        let first_hand = cells.next()? == "read";
        Some(Read { first_hand, date: cells.next()?, what: cells.next()? })
    })
}

/// The name on the hub in a package URL, without the revision.
fn name(id: &ComponentId) -> Option<&str> {
    let name = id.as_str().strip_prefix("pkg:huggingface/")?;
    name.split('@').next()
}

fn compare(one: &str, other: &str) -> Ordering {
    let lower = |it: u8| it.to_ascii_lowercase();
    one.bytes().map(lower).cmp(other.bytes().map(lower))
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
