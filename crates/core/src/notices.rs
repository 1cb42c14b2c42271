//! What a file says of its license without holding the text: tags, sentences, addresses.
//!
//! Three passes, each dearer than the one before: a search for a few words rejects most files, the
//! comments of the rest are read as words, and where these sound like a license text the texts are
//! compared. What is a grant and what only speaks of a license, `data/notices.toml` says.

mod words;
mod table;
mod names;
mod versions;
mod joined;
mod grants;
mod tags;
mod comments;
mod sighting;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::component::Origin;
use crate::library::Named;
use crate::value::boundary;
use grants::{Grant, Means};
use words::Words;

pub use sighting::{READER, sighting};
pub(crate) use tags::without_ignored;

/// A license that some words of a file state.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Everything that makes the statement.
    pub at: Range<usize>,
    /// The words that name the license.
    pub raw: Range<usize>,
    /// What they mean.
    pub said: Said,
    /// What sort of statement it is: a tag, a notice, a text.
    pub origin: Origin,
    /// It only points to a license.
    is_pointer: bool,
    is_alternative: bool,
    is_vague: bool,
    /// The licenses of which it is one, where the words do not say which.
    one_of: &'static [&'static str],
    /// What a text explains of the bytes that it spans.
    explains: Vec<Range<usize>>,
}

/// What a statement says.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// An SPDX expression as it stands in a tag.
    Tag,
    /// What a sentence amounts to, as an SPDX expression.
    Grant(String),
    /// Words whose meaning is for the library to say: a family, a restriction.
    Words,
    /// A license text.
    Text {
        /// Its id.
        license: &'static str,
        /// How well it fits, 0 to 1.
        score: f32,
        /// Whether words were changed.
        modified: bool,
    },
}

/// Words without which no file speaks of its license.
const SIGNS: [&str; 17] = [
    "licen",
    "spdx-",
    "gpl",
    "public domain",
    "general public",
    "proprietary",
    "confidential",
    "redistribut",
    "permission",
    "same terms",
    "only for",
    "purposes only",
    "use only",
    "commercial use",
    "commercial purposes",
    "unauthori",
    "conditions of distribution",
];

static FIRST_PASS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(SIGNS)
        .expect("the words are few and fixed")
});

