//! Words, brackets and operators of an expression.

use std::ops::Range;

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) what: What,
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    And,
    Or,
    With,
    Open,
    Close,
    Plus,
    Slash,
    /// An id, or what stands in the place of one.
    Word,
    /// Characters that mean nothing here.
    Odd,
}

/// All tokens of `text`. White space parts them and is dropped.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (start, character) in text.char_indices().filter(|(_, it)| !it.is_whitespace()) {
        let what = what(character);
        let range = start..start + character.len_utf8();
        match tokens.last_mut() {
            Some(last) if last.range.end == start && last.what == what && runs_on(what) => {
                last.range.end = range.end;
            }
            Some(_) | None => tokens.push(Token { what, range }),
        }
    }
    for token in &mut tokens {
        if token.what == What::Word {
            token.what = operator(&text[token.range.clone()]);
        }
    }
    tokens
}

fn what(character: char) -> What {
    match character {
        '(' => What::Open,
        ')' => What::Close,
        '+' => What::Plus,
        '/' => What::Slash,
        '-' | '.' | ':' | '_' => What::Word,
        it if it.is_ascii_alphanumeric() => What::Word,
        _ => What::Odd,
    }
}

/// Whether characters of that sort make one token.
fn runs_on(what: What) -> bool {
    matches!(what, What::Word | What::Odd)
}

fn operator(word: &str) -> What {
    let operators = [("AND", What::And), ("OR", What::Or), ("WITH", What::With)];
    let found = operators.into_iter().find(|(it, _)| it.eq_ignore_ascii_case(word));
    found.map_or(What::Word, |(_, what)| what)
}

/// The reference that `word` spells, with its prefixes in canonical case: `prefix` and a name, or
/// the same after `DocumentRef-…:`.
pub(super) fn reference(word: &str, prefix: &str) -> Option<String> {
    let Some((document, rest)) = word.split_once(':') else {
        return Some(format!("{prefix}{}", named(word, prefix)?));
    };
    let document = named(document, "DocumentRef-")?;
    Some(format!("DocumentRef-{document}:{prefix}{}", named(rest, prefix)?))
}

/// What follows `prefix`, if that is a name. SPDX has no `_` in names, but people do.
fn named<'a>(word: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, name) = word.split_at_checked(prefix.len())?;
    let in_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '.' | '_');
    let fits = start.eq_ignore_ascii_case(prefix) && !name.is_empty() && name.chars().all(in_name);
    fits.then_some(name)
}
