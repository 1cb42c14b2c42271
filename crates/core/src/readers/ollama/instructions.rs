//! The instructions of a Modelfile. A value may be quoted and then span lines, in which nothing
//! is an instruction.

use std::ops::Range;

/// One instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Instruction {
    /// Its name in lower case.
    pub(super) name: String,
    /// Where the name stands.
    pub(super) at: Range<usize>,
    /// Where its value stands, without quotes.
    pub(super) value: Range<usize>,
}

/// All instructions of `text`.
pub(super) fn parse(text: &str) -> Vec<Instruction> {
    let mut found = Vec::new();
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    while at < text.len() {
        let start = at + blanks(&text[at..], char::is_whitespace);
        let rest = &text[start..];
        let length = blanks(rest, |it| it.is_ascii_alphabetic());
        let after = rest[length..].chars().next();
        if length == 0 || !after.is_none_or(char::is_whitespace) {
            at = line_end(text, start);
            continue;
        }
        let name = rest[..length].to_ascii_lowercase();
        let mut from = start + length;
        if matches!(name.as_str(), "parameter" | "message") {
            // A word comes first that says which one.
            from += blanks(&text[from..], is_blank);
            from += blanks(&text[from..], |it| !it.is_whitespace());
        }
        let (value, next) = value(text, from);
        found.push(Instruction { name, at: start..start + length, value });
        at = next;
    }
    found
}

/// The name that `ollama show` writes into a comment, where `FROM` has only a blob.
pub(super) fn shown_name(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let comment = line.trim_start().strip_prefix('#').map(str::trim_start);
        let is_from = comment.and_then(|it| it.get(..5)).is_some_and(|it| {
            it.eq_ignore_ascii_case("from ") || it.eq_ignore_ascii_case("from\t")
        });
        if let Some(comment) = comment.filter(|_| is_from) {
            let end = start + line.len();
            return Some(end - comment.len() + 5..end);
        }
        start += line.len();
    }
    None
}

/// The value that begins at or after `from`, and where the next line begins.
fn value(text: &str, from: usize) -> (Range<usize>, usize) {
    let start = from + blanks(&text[from..], is_blank);
    if let Some(rest) = text[start..].strip_prefix("\"\"\"") {
        // Where nobody closes them, the quotes swallow the rest.
        let begin = start + 3;
        let end = rest.find("\"\"\"").map_or(text.len(), |it| begin + it);
        return (begin..end, line_end(text, (end + 3).min(text.len())));
    }
    if let Some(rest) = text[start..].strip_prefix('"') {
        let begin = start + 1;
        let closes = |at: &usize| {
            rest[at + 1..].trim_start_matches(is_blank).starts_with(['\r', '\n'])
                || rest[at + 1..].trim().is_empty()
        };
        if let Some(len) = rest.match_indices('"').map(|it| it.0).find(closes) {
            return (begin..begin + len, line_end(text, begin + len));
        }
    }
    let end = line_end(text, start);
    (start..start + text[start..end].trim_end().len(), end)
}

/// How many bytes at the start of `text` are characters that `fit`.
fn blanks(text: &str, fit: impl Fn(char) -> bool) -> usize {
    text.find(|it| !fit(it)).unwrap_or(text.len())
}

fn is_blank(it: char) -> bool {
    it == ' ' || it == '\t'
}

/// Past the end of the line that `at` lies in.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |it| at + it + 1)
}
