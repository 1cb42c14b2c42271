//! Names that a license asks of what is made of the work.

use caveat_core::expression::Expression;
use caveat_core::inventory::{Component, Relation};
use caveat_core::source::Span;
use caveat_core::tags::Tag;
use caveat_core::terms::{Name, NameKind};

use crate::dispute::Question;
use crate::ground::Ground;
use crate::travel::is_same_work;

/// What a name has to begin with, and the clause that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// The beginning.
    pub text: String,
    /// What the license says, in one clause.
    pub says: String,
    /// Where its terms say so.
    pub at: Option<Span>,
    /// The section.
    pub cite: String,
    /// The question on which it hangs, where the text leaves one open.
    pub open: Option<Question>,
}

/// What the licenses of something upstream want the name of `component` to begin with, as far as
/// that reaches it: another form of the same work is no new model.
pub fn prefixes(ground: &Ground<'_>, theirs: &Expression, way: &[&Relation]) -> Vec<Prefix> {
    if is_same_work(way) {
        return Vec::new();
    }
    let mut all = Vec::new();
    for license in theirs.licenses() {
        let terms = ground.terms(license);
        let Some(terms) = terms.filter(|it| !it.duties.names.is_empty()) else { continue };
        let travel = ground.travel(license, way);
        if !travel.takes(Tag::NamingRequired) {
            continue;
        }
        for fact in &terms.duties.names {
            let Name { kind: NameKind::Prefix, text: Some(text), .. } = &fact.value else {
                continue;
            };
            let (at, line) = (ground.fact_span(license, fact), fact.line());
            let (text, cite) = (text.clone(), line.cite);
            all.push(Prefix { text, says: line.words, at, cite, open: travel.open });
        }
    }
    all
}

impl Prefix {
    /// Whether a name begins as it has to. Case and the signs between words do not matter.
    pub fn fits(&self, name: &str) -> bool {
        plain(name).starts_with(&plain(&self.text))
    }

    /// Whether no name can begin as both want.
    pub fn collides(&self, other: &Self) -> bool {
        !self.fits(&other.text) && !other.fits(&self.text)
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a component is called: its own word, which is sure, or else its folder, which is a guess.
pub fn name(component: &Component) -> Option<(&str, bool)> {
    fn last(it: &str) -> Option<&str> {
        it.rsplit('/').next().filter(|it| !it.is_empty() && *it != ".")
    }
    let stated = component.name.as_deref().and_then(last).map(|it| (it, true));
    stated.or_else(|| last(&component.path).map(|it| (it, false)))
}
