//! What a `[[rule]]` may speak of: which kinds and tags, and whether two rules may meet.

use std::collections::BTreeSet;

use caveat_core::component::Kind;
use caveat_core::library::Library;
use caveat_core::source::Spanned;
use caveat_core::tags::{Tag, tags};

use crate::glob::{Glob, LicensePattern};
use crate::policy::{Condition, OwnLicense, Policy, RuleLine};

/// A rule and the tags that its licenses can carry.
#[derive(Clone, Debug)]
pub struct Reach<'a> {
    /// The rule.
    pub rule: &'a RuleLine,
    /// Tags of which it may be asked.
    pub tags: BTreeSet<Tag>,
}

impl<'a> Reach<'a> {
    /// The reach of a rule, where `licenses` are those that policies define.
    pub fn of(rule: &'a RuleLine, licenses: &[OwnLicense]) -> Self {
        let named: BTreeSet<Tag> = rule.tags.iter().map(|it| it.value).collect();
        let patterns = rule.licenses.iter().map(|it| &it.value);
        let mut tags: BTreeSet<Tag> = if rule.names_license() {
            patterns.flat_map(|it| carried(it, licenses)).collect()
        } else {
            Tag::ALL.iter().copied().collect()
        };
        tags.retain(|it| named.is_empty() || named.contains(it));
        Self { rule, tags }
    }

    /// Kinds of component that it may be asked about, as the lists of a policy know them.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        let all = [Kind::Code, Kind::Model, Kind::Dataset];
        let speaks = |kind: Kind| {
            let is = |it: &Spanned<Kind>| {
                // A stray text is judged as code.
                it.value == kind || (it.value == Kind::Document && kind == Kind::Code)
            };
            self.rule.kinds.is_empty() || self.rule.kinds.iter().any(is)
        };
        all.into_iter().filter(move |it| speaks(*it))
    }

    /// Whether `other` speaks wherever this rule does.
    pub fn is_within(&self, other: &RuleLine) -> bool {
        let rule = self.rule;
        let (tags, licenses) = (&other.tags, &other.licenses);
        other.check.as_ref().map(|it| it.value) == rule.check.as_ref().map(|it| it.value)
            && among(&rule.kinds, &other.kinds, |a, b| a == b)
            && among(&rule.uses, &other.uses, |a, b| a == b)
            && among(&rule.products, &other.products, |a, b| a == b)
            && among(&rule.packages, &other.packages, |a, b| a == b)
            && among(&rule.paths, &other.paths, |a, b| b.as_str() == "**" || a == b)
            && among(&rule.licenses, licenses, |a, b| {
                a == b || (a.is_exact() && b.matches(a.as_str()))
            })
            && (tags.is_empty()
                || (!self.tags.is_empty()
                    && self.tags.iter().all(|tag| tags.iter().any(|it| it.value == *tag))))
            && other.when.iter().all(|it| rule.when.iter().any(|own| same(own, it)))
    }

    /// Whether something may be of which both speak, given the products of a policy.
    pub fn meets(&self, other: &RuleLine, policy: &Policy) -> bool {
        let rule = self.rule;
        let tags = &other.tags;
        share(&rule.kinds, &other.kinds, |a, b| a == b)
            && share(&rule.uses, &other.uses, |a, b| a == b)
            && share(&rule.products, &other.products, |a, b| together(policy, a, b))
            && share(&rule.paths, &other.paths, may_share)
            && (tags.is_empty() || tags.iter().any(|it| self.tags.contains(&it.value)))
            && !other.when.iter().any(|it| rule.when.iter().any(|own| contradict(own, it)))
    }
}

/// Whether every entry of a list is covered by one of another; an empty list covers all.
fn among<T>(list: &[Spanned<T>], other: &[Spanned<T>], covers: fn(&T, &T) -> bool) -> bool {
    let covered = |it: &Spanned<T>| other.iter().any(|other| covers(&it.value, &other.value));
    other.is_empty() || (!list.is_empty() && list.iter().all(covered))
}

/// Whether some entries of two lists may hold at once; an empty list always holds.
fn share<T>(
    list: &[Spanned<T>],
    other: &[Spanned<T>],
    may: impl Fn(&T, &T) -> bool + Copy,
) -> bool {
    list.is_empty()
        || other.is_empty()
        || list.iter().any(|a| other.iter().any(|b| may(&a.value, &b.value)))
}

