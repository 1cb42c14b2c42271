//! Changes to files as people and programs read them: a unified diff, which `git apply` takes.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use crate::plain::{is_hidden, plain};

/// How many lines that stay are shown on each side.
const CONTEXT: usize = 3;

/// Bytes, and the words that take their place.
pub type Edit = (Range<usize>, String);

/// A file, and what is to become of it.
#[derive(Clone, Debug, Default)]
pub struct Patched {
    /// From the scanned folder, with `/`.
    pub path: String,
    /// What it holds; nothing for a file that is not there yet.
    pub before: Option<String>,
    /// Bytes of that and the words that take their place: in their order, none overlapping.
    pub edits: Vec<Edit>,
}

impl Patched {
    /// What it holds then.
    pub fn after(&self) -> String {
        let before = self.before.as_deref().unwrap_or_default();
        written(before, 0..before.len(), &self.edits)
    }

    /// The change as a unified diff, in which nothing steers a terminal or a build server.
    pub fn diff(&self) -> String {
        self.written(shown)
    }

    /// The same with every character as it is.
    pub fn exact_diff(&self) -> String {
        self.written(|it| Cow::Borrowed(it))
    }

    fn written(&self, show: Show) -> String {
        let before = self.before.as_deref().unwrap_or_default();
        let lines = Lines::of(before);
        let path = show(&self.path);
        let old = if self.before.is_some() { format!("a/{path}") } else { "/dev/null".to_owned() };
        let mut diff = format!("--- {old}\n+++ b/{path}\n");
        for hunk in hunks(&self.blocks(&lines), lines.count()) {
            hunk.write(&lines, show, &mut diff);
        }
        diff
    }

    /// The lines that change, each run with what takes its place.
    fn blocks(&self, lines: &Lines<'_>) -> Vec<Block> {
        let mut blocks: Vec<(Range<usize>, Vec<Edit>)> = Vec::new();
        for edit in &self.edits {
            let touched = lines.touched(&edit.0);
            match blocks.last_mut() {
                Some((range, edits)) if touched.start <= range.end => {
                    range.end = range.end.max(touched.end);
                    edits.push(edit.clone());
                }
                Some(_) | None => blocks.push((touched, vec![edit.clone()])),
            }
        }
        let block = |(range, edits): (Range<usize>, Vec<Edit>)| {
            let new = written(lines.text, lines.bytes(&range), &edits);
            Block { old: range, new: split(&new).map(str::to_owned).collect() }.trimmed(lines)
        };
        blocks.into_iter().map(block).collect()
    }
}

/// The bytes `range` of `text` with the edits made that lie in them.
fn written(text: &str, range: Range<usize>, edits: &[Edit]) -> String {
    let mut after = String::with_capacity(range.len());
    let mut at = range.start;
    for (place, words) in edits {
        after.push_str(text.get(at..place.start).unwrap_or_default());
        after.push_str(words);
        at = place.end;
    }
    after + text.get(at..range.end).unwrap_or_default()
}

/// Lines with their ends.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n')
}

/// A text by its lines.
struct Lines<'a> {
    text: &'a str,
    /// Where each begins, and where the last ends.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let mut starts = vec![0];
        starts.extend(split(text).scan(0, |end, line| {
            *end += line.len();
            Some(*end)
        }));
        Self { text, starts }
    }

    fn count(&self) -> usize {
        self.starts.len() - 1
    }

    fn line(&self, number: usize) -> &'a str {
        self.text.get(self.bytes(&(number..number + 1))).unwrap_or_default()
    }

    /// The lines that some bytes lie in; for an empty place the line behind it.
    fn touched(&self, bytes: &Range<usize>) -> Range<usize> {
        let line = |at: usize| self.starts.partition_point(|it| *it <= at).saturating_sub(1);
        let first = line(bytes.start).min(self.count());
        let last = line(bytes.end.saturating_sub(1).max(bytes.start));
        first..(last + 1).min(self.count()).max(first)
    }

    fn bytes(&self, lines: &Range<usize>) -> Range<usize> {
        let end = self.text.len();
        let at = |number: usize| self.starts.get(number).copied().unwrap_or(end);
        at(lines.start)..at(lines.end)
    }
}

/// A run of lines and those that take their place.
struct Block {
    old: Range<usize>,
    new: Vec<String>,
}

impl Block {
    /// Without the lines at both ends that stay as they are.
    fn trimmed(mut self, lines: &Lines<'_>) -> Self {
        while !self.old.is_empty()
            && self.new.first().is_some_and(|it| it == lines.line(self.old.start))
        {
            self.old.start += 1;
            self.new.remove(0);
        }
        while !self.old.is_empty()
            && self.new.last().is_some_and(|it| it == lines.line(self.old.end - 1))
        {
            self.old.end -= 1;
            self.new.pop();
        }
        self
    }
}

