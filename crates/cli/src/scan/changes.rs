//! The scan of a tree in which some files have changed.

use std::collections::BTreeSet;

use caveat_core::component::Kind;
use caveat_core::identify::identify;
use caveat_core::library::Library;
use caveat_core::reading::{Reading, Subject};
use caveat_core::relate::relate;
use caveat_core::source::Sources;

use super::{Scan, Taken, finish, read_tree, with_terms};
use crate::affected::Affected;
use crate::aids::Aids;
use crate::discover::Tree;
use crate::error::Error;
use crate::open::Opened;
use crate::read::{number, plan, read_all};
use crate::staged::Changed;

/// Whether what changed says nothing and said nothing, so that nobody is concerned. `tree` has the
/// changed files alone.
pub(crate) fn is_silent(tree: &Tree, changed: &Changed) -> bool {
    let before = Tree { files: changed.before.clone(), ..Tree::default() };
    let silent = |tree: &Tree| {
        let read = read_all(&plan(tree), 0, &Aids::none());
        read.iter().all(|it| matches!(it, Opened::Read(_, reading, _) if reading.is_empty()))
    };
    tree.missed.is_empty() && silent(tree) && silent(&before)
}

/// What there is to say where nobody looked at anything but a change that says nothing.
pub(crate) fn unscanned(tree: Tree) -> Scan {
    let library = Library::embedded();
    let mut read = Taken { sources: with_terms(library), ..Taken::default() };
    read.coverage.read = plan(&tree).len();
    read.coverage.seen = tree.files.len();
    finish(tree, library, read)
}

/// Scans files that were found, and tells whom the change of some of them concerns.
pub(crate) fn scan_changed(
    tree: Tree,
    changed: &Changed,
    mut aids: Aids,
) -> Result<(Scan, Affected), Error> {
    aids.begin(&tree);
    let library = Library::embedded();
    let read = read_tree(&tree, &tree.root, library, &aids)?;
    let before = earlier(&read, changed);
    let scan = finish(tree, library, read);
    aids.cache.close();
    let mut affected = Affected::of(&scan.graph, &scan.sources, &changed.paths);
    if let Some((readings, sources)) = before {
        // What was made from something that is gone, or goes by another name now, is concerned too.
        let graph = relate(identify(readings, &sources, &library), &sources);
        let earlier = Affected::of(&graph, &sources, &changed.paths);
        affected = affected.and(&scan.graph, earlier);
    }
    Ok((scan, affected))
}

/// What the tree says together with what changed files said before; nothing where those were silent
/// or still go by the same names.
fn earlier(read: &Taken, changed: &Changed) -> Option<(Vec<Reading>, Sources)> {
    let tree = Tree { files: changed.before.clone(), ..Tree::default() };
    let work = plan(&tree);
    let first = read.sources.next().0;
    let mut taken = Taken::default();
    for (index, opened) in read_all(&work, first, &Aids::none()).into_iter().enumerate() {
        // What could not be read then is no reason now.
        let _ = taken.take(work[index], number(first, index), opened);
    }
    if names(&taken) == names_in(read, &changed.paths) || taken.readings.is_empty() {
        return None;
    }
    let mut readings = read.readings.clone();
    readings.append(&mut taken.readings);
    let mut sources = read.sources.clone();
    taken.sources.iter().for_each(|it| sources.insert(it.clone()));
    Some((readings, sources))
}

/// Of whom a file speaks, and by which names.
type Named<'a> = Vec<(&'a str, &'a Subject, Option<Kind>, Vec<&'a str>)>;

fn names(read: &Taken) -> Named<'_> {
    let all = read.readings.iter().flat_map(|it| &it.sightings);
    let named = all.filter_map(|it| {
        let file = read.sources.get(it.at.source)?.name.as_str();
        let names = it.names.iter().map(|it| it.value.as_str()).collect();
        Some((file, &it.subject, it.kind, names))
    });
    named.collect()
}

fn names_in<'a>(read: &'a Taken, files: &BTreeSet<String>) -> Named<'a> {
    names(read).into_iter().filter(|it| files.contains(it.0)).collect()
}
