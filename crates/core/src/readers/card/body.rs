//! What the text of a card says of the license, where it says so in so many words.
//!
//! Three forms count: a field `License: …`, a sentence `… is licensed under …`, and the first line
//! under a heading `License`. Sections about what the subject was made from do not count.

use std::ops::Range;

use super::license_name::{self, mentions_license};
use super::lines::{lines, trim};
use super::section::{self, Section};
use super::sentence::{self, Whose};
use crate::component::{Evidence, Kind, Origin, Strength};
use crate::reading::{Meant, Wording};
use crate::source::{Source, Spanned};
use crate::value::boundary;

/// More statements than any card makes; the rest of such a text is left alone.
const MOST: usize = 16;

/// Longer paragraphs are looked at up to here: they are data, not prose.
const LONGEST: usize = 4_000;

/// What the text outside `front_matter` of a card of this `kind` states.
#[derive(Default)]
pub(super) struct Stated {
    /// The licenses of the subject.
    pub(super) ours: Vec<Wording>,
    /// Those of things of other kinds beside it.
    pub(super) beside: Vec<(Kind, Wording)>,
}

/// The licenses that the text outside `front_matter` states.
pub(super) fn stated(source: &Source, front_matter: &Range<usize>, kind: Option<Kind>) -> Stated {
    let mut walk = Walk::new(&source.text, kind);
    for line in lines(&source.text, 0) {
        if front_matter.contains(&line.start) {
            continue;
        }
        walk.line(line);
        if walk.found.len() >= MOST {
            break;
        }
    }
    walk.end_paragraph();
    // Where nothing but code is spoken of, it is what the text is about.
    let code = Whose::Beside(Kind::Code);
    let about_code = kind.is_none() && walk.found.iter().all(|(_, whose)| *whose == code);
    let mut stated = Stated::default();
    for (range, whose) in walk.found {
        let raw = Spanned::new(source.text[range.clone()].to_owned(), source.span(range));
        let same = |it: &Wording| it.raw.value.eq_ignore_ascii_case(&raw.value);
        match whose {
            Whose::Beside(kind) if !about_code => {
                if !stated.beside.iter().any(|it| it.0 == kind && same(&it.1)) {
                    stated.beside.push((kind, wording(raw)));
                }
            }
            Whose::Ours | Whose::Beside(_) => {
                if !stated.ours.iter().any(same) {
                    stated.ours.push(wording(raw));
                }
            }
        }
    }
    stated
}

fn wording(raw: Spanned<String>) -> Wording {
    let evidence = Evidence { at: raw.at, origin: Origin::Card, strength: Strength::Detected };
    Wording { raw, evidence, meant: Meant::Name }
}

