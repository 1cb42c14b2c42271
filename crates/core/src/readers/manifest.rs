//! What package manifests have in common: spanned TOML, and sightings of packages.

use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use crate::component::{Evidence, Kind, Origin, Reference, Strength};
use crate::reading::{Meant, Sighting, Subject, Wording};
use crate::source::{Problem, Source, Spanned};
use crate::value::{self, Node};

/// How many problems of one file are told.
const PROBLEM_LIMIT: usize = 20;

/// A sighting of a package that a manifest names.
pub(super) fn sighting(subject: Subject, name: Spanned<String>) -> Sighting {
    let mut seen = Sighting::new(subject, Some(Kind::Code), name.at);
    seen.names.push(name.map(Reference));
    seen
}

/// Words in the license field of a manifest.
pub(super) fn wording(raw: Spanned<String>, meant: Meant) -> Wording {
    let evidence = Evidence { at: raw.at, origin: Origin::Manifest, strength: Strength::Declared };
    Wording { raw, evidence, meant }
}

/// The place of `value` in the bytes `range` where a manifest writes it: without quotes, unless
/// something in it is escaped.
pub(super) fn written(source: &Source, range: Range<usize>, value: &str) -> Spanned<String> {
    let text = source.text.get(range.clone()).unwrap_or_default();
    let at = match text.find(value) {
        Some(start) => range.start + start..range.start + start + value.len(),
        None => range,
    };
    Spanned::new(value.to_owned(), source.span(at))
}

/// A TOML file, as far as it can be read.
pub(super) struct Tables<'s> {
    /// The file.
    pub(super) source: &'s Source,
    root: DeTable<'s>,
    /// What could not be read.
    pub(super) problems: Vec<Problem>,
}

impl<'s> Tables<'s> {
    /// Reads a whole file.
    pub(super) fn parse(source: &'s Source) -> Self {
        let (root, errors) = DeTable::parse_recoverable(&source.text);
        let problem = |it: toml::de::Error| {
            let end = source.text.len();
            let range = it.span().filter(|it| source.text.get(it.clone()).is_some());
            Problem::new(source.span(range.unwrap_or(end..end)), it.message())
        };
        let problems = errors.into_iter().take(PROBLEM_LIMIT).map(problem).collect();
        Self { source, root: root.into_inner(), problems }
    }

    /// The value at `path`.
    pub(super) fn value(&self, path: &[&str]) -> Option<&TomlSpanned<DeValue<'s>>> {
        let (last, tables) = path.split_last()?;
        self.table(tables)?.get(*last)
    }

    /// The value at `path` and all that is in it.
    pub(super) fn node(&self, path: &[&str]) -> Option<Node> {
        self.value(path).map(|it| value::toml::node(self.source, it))
    }

    /// The string at `path`, if it says something.
    pub(super) fn string(&self, path: &[&str]) -> Option<Spanned<String>> {
        self.spanned(self.value(path)?)
    }

    /// The strings of the array at `path`.
    pub(super) fn strings(&self, path: &[&str]) -> Vec<Spanned<String>> {
        let array = self.value(path).and_then(|it| it.get_ref().as_array());
        array.into_iter().flat_map(|it| it.iter()).filter_map(|it| self.spanned(it)).collect()
    }

    /// The truth value at `path`.
    pub(super) fn boolean(&self, path: &[&str]) -> Option<bool> {
        self.value(path)?.get_ref().as_bool()
    }

    /// How many elements the array at `path` has.
    pub(super) fn count(&self, path: &[&str]) -> Option<usize> {
        self.value(path)?.get_ref().as_array().map(|it| it.len())
    }

    /// The bytes of the key at `path`.
    pub(super) fn key(&self, path: &[&str]) -> Option<Range<usize>> {
        let (last, tables) = path.split_last()?;
        Some(self.table(tables)?.get_key_value(*last)?.0.span())
    }

    fn table(&self, path: &[&str]) -> Option<&DeTable<'s>> {
        let mut table = &self.root;
        for name in path {
            table = table.get(*name)?.get_ref().as_table()?;
        }
        Some(table)
    }

    fn spanned(&self, value: &TomlSpanned<DeValue<'s>>) -> Option<Spanned<String>> {
        let text = value.get_ref().as_str().filter(|it| !it.trim().is_empty())?;
        Some(written(self.source, value.span(), text))
    }
}
