//! License texts, whole or inside other text, as words about a license.

use std::ops::Range;

use crate::component::{Evidence, Origin, Strength};
use crate::reading::{Meant, Wording};
use crate::source::{Source, Span, Spanned};

/// How much of a title is kept.
const TITLE_LIMIT: usize = 120;

/// A license found in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// The SPDX id or `LicenseRef`.
    pub(super) license: String,
    /// How well it fits, 0 to 1.
    pub(super) score: f32,
    /// Where.
    pub(super) span: Range<usize>,
    /// Whether words were added or removed.
    pub(super) modified: bool,
}

impl Found {
    /// What words mean that stand for the text.
    pub(super) fn meant(self) -> Meant {
        Meant::Text { license: self.license, score: self.score, modified: self.modified }
    }
}

/// The licenses whose text `text` holds. A text that is only akin to a known one is unknown: a
/// wrong name is worse than none.
pub(super) fn find(text: &str) -> Vec<Found> {
    let close = |it: &caveat_texts::Match| it.likeness != caveat_texts::Likeness::Kindred;
    let found = |it: caveat_texts::Match| Found {
        license: it.nearest.to_owned(),
        score: it.score,
        modified: it.likeness == caveat_texts::Likeness::Modified,
        span: it.span,
    };
    caveat_texts::identify(text).into_iter().filter(close).map(found).collect()
}

/// The words about each license `found` in a whole file, or about the unknown text that it is.
pub(super) fn of_file(source: &Source, found: Vec<Found>) -> Vec<Wording> {
    let text: &str = &source.text;
    let mut wordings = Vec::new();
    for it in found {
        let Some(title) = text.get(it.span.clone()).and_then(title) else { continue };
        let title = it.span.start + title.start..it.span.start + title.end;
        let raw = Spanned::new(text[title.clone()].to_owned(), source.span(title));
        let evidence = evidence(source.span(it.span.clone()));
        wordings.push(Wording { raw, evidence, meant: it.meant() });
    }
    if wordings.is_empty()
        && let Some(title) = title(text)
    {
        let raw = Spanned::new(text[title.clone()].to_owned(), source.span(title));
        let evidence = evidence(source.span(0..text.len()));
        wordings.push(Wording { raw, evidence, meant: Meant::UnknownText });
    }
    wordings
}

/// The words about each license in `value`, a license text that a field of `origin` holds. Since
/// the field may be escaped, they all stand for the whole of it; `raw` is the title.
pub(super) fn of_field(value: &Spanned<String>, origin: Origin) -> Vec<Wording> {
    let Some(title) = title(&value.value) else { return Vec::new() };
    let raw = Spanned::new(value.value[title].to_owned(), value.at);
    let evidence = Evidence { at: value.at, origin, strength: Strength::Declared };
    let mut meant: Vec<Meant> = find(&value.value).into_iter().map(Found::meant).collect();
    if meant.is_empty() {
        meant.push(Meant::UnknownText);
    }
    meant.into_iter().map(|meant| Wording { raw: raw.clone(), evidence, meant }).collect()
}

/// Whether words in a license field are a whole text rather than a name or an address.
pub(super) fn is_whole(words: &str) -> bool {
    words.len() > 200 || words.trim().lines().count() > 2
}

fn evidence(at: Span) -> Evidence {
    Evidence { at, origin: Origin::Text, strength: Strength::Detected }
}

/// The first line that says something, cut at a length that fits a message.
fn title(text: &str) -> Option<Range<usize>> {
    let trimmed = text.trim_start_matches('\u{feff}').trim_start();
    let start = text.len() - trimmed.len();
    let line = trimmed.lines().next()?.trim_end();
    let cut = line.char_indices().nth(TITLE_LIMIT).map_or(line.len(), |(at, _)| at);
    Some(start..start + cut).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn check(text: &'static str, found: &[(&str, Range<usize>)], expected: &[(&str, &str, &str)]) {
        let source = Source::text(SourceId(0), "LICENSE", text);
        let found = found.iter().map(|(license, span)| Found {
            license: (*license).to_owned(),
            score: 1.0,
            span: span.clone(),
            modified: false,
        });
        let wordings = of_file(&source, found.collect());
        let all: Vec<(&str, &str, &str)> = wordings
            .iter()
            .map(|it| {
                let license = match &it.meant {
                    Meant::Text { license, .. } => license,
                    other => panic!("{other:?}"),
                };
                assert_eq!(source.slice(it.raw.at), it.raw.value);
                (license.as_str(), it.raw.value.as_str(), source.slice(it.evidence.at))
            })
            .collect();
        assert_eq!(all, expected);
    }

    #[test]
    fn each_license_in_a_file_is_known_by_its_title() {
        check(
            "intro\n\n  One License \r\nyes\n\nTwo License\nno\n",
            &[("One", 5..27), ("Two", 28..42)],
            &[
                ("One", "One License", "\n\n  One License \r\nyes\n"),
                ("Two", "Two License", "Two License\nno"),
            ],
        );
    }

    #[test]
    fn a_place_that_does_not_fit_is_not_taken() {
        check("ü License", &[("One", 1..4), ("Two", 0..10)], &[("Two", "ü License", "ü License")]);
    }
}