/// Whether one use of something may be in both products: they are the same, or one feeds the other.
fn together(policy: &Policy, one: &String, other: &String) -> bool {
    let feeds = |from: &str, to: &str| {
        let ends = policy.product(from).map(|it| policy.ends_of(it));
        ends.is_some_and(|it| it.iter().any(|it| it.name.value == to))
    };
    one == other || feeds(one, other) || feeds(other, one)
}

/// Whether two patterns may match one path, by what they begin with.
fn may_share(one: &Glob, other: &Glob) -> bool {
    let (one, other) = (literal(one), literal(other));
    one.starts_with(other) || other.starts_with(one)
}

/// The part of a pattern before its first wildcard.
fn literal(glob: &Glob) -> &str {
    let path = glob.as_str().trim_start_matches("./").trim_start_matches('/');
    path.split(['*', '?']).next().unwrap_or_default().trim_end_matches('/')
}

fn same(one: &Condition, other: &Condition) -> bool {
    match (one, other) {
        (Condition::Device(fact, wanted), Condition::Device(its, its_wanted)) => {
            fact == its && wanted.value == its_wanted.value
        }
        (Condition::Commercial(wanted), Condition::Commercial(its)) => wanted.value == its.value,
        (Condition::Device(..), Condition::Commercial(_))
        | (Condition::Commercial(_), Condition::Device(..)) => false,
    }
}

fn contradict(one: &Condition, other: &Condition) -> bool {
    match (one, other) {
        (Condition::Device(fact, wanted), Condition::Device(its, its_wanted)) => {
            fact == its && wanted.value != its_wanted.value
        }
        (Condition::Commercial(wanted), Condition::Commercial(its)) => wanted.value != its.value,
        (Condition::Device(..), Condition::Commercial(_))
        | (Condition::Commercial(_), Condition::Device(..)) => false,
    }
}

/// Ids of known licenses, and of those that policies define, that a pattern may mean. Of what
/// stands behind `WITH` nothing is asked.
pub fn meant(pattern: &LicensePattern, licenses: &[OwnLicense]) -> Vec<String> {
    let library = Library::embedded();
    let known = library.ids().map(str::to_owned);
    let all = known.chain(licenses.iter().map(|it| it.id.value.clone()));
    if pattern.is_exact() {
        let id = base(pattern.as_str());
        return all.filter(|it| it.eq_ignore_ascii_case(id)).collect();
    }
    let start = pattern.as_str().split(['*', '?']).next().unwrap_or_default().to_ascii_lowercase();
    let with = |id: &str| {
        let low = id.to_ascii_lowercase();
        if !low.starts_with(&start) && !start.starts_with(&low) {
            return false;
        }
        let matches = |it| pattern.matches(&format!("{id} WITH {it}"));
        pattern.matches(&format!("{id}+")) || library.exceptions().any(matches)
    };
    all.filter(|it| pattern.matches(it) || with(it)).collect()
}

/// `Apache-2.0` of `Apache-2.0+ WITH LLVM-exception`.
fn base(license: &str) -> &str {
    let end = license.to_ascii_lowercase().find(" with ").unwrap_or(license.len());
    license.get(..end).unwrap_or(license).trim().trim_end_matches('+')
}

/// The tags that licenses of a pattern may carry.
pub fn carried(pattern: &LicensePattern, licenses: &[OwnLicense]) -> BTreeSet<Tag> {
    let library = Library::embedded();
    let mut carried = BTreeSet::new();
    let ids = meant(pattern, licenses);
    // A license that nobody has read may have the name as well.
    if ids.is_empty() || !pattern.is_exact() {
        carried.insert(Tag::Unknown);
    }
    for id in ids {
        let own = licenses.iter().filter(|it| it.id.value.eq_ignore_ascii_case(&id));
        carried.extend(own.clone().flat_map(|it| &it.tags).map(|it| it.value));
        // What a file of its own terms asks is not known here.
        if own.clone().any(|it| it.terms.is_some()) {
            carried.extend(Tag::ALL);
        }
        let terms = library.terms(&id);
        carried.extend(terms.iter().flat_map(|it| tags(it)).map(|it| it.tag));
    }
    // An exception may lift what reaches the whole of a work; the rest then remains.
    if carried.contains(&Tag::StrongReciprocal) || carried.contains(&Tag::NetworkReciprocal) {
        carried.insert(Tag::WeakReciprocal);
    }
    carried
}
