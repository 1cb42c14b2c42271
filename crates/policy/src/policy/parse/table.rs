//! One TOML table, read key by key; what was not asked for is a mistake.

use std::cell::RefCell;

use caveat_core::source::{SourceId, Span, Spanned};
use toml::de::{DeTable, DeValue};

use super::super::{Mistake, PolicyError};
use crate::vocabulary::nearest;

/// Reads a value of one type; the key is there for the message.
pub(super) type Read<T> = fn(&str, &DeValue<'_>) -> Result<T, Mistake>;

/// How many mistakes are kept: memory stays in bounds whatever is read.
const ENOUGH: usize = 1000;

/// Where mistakes are noted, and the text that they are in.
pub(super) struct Notes<'t> {
    source: SourceId,
    text: &'t str,
    mistakes: RefCell<Vec<PolicyError>>,
}

impl<'t> Notes<'t> {
    pub(super) fn new(source: SourceId, text: &'t str) -> Self {
        Self { source, text, mistakes: RefCell::default() }
    }

    pub(super) fn note(&self, at: Span, mistake: Mistake) {
        let mut mistakes = self.mistakes.borrow_mut();
        if mistakes.len() < ENOUGH {
            mistakes.push(PolicyError { at, mistake });
        }
    }

    pub(super) fn mistakes(self) -> Vec<PolicyError> {
        self.mistakes.into_inner()
    }

    fn span<T>(&self, it: &toml::Spanned<T>) -> Span {
        Span::new(self.source, it.span())
    }
}

/// A table that is being read.
pub(super) struct Table<'t> {
    notes: &'t Notes<'t>,
    name: String,
    at: Span,
    entries: &'t DeTable<'t>,
    asked: Vec<&'static str>,
    /// Those that must be there and are not.
    missing: Vec<&'static str>,
    /// Its keys are names of anything.
    open: bool,
}

impl<'t> Table<'t> {
    pub(super) fn root(notes: &'t Notes<'t>, entries: &'t DeTable<'t>) -> Self {
        Self::named_root(notes, "the policy", entries)
    }

    /// The root of a file that is no policy.
    pub(super) fn named_root(notes: &'t Notes<'t>, name: &str, entries: &'t DeTable<'t>) -> Self {
        let at = Span::new(notes.source, 0..0);
        Self::new(notes, name.to_owned(), at, entries)
    }

    fn new(notes: &'t Notes<'t>, name: String, at: Span, entries: &'t DeTable<'t>) -> Self {
        Self { notes, name, at, entries, asked: Vec::new(), missing: Vec::new(), open: false }
    }

    /// Where the table begins.
    pub(super) fn at(&self) -> Span {
        self.at
    }

    pub(super) fn note(&self, at: Span, mistake: Mistake) {
        self.notes.note(at, mistake);
    }

