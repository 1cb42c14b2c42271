//! What changed between two states: licenses, the words that state them, and what licenses ask.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::library::Library;
use caveat_core::tags::tags;

use crate::policy::{Lock, Locked, LockedLicense};

/// Two states, compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Components whose license, words or decision changed, by identity.
    pub drifts: Vec<Drift>,
    /// Licenses that ask other things than before, by id.
    pub updates: Vec<Update>,
    /// Components that are new; that is no drift.
    pub added: Vec<String>,
    /// Components that are gone; nor is that.
    pub removed: Vec<String>,
    /// Packages of which one of the two sides could not see what they say.
    pub unseen: Vec<String>,
}

/// A component that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// What changed.
    pub change: Change,
    /// As it was.
    pub was: Locked,
    /// As it is.
    pub is: Locked,
    /// What its license asks that it did not.
    pub newly: Vec<Asked>,
    /// What it asked and asks no more.
    pub no_longer: Vec<Asked>,
}

/// What changed of a component, gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Its license.
    License,
    /// The license of another version of it.
    Upgrade,
    /// The words that state the license, which is the same.
    Evidence,
    /// Only what the policy makes of it.
    Decision,
}

impl Change {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::License => "license",
            Self::Upgrade => "upgrade",
            Self::Evidence => "evidence",
            Self::Decision => "decision",
        }
    }

    /// Whether the license is another one.
    pub fn is_of_license(self) -> bool {
        match self {
            Self::License | Self::Upgrade => true,
            Self::Evidence | Self::Decision => false,
        }
    }
}

impl Drift {
    /// Whether more is denied or for review than before.
    pub fn is_worse(&self) -> bool {
        matches!((self.was.decision, self.is.decision), (Some(was), Some(is)) if is > was)
    }
}

/// A license whose terms are on record in another way than before.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// As it was.
    pub was: LockedLicense,
    /// What it asks that it did not.
    pub newly: Vec<Asked>,
    /// What it asked and asks no more.
    pub no_longer: Vec<Asked>,
    /// The components under it, by identity; at least one.
    pub components: Vec<String>,
}

/// One thing that a license asks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// The tag.
    pub tag: String,
    /// In words, as far as the terms of today tell.
    pub says: Option<String>,
    /// The clause.
    pub cite: Option<String>,
}

impl std::fmt::Display for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.says.as_deref().unwrap_or(&self.tag))
    }
}

/// Compares two states. What both have under one identity is compared, and of what remains a
/// version that came for one that went.
pub fn compare(was: &Lock, is: &Lock, library: Library) -> Comparison {
    let mut comparison = Comparison::default();
    let key = |it: &Locked| it.id.value.clone();
    let mut gone: BTreeMap<String, &Locked> =
        was.components.iter().map(|it| (key(it), it)).collect();
    let mut pairs = Vec::new();
    let mut new = Vec::new();
    for it in &is.components {
        match gone.remove(&it.id.value) {
            Some(before) => pairs.push((before, it)),
            None => new.push(it),
        }
    }
    for it in new {
        let same = |before: &&String| unversioned(before) == unversioned(&it.id.value);
        let before = gone.keys().find(same).cloned();
        match before.and_then(|it| gone.remove(&it)) {
            Some(before) => pairs.push((before, it)),
            None => comparison.added.push(key(it)),
        }
    }
    comparison.removed = gone.into_keys().collect();
    for (before, now) in pairs {
        match changed(before, now) {
            Some(change) => {
                let drift = drift(change, (was, before), (is, now), library);
                comparison.drifts.push(drift);
            }
            None if is_unseen(before, now) => comparison.unseen.push(key(now)),
            None => {}
        }
    }
    comparison.drifts.sort_by(|one, two| one.is.id.value.cmp(&two.is.id.value));
    comparison.updates = updates(was, is, library);
    comparison
}

/// What changed of a component, if anything did.
fn changed(was: &Locked, is: &Locked) -> Option<Change> {
    let license = |it: &Locked| it.license.as_ref().map(|it| it.value.clone());
    let is_upgrade = was.id.value != is.id.value || was.version != is.version;
    if is_unseen(was, is) {
        return None;
    }
    if license(was) != license(is) {
        return Some(if is_upgrade { Change::Upgrade } else { Change::License });
    }
    let digest = |it: &Locked| it.evidence.as_ref().map(|it| it.value);
    let both = digest(was).is_some() && digest(is).is_some();
    if both && digest(was) != digest(is) && !is_upgrade {
        return Some(Change::Evidence);
    }
    (was.decision.is_some() && is.decision.is_some() && was.decision != is.decision)
        .then_some(Change::Decision)
}

