//! The words of a text with their places. Comment marks, line ends and punctuation are no words,
//! so a sentence that is wrapped over several comment lines reads as one.

use std::ops::Range;

/// More words than any comment about a license has; what follows is left alone.
const MOST: usize = 60_000;

/// What stands between a word and the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing, blanks, a line end, a hyphen.
    #[default]
    None,
    /// A comma, a colon, a bracket.
    Clause,
    /// The end of a sentence.
    Sentence,
    /// An empty line, or the beginning of another comment.
    Paragraph,
}

/// One word, or one address.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Its bytes in the text.
    pub(super) at: Range<usize>,
    /// Its letters in lower case, in [`Words::folded`].
    folded: Range<usize>,
    /// What stands before it.
    pub(super) gap: Gap,
    /// It is an address, which has no letters to compare.
    pub(super) is_address: bool,
    /// It is the first of its line.
    pub(super) opens_line: bool,
    /// Its place in a set of first words.
    slot: u16,
}

/// Words by which something begins: whether a word may be one is told without comparing letters.
#[derive(Debug)]
pub(super) struct Beginnings(Vec<bool>);

impl Beginnings {
    const SLOTS: usize = 1 << 14;

    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut slots = vec![false; Self::SLOTS];
        for it in words {
            slots[usize::from(slot(it))] = true;
        }
        Self(slots)
    }
}

/// The place of a word in [`Beginnings`].
fn slot(word: &str) -> u16 {
    let step = |hash: u32, it: u8| (hash ^ u32::from(it)).wrapping_mul(0x0100_0193);
    let hash = word.bytes().fold(0x811c_9dc5, step);
    // Fourteen bits are left.
    u16::try_from((hash ^ (hash >> 14)) & 0x3fff).unwrap_or_default()
}

/// The words of some ranges of a text, in the form in which names are compared.
#[derive(Debug, Default)]
pub(super) struct Words<'t> {
    pub(super) text: &'t str,
    folded: String,
    pub(super) all: Vec<Word>,
    /// The ranges are comments of a program, where much is said that is no statement.
    pub(super) in_program: bool,
}

impl<'t> Words<'t> {
    /// The words of `ranges`, each of which begins a new paragraph.
    pub(super) fn of(text: &'t str, ranges: &[Range<usize>]) -> Self {
        let mut words = Self { text, ..Self::default() };
        for range in ranges {
            let Some(part) = text.get(range.clone()) else { continue };
            words.read(part, range.start);
        }
        words
    }

    /// The letters of a word; nothing for an address or past the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |it| &self.folded[it.folded.clone()])
    }

    /// Whether a word may be one of these.
    pub(super) fn may_begin(&self, at: usize, beginnings: &Beginnings) -> bool {
        self.all.get(at).is_some_and(|it| beginnings.0[usize::from(it.slot)])
    }

    /// What stands before a word; past the end there is nothing to go on with.
    pub(super) fn gap(&self, at: usize) -> Gap {
        self.all.get(at).map_or(Gap::Paragraph, |it| it.gap)
    }

    /// The bytes from one word to before another.
    pub(super) fn bytes(&self, words: Range<usize>) -> Range<usize> {
        let first = self.all.get(words.start).map_or(0, |it| it.at.start);
        let last = words.end.checked_sub(1).and_then(|it| self.all.get(it));
        first..last.map_or(first, |it| it.at.end.max(first))
    }

    /// The characters between a word and the one before.
    pub(super) fn between(&self, at: usize) -> &'t str {
        let before = at.checked_sub(1).and_then(|it| self.all.get(it)).map_or(0, |it| it.at.end);
        let start = self.all.get(at).map_or(self.text.len(), |it| it.at.start);
        self.text.get(before..start).unwrap_or_default()
    }

    /// Whether the words from `at` on are these, without a sentence ending between them.
    pub(super) fn reads(&self, at: usize, phrase: &[String]) -> bool {
        phrase.iter().enumerate().all(|(place, it)| {
            self.word(at + place) == it && (place == 0 || self.gap(at + place) < Gap::Sentence)
        })
    }

    fn read(&mut self, part: &str, start: usize) {
        let mut gap = Gaps { gap: Gap::Paragraph, ..Gaps::default() };
        let mut at = 0;
        while at < part.len() && self.all.len() < MOST {
            let rest = &part[at..];
            if let Some(length) = address_length(rest) {
                self.push(start + at..start + at + length, &mut gap, "");
                at += length;
                continue;
            }
            let Some(next) = rest.chars().next() else { break };
            if next == '+' && part[..at].ends_with(char::is_alphanumeric) || next == '&' {
                let sign = if next == '&' { "and" } else { "+" };
                self.push(start + at..start + at + 1, &mut gap, sign);
                at += 1;
                continue;
            }
            if next == '<'
                && let Some(length) = tag_length(rest)
            {
                at += length;
                continue;
            }
            if !next.is_alphanumeric() {
                gap.pass(next, &rest[next.len_utf8()..]);
                at += next.len_utf8();
                continue;
            }
            let length = word_length(rest);
            let word = &rest[..length];
            at += length;
            let is_mark = gap.opens_line && matches!(word, "dnl" | "REM" | "rem");
            if !is_mark && !is_version_mark(word, &part[at..]) {
                // `XYZv2` is `XYZ 2`.
                let letters = word.strip_suffix(['v', 'V']).filter(|it| !it.is_empty());
                let before_number = part[at..].starts_with(|it: char| it.is_ascii_digit());
                let word = letters.filter(|_| before_number).unwrap_or(word);
                self.push(start + at - length..start + at, &mut gap, word);
            }
        }
    }

    fn push(&mut self, at: Range<usize>, gaps: &mut Gaps, word: &str) {
        let from = self.folded.len();
        if word.is_ascii() {
            self.folded.extend(
                word.bytes()
                    .filter(|it| *it != b'\'')
                    .map(|it| char::from(it.to_ascii_lowercase())),
            );
        } else {
            for it in word.chars().filter(|it| !matches!(it, '\'' | '’')) {
                self.folded.extend(it.to_lowercase());
            }
        }
        if word.starts_with(|it: char| it.is_ascii_digit()) {
            while self.folded[from..].ends_with(".0") {
                self.folded.truncate(self.folded.len() - 2);
            }
        }
        if self.folded[from..].contains("licence") {
            let fixed = self.folded[from..].replace("licence", "license");
            self.folded.truncate(from);
            self.folded.push_str(&fixed);
        }
        gaps.after_short = is_short(&self.folded[from..]);
        let opens_line = std::mem::take(&mut gaps.opens_line);
        let gap = std::mem::take(&mut gaps.gap);
        gaps.lines = 0;
        gaps.after_colon = false;
        let folded = from..self.folded.len();
        let slot = slot(&self.folded[folded.clone()]);
        self.all.push(Word { at, folded, gap, is_address: word.is_empty(), opens_line, slot });
    }
}

