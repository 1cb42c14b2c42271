//! The commit that was looked at, in code that loads whatever is newest.

mod call;

use std::collections::BTreeSet;

use caveat_core::component::{ComponentId, How};
use caveat_core::inventory::Relation;
use caveat_core::source::Source;

use super::place::editable;
use super::{Bench, Fixer, Offers};
use crate::case::Case;
use crate::finding::Finding;
use crate::fix::{Change, Fix};
use call::{Place, call};

const NAME: &str = "revision-looked-at";

pub(super) const FIXER: Fixer = Fixer {
    name: NAME,
    summary: "pins the revision of a model or dataset to the one commit of it that lies in the tree",
    offers: Offers::For("mutable-revision", offer),
};

/// The branch that is loaded where none is stated.
const BRANCH: &str = "main";

/// How often one file loads the same thing, at most.
const MOST: usize = 64;

fn offer(bench: &Bench<'_>, finding: &Finding) -> Option<Fix> {
    let case = bench.case;
    let component = case.graph.components.get(&finding.component)?;
    let here = |it: &&Relation| {
        let at = it.revision.as_ref().map_or(it.at, |it| it.at);
        it.how == How::Uses && it.from == finding.component && at == finding.at
    };
    let relation = case.graph.relations.iter().find(here)?;
    let commit = commit(case, &relation.to)?;
    let source = editable(case, component, finding.at)?;
    if source.name.rsplit_once('.').map(|it| it.1) != Some("py") {
        return None;
    }
    let words = relation.at.range();
    let first = call(&source.text, &words, BRANCH)?;
    let mut changes = vec![pin(source, first.place, commit)];
    // What the same file loads once more in the same way has no finding of its own.
    let name = source.slice(relation.at);
    for (start, _) in source.text.match_indices(name).take(MOST).filter(|it| it.0 != words.start) {
        let again = call(&source.text, &(start..start + name.len()), BRANCH);
        let again = again.filter(|it| it.callee == first.callee);
        changes.extend(again.map(|it| pin(source, it.place, commit)));
    }
    Some(Fix {
        name: NAME,
        answers: None,
        component: component.id.clone(),
        title: format!("pin `revision=\"{commit}\"`"),
        because: "it is the commit of it that lies in the tree".to_owned(),
        changes,
    })
}

/// The commit at a place of a call.
fn pin(source: &Source, place: Place, commit: &str) -> Change {
    match place {
        Place::Branch(range) => Change::Replace { at: source.span(range), with: commit.to_owned() },
        Place::Behind(at) => {
            let text = format!(", revision=\"{commit}\"");
            Change::Insert { at: source.span(at..at), text }
        }
    }
}

/// The only commit of something that lies in the tree, or the one that its branch was seen at, where
/// nothing asks for another.
fn commit<'a>(case: &'a Case<'_>, id: &ComponentId) -> Option<&'a str> {
    let name = unversioned(id);
    let there = case.graph.components.values().filter(|it| unversioned(&it.id) == name);
    let commits: BTreeSet<&str> = there.filter_map(|it| it.version.as_deref()).collect();
    let commit = match branch(case, name) {
        Some(commit) => *commits.get(commit)?,
        None => commits.first().filter(|_| commits.len() == 1)?,
    };
    if !is_commit(commit) {
        return None;
    }
    let uses = case.graph.relations.iter().filter(|it| unversioned(&it.to) == name);
    let mut stated = uses.filter_map(|it| it.revision.as_ref());
    stated.all(|it| it.value == BRANCH || it.value == commit).then_some(commit)
}

/// The commit that the branch was at when a copy in the cache of the hub was last looked for.
fn branch<'a>(case: &'a Case<'_>, id: &str) -> Option<&'a str> {
    let name = id.strip_prefix("pkg:huggingface/")?;
    let (kind, name) = match name.strip_prefix("datasets/") {
        Some(name) => ("datasets", name),
        None => ("models", name),
    };
    let path = format!("{kind}--{}/refs/{BRANCH}", name.replace('/', "--")).to_ascii_lowercase();
    let exhibits = case.exhibits?;
    let is_it = |name: &str| {
        let before = name.to_ascii_lowercase().strip_suffix(&path).map(str::len);
        before.is_some_and(|it| it == 0 || name.as_bytes().get(it - 1) == Some(&b'/'))
    };
    let (_, source) = exhibits.opened().find(|it| is_it(it.0))?;
    Some(case.sources.get(source)?.text.trim())
}

fn unversioned(id: &ComponentId) -> &str {
    let id = id.as_str();
    id.split_once('@').map_or(id, |(name, _)| name)
}

/// A commit in full, so that it is one wherever it is looked up.
fn is_commit(revision: &str) -> bool {
    revision.len() == 40 && revision.bytes().all(|it| it.is_ascii_hexdigit())
}
