//! The head of a statement: its marks and its years.

use super::vocabulary::bare;
use super::words::Word;
use super::years::{is_present, is_years, joins};

/// What kinds of marks were read.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark that stands there or does not")]
pub(super) struct Seen {
    pub(super) word: bool,
    pub(super) sign: bool,
    pub(super) letter: bool,
    pub(super) tag: bool,
    /// The word begins with a capital.
    pub(super) capital: bool,
    /// Something is assigned: `copyright = "…"`, `Copyright: …`.
    pub(super) assigned: bool,
}

/// Words, and how far they were read.
#[derive(Debug)]
pub(super) struct Reading<'a, 'b> {
    pub(super) words: &'b [Word<'a>],
    /// The number of the next word.
    pub(super) at: usize,
    /// How long the line is before the first mark.
    pub(super) before: usize,
    pub(super) seen: Seen,
    /// The statement stands in quotes, which end it.
    pub(super) quoted: bool,
}

impl<'a> Reading<'a, '_> {
    pub(super) fn word(&self) -> Option<Word<'a>> {
        self.words.get(self.at).copied()
    }

    /// Reads the marks at the beginning.
    pub(super) fn marks(&mut self) {
        while let Some(word) = self.word() {
            if !self.mark(word.text) {
                return;
            }
            self.at += 1;
        }
    }

    /// Reads a mark that stands after the years.
    pub(super) fn marks_again(&mut self) {
        while let Some(word) = self.word() {
            let is_sign =
                matches!(bare(word.text), "©" | "C" | "c") && word.text.contains(['(', '©']);
            let is_word = bare(word.text).eq_ignore_ascii_case("copyright");
            if !(is_sign || is_word) || word.opens {
                return;
            }
            self.seen.sign |= is_sign;
            self.seen.word |= is_word;
            self.at += 1;
        }
    }

    fn mark(&mut self, text: &str) -> bool {
        let body = text.trim_matches([
            ':', ',', ';', '"', '\'', '-', '=', '(', ')', '[', ']', '.', '{', '}', '*',
        ]);
        let lower = body.to_lowercase();
        self.quoted |= text.contains('"') || text.ends_with('\'');
        match lower.as_str() {
            "copyright" | "copyrights" | "copyrighted" | "copr" | "copyright(c" | "copyright©"
            | "copyright:(c" | "(c)copyright" | "c)opyright" => {
                self.seen.capital |= body.starts_with('C');
                self.seen.word = true;
                self.seen.sign |= lower.contains(['©', '(']);
                self.seen.assigned |= text.ends_with([':', '=']);
            }
            "©" => self.seen.sign = true,
            "c" if text.contains('(') => self.seen.letter = true,
            "spdx-filecopyrighttext" | "spdx-snippetcopyrighttext" => self.seen.tag = true,
            "" => {
                let is_mark = text.chars().all(|it| ":=-\"'.,([{*".contains(it));
                self.seen.assigned |= is_mark && text.contains([':', '=']);
                return is_mark;
            }
            "u" if text.ends_with(['\'', '"']) => {}
            _ => return false,
        }
        true
    }

    /// Reads years, months before them included.
    pub(super) fn years(&mut self) -> String {
        let start = self.at;
        let mut end = start;
        let mut at = start;
        while let Some(word) = self.words.get(at) {
            let is_end = is_present(word.text) && at > start;
            let closes = word.text.ends_with(['.', ';', ':']) && !word.text.ends_with("..");
            if is_years(word.text) || is_end {
                at += 1;
                end = at;
                if closes && self.words.get(at).is_some_and(|it| !is_years(it.text)) {
                    break;
                }
            } else if (at > start && joins(word.text) && at == end)
                || (is_month(word.text) && at <= end + 1)
            {
                at += 1;
            } else if at > start && at == end && is_short_year(word.text) {
                at += 1;
                end = at;
            } else {
                break;
            }
        }
        self.at = end;
        let words = self.words[start..end].iter().map(|it| it.text);
        words.collect::<Vec<_>>().join(" ")
    }

    pub(super) fn skip_by(&mut self) -> bool {
        let mut skipped = false;
        while let Some(word) = self.word() {
            let body = word.text.trim_matches([',', '-', ':', '"', '\'']);
            let by = body.eq_ignore_ascii_case("by");
            if !(by || body.is_empty() || matches!(body, "–" | "—" | "held" | "owned")) {
                break;
            }
            skipped |= by;
            self.at += 1;
        }
        skipped
    }
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = bare(word).to_lowercase();
    word.len() >= 3
        && MONTHS.iter().any(|it| word.starts_with(it))
        && word.chars().all(char::is_alphabetic)
        && ["", "uary", "ruary", "ch", "il", "e", "y", "ust", "t", "tember", "ober", "ember"]
            .contains(&&word[3..])
}

/// Two digits after years: `1999, 00`.
fn is_short_year(word: &str) -> bool {
    let body = word.trim_end_matches([',', '.']).trim_start_matches('\'');
    body.len() == 2 && body.bytes().all(|it| it.is_ascii_digit())
}

/// Whether a word is a mark.
pub(super) fn is_marked(word: &str) -> bool {
    let body = bare(word).to_lowercase();
    matches!(body.as_str(), "©" | "copyright" | "copyrights" | "copyrighted" | "(c" | "copyright(c")
        || word.eq_ignore_ascii_case("(c)")
        || word.starts_with('©')
}
