//! What licenses were when somebody last looked: the file `caveat.lock`.

use std::fmt::Write as _;

use caveat_core::source::{SourceId, Span, Spanned};

use super::{Digest, PolicyError, parse, quoted};
use crate::verdict::Verdict;
use crate::vocabulary::Word;

/// How many bytes of a lock are read; more is refused. A hundred thousand components take about
/// thirty megabytes.
pub const LONGEST_LOCK: usize = 64 << 20;

/// What every file of this kind begins with, for the people who meet it.
const HEAD: &str = "\
# What licenses were when this file was written, so that what changes is seen: caveat check --locked.\n\
# Written by `caveat lock`; not to be edited by hand.\n\
lock = 1\n";

/// What licenses were.
#[derive(Clone, Debug, PartialEq)]
pub struct Lock {
    /// Its text, where it has one.
    pub source: SourceId,
    /// By identity and version.
    pub components: Vec<Locked>,
    /// By id.
    pub licenses: Vec<LockedLicense>,
}

/// What the license of one component was.
#[derive(Clone, Debug, PartialEq)]
pub struct Locked {
    /// Where it is written.
    pub at: Span,
    /// Its identity.
    pub id: Spanned<String>,
    /// Its revision, where that is no part of its identity.
    pub version: Option<String>,
    /// The license that was concluded, in one order whatever order it was written in.
    pub license: Option<Spanned<String>>,
    /// The digest of all words in the tree that say so.
    pub evidence: Option<Spanned<Digest>>,
    /// What came of it.
    pub decision: Option<Verdict>,
}

/// What one license asked.
#[derive(Clone, Debug, PartialEq)]
pub struct LockedLicense {
    /// Where it is written.
    pub at: Span,
    /// Its id, with the exception that follows `WITH`.
    pub id: String,
    /// The digest of its terms.
    pub terms: Option<Digest>,
    /// What it asked, by tags.
    pub asks: Vec<String>,
}

impl Lock {
    /// Reads the text of a lock. All mistakes are told at once; there is at least one where there
    /// is no lock.
    pub fn parse(text: &str, source: SourceId) -> Result<Self, Vec<PolicyError>> {
        parse::lock(text, source)
    }

    /// What it says of the folder to which `prefix` leads, and of what has no place.
    #[must_use]
    pub fn below(mut self, prefix: &str) -> Self {
        const PLACE: &str = "path:";
        if prefix.is_empty() {
            return self;
        }
        self.components.retain_mut(|it| {
            let Some(path) = it.id.value.strip_prefix(PLACE) else { return true };
            let Some(rest) = path.strip_prefix(prefix) else { return false };
            it.id.value = match rest.strip_prefix('/') {
                Some(rest) => format!("{PLACE}{rest}"),
                None if rest.is_empty() => format!("{PLACE}."),
                None => return false,
            };
            true
        });
        self
    }

    /// Its text, in one order.
    pub fn write(&self) -> String {
        let mut text = HEAD.to_owned();
        let mut components: Vec<_> = self.components.iter().collect();
        components.sort_by_key(|it| (&it.id.value, &it.version));
        for it in components {
            let pairs = [
                ("id", Some(quoted(&it.id.value))),
                ("version", it.version.as_deref().map(quoted)),
                ("license", it.license.as_ref().map(|it| quoted(&it.value))),
                ("evidence", it.evidence.as_ref().map(|it| format!("\"{}\"", it.value))),
                ("decision", it.decision.map(|it| quoted(decided(it)))),
            ];
            table(&mut text, "component", &pairs);
        }
        let mut licenses: Vec<_> = self.licenses.iter().collect();
        licenses.sort_by_key(|it| &it.id);
        for it in licenses {
            let asks: Vec<_> = it.asks.iter().map(|it| quoted(it)).collect();
            let pairs = [
                ("id", Some(quoted(&it.id))),
                ("terms", it.terms.map(|it| format!("\"{it}\""))),
                ("asks", Some(format!("[{}]", asks.join(", ")))),
            ];
            table(&mut text, "license", &pairs);
        }
        text
    }
}

/// A decision as locks and comparisons write it.
pub fn decided(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::Review => "review",
        Verdict::Denied => "denied",
    }
}

/// The decision that a lock writes so.
pub(super) fn decision(word: &str) -> Option<Verdict> {
    Verdict::ALL.iter().copied().find(|it| decided(*it) == word)
}

fn table(text: &mut String, name: &str, pairs: &[(&str, Option<String>)]) {
    // Writing to memory does not fail.
    let _ = write!(text, "\n[[{name}]]\n");
    for (key, value) in pairs {
        let Some(value) = value else { continue };
        let _ = writeln!(text, "{key} = {value}");
    }
}
