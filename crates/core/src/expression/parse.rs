//! The grammar: operators, brackets, and what to say where they do not fit.

use std::ops::Range;

use super::lex::{Token, What, tokens};
use super::note::{Note, NoteKind};
use super::{Expression, Leaf};
use crate::source::Span;

/// Longer texts are refused, in bytes.
const LONGEST: usize = 64 * 1024;

/// Brackets nested deeper are refused.
const DEEPEST: usize = 64;

/// After so many notes only those follow that refuse.
const MOST_NOTES: usize = 32;

/// What was understood of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The expression, unless a note refuses it.
    pub expression: Option<Expression>,
    /// What is to be said about the way it is written, in the order of the text. None where SPDX
    /// would write it so, but for the case of ids.
    pub notes: Vec<Note>,
}

/// Reads `text` as an SPDX expression. `at` is where it stands; where it is longer or shorter than
/// `text`, as escapes make it, the whole of it stands for every part.
pub fn parse(text: &str, at: Span) -> Parsed {
    parse_with(text, at, &|_| None)
}

/// Reads `text` as [`parse()`] does, asking `known` for the id of what SPDX does not list: a
/// reference in any case, or an alias.
pub fn parse_with<'k>(text: &str, at: Span, known: &dyn Fn(&str) -> Option<&'k str>) -> Parsed {
    let mut parser =
        Parser { text, at, known, tokens: Vec::new(), next: 0, depth: 0, notes: Vec::new() };
    let expression = parser.whole().ok();
    let mut notes = parser.notes;
    notes.sort_by_key(|it| it.at.start);
    Parsed { expression, notes }
}

/// There is no expression; a note says why.
pub(super) struct Refused;

pub(super) struct Parser<'t, 'k> {
    pub(super) text: &'t str,
    at: Span,
    pub(super) known: &'t dyn Fn(&str) -> Option<&'k str>,
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
    notes: Vec<Note>,
}

impl Parser<'_, '_> {
    fn whole(&mut self) -> Result<Expression, Refused> {
        if self.text.len() > LONGEST {
            let message = format!("{} bytes are too many for an expression", self.text.len());
            return Err(self.refuse(NoteKind::TooLong, 0..self.text.len(), message, None));
        }
        self.tokens = tokens(self.text);
        if self.tokens.is_empty() {
            let range = 0..self.text.len();
            return Err(self.refuse(NoteKind::Empty, range, "there is no expression", None));
        }
        let expression = self.any()?;
        if let Some(token) = self.tokens.get(self.next) {
            return Err(self.unexpected(&token.clone()));
        }
        self.note_what_should_be_alone(&expression);
        Ok(expression)
    }

    /// Alternatives: `OR` binds less than `AND`.
    fn any(&mut self) -> Result<Expression, Refused> {
        let mut parts = vec![self.all()?];
        let mut slashes = Vec::new();
        while let Some(token) = self.eat(&[What::Or, What::Slash]) {
            if token.what == What::Slash {
                slashes.push((parts.len(), token.range));
            }
            parts.push(self.all()?);
        }
        for (number, range) in slashes {
            self.slash(&parts[number - 1], &parts[number], range)?;
        }
        Ok(Expression::any(parts).expect("there is a first part"))
    }

    fn all(&mut self) -> Result<Expression, Refused> {
        let mut parts = vec![self.operand()?];
        while self.eat(&[What::And]).is_some() {
            parts.push(self.operand()?);
        }
        Ok(Expression::all(parts).expect("there is a first part"))
    }

    fn operand(&mut self) -> Result<Expression, Refused> {
        if let Some(open) = self.eat(&[What::Open]) {
            return self.bracketed(open.range);
        }
        if let Some(word) = self.eat(&[What::Word]) {
            return self.named(word.range);
        }
        let Some(token) = self.tokens.get(self.next).cloned() else {
            let last = self.tokens.last().map_or(0..0, |it| it.range.clone());
            let message = format!("a license is missing after {}", self.quote(&last));
            return Err(self.syntax(last, message, None));
        };
        if token.what == What::Odd {
            return Err(self.unexpected(&token));
        }
        let message = format!("a license is missing before {}", self.quote(&token.range));
        Err(self.syntax(token.range, message, None))
    }

