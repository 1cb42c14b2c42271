//! The license that follows from all that is claimed of one component.

use std::collections::{BTreeMap, BTreeSet};

use crate::claims::is_text;
use crate::component::{Origin, Strength};
use crate::expression::Expression;
use crate::inventory::{Claim, Conclusion, Standing, Stated};
use crate::source::{SourceId, Sources, Span};
use crate::weave::{belongs, texts_of, weave, weave_texts};

/// Weighs the claims: what the tree says of itself stands above what a third party reports of it.
pub(crate) fn conclude(claims: &[Claim], sources: &Sources) -> Conclusion {
    let (reports, own): (Vec<Claim>, Vec<Claim>) =
        claims.iter().cloned().partition(|it| it.evidence.origin == Origin::Sbom);
    if reports.is_empty() {
        return by_itself(claims, sources);
    }
    let known = by_itself(&own, sources);
    if known.license.is_some() {
        return known;
    }
    let reported = reported(&reports, sources);
    let (Some(license), Some(open)) = (&reported.license, own.iter().find(|it| speaks(it))) else {
        return if reported.license.is_some() { reported } else { known };
    };
    let why = format!("called `{}`, and only a bill of materials says `{license}`", words(open));
    doubtful(reported.license, why)
}

/// Whether a claim says that there is some license, be it one that nobody can name.
fn speaks(claim: &Claim) -> bool {
    match &claim.stated {
        Stated::Expression(it) => !matches!(it, Expression::NoAssertion(_)),
        Stated::Family { .. } | Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => {
            true
        }
    }
}

/// What third parties report. Each of their statements is heard by itself: one may repeat what the
/// authors declare and another say what somebody concludes from it.
fn reported(claims: &[Claim], sources: &Sources) -> Conclusion {
    let mut statements: BTreeMap<Span, Vec<Expression>> = BTreeMap::new();
    for it in claims.iter().filter(|it| it.evidence.strength == Strength::Declared) {
        statements.entry(it.evidence.at).or_default().extend(license(it).cloned());
    }
    let stated = statements.into_iter().filter_map(|(at, all)| Some((at, weave(all)?)));
    let stated: Vec<(Span, Expression)> = stated.collect();
    let Some((first_at, first)) = stated.first() else { return observed(claims) };
    let name = |at: &Span| sources.get(at.source).map_or("?", |it| it.name.as_str());
    let mut best = first;
    for (at, other) in &stated {
        if is_choice_of(other, best) {
            continue;
        }
        if is_choice_of(best, other) {
            best = other;
            continue;
        }
        let all = stated.iter().map(|it| it.1.clone()).collect();
        let why = format!("{} says `{first}`, {} says `{other}`", name(first_at), name(at));
        return doubtful(weave(all), why);
    }
    unsaid(best, claims).unwrap_or_else(|| clear(best.clone()))
}

/// Whether `one` is `whole` or a branch of it: who concludes has chosen, and the choice is ours.
fn is_choice_of(one: &Expression, whole: &Expression) -> bool {
    let branches: &[Expression] = match whole {
        Expression::Or(branches) => branches,
        Expression::License(_)
        | Expression::And(_)
        | Expression::Nothing(_)
        | Expression::NoAssertion(_) => &[],
    };
    one.same_as(whole) || branches.iter().any(|it| it.same_as(one))
}

/// What a third party saw in files is not what they are under as a whole.
fn observed(claims: &[Claim]) -> Conclusion {
    let all: Vec<Expression> = claims.iter().filter_map(license).cloned().collect();
    match weave(all) {
        Some(it) => {
            let why = format!(
                "a bill of materials tells of `{it}` in files, and of no license of the whole"
            );
            doubtful(Some(it), why)
        }
        None => unnamed(claims),
    }
}

/// Weighs what the tree itself says: a person's word stands above a field, a field above what was
/// found, and where a field and a text disagree nobody has decided yet.
fn by_itself(claims: &[Claim], sources: &Sources) -> Conclusion {
    let found = |it: &Claim| is_text(it) || it.evidence.strength == Strength::Detected;
    let asserted = by_source(claims, |it| it.evidence.strength == Strength::Asserted);
    if !asserted.is_empty() {
        return agreed(&asserted, sources).unwrap_or_else(|it| it);
    }
    let declared = by_source(claims, |it| !found(it));
    if declared.is_empty() {
        return undeclared(claims);
    }
    match agreed(&declared, sources) {
        Ok(Conclusion { license: Some(it), .. }) => {
            let doubt = unsaid(&it, claims).or_else(|| against_texts(&it, claims));
            doubt.unwrap_or_else(|| clear(it))
        }
        Ok(other) | Err(other) => other,
    }
}

