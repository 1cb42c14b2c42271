//! `[org]` and `[[product]]`: what a base knows of us holds for its children too. A child may know
//! more, and nothing that would ask less of us.

use std::collections::BTreeMap;

use caveat_core::source::{Span, Spanned};
use caveat_core::terms::{Business, RestrictedUse};

use super::{Base, Merge, distinct};
use crate::date::Date;
use crate::org::{Facts, Metric, Org};
use crate::policy::{Mistake, Parent, Policy, Product};
use crate::region::Region;
use crate::vocabulary::Word as _;

pub(super) fn merge(merge: &mut Merge<'_>, policy: &mut Policy) {
    policy.org = org(merge);
    figures_once(merge, &policy.org);
    products(merge, policy);
    for base in stating(merge) {
        bounds(merge, base);
        figures(merge, base);
    }
    contradictions(merge);
}

/// Bases that know us. A shipped policy knows nobody: what it says of us is where to begin.
fn stating<'a>(merge: &Merge<'a>) -> Vec<Base<'a>> {
    let known = |number: usize| {
        let named = merge.child.extends.get(number);
        !named.is_some_and(|it| matches!(it.value, Parent::Named(_)))
    };
    merge.bases().enumerate().filter(|(number, _)| known(*number)).map(|it| it.1).collect()
}

/// What the child says of us, and what its bases say where it is silent: of lists all.
fn org(merge: &Merge<'_>) -> Org {
    fn first<T: Clone>(merge: &Merge<'_>, get: fn(&Org) -> &Option<T>) -> Option<T> {
        let all = std::iter::once(merge.child).chain(merge.parents);
        all.map(|it| &it.org).find_map(|it| get(it).clone())
    }
    let facts = std::iter::once(merge.child).chain(merge.parents).flat_map(|it| &it.org.facts);
    Org {
        at: first(merge, |it| &it.at),
        name: first(merge, |it| &it.name),
        kind: first(merge, |it| &it.kind),
        commercial: commercial(merge),
        domicile: first(merge, |it| &it.domicile),
        markets: listed(merge, |it| &it.markets),
        fields: listed(merge, |it| &it.fields),
        business: listed(merge, |it| &it.business),
        stale_after: None,
        facts: distinct(facts, |it| it.at),
    }
}

/// The child's list, else what its bases list, all of it.
fn listed<T: Clone + PartialEq>(
    merge: &Merge<'_>,
    get: fn(&Org) -> &Option<Vec<Spanned<T>>>,
) -> Option<Vec<Spanned<T>>> {
    if let Some(own) = get(&merge.child.org) {
        return Some(own.clone());
    }
    let mut stated = merge.parents.iter().filter_map(|it| get(&it.org).as_ref());
    let mut all = stated.next()?.clone();
    for it in stated.flatten() {
        if !all.iter().any(|known| known.value == it.value) {
            all.push(it.clone());
        }
    }
    Some(all)
}

/// The child's word, else that of whoever says that it is for gain.
fn commercial(merge: &Merge<'_>) -> Option<Spanned<bool>> {
    let stated = || merge.parents.iter().filter_map(|it| it.org.commercial.as_ref());
    let own = merge.child.org.commercial.as_ref();
    own.or_else(|| stated().find(|it| it.value)).or_else(|| stated().next()).cloned()
}

/// Notes every figure that two files give for the same day.
fn figures_once(merge: &mut Merge<'_>, org: &Org) {
    let mut seen: BTreeMap<(Date, Metric), Span> = BTreeMap::new();
    for facts in &org.facts {
        for (metric, figure) in &facts.figures {
            let day = facts.as_of.value;
            // The child's own stand first: it is the other file's line that shows where else.
            if let Some(own) = seen.insert((day, *metric), figure.at) {
                let name = format!("{metric} as of {day}");
                merge.note(own, Mistake::Twice { noun: "figure", name, first: figure.at });
            }
        }
    }
}

/// The products of the bases stand beside the child's. Those of a shipped policy are an example,
/// for whoever names none.
fn products(merge: &mut Merge<'_>, policy: &mut Policy) {
    let own = policy.products.clone();
    let theirs: Vec<&Product> = if own.is_empty() {
        merge.parents.iter().flat_map(|it| &it.products).collect()
    } else {
        stating(merge).iter().flat_map(|it| &it.policy.products).collect()
    };
    policy.products = distinct(theirs.into_iter().chain(&own), |it| it.at);
    merge.once("product", policy.products.iter().map(|it| &it.name));
}

/// What a child, or a product of it, may not say less of than a base does.
fn bounds(merge: &mut Merge<'_>, base: Base<'_>) {
    let child = merge.child;
    let org = &base.policy.org;
    same(merge, base, ("kind", child.org.kind.as_ref()), org.kind.as_ref());
    same(merge, base, ("domicile", child.org.domicile.as_ref()), org.domicile.as_ref());
    BUSINESS.check(merge, base, child.org.business.as_deref(), org.business.as_deref());
    FIELDS.check(merge, base, child.org.fields.as_deref(), org.fields.as_deref());
    MARKETS.check(merge, base, child.org.markets.as_deref(), org.markets.as_deref());
    for_gain(merge, base, child.org.commercial.as_ref());
    for it in &child.products {
        FIELDS.check(merge, base, it.fields.as_deref(), org.fields.as_deref());
        MARKETS.check(merge, base, it.markets.as_deref(), org.markets.as_deref());
        for_gain(merge, base, it.commercial.as_ref());
    }
}

