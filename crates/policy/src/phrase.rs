//! Exact words in somebody's text: what a license fixes word for word, found whatever marks, blanks,
//! quotes and letters of the copyright sign stand between and around the words.

use std::ops::Range;

/// How many words a blank in a fixed text may stand for: `<model name>`.
const LONGEST_BLANK: usize = 12;

/// The longest tag of a markup language that is passed over.
const LONGEST_TAG: usize = 300;

/// Words to look for, some of them blanks that a name fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Runs of words; between two of them stands a blank.
    runs: Vec<Vec<Word>>,
    /// A blank stands before the first run.
    opens: bool,
    /// A blank stands behind the last run.
    ends: bool,
}

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    /// In lower case.
    letters: String,
    /// It hangs on the word before it, as in a path or an identifier.
    joined: bool,
    /// Its bytes in the text.
    at: Range<usize>,
}

/// A text cut into words, ready to be searched.
#[derive(Clone, Debug)]
pub struct Text(Vec<Word>);

impl Phrase {
    /// The words of a fixed text: what stands in angle or square brackets is a blank.
    pub fn new(text: &str) -> Self {
        let (parts, opens, ends) = between_blanks(text);
        let runs = parts.iter().map(|it| words(it)).filter(|it| !it.is_empty()).collect();
        Self { runs, opens, ends }
    }

    /// Words without any blank, whatever brackets they have.
    pub fn plain(text: &str) -> Self {
        let run = words(text);
        Self {
            runs: vec![run].into_iter().filter(|it| !it.is_empty()).collect(),
            opens: false,
            ends: false,
        }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
}

/// Whether a text may have one of some phrases in it: a quick look before a slow one.
pub fn may_have(text: &str, phrases: &[Phrase]) -> bool {
    let lower = text.to_ascii_lowercase();
    phrases.iter().any(|it| {
        let words = it.runs.iter().flatten().map(|it| it.letters.as_str());
        let telling = words.filter(|it| it.is_ascii() && it.len() > 1);
        telling.max_by_key(|it| it.len()).is_none_or(|it| lower.contains(it))
    })
}

impl Text {
    /// Cuts `text` into words.
    pub fn new(text: &str) -> Self {
        Self(words(text))
    }

    /// Where the phrase stands first, if it does. It may not be part of a longer name: `Kimi K2` is
    /// not shown by `moonshotai/Kimi-K2-Instruct`.
    pub fn find(&self, phrase: &Phrase) -> Option<Range<usize>> {
        self.all(phrase).next()
    }

    /// All places where the phrase stands.
    pub fn all<'a>(&'a self, phrase: &'a Phrase) -> impl Iterator<Item = Range<usize>> + 'a {
        let starts = if phrase.is_empty() { 0..0 } else { 0..self.0.len() };
        starts.filter_map(|start| self.at(start, phrase))
    }

    /// Whether an address stands in it: what follows it or goes before it in the same address is
    /// its business.
    pub fn holds_address(&self, address: &str) -> Option<Range<usize>> {
        let mut wanted = words(address);
        if wanted.first().is_some_and(|it| it.letters.starts_with("http")) {
            wanted.remove(0);
        }
        if wanted.first().is_some_and(|it| it.letters == "www") {
            wanted.remove(0);
        }
        let end = wanted.len();
        let same = |from: usize| {
            (0..end)
                .all(|it| self.0.get(from + it).is_some_and(|at| at.letters == wanted[it].letters))
        };
        let from = (end > 1).then(|| (0..self.0.len()).find(|it| same(*it))).flatten()?;
        Some(self.0[from].at.start..self.0[from + end - 1].at.end)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Words in lower case, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|it| it.letters.as_str())
    }

    /// Bytes of a word, by its number.
    pub fn place(&self, number: usize) -> Option<Range<usize>> {
        self.0.get(number).map(|it| it.at.clone())
    }

    /// Bytes of the word that `test` picks first. It may not be part of a name; behind one of
    /// `before` it may hang on that.
    pub fn first(&self, before: &[&str], test: impl Fn(&str) -> bool) -> Option<Range<usize>> {
        let is_free = |at: usize, it: &Word| {
            let last = at.checked_sub(1).and_then(|it| self.0.get(it)).map(|it| &*it.letters);
            let hangs = it.joined && !last.is_some_and(|it| before.contains(&it));
            !hangs && !self.0.get(at + 1).is_some_and(|it| it.joined)
        };
        let mut words = self.0.iter().enumerate();
        let found = words.find(|(at, it)| test(&it.letters) && is_free(*at, it));
        found.map(|(_, it)| it.at.clone())
    }

    fn at(&self, start: usize, phrase: &Phrase) -> Option<Range<usize>> {
        let first = self.0.get(start)?;
        if phrase.opens && start == 0 {
            return None;
        }
        let mut end = self.run(start, phrase.runs.first()?, first.joined)?;
        for run in &phrase.runs[1..] {
            let blank = end + 1..=end + LONGEST_BLANK;
            end = blank.into_iter().find_map(|from| self.run(from, run, false))?;
        }
        if phrase.ends {
            self.0.get(end)?;
        } else if self.0.get(end).is_some_and(|it| it.joined) {
            return None;
        }
        Some(first.at.start..self.0.get(end - 1)?.at.end)
    }

