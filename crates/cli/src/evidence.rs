//! The bytes that clarifications of a policy were read in.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use caveat_core::inventory::{Component, Graph};
use caveat_core::library::Library;
use caveat_core::source::Sources;
use caveat_policy::clarify::{Stale, clarify};
use caveat_policy::policy::{Digest, Policy};
use sha2::{Digest as _, Sha256};

/// How much of a file is read: evidence is text, and a digest of a part would say nothing.
const LARGEST: u64 = 64 << 20;

/// Puts the clarifications of a policy on record whose evidence is unchanged, and returns the
/// others. `place` is the scanned folder, and the way to it from the folder of the policy.
pub(crate) fn on_record(
    graph: &mut Graph,
    policy: &Policy,
    (library, sources): (&Library, &Sources),
    place: (&Path, &str),
) -> Vec<Stale> {
    clarify(graph, policy, (library, sources), place.1, &mut |component, path| {
        digest(component, path, place, sources)
    })
}

/// The SHA-256 of a file of a component: in its folder, in the scanned folder, or in the
/// installed sources that its license was read in.
pub(crate) fn digest(
    component: &Component,
    path: &str,
    (root, prefix): (&Path, &str),
    sources: &Sources,
) -> Option<Digest> {
    let below = path.strip_prefix(prefix).and_then(|it| it.strip_prefix('/'));
    let folders = std::iter::once(&component.path).chain(&component.others);
    let beside = folders.map(|it| root.join(it).join(path));
    let mut places = beside.chain([root.join(below.unwrap_or(path))]);
    places.find_map(|it| of_file(root, &it)).or_else(|| of_source(component, path, sources))
}

/// Nothing outside of the scanned folder is evidence.
fn of_file(root: &Path, path: &Path) -> Option<Digest> {
    let path = path.canonicalize().ok().filter(|it| it.starts_with(root) && it.is_file())?;
    let mut file = File::open(path).ok()?.take(LARGEST);
    let mut bytes = Vec::new();
    let read: io::Result<usize> = file.read_to_end(&mut bytes);
    let is_whole = read.is_ok_and(|it| (it as u64) < LARGEST);
    is_whole.then(|| Digest(Sha256::digest(&bytes).into()))
}

/// Installed sources lie elsewhere on the machine; what was read of them is at hand.
fn of_source(component: &Component, path: &str, sources: &Sources) -> Option<Digest> {
    let names = component.claims.iter().filter_map(|it| sources.get(it.raw.at.source));
    let mut folders = names.filter_map(|it| it.name.rsplit_once('/')).map(|it| it.0);
    let source = folders.find_map(|it| {
        let name = format!("{it}/{path}");
        sources.iter().find(|it| it.name == name && it.cut_at.is_none())
    })?;
    Some(Digest(Sha256::digest(source.text.as_bytes()).into()))
}
