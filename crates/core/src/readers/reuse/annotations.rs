//! What REUSE.toml and dep5 say of files: patterns, copyrights, licenses, and what holds.

use std::ops::Range;

use crate::readers::lines::{field, paragraphs};
use crate::reading::Precedence;
use crate::source::{Problem, Source, Span, Spanned};
use crate::value::{Node, Value, part, toml};

/// What one table of REUSE.toml, or one paragraph of dep5, says of files.
#[derive(Clone, Debug)]
pub(crate) struct Annotation {
    /// The paths that it is about, as written.
    pub(crate) patterns: Vec<Spanned<String>>,
    /// What holds where files speak for themselves.
    pub(crate) precedence: Precedence,
    /// Statements of copyright.
    pub(crate) copyrights: Vec<Spanned<String>>,
    /// License expressions.
    pub(crate) licenses: Vec<Spanned<String>>,
}

/// All that a file says, in its order: of what matches, the last holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Annotations {
    pub(crate) all: Vec<Annotation>,
    /// What breaks the format of the file.
    pub(crate) problems: Vec<Problem>,
    /// What breaks the rules of REUSE.
    pub(crate) mistakes: Vec<Problem>,
}

const PATH: &str = "path";
const PRECEDENCE: &str = "precedence";
const COPYRIGHT: &str = "SPDX-FileCopyrightText";
const LICENSE: &str = "SPDX-License-Identifier";

/// Reads REUSE.toml.
pub(crate) fn annotations(source: &Source) -> Annotations {
    let parsed = toml::parse(source);
    let mut read = Annotations { problems: parsed.problems, ..Annotations::default() };
    let Some(root) = parsed.documents.first() else { return read };
    if !parsed.broken {
        check_version(root, source, &mut read.mistakes);
    }
    let Some(listed) = root.get("annotations") else { return read };
    if !matches!(listed.value, Value::List(_)) {
        let what = "`annotations` is no list of tables: write `[[annotations]]`";
        read.mistakes.push(Problem::new(listed.at, what));
    }
    for table in listed.items() {
        let precedence = precedence(table, &mut read.mistakes);
        let mut words = |key| words(table, key, &mut read.mistakes);
        let patterns = words(PATH);
        let (copyrights, licenses) = (words(COPYRIGHT), words(LICENSE));
        if patterns.is_empty() {
            let what = "these annotations name no `path`";
            read.mistakes.push(Problem::new(head(table, source), what));
        }
        for it in patterns.iter().filter(|it| leads_out(&it.value)) {
            let what = format!("`{}` leads out of the folder of this file", it.value);
            read.mistakes.push(Problem::new(it.at, what));
        }
        read.all.push(Annotation { patterns, precedence, copyrights, licenses });
    }
    read
}

/// The version is a number; there is but one.
fn check_version(root: &Node, source: &Source, mistakes: &mut Vec<Problem>) {
    match root.get("version").map(|it| (&it.value, it.at)) {
        Some((Value::Number(it), _)) if it == "1" => {}
        Some((_, at)) => mistakes.push(Problem::new(at, "`version` has to be 1")),
        None => mistakes.push(Problem::new(source.span(0..0), "there is no `version = 1`")),
    }
}

/// The first line of a table: it has a place though it may be empty.
fn head(table: &Node, source: &Source) -> Span {
    let Range { start, .. } = table.at.range();
    source.span(start..start)
}

fn precedence(table: &Node, mistakes: &mut Vec<Problem>) -> Precedence {
    let Some(node) = table.get(PRECEDENCE) else { return Precedence::Closest };
    match node.as_str() {
        Some("closest") => Precedence::Closest,
        Some("aggregate") => Precedence::Aggregate,
        Some("override") => Precedence::Override,
        Some(_) | None => {
            let what = "a `precedence` is `closest`, `aggregate` or `override`";
            mistakes.push(Problem::new(node.at, what));
            Precedence::Closest
        }
    }
}

/// A string, or a list of strings.
fn words(table: &Node, key: &str, mistakes: &mut Vec<Problem>) -> Vec<Spanned<String>> {
    let mut words = Vec::new();
    for it in table.get(key).map(Node::items).unwrap_or_default() {
        if let Some(it) = it.as_str().and(it.words()) {
            words.push(it);
        } else {
            let what = format!("`{key}` takes a string or a list of strings");
            mistakes.push(Problem::new(it.at, what));
        }
    }
    words
}

fn leads_out(pattern: &str) -> bool {
    pattern.starts_with('/') || pattern.split('/').any(|it| it == "..")
}

/// Reads `.reuse/dep5`.
pub(crate) fn dep5(source: &Source) -> Annotations {
    let mut read = Annotations::default();
    for fields in paragraphs(source) {
        let Some(paths) = field(&fields, "Files") else { continue };
        let license = field(&fields, "License").map(|it| {
            let name = it.value.lines().next().unwrap_or_default().trim_end();
            part(it, 0..name.len())
        });
        let copyrights = field(&fields, "Copyright").map(lines).unwrap_or_default();
        read.all.push(Annotation {
            patterns: split(paths),
            precedence: Precedence::Aggregate,
            copyrights,
            licenses: license.into_iter().filter(|it| !it.value.is_empty()).collect(),
        });
    }
    read
}

/// The words of a value.
fn split(value: &Spanned<String>) -> Vec<Spanned<String>> {
    pieces(value, value.value.split_whitespace())
}

/// The lines of a value that say something; a point stands for an empty one.
fn lines(value: &Spanned<String>) -> Vec<Spanned<String>> {
    pieces(value, value.value.lines().map(str::trim).filter(|it| !it.is_empty() && *it != "."))
}

fn pieces<'a>(
    value: &Spanned<String>,
    pieces: impl Iterator<Item = &'a str>,
) -> Vec<Spanned<String>> {
    let mut at = 0;
    let mut found = Vec::new();
    for it in pieces {
        let start = at + value.value[at..].find(it).unwrap_or(0);
        at = start + it.len();
        found.push(part(value, start..at));
    }
    found
}
