//! `package-lock.json` and `npm-shrinkwrap.json`, in all three of their versions.

use std::collections::BTreeMap;

use crate::component::{Scope, Use};
use crate::readers::{locked, npm};
use crate::reading::{Read, Reader, Reading, Sighting};
use crate::source::{Source, Spanned};
use crate::value::{Node, Value, json};

/// The reader of npm lockfiles.
pub(super) const READER: Reader = Reader {
    name: "npm-lock",
    reads: "the dependencies that package-lock.json pins, and their licenses",
    wants: |path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        matches!(name, "package-lock.json" | "npm-shrinkwrap.json" | ".package-lock.json")
    },
    read: Read::Text(read),
};

/// How deep folders of packages may lie in each other.
const DEEPEST: usize = 64;

/// How long the path of a folder may be.
const LONGEST_PATH: usize = 4096;

/// The folder in which packages lie.
const FOLDER: &str = "node_modules/";

/// The fields that name what a package needs, and when.
const FIELDS: [(&str, Scope); 5] = [
    ("dependencies", Scope::Normal),
    ("requires", Scope::Normal),
    ("optionalDependencies", Scope::Optional),
    ("peerDependencies", Scope::Optional),
    ("devDependencies", Scope::Dev),
];

fn read(source: &Source) -> Reading {
    let parsed = json::parse(source);
    let mut packages: Packages<'_> = BTreeMap::new();
    if let Some(root) = parsed.root() {
        match root.get("packages") {
            Some(listed) => {
                for (key, node) in listed.entries().iter().take(locked::MOST_PACKAGES) {
                    packages.insert(key.value.clone(), Package { key: key.clone(), node });
                }
            }
            None => nested(root, "", 0, &mut packages),
        }
    }
    let names: BTreeMap<&str, Named> =
        packages.iter().filter_map(|(path, it)| Some((path.as_str(), named(path, it)?))).collect();
    let sightings = packages.iter().filter_map(|(path, it)| sighting(path, it, &names)).collect();
    Reading { sightings, problems: parsed.problems }
}

/// Packages by the folder that they lie in.
type Packages<'n> = BTreeMap<String, Package<'n>>;

struct Package<'n> {
    key: Spanned<String>,
    node: &'n Node,
}

/// The first version nests packages as their folders lie in each other.
fn nested<'n>(node: &'n Node, above: &str, depth: usize, packages: &mut Packages<'n>) {
    let inside = node.get("dependencies").map(Node::entries).unwrap_or_default();
    for (key, node) in inside {
        if packages.len() >= locked::MOST_PACKAGES || depth >= DEEPEST {
            return;
        }
        let path = format!("{above}{FOLDER}{}", key.value);
        nested(node, &format!("{path}/"), depth + 1, packages);
        packages.insert(path, Package { key: key.clone(), node });
    }
}

/// Name and version of a package, and whether somebody else made it.
struct Named {
    name: String,
    version: Option<String>,
    foreign: bool,
}

fn named(path: &str, package: &Package<'_>) -> Option<Named> {
    if path.len() > LONGEST_PATH {
        return None;
    }
    let field = |name: &str| package.node.get(name)?.as_str().map(str::to_owned);
    if package.node.get("link").is_some_and(|it| it.value == Value::Bool(true)) {
        return None;
    }
    let foreign = path.contains(FOLDER);
    let by_folder = path.rfind(FOLDER).map(|at| path[at + FOLDER.len()..].to_owned());
    let mut name = field("name").or(by_folder)?;
    let mut version = field("version");
    // `"alias": { "version": "npm:real@1.2.3" }`
    if let Some((real, exact)) =
        version.as_deref().and_then(|it| it.strip_prefix("npm:")).and_then(|it| it.rsplit_once('@'))
    {
        (name, version) = (real.to_owned(), Some(exact.to_owned()));
    }
    if version.as_deref().is_some_and(|it| it.starts_with("file:")) {
        return None;
    }
    Some(Named { name, version, foreign })
}

fn sighting(path: &str, it: &Package<'_>, names: &BTreeMap<&str, Named>) -> Option<Sighting> {
    let Named { name, version, foreign } = names.get(path)?;
    let at = if it.key.value.is_empty() { it.node.get("name")?.at } else { it.key.at };
    let mut seen = locked::package("npm", name.clone(), version.clone(), at);
    seen.foreign = *foreign;
    let licenses = ["license", "licenses"].into_iter().filter_map(|field| it.node.get(field));
    let words = licenses
        .flat_map(Node::items)
        .filter_map(|it| it.words().or_else(|| it.get("type").and_then(Node::words)));
    seen.licenses = words.map(|it| npm::words(it, locked::wording)).collect();
    for (field, scope) in FIELDS {
        let needs = it.node.get(field).map(Node::entries).unwrap_or_default();
        // The first version keeps the packages inside a package under the same word.
        let ranges = needs.iter().filter(|(_, it)| it.as_str().is_some());
        seen.uses.extend(ranges.filter_map(|(name, _)| need(path, name, scope, names)));
    }
    Some(seen)
}

/// Which package answers to `wanted` in the folder `path`: that of the nearest folder above.
fn need(
    path: &str,
    wanted: &Spanned<String>,
    scope: Scope,
    names: &BTreeMap<&str, Named>,
) -> Option<Use> {
    let mut folder = path;
    for _ in 0..=DEEPEST {
        let slash = if folder.is_empty() { "" } else { "/" };
        let inside = format!("{folder}{slash}{FOLDER}{}", wanted.value);
        if let Some(Named { name, version, .. }) = names.get(inside.as_str()) {
            return Some(locked::depends("npm", name, version.as_deref(), scope, wanted.at));
        }
        if folder.is_empty() {
            break;
        }
        folder = folder.rfind('/').map_or("", |it| &folder[..it]);
        folder = folder.strip_suffix("/node_modules").unwrap_or(folder);
        folder = if folder == "node_modules" { "" } else { folder };
    }
    None
}
