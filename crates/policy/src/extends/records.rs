//! Choices and records: they are the child's, and those of its bases stand beside them.

use caveat_core::source::{Span, Spanned};

use super::{Merge, distinct};
use crate::policy::{Choice, Expectation, Policy};

pub(super) fn merge(merge: &mut Merge<'_>, policy: &mut Policy) {
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
pub(super) fn inherited<T: Clone>(
    merge: &Merge<'_>,
    get: fn(&Policy) -> &Vec<T>,
    at: fn(&T) -> Span,
) -> Vec<T> {
    let bases = merge.parents.iter().flat_map(get);
    distinct(bases.chain(get(merge.child)), at)
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