struct Walk<'a> {
    text: &'a str,
    kind: Option<Kind>,
    section: Section,
    /// Depth of the heading that the section belongs to.
    level: usize,
    /// The fence that ends the code block we are in.
    code: Option<&'static str>,
    in_comment: bool,
    /// The paragraph so far: a sentence may go on in the next line.
    paragraph: Range<usize>,
    found: Vec<(Range<usize>, Whose)>,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, kind: Option<Kind>) -> Self {
        Self {
            text,
            kind,
            section: Section::Any,
            level: 0,
            code: None,
            in_comment: false,
            paragraph: 0..0,
            found: Vec::new(),
        }
    }

    fn line(&mut self, line: Range<usize>) {
        let line = trim(self.text, line);
        let words = &self.text[line.clone()];
        if words.is_empty() || self.is_hidden(words) {
            self.end_paragraph();
        } else if let Some((level, title)) = self.heading(line.clone()) {
            self.end_paragraph();
            self.enter(level, title);
        } else if self.paragraph.is_empty() || begins_anew(words) {
            self.end_paragraph();
            self.paragraph = line;
        } else {
            self.paragraph.end = line.end;
        }
    }

    fn end_paragraph(&mut self) {
        let all = std::mem::take(&mut self.paragraph);
        if all.is_empty() {
            return;
        }
        let end = boundary(self.text, all.end.min(all.start + LONGEST));
        let range = all.start..end;
        match self.section {
            Section::Others => {}
            Section::Any => {
                if mentions_license(&self.text[range.clone()]) {
                    self.statement(range, false);
                }
            }
            Section::License { first } => {
                self.section = Section::License { first: false };
                if !self.statement(range.clone(), true) && first {
                    self.found
                        .extend(section::name_alone(self.text, range).map(|it| (it, Whose::Ours)));
                }
            }
        }
    }

    /// Whether the line is in, begins or ends a code block or a comment.
    fn is_hidden(&mut self, words: &str) -> bool {
        if let Some(fence) = self.code {
            if words.starts_with(fence) {
                self.code = None;
            }
            return true;
        }
        if self.in_comment || words.starts_with("<!--") {
            self.in_comment = !words.contains("-->");
            return true;
        }
        self.code = ["```", "~~~"].into_iter().find(|it| words.starts_with(it));
        self.code.is_some()
    }

    /// Depth and title of a heading: `## License`, or a line that is all bold.
    fn heading(&self, line: Range<usize>) -> Option<(usize, Range<usize>)> {
        const BOLD: usize = 7;
        let words = &self.text[line.clone()];
        let level = words.bytes().take_while(|it| *it == b'#').count();
        if (1..=6).contains(&level) && words[level..].starts_with([' ', '\t', '*']) {
            return Some((level, line.start + level..line.end));
        }
        // Right under `## License`, a bold line is the license.
        let answers = matches!(self.section, Section::License { first: true }) && self.level < BOLD;
        let inner = words.strip_prefix("**")?.trim_end_matches(':').strip_suffix("**")?;
        let start = line.start + 2;
        (!answers && !inner.contains("**")).then_some((BOLD, start..start + inner.len()))
    }

    fn enter(&mut self, level: usize, title: Range<usize>) {
        if self.section == Section::Others && level > self.level {
            return;
        }
        self.level = level;
        self.section = section::titled(&self.text[title.clone()]);
        if self.section == Section::Any {
            self.statement(title, false);
        }
    }

    /// Takes what the line states; whether it stated anything.
    fn statement(&mut self, line: Range<usize>, in_section: bool) -> bool {
        let before = self.found.len();
        let text = self.text;
        if let Some(value) = license_name::field(text, line.clone()) {
            let stated = sentence::statements(text, value.clone(), self.kind, true);
            if stated.is_empty() {
                let name = license_name::value(text, value);
                self.found.extend(name.map(|it| (it, Whose::Ours)));
            } else {
                self.found.extend(stated);
            }
            return true;
        }
        self.found.extend(sentence::statements(text, line.clone(), self.kind, in_section));
        if in_section && self.found.len() == before {
            let labelled = self.labelled(line);
            self.found.extend(labelled);
        }
        self.found.len() > before
    }

    /// `- **Weights:** X` in a section about the license.
    fn labelled(&self, line: Range<usize>) -> Vec<(Range<usize>, Whose)> {
        let words = &self.text[line.clone()];
        let Some(colon) = words.find(": ").or_else(|| words.find(":**")) else { return Vec::new() };
        if words[..colon].split_whitespace().count() > 5 {
            return Vec::new();
        }
        let value = line.start + colon + 1..line.end;
        let Some(name) = license_name::value(self.text, value) else { return Vec::new() };
        let whose = sentence::subjects(&words[..colon], self.kind, false);
        whose.into_iter().map(|it| (name.clone(), it)).collect()
    }
}

/// Whether the line begins a list item, a row, a quote or a field and so ends the paragraph.
fn begins_anew(words: &str) -> bool {
    let marks = ["- ", "* ", "+ ", "> ", "|", "**", "<", "["];
    let bare = words.trim_start_matches(|it: char| !it.is_alphanumeric());
    let label = bare.split_once(':').map(|(it, _)| it);
    let is_label = |it: &str| it.starts_with(char::is_uppercase) && it.split(' ').count() <= 3;
    marks.iter().any(|it| words.starts_with(it))
        || words.starts_with(|it: char| it.is_ascii_digit()) && words.contains(". ")
        || label.is_some_and(is_label)
}
