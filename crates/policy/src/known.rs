//! What only the catalogue tells of a license: how it is quoted, and how firm it is.

use caveat_core::catalog::{Catalog, DATE, Entry};
use caveat_core::component::Strength;
use caveat_core::inventory::Component;
use caveat_core::source::Span;

use crate::finding::{Link, Step};
use crate::ground::{Ground, called};
use crate::verdict::{Stance, Verdict};

/// Who says which license a component has, as a step of an explanation.
pub fn states(component: &Component, license: &str, at: impl Into<Option<Span>>) -> Step {
    let says = match entry(component) {
        Some(it) => format!(
            "the catalogue of {DATE} says that {} is under `{license}`, {}",
            called(component),
            it.source()
        ),
        None => format!("{} states `{license}`", called(component)),
    };
    Step::new(Link::Claim, says, at)
}

/// Where a finding about words on a license points: what the catalogue says is found where the tree
/// names the component.
pub fn place(component: &Component, at: Span) -> Span {
    if component.is_recalled() { component.at } else { at }
}

/// What to do about a license that only the catalogue tells; nothing where the tree tells it.
pub fn help(component: &Component) -> Option<String> {
    let it = entry(component)?;
    Some(format!(
        "the catalogue tells what was so at its source ({}): put the card of {} into the tree, or pin \
         the revision that was looked at",
        it.read.date,
        called(component)
    ))
}

/// Why the word of the catalogue is not enough, where it is not.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// The best that can come of it.
    pub verdict: Verdict,
    /// Why, in one clause.
    pub says: &'static str,
    /// The line or principle that says so.
    pub step: Step,
}

/// The doubt about a license that only the catalogue tells: the publisher's own words at a named
/// revision are enough unless the policy says otherwise, what others tell never is.
pub fn doubt(ground: &Ground<'_>, component: &Component) -> Option<Doubt> {
    let claim = component.claims.first().filter(|_| component.is_recalled())?;
    let stated = ground.policy.rules.catalog.as_ref();
    let policy = stated.filter(|it| it.value != Verdict::Allowed).map(|it| {
        let says = format!("[rules] catalog = \"{}\"", Stance::of(it.value).key());
        let says = Step::new(Link::Policy, says, it.at);
        Doubt { verdict: it.value, says: "only the catalogue tells its license", step: says }
    });
    if claim.evidence.strength == Strength::Detected {
        let says =
            "what others tell of a license is never enough to let it pass; a person has to look";
        let told = Doubt {
            verdict: Verdict::Review,
            says: "the catalogue has its license only from others",
            step: Step::new(Link::Policy, says, None),
        };
        return policy.filter(|it| it.verdict > told.verdict).or(Some(told));
    }
    policy
}

fn entry(component: &Component) -> Option<Entry> {
    let recalled = component.is_recalled().then_some(&component.id)?;
    Catalog::embedded().entry(recalled)
}