fn clear(license: Expression) -> Conclusion {
    Conclusion { license: Some(license), standing: Standing::Clear }
}

fn doubtful(license: Option<Expression>, why: String) -> Conclusion {
    Conclusion { license, standing: Standing::Ambiguous(why) }
}

type BySource = BTreeMap<SourceId, (Origin, Expression)>;

/// What each file states, all licenses of one file together.
fn by_source(claims: &[Claim], wanted: impl Fn(&Claim) -> bool) -> BySource {
    let mut stated: BTreeMap<SourceId, (Origin, Vec<Expression>)> = BTreeMap::new();
    for claim in claims.iter().filter(|it| wanted(it)) {
        if let Some(it) = license(claim) {
            let entry = stated.entry(claim.raw.at.source);
            entry.or_insert((claim.evidence.origin, Vec::new())).1.push(it.clone());
        }
    }
    let woven = |(source, (origin, all))| Some((source, (origin, weave(all)?)));
    stated.into_iter().filter_map(woven).collect()
}

/// The licenses that a claim names. `NONE` and `NOASSERTION` name none.
fn license(claim: &Claim) -> Option<&Expression> {
    match &claim.stated {
        Stated::Expression(it) => Some(it).filter(|it| it.licenses().next().is_some()),
        Stated::Family { .. } | Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => {
            None
        }
    }
}

/// What all files state, if they state the same. Cards cannot say whether later versions are
/// allowed, so a manifest that does only says it better.
fn agreed(stated: &BySource, sources: &Sources) -> Result<Conclusion, Conclusion> {
    let Some(first) = stated.iter().next() else { return Ok(Conclusion::default()) };
    let texts = texts_of(&first.1.1);
    let is_precise = |it: &(Origin, Expression)| it.0 != Origin::Card && texts_of(&it.1) == texts;
    let precise = stated.iter().find(|it| is_precise(it.1));
    let (best, (_, license)) = precise.unwrap_or(first);
    for (source, (origin, other)) in stated {
        let vague = *origin == Origin::Card && texts_of(other) == texts_of(license);
        if other.same_as(license) || (vague && alike(license, other)) {
            continue;
        }
        let name = |id: &SourceId| sources.get(*id).map_or("?", |it| it.name.as_str()).to_owned();
        let why = format!("{} says `{license}`, {} says `{other}`", name(best), name(source));
        return Err(doubtful(Expression::all([license.clone(), other.clone()]), why));
    }
    Ok(clear(license.clone()))
}

/// Whether two expressions have one form, whatever their licenses.
fn alike(one: &Expression, other: &Expression) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

/// Words of the declaring files that leave something open beside `license`: names that nobody
/// knows, a family it is no member of, `other` in a list, all rights reserved.
fn unsaid(license: &Expression, claims: &[Claim]) -> Option<Conclusion> {
    let declared = claims.iter().filter(|it| it.evidence.strength == Strength::Declared);
    let why = declared.filter(|it| !is_text(it)).find_map(|it| {
        let raw = words(it);
        match &it.stated {
            Stated::Unrecognised => {
                Some(format!("`{raw}` beside `{license}` is no license that is known"))
            }
            Stated::Reserved => Some(format!("`{raw}` beside `{license}` reserves all rights")),
            Stated::Placeholder if it.evidence.origin == Origin::Card && is_listed(it, claims) => {
                Some(format!("`{raw}` beside `{license}` leaves a license open"))
            }
            Stated::Family { members, .. } if !is_member(license, members) => {
                Some(format!("`{raw}` beside `{license}` is a family of licenses that differ"))
            }
            Stated::Expression(_) | Stated::Placeholder | Stated::Family { .. } => None,
        }
    })?;
    Some(doubtful(Some(license.clone()), why))
}

/// The words that decide what a claim means.
fn words(claim: &Claim) -> &str {
    claim.decided_by.as_ref().unwrap_or(&claim.raw).value.trim()
}

/// Whether the file of a claim also names a license.
fn is_listed(claim: &Claim, claims: &[Claim]) -> bool {
    let beside = |it: &&Claim| {
        it.raw.at.source == claim.raw.at.source && it.evidence.strength == Strength::Declared
    };
    claims.iter().filter(beside).any(|it| license(it).is_some())
}