    fn bracketed(&mut self, open: Range<usize>) -> Result<Expression, Refused> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("brackets are nested more than {DEEPEST} deep");
            return Err(self.refuse(NoteKind::TooDeep, open, message, None));
        }
        let inner = self.any()?;
        self.depth -= 1;
        if self.eat(&[What::Close]).is_some() {
            return Ok(inner);
        }
        match self.tokens.get(self.next).cloned() {
            Some(token) => Err(self.unexpected(&token)),
            None => Err(self.syntax(open, "`(` is never closed", None)),
        }
    }

    fn named(&mut self, word: Range<usize>) -> Result<Expression, Refused> {
        let text = &self.text[word.clone()];
        let at = self.span(word.clone());
        if text.eq_ignore_ascii_case("NONE") {
            return Ok(Expression::Nothing(at));
        }
        if text.eq_ignore_ascii_case("NOASSERTION") {
            return Ok(Expression::NoAssertion(at));
        }
        self.license(word).map(Expression::License)
    }

    /// Packages of old write `/` for `OR`. Between anything but ids it may be a path, `N/A`, or an
    /// author who thinks that it binds more than `AND` does.
    fn slash(
        &mut self,
        left: &Expression,
        right: &Expression,
        range: Range<usize>,
    ) -> Result<(), Refused> {
        let is_id = |it: &Expression| match it {
            Expression::License(it) => it.id.is_listed() || it.id.is_reference(),
            Expression::And(_)
            | Expression::Or(_)
            | Expression::Nothing(_)
            | Expression::NoAssertion(_) => false,
        };
        if !is_id(left) || !is_id(right) {
            let message = "`/` does not say whether one license is enough or both bind";
            return Err(self.syntax(range, message, Some("write `OR` or `AND`")));
        }
        let note = Note::new(NoteKind::Slash, self.span(range), "`/` is read as `OR`");
        self.note(note.help("write `OR`").instead(" OR "));
        Ok(())
    }

    fn note_what_should_be_alone(&mut self, expression: &Expression) {
        let mut leaves = expression.leaves().peekable();
        let first = leaves.next();
        if leaves.peek().is_none() {
            return;
        }
        for leaf in first.into_iter().chain(leaves) {
            match leaf {
                Leaf::License(_) => {}
                Leaf::Nothing(at) | Leaf::NoAssertion(at) => {
                    let message = format!("`{leaf}` stands for a whole expression, not for a part");
                    self.note(Note::new(NoteKind::NotAlone, at, message));
                }
            }
        }
    }

    /// Refuses because of a token that cannot follow an operand.
    fn unexpected(&mut self, token: &Token) -> Refused {
        let quoted = self.quote(&token.range);
        let (message, help) = match token.what {
            What::Close => ("`)` closes nothing".to_owned(), None),
            What::Plus => ("`+` does not follow the id of a license".to_owned(), None),
            What::With => (
                "`WITH` does not follow a license without exception".to_owned(),
                Some("repeat the license for each exception: `A WITH b OR A WITH c`"),
            ),
            What::Word | What::Open => {
                (format!("an operator is missing before {quoted}"), Some("write `AND` or `OR`"))
            }
            What::Odd => (
                format!("{quoted} means nothing in an expression"),
                Some("between licenses write `AND` or `OR`"),
            ),
            What::And | What::Or | What::Slash => {
                (format!("a license is missing beside {quoted}"), None)
            }
        };
        self.syntax(token.range.clone(), message, help)
    }

    /// The next token, if it is one of these.
    pub(super) fn eat(&mut self, these: &[What]) -> Option<Token> {
        let token = self.tokens.get(self.next).filter(|it| these.contains(&it.what))?.clone();
        self.next += 1;
        match token.what {
            What::And | What::Or | What::With => self.note_mixed_case(&token),
            What::Open | What::Close | What::Plus | What::Slash | What::Word | What::Odd => {}
        }
        Some(token)
    }

    fn note_mixed_case(&mut self, operator: &Token) {
        let text = &self.text[operator.range.clone()];
        let upper = text.to_ascii_uppercase();
        if text != upper && text != text.to_ascii_lowercase() {
            let at = self.span(operator.range.clone());
            let message = format!("`{text}` is neither in upper nor in lower case");
            let note = Note::new(NoteKind::MixedCase, at, message);
            self.note(note.help(format!("write `{upper}`")).instead(upper));
        }
    }

    /// The place of `range` of the text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        if self.at.range().len() == self.text.len() { self.at.part(range) } else { self.at }
    }

    /// Whether a further note would be dropped, so that it need not be thought of.
    pub(super) fn has_notes_enough(&self) -> bool {
        self.notes.len() >= MOST_NOTES
    }

    pub(super) fn note(&mut self, note: Note) {
        if !self.has_notes_enough() || note.kind.refuses() {
            self.notes.push(note);
        }
    }

    pub(super) fn syntax(
        &mut self,
        range: Range<usize>,
        message: impl Into<String>,
        help: Option<&str>,
    ) -> Refused {
        self.refuse(NoteKind::Syntax, range, message, help)
    }

    fn refuse(
        &mut self,
        kind: NoteKind,
        range: Range<usize>,
        message: impl Into<String>,
        help: Option<&str>,
    ) -> Refused {
        let note = Note::new(kind, self.span(range), message);
        self.note(Note { help: help.map(str::to_owned), ..note });
        Refused
    }

    /// What stands at `range`, for a message: cut where it is long, and without control characters.
    pub(super) fn quote(&self, range: &Range<usize>) -> String {
        const ENOUGH: usize = 60;
        let text = &self.text[range.clone()];
        let plain = |it: char| if it.is_control() { char::REPLACEMENT_CHARACTER } else { it };
        let more = if text.chars().nth(ENOUGH).is_some() { "…" } else { "" };
        format!("`{}{more}`", text.chars().take(ENOUGH).map(plain).collect::<String>())
    }
}
