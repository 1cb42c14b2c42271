//! What notices and tags of a file state, beside the texts that it holds.

use std::ops::Range;

use caveat_core::component::Origin;
use caveat_core::library::{Library, Named};
use caveat_core::notices::{Said, Statement, in_program, in_prose, is_program};
use caveat_core::texts::Match;
use serde_json::{Value, json};

use super::Looked;

/// A statement of a license.
pub(super) struct Stated {
    /// What it means, where it means one thing.
    pub(super) license: Option<String>,
    /// What may be meant, where it is a family.
    members: &'static [&'static str],
    /// What most people mean by such words.
    usual: Option<&'static str>,
    /// The words.
    pub(super) raw: Range<usize>,
    /// `tag` or `notice`.
    pub(super) origin: &'static str,
}

impl Stated {
    pub(super) fn as_value(&self, file: &Looked) -> Value {
        json!({
            "kind": "license",
            "license": self.license,
            "aliases": [],
            "score": if self.license.is_some() { 1.0 } else { 0.5 },
            "start": self.raw.start,
            "end": self.raw.end,
            "line": file.line(self.raw.start),
            "end_line": file.line(self.raw.end.saturating_sub(1)),
            "origin": self.origin,
            "modified": false,
            "sibling_of": self.usual,
            "nearest": self.license.as_deref().or(self.usual),
            "differences": [],
        })
    }
}

/// What is said in a file outside of the texts that were found in it.
pub(super) fn stated(path: &str, text: &str, texts: &[Match]) -> Vec<Stated> {
    let spans: Vec<Range<usize>> = texts.iter().flat_map(Match::explained).collect();
    let mut all = if is_program(path) { in_program(path, text) } else { Vec::new() };
    if all.is_empty() {
        all = in_prose(text, &spans);
    }
    let is_own = |it: &Statement| {
        it.origin != Origin::Text
            && !spans.iter().any(|span| span.start < it.at.end && it.at.start < span.end)
    };
    let own = all.into_iter().filter(is_own).map(|it| of(text, it));
    // A family beside a text of one of its members says nothing more.
    own.filter(|it| !texts.iter().any(|text| it.members.contains(&text.nearest))).collect()
}

fn of(text: &str, it: Statement) -> Stated {
    let raw = text.get(it.raw.clone()).unwrap_or_default();
    let named = Library::embedded().named(raw);
    let (license, usual) = match it.said {
        Said::Grant(it) => (Some(it), None),
        Said::Tag | Said::Words | Said::Text { .. } => match named {
            Named::License(id) => (Some(id.to_owned()), None),
            Named::Ambiguous(family) => (None, family.usual),
            Named::Reserved | Named::Placeholder | Named::Unknown => {
                ((it.origin == Origin::Tag).then(|| raw.to_owned()), None)
            }
        },
    };
    let members = match named {
        Named::Ambiguous(family) if license.is_none() => family.members,
        Named::Ambiguous(_)
        | Named::License(_)
        | Named::Reserved
        | Named::Placeholder
        | Named::Unknown => &[],
    };
    Stated { license, members, usual, raw: it.raw, origin: it.origin.name() }
}