/// A list that may only get longer: what a base lists is asked of its children too.
struct Wider<T> {
    key: &'static str,
    covers: fn(&T, &T) -> bool,
    name: fn(&T) -> &'static str,
}

const BUSINESS: Wider<Business> =
    Wider { key: "business", covers: |own, it| own == it, name: |it| it.word() };
const FIELDS: Wider<RestrictedUse> =
    Wider { key: "fields", covers: |own, it| own == it, name: |it| it.word() };
const MARKETS: Wider<Region> =
    Wider { key: "markets", covers: |own, it| own.contains(*it), name: |it| it.code() };

impl<T> Wider<T> {
    fn check(
        &self,
        merge: &mut Merge<'_>,
        base: Base<'_>,
        own: Option<&[Spanned<T>]>,
        theirs: Option<&[Spanned<T>]>,
    ) {
        let Some((own, theirs)) = own.zip(theirs) else { return };
        let covered = |it: &&Spanned<T>| own.iter().any(|own| (self.covers)(&own.value, &it.value));
        let left_out: Vec<_> = theirs.iter().filter(|it| !covered(it)).collect();
        let Some(first) = left_out.first() else { return };
        let names: Vec<_> =
            left_out.iter().map(|it| format!("\"{}\"", (self.name)(&it.value))).collect();
        let names = names.join(", ");
        let at = own.first().map_or(base.named, |it| it.at);
        let says = format!("`{}` leaves out {names} of {}", self.key, base.name());
        let help = format!("add {names}; a base that leaves it to others does not list it");
        merge.loosens(at, says, base.held(Some(first.at)), help);
    }
}

type Stated<'a, T> = (&'static str, Option<&'a T>);

/// Of what has no direction a base and its child cannot say different things.
fn same<T: PartialEq + std::fmt::Display>(
    merge: &mut Merge<'_>,
    base: Base<'_>,
    (key, own): Stated<'_, Spanned<T>>,
    theirs: Option<&Spanned<T>>,
) {
    let Some((own, theirs)) = own.zip(theirs).filter(|(own, theirs)| own.value != theirs.value)
    else {
        return;
    };
    let says = format!(
        "`{key} = \"{}\"` is not the \"{}\" of {}, and neither asks more",
        own.value,
        theirs.value,
        base.name()
    );
    let help = "leave it out: a base that leaves it to others does not state it".to_owned();
    merge.loosens(own.at, says, base.held(Some(theirs.at)), help);
}

/// What is for gain to a base is for gain to its children.
fn for_gain(merge: &mut Merge<'_>, base: Base<'_>, own: Option<&Spanned<bool>>) {
    let theirs = base.policy.org.commercial.as_ref().filter(|it| it.value);
    let Some((own, theirs)) = own.filter(|it| !it.value).zip(theirs) else { return };
    let says = format!("`commercial = false` is looser than `true` of {}", base.name());
    let help = "leave it out: a base that leaves it to others does not state it".to_owned();
    merge.loosens(own.at, says, base.held(Some(theirs.at)), help);
}

/// A figure of a child may not be less than what its base had before: that is of all of us.
fn figures(merge: &mut Merge<'_>, base: Base<'_>) {
    let before = |metric: Metric, day: Date| {
        let facts = base.policy.org.facts.iter().filter(|it| it.as_of.value <= day);
        let newest =
            facts.filter(|it| it.figures.contains_key(&metric)).max_by_key(|it| it.as_of.value);
        newest.and_then(|it: &Facts| Some((it.as_of.value, it.figures.get(&metric)?)))
    };
    let child = merge.child;
    for facts in &child.org.facts {
        for (metric, own) in &facts.figures {
            let theirs = before(*metric, facts.as_of.value);
            let Some((day, theirs)) = theirs.filter(|it| own.value < it.1.value) else { continue };
            let says = format!(
                "`{metric} = {}` is less than {} of {day} in {}",
                own.value,
                theirs.value,
                base.name()
            );
            let help = "put newer figures of all of us where the older ones are".to_owned();
            merge.loosens(own.at, says, base.held(Some(theirs.at)), help);
        }
    }
}

/// Two bases that say different things, where the child says nothing.
fn contradictions(merge: &mut Merge<'_>) {
    let bases = stating(merge);
    let own = merge.child.org.clone();
    for (number, base) in bases.iter().enumerate() {
        let earlier = bases.iter().take(number);
        let org = &base.policy.org;
        let help = || "extend only one of the two".to_owned();
        let elsewhere = |other: &&Base<'_>| {
            let seat = org.domicile.as_ref().zip(other.policy.org.domicile.as_ref());
            seat.is_some_and(|(one, other)| one.value != other.value)
        };
        let others = |other: &&Base<'_>| {
            let kind = org.kind.as_ref().zip(other.policy.org.kind.as_ref());
            kind.is_some_and(|(one, other)| one.value != other.value)
        };
        if let Some(other) = earlier.clone().find(elsewhere).filter(|_| own.domicile.is_none()) {
            let says = format!("{} and another base have us sit in different places", base.name());
            let line = other.held(other.policy.org.domicile.as_ref().map(|it| it.at));
            merge.loosens(base.named, says, line, help());
        }
        if let Some(other) = earlier.clone().find(others).filter(|_| own.kind.is_none()) {
            let says = format!("{} and another base have us be of different kinds", base.name());
            let line = other.held(other.policy.org.kind.as_ref().map(|it| it.at));
            merge.loosens(base.named, says, line, help());
        }
    }
}
