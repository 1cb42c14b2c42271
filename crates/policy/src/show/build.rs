//! Lines from the values of a policy.

use caveat_core::source::{Span, Spanned};

use super::{Line, Table, Value};
use crate::date::{Date, Period};
use crate::policy::Policy;
use crate::vocabulary::Word;

impl Table {
    pub(super) fn new(header: impl Into<String>) -> Self {
        Self { header: header.into(), lines: Vec::new() }
    }

    /// A value that is there, or no line.
    pub(super) fn one<T>(&mut self, key: &str, it: Option<&Spanned<T>>, value: fn(&T) -> Value) {
        if let Some(it) = it {
            self.put(key, value(&it.value), Some(it.at));
        }
    }

    /// A value, or what holds without one.
    pub(super) fn or<T>(
        &mut self,
        key: &str,
        it: Option<&Spanned<T>>,
        value: fn(&T) -> Value,
        default: Value,
    ) {
        match it {
            Some(it) => self.put(key, value(&it.value), Some(it.at)),
            None => self.put(key, default, None),
        }
    }

    /// Values, if there are any.
    pub(super) fn many<T>(&mut self, key: &str, all: &[Spanned<T>], value: fn(&T) -> Value) {
        if !all.is_empty() {
            self.list(key, all, value);
        }
    }

    /// Values, perhaps none.
    pub(super) fn list<T>(&mut self, key: &str, all: &[Spanned<T>], value: fn(&T) -> Value) {
        let entries = all.iter().map(|it| (value(&it.value), Some(it.at)));
        self.put(key, Value::List(entries.collect()), None);
    }

    pub(super) fn put(&mut self, key: &str, value: Value, at: Option<Span>) {
        self.lines.push(Line { key: key.to_owned(), value, at });
    }
}

/// Those of the products that are defined; `None` where there are names and none of them is.
pub(super) fn made(policy: &Policy, names: &[Spanned<String>]) -> Option<Vec<Spanned<String>>> {
    let is_made = |it: &&Spanned<String>| policy.product(&it.value).is_some();
    let made: Vec<_> = names.iter().filter(is_made).cloned().collect();
    (names.is_empty() || !made.is_empty()).then_some(made)
}

/// What holds where nobody says anything, in words.
pub(super) fn unwritten(says: &str) -> Value {
    Value::Unwritten(says.to_owned())
}

#[expect(clippy::ptr_arg, reason = "it is given where a function of `&T` is asked for")]
pub(super) fn text(it: &String) -> Value {
    Value::Text(it.clone())
}

pub(super) fn shown<T: std::fmt::Display>(it: &T) -> Value {
    Value::Text(it.to_string())
}

pub(super) fn word<T: Word>(it: &T) -> Value {
    Value::Text(it.word().to_owned())
}

pub(super) fn flag(it: &bool) -> Value {
    Value::Flag(*it)
}

pub(super) fn number(it: &u64) -> Value {
    Value::Number(*it)
}

pub(super) fn day(it: &Date) -> Value {
    Value::Day(*it)
}

pub(super) fn period(it: &Period) -> Value {
    Value::Text(it.to_string())
}
