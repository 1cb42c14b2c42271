//! A license field that is no SPDX expression and no known name.

use caveat_core::expression::{Note, NoteKind};
use caveat_core::inventory::{Claim, Component, Stated};

use super::unknown_license::refused;
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::rule::Rule;
use crate::verdict::{Level, Stance, Verdict};

const NAME: &str = "invalid-expression";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "what stands where a license expression should is none",
    page: include_str!("invalid_expression.md"),
    usual: Level::Note,
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for component in case.graph.components.values() {
        for claim in &component.claims {
            let notes = claim.notes.iter().filter(|it| speaks(it, claim));
            all.extend(notes.filter_map(|it| finding(case, component, claim, it)));
        }
    }
    all
}

/// Notes on spelling that changes nothing stay silent.
fn speaks(note: &Note, claim: &Claim) -> bool {
    if note.kind.refuses() {
        return matches!(claim.stated, Stated::Unrecognised);
    }
    match note.kind {
        NoteKind::UnknownLicense | NoteKind::UnknownException | NoteKind::ForeignException => true,
        NoteKind::Deprecated
        | NoteKind::Alias
        | NoteKind::NeedlessPlus
        | NoteKind::SpacedPlus
        | NoteKind::Slash
        | NoteKind::MixedCase
        | NoteKind::OddReference
        | NoteKind::NotAlone
        | NoteKind::Syntax
        | NoteKind::Empty
        | NoteKind::TooLong
        | NoteKind::TooDeep => false,
    }
}

fn finding(case: &Case<'_>, component: &Component, claim: &Claim, note: &Note) -> Option<Finding> {
    let nothing_else = refused(component) && component.conclusion.license.is_none();
    let (level, policy) = if nothing_else {
        let verdict = case.policy.rules.unknown();
        let line = case.policy.rules.unknown.as_ref().map(|it| it.at);
        let says = format!("[rules] unknown = \"{}\"", Stance::of(verdict).key());
        let level = if verdict == Verdict::Allowed { Level::Note } else { Level::from(verdict) };
        (level, Step::new(Link::Policy, says, line))
    } else {
        (Level::Note, Step::new(Link::Policy, "the license is clear all the same", None))
    };
    let how = if note.kind.refuses() { "cannot be read" } else { "is not valid" };
    let words: String = claim.raw.value.chars().take(120).collect();
    let steps = vec![Step::new(Link::Claim, format!("stated as `{words}`"), claim.raw.at), policy];
    let mut help: Vec<String> = note.instead.iter().map(|it| format!("write `{it}`")).collect();
    help.extend(note.help.clone());
    Some(Finding {
        rule: NAME,
        level,
        component: component.id.clone(),
        license: None,
        message: format!("the license expression of {} {how}: {}", called(component), note.message),
        at: note.at,
        label: "here".to_owned(),
        because: Because::new(steps)?,
        help,
        cause: format!("{:?}", note.kind),
        excepted: None,
    })
}
