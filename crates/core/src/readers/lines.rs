//! What formats have in common that are read line by line.

use crate::source::{Source, Spanned};

/// The lines of a text without what ends them, and where each begins.
pub(super) fn lines(source: &Source) -> impl Iterator<Item = (&str, usize)> {
    let mark = source.text.len() - source.text.trim_start_matches('\u{feff}').len();
    source.text[mark..].split_inclusive('\n').scan(mark, |start, line| {
        let at = *start;
        *start += line.len();
        Some((line.trim_end_matches(['\r', '\n']), at))
    })
}

/// `part`, which is cut out of the text of `source`, with its place.
pub(super) fn place(source: &Source, line: &str, at: usize, part: &str) -> Spanned<String> {
    let start = at + line.find(part).unwrap_or(0);
    Spanned::new(part.to_owned(), source.span(start..start + part.len()))
}

/// Fields as in mail headers: `Key: value`, of which the value goes on in lines that begin with a
/// space. An empty line ends a paragraph.
pub(super) fn paragraphs(source: &Source) -> Vec<Vec<(&str, Spanned<String>)>> {
    let mut found: Vec<Vec<(&str, Spanned<String>)>> = vec![Vec::new()];
    for (line, at) in lines(source) {
        let content = line.trim_end();
        if content.is_empty() {
            if found.last().is_some_and(|it| !it.is_empty()) {
                found.push(Vec::new());
            }
            continue;
        }
        let Some(fields) = found.last_mut() else { continue };
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                let range = value.at.range().start..at + content.len();
                let text = source.text[range.clone()].to_owned();
                *value = Spanned::new(text, source.span(range));
            }
            continue;
        }
        let Some((key, value)) = content.split_once(':') else { continue };
        let range = at + content.len() - value.trim_start().len()..at + content.len();
        let text = source.text[range.clone()].to_owned();
        fields.push((key.trim(), Spanned::new(text, source.span(range))));
    }
    found.retain(|it| !it.is_empty());
    found
}

/// The first value under `key`, in any case, if it says something.
pub(super) fn field<'f>(
    fields: &'f [(&str, Spanned<String>)],
    key: &str,
) -> Option<&'f Spanned<String>> {
    let found =
        fields.iter().find(|(it, value)| it.eq_ignore_ascii_case(key) && !value.value.is_empty());
    found.map(|(_, value)| value)
}
