//! `Package.resolved` of Swift.

use crate::component::Scope;
use crate::readers::locked;
use crate::reading::{Read, Reader, Reading};
use crate::source::Source;
use crate::value::{Node, json};

/// The reader of Swift lockfiles.
pub(super) const READER: Reader = Reader {
    name: "swift-resolved",
    reads: "the dependencies that Package.resolved pins",
    wants: |path| path.rsplit('/').next() == Some("Package.resolved"),
    read: Read::Text(read),
};

fn read(source: &Source) -> Reading {
    let parsed = json::parse(source);
    let root = parsed.root();
    let pins = root.and_then(|it| it.get("pins").or_else(|| it.get("object")?.get("pins")));
    let (mut sightings, mut uses) = (Vec::new(), Vec::new());
    let pins = pins.map(Node::items).unwrap_or_default();
    for pin in pins.iter().take(locked::MOST_PACKAGES) {
        let place = pin.get("location").or_else(|| pin.get("repositoryURL"));
        let Some(place) = place.and_then(Node::words) else { continue };
        let state = pin.get("state");
        let stated = |key: &str| state?.get(key)?.as_str().map(str::to_owned);
        let version = stated("version").or_else(|| stated("revision"));
        let Some(name) = repository(&place.value) else { continue };
        uses.push(locked::depends("swift", &name, version.as_deref(), Scope::Normal, place.at));
        sightings.push(locked::package("swift", name, version, place.at));
    }
    if let Some(first) = uses.first().map(|it| it.target.at) {
        sightings.push(locked::directory(first, uses));
    }
    Reading { sightings, problems: parsed.problems }
}

/// Host and path of a repository: `github.com/apple/swift-nio`.
fn repository(address: &str) -> Option<String> {
    let bare = address.split_once("://").map_or(address, |(_, it)| it);
    let bare = bare.rsplit_once('@').map_or(bare, |(_, it)| it);
    let bare = bare.trim_end_matches('/').trim_end_matches(".git");
    let name = if address.contains("://") { bare.to_owned() } else { bare.replacen(':', "/", 1) };
    name.contains('/').then_some(name)
}