    /// The end of `run`, if it stands at `from`.
    fn run(&self, from: usize, run: &[Word], hangs: bool) -> Option<usize> {
        if hangs {
            return None;
        }
        let same = |(offset, wanted): (usize, &Word)| {
            let it = self.0.get(from + offset)?;
            let is_free = offset == 0 || !it.joined || wanted.joined;
            (it.letters == wanted.letters && is_free).then_some(())
        };
        run.iter().enumerate().try_for_each(|it| same(it).ok_or(())).ok()?;
        Some(from + run.len())
    }
}

/// The parts of a fixed text between its blanks, and whether blanks open and end it.
fn between_blanks(text: &str) -> (Vec<&str>, bool, bool) {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    let opens = rest.starts_with(['<', '[']);
    let mut ends = false;
    while let Some(open) = rest.find(['<', '[']) {
        let close = if rest[open..].starts_with('<') { '>' } else { ']' };
        let Some(length) = rest[open..].find(close) else { break };
        parts.push(&rest[..open]);
        rest = &rest[open + length + 1..];
        ends = !rest.contains(char::is_alphanumeric);
    }
    parts.push(rest);
    (parts, opens, ends)
}

/// The words of a text: letters and digits in lower case. The copyright sign is a word.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    let mut end = 0;
    while let Some(it) = text.get(at..).and_then(|it| it.chars().next()) {
        if let Some(length) = mark(&text[at..]) {
            at += length;
            continue;
        }
        let (letters, length) = word(&text[at..]);
        if length == 0 {
            at += it.len_utf8();
            continue;
        }
        let joined = !words.is_empty() && joins(&text[end..at]);
        words.push(Word { letters, joined, at: at..at + length });
        at += length;
        end = at;
    }
    words
}

/// The word that a text begins with, and how many bytes of it; none for a mark.
fn word(text: &str) -> (String, usize) {
    const SIGNS: [&str; 5] = ["©", "&copy;", "&#169;", "&#xa9;", "\\u00a9"];
    let begins =
        |it: &&&str| text.get(..it.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(it));
    if let Some(sign) = SIGNS.iter().find(begins) {
        return ("c".to_owned(), sign.len());
    }
    let length = text.find(|it: char| !it.is_alphanumeric()).unwrap_or(text.len());
    (text[..length].to_lowercase(), length)
}

/// How many bytes of markup a text begins with that stand for no word: a tag, an escape, an entity.
fn mark(text: &str) -> Option<usize> {
    if ["\\n", "\\t", "\\r"].iter().any(|it| text.starts_with(it)) {
        return Some(2);
    }
    if let Some(entity) = ["&nbsp;", "&quot;", "&#39;", "&apos;", "&ldquo;", "&rdquo;", "&amp;"]
        .iter()
        .find(|it| text.starts_with(**it))
    {
        return Some(entity.len());
    }
    let inner = text.strip_prefix('<')?;
    let length = inner.bytes().take(LONGEST_TAG + 1).position(|it| it == b'>')?;
    let inner = &inner[..length];
    let is_tag = inner.trim_start_matches('/').starts_with(|it: char| it.is_ascii_alphabetic())
        && !inner.contains([':', '@', '<'])
        || inner.starts_with(|it: char| it.is_ascii_alphabetic()) && inner.contains('=');
    is_tag.then_some(length + 2)
}

/// Whether what stands between two words makes one name of them.
fn joins(between: &str) -> bool {
    !between.is_empty() && between.bytes().all(|it| b"-_./\\:@+".contains(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrase: &str, text: &str, expected: Option<&str>) {
        let found = Text::new(text).find(&Phrase::new(phrase));
        assert_eq!(found.and_then(|it| text.get(it)), expected, "{phrase:?} in {text:?}");
    }

    #[test]
    fn marks_blanks_and_quotes_do_not_count_and_words_do() {
        let notice = "Grand 3.1 is licensed under the Grand License, Copyright © Acme, Inc.";
        let written =
            "Grand 3.1 is\n  licensed under the **Grand License**, Copyright (c) Acme Inc";
        check(notice, written, Some(written));
        check(notice, "Grand 3.1 is licensed under the Grand License.", None);
        check(
            "“Built with Grand”",
            "<p>Built <b>with</b> Grand.</p>",
            Some("Built <b>with</b> Grand"),
        );
        check("Built with Grand", "Built\\nwith Grand", Some("Built\\nwith Grand"));
        check("Copyright © Acme", "Copyright &copy; Acme", Some("Copyright &copy; Acme"));
    }

    #[test]
    fn a_longer_name_does_not_show_a_shorter_one() {
        check("Grand K2", "load(\"acme/Grand-K2-Instruct\")", None);
        check("Grand K2", "Runs on Grand K2.", Some("Grand K2"));
        check("acme.example/terms", "see https://acme.example/terms.", None);
        assert!(
            Text::new("see https://acme.example/terms/v2")
                .holds_address("http://www.acme.example/terms")
                .is_some()
        );
    }

    #[test]
    fn a_blank_takes_a_name_and_not_nothing() {
        check("includes <the organization>.", "This includes Acme Tools", Some("includes"));
        check("includes <the organization>.", "This includes", None);
        check("[name] is built by Acme", "Our Bot is built by Acme", Some("is built by Acme"));
        check("[name] is built by Acme", "is built by Acme", None);
        check("The <x> Model is", "The Big Model is", Some("The Big Model is"));
    }
}
