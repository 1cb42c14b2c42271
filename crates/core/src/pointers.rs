//! Words that point to a license text elsewhere in the tree: `license-file = "../LICENSE"`.

use std::collections::{BTreeMap, BTreeSet};

use crate::group::{Group, Groups, Home, Seen};
use crate::places::{is_store, parent, resolved};
use crate::reading::{Meant, Wording};

/// More texts than any pattern means.
const MOST: usize = 32;

/// Gives whoever points to a text what the text says, and drops texts in a store, which are the
/// project's supply and speak only for those who point to them.
pub(crate) fn follow(groups: &mut Groups) {
    let mut texts: BTreeMap<String, Seen> = BTreeMap::new();
    for seen in groups.values().flat_map(|it| &it.sightings).filter(|it| it.is_text()) {
        texts.insert(seen.file.clone(), seen.only_words());
    }
    for group in groups.values_mut() {
        add_texts(group, &texts);
    }
    groups.retain(|home, _| !matches!(home, Home::File(path) if is_store(path)));
}

fn add_texts(group: &mut Group, texts: &BTreeMap<String, Seen>) {
    let mut known: BTreeSet<String> = group.sightings.iter().map(|it| it.file.clone()).collect();
    let mut found: Vec<Seen> = Vec::new();
    for seen in &mut group.sightings {
        let here = parent(&seen.file);
        seen.said.licenses.retain(|wording| {
            let Some(pattern) = target(wording) else { return true };
            let matching = matching(here, pattern, texts);
            let is_followed = !matching.is_empty();
            let new = matching.into_iter().filter(|it| known.insert(it.file.clone()));
            found.extend(new.cloned());
            // A path that was followed has nothing more to say; a hub id may have.
            !is_followed || wording.meant != Meant::File
        });
    }
    group.sightings.extend(found);
}

/// The path that a wording points to.
fn target(wording: &Wording) -> Option<&str> {
    match &wording.meant {
        Meant::File => Some(wording.raw.value.trim()),
        Meant::HubId { link: Some(link), .. } => Some(link.value.trim()),
        Meant::HubId { link: None, .. }
        | Meant::Expression
        | Meant::Name
        | Meant::Grant(_)
        | Meant::Text { .. }
        | Meant::UnknownText
        | Meant::Inherited => None,
    }
}

/// The texts at `pattern`, seen from the directory `here`. One `*` stands for a part of a name.
fn matching<'a>(here: &str, pattern: &str, texts: &'a BTreeMap<String, Seen>) -> Vec<&'a Seen> {
    let Some(path) = resolved(here, pattern) else { return Vec::new() };
    let Some((before, after)) = path.split_once('*') else {
        return texts.get(&path).into_iter().collect();
    };
    let from = texts.range(before.to_owned()..);
    let begin = from.take_while(|(path, _)| path.starts_with(before));
    let fits = |path: &str| {
        let rest = path.get(before.len()..).and_then(|it| it.strip_suffix(after));
        rest.is_some_and(|it| !it.contains('/'))
    };
    begin.filter(|(path, _)| fits(path)).map(|(_, it)| it).take(MOST).collect()
}
