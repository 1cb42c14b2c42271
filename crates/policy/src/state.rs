//! The state of a tree as a lock records it: licenses, the words that state them, what they ask.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use caveat_core::component::{ComponentId, Origin};
use caveat_core::expression::{Expression, Licensed};
use caveat_core::inventory::{Claim, Component};
use caveat_core::source::{SourceId, Span, Spanned};
use sha2::{Digest as _, Sha256};

use crate::ground::Ground;
use crate::policy::{Digest, Lock, Locked, LockedLicense};
use crate::verdict::Verdict;

/// The state of what is there. `is_here` tells whether a source is a file of the tree: what a
/// machine happens to have installed is no part of the state.
pub fn state(
    ground: &Ground<'_>,
    verdicts: &BTreeMap<ComponentId, Verdict>,
    is_here: &dyn Fn(SourceId) -> bool,
) -> Lock {
    let nowhere = Span::new(SourceId(u32::MAX), 0..0);
    let mut licenses: BTreeMap<String, LockedLicense> = BTreeMap::new();
    let mut components = Vec::new();
    for it in ground.graph.components.values() {
        let license = it.conclusion.license.as_ref().map(Expression::canonical);
        for leaf in license.iter().flat_map(Expression::licenses) {
            let id = written(leaf);
            licenses.entry(id.clone()).or_insert_with(|| of_license(ground, leaf, id));
        }
        components.push(Locked {
            at: it.at,
            id: Spanned::new(it.id.as_str().to_owned(), it.at),
            version: version(ground, it),
            license: license.map(|it| Spanned::new(it.to_string(), it.at())),
            evidence: evidence(ground, it, is_here),
            decision: verdicts.get(&it.id).copied(),
        });
    }
    Lock { source: nowhere.source, components, licenses: licenses.into_values().collect() }
}

/// The revision of a component, where its identity does not tell: its own, or the one at which it
/// is used.
fn version(ground: &Ground<'_>, component: &Component) -> Option<String> {
    let mut uses = ground.graph.relations.iter().filter(|it| it.to == component.id);
    let pinned = || uses.find_map(|it| Some(it.revision.as_ref()?.value.clone()));
    let version = component.version.clone().or_else(pinned);
    version.filter(|version| !component.id.as_str().ends_with(version.as_str()))
}

fn written(license: &Licensed) -> String {
    Expression::License(license.clone()).to_string()
}

/// What one license asks today.
fn of_license(ground: &Ground<'_>, license: &Licensed, id: String) -> LockedLicense {
    let asks: BTreeSet<_> =
        ground.tags(license).iter().map(|it| it.tag.name().to_owned()).collect();
    let texts = [
        ground.library.source(license.id.as_str()),
        license.with.as_ref().and_then(|it| ground.library.exception_source(&it.value)),
    ];
    let mut hash = Sha256::new();
    let mut is_known = false;
    for number in texts.into_iter().flatten() {
        let Some((_, text)) = ground.library.sources().nth(number) else { continue };
        is_known = true;
        hash.update(facts(text));
    }
    let terms = is_known.then(|| Digest(hash.finalize().into()));
    let at = Span::new(SourceId(u32::MAX), 0..0);
    LockedLicense { at, id, terms, asks: asks.into_iter().collect() }
}

/// What a terms file states, without where it was read and what there is to remark on it: only
/// another fact is another version of the terms.
fn facts(text: &str) -> String {
    let mut stated = String::new();
    let table: toml::Table = text.parse().unwrap_or_default();
    for (name, value) in
        table.iter().filter(|(it, _)| !["license", "sources"].contains(&it.as_str()))
    {
        state_fact(name, value, 0, &mut stated);
    }
    stated
}

/// How deep facts are nested: a terms file of ours has four levels.
const DEEPEST: usize = 8;

fn state_fact(name: &str, value: &toml::Value, depth: usize, stated: &mut String) {
    const REMARKS: [&str; 4] = ["cite", "source", "confidence", "note"];
    match value {
        _ if depth > DEEPEST => {}
        toml::Value::Table(entries) => {
            for (key, value) in entries.iter().filter(|(it, _)| !REMARKS.contains(&it.as_str())) {
                state_fact(&format!("{name}.{key}"), value, depth + 1, stated);
            }
        }
        toml::Value::Array(items) => {
            for (number, value) in items.iter().enumerate() {
                state_fact(&format!("{name}.{number}"), value, depth + 1, stated);
            }
        }
        toml::Value::String(it) => state_value(name, it, stated),
        toml::Value::Integer(it) => state_value(name, it, stated),
        toml::Value::Float(it) => state_value(name, it, stated),
        toml::Value::Boolean(it) => state_value(name, it, stated),
        toml::Value::Datetime(it) => state_value(name, it, stated),
    }
}

fn state_value(name: &str, value: &dyn std::fmt::Display, stated: &mut String) {
    // Writing to memory does not fail.
    let _ = writeln!(stated, "{name} = {value}");
}

/// The digest of all words in the tree on a component's license; nothing where there are none.
fn evidence(
    ground: &Ground<'_>,
    component: &Component,
    is_here: &dyn Fn(SourceId) -> bool,
) -> Option<Spanned<Digest>> {
    let counts =
        |it: &&Claim| it.evidence.origin.is_in_place() || it.evidence.origin == Origin::Sbom;
    let claims = component.claims.iter().filter(counts);
    let words: BTreeSet<(&str, &str)> = claims
        .filter(|it| is_here(it.raw.at.source))
        .flat_map(|it| {
            let decided = it.decided_by.iter().map(|it| it.value.as_str());
            let text = ground.sources.text(it.evidence.at);
            [it.raw.value.as_str(), text]
                .into_iter()
                .chain(decided)
                .map(|words| (it.evidence.origin.name(), words))
        })
        .collect();
    let mut hash = Sha256::new();
    for (origin, words) in &words {
        for part in [origin, words] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    let digest = Digest(hash.finalize().into());
    (!words.is_empty()).then(|| Spanned::new(digest, component.at))
}
