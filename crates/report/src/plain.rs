//! Makes text of unknown origin safe to print: nothing that steers a terminal, nothing unseen.

use std::borrow::Cow;

/// The most characters that a name or sentence from a file may take on a screen.
const MANY: usize = 1_000;

/// `text` on one line, with every control, bidirectional and invisible character made visible, and
/// nothing that a build server would take for a command.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) && !text.contains("::") && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for it in text.chars() {
        push(it, &mut shown);
    }
    Cow::Owned(shown)
}

/// [`plain`], and cut where it gets longer than anybody reads.
pub(crate) fn brief(text: &str) -> String {
    cut(text, MANY)
}

/// [`plain`], and cut after `most` characters.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return plain(text).into_owned() };
    plain(&text[..end]).into_owned() + "…"
}

/// Writes one character as [`plain`] shows it behind what is shown already.
pub(crate) fn push(it: char, shown: &mut String) {
    match it {
        ':' | '[' if is_command(it, shown) => shown.extend(it.escape_unicode()),
        '\t' => shown.push(' '),
        '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(it))),
        '\u{7f}' => shown.push('␡'),
        _ if is_hidden(it) => shown.extend(it.escape_unicode()),
        _ => shown.push(it),
    }
}

/// Whether a character completes the start of a command in a build log: `::` where a word begins,
/// as lines may be broken there, and `##[` or `##vso[` anywhere.
fn is_command(it: char, shown: &str) -> bool {
    if it == '[' {
        let end = shown.len().saturating_sub("##vso".len());
        let end = shown.as_bytes().get(end..).unwrap_or_default();
        return end.ends_with(b"##") || end.eq_ignore_ascii_case(b"##vso");
    }
    let before = shown.strip_suffix(':').map(|it| it.chars().next_back());
    before.is_some_and(|it| it.is_none_or(char::is_whitespace))
}

/// Controls, marks and overrides of direction, and characters without a shape. The joiners
/// U+200C and U+200D stay: scripts and emoji are written with them.
pub(crate) fn is_hidden(it: char) -> bool {
    it.is_control()
        || matches!(it,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{cut, plain};

    #[test]
    fn nothing_steers_the_terminal_and_nothing_hides() {
        let check = |text: &str, expected: &str| assert_eq!(plain(text), expected);
        check("Größe 大 👩‍💻", "Größe 大 👩‍💻");
        check("\u{1b}[31mMIT\u{7}", "␛[31mMIT␇");
        check("a\tb\r\nc\0\u{7f}", "a b␍␊c␀␡");
        check("\u{9b}2J", "\\u{9b}2J");
        check("MIT\u{202e}TIM\u{2066}\u{2069}", "MIT\\u{202e}TIM\\u{2066}\\u{2069}");
        check("apa\u{200b}che\u{ad}\u{feff}", "apa\\u{200b}che\\u{ad}\\u{feff}");
        check("two\u{2028}lines", "two\\u{2028}lines");
        check("::set-output::x ::y a::b", ":\\u{3a}set-output::x :\\u{3a}y a::b");
        check("a ##[c]x ##Vso[d] # [e]", "a ##\\u{5b}c]x ##Vso\\u{5b}d] # [e]");
    }

    #[test]
    fn long_text_is_cut_by_characters() {
        assert_eq!(cut("大大大", 3), "大大大");
        assert_eq!(cut("大大\u{1b}大", 3), "大大␛…");
    }
}
