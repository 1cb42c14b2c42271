//! Licenses that only a policy knows, found in the tree by their words or their names.

use caveat_core::component::{ComponentId, Origin};
use caveat_core::identify::assert;
use caveat_core::inventory::{Claim, Component, Graph, Standing, Stated};
use caveat_core::library::Library;
use caveat_core::source::Sources;

use crate::policy::{OwnLicense, Policy};

/// Puts a license of the policy's own on record with every component of unknown license beside
/// which its text lies, or which calls it by its name.
pub fn recognise(graph: &mut Graph, policy: &Policy, (library, sources): (&Library, &Sources)) {
    for own in &policy.licenses {
        let words = own.read.text.as_deref().map(words);
        let is_meant = |it: &Component| {
            it.conclusion.standing == Standing::Unknown
                && it.claims.iter().any(|it| is_it(it, own, words.as_deref(), sources))
        };
        let meant = graph.components.values().filter(|it| is_meant(it));
        let meant: Vec<ComponentId> = meant.map(|it| it.id.clone()).collect();
        for id in meant {
            if let Some(it) = graph.components.get_mut(&id) {
                assert(it, &own.id, sources, *library);
            }
        }
    }
}

/// Whether words that no license answers to are the text of this one, or its name.
fn is_it(claim: &Claim, own: &OwnLicense, text: Option<&[String]>, sources: &Sources) -> bool {
    if !matches!(claim.stated, Stated::Unrecognised | Stated::Placeholder) {
        return false;
    }
    if claim.evidence.origin == Origin::Text {
        let source = sources.get(claim.raw.at.source).filter(|it| it.cut_at.is_none());
        let same = |text: &[String]| source.is_some_and(|it| words(&it.text) == text);
        return text.is_some_and(|it| !it.is_empty() && same(it));
    }
    let said = claim.decided_by.as_ref().unwrap_or(&claim.raw).value.trim();
    let names = [Some(own.id.value.as_str()), own.name.as_ref().map(|it| it.value.as_str())];
    names.into_iter().flatten().any(|it| it.eq_ignore_ascii_case(said))
}

/// The words of a text: how they are set, and what stands between them, is no matter.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_lowercase).collect()
}
