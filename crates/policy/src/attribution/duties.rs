//! What licenses ask to be said, offered and passed on.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::ComponentId;
use caveat_core::terms::{Listed, UsePolicy, Word as _};

use super::{Credit, Material, Offer, Required, Restriction, Sort};
use crate::finding::Obligation;

/// Duties that are fulfilled by words.
const SAID: [&str; 5] = ["notice-file", "display-attribution", "naming", "output-notice", "cite"];
/// The duty to offer source.
const SOURCE: &str = "disclose-source";
/// The duty to bind recipients.
const PASS_ON: &str = "pass-on-use-restrictions";

/// The duties of what goes out.
fn of<'a>(credits: &[Credit], duties: &'a [Obligation]) -> impl Iterator<Item = &'a Obligation> {
    let ids: BTreeSet<_> = credits.iter().map(|it| it.id.clone()).collect();
    duties.iter().filter(move |it| ids.contains(&it.component))
}

/// What has to be said or shown, each once. Where a license fixes no words, the contents of the
/// NOTICE files that components carry are the answer.
pub(super) fn asked(credits: &[Credit], duties: &[Obligation]) -> Vec<Required> {
    let mut all: BTreeMap<Required, Vec<ComponentId>> = BTreeMap::new();
    for it in of(credits, duties).filter(|it| SAID.contains(&it.kind) && it.text.is_some()) {
        let required = Required {
            license: it.license.clone(),
            cite: it.cite.clone(),
            says: it.says.clone(),
            text: it.text.clone(),
            of: Vec::new(),
        };
        all.entry(required).or_default().push(it.component.clone());
    }
    all.into_iter().map(|(required, of)| Required { of, ..required }).collect()
}

/// The source that has to be offered.
pub(super) fn offers(credits: &[Credit], duties: &[Obligation]) -> Vec<Offer> {
    let address = |id: &ComponentId| credits.iter().find(|it| it.id == *id)?.address.clone();
    let offer = |it: &Obligation| Offer {
        of: it.component.clone(),
        license: it.license.clone(),
        cite: it.cite.clone(),
        says: it.says.clone(),
        address: address(&it.component),
    };
    of(credits, duties).filter(|it| it.kind == SOURCE).map(offer).collect()
}

/// The restrictions that go on to recipients, by license.
pub(super) fn restrictions(
    material: &Material<'_, '_>,
    credits: &[Credit],
    duties: &[Obligation],
) -> Vec<Restriction> {
    let mut all: BTreeMap<(String, String, String), Vec<ComponentId>> = BTreeMap::new();
    for it in of(credits, duties).filter(|it| it.kind == PASS_ON) {
        let key = (it.license.clone(), it.cite.clone(), it.says.clone());
        all.entry(key).or_default().push(it.component.clone());
    }
    let all = all.into_iter().map(|((license, cite, says), of)| {
        let policies = policies(material, &license);
        let carried = of.iter().filter_map(|it| (material.carried)(it));
        let files = carried.flat_map(|it| &it.texts).filter(|it| it.sort == Sort::UsePolicy);
        let mut texts: Vec<(String, String)> = Vec::new();
        for it in files {
            if !texts.iter().any(|(_, text)| *text == it.text) {
                texts.push((it.name.clone(), it.text.clone()));
            }
        }
        Restriction { license, cite, says, of, policies, texts }
    });
    all.collect()
}

/// The lists of forbidden uses of a license, with where each stands.
fn policies(material: &Material<'_, '_>, license: &str) -> Vec<(String, String)> {
    let id = license.split(' ').next().unwrap_or(license).trim_end_matches('+');
    let Some(terms) = material.case.terms_of(id) else { return Vec::new() };
    let read = |it: &Listed| {
        let origin = terms.sources.get(it.text.as_ref()?)?;
        let parts = [Some(&origin.place), origin.repo.as_ref(), origin.path.as_ref()];
        Some(parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" "))
    };
    let place = |it: &Listed| {
        let named = it.url.clone().or_else(|| read(it));
        named.unwrap_or_else(|| it.location.clause().to_owned())
    };
    let listed = terms.restrictions.policies.iter().filter_map(|it| match &it.value {
        UsePolicy::None => None,
        UsePolicy::Listed(it) => Some((it.name.clone(), place(it))),
    });
    listed.collect()
}
