//! Several statements as one: what one file says in several places, what several texts say.

use std::collections::BTreeSet;

use crate::expression::{Expression, Licensed};

/// All of `parts` bind. A license by itself says nothing new beside an expression that places
/// it: a classifier for each branch repeats `A OR B`, it does not ask for both.
pub(crate) fn weave(parts: Vec<Expression>) -> Option<Expression> {
    let placed: BTreeSet<String> =
        parts.iter().filter(|it| single(it).is_none()).flat_map(texts_of).collect();
    let says_more = |it: &Expression| single(it).is_none_or(|it| !placed.contains(&text_of(it)));
    let parts: Vec<_> = parts.into_iter().filter(says_more).collect();
    Some(Expression::all(parts)?.canonical())
}

/// The texts of one tree together. A text and an exception to it are one license, and so are the
/// two texts of a license that is written as additions to another.
pub(crate) fn weave_texts(parts: Vec<Expression>) -> Option<Expression> {
    let bare: Vec<Licensed> =
        parts.iter().filter_map(single).filter(|it| it.with.is_none()).cloned().collect();
    let mut absorbed = BTreeSet::new();
    let mut woven = Vec::new();
    for part in parts {
        let Some(excepted) = single(&part).filter(|it| it.with.is_some()) else {
            woven.push(part);
            continue;
        };
        let own = bare.iter().filter(|it| it.id == excepted.id);
        let akin = bare.iter().filter(|it| stem(it) == stem(excepted));
        let Some(text) = own.chain(akin).next() else {
            woven.push(part);
            continue;
        };
        absorbed.insert(text_of(text));
        let with = excepted.with.clone();
        woven.push(Expression::License(Licensed { with, ..text.clone() }));
    }
    let texts: BTreeSet<String> = woven.iter().flat_map(texts_of).collect();
    woven.retain(|it| {
        single(it).filter(|it| it.with.is_none()).is_none_or(|it| {
            let text = text_of(it);
            !absorbed.contains(&text) && !texts.contains(&lesser(&text))
        })
    });
    weave(woven)
}

/// The texts that an expression names.
pub(crate) fn texts_of(it: &Expression) -> BTreeSet<String> {
    it.licenses().map(text_of).collect()
}

/// Whether `text` may lie beside what is declared: it is one of its texts, or the one that a
/// declared license is written as additions to.
pub(crate) fn belongs(text: &str, declared: &BTreeSet<String>) -> bool {
    declared.contains(text) || declared.contains(&lesser(text))
}

/// `-only` and `-or-later` share one text.
fn text_of(license: &Licensed) -> String {
    let id = license.id.as_str();
    let id = id.strip_suffix("-only").or_else(|| id.strip_suffix("-or-later")).unwrap_or(id);
    id.to_owned()
}

/// What a license that adds permissions to `text` would be called: the lesser one.
fn lesser(text: &str) -> String {
    format!("L{text}")
}

fn stem(license: &Licensed) -> &str {
    license.id.as_str().split('-').next().unwrap_or_default()
}

fn single(it: &Expression) -> Option<&Licensed> {
    match it {
        Expression::License(it) => Some(it),
        Expression::And(_)
        | Expression::Or(_)
        | Expression::Nothing(_)
        | Expression::NoAssertion(_) => None,
    }
}
