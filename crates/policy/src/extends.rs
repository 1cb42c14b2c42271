//! One policy out of several: a child may tighten what its bases say, and never loosen it.
//!
//! Choices and records belong to the child; stances belong to whoever is strictest, and what a base
//! knows of us holds for its children. The promise: whatever is asked, the effective policy never
//! answers better than one of its bases would.

pub mod direction;
mod stances;
mod answers;
pub mod reach;
mod overrides;
mod levels;
mod bounds;
mod records;
mod facts;

use std::collections::BTreeMap;

use caveat_core::source::{Span, Spanned};

use crate::policy::{Mistake, Policy, PolicyError, shown};

/// How many attempts to loosen are told; whoever made more will make another run.
const MOST: usize = 100;

/// What `child` comes to on top of `parents`, the effective policies of what it extends, in its own
/// order. Every value keeps the place in the file that it was written in. An attempt to loosen is a
/// mistake; with one there is no policy.
pub fn effective(child: &Policy, parents: &[Policy]) -> Result<Policy, Vec<PolicyError>> {
    let mut merge = Merge { child, parents, mistakes: Vec::new() };
    // What is not listed here is the child's own.
    let mut policy = Policy { extends: Vec::new(), ..child.clone() };
    facts::merge(&mut merge, &mut policy);
    records::merge(&mut merge, &mut policy);
    bounds::merge(&mut merge, &mut policy);
    policy.rules = stances::merge(&mut merge);
    answers::merge(&mut merge, &mut policy);
    levels::merge(&mut merge, &mut policy);
    overrides::merge(&mut merge, &mut policy);
    let Merge { mut mistakes, .. } = merge;
    mistakes.sort_by_key(|it| it.at);
    // One line that is too loose in several ways is one attempt; bases may differ in several.
    let named = |at| child.extends.iter().any(|it| it.at == at);
    mistakes.dedup_by(|one, other| one == other || (one.at == other.at && !named(one.at)));
    mistakes.truncate(MOST);
    if mistakes.is_empty() { Ok(policy) } else { Err(mistakes) }
}

/// A child, its bases, and what is wrong between them.
struct Merge<'a> {
    child: &'a Policy,
    parents: &'a [Policy],
    mistakes: Vec<PolicyError>,
}

impl<'a> Merge<'a> {
    /// The bases, each with the place where the child names it.
    fn bases(&self) -> impl Iterator<Item = Base<'a>> + use<'a> {
        let child = self.child;
        self.parents.iter().enumerate().map(move |(number, policy)| {
            let named = child.extends.get(number).map(|it| it.at);
            Base { policy, named: named.unwrap_or(Span::new(child.source, 0..0)) }
        })
    }

    fn note(&mut self, at: Span, mistake: Mistake) {
        // Many lines may fail against many bases: memory stays in bounds.
        if self.mistakes.len() < MOST * 10 {
            self.mistakes.push(PolicyError { at, mistake });
        }
    }

    fn loosens(&mut self, at: Span, says: String, line: Spanned<&'static str>, help: String) {
        self.note(at, Mistake::Loosens { says, held: line, help });
    }

    /// Notes every name that several files give to different things. `all` has each with the place
    /// of what it names.
    fn once<'p>(&mut self, noun: &'static str, all: impl Iterator<Item = &'p Spanned<String>>) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for name in all {
            let first = *seen.entry(name.value.as_str()).or_insert(name.at);
            // The same line comes twice where two bases extend a third.
            if first != name.at {
                let name = name.clone();
                self.note(name.at, Mistake::Twice { noun, name: name.value, first });
            }
        }
    }
}

/// A base policy, and where the child names it.
#[derive(Clone, Copy)]
struct Base<'a> {
    policy: &'a Policy,
    named: Span,
}

impl Base<'_> {
    fn name(&self) -> String {
        format!("the base policy `{}`", shown(&self.policy.name))
    }

    /// The line that holds against the child: the base's own, else the one that names the base.
    fn held(&self, at: Option<Span>) -> Spanned<&'static str> {
        match at {
            Some(it) => Spanned::new("the base says so here", it),
            None => {
                Spanned::new("this base says nothing of it, so that its default holds", self.named)
            }
        }
    }
}

/// What several files say, each once, in the order in which they are given.
fn distinct<'a, T: Clone + 'a>(all: impl Iterator<Item = &'a T>, at: fn(&T) -> Span) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    all.filter(|it| seen.insert(at(it))).cloned().collect()
}
