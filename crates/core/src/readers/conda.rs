//! `environment.yml` of conda.

use crate::component::{Scope, Use};
use crate::readers::locked;
use crate::readers::requirement::Requirement;
use crate::reading::{Read, Reader, Reading, Sighting};
use crate::source::{Source, Spanned};
use crate::value::{Node, part, yaml};

/// The reader of conda environments.
pub(super) const READER: Reader = Reader {
    name: "conda-environment",
    reads: "the packages that a conda environment asks for",
    wants: |path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml"));
        stem.is_some_and(|it| {
            matches!(it, "environment" | "conda") || it.starts_with("environment-")
        })
    },
    read: Read::Text(read),
};

fn read(source: &Source) -> Reading {
    let parsed = yaml::parse(source);
    let listed = parsed.root().and_then(|it| it.get("dependencies")).map(Node::items);
    let (mut sightings, mut uses) = (Vec::new(), Vec::new());
    for it in listed.unwrap_or_default().iter().take(locked::MOST_PACKAGES) {
        if let Some(words) = it.words() {
            sightings.extend(package(&words, &mut uses));
            continue;
        }
        let pip = it.get("pip").map(Node::items).unwrap_or_default();
        for asked in pip.iter().filter_map(Node::words) {
            let Some(it) = Requirement::parse(&asked) else { continue };
            uses.push(it.need(Scope::Normal));
            if it.version.is_some() {
                sightings.push(locked::package("pypi", it.name, it.version, it.at));
            }
        }
    }
    if let Some(first) = uses.first().map(|it| it.target.at) {
        sightings.push(locked::directory(first, uses));
    }
    // What a file of this name says elsewhere is no business of ours.
    let problems = if sightings.is_empty() { Vec::new() } else { parsed.problems };
    Reading { sightings, problems }
}

/// `channel::name=1.2.3=build`; a version that is followed by more numbers is only its beginning.
fn package(written: &Spanned<String>, uses: &mut Vec<Use>) -> Option<Sighting> {
    let text = written.value.as_str();
    let start = text.rfind("::").map_or(0, |it| it + 2);
    let is_name = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
    let length = text[start..].find(|it| !is_name(it)).unwrap_or(text.len() - start);
    let name = part(written, start..start + length);
    if name.value.is_empty() || text.starts_with('_') {
        return None;
    }
    let asked = text[start + length..].trim();
    let exact = asked.strip_prefix("==").or_else(|| asked.strip_prefix('='));
    let exact = exact.map(|it| it.split('=').next().unwrap_or(it).trim());
    let version = exact
        .filter(|it| {
            it.starts_with(|it: char| it.is_ascii_digit()) && !it.contains(['*', ',', '|'])
        })
        .map(str::to_owned);
    let lower = name.value.to_ascii_lowercase();
    uses.push(locked::depends("conda", &lower, version.as_deref(), Scope::Normal, name.at));
    version.is_some().then(|| locked::package("conda", lower, version, name.at))
}
