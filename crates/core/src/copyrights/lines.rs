//! Lines as a reader sees them: without signs of comments, markup and escapes.

/// What begins a line of a comment, in any language; longer ones first.
const PREFIXES: [&str; 22] = [
    "<!--", "(*", "/**", "/*!", "/*", "//!", "///", "//", "*/", "--[[", "{-", ".\\\"", "'\\\"",
    "\"\"\"", "'''", "<#", "=begin", "REM ", "rem ", "@rem ", "dnl ", "@REM ",
];
/// Single signs that mean nothing at the beginning of a line.
const SIGNS: [char; 17] =
    ['*', '#', ';', '%', '>', '|', '!', '=', '+', '~', '-', '/', '.', '_', '\u{feff}', '"', '\''];

/// What is written otherwise in markup.
const ENTITIES: [(&str, &str); 16] = [
    ("&copy;", "©"),
    ("&COPY;", "©"),
    ("&#169;", "©"),
    ("&#xa9;", "©"),
    ("&#xA9;", "©"),
    ("\\u00a9", "©"),
    ("\\u00A9", "©"),
    ("\\xa9", "©"),
    ("\\(co", "©"),
    ("\\251", "©"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
    ("&nbsp;", " "),
    ("&quot;", "\""),
    ("@copyright{}", "©"),
];

/// The longest tag of markup.
const LONGEST_TAG: usize = 300;

/// The line without signs of comments and markup.
pub(super) fn clean(line: &str) -> String {
    let mut text = line.trim().to_owned();
    if text.contains(['&', '\\', '@']) {
        for (written, meant) in ENTITIES {
            if text.contains(written) {
                text = text.replace(written, meant);
            }
        }
        text = text.replace("\\n", "\n").replace("\\t", " ").replace("\\r", "\n");
    }
    if text.contains('<') || text.contains('[') {
        text = without_markup(&text);
    }
    let text = text.replace("(C)", "(C) ").replace("(c)", "(c) ").replace('©', "© ");
    let text =
        text.replace("(c) opyright", "Copyright (c)").replace("(C) opyright", "Copyright (C)");
    let text = text.replace("= u'", "= '").replace("**", " ").replace(['`', '\t'], " ");
    let text = text.replace("''", "\"");
    without_prefix(&text).trim_end_matches(['*', '/', '#', '\\', '|', ' ', '=']).to_owned()
}

/// The line without the sign of a comment at its beginning.
fn without_prefix(line: &str) -> &str {
    let mut rest = line.trim_start();
    loop {
        let before = rest;
        for it in PREFIXES {
            rest = rest.strip_prefix(it).unwrap_or(rest).trim_start();
        }
        rest = rest.trim_start_matches(SIGNS).trim_start();
        if rest.len() == before.len() {
            return rest;
        }
    }
}

/// Tags become blanks, links their words; addresses in angle brackets stay.
fn without_markup(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '[']) {
        let (before, from) = rest.split_at(at);
        shown.push_str(before);
        let length = if from.starts_with('<') { tag(from) } else { None };
        if let Some(length) = length {
            shown.push(' ');
            rest = &from[length..];
        } else if let Some((words, target, length)) = link(from) {
            shown.extend([words, " <", target, ">"]);
            rest = &from[length..];
        } else {
            shown.push_str(&from[..1]);
            rest = &from[1..];
        }
    }
    shown.push_str(rest);
    shown
}

/// The length of the tag that `text` begins with.
fn tag(text: &str) -> Option<usize> {
    let end = text.bytes().take(LONGEST_TAG).position(|it| it == b'>')?;
    let inside = &text[1..end];
    let first = inside.strip_prefix('/').unwrap_or(inside).chars().next()?;
    let name = inside.trim_start_matches('/').split([' ', '/', '\n']).next()?;
    let is_name = name.chars().all(|it| it.is_ascii_alphanumeric() || "-:_".contains(it));
    let is_address = inside.contains('@') || (inside.contains("://") && !inside.contains('='));
    (first.is_ascii_alphabetic() && is_name && !is_address).then_some(end + 1)
}

/// The words of the link that `text` begins with, where it leads, and its length.
fn link(text: &str) -> Option<(&str, &str, usize)> {
    let end = text.bytes().take(LONGEST_TAG).position(|it| it == b']')?;
    let target = text[end + 1..].strip_prefix('(')?;
    let close = target.bytes().take(LONGEST_TAG).position(|it| it == b')')?;
    Some((&text[1..end], &target[..close], end + 2 + close + 1))
}
