//! Sections of a card that are about the license: their titles, and an answer in one line.

use std::ops::Range;

use super::license_name;
use super::lines::lines;
use super::words::among;

/// What the heading above a text makes of the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// About anything.
    Any,
    /// About the license; whether its first paragraph is still to come.
    License { first: bool },
    /// About something else's license, or that of its makers.
    Others,
}

/// What a heading with this title begins.
pub(super) fn titled(title: &str) -> Section {
    const NAMES: &str = "license licence licenses licences licensing";
    const BESIDE: &str = "\
        information info and terms of use the copyright agreement model models dataset data \
        weights notice usage details our";
    const OTHERS: &str = "\
        upstream original originals third parent dependencies acknowledgements acknowledgments \
        acknowledgement acknowledgment credits citation citations references related components";
    let words = title.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let words = words.filter(|it| !it.bytes().all(|it| it.is_ascii_digit()));
    let words: Vec<String> = words.take(12).map(str::to_lowercase).collect();
    let any = |of: &str| words.iter().any(|it| among(it, of));
    let of_base = words.windows(2).any(|it| it[0] == "base" && it[1].starts_with("model"));
    if of_base || any(OTHERS) {
        return Section::Others;
    }
    let is_plain = words.iter().all(|it| among(it, NAMES) || among(it, BESIDE));
    if is_plain && any(NAMES) { Section::License { first: true } } else { Section::Any }
}

/// The first line of the first paragraph under `## License`, if it is a name and not prose.
pub(super) fn name_alone(text: &str, paragraph: Range<usize>) -> Option<Range<usize>> {
    const PROSE: &str = "\
        is are was to please see you we can may this these has have must make here thanks \
        following if not";
    let line = lines(text, paragraph.start).next()?;
    let line = line.start..line.end.min(paragraph.end);
    // What follows a dash explains the name.
    let dash = text[line.clone()].find(" — ").map_or(line.end, |it| line.start + it);
    let line = line.start..dash;
    let words: Vec<&str> = text[line.clone()].split_whitespace().collect();
    let bare =
        |it: &str| it.to_lowercase().trim_matches(|it| !char::is_alphanumeric(it)).to_owned();
    let is = |it: &str, of: &str| among(&bare(it), of);
    let ends_wrong = |it: &&str| it.ends_with(':') || is(it, "code data dataset weights");
    let is_prose = words.iter().any(|it| is(it, PROSE))
        || words.last().is_some_and(ends_wrong)
        || words.first().is_some_and(|it| is(it, "copyright 1"))
        || text[line.clone()].starts_with(['|', '©']);
    let is_telling = words.len() == 1
        || words.iter().any(|it| is_telling(it) || is(it, "license licence agreement"))
        || text[line.clone()].contains("](");
    if is_prose || !is_telling {
        return None;
    }
    license_name::value(text, line)
}

/// A version or an abbreviation: `4.0`, `GPL`.
fn is_telling(word: &str) -> bool {
    let mut pairs = word.as_bytes().windows(2);
    pairs.any(|it| it[0] == b'.' && it[1].is_ascii_digit())
        || word.chars().filter(char::is_ascii_uppercase).count() >= 2
}
