//! Bounds: how long exceptions last and who approves them, when facts, baseline and policy are old.

use caveat_core::source::Spanned;

use super::Merge;
use crate::date::{Date, Period, Unit};
use crate::policy::{Baseline, Exceptions, Patents, Policy, Review};

pub(super) fn merge(merge: &mut Merge<'_>, policy: &mut Policy) {
    policy.org.stale_after =
        shortest(merge, "stale-after", |it| it.org.stale_after.as_ref(), Bound::Most);
    let list = std::mem::take(&mut policy.exceptions.list);
    policy.exceptions = Exceptions {
        longest: shortest(merge, "longest", |it| it.exceptions.longest.as_ref(), Bound::Most),
        warn_before: shortest(
            merge,
            "warn-before",
            |it| it.exceptions.warn_before.as_ref(),
            Bound::Least,
        ),
        approvers: approvers(merge),
        list,
    };
    policy.baseline = baseline(merge);
    policy.review = review(merge);
    policy.patents = patents(merge);
}

/// Which way a period is bounded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    Most,
    Least,
}

type Get = fn(&Policy) -> Option<&Spanned<Period>>;

fn shortest(merge: &mut Merge<'_>, key: &str, get: Get, bound: Bound) -> Option<Spanned<Period>> {
    let own = get(merge.child);
    for base in merge.bases() {
        let Some((own, theirs)) = own.zip(get(base.policy)) else { continue };
        let (loose, than) = match bound {
            Bound::Most => (may_exceed(own.value, theirs.value), "longer"),
            Bound::Least => (may_exceed(theirs.value, own.value), "shorter"),
        };
        if loose {
            let says = format!(
                "`{key} = \"{}\"` is {than} than \"{}\" of {}",
                own.value,
                theirs.value,
                base.name()
            );
            let help = format!("leave it out, or write \"{}\"", theirs.value);
            merge.loosens(own.at, says, base.held(Some(theirs.at)), help);
        }
    }
    let stated = || merge.bases().filter_map(|it| get(it.policy));
    own.cloned().or_else(|| stated().cloned().reduce(|one, other| tighter(one, other, bound)))
}

/// Whether the end of one period may lie behind that of another that begins on the same day:
/// months and years have no fixed length.
pub(super) fn may_exceed(one: Period, other: Period) -> bool {
    if one.unit == other.unit {
        return one.count > other.count;
    }
    starts().any(|it| it.plus(one) > it.plus(other))
}

/// Every day of some years, a leap year and one that should be and is not among them.
fn starts() -> impl Iterator<Item = Date> {
    const DAYS: u32 = 366 * 9;
    let from = |year| Date::new(year, 1, 1).into_iter();
    let years = from(2020).chain(from(2095));
    years.flat_map(|it| (0..DAYS).map(move |count| it.plus(Period { count, unit: Unit::Day })))
}

fn tighter(one: Spanned<Period>, other: Spanned<Period>, bound: Bound) -> Spanned<Period> {
    let (exceeds, under) = (may_exceed(one.value, other.value), may_exceed(other.value, one.value));
    match (exceeds, under, bound) {
        (false, _, Bound::Most) | (_, false, Bound::Least) => one,
        (true, false, Bound::Most) | (false, true, Bound::Least) => other,
        (true, true, _) => Spanned::new(days(one.value, other.value, bound), one.at),
    }
}

/// A period in days that neither of two exceeds, or that exceeds neither.
fn days(one: Period, other: Period, bound: Bound) -> Period {
    let spans =
        starts().flat_map(|it| [it.days_until(it.plus(one)), it.days_until(it.plus(other))]);
    let days = match bound {
        Bound::Most => spans.min(),
        Bound::Least => spans.max(),
    };
    Period { count: days.and_then(|it| u32::try_from(it).ok()).unwrap_or(1), unit: Unit::Day }
}

