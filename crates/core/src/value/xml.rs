//! XML as the same tree that JSON and YAML become, as far as manifests use it.
//!
//! An element is a mapping of its attributes (under `@name`) and its elements, or its text where it
//! has neither; an element with attributes has its text under `#text`. Entities of a document are
//! never expanded, so a small text stays a small tree.

use super::{Node, Parsed, Value, boundary};
use crate::source::{Problem, Source, Spanned};

/// How deep elements may lie in each other.
const DEEPEST: usize = 100;

/// More elements than any manifest has.
const MOST_NODES: usize = 500_000;

/// Reads all of `source`. After an error the tree holds what came before it.
pub fn parse(source: &Source) -> Parsed {
    let mut build = Build { source, open: Vec::new(), root: None, nodes: 0 };
    let mut at = 0;
    let text: &str = &source.text;
    let mut problem = None;
    while let Some(open) = text[at..].find('<') {
        build.text(at, at + open);
        at += open;
        match build.markup(at) {
            Ok(next) => at = next,
            Err(what) => {
                let end = boundary(text, at + 40);
                problem = Some(Problem::new(source.span(at..end), what));
                break;
            }
        }
    }
    if problem.is_none() && !build.open.is_empty() {
        build.text(at, text.len());
        let what = "the text ends inside an element";
        problem = Some(Problem::new(source.span(text.len()..text.len()), what));
    }
    while !build.open.is_empty() {
        build.close(text.len());
    }
    let broken = problem.is_some();
    let documents = build.root.into_iter().collect();
    Parsed { documents, problems: problem.into_iter().collect(), broken }
}

struct Element {
    name: Spanned<String>,
    start: usize,
    entries: Vec<(Spanned<String>, Node)>,
    text: Option<Node>,
}

struct Build<'s> {
    source: &'s Source,
    open: Vec<Element>,
    root: Option<Node>,
    nodes: usize,
}

impl Build<'_> {
    /// Reads what begins with `<` at `at`, and tells where it ends.
    fn markup(&mut self, at: usize) -> Result<usize, &'static str> {
        let text: &str = &self.source.text;
        let rest = &text[at..];
        let past = |end: &str| rest.find(end).map(|it| at + it + end.len());
        if rest.starts_with("<!--") {
            return past("-->").ok_or("a comment that does not end");
        }
        if rest.starts_with("<![CDATA[") {
            let end = past("]]>").ok_or("a text that does not end")?;
            self.text(at + "<![CDATA[".len(), end - "]]>".len());
            return Ok(end);
        }
        if rest.starts_with("<?") {
            return past("?>").ok_or("an instruction that does not end");
        }
        if rest.starts_with("<!") {
            // What a document type declares is not read; it may hold brackets.
            let first = rest.find('>').ok_or("a declaration that does not end")?;
            let end = if rest[..first].contains('[') { past("]>") } else { past(">") };
            return end.ok_or("a declaration that does not end");
        }
        let end = tag_end(rest).ok_or("a tag that does not end")? + at;
        if rest.starts_with("</") {
            let name = text[at + 2..end - 1].trim();
            if self.open.last().is_none_or(|it| it.name.value != local(name)) {
                return Err("the end of an element that has not begun");
            }
            self.close(end);
            return Ok(end);
        }
        self.element(at, end)?;
        Ok(end)
    }

    fn element(&mut self, at: usize, end: usize) -> Result<(), &'static str> {
        self.nodes += 1;
        if self.open.len() >= DEEPEST || self.nodes > MOST_NODES {
            return Err("more elements than a manifest has");
        }
        let text: &str = &self.source.text;
        let inside = &text[at + 1..end - 1];
        let is_empty = inside.ends_with('/');
        let inside = inside.strip_suffix('/').unwrap_or(inside);
        let length = inside.find(char::is_whitespace).unwrap_or(inside.len());
        let name = local(&inside[..length]);
        if name.is_empty() {
            return Err("a tag without a name");
        }
        let start = at + 1 + length - name.len();
        let name = Spanned::new(name.to_owned(), self.source.span(start..start + name.len()));
        let entries = self.attributes(at + 1 + length, at + 1 + inside.len());
        self.open.push(Element { name, start: at, entries, text: None });
        if is_empty {
            self.close(end);
        }
        Ok(())
    }

    fn attributes(&self, mut at: usize, end: usize) -> Vec<(Spanned<String>, Node)> {
        let text: &str = &self.source.text;
        let mut found = Vec::new();
        while let Some(equals) = text[at..end].find('=') {
            let name = text[at..at + equals].trim();
            let after = at + equals + 1;
            let value = text[after..end].trim_start();
            let Some(quote) = value.chars().next().filter(|it| matches!(it, '"' | '\'')) else {
                break;
            };
            let start = end - value.len() + 1;
            let Some(length) = text[start..end].find(quote) else { break };
            let key_start = at + text[at..at + equals].find(name).unwrap_or(0);
            let key = self.source.span(key_start..key_start + name.len());
            let value = self.source.span(start..start + length);
            let words = unescaped(&text[start..start + length]);
            let key = Spanned::new(format!("@{}", local(name)), key);
            found.push((key, Node::new(Value::String(words), value)));
            at = start + length + 1;
        }
        found
    }

    /// Text inside an element; the first piece that says something is kept.
    fn text(&mut self, start: usize, end: usize) {
        let written = &self.source.text[start..end];
        let trimmed = written.trim();
        let Some(element) = self.open.last_mut().filter(|it| it.text.is_none()) else { return };
        if !trimmed.is_empty() {
            let start = start + written.len() - written.trim_start().len();
            let at = self.source.span(start..start + trimmed.len());
            element.text = Some(Node::new(Value::String(unescaped(trimmed)), at));
        }
    }

    fn close(&mut self, end: usize) {
        let Some(element) = self.open.pop() else { return };
        let at = self.source.span(element.start..end);
        let Element { name, mut entries, text, .. } = element;
        let node = match text {
            Some(text) if entries.is_empty() => text,
            Some(text) => {
                entries.push((Spanned::new("#text".to_owned(), text.at), text));
                Node::new(Value::Map(entries), at)
            }
            None if entries.is_empty() => Node::new(Value::Null, at),
            None => Node::new(Value::Map(entries), at),
        };
        match self.open.last_mut() {
            Some(above) => above.entries.push((name, node)),
            None if self.root.is_none() => {
                self.root = Some(Node::new(Value::Map(vec![(name, node)]), at));
            }
            None => {}
        }
    }
}

/// Where a tag ends: at the first `>` outside of quotes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, it) in tag.bytes().enumerate() {
        match (quote, it) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(it),
            (Some(open), _) if open == it => quote = None,
            (Some(_) | None, _) => {}
        }
    }
    None
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn unescaped(text: &str) -> String {
    const ENTITIES: [(&str, &str); 5] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    let mut words = text.to_owned();
    if text.contains('&') {
        for (entity, it) in ENTITIES {
            words = words.replace(entity, it);
        }
    }
    words
}
