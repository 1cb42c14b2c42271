//! Facts, products, choices and records: they are the child's; what it leaves out, a base may say.

use std::collections::BTreeMap;

use caveat_core::source::{Span, Spanned};

use super::{Merge, distinct};
use crate::date::Date;
use crate::org::{Metric, Org};
use crate::policy::{Choice, Expectation, Mistake, Policy};

pub(super) fn merge(merge: &mut Merge<'_>, policy: &mut Policy) {
    policy.org = org(merge);
    figures_once(merge, &policy.org);
    if policy.products.is_empty() {
        policy.products = inherited(merge, |it| &it.products, |it| it.at);
        merge.once("product", policy.products.iter().map(|it| &it.name));
    }
    choose(merge, policy);
    policy.licenses = inherited(merge, |it| &it.licenses, |it| it.at);
    merge.once("license", policy.licenses.iter().map(|it| &it.id));
    policy.clarify = inherited(merge, |it| &it.clarify, |it| it.at);
    policy.exceptions.list = inherited(merge, |it| &it.exceptions.list, |it| it.at);
    merge.once("exception", policy.exceptions.list.iter().map(|it| &it.id));
    policy.met = inherited(merge, |it| &it.met, |it| it.at);
    policy.exclude = inherited(merge, |it| &it.exclude, |it| it.at);
    policy.basis = inherited(merge, |it| &it.basis, |it| it.at);
    // What a base expects in a product that is not made here is nobody's case.
    let all = inherited(merge, |it| &it.tests, |it| it.at);
    let own = merge.child.source;
    let is_case = |it: &Expectation| {
        let product = it.product.as_ref().map(|it| it.value.as_str());
        it.at.source == own || product.is_none_or(|it| policy.product(it).is_some())
    };
    policy.tests = all.into_iter().filter(is_case).collect();
}

/// The lines of all bases, then the child's own.
fn inherited<T: Clone>(
    merge: &Merge<'_>,
    get: fn(&Policy) -> &Vec<T>,
    at: fn(&T) -> Span,
) -> Vec<T> {
    let bases = merge.parents.iter().flat_map(get);
    distinct(bases.chain(get(merge.child)), at)
}

/// What the child says of us; where it says nothing, the first base that does.
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
        commercial: first(merge, |it| &it.commercial),
        domicile: first(merge, |it| &it.domicile),
        markets: first(merge, |it| &it.markets),
        fields: first(merge, |it| &it.fields),
        business: first(merge, |it| &it.business),
        stale_after: None,
        facts: distinct(facts, |it| it.at),
    }
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

/// The child's preferences before those of its bases; what a base takes is taken.
fn choose(merge: &mut Merge<'_>, policy: &mut Policy) {
    let prefer = merge.parents.iter().flat_map(|it| &it.choose.prefer);
    policy.choose.prefer = distinct(merge.child.choose.prefer.iter().chain(prefer), |it| it.at);
    policy.choose.packages = inherited(merge, |it| &it.choose.packages, |it| it.at);
    for base in merge.bases() {
        let same = |own: &Choice| {
            let mut theirs = base.policy.choose.packages.iter();
            theirs
                .find(|it| it.package.value == own.package.value && it.take.value != own.take.value)
        };
        for own in &merge.child.choose.packages {
            let Some(theirs) = same(own) else { continue };
            let says = format!("{} takes `{}` for this package", base.name(), theirs.take.value);
            let line: Spanned<&'static str> = base.held(Some(theirs.take.at));
            merge.loosens(own.take.at, says, line, "leave it out: the base decides".to_owned());
        }
    }
}
