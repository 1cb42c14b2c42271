//! Whether recipients are bound to what a license forbids.

use caveat_core::component::Origin;
use caveat_core::expression::{Expression, Licensed};
use caveat_core::inventory::Stated;
use caveat_core::source::{Source, Span};
use caveat_core::terms::{FlowDown, Terms};

use super::{Matter, Proof, license_copy, same_text};
use crate::exhibits::Purpose;
use crate::finding::Status;
use crate::home::Home;
use crate::phrase::{Phrase, Text};
use crate::usage::Usage;

/// Words by which terms of one's own pass restrictions on.
const PASSED_ON: [&str; 8] = [
    "use restrictions",
    "use based restrictions",
    "restricted uses",
    "prohibited uses",
    "prohibited use policy",
    "acceptable use policy",
    "use policy",
    "usage policy",
];

pub(super) fn proof(it: &Matter<'_, '_>) -> Proof {
    if it.duty.flow == Some(FlowDown::CopyOfAgreement) {
        let copy = license_copy::proof(it);
        // Whether the copy goes along is asked by itself.
        return if copy.status == Status::Met { copy } else { Proof::unchecked(copy.why) };
    }
    let hands_over = |it: &&Usage| matches!(it, Usage::DistributeBinary | Usage::DistributeWeights);
    let leaves = it.due.uses.iter().any(|it| hands_over(&it));
    if leaves && let Some(at) = under_it(it).or_else(|| under_as_strict(it)) {
        return Proof::met(vec![at]);
    }
    let own = it.texts(&[Purpose::Terms]);
    let shared = it.documents(&[Purpose::Terms]);
    let passed = own.iter().find_map(|source| passes_on(it, source)).or_else(|| {
        it.in_product("terms", || shared.iter().find_map(|source| passes_on(it, source)))
    });
    if let Some(at) = passed {
        return Proof::met(vec![at]);
    }
    if let Some(source) = own.first().or(shared.first()) {
        let why = format!("`{}` does not bind people to what the license forbids", source.name);
        let first = source.text.find('\n').unwrap_or(source.text.len());
        return Proof { at: Some(source.span(0..first)), ..Proof::unmet(why) };
    }
    match it.home {
        Home::Folders(_) if leaves && is_labelled(it) => {
            Proof::unchecked("whether its own license carries them is what other rules look at")
        }
        Home::Folders(_) if leaves => {
            let remedy = it.remedy(Some("USE_RESTRICTIONS.md"), None);
            let why = "it goes out under other terms, and none beside it pass the restrictions on";
            Proof { remedy, ..Proof::unmet(why) }
        }
        Home::Folders(_) | Home::Installed | Home::Elsewhere => {
            Proof::unchecked("none of your terms of use are in the tree")
        }
    }
}

/// Where the component itself is put under the license, which then binds whoever gets it.
fn under_it(it: &Matter<'_, '_>) -> Option<Span> {
    let claims = it.component.claims.iter().filter(|it| it.evidence.origin != Origin::Catalog);
    let named = claims.into_iter().find(|claim| match &claim.stated {
        Stated::Expression(all) => {
            in_every_branch(all, &|one| same_text(one.id.as_str(), it.held.license))
        }
        Stated::Family { .. } | Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => {
            false
        }
    });
    named.map(|it| it.raw.at)
}

/// Where the component is put under another license that forbids all the same uses, and wants that
/// passed on.
fn under_as_strict(it: &Matter<'_, '_>) -> Option<Span> {
    let forbidden =
        |terms: &'_ Terms| Some(terms.restrictions.restricted_uses.as_ref()?.value.0.clone());
    let wanted = forbidden(it.held.terms)?;
    let is_strict = |own: &Licensed| {
        let Some(terms) = it.ground.terms(own) else { return false };
        let known = forbidden(terms).unwrap_or_default();
        terms.duties.flow_down.is_some() && wanted.iter().all(|it| known.contains(it))
    };
    let own = it.component.conclusion.license.as_ref()?;
    in_every_branch(own, &is_strict).then(|| own.at())
}

/// Whether whoever takes any branch of a choice takes a license of that sort with it.
fn in_every_branch(all: &Expression, is_meant: &dyn Fn(&Licensed) -> bool) -> bool {
    match all {
        Expression::License(it) => is_meant(it),
        Expression::And(parts) => parts.iter().any(|it| in_every_branch(it, is_meant)),
        Expression::Or(parts) => parts.iter().all(|it| in_every_branch(it, is_meant)),
        Expression::Nothing(_) | Expression::NoAssertion(_) => false,
    }
}

/// Whether the component states a license of its own, and it is not the one that asks.
fn is_labelled(it: &Matter<'_, '_>) -> bool {
    let own = it.component.conclusion.license.as_ref();
    own.is_some_and(|own| own.licenses().all(|one| !same_text(one.id.as_str(), it.held.license)))
}

/// Where terms pass the restrictions on: by an address of them, by name, or in words.
fn passes_on(it: &Matter<'_, '_>, source: &Source) -> Option<Span> {
    let words = Text::new(&source.text);
    let license = &it.held.terms.license;
    let address = license.urls.iter().find_map(|url| words.holds_address(url));
    let names = [license.name.as_str(), license.id.as_str()].into_iter().chain(PASSED_ON);
    let at = address.or_else(|| names.into_iter().find_map(|it| words.find(&Phrase::plain(it))))?;
    Some(source.span(at))
}