/// Runs of changes with so few lines between them that they are shown together.
struct Hunk<'a> {
    shown: Range<usize>,
    blocks: Vec<&'a Block>,
    /// How many lines the hunks before it add; fewer than none where they take away.
    shift: isize,
}

fn hunks(blocks: &[Block], count: usize) -> Vec<Hunk<'_>> {
    let mut hunks: Vec<Hunk<'_>> = Vec::new();
    let mut shift = 0;
    for block in blocks {
        let shown = block.old.start.saturating_sub(CONTEXT)..(block.old.end + CONTEXT).min(count);
        match hunks.last_mut() {
            Some(it) if shown.start <= it.shown.end => {
                it.shown.end = shown.end;
                it.blocks.push(block);
            }
            Some(_) | None => hunks.push(Hunk { shown, blocks: vec![block], shift }),
        }
        shift += block.new.len().cast_signed() - block.old.len().cast_signed();
    }
    hunks
}

impl Hunk<'_> {
    fn write(&self, lines: &Lines<'_>, show: Show, diff: &mut String) {
        let old = self.shown.len();
        let gone: usize = self.blocks.iter().map(|it| it.old.len()).sum();
        let come: usize = self.blocks.iter().map(|it| it.new.len()).sum();
        let new = old - gone + come;
        let start = |count: usize, shift: isize| {
            let first = self.shown.start.saturating_add_signed(shift);
            if count == 0 { first } else { first + 1 }
        };
        let (from, to) = (start(old, 0), start(new, self.shift));
        let _ = writeln!(diff, "@@ -{from},{old} +{to},{new} @@");
        let mut line = |mark, text| line(mark, text, show, diff);
        let mut at = self.shown.start;
        for block in &self.blocks {
            (at..block.old.start).for_each(|it| line(' ', lines.line(it)));
            block.old.clone().for_each(|it| line('-', lines.line(it)));
            block.new.iter().for_each(|it| line('+', it));
            at = block.old.end;
        }
        (at..self.shown.end).for_each(|it| line(' ', lines.line(it)));
    }
}

/// One line of a diff. Line ends stay as they are, so that the diff can be applied.
fn line(mark: char, text: &str, show: Show, diff: &mut String) {
    let (words, end) = match (text.strip_suffix("\r\n"), text.strip_suffix('\n')) {
        (Some(words), _) => (words, "\r\n"),
        (None, Some(words)) => (words, "\n"),
        (None, None) => (text, "\n\\ No newline at end of file\n"),
    };
    diff.push(mark);
    diff.push_str(&show(words));
    diff.push_str(end);
}

/// How words of a file are shown.
type Show = fn(&str) -> Cow<'_, str>;

/// Nothing that steers a terminal or a build server, and tabs as they are.
fn shown(words: &str) -> Cow<'_, str> {
    let commands = words.trim_start().starts_with("::") || words.contains("##");
    let steers = |it: char| it != '\t' && is_hidden(it);
    if !commands && !words.contains(steers) {
        return Cow::Borrowed(words);
    }
    let parts: Vec<_> = words.split('\t').map(plain).collect();
    Cow::Owned(parts.join("\t"))
}

#[cfg(test)]
mod tests {
    use super::Patched;

    #[track_caller]
    fn check(before: Option<&str>, edits: &[(std::ops::Range<usize>, &str)], expected: &str) {
        let edits = edits.iter().map(|(at, it)| (at.clone(), (*it).to_owned())).collect();
        let before = before.map(str::to_owned);
        let diff = Patched { path: "a.md".to_owned(), before, edits }.diff();
        assert_eq!(diff.split_once("b/a.md\n").map_or("", |it| it.1), expected, "{diff}");
    }

    #[test]
    fn a_diff_shows_what_goes_and_comes_with_a_few_lines_around() {
        check(Some("a\nb\nc\n"), &[(2..3, "B")], "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
        check(Some("a\nb\n"), &[(2..2, "x\n")], "@@ -1,2 +1,3 @@\n a\n+x\n b\n");
        check(
            Some("a\r\nb"),
            &[(3..4, "c")],
            "@@ -1,2 +1,2 @@\n a\r\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n",
        );
        check(Some("a\n"), &[(2..2, "z\n")], "@@ -1,1 +1,2 @@\n a\n+z\n");
        check(None, &[(0..0, "one\ntwo\n")], "@@ -0,0 +1,2 @@\n+one\n+two\n");
        let far = "1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n";
        let two = "@@ -1,4 +1,5 @@\n-1\n+x\n+y\n 2\n 3\n 4\n@@ -7,4 +8,4 @@\n 7\n 8\n 9\n-0\n+z\n";
        check(Some(far), &[(0..1, "x\ny"), (18..19, "z")], two);
        let hidden = "@@ -1,1 +1,1 @@\n-␛[31m\tx\n+\\u{202e}\tx\n";
        check(Some("\u{1b}[31m\tx\n"), &[(0..5, "\u{202e}")], hidden);
    }
}
