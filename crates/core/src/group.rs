//! What is said of one subject, gathered from all files that speak of it.

use std::collections::BTreeMap;

use crate::component::Kind;
use crate::places::parent;
use crate::reading::{Meant, Sighting, Subject};
use crate::source::SourceId;

/// Where a subject lives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Home {
    /// A directory, for whatever lives there.
    Directory(String),
    /// One file.
    File(String),
    /// A package, with the directory of its manifest.
    Package { directory: String, ecosystem: &'static str, name: String, version: Option<String> },
    /// What packages below a directory may inherit.
    Workspace { directory: String, ecosystem: &'static str },
}

impl Home {
    /// The path that stands for it.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Directory(it)
            | Self::File(it)
            | Self::Package { directory: it, .. }
            | Self::Workspace { directory: it, .. } => it,
        }
    }
}

/// The home of what `seen` is about in the file `path`.
pub(crate) fn home(path: &str, seen: &Sighting) -> Home {
    // Whatever is only named lives nowhere in particular: all files that name it mean the same.
    let directory = if seen.elsewhere { String::new() } else { parent(path).to_owned() };
    match &seen.subject {
        Subject::Directory => Home::Directory(directory),
        Subject::File => Home::File(path.to_owned()),
        Subject::Package { ecosystem, name, version } => {
            Home::Package { directory, ecosystem, name: name.clone(), version: version.clone() }
        }
        Subject::Workspace { ecosystem, .. } => Home::Workspace { directory, ecosystem },
    }
}

/// Moves what says nothing of itself to where it belongs: a license text or a bare README to
/// the packages of its directory, a folder of weights to the model whose folder holds it.
pub(crate) fn fold_into_parents(groups: &mut BTreeMap<Home, Group>) {
    inherit(groups);
    to_packages(groups);
    to_models_above(groups);
}

/// Gives packages the words and the version that they inherit from the nearest workspace above,
/// and drops the workspaces: they are no components.
fn inherit(groups: &mut BTreeMap<Home, Group>) {
    let (workspaces, kept): (BTreeMap<_, _>, BTreeMap<_, _>) = std::mem::take(groups)
        .into_iter()
        .partition(|(home, _)| matches!(home, Home::Workspace { .. }));
    let mut renamed = BTreeMap::new();
    for (mut home, mut group) in kept {
        if let Home::Package { directory, ecosystem, version, .. } = &mut home
            && let Some(workspace) = workspace_above(&workspaces, directory, ecosystem)
        {
            for (_, sighting) in &mut group.sightings {
                take_words(sighting, workspace);
            }
            if version.is_none() {
                *version = offered_version(workspace);
            }
        }
        // A lockfile may have named the package with its version already.
        let known: &mut Group = renamed.entry(home).or_default();
        known.sightings.extend(group.sightings);
    }
    *groups = renamed;
}

fn workspace_above<'a>(
    workspaces: &'a BTreeMap<Home, Group>,
    directory: &str,
    ecosystem: &'static str,
) -> Option<&'a Group> {
    let mut directory = directory;
    loop {
        let home = Home::Workspace { directory: directory.to_owned(), ecosystem };
        match workspaces.get(&home) {
            Some(it) => return Some(it),
            None if directory.is_empty() => return None,
            None => directory = parent(directory),
        }
    }
}

/// Replaces words that only point to the workspace by the workspace's own.
fn take_words(sighting: &mut Sighting, workspace: &Group) {
    let offered = || workspace.sightings.iter().flat_map(|(_, it)| it.licenses.iter().cloned());
    let inherits = sighting.licenses.iter().any(|it| it.meant == Meant::Inherited);
    if inherits {
        sighting.licenses.retain(|it| it.meant != Meant::Inherited);
        sighting.licenses.extend(offered());
    }
}

fn offered_version(workspace: &Group) -> Option<String> {
    workspace.sightings.iter().find_map(|(_, it)| match &it.subject {
        Subject::Workspace { version, .. } => version.clone(),
        Subject::Directory | Subject::File | Subject::Package { .. } => None,
    })
}

