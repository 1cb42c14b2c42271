//! Copyright notices, which are no part of a license, and where in a line they end.

/// A line longer than this was wrapped by nobody, so a notice at its head does not reach its end.
const LONGEST_NOTICE: usize = 200;

/// How many bytes of a line, its marks already taken off, are a copyright notice.
///
/// Zero for a line that only speaks of copyright.
pub(crate) fn notice_len(line: &str) -> usize {
    let line = line.trim_end();
    notice_marker(line).map_or(0, |it| notice_end(line, it))
}

/// How many bytes of the rest of a line, which begins at a word, are a copyright notice with its date.
pub(crate) fn inner_notice_len(rest: &str) -> usize {
    if !starts_with_word(rest, "copyright") {
        return 0;
    }
    let after = rest["copyright".len()..].trim_start_matches([' ', '\t', ':', ',']);
    let end = rest.len() - after.len();
    let signed = ["(c)", "(C)", "©", "&copy;"].iter().find_map(|it| after.strip_prefix(it));
    let dated = signed.unwrap_or(after).trim_start();
    let is_dated = has_year(&dated[..floor(dated, 6)])
        || dated.starts_with(['<', '[', '{'])
        || signed.is_some() && is_name(&dated[..floor(dated, 40)]);
    if !is_dated {
        return 0;
    }
    let quoted = rest.find(['"', '”', ';']).unwrap_or(rest.len());
    notice_end(rest, end).min(quoted)
}

/// Where a notice ends whose marker ends at `marker`: with the line, or where a sentence begins.
fn notice_end(line: &str, marker: usize) -> usize {
    let near = floor(line, marker + LONGEST_NOTICE);
    if let Some(end) = sentence_start(&line[marker..near]) {
        return marker + end;
    }
    if line.len() <= LONGEST_NOTICE {
        return line.len();
    }
    let head = floor(line, marker + 60);
    let digits = line[..head].rfind(|it: char| it.is_ascii_digit()).map_or(0, |it| it + 1);
    digits.max(marker)
}

/// Words in small letters that are part of names.
const OF_NAMES: &[&str] = &[
    "and",
    "at",
    "authors",
    "bv",
    "by",
    "contributors",
    "da",
    "de",
    "del",
    "der",
    "des",
    "di",
    "du",
    "e",
    "et",
    "for",
    "in",
    "inc",
    "its",
    "la",
    "le",
    "of",
    "on",
    "or",
    "others",
    "present",
    "respective",
    "s",
    "the",
    "to",
    "und",
    "van",
    "von",
    "y",
];

/// Where after names and years a sentence begins: at a capital that words follow which are no names.
fn sentence_start(rest: &str) -> Option<usize> {
    const MOST_WORDS: usize = 30;
    let words: Vec<(usize, &str)> = words(rest).take(MOST_WORDS).collect();
    let is_plain = |it: &str| it.bytes().all(|it| it.is_ascii_lowercase());
    let tells = |it: &str| is_plain(it) && !OF_NAMES.contains(&it);
    words.windows(3).skip(1).find_map(|it| {
        let (at, first) = it[0];
        let is_capital = first.starts_with(|it: char| it.is_ascii_uppercase());
        let follows = is_plain(it[1].1) && is_plain(it[2].1) && (tells(it[1].1) || tells(it[2].1));
        let is_ended = rest[..at].trim_end().ends_with('.') && !is_shortened(&rest[..at]);
        (is_capital && (follows || is_ended)).then_some(at)
    })
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let pieces =
        text.split(|it: char| it.is_whitespace() || matches!(it, ',' | '<' | '>' | '(' | ')'));
    let at = |it: &str| it.as_ptr() as usize - text.as_ptr() as usize;
    pieces.filter(|it| !it.is_empty()).map(move |it| (at(it), it.trim_end_matches(['.', ':', ';'])))
}

/// Whether a text ends with a full stop that ends no sentence, as in "Inc." or "J."
fn is_shortened(text: &str) -> bool {
    const LONGEST: usize = 4;
    let word = text.trim_end().trim_end_matches('.').rsplit([' ', '.']).next().unwrap_or_default();
    word.len() <= LONGEST && word.starts_with(|it: char| it.is_ascii_uppercase())
}

fn floor(line: &str, at: usize) -> usize {
    let mut at = at.min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn notice_marker(line: &str) -> Option<usize> {
    let start = if starts_with_word(line, "portions") { "portions ".len() } else { 0 };
    let rest = line.get(start..)?.trim_start();
    let start = line.len() - rest.len();
    for sign in ["©", "(c)", "(C)", "&copy;", "\\(co"] {
        if let Some(after) = rest.strip_prefix(sign) {
            // "(c)" is the third item of many a list.
            let is_item = sign.starts_with('(');
            let is_notice = if is_item {
                has_year(&after[..floor(after, 40)])
            } else {
                is_dated(after) || is_name(after.trim_start())
            };
            return is_notice.then_some(start + sign.len());
        }
    }
    if !starts_with_word(rest, "copyright") {
        return None;
    }
    let after = rest["copyright".len()..].trim_start_matches([' ', '\t', ':', ',']);
    let end = line.len() - after.len();
    (is_dated(after) || is_name(after)).then_some(end)
}

fn starts_with_word(line: &str, word: &str) -> bool {
    line.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word))
        && !line[word.len()..].starts_with(|it: char| it.is_alphanumeric())
}

/// Whether a year, a copyright sign or a blank for one comes soon.
fn is_dated(rest: &str) -> bool {
    let head = &rest[..floor(rest, 40)];
    let lower = head.trim_start().to_ascii_lowercase();
    let signed =
        ["(c)", "©", "&copy;", "<", "[", "{", "by ", "yyyy", "year", "20xx", "19xx", "\\(co"];
    signed.iter().any(|it| lower.starts_with(it)) || has_year(head)
}

fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes
        .windows(4)
        .any(|it| matches!(&it[..2], b"19" | b"20") && it[2..].iter().all(u8::is_ascii_digit))
}

/// Words after "Copyright" that make it a matter spoken of, not a notice.
const NOT_NAMES: &[&str] = &[
    "Holder",
    "Owner",
    "Notice",
    "License",
    "Law",
    "Act",
    "Interest",
    "Statement",
    "Treat",
    "And",
    "Right",
];

fn is_name(rest: &str) -> bool {
    let mut letters = rest.chars();
    let (first, second) = (letters.next(), letters.next());
    first.is_some_and(char::is_uppercase)
        && second.is_some_and(char::is_lowercase)
        && !NOT_NAMES.iter().any(|it| rest.starts_with(it))
        && rest.len() <= 80
}
