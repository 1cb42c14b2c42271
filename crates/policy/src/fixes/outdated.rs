//! An id that SPDX replaced by one that says the same, or that what else is said makes clear.

use caveat_core::component::{Origin, Strength};
use caveat_core::expression::{Expression, NoteKind, excludes_later, parse};
use caveat_core::inventory::{Claim, Component, Stated};
use caveat_core::source::{Span, Spanned};

use super::place::{editable, replace};
use super::{Bench, Fixer, Offers};
use crate::finding::Finding;
use crate::fix::Fix;

const NAME: &str = "successor-of-the-id";

pub(super) const FIXER: Fixer = Fixer {
    name: NAME,
    summary: "writes the id of today for one that SPDX replaced, where nothing is left open",
    offers: Offers::For("deprecated-license-id", offer),
};

fn offer(bench: &Bench<'_>, finding: &Finding) -> Option<Fix> {
    let component = bench.case.graph.components.get(&finding.component)?;
    let notes = component.claims.iter().filter(|it| may_be_written(it)).flat_map(|it| &it.notes);
    let note = notes.filter(|it| it.kind == NoteKind::Deprecated).find(|it| it.at == finding.at)?;
    let instead = note.instead.as_ref()?;
    let source = editable(bench.case, component, note.at)?;
    let written = source.slice(note.at).to_owned();
    let (with, because) = if leaves_open(instead, note.at) && !written.ends_with('+') {
        let said = said(component, instead, note.at)?;
        let because = format!("{} says so", said.place);
        (said.id, because)
    } else {
        (instead.clone(), "SPDX says that both mean the same".to_owned())
    };
    let change = replace(source, &Spanned::new(written, note.at), &with)?;
    Some(Fix {
        name: NAME,
        answers: None,
        component: component.id.clone(),
        title: format!("write `{with}`"),
        because,
        changes: vec![change],
    })
}

/// Whether a claim stands where SPDX ids are written: not in what tools made.
fn may_be_written(claim: &Claim) -> bool {
    match claim.evidence.origin {
        Origin::Manifest | Origin::Card | Origin::Tag => true,
        Origin::Lockfile
        | Origin::Weights
        | Origin::Text
        | Origin::Notice
        | Origin::Sidecar
        | Origin::Sbom
        | Origin::Catalog
        | Origin::Clarification => false,
    }
}

/// Whether an id took the place of one that did not say whether later versions are allowed.
fn leaves_open(instead: &str, at: Span) -> bool {
    let licenses = parse(instead, at).expression;
    licenses.is_some_and(|it| it.licenses().any(|it| excludes_later(it.id.as_str())))
}

/// What else is said of a version.
struct Said {
    id: String,
    place: &'static str,
}

/// What notices and tags of the same component say of later versions, where all say the same.
/// A bare text says nothing of it: it is the same under both ids.
fn said(component: &Component, only: &str, at: Span) -> Option<Said> {
    let only = parse(only, at).expression?;
    let [only] = only.licenses().collect::<Vec<_>>()[..] else { return None };
    let later = format!("{}-or-later", only.id.as_str().strip_suffix("-only")?);
    let mut said: Option<Said> = None;
    let claims = component.claims.iter().chain(&component.in_files);
    for claim in claims.filter(|it| it.raw.at != at) {
        let Stated::Expression(expression) = &claim.stated else { continue };
        let place = match claim.evidence.origin {
            Origin::Notice => "a notice in the files",
            Origin::Tag => "a tag in the files",
            Origin::Manifest | Origin::Card | Origin::Sidecar => {
                if claim.evidence.strength == Strength::Detected || differs(expression, only) {
                    return None;
                }
                continue;
            }
            Origin::Text
            | Origin::Lockfile
            | Origin::Weights
            | Origin::Sbom
            | Origin::Catalog
            | Origin::Clarification => continue,
        };
        for it in expression.licenses().filter(|it| it.with == only.with) {
            let id = it.id.as_str();
            let words = claim.raw.value.to_ascii_lowercase();
            let found = if id == later {
                later.clone()
            } else if id == only.id.as_str() && words.contains("-only") {
                id.to_owned()
            } else if id == only.id.as_str() {
                return None;
            } else {
                continue;
            };
            if said.as_ref().is_some_and(|it| it.id != found) {
                return None;
            }
            said = Some(Said { id: found, place });
        }
    }
    let exception = only.with.as_ref().map(|it| format!(" WITH {}", it.value));
    said.map(|it| Said { id: it.id + &exception.unwrap_or_default(), ..it })
}

/// Whether another file declares something else of the same license.
fn differs(expression: &Expression, only: &caveat_core::expression::Licensed) -> bool {
    expression.licenses().any(|it| it.id != only.id)
}