    /// Whether the key is there; it counts as asked for.
    pub(super) fn has(&mut self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    /// The value of `key`, if it is there and can be read.
    pub(super) fn one<T>(&mut self, key: &'static str, read: Read<T>) -> Option<Spanned<T>> {
        let value = self.get(key)?;
        self.read(key, value, read)
    }

    /// The value of `key`, which must not be missing.
    pub(super) fn need<T>(&mut self, key: &'static str, read: Read<T>) -> Option<Spanned<T>> {
        self.require(key);
        self.one(key, read)
    }

    /// The values of `key`, one or a list; `None` where the key is not there.
    pub(super) fn some<T>(&mut self, key: &'static str, read: Read<T>) -> Option<Vec<Spanned<T>>> {
        let value = self.get(key)?;
        let DeValue::Array(items) = value.get_ref() else {
            return Some(self.read(key, value, read).into_iter().collect());
        };
        Some(items.iter().filter_map(|it| self.read(key, it, read)).collect())
    }

    /// The values of `key`, one or a list, perhaps none.
    pub(super) fn many<T>(&mut self, key: &'static str, read: Read<T>) -> Vec<Spanned<T>> {
        self.some(key, read).unwrap_or_default()
    }

    /// The values of `key`, one or a list, of which there has to be one at least.
    pub(super) fn need_many<T>(&mut self, key: &'static str, read: Read<T>) -> Vec<Spanned<T>> {
        self.require(key);
        self.not_empty(key);
        self.many(key, read)
    }

    fn not_empty(&mut self, key: &'static str) {
        if let Some(value) = self.get(key)
            && value.get_ref().as_array().is_some_and(|it| it.is_empty())
        {
            self.note(self.notes.span(value), Mistake::Empty { key: key.to_owned() });
        }
    }

    /// Whether the value of `key` is a string, for keys that are a string or a table.
    pub(super) fn is_string(&mut self, key: &'static str) -> bool {
        self.get(key).is_some_and(|it| it.get_ref().is_str())
    }

    /// The table under `key`, which must not be missing.
    pub(super) fn need_table(&mut self, key: &'static str) -> Option<Table<'t>> {
        self.require(key);
        self.table(key)
    }

    /// The table under `key`.
    pub(super) fn table(&mut self, key: &'static str) -> Option<Table<'t>> {
        let value = self.get(key)?;
        let found = match value.get_ref() {
            DeValue::Table(entries) => return Some(self.inner(key, value, entries)),
            other => other.type_str(),
        };
        let help = value.get_ref().is_array().then(|| format!("write `[{key}]`, once"));
        let key = key.to_owned();
        self.note(
            self.notes.span(value),
            Mistake::WrongType { key, wanted: "a table", found, help },
        );
        None
    }

    /// Likewise, but there has to be one at least.
    pub(super) fn need_list<T>(
        &mut self,
        key: &'static str,
        read: fn(Table<'t>) -> Option<T>,
    ) -> Vec<T> {
        self.require(key);
        self.not_empty(key);
        self.list(key, read)
    }

    /// Reads each of the tables under `key`, `[[key]]` or an inline list.
    pub(super) fn list<T>(
        &mut self,
        key: &'static str,
        read: fn(Table<'t>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let wrong = |at: &toml::Spanned<DeValue<'_>>, help| {
            let (key, found) = (key.to_owned(), at.get_ref().type_str());
            let mistake = Mistake::WrongType { key, wanted: "a list of tables", found, help };
            self.note(self.notes.span(at), mistake);
        };
        let DeValue::Array(items) = value.get_ref() else {
            let help = value.get_ref().is_table().then(|| format!("write `[[{key}]]`"));
            wrong(value, help);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(entries) => tables.extend(read(self.inner(key, item, entries))),
                _ => wrong(item, None),
            }
        }
        tables
    }

    /// The keys in the order of the file, for tables whose keys are names: any may be there.
    pub(super) fn names(&mut self) -> Vec<Spanned<String>> {
        self.open = true;
        self.keys()
    }

    fn keys(&self) -> Vec<Spanned<String>> {
        let mut keys: Vec<_> = self
            .entries
            .keys()
            .map(|it| Spanned::new(it.get_ref().to_string(), self.notes.span(it)))
            .collect();
        keys.sort_by_key(|it| it.at);
        keys
    }

    /// The value of a key that [`Table::names`] gave.
    pub(super) fn named<T>(&self, key: &str, read: Read<T>) -> Option<Spanned<T>> {
        self.read(key, self.entries.get(key)?, read)
    }

    fn get(&mut self, key: &'static str) -> Option<&'t toml::Spanned<DeValue<'t>>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.entries.get(key)
    }

    /// Remembers that `key` must be there.
    fn require(&mut self, key: &'static str) {
        if self.get(key).is_none() {
            self.missing.push(key);
        }
    }

    /// Notes that the table cannot do without `key`.
    pub(super) fn lacks(&self, keys: &[&'static str]) {
        let keys = keys.to_vec();
        self.note(self.at, Mistake::Missing { keys, table: self.name.clone() });
    }

    fn read<T>(
        &self,
        key: &str,
        value: &toml::Spanned<DeValue<'_>>,
        read: Read<T>,
    ) -> Option<Spanned<T>> {
        let at = self.notes.span(value);
        match read(key, value.get_ref()) {
            Ok(it) => Some(Spanned::new(it, at)),
            Err(mistake) => {
                self.note(at, mistake);
                None
            }
        }
    }

    fn inner(
        &self,
        key: &str,
        value: &toml::Spanned<DeValue<'_>>,
        entries: &'t DeTable<'t>,
    ) -> Table<'t> {
        let at = self.notes.span(value);
        let header = self.notes.text.get(at.range()).filter(|it| it.starts_with('['));
        let name = header.map_or_else(|| format!("`{key}`"), str::to_owned);
        Table::new(self.notes, name, at, entries)
    }
}

/// The end of the reading: every key that nobody asked for is a mistake. It happens on drop, so
/// that a reader which gives up early cannot forget it.
impl Drop for Table<'_> {
    fn drop(&mut self) {
        let mut unknown = self.keys();
        unknown.retain(|it| !self.open && !self.asked.iter().any(|asked| *asked == it.value));
        for key in &self.missing {
            let misspelt = |it: &Spanned<String>| nearest(&it.value, [*key]).is_some();
            if !unknown.iter().any(misspelt) {
                self.lacks(&[key]);
            }
        }
        for key in unknown {
            let (allowed, table) = (self.asked.clone(), self.name.clone());
            self.note(key.at, Mistake::UnknownKey { key: key.value, table, allowed });
        }
    }
}
