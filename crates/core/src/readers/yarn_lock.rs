//! `yarn.lock`: the format of the first version, and that of the later ones, which is YAML.

use std::collections::BTreeMap;

use crate::component::{Scope, Use};
use crate::readers::locked;
use crate::reading::{Read, Reader, Reading, Sighting};
use crate::source::{Source, Span, Spanned};
use crate::value::{Node, yaml};

/// The reader of Yarn lockfiles.
pub(super) const READER: Reader = Reader {
    name: "yarn-lock",
    reads: "the dependencies that yarn.lock pins",
    wants: |path| path.rsplit('/').next() == Some("yarn.lock"),
    read: Read::Text(read),
};

/// One package, with all the demands that it answers.
struct Entry {
    demands: Vec<String>,
    name: String,
    version: String,
    /// In the workspace: its manifest tells the version.
    own: Option<bool>,
    at: Span,
    /// Name, range and scope of what it needs.
    needs: Vec<(Spanned<String>, String, Scope)>,
}

fn read(source: &Source) -> Reading {
    let is_later = source.text.lines().take(50).any(|it| it.starts_with("__metadata:"));
    let mut problems = Vec::new();
    let entries = if is_later {
        let parsed = yaml::parse(source);
        problems = parsed.problems;
        let all = parsed.documents.iter().flat_map(Node::entries);
        all.take(locked::MOST_PACKAGES).filter_map(|(key, node)| later(key, node)).collect()
    } else {
        first(source)
    };
    let mut answers: BTreeMap<&str, &Entry> = BTreeMap::new();
    for entry in &entries {
        answers.extend(entry.demands.iter().map(|it| (it.as_str(), entry)));
    }
    let sightings = entries.iter().filter_map(|it| sighting(it, &answers)).collect();
    Reading { sightings, problems }
}

fn sighting(entry: &Entry, answers: &BTreeMap<&str, &Entry>) -> Option<Sighting> {
    let need = |(name, range, scope): &(Spanned<String>, String, Scope)| -> Option<Use> {
        let ways = [format!("{}@{range}", name.value), format!("{}@npm:{range}", name.value)];
        let it = ways.iter().find_map(|it| answers.get(it.as_str()))?;
        let version = it.own.is_none().then_some(it.version.as_str());
        Some(locked::depends("npm", &it.name, version, *scope, name.at))
    };
    let uses: Vec<Use> = entry.needs.iter().filter_map(need).collect();
    if let Some(is_root) = entry.own {
        // What the members of a workspace need, their own manifests say.
        return (is_root && !uses.is_empty()).then(|| locked::directory(entry.at, uses));
    }
    let version = Some(entry.version.clone());
    let mut seen = locked::package("npm", entry.name.clone(), version, entry.at);
    seen.uses = uses;
    Some(seen)
}

/// `name@range`, of which the name may have an `@` of its own.
fn split(demand: &str) -> Option<(&str, &str)> {
    let at = demand.get(1..)?.find('@')? + 1;
    Some((&demand[..at], &demand[at + 1..]))
}

/// The name that a demand means: `alias@npm:real@^1` means `real`.
fn real(demand: &str) -> Option<&str> {
    let (name, range) = split(demand)?;
    let aliased = range.strip_prefix("npm:").and_then(split).map(|(name, _)| name);
    Some(aliased.unwrap_or(name))
}

fn later(key: &Spanned<String>, node: &Node) -> Option<Entry> {
    let demands: Vec<String> = key.value.split(',').map(|it| it.trim().to_owned()).collect();
    let version = node.get("version")?.words()?.value;
    let resolution = node.get("resolution").and_then(Node::words);
    let (name, place) = resolution.as_ref().and_then(|it| split(&it.value))?;
    let own = place.strip_prefix("workspace:").map(|it| it == ".");
    let mut needs = Vec::new();
    for (field, scope) in
        [("dependencies", Scope::Normal), ("optionalDependencies", Scope::Optional)]
    {
        for (name, range) in node.get(field).map(Node::entries).unwrap_or_default() {
            needs.extend(range.words().map(|range| (name.clone(), range.value, scope)));
        }
    }
    Some(Entry { demands, name: name.to_owned(), version, own, at: key.at, needs })
}

/// The first format: a demand per line, its fields two spaces in, what it needs four.
fn first(source: &Source) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let (mut start, mut scope) = (0, None);
    for line in source.text.split_inclusive('\n') {
        let content = line.trim();
        let at = start + line.len() - line.trim_start().len();
        start += line.len();
        let indent = line.len() - line.trim_start_matches([' ', '\t', '\u{feff}']).len();
        if content.is_empty() || content.starts_with('#') || entries.len() > locked::MOST_PACKAGES {
            continue;
        }
        match indent {
            0 => {
                scope = None;
                let head = content.trim_end_matches(':');
                let all = head.split(',').map(|it| it.trim().trim_matches('"').to_owned());
                let demands: Vec<String> = all.collect();
                let name = demands.first().and_then(|it| real(it)).unwrap_or_default().to_owned();
                let at = source.span(at..at + head.len());
                let (version, needs) = (String::new(), Vec::new());
                entries.push(Entry { demands, name, version, own: None, at, needs });
            }
            1..=3 => {
                scope = match content {
                    "dependencies:" => Some(Scope::Normal),
                    "optionalDependencies:" => Some(Scope::Optional),
                    _ => None,
                };
                if let (Some(it), Some(entry)) =
                    (content.strip_prefix("version "), entries.last_mut())
                {
                    it.trim().trim_matches('"').clone_into(&mut entry.version);
                }
            }
            _ => {
                let Some((name, range)) = content.split_once(' ') else { continue };
                let bare = name.trim_matches('"');
                let at = at + name.find(bare).unwrap_or(0);
                let name = Spanned::new(bare.to_owned(), source.span(at..at + bare.len()));
                let range = range.trim().trim_matches('"').to_owned();
                if let (Some(scope), Some(entry)) = (scope, entries.last_mut()) {
                    entry.needs.push((name, range, scope));
                }
            }
        }
    }
    entries.retain(|it| !it.name.is_empty() && !it.version.is_empty());
    entries
}
