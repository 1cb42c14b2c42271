//! The license that follows from all that is claimed of one component.

use std::collections::{BTreeMap, BTreeSet};

use crate::claims::is_text;
use crate::component::Strength;
use crate::expression::Expression;
use crate::inventory::{Claim, Conclusion, Standing, Stated};
use crate::source::{SourceId, Sources};

/// Weighs the claims: a person's word stands above a field, a field above what was found, and
/// where a field and a text disagree nobody has decided yet.
pub(crate) fn conclude(claims: &[Claim], sources: &Sources) -> Conclusion {
    for strength in [Strength::Asserted, Strength::Declared] {
        let stated = by_source(claims, |it| it.evidence.strength == strength);
        if let Some((first, others)) = split_first(&stated) {
            if let Some((source, other)) = others.iter().find(|(_, it)| !it.same_as(first.1)) {
                return disagree(first.1, first.0, other, *source, sources);
            }
            let conclusion =
                Conclusion { license: Some(first.1.clone()), standing: Standing::Clear };
            return if strength == Strength::Declared {
                against_texts(conclusion, claims)
            } else {
                conclusion
            };
        }
    }
    found(claims)
}

fn split_first<'a>(
    stated: &'a BTreeMap<SourceId, Expression>,
) -> Option<((SourceId, &'a Expression), Vec<(SourceId, &'a Expression)>)> {
    let mut all = stated.iter().map(|(source, it)| (*source, it));
    let first = all.next()?;
    Some((first, all.collect()))
}

fn disagree(
    one: &Expression,
    where_one: SourceId,
    other: &Expression,
    where_other: SourceId,
    sources: &Sources,
) -> Conclusion {
    let name = |id| sources.get(id).map_or("?", |it| it.name.as_str()).to_owned();
    let why = format!("{} says `{one}`, {} says `{other}`", name(where_one), name(where_other));
    let license = Expression::all([one.clone(), other.clone()]);
    Conclusion { license, standing: Standing::Ambiguous(why) }
}

/// What each file states, all licenses of one file together.
fn by_source(claims: &[Claim], wanted: impl Fn(&Claim) -> bool) -> BTreeMap<SourceId, Expression> {
    let mut stated: BTreeMap<SourceId, Vec<Expression>> = BTreeMap::new();
    for claim in claims.iter().filter(|it| wanted(it)) {
        if let Stated::Expression(it) = &claim.stated {
            stated.entry(claim.raw.at.source).or_default().push(it.clone());
        }
    }
    stated
        .into_iter()
        .filter_map(|(source, all)| Some((source, Expression::all(all)?.canonical())))
        .collect()
}

/// A declared license against the texts that lie beside it. A choice whose other half has no
/// text here is no disagreement; a text that nobody declared is one.
fn against_texts(conclusion: Conclusion, claims: &[Claim]) -> Conclusion {
    let Some(declared) = &conclusion.license else { return conclusion };
    let ids: BTreeSet<String> = declared.licenses().map(|it| text_of(it.id.as_str())).collect();
    for claim in claims.iter().filter(|it| is_text(it)) {
        let Stated::Expression(text) = &claim.stated else { continue };
        let known = text.licenses().all(|it| ids.contains(&text_of(it.id.as_str())));
        if !known {
            let why = format!("declared `{declared}`, but the text beside it is `{text}`");
            let license = Expression::all([declared.clone(), text.clone()]);
            return Conclusion { license, standing: Standing::Ambiguous(why) };
        }
        if claim.modified {
            let why = format!("the text of `{text}` beside it has been changed");
            return Conclusion { license: conclusion.license, standing: Standing::Ambiguous(why) };
        }
    }
    conclusion
}

/// `-only` and `-or-later` share one text.
fn text_of(id: &str) -> String {
    id.trim_end_matches("-only").trim_end_matches("-or-later").to_owned()
}

/// Nothing usable is declared: whole texts speak, then prose, then families.
fn found(claims: &[Claim]) -> Conclusion {
    let texts = by_source(claims, is_text);
    let prose = by_source(claims, |it| !is_text(it));
    let family = claims.iter().find_map(|it| match &it.stated {
        Stated::Family { name, members } => Some((name, members)),
        Stated::Expression(_) | Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => {
            None
        }
    });
    let stated = if texts.is_empty() { prose } else { texts };
    let Some(license) = Expression::all(stated.into_values()).map(|it| it.canonical()) else {
        let standing = match family {
            Some((name, _)) => {
                Standing::Ambiguous(format!("`{name}` is a family of licenses that differ"))
            }
            None => Standing::Unknown,
        };
        return Conclusion { license: None, standing };
    };
    if let Some((name, members)) = family
        && !license.licenses().all(|it| members.iter().any(|member| member == it.id.as_str()))
    {
        let why = format!("declared as `{name}`, but the text beside it is `{license}`");
        return Conclusion { license: Some(license), standing: Standing::Ambiguous(why) };
    }
    if claims.iter().any(|it| is_text(it) && it.modified) {
        let why = format!("the text is that of `{license}` with words changed");
        return Conclusion { license: Some(license), standing: Standing::Ambiguous(why) };
    }
    Conclusion { license: Some(license), standing: Standing::Clear }
}
