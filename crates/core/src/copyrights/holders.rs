//! Whose the copyright is: names, addresses among them, and where they end.

use super::head::{Reading, is_marked};
use super::vocabulary::{bare, begins_name, ends_name, is_in_names, is_short, is_turn};
use super::words::Word;
use super::years::is_years;

/// The longest name of a holder, in words.
const MOST_WORDS: usize = 60;

/// A line that is so long was broken because it was full, not because the name was complete.
const FILLED: usize = 56;

/// Who is named, and what stands among the names.
#[derive(Debug, Default)]
pub(super) struct Name {
    pub(super) holder: String,
    pub(super) contacts: Vec<String>,
    pub(super) years: String,
    /// A sentence, the line or the text ended it, rather than a word of another sentence.
    pub(super) whole: bool,
}

impl Reading<'_, '_> {
    /// Reads the names of the holders.
    pub(super) fn name(&mut self, has_years: bool) -> Name {
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
            if self.closes(word.text) && !(taken.len() > 1 && self.is_nickname(word)) {
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

    /// Takes what in brackets says where the names are listed: it is no name, and part of the notice.
    pub(super) fn reference(&mut self) {
        const LONGEST: usize = 6;
        let rest = &self.words[self.at..self.words.len().min(self.at + LONGEST)];
        let is_reference =
            rest.first().is_some_and(|it| !it.opens && it.text.eq_ignore_ascii_case("(see"));
        let end = rest.iter().position(|it| it.text.contains(')'));
        let in_line = |end: &usize| rest[..=*end].iter().skip(1).all(|it| !it.opens);
        if let Some(end) = end.filter(|it| is_reference && in_line(it)) {
            self.at += end + 1;
        }
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

    /// Whether a word in quotes stands between two names of one person.
    fn is_nickname(&self, word: Word<'_>) -> bool {
        let inner = word.text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        let next = self.word().filter(|it| !it.opens && begins_name(it.text));
        !self.quoted
            && inner.is_some_and(|it| !it.is_empty() && !it.contains('"'))
            && next.is_some()
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

/// A word that ends the name of a company, alone in its line.
fn is_form(word: &str) -> bool {
    ["Inc.", "Inc", "Ltd", "Ltd.", "LLC", "LLC.", "GmbH", "Corporation", "Corp."].contains(&word)
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
