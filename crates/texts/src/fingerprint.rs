//! What is kept of a reference text: hashes of its word triples in their order, and which part of it is the license.

use std::fmt::Write as _;
use std::ops::Range;

use crate::tokens::{READING, Token, tokens};

/// How many words stand behind one hash.
pub(crate) const WORDS_PER_GRAM: usize = 3;

/// What a reference text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A license.
    License,
    /// An exception, which only means something together with a license.
    Exception,
    /// A policy on uses that some license incorporates.
    UsePolicy,
}

/// A reference text from which nothing can be read, but with which any text can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// How many words the text has.
    pub words: u32,
    /// The words without which it is not this license: no title before, no instructions after.
    pub core: Range<u32>,
    /// A hash for each three consecutive words.
    pub grams: Vec<u32>,
}

/// Phrases at which a part begins or ends that copies of a license may leave out.
#[derive(Clone, Debug, Default)]
pub struct OptionalParts {
    opening: Vec<Vec<u32>>,
    closing: Vec<Vec<u32>>,
    appended: Vec<Vec<u32>>,
}

impl OptionalParts {
    /// Reads lines of `opening <phrase>` (the license begins there), `closing <phrase>` (it has ended there) and
    /// `appended <phrase>` (another license follows, which only some copies have).
    pub fn parse(lines: &str) -> OptionalParts {
        let mut parts = OptionalParts::default();
        for line in lines.lines() {
            let phrase = |it: &str| tokens(it).iter().map(|it| it.hash).collect::<Vec<_>>();
            if let Some(it) = line.strip_prefix("opening ") {
                parts.opening.push(phrase(it));
            } else if let Some(it) = line.strip_prefix("closing ") {
                parts.closing.push(phrase(it));
            } else if let Some(it) = line.strip_prefix("appended ") {
                parts.appended.push(phrase(it));
            }
        }
        parts
    }

    /// Where in a text another license is appended.
    fn appendix(&self, words: &[u32]) -> Option<usize> {
        self.appended.iter().filter_map(|it| find_from(words, it, words.len() / 8)).min()
    }

    fn core(&self, words: &[u32], title: usize) -> Range<usize> {
        // An opening far down or a closing far up belongs to another text that has the same phrase.
        let latest = words.len() / 2;
        let opening =
            self.opening.iter().filter_map(|it| find(words, it)).filter(|it| *it <= latest);
        let start = opening.max().unwrap_or(0).max(title.min(words.len() / 4));
        let earliest = start + (words.len() - start) / 8;
        let closing = self.closing.iter().filter_map(|it| find_from(words, it, earliest));
        let end = closing.min().unwrap_or(words.len());
        start..end
    }
}

fn find(words: &[u32], phrase: &[u32]) -> Option<usize> {
    find_from(words, phrase, 0)
}

fn find_from(words: &[u32], phrase: &[u32], from: usize) -> Option<usize> {
    if phrase.is_empty() {
        return None;
    }
    words.get(from..)?.windows(phrase.len()).position(|it| it == phrase).map(|it| it + from)
}

/// The hashes of all triples of words.
pub(crate) fn grams(words: &[Token]) -> Vec<u32> {
    words.windows(WORDS_PER_GRAM).map(|it| gram(it[0].hash, it[1].hash, it[2].hash)).collect()
}

/// The hash of three words.
pub(crate) fn gram(first: u32, second: u32, third: u32) -> u32 {
    let mut hash = first.wrapping_mul(0x9e37_79b1).rotate_left(13) ^ second;
    hash = hash.wrapping_mul(0x85eb_ca6b).rotate_left(13) ^ third;
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x7feb_352d);
    hash ^= hash >> 15;
    hash = hash.wrapping_mul(0x846c_a68b);
    hash ^ (hash >> 16)
}

/// The fingerprints of a text, with and without what is appended to it; none if it has too few words.
pub fn fingerprints(text: &str, parts: &OptionalParts) -> Vec<Fingerprint> {
    let words = tokens(text);
    let title_end = title_len(text);
    let title = words.iter().take_while(|it| (it.start as usize) < title_end).count();
    let hashes: Vec<u32> = words.iter().map(|it| it.hash).collect();
    let ends = [Some(words.len()), parts.appendix(&hashes)];
    ends.into_iter()
        .flatten()
        .filter_map(|end| fingerprint(&words[..end], &hashes[..end], title, parts))
        .collect()
}