/// Whose approval counts: of each base's approvers only those that the child names, too.
fn approvers(merge: &mut Merge<'_>) -> Vec<Spanned<String>> {
    let named = |list: &[Spanned<String>], it: &Spanned<String>| {
        list.iter().any(|other| other.value.eq_ignore_ascii_case(&it.value))
    };
    let own = &merge.child.exceptions.approvers;
    let mut approvers = own.clone();
    for base in merge.bases() {
        let theirs = &base.policy.exceptions.approvers;
        let Some(first) = theirs.first() else { continue };
        for it in own.iter().filter(|it| !named(theirs, it)) {
            let says = format!("`{}` is no approver of {}", it.value, base.name());
            let help = "name only approvers of the base, or leave `approvers` out".to_owned();
            merge.loosens(it.at, says, Spanned::new("its approvers", first.at), help);
        }
        if approvers.is_empty() {
            approvers.clone_from(theirs);
            continue;
        }
        let before = approvers.clone();
        approvers.retain(|it| named(theirs, it));
        if approvers.is_empty() && own.is_empty() {
            // None left would mean everyone.
            let says = format!("{} has no approver in common with another base", base.name());
            let help = "have one of them changed: nobody could approve an exception".to_owned();
            merge.loosens(base.named, says, Spanned::new("its approvers", first.at), help);
        }
        if approvers.is_empty() {
            approvers = before;
        }
    }
    approvers
}

/// The child's, which may not outlast a base's; else a base's.
fn baseline(merge: &mut Merge<'_>) -> Option<Baseline> {
    let mut found = merge.child.baseline.clone();
    for base in merge.bases() {
        let Some(theirs) = &base.policy.baseline else { continue };
        let Some(own) = &mut found else {
            found = Some(theirs.clone());
            continue;
        };
        let Some(end) = &theirs.until else { continue };
        match &own.until {
            Some(it) if it.value > end.value => {
                let says = format!(
                    "the baseline lasts until {}, longer than {} of {}",
                    it.value,
                    end.value,
                    base.name()
                );
                let help = format!("write `until = {}` or earlier", end.value);
                let at = if merge.child.baseline.is_some() { it.at } else { base.named };
                merge.loosens(at, says, base.held(Some(end.at)), help);
            }
            Some(_) => {}
            None => own.until = Some(end.clone()),
        }
    }
    found
}

/// Every file has to be read again; the one that is due first says when.
fn review(merge: &Merge<'_>) -> Option<Review> {
    let all = std::iter::once(merge.child).chain(merge.parents).filter_map(|it| it.review.as_ref());
    all.min_by_key(|it| it.due()).cloned()
}

/// Patent terms asked for by any.
fn patents(merge: &mut Merge<'_>) -> Option<Patents> {
    let mut found = merge.child.patents.clone();
    for base in merge.bases() {
        let Some(theirs) = &base.policy.patents else { continue };
        let Some(own) = &mut found else {
            found = Some(theirs.clone());
            continue;
        };
        for kind in &theirs.grant_required {
            if !own.grant_required.iter().any(|it| it.value == kind.value) {
                own.grant_required.push(kind.clone());
            }
        }
        own.field_notes = own.field_notes.take().or_else(|| theirs.field_notes.clone());
        match (&own.retaliation, &theirs.retaliation) {
            (Some(it), Some(line))
                if it.value < line.value && it.at.source == merge.child.source =>
            {
                let says = format!(
                    "`retaliation = \"{}\"` is looser than \"{}\" of {}",
                    it.value,
                    line.value,
                    base.name()
                );
                let help = format!("leave it out, or write \"{}\"", line.value);
                let (at, line) = (it.at, base.held(Some(line.at)));
                merge.loosens(at, says, line, help);
            }
            (Some(it), Some(line)) if it.value >= line.value => {}
            (_, None) => {}
            (_, Some(line)) => own.retaliation = Some(line.clone()),
        }
    }
    found
}