/// Words of which every license text that fits into a comment has some.
static TEXTUAL: LazyLock<AhoCorasick> = LazyLock::new(|| {
    const WORDS: [&str; 8] = [
        "hereby granted",
        "redistribution and use",
        "redistributions of",
        "permission to use",
        "permission to copy",
        "permission is",
        "'as-is'",
        "freely granted",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(WORDS)
        .expect("the words are few and fixed")
});

/// Whether a text is worth a closer look.
pub fn is_promising(text: &str) -> bool {
    FIRST_PASS.is_match(text)
}

/// Whether the file of that path is a program, whose comments may speak of its license.
pub fn is_program(path: &str) -> bool {
    comments::syntax(path).is_some()
}

/// What the comments of a program state, license texts included.
pub fn in_program(path: &str, text: &str) -> Vec<Statement> {
    let Some(syntax) = comments::syntax(path) else { return Vec::new() };
    if !is_promising(text) {
        return Vec::new();
    }
    let ranges = tags::without_ignored(text, comments::comments(text, syntax));
    let mut all = texts(text, &ranges);
    all.extend(said(text, &ranges, true));
    settle(all)
}

/// What a text states that is all prose. License texts in it, which the caller has found, state
/// nothing beside themselves.
pub fn in_prose(text: &str, texts: &[Range<usize>]) -> Vec<Statement> {
    if !is_promising(text) && !text.contains("://") && text.len() > 200 {
        return Vec::new();
    }
    let whole = 0..text.len();
    let ranges = tags::without_ignored(text, vec![whole]);
    let mut all = said(text, &ranges, false);
    all.retain(|it| !texts.iter().any(|text| overlap(text, &it.at)));
    settle(all)
}

/// Whether words are an SPDX expression of licenses that are known.
fn is_expression(words: &str) -> bool {
    use crate::source::{SourceId, Span};
    let known = |it: &str| crate::library::Library::embedded().license(it).map(|it| it.id);
    let at = Span::new(SourceId(0), 0..0);
    crate::expression::parse_with(words, at, &known).expression.is_some()
}

fn said(text: &str, ranges: &[Range<usize>], in_program: bool) -> Vec<Statement> {
    let tag = |at: Range<usize>| Statement {
        raw: at.clone(),
        at,
        said: Said::Tag,
        origin: Origin::Tag,
        is_pointer: false,
        is_alternative: false,
        is_vague: false,
        one_of: &[],
        explains: Vec::new(),
    };
    let mut all: Vec<Statement> = tags::tags(text, ranges).into_iter().map(tag).collect();
    let mut words = Words::of(text, &near_signs(text, ranges));
    words.in_program = in_program;
    let tagged = |it: &Statement| all.iter().any(|tag| overlap(&tag.at, &it.at));
    let noticed: Vec<Statement> = grants::grants(&words)
        .into_iter()
        .map(|it| notice(&words, it))
        .filter(|it| !tagged(it))
        .collect();
    all.extend(noticed);
    all
}

/// The parts of `ranges` around words that speak of licenses: most of a long comment does not.
fn near_signs(text: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    const NEAR: usize = 1_500;
    let mut parts: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        let Some(part) = text.get(range.clone()) else { continue };
        if part.len() <= NEAR {
            parts.push(range.clone());
            continue;
        }
        let mut covered = range.start;
        for it in FIRST_PASS.find_iter(part) {
            let from = boundary(text, (range.start + it.start()).saturating_sub(NEAR));
            let line = text[..from].rfind('\n').map_or(0, |it| it + 1);
            let from = if from - line < NEAR { line } else { from };
            let to = boundary(text, (range.start + it.end() + NEAR).min(range.end));
            let from = from.max(covered);
            match parts.last_mut() {
                Some(last) if last.end == from && covered > range.start => last.end = to.max(from),
                Some(_) | None if from < to => parts.push(from..to),
                Some(_) | None => {}
            }
            covered = covered.max(to);
        }
    }
    parts
}

fn notice(words: &Words<'_>, grant: Grant) -> Statement {
    let (said, is_vague) = match grant.means {
        Means::Expression { text, is_vague } => (Said::Grant(text), is_vague),
        Means::Words => (Said::Words, true),
    };
    let raw = words.bytes(grant.named);
    let one_of = match crate::library::Library::embedded().named(&words.text[raw.clone()]) {
        Named::Ambiguous(family) if said == Said::Words => family.members,
        _ => &[],
    };
    Statement {
        at: words.bytes(grant.words),
        raw,
        one_of,
        explains: Vec::new(),
        said,
        origin: Origin::Notice,
        is_pointer: grant.is_pointer,
        is_alternative: grant.is_alternative,
        is_vague,
    }
}

/// Texts of licenses in comments that sound like one.
fn texts(text: &str, ranges: &[Range<usize>]) -> Vec<Statement> {
    const LEAST: usize = 250;
    const MOST: usize = 4;
    let sounds = |range: &&Range<usize>| {
        range.len() >= LEAST && text.get((*range).clone()).is_some_and(|it| TEXTUAL.is_match(it))
    };
    let mut all = Vec::new();
    for range in paragraphs_joined(text, ranges).iter().filter(sounds).take(MOST) {
        for it in caveat_texts::identify(&text[range.clone()]) {
            if it.likeness == caveat_texts::Likeness::Kindred {
                continue;
            }
            let moved = |it: Range<usize>| range.start + it.start..range.start + it.end;
            let explains = it.explained().into_iter().map(moved).collect();
            let at = moved(it.span.clone());
            let modified = it.likeness == caveat_texts::Likeness::Modified;
            let said = Said::Text { license: it.nearest, score: it.score, modified };
            all.push(Statement {
                raw: title(text, &at),
                at,
                said,
                origin: Origin::Text,
                is_pointer: false,
                is_alternative: false,
                is_vague: false,
                one_of: &[],
                explains,
            });
        }
    }
    all
}

