//! Reading of one TOML table: what is there is taken, what is left over is a mistake.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fact::{Confidence, Day, Fact};
use super::vocabulary::{Value, Word};

/// Something in a terms file that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// Where: a byte range of the file.
    pub at: Range<usize>,
    /// What is wrong, in one clause.
    pub what: String,
}

/// What was found wrong so far.
pub(super) type Misreadings = RefCell<Vec<Misread>>;

/// A table of a terms file. Keys that nobody asks for are found wrong by [`Table::finish`].
pub struct Table<'a> {
    entries: &'a DeTable<'a>,
    at: Range<usize>,
    taken: BTreeSet<&'static str>,
    wrong: &'a Misreadings,
}

impl<'a> Table<'a> {
    /// The table `entries` that stands at `at`.
    pub(super) fn new(entries: &'a DeTable<'a>, at: Range<usize>, wrong: &'a Misreadings) -> Self {
        Self { entries, at, taken: BTreeSet::new(), wrong }
    }

    /// Notes a mistake.
    pub(super) fn misread(&self, at: Range<usize>, what: impl Into<String>) {
        self.wrong.borrow_mut().push(Misread { at, what: what.into() });
    }

    /// Where the table stands.
    pub(super) fn at(&self) -> Range<usize> {
        self.at.clone()
    }

    /// Where the value of `key` stands; where the table does, if it has none.
    pub fn place(&self, key: &'static str) -> Range<usize> {
        self.entries.get(key).map_or_else(|| self.at(), Spanned::span)
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.taken.insert(key);
        self.entries.get(key)
    }

    fn take_as<T>(
        &mut self,
        key: &'static str,
        kind: &str,
        read: impl FnOnce(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<T> {
        let value = self.take(key)?;
        let read = read(value.get_ref());
        if read.is_none() {
            self.misread(value.span(), format!("`{key}` must be {kind}"));
        }
        read
    }

    /// A text that need not be there.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        self.take_as(key, "a text", |it| it.as_str().map(str::to_owned))
    }

    /// A text that must be there.
    pub fn need(&mut self, key: &'static str) -> String {
        if !self.entries.contains_key(key) {
            self.misread(self.at(), format!("`{key}` is missing"));
        }
        self.text(key).unwrap_or_default()
    }

    /// `true`, or `false` where nothing is said.
    pub fn flag(&mut self, key: &'static str) -> bool {
        self.take_as(key, "true or false", DeValue::as_bool).unwrap_or(false)
    }

    /// `true`, `false`, or nothing.
    pub fn decided(&mut self, key: &'static str) -> Option<bool> {
        self.take_as(key, "true or false", DeValue::as_bool)
    }

    /// A whole number.
    pub fn number(&mut self, key: &'static str) -> Option<u64> {
        self.take_as(key, "a whole number", |it| {
            let digits = it.as_integer()?;
            u64::from_str_radix(digits.as_str(), digits.radix()).ok()
        })
    }

    /// Texts; none where nothing is said.
    pub fn texts(&mut self, key: &'static str) -> Vec<String> {
        self.take_as(key, "a list of texts", |it| {
            it.as_array()?.iter().map(|it| it.get_ref().as_str().map(str::to_owned)).collect()
        })
        .unwrap_or_default()
    }

    /// A day; words are left for [`Table::text`].
    pub fn day(&mut self, key: &'static str) -> Option<Day> {
        let day = as_day(self.entries.get(key)?.get_ref())?;
        self.taken.insert(key);
        Some(day)
    }

    /// The words of a phrase: `words = "…"`, or `value = […]` of texts or days.
    pub fn phrases(&mut self) -> Option<Vec<String>> {
        if let Some(words) = self.text("words") {
            return Some(vec![words]);
        }
        self.take_as("value", "a list of texts or dates", |it| {
            let one = |it: &Spanned<DeValue<'_>>| match it.get_ref().as_str() {
                Some(text) => Some(text.to_owned()),
                None => as_day(it.get_ref()).map(|day| day.to_string()),
            };
            it.as_array()?.iter().map(one).collect()
        })
    }

