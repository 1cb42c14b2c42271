//! What stands at the head of a line without belonging to the text: comment marks, list marks, notices.

/// How many bytes at the head of a line are blanks, comment marks, quote marks or markdown marks.
pub(crate) fn mark_len(line: &str) -> usize {
    let marks = line.bytes().take_while(|it| !it.is_ascii_alphanumeric() && is_mark(*it)).count();
    let rest = &line[marks..];
    for word in ["dnl", "rem"] {
        let found = rest.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
        if found && rest[word.len()..].starts_with([' ', '\t', '\r', '\n']) {
            return marks + word.len();
        }
    }
    marks
}

fn is_mark(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t'
            | b'\r'
            | b'/'
            | b'*'
            | b'#'
            | b';'
            | b'%'
            | b'-'
            | b'+'
            | b'!'
            | b'|'
            | b'>'
            | b'='
            | b'_'
            | b'~'
            | b'"'
            | b'\''
            | b'`'
            | b'.'
            | b':'
    )
}

/// A line longer than this was wrapped by nobody, so a notice at its head does not reach its end.
const LONGEST_NOTICE: usize = 200;

/// How many bytes of a line, its marks already taken off, are a copyright notice.
///
/// Zero for a line that only speaks of copyright.
pub(crate) fn notice_len(line: &str) -> usize {
    let line = line.trim_end();
    let Some(marker) = notice_marker(line) else { return 0 };
    if line.len() <= LONGEST_NOTICE {
        return line.len();
    }
    let head = floor(line, marker + 60);
    let digits = line[..head].rfind(|it: char| it.is_ascii_digit()).map_or(0, |it| it + 1);
    digits.max(marker)
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

/// How many bytes at the head of `rest` are the number of a list item or a section, such as `1.`, `(iv)` or `a)`.
///
/// `opens` tells that a new line or sentence begins here.
pub(crate) fn list_number_len(rest: &str, opens: bool) -> usize {
    const LONGEST: usize = 5;
    let bytes = rest.as_bytes();
    let word = bytes.iter().take(LONGEST).take_while(|it| it.is_ascii_alphanumeric()).count();
    let close = bytes.get(word).copied();
    let ends = bytes.get(word + 1).is_none_or(u8::is_ascii_whitespace);
    let is_glued = bytes.get(word + 1).is_some_and(u8::is_ascii_uppercase);
    let name = &rest[..word];
    let number = (1..=2).contains(&word) && name.bytes().all(|it| it.is_ascii_digit());
    let roman = (1..=4).contains(&word)
        && name.bytes().all(|it| matches!(it.to_ascii_lowercase(), b'i' | b'v' | b'x'));
    let letter = word == 1;
    match close {
        Some(b')') if number || roman || letter => word + 1,
        Some(b'.') if number && opens && is_glued => word + 1,
        Some(b'.') if ends && (number || (opens && (letter || roman))) => word + 1,
        Some(b'.') if number && opens => section_len(rest),
        _ => 0,
    }
}

/// The length of a number of several parts, such as `3.1` or `3.1.`, at the head of a sentence.
fn section_len(rest: &str) -> usize {
    let len = rest.bytes().take(9).take_while(|it| it.is_ascii_digit() || *it == b'.').count();
    let ends = rest.as_bytes().get(len).is_none_or(|it| it.is_ascii_whitespace() || *it == b')');
    if ends && len <= 8 { len } else { 0 }
}
