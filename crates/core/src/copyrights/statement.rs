//! One statement: its marks, its years, whose it is, and where it ends.

use super::marks::Sort;
use super::vocabulary::{bare, begins_name, ends_name, is_about, is_in_names};
use super::vocabulary::{is_short, is_turn};
use super::words::{Word, words};
use super::years::{self, is_present, is_years, joins};
use super::{Block, Copyright};

/// The longest name of a holder, in words.
const MOST_WORDS: usize = 60;

/// A line that is so long was broken because it was full, not because the name was complete.
const FILLED: usize = 56;

/// The statement that begins with the mark of a block, and how many lines more it takes.
pub(super) fn read(block: &Block) -> (Option<Copyright>, usize) {
    let words = words(&block.lines);
    let mut reading = Reading {
        words: &words,
        at: 0,
        before: block.before.len(),
        seen: Seen::default(),
        quoted: false,
    };
    reading.marks();
    if !reading.seen.word && block.mark.sort == Sort::Word {
        return (None, 0);
    }
    let first = reading.years();
    let by = reading.skip_by();
    reading.marks_again();
    let more = if first.is_empty() { reading.years() } else { String::new() };
    if !more.is_empty() {
        reading.skip_by();
    }
    let years_text = if first.is_empty() { more } else { first };
    let mut name = reading.name(!years_text.is_empty());
    let years = years::read(&years_text);
    let leads = !years.is_empty();
    let years = if leads { years } else { years::read(&name.years) };
    let stated = Stated { block, reading: &reading, leads, has_years: !years.is_empty(), by };
    if !stated.holds(&mut name) {
        return (None, 0);
    }
    let last = reading.at.checked_sub(1).and_then(|it| words.get(it)).map_or(0, |it| it.line);
    let statement = repeated(&block.before, &words[..reading.at.min(words.len())]);
    let holder = (!name.holder.is_empty()).then_some(name.holder);
    (Some(Copyright { at: 0..0, statement, years, holder, contacts: name.contacts }), last)
}

/// What kinds of marks were read.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    word: bool,
    sign: bool,
    letter: bool,
    tag: bool,
    /// The word begins with a capital.
    capital: bool,
    /// Something is assigned: `copyright = "…"`, `Copyright: …`.
    assigned: bool,
}

#[derive(Debug)]
struct Reading<'a, 'b> {
    words: &'b [Word<'a>],
    at: usize,
    /// How long the line is before the first mark.
    before: usize,
    seen: Seen,
    /// The statement stands in quotes, which end it.
    quoted: bool,
}

/// Who is named, and what stands among the names.
#[derive(Debug, Default)]
struct Name {
    holder: String,
    contacts: Vec<String>,
    years: String,
    /// A sentence, the line or the text ended it, rather than a word of another sentence.
    whole: bool,
}

