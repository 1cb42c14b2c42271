//! Patterns over paths and over license ids.

use std::fmt;

/// One step of a compiled pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// These characters.
    Literal(String),
    /// `?`: any one character but a separator.
    One,
    /// `*`: any characters but a separator.
    Many,
    /// `**/`: any number of whole folders, none included.
    Folders,
    /// `/**` at the end: the folder itself and all that is in it.
    Below,
}

/// A pattern over paths with `/`: `*` and `?` stay inside one folder, `**` crosses folders.
///
/// A pattern without wildcards names a file, or a folder with all that is in it. `[` and `]` stand
/// for themselves. Case counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob {
    written: String,
    pieces: Vec<Piece>,
}

/// Why a text is no pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadGlob {
    /// There is nothing in it.
    Empty,
    /// `**` shares its folder with other characters.
    DeepInsideName,
    /// A backslash.
    Backslash,
    /// `{a,b}`.
    Braces,
    /// A leading `!`.
    Negated,
    /// A folder `..`.
    Parent,
}

impl Glob {
    /// Compiles `pattern`.
    pub fn new(pattern: &str) -> Result<Self, BadGlob> {
        let path = pattern.trim_start_matches("./").trim_start_matches('/');
        if let Some(fault) = fault(pattern, path) {
            return Err(fault);
        }
        let literal = !path.contains(['*', '?']);
        let mut pieces = Vec::new();
        let mut folders = path.trim_end_matches('/').split('/').peekable();
        while let Some(folder) = folders.next() {
            let last = folders.peek().is_none();
            match folder {
                "**" if last => below(&mut pieces),
                "**" if pieces.last() == Some(&Piece::Folders) => {}
                "**" => pieces.push(Piece::Folders),
                name => compile(&mut pieces, name),
            }
            if !last && folder != "**" {
                compile(&mut pieces, "/");
            }
        }
        if literal || path.ends_with('/') {
            below(&mut pieces);
        }
        Ok(Self { written: pattern.to_owned(), pieces })
    }

    /// What every path that fits begins with.
    pub fn start(&self) -> &str {
        start(&self.pieces)
    }

    /// Whether `path` (relative to the root, with `/`) fits.
    pub fn matches(&self, path: &str) -> bool {
        matches(&self.pieces, path, Some('/'))
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

impl fmt::Display for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// A pattern over license ids and expressions: `LGPL-*`. Case does not count, `*` matches anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LicensePattern {
    written: String,
    pieces: Vec<Piece>,
}

impl LicensePattern {
    /// Compiles `pattern`; every text is one, the empty one matches nothing but nothing.
    pub fn new(pattern: &str) -> Self {
        let mut pieces = Vec::new();
        compile(&mut pieces, &pattern.to_ascii_lowercase());
        Self { written: pattern.to_owned(), pieces }
    }

    /// What everything that fits begins with, in lower case.
    pub fn start(&self) -> &str {
        start(&self.pieces)
    }

    /// Whether `license` fits.
    pub fn matches(&self, license: &str) -> bool {
        matches(&self.pieces, &license.to_ascii_lowercase(), None)
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Whether it names one license, not a family.
    pub fn is_exact(&self) -> bool {
        !self.written.contains(['*', '?'])
    }
}

impl fmt::Display for LicensePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

fn start(pieces: &[Piece]) -> &str {
    match pieces.first() {
        Some(Piece::Literal(it)) => it,
        Some(Piece::One | Piece::Many | Piece::Folders | Piece::Below) | None => "",
    }
}

/// What makes `pattern`, which is `path` from the root, no pattern.
fn fault(pattern: &str, path: &str) -> Option<BadGlob> {
    let folder = |is_bad: fn(&str) -> bool| path.split('/').any(is_bad);
    let faults = [
        (pattern.starts_with('!'), BadGlob::Negated),
        (pattern.contains('\\'), BadGlob::Backslash),
        (pattern.contains(['{', '}']), BadGlob::Braces),
        (folder(|it| it == ".."), BadGlob::Parent),
        (folder(|it| it.contains("**") && it != "**"), BadGlob::DeepInsideName),
        (path.is_empty(), BadGlob::Empty),
    ];
    faults.into_iter().find(|(found, _)| *found).map(|(_, fault)| fault)
}

/// Appends the pieces of a stretch of pattern without `**`.
fn compile(pieces: &mut Vec<Piece>, text: &str) {
    for letter in text.chars() {
        match (letter, pieces.last_mut()) {
            ('*', Some(Piece::Many)) => {}
            ('*', _) => pieces.push(Piece::Many),
            ('?', _) => pieces.push(Piece::One),
            (_, Some(Piece::Literal(it))) => it.push(letter),
            (_, _) => pieces.push(Piece::Literal(letter.to_string())),
        }
    }
}

/// Ends a pattern with `/**`: the separator before it is its own.
fn below(pieces: &mut Vec<Piece>) {
    pieces.pop_if(|it| *it == Piece::Folders);
    if let Some(Piece::Literal(it)) = pieces.last_mut()
        && it.ends_with('/')
    {
        it.pop();
    }
    pieces.retain(|it| *it != Piece::Literal(String::new()));
    pieces.push(Piece::Below);
}

/// Remembers the last `*` and the last `**/` only: what an earlier one could still try, the later
/// one can try as well. So the cost is bounded by pattern times text, whatever they are.
fn matches(pieces: &[Piece], text: &str, separator: Option<char>) -> bool {
    let inside = |at: usize| text[at..].chars().next().filter(|it| Some(*it) != separator);
    let (mut piece, mut at) = (0, 0);
    let (mut many, mut folders) = (None, None);
    loop {
        let step = match pieces.get(piece) {
            None if at == text.len() => return true,
            None => None,
            Some(Piece::Below) => {
                let rest = &text[at..];
                if at == 0 || rest.is_empty() || rest.starts_with('/') {
                    return true;
                }
                None
            }
            Some(Piece::Literal(it)) => text[at..].starts_with(it.as_str()).then_some(it.len()),
            Some(Piece::One) => inside(at).map(char::len_utf8),
            Some(Piece::Many) => {
                many = Some((piece + 1, at));
                Some(0)
            }
            Some(Piece::Folders) => {
                (folders, many) = (Some((piece + 1, at)), None);
                Some(0)
            }
        };
        if let Some(length) = step {
            (piece, at) = (piece + 1, at + length);
        } else if let Some((next, from)) = many
            && let Some(letter) = inside(from)
        {
            (piece, at) = (next, from + letter.len_utf8());
            many = Some((piece, at));
        } else if let Some((next, from)) = folders
            && let Some(slash) = text[from..].find('/')
        {
            (piece, at) = (next, from + slash + 1);
            (folders, many) = (Some((piece, at)), None);
        } else {
            return false;
        }
    }
}
