//! YAML from parser events. Aliases are never expanded, so a small text stays a small tree.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, options};

use super::{Node, Parsed, Value, boundary, rest_of_line};
use crate::source::{Problem, Source, Spanned};

/// More values than any file that describes a component has.
const MOST_NODES: usize = 500_000;

/// Reads all of `source`, which may begin with a byte order mark.
pub fn parse(source: &Source) -> Parsed {
    let mark = source.text.len() - source.text.trim_start_matches('\u{feff}').len();
    parse_part(source, mark..source.text.len())
}

/// Reads the bytes `range` of `source`. After an error the documents hold what came before it.
pub fn parse_part(source: &Source, range: Range<usize>) -> Parsed {
    let mut build = Build::new(source, range.start);
    let text = source.text.get(range).unwrap_or_default();
    // Comments say nothing here; the parser's own bounds on nesting (255) stand.
    let options = options! { emit_comments: false, emit_unresolved_aliases: true };
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => {
                let at = |it: granit_parser::Marker| it.byte_offset().unwrap_or(0);
                build.take(event, at(span.start)..at(span.end));
            }
            Err(error) => {
                let at = build.offset + error.marker().byte_offset().unwrap_or(0);
                build.fail(at, &format!("this is not valid YAML: {}", error.info()));
            }
        }
        if build.parsed.broken {
            break;
        }
    }
    build.finish()
}

/// A collection whose end has not been seen.
struct Open {
    start: usize,
    kind: Collection,
}

enum Collection {
    List(Vec<Node>),
    Map { entries: Vec<(Spanned<String>, Node)>, key: Option<Spanned<String>> },
}

struct Build<'a> {
    source: &'a Source,
    /// Where the parsed part begins in the source.
    offset: usize,
    open: Vec<Open>,
    /// Where the last thing that was written ended.
    last_end: usize,
    nodes: usize,
    alias_seen: bool,
    parsed: Parsed,
}

impl<'a> Build<'a> {
    fn new(source: &'a Source, offset: usize) -> Self {
        let parsed = Parsed::default();
        Self {
            source,
            offset,
            open: Vec::new(),
            last_end: offset,
            nodes: 0,
            alias_seen: false,
            parsed,
        }
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        let range = self.place(range);
        match event {
            Event::Scalar(words, style, _, tag) => {
                let range = self.content(range, style);
                let typed = style == ScalarStyle::Plain && tag.is_none();
                let value = if typed { plain(&words) } else { Value::String(words.into_owned()) };
                self.add(Node::new(value, self.source.span(range)));
            }
            Event::SequenceStart(..) => {
                let start = self.dash(range.start);
                self.begin(start..range.end, Collection::List(Vec::new()));
            }
            Event::MappingStart(..) => {
                self.begin(range, Collection::Map { entries: Vec::new(), key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                // The end of a block collection lies past blank lines and comments; that of a
                // flow collection is its bracket.
                let bracket = &self.source.text[range.clone()];
                if bracket == "]" || bracket == "}" {
                    self.last_end = range.end;
                }
                self.close();
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.alias(range),
            _ => {}
        }
    }

    /// An event's range in the source, on character boundaries.
    fn place(&self, range: Range<usize>) -> Range<usize> {
        let start = boundary(&self.source.text, self.offset + range.start);
        start..boundary(&self.source.text, self.offset + range.end).max(start)
    }

    /// A scalar's range without its quotes or trailing line breaks.
    fn content(&mut self, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let written = &self.source.text[range.clone()];
        if !written.is_empty() {
            self.last_end = range.start + written.trim_end().len();
        }
        let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
        if quoted && written.len() >= 2 {
            return range.start + 1..range.end - 1;
        }
        range.start..range.start + written.trim_end().len()
    }

    /// A list without brackets is said to begin behind its first dash; it begins with it.
    fn dash(&self, start: usize) -> usize {
        let text = &self.source.text;
        let before = text[self.offset..start].trim_end_matches([' ', '\t']);
        let is_behind = before.ends_with('-') && !text[start..].starts_with(['-', '[']);
        if is_behind { self.offset + before.len() - 1 } else { start }
    }

    fn alias(&mut self, range: Range<usize>) {
        self.last_end = range.end;
        let at = self.source.span(range);
        if !self.alias_seen {
            self.alias_seen = true;
            self.parsed.problems.push(Problem::new(at, "aliases are not followed"));
        }
        self.add(Node::new(Value::Null, at));
    }

    fn begin(&mut self, range: Range<usize>, kind: Collection) {
        self.last_end = self.last_end.max(range.start);
        self.open.push(Open { start: range.start, kind });
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let value = match open.kind {
            Collection::List(items) => Value::List(items),
            Collection::Map { mut entries, key } => {
                // Only after an error is a key left without its value.
                if let Some(key) = key {
                    let at = self.source.span(self.last_end..self.last_end);
                    entries.push((key, Node::new(Value::Null, at)));
                }
                Value::Map(entries)
            }
        };
        let end = self.last_end.max(open.start);
        self.add(Node::new(value, self.source.span(open.start..end)));
    }

    fn add(&mut self, node: Node) {
        self.nodes += 1;
        if self.nodes > MOST_NODES && !self.parsed.broken {
            self.fail(node.at.start as usize, "there are too many values in here");
        }
        let source = self.source;
        match self.open.last_mut().map(|it| &mut it.kind) {
            None => self.parsed.documents.push(node),
            Some(Collection::List(items)) => items.push(node),
            Some(Collection::Map { entries, key }) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => *key = Some(key_of(source, &node)),
            },
        }
    }

    fn fail(&mut self, at: usize, what: &str) {
        let at = self.source.span(rest_of_line(&self.source.text, at));
        self.parsed.problems.push(Problem::new(at, what));
        self.parsed.broken = true;
    }

    fn finish(mut self) -> Parsed {
        while !self.open.is_empty() {
            self.close();
        }
        self.parsed
    }
}

/// A key is mostly words; a collection as a key is taken as it is written.
fn key_of(source: &Source, node: &Node) -> Spanned<String> {
    let words = node.words();
    words.unwrap_or_else(|| Spanned::new(source.slice(node.at).to_owned(), node.at))
}

/// The type of an unquoted scalar by the YAML 1.2 core schema.
pub(crate) fn plain(words: &str) -> Value {
    match words {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(words) => Value::Number(words.to_owned()),
        _ => Value::String(words.to_owned()),
    }
}

fn is_number(words: &str) -> bool {
    let digits = words.trim_start_matches(['-', '+']);
    digits.starts_with(|it: char| it.is_ascii_digit() || it == '.') && words.parse::<f64>().is_ok()
}
