//! As much of Rust's grammar as the checks need: what is code, what is comment, what is text.

use std::ops::Range;

/// A Rust file, taken apart.
pub(crate) struct Rust {
    /// The file with comments and the insides of literals blanked; every byte keeps its place.
    pub(crate) code: String,
    /// String literals: where each begins, and what stands between the quotes.
    pub(crate) strings: Vec<(usize, String)>,
    /// Items under `#[cfg(test)]`.
    pub(crate) tests: Vec<Range<usize>>,
}

impl Rust {
    /// Takes a file apart.
    pub(crate) fn parse(text: &str) -> Self {
        let mut code = text.as_bytes().to_vec();
        let mut strings = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let piece = piece(text, at);
            if let Some(inside) = piece.string.clone() {
                strings.push((at, text[inside].to_owned()));
            }
            for byte in &mut code[piece.blank] {
                *byte = if *byte == b'\n' { b'\n' } else { b' ' };
            }
            at = piece.end;
        }
        let code = String::from_utf8_lossy(&code).into_owned();
        let tests = test_items(&code);
        Self { code, strings, tests }
    }

    /// Whether the byte stands in an item under `#[cfg(test)]`.
    pub(crate) fn is_test(&self, at: usize) -> bool {
        self.tests.iter().any(|it| it.contains(&at))
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, at: usize) -> usize {
        line(&self.code, at)
    }

    /// Where a word stands in the code, as a whole word.
    pub(crate) fn words<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        let bytes = self.code.as_bytes();
        let part = |at: usize| bytes.get(at).is_some_and(|it| is_word(*it));
        let whole = move |at: usize| (at == 0 || !part(at - 1)) && !part(at + word.len());
        self.code.match_indices(word).map(|(at, _)| at).filter(move |at| whole(*at))
    }
}

/// The line of a byte, from 1.
pub(crate) fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Whether the byte may stand in a name.
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The position behind the bracket that closes the one at `open`.
pub(crate) fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    code.len()
}

struct Piece {
    end: usize,
    blank: Range<usize>,
    string: Option<Range<usize>>,
}

impl Piece {
    fn code(end: usize) -> Self {
        Self { end, blank: end..end, string: None }
    }

    fn comment(start: usize, end: usize) -> Self {
        Self { end, blank: start..end, string: None }
    }
}

fn piece(text: &str, at: usize) -> Piece {
    let rest = &text[at..];
    if rest.starts_with("//") {
        return Piece::comment(at, at + rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Piece::comment(at, block_comment(text, at));
    }
    let after_word = at > 0 && is_word(text.as_bytes()[at - 1]);
    if let Some(raw) = raw_string(text, at).filter(|_| !after_word) {
        return raw;
    }
    if rest.starts_with('"') {
        let inside = at + 1..quoted_end(text, at + 1, b'"');
        return Piece { end: inside.end + 1, blank: inside.clone(), string: Some(inside) };
    }
    if let Some(end) = character(rest).filter(|_| !after_word) {
        return Piece { end: at + end, blank: at + 1..at + end - 1, string: None };
    }
    Piece::code(at + rest.chars().next().map_or(1, char::len_utf8))
}

fn block_comment(text: &str, start: usize) -> usize {
    let (mut depth, mut at) = (0_usize, start);
    let bytes = text.as_bytes();
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

fn raw_string(text: &str, at: usize) -> Option<Piece> {
    let rest = text[at..].strip_prefix("br").or_else(|| text[at..].strip_prefix('r'))?;
    let hashes = rest.bytes().take_while(|it| *it == b'#').count();
    let start = text.len() - rest.len() + hashes + 1;
    rest[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = text[start..].find(&close).map_or(text.len(), |it| start + it);
    let behind = (end + close.len()).min(text.len());
    Some(Piece { end: behind, blank: start..end, string: Some(start..end) })
}

/// Where the literal ends that begins behind its quote at `start`: the closing quote's place.
fn quoted_end(text: &str, start: usize, quote: u8) -> usize {
    let mut at = start;
    while let Some(byte) = text.as_bytes().get(at) {
        match *byte {
            b'\\' => at += 2,
            it if it == quote => return at,
            _ => at += 1,
        }
    }
    text.len() - 1
}

/// The length of a character or byte literal; `None` for a lifetime.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix("b'").or_else(|| rest.strip_prefix('\''))?;
    let start = rest.len() - inside.len();
    if inside.starts_with('\\') {
        return Some(quoted_end(rest, start, b'\'') + 1);
    }
    let first = inside.chars().next()?.len_utf8();
    inside[first..].starts_with('\'').then_some(start + first + 1)
}

fn test_items(code: &str) -> Vec<Range<usize>> {
    let starts = code.match_indices("#[cfg(test)]").map(|(at, _)| at);
    starts.map(|at| at..item_end(code, at)).collect()
}

fn item_end(code: &str, start: usize) -> usize {
    let mut at = start;
    while let Some(byte) = code.as_bytes().get(at) {
        match byte {
            b'{' => return closing(code, at),
            b';' => return at + 1,
            b'(' | b'[' => at = closing(code, at),
            _ => at += 1,
        }
    }
    code.len()
}

#[test]
fn code_is_told_from_comment_and_text() {
    let text = r##"/* a /* b */ "no" */ let s = "x \" // y"; // "no"
let r = r#"raw " text"#; let c = ['"', b'"']; fn f<'a>(it: &'a str) -> char { '\'' }"##;
    let rust = Rust::parse(text);
    let strings: Vec<_> = rust.strings.iter().map(|(_, it)| it.as_str()).collect();
    assert_eq!(strings, [r#"x \" // y"#, r#"raw " text"#]);
    assert_eq!(rust.code.len(), text.len());
    assert!(rust.code.contains("fn f<'a>(it: &'a str)") && !rust.code.contains("no"));
}

#[test]
fn an_item_under_test_is_known_from_its_start_to_its_end() {
    let text =
        "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() {}\n}\nfn c() {}\n#[cfg(test)]\nmod t;";
    let rust = Rust::parse(text);
    let ranges: Vec<_> = rust.tests.iter().map(|it| (rust.line(it.start), it.len())).collect();
    assert_eq!(ranges, [(2, 37), (7, 19)]);
    assert!(rust.words("c").all(|at| !rust.is_test(at)));
    assert!(rust.words("b").all(|at| rust.is_test(at)));
}
