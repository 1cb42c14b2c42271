//! Whether the text of a license goes along with what is under it.

use std::ops::Range;

use caveat_core::component::Origin;
use caveat_core::expression::Expression;
use caveat_core::inventory::Claim;
use caveat_core::inventory::Stated;
use caveat_core::source::{Source, Span};
use caveat_core::texts::{Likeness, identify, looks_like_license};

use super::{Matter, Proof, same_text};
use crate::exhibits::{Purpose, parent};
use crate::home::Home;
use crate::phrase::Text;

/// A shorter text is no license.
const SHORTEST: usize = 200;

pub(super) fn proof(it: &Matter<'_, '_>) -> Proof {
    if let Some(at) = found(it) {
        return Proof::met(vec![at]);
    }
    match it.home {
        Home::Elsewhere => Proof::unchecked("it lies neither in the tree nor on this machine"),
        Home::Installed => Proof::unchecked("only the manifest of the installed package was read"),
        Home::Folders(all) => {
            let folder = all.first().map_or("", String::as_str);
            let place = if folder.is_empty() { "the scanned folder" } else { folder };
            let link = if it.duty.or_link { ", nor an address of it" } else { "" };
            // Two license files in one folder leave open which of them is meant.
            let own = it.component.conclusion.license.iter().flat_map(Expression::licenses);
            let mut own = own.map(|it| it.id.as_str());
            let is_own = own.any(|id| same_text(id, it.held.license));
            let file = if is_own { "LICENSE" } else { "THIRD_PARTY_NOTICES.txt" };
            let remedy = it.remedy(Some(file), None);
            Proof { remedy, ..Proof::unmet(format!("no text of it in {place}{link}")) }
        }
    }
}

/// Where the text lies that goes along.
pub(super) fn found(it: &Matter<'_, '_>) -> Option<Span> {
    let claimed = it.component.claims.iter().find(|claim| is_text(it, claim));
    if let Some(claim) = claimed {
        return Some(claim.raw.at);
    }
    let wanted = [Purpose::License, Purpose::Terms, Purpose::Notice, Purpose::Text, Purpose::Page];
    let own = it.texts(&wanted);
    own.iter()
        .find_map(|source| in_text(it, source))
        .or_else(|| {
            let link = || own.iter().find_map(|source| address(it, source));
            it.duty.or_link.then(link).flatten()
        })
        .or_else(|| {
            // A product that carries others' code tells of it in one place.
            let sort = if it.is_part() { "text" } else { "stored text" };
            it.in_product(sort, || {
                let wanted = [Purpose::Notice, Purpose::License];
                let mut shared = stored(it);
                if it.is_part() {
                    shared.extend(it.documents(&wanted));
                }
                shared.iter().find_map(|source| in_text(it, source))
            })
        })
}

/// Whether a claim is that text, in a place that goes along.
fn is_text(it: &Matter<'_, '_>, claim: &Claim) -> bool {
    let Stated::Expression(license) = &claim.stated else { return false };
    if claim.evidence.origin != Origin::Text
        || !license.licenses().any(|one| same_text(one.id.as_str(), it.held.license))
    {
        return false;
    }
    let Some(source) = it.ground.sources.get(claim.raw.at.source) else { return false };
    match it.home {
        Home::Installed => true,
        Home::Elsewhere => false,
        Home::Folders(all) => all.iter().any(|folder| goes_along(it, &source.name, folder)),
    }
}

/// Whether a file goes along with what lies in a folder: it lies in it, or for code around it.
fn goes_along(it: &Matter<'_, '_>, name: &str, folder: &str) -> bool {
    let place = parent(name);
    let within = |inner: &str, outer: &str| {
        outer.is_empty() || inner == outer || inner.starts_with(&format!("{outer}/"))
    };
    let around = it.is_code() && !place.is_empty() && within(folder, place);
    within(place, folder) || around || is_store(name)
}

/// The texts of the licenses that a project uses, which go with the whole of it.
fn stored<'a>(it: &Matter<'_, 'a>) -> Vec<&'a Source> {
    let mut all = it.documents(&[Purpose::License, Purpose::Text]);
    all.retain(|it| is_store(&it.name));
    all
}

fn is_store(name: &str) -> bool {
    matches!(parent(name).rsplit('/').next(), Some("LICENSES" | "licenses" | "LICENCES"))
}

/// Where a text holds the license, word for word or nearly so.
fn in_text(it: &Matter<'_, '_>, source: &Source) -> Option<Span> {
    if source.text.len() < SHORTEST || !looks_like_license(&source.text) {
        return None;
    }
    let fits = |found: &caveat_core::texts::Match| {
        let mut ids = found.aliases.iter().chain([&found.nearest]);
        found.likeness != Likeness::Kindred && ids.any(|id| same_text(id, it.held.license))
    };
    let found: Option<Range<usize>> =
        identify(&source.text).into_iter().find(fits).map(|it| it.span);
    found.map(|it| source.span(it))
}

/// Where a text gives an address of the license.
fn address(it: &Matter<'_, '_>, source: &Source) -> Option<Span> {
    let words = Text::new(&source.text);
    let urls = &it.held.terms.license.urls;
    urls.iter().find_map(|url| words.holds_address(url)).map(|it| source.span(it))
}
