//! Where in a call of Python one more argument can be written.

use std::ops::Range;

/// What takes `revision` and hands it to the hub.
const CALLED: [&str; 8] = [
    "from_pretrained",
    "load_dataset",
    "load_dataset_builder",
    "hf_hub_download",
    "snapshot_download",
    "SentenceTransformer",
    "CrossEncoder",
    "pipeline",
];

/// Longer programs were not written by people.
const LONGEST: usize = 128 * 1024;

/// A call that takes a name, and where it states a revision or can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call<'a> {
    /// What is called.
    pub(super) callee: &'a str,
    pub(super) place: Place,
}

/// Where a call states a revision, or can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It states the branch here.
    Branch(Range<usize>),
    /// It states none, and `, name=value` may follow here.
    Behind(usize),
}

/// The call that takes the string whose content is `words` as an argument by itself. Its place is
/// that of `branch`, or right behind the string if only arguments with names come after it. Nothing
/// where the call may state another.
pub(super) fn call<'a>(text: &'a str, words: &Range<usize>, branch: &str) -> Option<Call<'a>> {
    if text.len() > LONGEST {
        return None;
    }
    let open = call_around(text, words.start.checked_sub(1)?)?;
    let bytes = text.as_bytes();
    let end = words.end + 1;
    if bytes.get(words.end) != bytes.get(words.start - 1) || !stands_alone(text, open, words) {
        return None;
    }
    let close = Scan::new(text, end).close()?;
    let callee = callee(&text[..open]).filter(|it| CALLED.contains(it))?;
    let inside = text.get(open + 1..close)?;
    if inside.contains("**") {
        return None;
    }
    if inside.contains("revision") {
        let mut all = arguments(inside)?.into_iter();
        let stated = all.find_map(|it| quoted(inside, it, "revision"))?;
        let place = Place::Branch(open + 1 + stated.start..open + 1 + stated.end);
        return (&inside[stated] == branch).then_some(Call { callee, place });
    }
    let rest = text.get(end..close)?;
    let mut following = arguments(rest)?.into_iter().map(|it| rest[it].trim());
    let alone = following.next().is_none_or(str::is_empty);
    let named = following.all(|it| it.is_empty() || is_named(it));
    (alone && named).then_some(Call { callee, place: Place::Behind(end) })
}

/// Where the content of the string in `name="…"` stands.
fn quoted(text: &str, argument: Range<usize>, name: &str) -> Option<Range<usize>> {
    let written = text[argument.clone()].trim_end();
    let value = written.trim_start().strip_prefix(name)?.trim_start().strip_prefix('=')?;
    let quote = value.trim_start().chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let content = value.trim_start().strip_prefix(quote)?.strip_suffix(quote)?;
    let end = argument.start + written.len() - quote.len_utf8();
    (!content.contains(quote)).then(|| end - content.len()..end)
}

/// Whether nothing but blanks stands between the string and the start of its argument.
fn stands_alone(text: &str, open: usize, words: &Range<usize>) -> bool {
    let before = text[open..words.start - 1].trim_end();
    before.ends_with(['(', ',']) || before.strip_suffix('=').is_some_and(ends_in_name)
}

fn ends_in_name(before: &str) -> bool {
    before.trim_end().ends_with(|it: char| it.is_ascii_alphanumeric() || it == '_')
}

/// The word right before a bracket.
fn callee(before: &str) -> Option<&str> {
    let before = before.trim_end();
    let start = before.rfind(|it: char| !(it.is_ascii_alphanumeric() || it == '_'));
    Some(&before[start.map_or(0, |it| it + 1)..]).filter(|it| !it.is_empty())
}

/// `name=value`, and no comparison.
fn is_named(argument: &str) -> bool {
    let Some((name, value)) = argument.split_once('=') else { return false };
    let name = name.trim();
    let is_name = name.chars().all(|it| it.is_ascii_alphanumeric() || it == '_');
    is_name && name.starts_with(|it: char| !it.is_ascii_digit()) && !value.starts_with('=')
}

/// The arguments in a part of a call; nothing where a comment stands between them, which might hold
/// anything.
fn arguments(part: &str) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    let mut scan = Scan::new(part, 0);
    while let Some((at, it)) = scan.next() {
        match it {
            b'#' => return None,
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
            b',' if depth == 0 => {
                found.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(start..part.len());
    Some(found)
}

/// The round bracket that is open where a string begins with the quote at `quote`; nothing where no
/// string begins there, or another bracket is open.
fn call_around(text: &str, quote: usize) -> Option<usize> {
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut scan = Scan::new(text, 0);
    while let Some((at, it)) = scan.next() {
        if at >= quote {
            let begins = at == quote && matches!(it, b'"' | b'\'') && scan.at != at + 2;
            return open.last().filter(|(_, it)| begins && *it == b'(').map(|(at, _)| *at);
        }
        match it {
            b'(' | b'[' | b'{' => open.push((at, it)),
            b')' | b']' | b'}' => drop(open.pop()?),
            _ => {}
        }
    }
    None
}

/// The signs of a program: of a string its first quote, of a comment its `#`.
struct Scan<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, at: usize) -> Self {
        Self { text: text.as_bytes(), at }
    }

    fn next(&mut self) -> Option<(usize, u8)> {
        let at = self.at;
        let it = *self.text.get(at)?;
        self.at = match it {
            b'"' | b'\'' => self.after_string(at, it),
            b'#' => {
                let rest = &self.text[at..];
                at + rest.iter().position(|it| *it == b'\n').unwrap_or(rest.len())
            }
            _ => at + 1,
        };
        Some((at, it))
    }

    fn after_string(&self, start: usize, quote: u8) -> usize {
        let triple = self.text[start..].starts_with(&[quote; 3]);
        let mut at = start + if triple { 3 } else { 1 };
        while let Some(it) = self.text.get(at) {
            match it {
                b'\\' => at += 2,
                b'\n' if !triple => return at,
                _ if triple && self.text[at..].starts_with(&[quote; 3]) => return at + 3,
                it if !triple && *it == quote => return at + 1,
                _ => at += 1,
            }
        }
        self.text.len()
    }

    /// Where the bracket closes that is open here.
    fn close(mut self) -> Option<usize> {
        let mut depth = 0_usize;
        while let Some((at, it)) = self.next() {
            match it {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' if depth == 0 => return (it == b')').then_some(at),
                b')' | b']' | b'}' => depth -= 1,
                _ => {}
            }
        }
        None
    }
}
