//! Sentences that grant a license: what the rules find among the words of a text.

use std::ops::Range;

use super::joined::{Joined, joined};
use super::names::{self, Meant};
use super::table::{Kind, Rule, table};
use super::versions;
use super::words::{Gap, Words};

/// How far before the words of a rule its clause may begin.
const CLAUSE: usize = 24;
/// How many words may separate a license from a permission that is added to it.
const ADDED: usize = 400;

/// A grant as the words state it.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    /// From the words of the rule to the end of what they grant.
    pub(super) words: Range<usize>,
    /// The words that name the license.
    pub(super) named: Range<usize>,
    /// What is granted.
    pub(super) means: Means,
    /// It only points to a license.
    pub(super) is_pointer: bool,
    /// It is a choice beside what was granted before.
    pub(super) is_alternative: bool,
}

/// What a grant grants.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Means {
    /// An SPDX expression.
    Expression {
        /// The expression.
        text: String,
        /// The name had no version.
        is_vague: bool,
    },
    /// What the words mean is for the library to say: a family, a restriction.
    Words,
}

/// All grants, in the order of their places.
pub(super) fn grants(words: &Words<'_>) -> Vec<Grant> {
    let mut found: Vec<Grant> = Vec::new();
    let mut at = 0;
    while at < words.all.len() {
        let taken = found.last().map_or(0, |it| it.words.end);
        match one(words, at, taken, &mut found) {
            Some(end) => at = end.max(at + 1),
            None => at += 1,
        }
    }
    found
}

/// What begins at one word; where to go on.
fn one(words: &Words<'_>, at: usize, taken: usize, found: &mut Vec<Grant>) -> Option<usize> {
    let phrases = words
        .may_begin(at, &table().beginnings)
        .then(|| table().phrases.get(words.word(at)))
        .flatten()
        .map(Vec::as_slice)
        .unwrap_or_default();
    for (phrase, rule) in phrases {
        let rule = &table().rules[*rule];
        if !words.reads(at, phrase) {
            continue;
        }
        let end = at + phrase.len();
        let grants = match rule.kind {
            Kind::Before | Kind::Pointer => before(words, at, end, rule),
            Kind::Label => label(words, at, end),
            Kind::Behind | Kind::Alone => Vec::new(),
            Kind::Sentence => sentence(words, at, end, rule).into_iter().collect(),
            Kind::Exception => {
                add_permission(at, rule, found);
                continue;
            }
        };
        if let Some(last) = grants.last() {
            let end = last.words.end;
            found.extend(grants);
            return Some(end);
        }
    }
    let own = standing(words, at, taken)?;
    let end = own.words.end;
    found.push(own);
    Some(end)
}

/// `under the terms of NAME`.
fn before(words: &Words<'_>, at: usize, end: usize, rule: &Rule) -> Vec<Grant> {
    let is_said = || {
        rule.after_one_of.is_empty()
            || clause(words, at)
                .any(|it| rule.after_one_of.iter().any(|wanted| wanted == words.word(it)))
    };
    // "If you have none, get a copy of the license at …" supposes nothing about the license.
    let leads_on = rule.kind == Kind::Pointer && words.all.get(end).is_some_and(|it| it.is_address);
    if !leads_on && is_denied(words, at, end) || is_quoted(words, at, end) || !is_said() {
        return Vec::new();
    }
    let Some(joined) = joined(words, end) else { return Vec::new() };
    if rule.needs_license && !joined.is_plain(words, end)
        || rule.is_brief && !is_brief(words, joined.end)
    {
        return Vec::new();
    }
    let mut all = of_joined(words, at, &joined);
    for it in &mut all {
        it.is_pointer = rule.kind == Kind::Pointer;
    }
    all
}

/// Whether a text has few words, and one is the last of its line or sentence.
fn is_brief(words: &Words<'_>, end: usize) -> bool {
    const FEW: usize = 60;
    let closes =
        words.gap(end) >= Gap::Sentence || words.all.get(end).is_none_or(|it| it.opens_line);
    !words.in_program && words.all.len() <= FEW && closes
}

/// How far down a program a field is the program's own.
const HEAD: usize = 8 << 10;