/// Whether any license of an expression may be meant by the name of a family.
fn is_member(license: &Expression, members: &[String]) -> bool {
    members.is_empty()
        || license.licenses().any(|it| members.iter().any(|member| member == it.id.as_str()))
}

/// A declared license against the texts that lie beside it. A choice whose other half has no
/// text here is no disagreement; a text that nobody declared is one.
fn against_texts(declared: &Expression, claims: &[Claim]) -> Option<Conclusion> {
    let known = texts_of(declared);
    for claim in claims.iter().filter(|it| is_text(it)) {
        let Some(text) = license(claim) else {
            let why = format!("declared `{declared}`, but nobody knows the text beside it");
            return Some(doubtful(Some(declared.clone()), why));
        };
        if !texts_of(text).iter().all(|it| belongs(it, &known)) {
            let why = format!("declared `{declared}`, but the text beside it is `{text}`");
            return Some(doubtful(Expression::all([declared.clone(), text.clone()]), why));
        }
        if claim.modified {
            let why = format!("the text of `{text}` beside it has been changed");
            return Some(doubtful(Some(declared.clone()), why));
        }
    }
    None
}

/// Nothing usable is declared: whole texts speak, then prose, then families.
fn undeclared(claims: &[Claim]) -> Conclusion {
    let all = |texts: bool| -> Vec<Expression> {
        claims.iter().filter(|it| is_text(it) == texts).filter_map(license).cloned().collect()
    };
    let (texts, prose) = (weave_texts(all(true)), weave(all(false)));
    let license = match (texts, prose) {
        (Some(texts), Some(prose)) => match together(&texts, prose) {
            Ok(it) => it,
            Err(doubt) => return doubt,
        },
        (Some(it), None) | (None, Some(it)) => it,
        (None, None) => return unnamed(claims),
    };
    let why = doubt(&license, claims);
    let standing = why.map_or(Standing::Clear, Standing::Ambiguous);
    Conclusion { license: Some(license), standing }
}

/// Prose knows how texts go together: which of them is ours to choose, which allows later ones.
fn together(texts: &Expression, prose: Expression) -> Result<Expression, Conclusion> {
    let (in_texts, in_prose): (BTreeSet<_>, _) = (texts_of(texts), texts_of(&prose));
    if in_texts == in_prose {
        return Ok(prose);
    }
    if in_prose.iter().all(|it| belongs(it, &in_texts)) {
        return Ok(texts.clone());
    }
    let why = format!("described as `{prose}`, but the text beside it is `{texts}`");
    Err(doubtful(Expression::all([texts.clone(), prose]), why))
}

/// Why what was found is not certain.
fn doubt(license: &Expression, claims: &[Claim]) -> Option<String> {
    // What the hub has no id for is rightly called `other`; else the card contradicts its text.
    let is_other = license.licenses().all(|it| it.id.is_reference()) || claims.iter().any(is_text);
    claims.iter().find_map(|it| {
        let raw = words(it);
        match &it.stated {
            Stated::Family { members, .. } if !is_member(license, members) => {
                Some(format!("called `{raw}`, but what is here is `{license}`"))
            }
            Stated::Reserved => Some(format!("`{raw}` beside `{license}` reserves all rights")),
            Stated::Unrecognised if is_text(it) => {
                Some(format!("beside `{license}` lies a text that nobody knows"))
            }
            Stated::Expression(_) if is_text(it) && it.modified => {
                Some(format!("the text is that of `{license}` with words changed"))
            }
            Stated::Unrecognised if it.evidence.strength == Strength::Declared => {
                Some(format!("called `{raw}`, and the license beside it is `{license}`"))
            }
            Stated::Placeholder if it.evidence.origin == Origin::Card && !is_other => {
                Some(format!("labelled `{raw}`, but described as `{license}`"))
            }
            Stated::Expression(_)
            | Stated::Placeholder
            | Stated::Family { .. }
            | Stated::Unrecognised => None,
        }
    })
}

/// No license is named at all.
fn unnamed(claims: &[Claim]) -> Conclusion {
    let family = claims.iter().find_map(|it| match &it.stated {
        Stated::Family { name, members } if !members.is_empty() => Some(name),
        Stated::Family { .. }
        | Stated::Expression(_)
        | Stated::Placeholder
        | Stated::Reserved
        | Stated::Unrecognised => None,
    });
    let standing = family.map_or(Standing::Unknown, |name| {
        Standing::Ambiguous(format!("`{name}` is a family of licenses that differ"))
    });
    Conclusion { license: None, standing }
}
