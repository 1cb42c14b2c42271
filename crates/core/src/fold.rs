//! Whose a thing is that says nothing of itself: a license text or a bare README belongs to the
//! packages of its directory, a folder of weights to the model whose folder holds it.

use std::collections::BTreeMap;

use crate::component::Kind;
use crate::group::{Group, Groups, Home, Seen};
use crate::places::{is_own, parent};
use crate::reading::{Meant, Sighting};

/// Moves everything to where it belongs.
pub(crate) fn fold(groups: &mut Groups) {
    inherit(groups);
    to_packages(groups);
    to_models_above(groups);
    to_programs(groups);
}

/// A source file that only uses things is a part of the program around it: of the package or
/// whatever else lives in the nearest directory above, at last of the project as a whole.
fn to_programs(groups: &mut Groups) {
    let mut owners: BTreeMap<String, Home> = BTreeMap::new();
    for home in groups.keys() {
        match home {
            Home::Package { directory, .. } => {
                owners.insert(directory.clone(), home.clone());
            }
            Home::Directory(directory) => {
                owners.entry(directory.clone()).or_insert_with(|| home.clone());
            }
            Home::Part { .. }
            | Home::File(_)
            | Home::Dependency { .. }
            | Home::Workspace { .. } => {}
        }
    }
    let is_source = |(home, group): &(&Home, &Group)| {
        let only_uses = |it: &Seen| it.said.names.is_empty() && it.said.licenses.is_empty();
        matches!(home, Home::File(_))
            && group.stated_kind() == Some(Kind::Code)
            && group.sightings.iter().all(only_uses)
    };
    let sources: Vec<Home> = groups.iter().filter(is_source).map(|it| it.0.clone()).collect();
    for home in sources {
        let mut directory = parent(home.path());
        while !directory.is_empty() && !owners.contains_key(directory) {
            directory = parent(directory);
        }
        let project = || Home::Directory(String::new());
        let owner = owners.get(directory).cloned().unwrap_or_else(project);
        if let Some(group) = groups.remove(&home) {
            groups.entry(owner).or_default().sightings.extend(group.sightings);
        }
    }
}

/// Gives packages the words and the version that they inherit from the nearest workspace above,
/// and drops the workspaces: they are no components.
fn inherit(groups: &mut Groups) {
    let (workspaces, kept): (Groups, Groups) = std::mem::take(groups)
        .into_iter()
        .partition(|(home, _)| matches!(home, Home::Workspace { .. }));
    *groups = kept;
    for (home, group) in groups.iter_mut() {
        if let Home::Package { directory, ecosystem, .. } = home
            && let Some(workspace) = workspace_above(&workspaces, directory, ecosystem)
        {
            group.sightings.iter_mut().for_each(|it| take_words(&mut it.said, workspace));
            group.offered_version = workspace.version();
        }
    }
    // A text or a page beside the workspace's manifest is about the whole of it.
    for (home, workspace) in workspaces {
        let beside = Home::Directory(home.path().to_owned());
        if let Some(it) = groups.get_mut(&beside).filter(|it| is_about_code(it)) {
            it.sightings.extend(workspace.sightings.iter().map(Seen::only_words));
        }
    }
}

fn is_about_code(group: &Group) -> bool {
    matches!(group.carded_kind(), None | Some(Kind::Code))
}

fn workspace_above<'a>(
    workspaces: &'a Groups,
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
    let offered = || workspace.sightings.iter().flat_map(|it| it.said.licenses.iter().cloned());
    if sighting.licenses.iter().any(|it| it.meant == Meant::Inherited) && offered().next().is_some()
    {
        sighting.licenses.retain(|it| it.meant != Meant::Inherited);
        sighting.licenses.extend(offered());
    }
}

/// What is said of a directory without saying what it is, or of code in it, is said of the
/// packages whose manifests lie there.
fn to_packages(groups: &mut Groups) {
    let mut packages: BTreeMap<String, Vec<Home>> = BTreeMap::new();
    for home in groups.keys() {
        if let Home::Package { directory, .. } = home {
            packages.entry(directory.clone()).or_default().push(home.clone());
        }
    }
    for (directory, packages) in packages {
        let home = Home::Directory(directory);
        let Some(group) = groups.get(&home) else { continue };
        let about_code = |it: &Seen| matches!(it.said.kind, None | Some(Kind::Code));
        let shared: Vec<Seen> =
            group.sightings.iter().filter(|it| about_code(it)).cloned().collect();
        if group.sightings.iter().all(about_code) {
            groups.remove(&home);
        }
        for package in &packages {
            if let Some(it) = groups.get_mut(package) {
                it.sightings.extend(shared.iter().cloned());
            }
        }
    }
}

fn to_models_above(groups: &mut Groups) {
    let bare: Vec<Home> = groups
        .iter()
        .filter(|(home, group)| matches!(home, Home::Directory(_)) && !group.speaks_of_license())
        .map(|(home, _)| home.clone())
        .collect();
    // Deepest first, so that a chain of folders ends at the topmost card.
    for home in bare.into_iter().rev() {
        let Some(group) = groups.get(&home) else { continue };
        let Some(kind) = group.carded_kind() else { continue };
        let Some(above) = above(groups, home.path(), kind) else { continue };
        if group.stands_alone() {
            // An adapter in a model's folder is a thing of its own under the folder's license.
            let words: Vec<_> = words(groups, &above);
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

fn words(groups: &Groups, home: &Home) -> Vec<Seen> {
    let group = groups.get(home).into_iter();
    let speaking = group.flat_map(|it| &it.sightings).filter(|it| !it.said.licenses.is_empty());
    speaking.map(Seen::only_words).collect()
}

/// The nearest folder above that holds something of the same kind with a card or a license. The
/// way there does not lead out of a folder of other people's work.
fn above(groups: &Groups, path: &str, kind: Kind) -> Option<Home> {
    let mut at = path;
    while !at.is_empty() {
        at = parent(at);
        if is_own(at) != is_own(path) {
            return None;
        }
        let home = Home::Directory(at.to_owned());
        let fits = |it: &Group| {
            it.carded_kind() == Some(kind)
                && (it.speaks_of_license()
                    || it.sightings.iter().any(|it| it.is_readme() || it.is_index()))
        };
        if groups.get(&home).is_some_and(fits) {
            return Some(home);
        }
    }
    None
}