fn fingerprint(
    words: &[Token],
    hashes: &[u32],
    title: usize,
    parts: &OptionalParts,
) -> Option<Fingerprint> {
    const FEWEST_WORDS: usize = 10;
    let core = parts.core(hashes, title);
    let number = |it: usize| u32::try_from(it).ok();
    let (start, end) = (number(core.start)?, number(core.end)?);
    let fingerprint =
        Fingerprint { words: number(words.len())?, core: start..end, grams: grams(words) };
    (words.len() >= FEWEST_WORDS).then_some(fingerprint)
}

/// How many bytes at the head of a text are title lines: short paragraphs that are no sentences.
fn title_len(text: &str) -> usize {
    const MOST_WORDS: usize = 12;
    let mut len = 0;
    for paragraph in text.split_inclusive("\n\n").take(4) {
        let words = paragraph.split_whitespace().count();
        let is_sentence = paragraph.trim_end().ends_with(['.', ':', ';', ',']);
        if words > MOST_WORDS || is_sentence {
            return len;
        }
        len += paragraph.len();
    }
    len
}

/// A fingerprint with the name it is known by, as it is kept in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The SPDX id or LicenseRef of the license; for a policy, of the license it goes with.
    pub id: String,
    /// What the text is.
    pub kind: Kind,
    /// The text itself, beyond reading.
    pub text: Fingerprint,
}

impl Entry {
    /// The file that `parse` reads.
    pub fn print(&self) -> String {
        const GRAMS_PER_LINE: usize = 16;
        let kind = match self.kind {
            Kind::License => "license",
            Kind::Exception => "exception",
            Kind::UsePolicy => "use-policy",
        };
        let Fingerprint { words, core, grams } = &self.text;
        let mut file = format!(
            "reading {READING}\nid {}\nkind {kind}\nwords {words}\ncore {} {}\n",
            self.id, core.start, core.end
        );
        for line in grams.chunks(GRAMS_PER_LINE) {
            for gram in line {
                // Writing into a String does not fail.
                let _ = write!(file, "{gram:08x}");
            }
            file.push('\n');
        }
        file
    }

    /// Reads what `print` wrote; the error says what is wrong with the file.
    pub fn parse(file: &str) -> Result<Entry, String> {
        let mut lines = file.lines();
        let mut field = |name: &str| {
            let line = lines.next().unwrap_or_default();
            let value = line.strip_prefix(name).and_then(|it| it.strip_prefix(' '));
            value.map(str::to_owned).ok_or_else(|| format!("no line `{name}`"))
        };
        if field("reading")? != READING.to_string() {
            return Err("made by another reading: run the example `fingerprint` again".to_owned());
        }
        let id = field("id")?;
        let kind = match field("kind")?.as_str() {
            "license" => Kind::License,
            "exception" => Kind::Exception,
            "use-policy" => Kind::UsePolicy,
            other => return Err(format!("unknown kind `{other}`")),
        };
        let words = number(&field("words")?)?;
        let core = field("core")?;
        let (start, end) = core.split_once(' ').ok_or("`core` needs two numbers")?;
        let core = number(start)?..number(end)?;
        let grams: Vec<u32> = lines.flat_map(grams_of_line).collect::<Result<_, _>>()?;
        if grams.len() + WORDS_PER_GRAM != words as usize + 1
            || core.start > core.end
            || core.end > words
        {
            return Err("the numbers do not agree".to_owned());
        }
        Ok(Entry { id, kind, text: Fingerprint { words, core, grams } })
    }
}

fn number(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("`{text}` is not a number"))
}

fn grams_of_line(line: &str) -> impl Iterator<Item = Result<u32, String>> + '_ {
    line.as_bytes().chunks(8).map(|it| {
        let text = std::str::from_utf8(it).map_err(|_| "not hexadecimal".to_owned())?;
        u32::from_str_radix(text, 16).map_err(|_| format!("`{text}` is not hexadecimal"))
    })
}
