//! What a directory holds beside its main thing: `DATA_LICENSE` beside the `LICENSE` of code, a
//! datasheet beside a model, many models in one folder.

use std::collections::BTreeSet;

use crate::component::Kind;
use crate::group::{Group, Groups, Home, Seen};

/// Makes homes of their own for all parts.
pub(crate) fn part(groups: &mut Groups) {
    let directories: Vec<Home> =
        groups.keys().filter(|it| matches!(it, Home::Directory(_))).cloned().collect();
    for home in directories {
        let Some(group) = groups.remove(&home) else { continue };
        let (main, parts) = by_kind(home.path(), group);
        let (main, files) = by_file(main);
        for (home, part) in parts.into_iter().chain(files) {
            groups.entry(home).or_default().sightings.extend(part.sightings);
        }
        if !main.sightings.is_empty() {
            groups.insert(home, main);
        }
    }
}

/// What belongs to the main thing of the directory, and the rest by kind.
fn by_kind(directory: &str, group: Group) -> (Group, Groups) {
    let main = main_kind(&group);
    let (mut rest, mut parts) = (Group::default(), Groups::new());
    let shared: Vec<Seen> =
        group.sightings.iter().filter(|it| is_plain_text(it)).cloned().collect();
    // Beside a text that is expressly for the model, a plain one is for the code.
    let of_main = |it: &Seen| it.is_text() && it.said.kind.is_some() && it.said.kind == main;
    let is_split = main.is_some_and(|it| it != Kind::Code) && group.sightings.iter().any(of_main);
    for seen in group.sightings {
        let kind = match seen.said.kind {
            None if is_split && seen.is_text() => Some(Kind::Code),
            Some(kind) if Some(kind) != main.or(Some(Kind::Code)) => Some(kind),
            None | Some(_) => None,
        };
        let Some(kind) = kind else {
            rest.sightings.push(seen);
            continue;
        };
        let home = Home::Part { directory: directory.to_owned(), kind };
        parts.entry(home).or_default().sightings.push(seen);
    }
    parts.retain(|_, part| part.sightings.iter().any(|it| !it.said.aside));
    for part in parts.values_mut().filter(|it| !it.speaks_of_license()) {
        part.sightings.extend(shared.iter().cloned());
    }
    (rest, parts)
}

fn is_plain_text(seen: &Seen) -> bool {
    seen.is_text() && seen.said.kind.is_none()
}

/// What the directory is first of all. Its README knows; else what its files describe, if that
/// is one thing; else whose weights lie there. Texts for the data and pages about them make no
/// dataset of a directory that has a plain text, too.
fn main_kind(group: &Group) -> Option<Kind> {
    let (texts, others): (Vec<&Seen>, Vec<&Seen>) =
        group.sightings.iter().partition(|it| it.is_text());
    let kinds = |of: &[&Seen]| of.iter().filter_map(|it| it.said.kind).collect::<BTreeSet<_>>();
    let only = |of: &[&Seen]| Some(kinds(of)).filter(|it| it.len() == 1)?.into_iter().next();
    if let Some(stated) = others.iter().filter(|it| it.is_readme()).find_map(|it| it.said.kind) {
        return Some(stated);
    }
    let is_page = |it: &&Seen| it.file.to_ascii_lowercase().ends_with(".md");
    let has_both = texts.iter().any(|it| is_plain_text(it)) && !kinds(&texts).is_empty();
    if has_both && others.iter().all(is_page) {
        return None;
    }
    if !kinds(&others).is_empty() {
        let has_weights = others.iter().any(|it| it.is_header);
        return only(&others).or_else(|| has_weights.then_some(Kind::Model));
    }
    let is_only_for_it = others.is_empty() && texts.iter().all(|it| it.said.kind.is_some());
    is_only_for_it.then(|| only(&texts)).flatten()
}

/// Many models in one folder: where nothing but weight files speaks, and they call themselves
/// differently, each is a thing of its own. Files that say nothing of themselves stay together.
fn by_file(group: Group) -> (Group, Groups) {
    let weights = || group.sightings.iter().filter(|it| it.is_header);
    let called: BTreeSet<_> = weights().map(calling).filter(|it| !it.is_empty()).collect();
    let others = group.sightings.iter().any(|it| !it.is_header && !it.is_text());
    if called.len() < 2 || others {
        return (group, Groups::new());
    }
    let (texts, files): (Vec<Seen>, Vec<Seen>) =
        group.sightings.into_iter().partition(Seen::is_text);
    let (mut rest, mut parts) = (Group::default(), Groups::new());
    for file in files {
        if calling(&file).is_empty() {
            rest.sightings.push(file);
            continue;
        }
        let home = Home::File(file.file.clone());
        parts.entry(home).or_default().sightings.push(file);
    }
    let all = parts.values_mut().chain(Some(&mut rest).filter(|it| !it.sightings.is_empty()));
    all.for_each(|it| it.sightings.extend(texts.iter().cloned()));
    (rest, parts)
}

/// All that a weight file says of itself, in one form. Files of one model in other formats call
/// each part by a title of its own; a GGUF file holds a whole.
fn calling(seen: &Seen) -> BTreeSet<String> {
    let it = &seen.said;
    let is_whole = seen.file.to_ascii_lowercase().ends_with(".gguf");
    let titles = it.traits.iter().filter(|_| is_whole).map(|it| it.value.as_str());
    let words = it.names.iter().map(|it| it.value.as_str()).chain(titles);
    let words = words.chain(it.licenses.iter().map(|it| it.raw.value.as_str()));
    words.chain(it.uses.iter().map(|it| it.target.value.as_str())).map(str::to_lowercase).collect()
}
