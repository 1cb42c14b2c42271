//! Ids and operators in the spelling that the file wants, where that changes nothing of what it says.

use caveat_core::component::{Origin, Strength};
use caveat_core::expression::{excludes_later, respelled};
use caveat_core::identify::is_example;
use caveat_core::inventory::{Claim, Component, Stated};
use caveat_core::library::Named;
use caveat_core::readers::fields;
use caveat_core::source::{Source, Spanned};
use caveat_core::value::Node;

use super::kept::{hub_id, single};
use super::place::{editable, replace};
use super::{Bench, Fixer, Offers};
use crate::case::Case;
use crate::fix::{Change, Fix};

const NAME: &str = "spelling-of-the-license";

pub(super) const FIXER: Fixer = Fixer {
    name: NAME,
    summary: "writes a license as the hub or SPDX spells it, where it is sure which one is meant",
    offers: Offers::Unasked(offers),
};

/// Manifests in which an SPDX expression is asked for, and the key that it stands under. Others
/// take names in free words, which are right as they are.
const MANIFESTS: [(&str, &str); 4] = [
    ("Cargo.toml", "license"),
    ("package.json", "license"),
    ("composer.json", "license"),
    ("pyproject.toml", "license"),
];

/// The one of them whose ecosystem reads `/` as `OR`.
const SLASHED: &str = "Cargo.toml";

fn offers(bench: &Bench<'_>) -> Vec<Fix> {
    let case = bench.case;
    let mut all = Vec::new();
    for component in case.graph.components.values().filter(|it| it.own) {
        let claims = component.claims.iter();
        for claim in claims.filter(|it| it.evidence.strength == Strength::Declared) {
            let Some(source) = editable(case, component, claim.raw.at) else { continue };
            if !is_example(&source.name) {
                all.extend(offer(case, component, claim, source));
            }
        }
    }
    all
}

fn offer(case: &Case<'_>, component: &Component, claim: &Claim, source: &Source) -> Option<Fix> {
    let (changes, because) = match claim.evidence.origin {
        Origin::Card => on_card(case, claim, source)?,
        Origin::Manifest => in_manifest(case, claim, source)?,
        Origin::Tag => (expression(claim, source)?, "SPDX spells it so"),
        Origin::Lockfile
        | Origin::Weights
        | Origin::Text
        | Origin::Notice
        | Origin::Sidecar
        | Origin::Sbom
        | Origin::Catalog
        | Origin::Clarification => return None,
    };
    let whole = applied(&claim.raw, &changes);
    Some(Fix {
        name: NAME,
        answers: None,
        component: component.id.clone(),
        title: format!("write `{whole}` for `{}`", claim.raw.value),
        because: because.to_owned(),
        changes,
    })
}

/// The words with the changes made.
fn applied(words: &Spanned<String>, changes: &[Change]) -> String {
    let start = words.at.start as usize;
    let mut text = words.value.clone();
    for (at, with) in changes.iter().rev().filter_map(Change::edit) {
        let range = at.range();
        text.replace_range(range.start - start..range.end - start, with);
    }
    text
}

/// A card wants the id of the hub, where the hub has one for just this license.
fn on_card(case: &Case<'_>, claim: &Claim, source: &Source) -> Option<(Vec<Change>, &'static str)> {
    let fields = fields(source)?;
    let values = fields.license.iter().flat_map(|it| it.value.items());
    let is_value = values.filter_map(Node::words).any(|it| it == claim.raw);
    let Stated::Expression(stated) = &claim.stated else { return None };
    let id = single(stated)?.id.as_str();
    let hub_id = hub_id(*case.library, id)?;
    let raw = claim.raw.value.as_str();
    let alone = claim.decided_by.is_none() && is_value && raw != hub_id;
    let named = raw.trim().strip_prefix("other-").unwrap_or(raw);
    let sure = matches!(case.library.named(named), Named::License(it) if it == id);
    if !alone || !sure || tells_of_versions(id, raw) {
        return None;
    }
    Some((vec![replace(source, &claim.raw, hub_id)?], "the hub spells it so"))
}

/// Whether words say more than a word of the hub can: that later versions are not allowed.
fn tells_of_versions(id: &str, words: &str) -> bool {
    excludes_later(id) && words.to_ascii_lowercase().contains("only")
}

fn in_manifest(
    case: &Case<'_>,
    claim: &Claim,
    source: &Source,
) -> Option<(Vec<Change>, &'static str)> {
    let file = source.name.rsplit('/').next()?;
    let (_, key) = MANIFESTS.iter().find(|(name, _)| *name == file)?;
    if !stands_under(source, claim, key) || (claim.raw.value.contains('/') && file != SLASHED) {
        return None;
    }
    let because = "SPDX spells it so";
    if let Some(changes) = expression(claim, source) {
        return Some((changes, because));
    }
    // A name in free words for one license: no expression at all.
    let Stated::Expression(stated) = &claim.stated else { return None };
    let id = single(stated).filter(|it| it.id.is_listed())?.id.as_str();
    let raw = claim.raw.value.as_str();
    let means = matches!(case.library.named(raw), Named::License(it) if it == id);
    let open = excludes_later(id) && !tells_of_versions(id, raw);
    let spelled = raw.eq_ignore_ascii_case(id) || case.library.license(raw).is_some();
    if !means || open || spelled {
        return None;
    }
    Some((vec![replace(source, &claim.raw, id)?], because))
}

/// Whether the words are the value of `key`, in the line in which both stand.
fn stands_under(source: &Source, claim: &Claim, key: &str) -> bool {
    let before = source.text.get(..claim.raw.at.start as usize).unwrap_or_default();
    let line = &before[before.rfind(['\n', '\r', '{', ',']).map_or(0, |it| it + 1)..];
    let line = line.trim_end().trim_end_matches(['"', '\'']).trim_end();
    let found = line.strip_suffix(['=', ':']).map(str::trim);
    found.is_some_and(|it| it.trim_matches(['"', '\'']) == key)
}

/// Other case and operators in an expression; nothing where there is nothing to change.
fn expression(claim: &Claim, source: &Source) -> Option<Vec<Change>> {
    let start = claim.raw.at.start as usize;
    let verbatim = source.slice(claim.raw.at) == claim.raw.value;
    let spelled = respelled(&claim.raw.value);
    let change = |(range, with): (std::ops::Range<usize>, String)| {
        let at = source.span(start + range.start..start + range.end);
        Change::Replace { at, with }
    };
    let changes: Vec<Change> = spelled.into_iter().map(change).collect();
    (verbatim && !changes.is_empty()).then_some(changes)
}