    /// A word of a closed set, which must be there.
    pub fn word<T: Word>(&mut self, key: &'static str) -> Option<T> {
        if !self.entries.contains_key(key) {
            self.misread(self.at(), format!("`{key}` is missing"));
        }
        self.maybe(key)
    }

    /// A word of a closed set.
    pub fn maybe<T: Word>(&mut self, key: &'static str) -> Option<T> {
        let value = self.take(key)?;
        let word = one_of(value);
        if word.is_none() {
            let known: Vec<_> = T::ALL.iter().map(|(name, _)| *name).collect();
            self.misread(value.span(), format!("`{key}` must be one of {}", known.join(", ")));
        }
        word
    }

    /// Words of a closed set.
    pub fn some<T: Word>(&mut self, key: &'static str) -> Vec<T> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.misread(value.span(), format!("`{key}` must be a list"));
            return Vec::new();
        };
        let mut words = Vec::new();
        for item in items {
            match one_of(item) {
                Some(word) => words.push(word),
                None => self.misread(item.span(), format!("not a word that `{key}` knows")),
            }
        }
        words
    }

    /// A table inside this one.
    pub fn table(&mut self, key: &'static str) -> Option<Table<'a>> {
        let wrong = self.wrong;
        let at = self.take(key)?.span();
        self.take_as(key, "a table", DeValue::as_table).map(|it| Table::new(it, at, wrong))
    }

    /// Each entry of this table that is itself a table, with its name.
    pub fn tables(&mut self) -> Vec<(String, Table<'a>)> {
        let mut tables = Vec::new();
        for (key, value) in self.entries {
            match value.get_ref().as_table() {
                Some(it) => {
                    let table = Table::new(it, value.span(), self.wrong);
                    tables.push((key.get_ref().to_string(), table));
                }
                None => self.misread(value.span(), "must be a table"),
            }
        }
        tables
    }

    /// A fact, from its key to its closing brace.
    pub fn fact<T: Value>(&mut self, key: &'static str) -> Option<Fact<T>> {
        let start = self.entries.get_key_value(key)?.0.span().start;
        let mut table = self.table(key)?;
        table.at.start = start;
        table.into_fact()
    }

    /// Several facts of one kind.
    pub fn facts<T: Value>(&mut self, key: &'static str) -> Vec<Fact<T>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.misread(value.span(), format!("`{key}` must be a list of tables"));
            return Vec::new();
        };
        let mut facts = Vec::new();
        for item in items {
            match item.get_ref().as_table() {
                Some(it) => facts.extend(Table::new(it, item.span(), self.wrong).into_fact()),
                None => self.misread(item.span(), "must be a table"),
            }
        }
        facts
    }

    fn into_fact<T: Value>(mut self) -> Option<Fact<T>> {
        let value = T::read(&mut self);
        let (cite, source) = (self.need("cite"), self.need("source"));
        let confidence = self.confidence("confidence");
        let note = self.text("note");
        let at = self.at();
        self.finish();
        Some(Fact { value: value?, cite, source, confidence: confidence?, note, at })
    }

    /// How something is known, which must be said.
    pub fn confidence(&mut self, key: &'static str) -> Option<Confidence> {
        match self.need(key).as_str() {
            "read" => Some(Confidence::Read),
            "secondary" => Some(Confidence::Secondary),
            _ => {
                self.misread(self.at(), format!("`{key}` must be read or secondary"));
                None
            }
        }
    }

    /// Finds wrong what nobody asked for.
    pub fn finish(self) {
        for key in self.entries.keys() {
            if !self.taken.contains(key.get_ref().as_ref()) {
                self.misread(key.span(), format!("`{}` is not known here", key.get_ref()));
            }
        }
    }
}

fn as_day(value: &DeValue<'_>) -> Option<Day> {
    let date = value.as_datetime()?.date?;
    Some(Day { year: date.year, month: date.month, day: date.day })
}

fn one_of<T: Word>(value: &Spanned<DeValue<'_>>) -> Option<T> {
    match value.get_ref().as_bool() {
        Some(true) => T::parse("true"),
        Some(false) => T::parse("false"),
        None => T::parse(value.get_ref().as_str()?),
    }
}