/// Whether one of the two could not see what a package says, because it is not installed there. A
/// version of a package does not lose its license.
fn is_unseen(was: &Locked, is: &Locked) -> bool {
    let id = is.id.value.as_str();
    let is_package = id.starts_with("pkg:") && !id.starts_with("pkg:huggingface/");
    let silent = |it: &Locked| it.license.is_none() && it.evidence.is_none();
    is_package && unversioned(id) != id && silent(was) != silent(is) && (silent(was) || silent(is))
}

/// An identity without its version; the `@` of a scope begins none.
fn unversioned(id: &str) -> &str {
    match id.rsplit_once('@') {
        Some((name, version)) if id.starts_with("pkg:") && !version.contains('/') => name,
        _ => id,
    }
}

fn drift(change: Change, was: (&Lock, &Locked), is: (&Lock, &Locked), library: Library) -> Drift {
    let asks = |(lock, it): (&Lock, &Locked)| -> BTreeSet<Asked> {
        let license = it.license.as_ref().map(|it| it.value.as_str()).unwrap_or_default();
        let known = leaves(license).filter_map(|it| lock.licenses.iter().find(|l| l.id == it));
        known.flat_map(|it| asked(it, library)).collect()
    };
    let (before, now) = (asks(was), asks(is));
    Drift {
        change,
        was: was.1.clone(),
        is: is.1.clone(),
        newly: without(&now, &before),
        no_longer: without(&before, &now),
    }
}

/// What the one asks and the other does not, whatever the clause.
fn without(one: &BTreeSet<Asked>, other: &BTreeSet<Asked>) -> Vec<Asked> {
    let mut seen: BTreeSet<&str> = other.iter().map(|it| it.tag.as_str()).collect();
    one.iter().filter(|it| seen.insert(&it.tag)).cloned().collect()
}

/// The licenses of an expression as locks write it.
fn leaves(expression: &str) -> impl Iterator<Item = String> {
    let bare = expression.replace(['(', ')'], "");
    let parts: Vec<String> = bare
        .split(" AND ")
        .flat_map(|it| it.split(" OR "))
        .map(|it| it.trim().to_owned())
        .collect();
    parts.into_iter()
}

/// What a license asked, in the words of today's terms.
fn asked(license: &LockedLicense, library: Library) -> Vec<Asked> {
    let id = license.id.split([' ', '+']).next().unwrap_or_default();
    let known = library.terms(id).map(tags).unwrap_or_default();
    let told = |tag: &String| {
        let found = known.iter().find(|it| it.tag.name() == tag);
        Asked {
            tag: tag.clone(),
            says: found.map(|it| it.says.clone()),
            cite: found.map(|it| format!("{id} {}", it.cite)),
        }
    };
    license.asks.iter().map(told).collect()
}

/// Licenses that both know, with other terms.
fn updates(was: &Lock, is: &Lock, library: Library) -> Vec<Update> {
    let now: BTreeMap<&str, &LockedLicense> =
        is.licenses.iter().map(|it| (it.id.as_str(), it)).collect();
    let mut updates = Vec::new();
    for before in &was.licenses {
        let Some(after) = now.get(before.id.as_str()) else { continue };
        let same = before.terms.is_none() || after.terms.is_none() || before.terms == after.terms;
        if same && before.asks == after.asks {
            continue;
        }
        let holds = |it: &&Locked| {
            it.license.as_ref().is_some_and(|it| leaves(&it.value).any(|it| it == before.id))
        };
        let components = is.components.iter().filter(holds).map(|it| it.id.value.clone());
        let (old, new) = (asked(before, library), asked(after, library));
        let (old, new) = (old.into_iter().collect(), new.into_iter().collect());
        updates.push(Update {
            was: before.clone(),
            newly: without(&new, &old),
            no_longer: without(&old, &new),
            components: components.collect(),
        });
    }
    updates.retain(|it| !it.components.is_empty());
    updates.sort_by(|one, two| one.was.id.cmp(&two.was.id));
    updates
}
