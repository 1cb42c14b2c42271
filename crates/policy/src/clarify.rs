//! Clarifications: what a person found a license to be, as long as the bytes that say so are the
//! ones that were read.

use caveat_core::component::ComponentId;
use caveat_core::identify::assert;
use caveat_core::inventory::{Component, Graph};
use caveat_core::library::Library;
use caveat_core::source::Sources;

use crate::own::recognise;
use crate::policy::{Clarification, Digest, Policy};

/// A clarification that does not hold for a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Which one, by its place in the policy.
    pub clarification: usize,
    /// For whom.
    pub component: ComponentId,
    /// Which of its files, by its place in the list.
    pub evidence: usize,
    /// The digest of what the file holds now; `None` where there is no such file.
    pub found: Option<Digest>,
}

/// Puts every clarification whose evidence is unchanged on record with the components that it is
/// for; what is on record stands above what files say. `prefix` leads from the policy's folder to
/// the scanned one; `digest` tells the SHA-256 of a file of a component, by the path that the
/// evidence gives. Returns those whose evidence changed or is not there: they have no effect.
pub fn clarify(
    graph: &mut Graph,
    policy: &Policy,
    (library, sources): (&Library, &Sources),
    prefix: &str,
    digest: &mut dyn FnMut(&Component, &str) -> Option<Digest>,
) -> Vec<Stale> {
    recognise(graph, policy, (library, sources));
    let mut stale = Vec::new();
    for (index, clarification) in policy.clarify.iter().enumerate() {
        let meant: Vec<ComponentId> = graph
            .components
            .values()
            .filter(|it| is_for(clarification, it, prefix))
            .map(|it| it.id.clone())
            .collect();
        for id in meant {
            let Some(component) = graph.components.get_mut(&id) else { continue };
            match changed(clarification, component, digest) {
                None => assert(component, &clarification.license, sources, *library),
                Some((evidence, found)) => {
                    stale.push(Stale { clarification: index, component: id, evidence, found });
                }
            }
        }
    }
    stale
}

/// Whether a clarification is for a component, wherever it lies.
pub(crate) fn is_for(clarification: &Clarification, component: &Component, prefix: &str) -> bool {
    let mut paths = std::iter::once(&component.path).chain(&component.others);
    paths.any(|it| clarification.target.matches(&component.id, Some(&placed(prefix, it))))
}

/// The path of something in the scanned folder, as the policy writes paths.
pub fn placed(prefix: &str, path: &str) -> String {
    let path = if path == "." { "" } else { path };
    match (prefix, path) {
        ("", _) => path.to_owned(),
        (prefix, "") => prefix.to_owned(),
        (prefix, path) => format!("{prefix}/{path}"),
    }
}

/// The first file that is not what it was when it was read.
fn changed(
    clarification: &Clarification,
    component: &Component,
    digest: &mut dyn FnMut(&Component, &str) -> Option<Digest>,
) -> Option<(usize, Option<Digest>)> {
    let mut all = clarification.evidence.iter().enumerate();
    all.find_map(|(index, it)| {
        let found = digest(component, &it.path.value);
        (found != Some(it.sha256.value)).then_some((index, found))
    })
}
