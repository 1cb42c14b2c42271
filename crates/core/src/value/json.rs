//! JSON, with the liberties people take: comments, trailing commas, a byte order mark.

use std::ops::Range;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{Node, Parsed, Value, rest_of_line};
use crate::source::{Problem, Source, Spanned};

/// Longer texts are not parsed: no file that describes a component comes near.
const LONGEST: usize = 64 << 20;

/// Reads `source`. The parser bounds nesting; malformed text gives a problem and no document.
pub fn parse(source: &Source) -> Parsed {
    let text = source.text.as_ref();
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    if text.len() > LONGEST {
        return Parsed::failed(Problem::new(source.span(0..0), "the file is too long to be read"));
    }
    match parse_to_ast(&text[mark..], &CollectOptions::default(), &ParseOptions::default()) {
        Ok(parsed) => {
            let convert = Convert { source, offset: mark };
            let documents = parsed.value.iter().map(|it| convert.node(it)).collect();
            Parsed { documents, ..Parsed::default() }
        }
        Err(error) => {
            let at = source.span(rest_of_line(text, mark + error.range().start));
            Parsed::failed(Problem::new(at, format!("this is not valid JSON: {}", error.kind())))
        }
    }
}

/// Turns the parser's tree into ours. Recursion is as deep as the parser allows: 512.
struct Convert<'a> {
    source: &'a Source,
    offset: usize,
}

impl Convert<'_> {
    fn node(&self, value: &ast::Value<'_>) -> Node {
        let mut range = self.range(value);
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(it) => Value::Bool(it.value),
            ast::Value::NumberLit(it) => Value::Number(it.value.to_owned()),
            ast::Value::StringLit(it) => {
                range = inside_quotes(range);
                Value::String(it.value.clone().into_owned())
            }
            ast::Value::Array(it) => {
                Value::List(it.elements.iter().map(|it| self.node(it)).collect())
            }
            ast::Value::Object(it) => {
                Value::Map(it.properties.iter().map(|it| self.property(it)).collect())
            }
        };
        Node::new(value, self.source.span(range))
    }

    fn property(&self, property: &ast::ObjectProp<'_>) -> (Spanned<String>, Node) {
        let range = self.range(&property.name);
        let range = match &property.name {
            ast::ObjectPropName::String(_) => inside_quotes(range),
            ast::ObjectPropName::Word(_) => range,
        };
        let key = Spanned::new(property.name.as_str().to_owned(), self.source.span(range));
        (key, self.node(&property.value))
    }

    fn range(&self, it: &impl Ranged) -> Range<usize> {
        it.start() + self.offset..it.end() + self.offset
    }
}

fn inside_quotes(range: Range<usize>) -> Range<usize> {
    range.start + 1..range.end - 1
}
