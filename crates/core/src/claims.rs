//! What words about a license mean: from wordings, as written, to claims.

use crate::component::{Evidence, Origin};
use crate::expression::{self, Expression, Licensed, Note};
use crate::inventory::{Claim, Stated};
use crate::library::{Library, Named};
use crate::reading::{Meant, Wording};
use crate::source::Spanned;

/// The claim that a wording makes.
pub(crate) fn claim(wording: Wording, library: Library) -> Claim {
    let Wording { raw, evidence, meant } = wording;
    let understood = match meant {
        Meant::Expression => expression(&raw, library),
        Meant::HubId { name, link } => hub_id(&raw, name, link, library),
        Meant::Name => named(&raw, library),
        Meant::Text { license, score, modified } => {
            return text(raw, evidence, &license, score, modified, library);
        }
        Meant::Grant(words) => granted(&words, &raw, library),
        Meant::UnknownText => Understood::of(Stated::Unrecognised),
        // The text itself is read where it lies; a workspace that is not in the tree gives nothing.
        Meant::File | Meant::Inherited => file(&raw, library),
    };
    Claim {
        raw,
        stated: understood.stated,
        evidence,
        decided_by: understood.decided_by,
        score: None,
        modified: false,
        notes: understood.notes,
    }
}

fn text(
    raw: Spanned<String>,
    evidence: Evidence,
    license: &str,
    score: f32,
    modified: bool,
    library: Library,
) -> Claim {
    let stated = parse(license, &raw, library).0.map_or(Stated::Unrecognised, Stated::Expression);
    Claim { raw, stated, evidence, decided_by: None, score: Some(score), modified, notes: vec![] }
}

/// What a sentence amounts to.
fn granted(words: &str, raw: &Spanned<String>, library: Library) -> Understood {
    Understood::of(parse(words, raw, library).0.map_or(Stated::Unrecognised, Stated::Expression))
}

/// A pointer to a text: it names a license only where it is a well-known address.
fn file(raw: &Spanned<String>, library: Library) -> Understood {
    let named = named(raw, library);
    match named.stated {
        Stated::Expression(_) => named,
        Stated::Family { .. } | Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => {
            Understood::of(Stated::Placeholder)
        }
    }
}

struct Understood {
    stated: Stated,
    decided_by: Option<Spanned<String>>,
    notes: Vec<Note>,
}

impl Understood {
    fn of(stated: Stated) -> Self {
        Self { stated, decided_by: None, notes: Vec::new() }
    }
}

fn parse(words: &str, raw: &Spanned<String>, library: Library) -> (Option<Expression>, Vec<Note>) {
    let known = |it: &str| library.license(it).map(|it| it.id);
    let parsed = expression::parse_with(words, raw.at, &known);
    (parsed.expression, parsed.notes)
}

/// An SPDX expression; where it is none, perhaps a name that people use.
fn expression(raw: &Spanned<String>, library: Library) -> Understood {
    let (found, notes) = parse(&raw.value, raw, library);
    let known = |it: &Licensed| it.id.is_listed() || it.id.is_reference();
    if let Some(it) = &found
        && it.licenses().all(known)
    {
        return Understood { stated: Stated::Expression(it.clone()), decided_by: None, notes };
    }
    let named = alias(raw, library);
    match (named.stated, found) {
        (Stated::Unrecognised, Some(it)) if it.licenses().any(known) => {
            Understood { stated: Stated::Expression(it), decided_by: None, notes }
        }
        (Stated::Unrecognised, _) => Understood { notes, ..Understood::of(Stated::Unrecognised) },
        (stated, _) => Understood::of(stated),
    }
}

/// A name in free words: an alias of a license, or an expression after all.
fn named(raw: &Spanned<String>, library: Library) -> Understood {
    let alias = alias(raw, library);
    match alias.stated {
        Stated::Unrecognised => expression(raw, library),
        Stated::Expression(_) | Stated::Family { .. } | Stated::Placeholder | Stated::Reserved => {
            alias
        }
    }
}

/// A name that people use for a license.
fn alias(raw: &Spanned<String>, library: Library) -> Understood {
    Understood::of(match library.named(&raw.value) {
        Named::License(id) => {
            let (found, _) = parse(id, raw, library);
            found.map_or(Stated::Unrecognised, Stated::Expression)
        }
        Named::Ambiguous(family) => Stated::Family {
            name: family.name.to_owned(),
            members: family.members.iter().map(|it| (*it).to_owned()).collect(),
        },
        Named::Reserved => Stated::Reserved,
        Named::Placeholder => Stated::Placeholder,
        Named::Unknown => Stated::Unrecognised,
    })
}

/// A hub id; where it says nothing (`other`), the name beside it, then the link.
fn hub_id(
    raw: &Spanned<String>,
    name: Option<Spanned<String>>,
    link: Option<Spanned<String>>,
    library: Library,
) -> Understood {
    let own = named(raw, library);
    if matches!(own.stated, Stated::Unrecognised)
        && let Some(rest) = after_other(raw)
        && let it @ Stated::Expression(_) = alias(&rest, library).stated
    {
        return Understood::of(it);
    }
    if !matches!(own.stated, Stated::Placeholder) {
        return own;
    }
    for words in [&name, &link].into_iter().flatten() {
        let found = alias(words, library);
        // A name that several licenses share, and the address of one of them.
        if let Stated::Family { members, .. } = &found.stated
            && let Some(link) = &link
            && let it @ Stated::Expression(_) = alias(link, library).stated
            && names_only(&it, members)
        {
            return Understood { decided_by: Some(link.clone()), ..Understood::of(it) };
        }
        if let Stated::Expression(_) | Stated::Family { .. } = found.stated {
            return Understood { decided_by: Some(words.clone()), ..found };
        }
    }
    let stated = if name.is_some() { Stated::Unrecognised } else { Stated::Placeholder };
    Understood { stated, decided_by: name.or(link), notes: Vec::new() }
}

/// Whether all that is stated is one of `members`.
fn names_only(stated: &Stated, members: &[String]) -> bool {
    match stated {
        Stated::Expression(it) => {
            it.licenses().all(|it| members.iter().any(|member| member == it.id.as_str()))
        }
        Stated::Family { .. } | Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => {
            false
        }
    }
}

/// The name in `other-name`: so datasets were labelled before there was a field for the name.
fn after_other(raw: &Spanned<String>) -> Option<Spanned<String>> {
    let rest = raw.value.trim().strip_prefix("other-")?;
    Some(Spanned::new(rest.to_owned(), raw.at))
}

/// Whether the claim rests on a whole license text.
pub(crate) fn is_text(claim: &Claim) -> bool {
    claim.evidence.origin == Origin::Text
}
