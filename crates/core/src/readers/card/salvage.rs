//! What a front matter says line by line, for when it is not valid YAML.

use std::ops::Range;

use super::front_matter::key_of;
use super::lines::{Lines, lines, trim};
use crate::source::{Source, Spanned};
use crate::value::{Node, Value, yaml};

/// The keys without indentation, each with a scalar or a simple list.
pub(super) fn salvage(source: &Source, block: Range<usize>) -> Node {
    let text = &source.text[..block.end];
    let mut rest = lines(text, block.start);
    let mut entries = Vec::new();
    while let Some(line) = rest.next() {
        let Some(key) = key_of(&text[line.clone()]) else { continue };
        let Some(colon) = text[line.clone()].find(':') else { continue };
        let start = line.start + text[line.clone()].find(key).unwrap_or(0);
        let at = source.span(start..start + key.len());
        let written = without_comment(text, line.start + colon + 1..line.end);
        let value = if written.is_empty() {
            Node::new(Value::List(items(source, text, &mut rest)), source.span(written))
        } else {
            inline(source, written)
        };
        entries.push((Spanned::new(key.to_owned(), at), value));
    }
    Node::new(Value::Map(entries), source.span(block))
}

/// The lines `- item` that follow a key.
fn items(source: &Source, text: &str, rest: &mut Lines<'_>) -> Vec<Node> {
    let mut found = Vec::new();
    let mut ahead = rest.clone();
    while let Some(line) = ahead.next() {
        let words = trim(text, line);
        if words.is_empty() || text[words.clone()].starts_with('#') {
            continue;
        }
        let Some(item) = text[words.clone()].strip_prefix("- ") else { break };
        let item = without_comment(text, words.end - item.len()..words.end);
        found.push(scalar(source, item));
        *rest = ahead.clone();
    }
    found
}

/// A value on the line of its key: `[a, b]` is a list, anything else is words.
fn inline(source: &Source, written: Range<usize>) -> Node {
    let words = &source.text[written.clone()];
    let inner = words.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let Some(inner) = inner else { return scalar(source, written) };
    let mut start = written.start + 1;
    let mut found = Vec::new();
    for part in inner.split(',') {
        let item = trim(&source.text, start..start + part.len());
        start += part.len() + 1;
        if !item.is_empty() {
            found.push(scalar(source, item));
        }
    }
    Node::new(Value::List(found), source.span(written))
}

fn scalar(source: &Source, written: Range<usize>) -> Node {
    let words = &source.text[written.clone()];
    let quoted = ['"', '\'']
        .iter()
        .any(|it| words.len() >= 2 && words.starts_with(*it) && words.ends_with(*it));
    if quoted {
        let inside = written.start + 1..written.end - 1;
        let words = source.text[inside.clone()].to_owned();
        return Node::new(Value::String(words), source.span(inside));
    }
    Node::new(yaml::plain(words), source.span(written))
}

/// `range` up to ` #`, without white space at both ends.
fn without_comment(text: &str, range: Range<usize>) -> Range<usize> {
    let words = trim(text, range);
    let comment = |it: &(usize, char)| {
        it.1 == '#'
            && text[words.start..it.0 + words.start]
                .chars()
                .next_back()
                .is_none_or(char::is_whitespace)
    };
    let end = text[words.clone()].char_indices().find(comment);
    trim(text, words.start..end.map_or(words.end, |(at, _)| words.start + at))
}