/// `License: NAME`.
fn label(words: &Words<'_>, at: usize, end: usize) -> Vec<Grant> {
    let between = words.between(end);
    let mark = between.trim_matches([' ', '\t', '"', '\'', '_', '(', '[', '*', '`', '|']);
    let is_marked = matches!(mark, ":" | "=" | "=>" | ":=" | "::" | ">")
        || mark.is_empty() && between.contains('(') && words.between(at).ends_with('_')
        || words.between(at).ends_with(['@', '\\']) && mark.is_empty();
    // In code that a comment quotes, a value is given to somebody else's field.
    let is_quoted = mark == "=" && !words.between(at).ends_with('_');
    let is_field = words.all.get(at).is_some_and(|it| it.opens_line)
        || !matches!(words.gap(at), Gap::None)
        || words.between(at).ends_with(['_', '@', '\\']);
    // Further down, documentation shows how others write such a field.
    let is_head = words.all.get(at).is_some_and(|it| it.at.start < HEAD);
    let is_shown = words.in_program && !is_head && !words.between(at).ends_with(['@', '_', '\\']);
    if is_shown
        || !is_marked
        || is_quoted
        || between.len() > 40
        || between.contains('\n')
        || !is_field
    {
        return Vec::new();
    }
    // A call says how a license is found, not which.
    let Some(joined) = joined(words, skip_classifier(words, end)) else { return Vec::new() };
    if joined.is_listing() || is_denied(words, at, end) {
        return Vec::new();
    }
    of_joined(words, at, &joined)
}

/// `License :: OSI Approved :: NAME`.
fn skip_classifier(words: &Words<'_>, end: usize) -> usize {
    let is_classifier = words.between(end).contains("::") && words.word(end) == "osi";
    if is_classifier { end + 2 } else { end }
}

/// Words that say all by themselves.
fn sentence(words: &Words<'_>, at: usize, end: usize, rule: &Rule) -> Option<Grant> {
    if is_denied(words, at, end) || is_quoted(words, at, end) {
        return None;
    }
    let means = match rule.means.as_deref()? {
        "words" => Means::Words,
        it => Means::Expression { text: it.to_owned(), is_vague: false },
    };
    // `in the public domain`: only some of the words are a name.
    let name =
        (at..end).find_map(|it| Some(it..names::at(words, it)?.end)).filter(|it| it.end == end);
    let named = name.filter(|_| means == Means::Words).unwrap_or(at..end);
    Some(Grant { named, words: at..end, means, is_pointer: false, is_alternative: false })
}

/// Puts `WITH …` to the grant before, if that is near and has nothing yet.
fn add_permission(at: usize, rule: &Rule, found: &mut [Grant]) {
    let Some(last) = found.iter_mut().rev().find(|it| !it.is_pointer) else { return };
    let Some(added) = &rule.means else { return };
    let is_near = at.saturating_sub(last.words.end) < ADDED && last.words.start < at;
    if let Means::Expression { text, .. } = &mut last.means
        && is_near
        && !text.contains([' ', '('])
        && super::is_expression(&format!("{text} WITH {added}"))
    {
        *text = format!("{text} WITH {added}");
    }
}

/// A name that stands by itself, or before words that make a grant of it.
fn standing(words: &Words<'_>, at: usize, taken: usize) -> Option<Grant> {
    let opens = words.gap(at) >= Gap::Sentence || words.all.get(at)?.opens_line;
    let is_address = words.all.get(at)?.is_address;
    let may_precede = is_address
        || at > 0 && words.word(at - 1) == "the"
        || words.gap(at) >= Gap::Clause
        || opens;
    if at < taken || !may_precede {
        return None;
    }
    let name = names::at(words, at)?;
    if is_denied(words, at, at) {
        return None;
    }
    let behind = table()
        .phrases
        .get(words.word(name.end))
        .into_iter()
        .flatten()
        .find(|it| table().rules[it.1].kind == Kind::Behind && words.reads(name.end, &it.0));
    let end = match behind {
        Some((phrase, _)) if words.gap(name.end) == Gap::None => name.end + phrase.len(),
        _ if is_address && is_badge(words, at) => name.end,
        _ if is_alone(words, at, name.end) => name.end,
        _ => return None,
    };
    let versions = versions::behind(words, name.meant, name.end)
        .filter(|_| matches!(name.meant, Meant::Family(_)));
    let text = match &versions {
        None if matches!(name.meant, Meant::Family(_)) => {
            versions::open(words, at..name.end, name.meant)
        }
        versions => versions::expression(name.meant, versions.as_ref().map(|it| &it.0)),
    };
    let is_vague = versions.is_none() && matches!(name.meant, Meant::Family(_));
    let means = text.map_or(Means::Words, |text| Means::Expression { text, is_vague });
    let named = at..name.end;
    Some(Grant { words: at..end, named, means, is_pointer: is_address, is_alternative: false })
}

