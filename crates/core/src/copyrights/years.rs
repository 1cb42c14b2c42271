//! The years of a copyright statement.

/// The years that a statement names: one, or a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Years {
    /// The first.
    pub first: u16,
    /// The last; the same for a single year, `None` for a range up to the present.
    pub last: Option<u16>,
}

impl std::fmt::Display for Years {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.last {
            Some(last) if last == self.first => write!(f, "{last}"),
            Some(last) => write!(f, "{}-{last}", self.first),
            None => write!(f, "{}-present", self.first),
        }
    }
}

/// The first year in which anybody could have written a program or digitised a text.
const EARLIEST: u16 = 1900;
const LATEST: u16 = 2099;

/// Words that stand for today at the end of a range.
const PRESENT: [&str; 7] = ["present", "now", "today", "current", "date", "onwards", "onward"];

/// What may stand between two years of one list.
const BETWEEN: [&str; 9] = ["-", "–", "—", "to", "and", "&", ",", "--", "through"];

/// Whether a word can stand inside of a list of years, though it is none.
pub(super) fn joins(word: &str) -> bool {
    BETWEEN.contains(&word.to_ascii_lowercase().as_str())
}

/// Whether a word stands for today.
pub(super) fn is_present(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.', ';', ':', ')', '+']);
    PRESENT.contains(&word.to_ascii_lowercase().as_str())
}

/// Whether a word is nothing but years and what stands between them: `1999,`, `2001-04`, `2020-present`.
pub(super) fn is_years(word: &str) -> bool {
    let body = word.trim_matches(['(', ')', '[', ']', '\'', '"', '`']);
    let mut some = false;
    for part in body.split(['-', '–', '—', ',', '/', '.', ';', ':', '~', '+', '&']) {
        if part.is_empty() || is_present(part) {
            continue;
        }
        let digits = part.bytes().all(|it| it.is_ascii_digit());
        let full = part.len() == 4 && part.parse().is_ok_and(is_plausible);
        let short = part.len() <= 2 && some;
        // The eighth of May is written before its year in some countries.
        let of_date = part.len() <= 2 && word.contains(['/', '.', '-']);
        if !(digits && (full || short || of_date)) {
            return false;
        }
        some |= full;
    }
    some
}

fn is_plausible(year: u16) -> bool {
    (EARLIEST..=LATEST).contains(&year)
}

/// Reads a list of years; two digits belong to the century of the year before.
pub(super) fn read(words: &str) -> Vec<Years> {
    let mut all: Vec<Years> = Vec::new();
    let mut is_range = false;
    let mut at = 0;
    let bytes = words.as_bytes();
    while at < bytes.len() {
        let rest = &words[at..];
        let letter = rest.chars().next().unwrap_or(' ');
        if letter.is_ascii_digit() {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            if let Some(year) = year(&rest[..length], &all) {
                put(&mut all, year, is_range);
            }
            is_range = false;
            at += length;
        } else if letter.is_ascii_alphabetic() {
            let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            let word = &rest[..length];
            if is_range && is_present(word) {
                open(&mut all);
                is_range = false;
            }
            is_range |= word.eq_ignore_ascii_case("to") || word.eq_ignore_ascii_case("through");
            at += length;
        } else {
            is_range |= matches!(letter, '-' | '–' | '—' | '~');
            if letter == '+' {
                open(&mut all);
            }
            if matches!(letter, ',' | ';' | '&') {
                is_range = false;
            }
            at += letter.len_utf8();
        }
    }
    all
}

fn open(all: &mut [Years]) {
    if let Some(it) = all.last_mut() {
        it.last = None;
    }
}

fn year(digits: &str, before: &[Years]) -> Option<u16> {
    let number: u16 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(number).filter(|it| is_plausible(*it)),
        2 => {
            let last = before.last().map(|it| it.last.unwrap_or(it.first))?;
            let in_century = last - last % 100 + number;
            Some(if in_century < last { in_century + 100 } else { in_century })
                .filter(|it| is_plausible(*it))
        }
        1 => {
            let last = before.last().map(|it| it.last.unwrap_or(it.first))?;
            Some(last - last % 10 + number).filter(|it| *it > last)
        }
        _ => None,
    }
}

fn put(all: &mut Vec<Years>, year: u16, is_range: bool) {
    match all.last_mut() {
        Some(it) if is_range && it.last.is_some_and(|last| last <= year) => it.last = Some(year),
        Some(_) | None => all.push(Years { first: year, last: Some(year) }),
    }
}
