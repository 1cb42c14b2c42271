//! One license of an expression: its id, `+`, and exception.

use std::ops::Range;

use super::lex::{What, reference};
use super::listed::{self, Reading, Successor};
use super::note::{Note, NoteKind};
use super::parse::{Parser, Refused};
use super::{LicenseId, Licensed};
use crate::source::Spanned;

/// An id as written, with the place of the `+` behind it.
struct Written {
    word: Range<usize>,
    plus: Option<Range<usize>>,
}

impl Written {
    /// The id and its `+`.
    fn both(&self) -> Range<usize> {
        self.word.start..self.plus.as_ref().unwrap_or(&self.word).end
    }
}

/// What an id and its `+` mean.
struct Meaning {
    id: LicenseId,
    or_later: bool,
    /// The exception that a deprecated id brings with it.
    with: Option<&'static str>,
}

impl Meaning {
    fn plain(id: &str) -> Self {
        Self { id: LicenseId::unlisted(id), or_later: false, with: None }
    }
}

impl Parser<'_, '_> {
    /// The license that begins with the id at `word`, which is eaten already.
    pub(super) fn license(&mut self, word: Range<usize>) -> Result<Licensed, Refused> {
        let plus = self.plus(&word);
        let written = Written { word, plus };
        let (with, end) = match self.exception()? {
            Some((with, end)) => (Some(with), end),
            None => (None, written.both().end),
        };
        let meaning = self.meaning(&written, with.is_some());
        let implied = meaning.with.map(|it| Spanned::new(it.to_owned(), self.span(written.both())));
        if let Some(with) = &with {
            self.note_foreign(with, &meaning.id);
        }
        Ok(Licensed {
            id: meaning.id,
            or_later: meaning.or_later,
            with: with.or(implied),
            at: self.span(written.word.start..end),
        })
    }

    fn plus(&mut self, word: &Range<usize>) -> Option<Range<usize>> {
        let plus = self.eat(&[What::Plus])?.range;
        if plus.start > word.end {
            let at = self.span(word.start..plus.end);
            let note = Note::new(NoteKind::SpacedPlus, at, "there is white space before `+`");
            self.note(note.instead(format!("{}+", &self.text[word.clone()])));
        }
        Some(plus)
    }

    /// `WITH` and the exception behind it, and where that ends.
    fn exception(&mut self) -> Result<Option<(Spanned<String>, usize)>, Refused> {
        let Some(with) = self.eat(&[What::With]) else {
            return Ok(None);
        };
        let Some(word) = self.eat(&[What::Word]) else {
            return Err(self.syntax(with.range, "an exception is missing after `WITH`", None));
        };
        let end = word.range.end;
        let at = self.span(word.range.clone());
        Ok(Some((Spanned::new(self.exception_id(word.range), at), end)))
    }

    fn exception_id(&mut self, word: Range<usize>) -> String {
        let text = &self.text[word.clone()];
        if let Some(id) = listed::exception(text) {
            let Some(successor) = listed::successor(id) else {
                return id.to_owned();
            };
            self.note_renamed(id, successor.id, word);
            return successor.id.to_owned();
        }
        if let Some(reference) = reference(text, "AdditionRef-") {
            self.note_odd_reference(&reference, word);
            return reference;
        }
        self.note_unknown(NoteKind::UnknownException, word);
        text.to_owned()
    }

    fn meaning(&mut self, written: &Written, has_exception: bool) -> Meaning {
        let text = &self.text[written.word.clone()];
        if let Some(id) = listed::license(text) {
            return self.listed(id, written, has_exception);
        }
        if let Some(spelled) = reference(text, "LicenseRef-") {
            self.note_odd_reference(&spelled, written.word.clone());
            if written.plus.is_some() {
                self.note_needless_plus(&spelled, "a reference has no versions", written);
            }
            let known = (self.known)(&spelled).and_then(LicenseId::new);
            return Meaning { id: known.unwrap_or(LicenseId(spelled)), ..Meaning::plain("") };
        }
        if let Some(id) = (self.known)(text).and_then(LicenseId::new) {
            let message = format!("{} is no SPDX id", self.quote(&written.word));
            let note = Note::new(NoteKind::Alias, self.span(written.word.clone()), message);
            self.note(note.help(format!("write `{id}`")).instead(id.as_str()));
            return self.with_plus(id.as_str(), written);
        }
        self.note_unknown(NoteKind::UnknownLicense, written.word.clone());
        Meaning { or_later: written.plus.is_some(), ..Meaning::plain(text) }
    }

    fn listed(&mut self, id: &'static str, written: &Written, has_exception: bool) -> Meaning {
        let joined = written.plus.as_ref().and_then(|_| listed::license(&format!("{id}+")));
        if let Some((joined, successor)) = joined.and_then(|it| Some((it, listed::successor(it)?)))
        {
            self.note_renamed(joined, successor.id, written.both());
            return Meaning::plain(successor.id);
        }
        let Some(successor) = listed::successor(id) else {
            return self.with_plus(id, written);
        };
        match successor.reading {
            Reading::Same | Reading::Only if successor.with.is_some() && has_exception => {
                self.note_two_exceptions(id, written);
                Meaning { or_later: written.plus.is_some(), ..Meaning::plain(id) }
            }
            Reading::Same => {
                let new = whole(successor.id, successor.with);
                self.note_renamed(id, &new, written.word.clone());
                Meaning { with: successor.with, ..self.with_plus(successor.id, written) }
            }
            Reading::Only => self.version(id, successor, written),
            Reading::Near | Reading::Gone => {
                self.note_no_successor(id, successor, written);
                Meaning { or_later: written.plus.is_some(), ..Meaning::plain(id) }
            }
        }
    }