impl<'a> Reading<'a, '_> {
    fn word(&self) -> Option<Word<'a>> {
        self.words.get(self.at).copied()
    }

    /// Reads the marks at the beginning.
    fn marks(&mut self) {
        while let Some(word) = self.word() {
            if !self.mark(word.text) {
                return;
            }
            self.at += 1;
        }
    }

    /// Reads a mark that stands after the years.
    fn marks_again(&mut self) {
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
    fn years(&mut self) -> String {
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

    fn skip_by(&mut self) -> bool {
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

    /// Reads the names of the holders.
    fn name(&mut self, has_years: bool) -> Name {
        let mut name = Name { whole: true, ..Name::default() };
        let mut taken: Vec<&str> = Vec::new();
        let mut after_contact = false;
        let start = self.at;
        while let Some(word) = self.word() {
            if self.at - start >= MOST_WORDS {
                break;
            }
            if word.opens && !self.goes_on(&taken, has_years || !name.years.is_empty(), start) {
                break;
            }
            if let Some(length) = self.contact(&mut name.contacts) {
                self.at += length;
                if self.words[self.at - 1].text.ends_with(',') && !taken.is_empty() {
                    taken.push(",");
                }
                after_contact = true;
                continue;
            }
            if self.ends(word, &taken) {
                name.whole =
                    word.text.starts_with(['"', '\'']) || all_rights(&self.words[self.at..]);
                break;
            }
            let joined =
                word.text.starts_with(['&', ',']) || ["and", "und", "et"].contains(&word.text);
            if after_contact
                && !joined
                && !is_years(word.text)
                && !self.words[self.at - 1].text.ends_with([',', ';'])
            {
                break;
            }
            after_contact = false;
            if is_years(word.text) && self.years_inside(&mut name, &taken) {
                continue;
            }
            self.at += 1;
            taken.push(word.text);
            if self.closes(word.text) {
                break;
            }
        }
        name.holder = tidy(&taken);
        name
    }

    /// Years among or after the names: those after the last are of the statement.
    fn years_inside(&mut self, name: &mut Name, taken: &[&str]) -> bool {
        if taken.is_empty() {
            return false;
        }
        let years = self.years();
        name.years.push_str(&years);
        name.years.push(' ');
        !years.is_empty()
    }

    /// Whether the statement goes on in the line that begins here.
    fn goes_on(&self, taken: &[&str], has_years: bool, start: usize) -> bool {
        let Some(word) = self.word() else { return false };
        let before = if self.at > 0 { self.words[self.at - 1].text } else { "" };
        if all_rights(&self.words[self.at..]) || ends_name(word.text) || is_marked(word.text) {
            return false;
        }
        if taken.is_empty() && self.at == start {
            // Years alone: whose they are stands in the next line.
            let strong = has_years || self.seen.sign;
            return strong
                && (begins_name(word.text)
                    || self.words.len() <= self.at + 8 && bare(word.text).len() > 2);
        }
        let initial = before.ends_with('.') && before.len() == 2;
        if before.ends_with(['.', ';', ')']) && !initial && !before.ends_with("Inc.") {
            return matches!(word.text.to_lowercase().as_str(), "and" | "&" | "and/or");
        }
        let open = before.ends_with([',', '&'])
            || matches!(
                before.to_lowercase().as_str(),
                "and" | "by" | "of" | "for" | "the" | "und" | "et" | "-" | "or"
            );
        let joins = matches!(word.text.to_lowercase().as_str(), "and" | "&" | "and/or" | "or");
        let name = begins_name(word.text) || is_in_names(word.text);
        let listed = taken.iter().rposition(|it| it.ends_with(',')).map_or(0, |it| it + 1);
        let names = taken[listed..].iter().filter(|it| !is_in_names(it)).count();
        let filled = self.length(word.line.saturating_sub(1)) >= FILLED
            || (names == 1 && self.count(word.line) < 5);
        if word.text.starts_with(|it: char| it.is_ascii_digit()) && !is_years(word.text) {
            return false;
        }
        let proper = word.text.starts_with(char::is_uppercase)
            && begins_name(word.text)
            && !word.text.ends_with(':');
        (filled && (proper || initial))
            || (open && (name || is_years(word.text)))
            || (joins && !self.words.get(self.at + 1).is_some_and(|it| ends_name(it.text)))
            || is_form(word.text)
    }

    /// Whether the brackets that open here hold something else than a name.
    fn is_aside(&self) -> bool {
        let rest = &self.words[self.at..self.words.len().min(self.at + 8)];
        let end = rest.iter().position(|it| it.text.contains(')')).map_or(0, |it| it + 1);
        rest[..end]
            .iter()
            .any(|it| ends_name(it.text) || it.text.contains("://") || is_turn(it.text))
    }

    /// How long a line is.
    fn length(&self, line: usize) -> usize {
        let before = if line == 0 { self.before } else { 0 };
        let of = self.words.iter().filter(|it| it.line == line);
        before + of.map(|it| it.text.len() + 1).sum::<usize>()
    }

    /// How many words a line has.
    fn count(&self, line: usize) -> usize {
        self.words.iter().filter(|it| it.line == line).count()
    }

    /// Whether a name cannot go on with this word.
    fn ends(&self, word: Word<'_>, taken: &[&str]) -> bool {
        let text = word.text;
        if all_rights(&self.words[self.at..]) || is_marked(text) {
            return true;
        }
        if text.starts_with(['$', '{', '}', '=', '|', '*', ';', '\\', '•', '·'])
            || text.contains("://")
            || text.contains(['{', '}', '=', '$'])
        {
            return true;
        }
        if self.quoted && !taken.is_empty() && text.starts_with('"') {
            return true;
        }
        let sentence = taken.last().is_some_and(|it| it.ends_with(['.', ',', ';', ')']));
        let small = text.starts_with(char::is_lowercase) || text.ends_with(':');
        if text.starts_with('(') && self.is_aside() {
            return true;
        }
        if is_turn(text) || (sentence && ["a", "an"].contains(&text)) {
            return true;
        }
        let ends = ends_name(text) && (small || sentence || word.opens);
        (ends && !is_in_names(text)) || (word.apart && taken.len() > 1 && !word.opens && sentence)
    }

    /// Whether a word is the last of its sentence.
    fn closes(&self, text: &str) -> bool {
        if text.ends_with([';', '"']) || text.ends_with("\",") || text.ends_with("',") {
            return true;
        }
        let stop = text.trim_end_matches(['"', '\'']);
        stop.ends_with('.')
            && !is_short(stop)
            && self.word().is_some_and(|it| {
                !matches!(it.text.to_lowercase().as_str(), "and" | "&" | "et")
                    && !it.text.starts_with(['<', '(', ','])
            })
            || stop.ends_with(':')
    }

    /// Reads an address; how many words it takes.
    fn contact(&self, contacts: &mut Vec<String>) -> Option<usize> {
        let word = self.word()?.text;
        let body = word.trim_matches(|it: char| "<>()[],;\"'".contains(it));
        let is_page =
            body.contains("://") || body.starts_with("www.") || body.starts_with("mailto:");
        let is_mail = body.contains('@') && body.len() > 3 && !body.starts_with('@');
        if is_page || is_mail {
            contacts.push(body.trim_end_matches(['.', ':', '>', ')']).to_owned());
            return Some(1);
        }
        // `<jane at acme dot example>`
        let opens = word.starts_with('<')
            || (word.starts_with('(')
                && self.words.get(self.at + 1).is_some_and(|it| it.text == "at"));
        if !opens {
            return None;
        }
        let close = if word.starts_with('<') { '>' } else { ')' };
        let rest = &self.words[self.at..self.words.len().min(self.at + 12)];
        let end = rest.iter().position(|it| it.text.contains(close))?;
        let words: Vec<_> = rest[..=end].iter().map(|it| it.text).collect();
        contacts.push(words.join(" ").trim_matches(|it: char| "<>(),.".contains(it)).to_owned());
        Some(end + 1)
    }
}

/// A statement with all that decides whether it is one.
struct Stated<'a, 'b, 'c> {
    block: &'b Block,
    reading: &'c Reading<'a, 'b>,
    /// Years stand before the name.
    leads: bool,
    has_years: bool,
    by: bool,
}

impl Stated<'_, '_, '_> {
    fn holds(&self, name: &mut Name) -> bool {
        let seen = self.reading.seen;
        let first = name.holder.split(' ').next().unwrap_or_default();
        let lettered = name.holder.chars().any(char::is_alphabetic);
        if seen.tag {
            return lettered || self.has_years;
        }
        let opens = self.block.before.trim_matches(|it: char| !it.is_alphanumeric()).is_empty();
        if self.has_years {
            if !seen.word && !seen.sign && !lettered {
                return false;
            }
            if !self.leads && (is_about(first) || (!seen.sign && !begins_name(first))) {
                return false;
            }
            let code = name.holder.contains(['(', '_']) && !name.holder.contains(' ');
            // Clauses and arguments of functions are lettered, too.
            let vouched = seen.word || seen.sign || (seen.letter && (self.leads || opens));
            return !code && vouched && (self.leads || seen.word || opens);
        }
        if !lettered || !begins_name(first) || name.holder.contains("_") {
            return self.by
                && lettered
                && !is_about(first)
                && first.chars().next().is_some_and(char::is_uppercase);
        }
        // What holds quotes is a piece of a program.
        if name.holder.contains('"') {
            return false;
        }
        let words: Vec<_> = name.holder.split(' ').collect();
        let capitals =
            words.iter().all(|it| !it.starts_with(char::is_lowercase) || is_in_names(it));
        if seen.word && (seen.sign || seen.letter) {
            return true;
        }
        if seen.word {
            let said =
                [" is", " are", "is", "are"].iter().any(|it| self.block.before.ends_with(it));
            let strong = (seen.capital && (opens || self.by || seen.assigned)) || said;
            return (strong
                && capitals
                && (words.len() > 1 || seen.assigned || self.by)
                && name.whole)
                || (self.by && capitals);
        }
        if seen.sign {
            return opens && capitals && name.whole;
        }
        opens && capitals && name.whole && words.len() > 1 && words.len() < 9
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

/// A word that ends the name of a company, alone in its line.
fn is_form(word: &str) -> bool {
    ["Inc.", "Inc", "Ltd", "Ltd.", "LLC", "LLC.", "GmbH", "Corporation", "Corp."].contains(&word)
}

fn is_marked(word: &str) -> bool {
    let body = bare(word).to_lowercase();
    matches!(body.as_str(), "©" | "copyright" | "copyrights" | "copyrighted" | "(c" | "copyright(c")
        || word.eq_ignore_ascii_case("(c)")
        || word.starts_with('©')
}

fn all_rights(words: &[Word<'_>]) -> bool {
    let is = |at: usize, wanted: &[&str]| {
        words
            .get(at)
            .is_some_and(|it: &Word<'_>| wanted.contains(&bare(it.text).to_lowercase().as_str()))
    };
    is(0, &["all", "some", "no", "alle", "todos"])
        && is(1, &["rights", "right", "rechte", "los", "other"])
}

/// The names without what stands between them and the rest.
fn tidy(words: &[&str]) -> String {
    let name = words.join(" ").replace(" ,", ",");
    let mut name = name.as_str();
    loop {
        let before = name;
        name = name
            .trim_matches(|it: char| it.is_whitespace() || ",;:-–—*/\"'<>|#~=“”‘’`".contains(it));
        for it in [" and", " by", " &", " or", " the", " for", " of", " a", " in"] {
            name = name.strip_suffix(it).unwrap_or(name);
        }
        for it in ["by ", "and ", "& ", "- ", ". "] {
            name = name.strip_prefix(it).unwrap_or(name);
        }
        if name.ends_with(')') && !name.contains('(') {
            name = name.trim_end_matches(')');
        }
        if name.ends_with('(') {
            name = name.trim_end_matches('(');
        }
        if name.len() == before.len() {
            break;
        }
    }
    let last = name.rsplit(' ').next().unwrap_or_default();
    let keeps = is_short(last) && last.len() > 2;
    if keeps { name } else { name.trim_end_matches('.') }.to_owned()
}

/// The words as one line; what limits them to a part of the work stands before them.
fn repeated(before: &str, words: &[Word<'_>]) -> String {
    let line = words.iter().map(|it| it.text).collect::<Vec<_>>().join(" ");
    let mut line = line.trim_matches(|it: char| it.is_whitespace() || ",;:-*\"'".contains(it));
    for it in [" and", ",", " &", " or", " the", " -", " of"] {
        line = line.strip_suffix(it).unwrap_or(line);
    }
    let tags = ["SPDX-FileCopyrightText", "SPDX-SnippetCopyrightText"];
    if let Some(rest) = tags.iter().find_map(|it| line.strip_prefix(it)) {
        let rest = rest.trim_start_matches([':', '=', ' ', '[', '"']);
        let marked = rest.split(' ').next().is_some_and(is_marked);
        return if marked { rest.to_owned() } else { format!("Copyright {rest}") };
    }
    let part = before.rsplit(' ').next().unwrap_or_default();
    let parts = ["portions", "portion", "parts"];
    if parts.contains(&part.to_ascii_lowercase().as_str()) {
        format!("{part} {line}")
    } else {
        line.to_owned()
    }
}
