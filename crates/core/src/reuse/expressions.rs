//! What the expressions of a project say, each read once.

use std::collections::BTreeMap;

use crate::expression::{Id, NoteKind, named, parse};
use crate::source::{SourceId, Span};

/// What an expression says.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    /// Its licenses and exceptions.
    pub(super) ids: Vec<Id>,
    /// Why it is none, and what to do.
    pub(super) refused: Option<(String, Option<String>)>,
}

/// Expressions by their words.
#[derive(Debug, Default)]
pub(super) struct Expressions(BTreeMap<String, Meaning>);

impl Expressions {
    /// What these words say.
    pub(super) fn of(&mut self, words: &str) -> &Meaning {
        self.0.entry(words.to_owned()).or_insert_with(|| meaning(words))
    }
}

fn meaning(words: &str) -> Meaning {
    let parsed = parse(words, Span::new(SourceId(0), 0..words.len()));
    let is_strange = |it: &NoteKind| {
        it.refuses() || matches!(it, NoteKind::Slash | NoteKind::MixedCase | NoteKind::NotAlone)
    };
    if let Some(note) = parsed.notes.into_iter().find(|it| is_strange(&it.kind)) {
        return Meaning { ids: Vec::new(), refused: Some((note.message, note.help)) };
    }
    let says_nothing = parsed.expression.is_none_or(|it| it.licenses().next().is_none());
    if says_nothing {
        let why = "it names no license".to_owned();
        return Meaning { ids: Vec::new(), refused: Some((why, None)) };
    }
    Meaning { ids: named(words).into_iter().map(|it| it.id).collect(), refused: None }
}