    /// An id that left open whether later versions are allowed.
    fn version(&mut self, id: &str, successor: Successor, written: &Written) -> Meaning {
        let later = listed::or_later(successor.id).unwrap_or(successor.id);
        let with = successor.with;
        if written.plus.is_some() {
            self.note_renamed(&format!("{id}+"), &whole(later, with), written.both());
            return Meaning { with, ..Meaning::plain(later) };
        }
        let (only, later) = (whole(successor.id, with), whole(later, with));
        let message = format!(
            "`{id}` does not say whether later versions are allowed; SPDX reads it as `{only}`"
        );
        let help = format!("write `{only}`, or `{later}` if the author meant that");
        let note = Note::new(NoteKind::Deprecated, self.span(written.word.clone()), message);
        self.note(note.help(help).instead(only));
        Meaning { with, ..Meaning::plain(successor.id) }
    }

    /// `id`, and what a `+` means behind it. Where `+` contradicts the id, the id holds: it grants
    /// less.
    fn with_plus(&mut self, id: &str, written: &Written) -> Meaning {
        if written.plus.is_none() {
            return Meaning::plain(id);
        }
        if let Some(later) = listed::or_later(id) {
            let why = format!("if later versions are allowed, write `{later}`");
            self.note_needless_plus(id, &why, written);
            return Meaning::plain(id);
        }
        if id.ends_with("-or-later") {
            self.note_needless_plus(id, "the id says so already", written);
            return Meaning::plain(id);
        }
        Meaning { or_later: true, ..Meaning::plain(id) }
    }

    fn note_renamed(&mut self, old: &str, new: &str, range: Range<usize>) {
        let message = format!("`{old}` is deprecated: SPDX writes `{new}`");
        let note = Note::new(NoteKind::Deprecated, self.span(range), message);
        self.note(note.help(format!("write `{new}`")).instead(new));
    }

    fn note_no_successor(&mut self, id: &str, successor: Successor, written: &Written) {
        let message = format!("`{id}` is deprecated, and no other id is known to mean the same");
        let note = Note::new(NoteKind::Deprecated, self.span(written.word.clone()), message);
        let help = match successor.reading {
            Reading::Gone => "name the licenses of its parts".to_owned(),
            Reading::Near | Reading::Same | Reading::Only => {
                let near = whole(successor.id, successor.with);
                format!("SPDX points to `{near}`: compare the terms before writing that")
            }
        };
        self.note(note.help(help));
    }

    fn note_two_exceptions(&mut self, id: &str, written: &Written) {
        let message = format!("`{id}` is deprecated, and names an exception beside that of `WITH`");
        let note = Note::new(NoteKind::Deprecated, self.span(written.word.clone()), message);
        self.note(note.help("repeat the license for each exception: `A WITH b AND A WITH c`"));
    }

    fn note_needless_plus(&mut self, id: &str, why: &str, written: &Written) {
        let message = format!("`+` cannot follow `{id}` and is left out");
        let note = Note::new(NoteKind::NeedlessPlus, self.span(written.both()), message);
        self.note(note.help(why).instead(id));
    }

    fn note_odd_reference(&mut self, reference: &str, word: Range<usize>) {
        if reference.contains('_') {
            let message = format!("{} has a `_`, which SPDX does not allow", self.quote(&word));
            let note = Note::new(NoteKind::OddReference, self.span(word), message);
            self.note(note.help("write `-`"));
        }
    }

    fn note_foreign(&mut self, with: &Spanned<String>, id: &LicenseId) {
        if id.is_listed() && listed::is_foreign(&with.value, id.as_str()) {
            let message = format!("`{}` is not written for `{id}`", with.value);
            self.note(Note::new(NoteKind::ForeignException, with.at, message));
        }
    }

    fn note_unknown(&mut self, kind: NoteKind, word: Range<usize>) {
        if self.has_notes_enough() {
            return;
        }
        let text = &self.text[word.clone()];
        let is_exception = kind == NoteKind::UnknownException;
        let (message, like) = if is_exception {
            (format!("{} is no exception id", self.quote(&word)), listed::exception_like(text))
        } else {
            (format!("{} is no license id", self.quote(&word)), listed::license_like(text))
        };
        let note = Note::new(kind, self.span(word), message);
        let note = if is_exception && listed::license(text).is_some() {
            note.help("it is a license; behind `WITH` there is an exception")
        } else if !is_exception && listed::exception(text).is_some() {
            note.help("it is an exception, which stands behind a license and `WITH`")
        } else if let Some(like) = like {
            note.help(format!("did you mean `{like}`?")).instead(like)
        } else {
            note_family(note, &listed::family(text))
        };
        self.note(note);
    }
}

fn note_family(note: Note, family: &[&str]) -> Note {
    if family.is_empty() {
        return note;
    }
    note.help(format!("say which: `{}`", family.join("`, `")))
}

fn whole(id: &str, with: Option<&str>) -> String {
    with.map_or_else(|| id.to_owned(), |with| format!("{id} WITH {with}"))
}