/// Whether nothing is said around a name: it is a line, a comment or a sentence of its own, near a
/// copyright notice or in a text that has little else.
fn is_alone(words: &Words<'_>, at: usize, end: usize) -> bool {
    const SHORT: usize = 14;
    const NEAR: usize = 40;
    let first = if at > 0 && words.word(at - 1) == "the" { at - 1 } else { at };
    let opens = words.all.get(first).is_some_and(|it| it.opens_line || it.gap >= Gap::Sentence);
    if first == 0 && !words.in_program && words.gap(end) >= Gap::Paragraph {
        return true;
    }
    let closes =
        words.gap(end) >= Gap::Sentence || words.all.get(end).is_none_or(|it| it.opens_line);
    let before = at.saturating_sub(NEAR)..at;
    let copyright = || before.clone().any(|it| matches!(words.word(it), "copyright" | "c"));
    let is_all = !words.in_program && words.all.len() <= SHORT;
    opens && closes && (is_all || copyright())
}

fn is_badge(words: &Words<'_>, at: usize) -> bool {
    let raw = &words.text[words.bytes(at..at + 1)];
    table().badges.iter().any(|it| raw.contains(it.as_str()))
}

/// The words of the clause before one, nearest first.
fn clause(words: &Words<'_>, at: usize) -> impl Iterator<Item = usize> {
    let mut ended = false;
    let earliest = at.saturating_sub(CLAUSE);
    (earliest..at).rev().take_while(move |it| {
        let goes_on = !ended;
        ended |= words.gap(*it) >= Gap::Sentence || words.between(*it).contains(';');
        goes_on && (*it + 1 != at || words.gap(at) < Gap::Sentence)
    })
}

/// Whether the clause before denies, compares or supposes.
fn is_denied(words: &Words<'_>, at: usize, end: usize) -> bool {
    let takes_back = |it: &Vec<String>| {
        (at.saturating_sub(6)..=at).any(|from| words.reads(from, it) && from + it.len() <= end)
    };
    if table().takes_back.iter().any(takes_back) {
        return false;
    }
    let denies = |it: usize| {
        words.may_begin(it, &table().denying)
            && table().denials.iter().any(|denial| denial == words.word(it))
    };
    clause(words, at).any(denies)
}

/// Whether somebody quotes the words: then they are spoken of.
fn is_quoted(words: &Words<'_>, at: usize, end: usize) -> bool {
    let before = words.between(at);
    before.ends_with('`')
        || before.ends_with(['"', '“']) && words.between(end).starts_with(['"', '”'])
}

/// The grants of the licenses that a rule's words stand before.
fn of_joined(words: &Words<'_>, at: usize, joined: &Joined) -> Vec<Grant> {
    let whole = at..joined.end;
    let is_alternative = is_alternative(words, at);
    let is_choice = joined.is_choice
        || clause(words, at).any(|it| table().choices.iter().any(|word| word == words.word(it)));
    let unclear = joined.parts.iter().filter(|it| it.text.is_none());
    let mut grants: Vec<Grant> = unclear
        .map(|it| Grant {
            words: whole.clone(),
            named: it.words.clone(),
            means: Means::Words,
            is_pointer: false,
            is_alternative,
        })
        .collect();
    let clear: Vec<_> = joined.parts.iter().filter(|it| it.text.is_some()).collect();
    let (Some(first), Some(last)) = (clear.first(), clear.last()) else { return grants };
    let mut texts: Vec<&str> = Vec::new();
    for text in clear.iter().filter_map(|it| it.text.as_deref()) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    let text = if let [one] = texts[..] {
        one.to_owned()
    } else {
        let bracketed =
            |it: &&str| if it.contains(' ') { format!("({it})") } else { (*it).to_owned() };
        let all: Vec<String> = texts.iter().map(bracketed).collect();
        all.join(if is_choice { " OR " } else { " AND " })
    };
    let is_vague = clear.iter().all(|it| it.is_vague);
    grants.push(Grant {
        words: whole,
        named: first.words.start..last.words.end,
        means: Means::Expression { text, is_vague },
        is_pointer: false,
        is_alternative,
    });
    grants
}

/// Whether the sentence begins as one that offers another license does.
fn is_alternative(words: &Words<'_>, at: usize) -> bool {
    let begins = |it: &usize| words.gap(*it) >= Gap::Sentence;
    let start = (at.saturating_sub(2 * CLAUSE)..=at).rev().find(begins);
    start.is_some_and(|it| table().alternatives.iter().any(|phrase| words.reads(it, phrase)))
}
