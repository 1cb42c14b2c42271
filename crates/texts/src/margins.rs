//! What stands at the head of a line without belonging to the text: comment marks, list marks, notices.

/// How many bytes at the head of a line are blanks, comment marks, quote marks or markdown marks.
pub(crate) fn mark_len(line: &str) -> usize {
    let marks = line.bytes().take_while(|it| !it.is_ascii_alphanumeric() && is_mark(*it)).count();
    let rest = &line[marks..];
    // Fortran has a letter in the first column.
    if marks == 0 && (rest.starts_with("C  ") || rest.starts_with("c  ")) {
        return 3;
    }
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