/// What was passed since the last word.
#[derive(Default)]
struct Gaps {
    gap: Gap,
    lines: usize,
    opens_line: bool,
    after_short: bool,
    after_colon: bool,
}

impl Gaps {
    fn pass(&mut self, it: char, after: &str) {
        let ends = || after.is_empty() || after.starts_with(|it: char| it.is_whitespace());
        let gap = match it {
            '\n' => {
                self.lines += 1;
                self.opens_line = true;
                if self.lines > 1 && !self.after_colon { Gap::Paragraph } else { Gap::None }
            }
            '.' if ends() && !self.after_short => Gap::Sentence,
            '!' | '?' if ends() => Gap::Sentence,
            '。' => Gap::Sentence,
            ',' | ';' | ':' | '(' | ')' | '[' | ']' | '"' | '.' | '|' | '<' | '>' | '=' => {
                Gap::Clause
            }
            _ => Gap::None,
        };
        self.after_colon |= it == ':';
        self.gap = self.gap.max(gap);
    }
}

/// Whether a full stop behind this word mostly ends no sentence.
fn is_short(word: &str) -> bool {
    const SHORT: [&str; 16] = [
        "inc", "ltd", "corp", "co", "v", "ver", "no", "st", "e", "g", "i", "vs", "etc", "dr", "mr",
        "al",
    ];
    SHORT.contains(&word)
}

/// The length of a tag that only says how words look, with the number of a line that is shown.
fn tag_length(rest: &str) -> Option<usize> {
    const LONGEST: usize = 200;
    const PLAIN: [&str; 12] =
        ["a", "b", "i", "em", "br", "p", "code", "span", "div", "strong", "font", "pre"];
    let end = rest.bytes().take(LONGEST).position(|it| it == b'>')?;
    let inner = rest.get(1..end)?;
    let name = inner.trim_start_matches('/').trim_end_matches(['/', ' ']);
    let is_tag = name.starts_with(|it: char| it.is_ascii_alphabetic());
    if !is_tag || !inner.contains("=\"") && !PLAIN.contains(&name) {
        return None;
    }
    let shown = rest[end + 1..].bytes().take_while(u8::is_ascii_digit).count();
    let is_line = shown > 4 && rest[end + 1..].starts_with('0');
    Some(end + 1 + if is_line { shown } else { 0 })
}

/// The length of an address that the text begins with.
fn address_length(rest: &str) -> Option<usize> {
    const LONGEST: usize = 300;
    let begins = |it: &str| rest.get(..it.len()).is_some_and(|own| own.eq_ignore_ascii_case(it));
    if !begins("http://") && !begins("https://") && !begins("www.") {
        return None;
    }
    let ends = |it: char| it.is_whitespace() || "<>\"'`()[]{}|\\,*".contains(it);
    let end = rest.char_indices().take(LONGEST).find(|(_, it)| ends(*it)).map(|it| it.0);
    let end = end.unwrap_or_else(|| rest.char_indices().nth(LONGEST).map_or(rest.len(), |it| it.0));
    Some(rest[..end].trim_end_matches(['.', ';', ':', '!', '?']).len())
}

/// A word is of letters or a number: `v2.0` is `v` and `2.0`, as names are compared.
fn word_length(rest: &str) -> usize {
    let is_number = rest.starts_with(|it: char| it.is_ascii_digit());
    let mut chars = rest.char_indices().peekable();
    while let Some((at, it)) = chars.next() {
        let next = chars.peek().map(|it| it.1);
        let goes_on = if is_number {
            it.is_ascii_digit() || it == '.' && next.is_some_and(|it| it.is_ascii_digit())
        } else {
            it.is_alphanumeric() && !it.is_ascii_digit()
                || matches!(it, '\'' | '’') && next.is_some_and(char::is_alphabetic)
        };
        if !goes_on {
            return at;
        }
    }
    rest.len()
}

/// The `v` of `v2`, `v. 2` and `v 2` is no word, nor is the one of `XYZv2`.
fn is_version_mark(word: &str, after: &str) -> bool {
    let is_passed = |it: char| it.is_whitespace() || "./*#;".contains(it);
    word.eq_ignore_ascii_case("v")
        && after.trim_start_matches(is_passed).starts_with(|it: char| it.is_ascii_digit())
}
