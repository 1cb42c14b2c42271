//! A whole policy, table by table: what holds, and where it was written or that nobody wrote it.

pub mod toml;
mod build;
mod facts;
mod stances;
mod records;

use caveat_core::source::Span;

use crate::date::Date;
use crate::policy::Policy;

/// A table of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// As it is written: `[rules]`, `[[rule]]`; empty for the keys before the first table.
    pub header: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A line of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The key.
    pub key: String,
    /// What holds.
    pub value: Value,
    /// Where it was written; `None` for a default. A list has the places of its entries.
    pub at: Option<Span>,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text or a word.
    Text(String),
    /// A number.
    Number(u64),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(Date),
    /// Several, each with its place.
    List(Vec<(Value, Option<Span>)>),
    /// Keys and values.
    Table(Vec<(String, Value)>),
    /// Nothing that could be written: what holds by itself, in words.
    Unwritten(String),
}

/// Everything that holds under a policy, in the order of the documentation.
pub fn tables(policy: &Policy) -> Vec<Table> {
    let mut tables = facts::tables(policy);
    tables.extend(stances::tables(policy));
    tables.extend(records::tables(policy));
    tables.retain(|it| !it.lines.is_empty());
    tables
}
