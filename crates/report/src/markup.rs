//! Foreign text inside of the languages that reports are written in: it is shown, and is never
//! read as one of their words.

use std::fmt::Write;

use crate::plain::{brief, cut, plain};

/// `text` as Markdown that shows it and does nothing: no HTML, link, mention, picture or
/// reference. What stands in backticks stays so; another word that could mean something is put
/// there.
pub(crate) fn markdown(text: &str) -> String {
    let text = brief(text);
    let mut shown = String::with_capacity(text.len() + 16);
    let mut rest = text.as_str();
    while let Some((before, code, after)) = code_span(rest) {
        words(before, &mut shown);
        code_word(code, &mut shown);
        rest = after;
    }
    words(rest, &mut shown);
    shown
}

/// `text` as the content of a cell of a Markdown table.
pub(crate) fn cell(text: &str) -> String {
    markdown(text).replace('|', "\\|")
}

/// The first pair of single backticks with something between them.
fn code_span(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    let alone = !code.trim().is_empty() && !after.starts_with('`');
    alone.then_some((before, code, after))
}

/// Words that could mean something stand in one pair of backticks with those beside them.
fn words(text: &str, shown: &mut String) {
    let mut strange = String::new();
    for part in text.split_inclusive(' ') {
        if !is_harmless(part.trim_end_matches(' ')) || (part == " " && !strange.is_empty()) {
            strange.push_str(part);
            continue;
        }
        code_words(&mut strange, shown);
        shown.push_str(part);
    }
    code_words(&mut strange, shown);
}

/// Empties `strange`; brackets and points around it stay outside.
fn code_words(strange: &mut String, shown: &mut String) {
    let words = strange.trim_end_matches(' ');
    let start = words.trim_start_matches('(');
    let inside = start.trim_end_matches([',', '.', ';', ':', ')']);
    shown.push_str(&words[..words.len() - start.len()]);
    if !inside.is_empty() {
        code_word(inside, shown);
    }
    shown.push_str(&start[inside.len()..]);
    shown.push_str(&strange[words.len()..]);
    strange.clear();
}

/// A word in backticks of its own; two pairs must not touch.
fn code_word(word: &str, shown: &mut String) {
    if shown.ends_with('`') {
        shown.push(' ');
    }
    shown.push('`');
    shown.push_str(&word.replace('`', "'"));
    shown.push('`');
}

/// Whether no dialect of Markdown sees more than letters and punctuation in a word.
fn is_harmless(word: &str) -> bool {
    let body = word.trim_end_matches([',', '.', ';', ':', ')', '%', '?']);
    let is_plain = |it: char| it.is_alphanumeric() || ".,;'\"()-–—/?=+§…“”‘’©".contains(it);
    let leads_away = body.contains("//") || body.to_ascii_lowercase().contains("www.");
    body.chars().all(is_plain) && !leads_away
}

/// `text` as content or attribute of XML.
pub(crate) fn xml(text: &str) -> String {
    escaped(&brief(text))
}

/// `text` as content or attribute of HTML, however long it is.
pub(crate) fn html(text: &str) -> String {
    escaped(&plain(text))
}

fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '"' => shown.push_str("&quot;"),
            '\'' => shown.push_str("&apos;"),
            // The two that no XML document may hold and that are no control characters.
            '\u{fffe}' | '\u{ffff}' => shown.push(char::REPLACEMENT_CHARACTER),
            _ => shown.push(it),
        }
    }
    shown
}

/// The most characters that a file system lets a path have.
const LONGEST_PATH: usize = 4096;

/// A path as a relative URI: what is not of the unreserved characters is written as its bytes.
pub fn uri(path: &str) -> String {
    let mut shown = String::with_capacity(path.len());
    // A first part with a colon would be a scheme, and one that is empty a host.
    let path = path.trim_start_matches('/');
    for byte in path.bytes().take(LONGEST_PATH) {
        if byte.is_ascii_alphanumeric() || b"-._~/@+,=".contains(&byte) {
            shown.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(shown, "%{byte:02X}");
        }
    }
    shown
}

/// `text` as the message of a workflow command.
pub(crate) fn command_text(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// `text` as the value of a property of a workflow command.
pub(crate) fn command_value(text: &str) -> String {
    let text = cut(text, LONGEST_PATH);
    command_text(&text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{cell, command_text, command_value, markdown, uri, xml};

    #[test]
    fn markdown_shows_and_does_nothing() {
        let check = |text: &str, expected: &str| assert_eq!(markdown(text), expected);
        check("`a/b` is under X (§2.b), 50%: no", "`a/b` is under X (§2.b), 50%: no");
        check("[rules] deny = [\"nc\", …] (a_b:2).", "`[rules]` deny = `[\"nc\", …] (a_b:2`).");
        check("on (a_b:2).", "on (`a_b:2`).");
        check("<b>@all #1 x ![x](http://y)", "`<b>@all #1` x `![x](http://y`)");
        check("`a` <i>`<b>` c_d_e", "`a` `<i>` `<b>` `c_d_e`");
        check("``<b>`` ` <i> ```", "`''<b>'' ' <i> '''`");
        check("one`<b>", "`one'<b>`");
        check("`a``<b>", "`'a''<b>`");
        check("www.example.org a\nb", "`www.example.org a␊b`");
        check("", "");
        assert_eq!(cell("a | `b|c`"), "a `\\|` `b\\|c`");
    }

    #[test]
    fn no_language_reads_foreign_text() {
        assert_eq!(
            xml("<a b='c'>&\"\u{0}\u{ffff}\u{1b}"),
            "&lt;a b=&apos;c&apos;&gt;&amp;&quot;␀\u{fffd}␛"
        );
        assert_eq!(uri("/a b/c:d/ä%#?.md"), "a%20b/c%3Ad/%C3%A4%25%23%3F.md");
        assert_eq!(command_text("a\r\n::error::50%"), "a%0D%0A::error::50%25");
        assert_eq!(command_value("a:b,c\nd"), "a%3Ab%2Cc␊d");
    }
}