/// Comments with nothing but empty lines between them as one: a text has paragraphs.
fn paragraphs_joined(text: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        let goes_on = |last: &Range<usize>| {
            text.get(last.end..range.start).is_some_and(|it| it.trim().is_empty())
        };
        match joined.last_mut().filter(|it| goes_on(it)) {
            Some(last) => last.end = range.end,
            None => joined.push(range.clone()),
        }
    }
    joined
}

/// The first line of a text.
fn title(text: &str, at: &Range<usize>) -> Range<usize> {
    let part = text.get(at.clone()).unwrap_or_default();
    let line = part.lines().next().unwrap_or_default().trim_end();
    let end = line.char_indices().nth(120).map_or(line.len(), |it| it.0);
    at.start..at.start + end
}

fn overlap(one: &Range<usize>, two: &Range<usize>) -> bool {
    one.start < two.end && two.start < one.end
}

/// What is left of all statements of one file: a pointer says nothing beside a grant, a name
/// without a version nothing beside one that has it, and an alternative joins what it is one to.
fn settle(mut all: Vec<Statement>) -> Vec<Statement> {
    all.sort_by_key(|it| (it.at.start, it.at.end));
    let texts: Vec<Range<usize>> = all.iter().flat_map(|it| it.explains.clone()).collect();
    all.retain(|it| it.origin == Origin::Text || !texts.iter().any(|text| overlap(text, &it.at)));
    let known = precise(&all);
    // A pointer may tell which of several is meant.
    all.retain(|it| !it.one_of.iter().any(|one| known.iter().any(|it| it == one)));
    if all.iter().any(|it| !it.is_pointer) {
        all.retain(|it| !it.is_pointer);
    }
    let precise = precise(&all);
    let has_tag = all.iter().any(|it| it.origin == Origin::Tag);
    all.retain(|it| match &it.said {
        Said::Grant(text) if it.is_vague && !it.is_alternative => {
            !has_tag && !precise.iter().any(|known| known.contains(stem(text)))
        }
        Said::Grant(_) | Said::Tag | Said::Words | Said::Text { .. } => true,
    });
    let mut settled: Vec<Statement> = Vec::new();
    for it in all {
        let other = match settled.last() {
            Some(before) if it.is_alternative => either(before, &it),
            Some(_) | None => None,
        };
        match (other, settled.last_mut()) {
            (Some(text), Some(before)) => {
                before.said = Said::Grant(text);
                before.origin = Origin::Notice;
                before.at.end = it.at.end;
            }
            _ => settled.push(it),
        }
    }
    let mut seen: Vec<Statement> = Vec::new();
    for it in settled {
        let again = |known: &Statement| match (&it.said, &known.said) {
            (Said::Grant(a), Said::Grant(b)) => a == b,
            _ => false,
        };
        if !seen.iter().any(again) {
            seen.push(it);
        }
    }
    seen
}

/// The licenses that are named with their version.
fn precise(all: &[Statement]) -> Vec<String> {
    let stated = |it: &Statement| match &it.said {
        Said::Grant(it) => Some(it.clone()),
        Said::Text { license, .. } => Some((*license).to_owned()),
        Said::Tag | Said::Words => None,
    };
    all.iter().filter(|it| !it.is_vague).filter_map(stated).collect()
}

/// The family that an id without a version belongs to.
fn stem(id: &str) -> &str {
    id.split_inclusive('-').next().unwrap_or(id)
}

/// The choice that two statements give together.
fn either(one: &Statement, other: &Statement) -> Option<String> {
    let text = |it: &Statement| match &it.said {
        Said::Grant(it) => Some(it.clone()),
        Said::Text { license, modified: false, .. } => Some((*license).to_owned()),
        Said::Text { .. } | Said::Tag | Said::Words => None,
    };
    let (one, other) = (text(one)?, text(other)?);
    let bracketed = |it: &str| if it.contains(" AND ") { format!("({it})") } else { it.to_owned() };
    (one != other).then(|| format!("{} OR {}", bracketed(&one), bracketed(&other)))
}

#[cfg(test)]
mod tests;
