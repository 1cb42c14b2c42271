//! TOML as the same tree that JSON and YAML become.

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::{Node, Parsed, Value};
use crate::source::{Problem, Source, Spanned};

/// How many problems of one file are told.
const PROBLEM_LIMIT: usize = 20;

/// Reads `source`; what stands around an error is still read.
pub fn parse(source: &Source) -> Parsed {
    let (root, errors) = DeTable::parse_recoverable(&source.text);
    let broken = !errors.is_empty();
    let problem = |it: toml::de::Error| {
        let end = source.text.len();
        let range = it.span().filter(|it| source.text.get(it.clone()).is_some());
        Problem::new(source.span(range.unwrap_or(end..end)), it.message())
    };
    let problems = errors.into_iter().take(PROBLEM_LIMIT).map(problem).collect();
    let root = Node::new(table(source, root.get_ref()), source.span(0..source.text.len()));
    Parsed { documents: vec![root], problems, broken }
}

/// One value of a TOML file. Recursion is as deep as the parser allows: 80.
pub(crate) fn node(source: &Source, value: &TomlSpanned<DeValue<'_>>) -> Node {
    let mut range = value.span();
    if source.text.get(range.clone()).is_none() {
        range = source.text.len()..source.text.len();
    }
    let converted = match value.get_ref() {
        DeValue::String(words) => {
            // Without quotes, unless something in it is escaped.
            let written = &source.text[range.clone()];
            if let Some(start) = written.find(words.as_ref()) {
                let start = range.start + start;
                range = start..start + words.len();
            }
            Value::String(words.clone().into_owned())
        }
        DeValue::Integer(it) => Value::Number(it.as_str().to_owned()),
        DeValue::Float(it) => Value::Number(it.as_str().to_owned()),
        DeValue::Boolean(it) => Value::Bool(*it),
        DeValue::Datetime(it) => Value::String(it.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|it| node(source, it)).collect()),
        DeValue::Table(it) => table(source, it),
    };
    Node::new(converted, source.span(range))
}

/// The entries of a table in the order of the text.
fn table(source: &Source, table: &DeTable<'_>) -> Value {
    let entry = |(key, value): (&TomlSpanned<toml::de::DeString<'_>>, _)| {
        let name: &str = key.get_ref();
        let range = key.span();
        let written = source.text.get(range.clone()).unwrap_or_default();
        let range = match written.find(name) {
            Some(start) => range.start + start..range.start + start + name.len(),
            None if written.is_empty() => 0..0,
            None => range,
        };
        (Spanned::new(name.to_owned(), source.span(range)), node(source, value))
    };
    let mut entries: Vec<_> = table.iter().map(entry).collect();
    entries.sort_by_key(|(key, _)| key.at.start);
    Value::Map(entries)
}