fn to_packages(groups: &mut BTreeMap<Home, Group>) {
    let mut packages: BTreeMap<String, Vec<Home>> = BTreeMap::new();
    for (home, group) in &*groups {
        if let Home::Package { directory, .. } = home
            && !group.is_elsewhere()
        {
            packages.entry(directory.clone()).or_default().push(home.clone());
        }
    }
    for (directory, packages) in packages {
        let home = Home::Directory(directory);
        let Some(group) = groups.get(&home) else { continue };
        let shared: Vec<_> =
            group.sightings.iter().filter(|(_, it)| it.kind.is_none()).cloned().collect();
        for package in &packages {
            if let Some(it) = groups.get_mut(package) {
                it.sightings.extend(shared.iter().cloned());
            }
        }
        if groups.get(&home).is_some_and(|it| it.kind().is_none()) {
            groups.remove(&home);
        }
    }
}

fn to_models_above(groups: &mut BTreeMap<Home, Group>) {
    let bare: Vec<Home> = groups
        .iter()
        .filter(|(home, group)| matches!(home, Home::Directory(_)) && !group.speaks_of_license())
        .map(|(home, _)| home.clone())
        .collect();
    // Deepest first, so that a chain of folders ends at the topmost card.
    for home in bare.into_iter().rev() {
        let Some(above) = model_above(groups, home.path()) else { continue };
        let Some(group) = groups.get(&home) else { continue };
        if group.stands_alone() {
            // An adapter in a model's folder is a thing of its own under the folder's license.
            let words: Vec<_> = license_sightings(groups, &above);
            if let Some(it) = groups.get_mut(&home) {
                it.sightings.extend(words);
            }
        } else if let Some(group) = groups.remove(&home)
            && let Some(it) = groups.get_mut(&above)
        {
            it.sightings.extend(group.sightings);
        }
    }
}

fn license_sightings(groups: &BTreeMap<Home, Group>, home: &Home) -> Vec<(SourceId, Sighting)> {
    let Some(group) = groups.get(home) else { return Vec::new() };
    let only_words = |it: &Sighting| {
        let mut words = it.clone();
        words.names.clear();
        words.uses.clear();
        words
    };
    group.sightings.iter().map(|(id, it)| (*id, only_words(it))).collect()
}

/// The nearest folder above that holds a model or dataset which speaks of its license.
fn model_above(groups: &BTreeMap<Home, Group>, path: &str) -> Option<Home> {
    let mut path = path;
    while !path.is_empty() {
        path = parent(path);
        let home = Home::Directory(path.to_owned());
        if groups.get(&home).is_some_and(|it| it.speaks_of_license() && it.is_weights_or_data()) {
            return Some(home);
        }
    }
    None
}

/// Everything that is said of one subject.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    /// What the files say, with the source of each.
    pub(crate) sightings: Vec<(SourceId, Sighting)>,
}

impl Group {
    /// Whether any file says what the subject is, is named, or was made from.
    pub(crate) fn stands_alone(&self) -> bool {
        self.sightings.iter().any(|(_, it)| !it.names.is_empty() || !it.uses.is_empty())
            || self.sightings.iter().any(|(_, it)| it.kind.is_some() && !it.licenses.is_empty())
    }

    /// Whether the files only name the subject, which lives in another place.
    pub(crate) fn is_elsewhere(&self) -> bool {
        self.sightings.iter().all(|(_, it)| it.elsewhere)
    }

    /// The kind that the files state: the first that states one, in the order of the files.
    pub(crate) fn kind(&self) -> Option<Kind> {
        self.sightings.iter().find_map(|(_, it)| it.kind)
    }

    /// Whether this is a model or a dataset.
    pub(crate) fn is_weights_or_data(&self) -> bool {
        matches!(self.kind(), Some(Kind::Model | Kind::Dataset))
    }

    /// Whether any file says anything of a license.
    pub(crate) fn speaks_of_license(&self) -> bool {
        self.sightings.iter().any(|(_, it)| !it.licenses.is_empty())
    }
}
