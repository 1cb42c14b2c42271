//! What was changed in a license: the words between the runs that a reference shares with an input.

use std::ops::Range;
use std::sync::LazyLock;

use crate::alignment::Run;
use crate::index::Text;
use crate::tokens::{Token, tokens};

/// How an input differs from a reference text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    /// Words of the reference found.
    pub(crate) matched: usize,
    /// Words of its core found, or having something else in a blank.
    pub(crate) core_matched: usize,
    /// Those in blanks.
    pub(crate) forgiven: usize,
    /// Words of its core not found.
    pub(crate) missing: usize,
    /// Words put in, apart from names in blanks and notices.
    pub(crate) added: usize,
    /// Whether some change is more than another wording of a word or two.
    pub(crate) telling: bool,
    /// Whether a version number was put in place of something.
    pub(crate) renumbered: bool,
}

/// An input with its words.
pub(crate) struct Words<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: &'t [Token],
}

impl Words<'_> {
    fn written(&self, token: &Token) -> &str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    fn are(&self, range: &Range<usize>, wanted: &[u32]) -> bool {
        self.tokens.get(range.clone()).unwrap_or_default().iter().map(|it| &it.hash).eq(wanted)
    }

    fn contains_restriction(&self, range: Range<usize>) -> bool {
        let words = self.tokens.get(range).unwrap_or_default();
        words.iter().any(|it| RESTRICTING.words.binary_search(&it.hash).is_ok())
    }

    /// Whether words that ask for more stand right before or after a range.
    pub(crate) fn is_restricted_around(&self, range: &Range<usize>, free: &Range<usize>) -> bool {
        const BEFORE: usize = 120;
        const AFTER: usize = 200;
        let before = range.start.saturating_sub(BEFORE).max(free.start)..range.start;
        let mut after = range.end..(range.end + AFTER).min(free.end);
        // Another notice begins another license.
        if let Some(notice) = self.tokens[after.clone()].iter().position(|it| it.after_notice) {
            after.end = after.start + notice;
        }
        [before, after].into_iter().any(|it| self.contains_phrase(it.clone()) || self.is_legal(it))
    }

    /// Whether words of contracts stand in a range more often than in speaking about a license.
    fn is_legal(&self, range: Range<usize>) -> bool {
        const ENOUGH: usize = 3;
        let words = self.tokens.get(range).unwrap_or_default();
        words.iter().filter(|it| RESTRICTING.legal.binary_search(&it.hash).is_ok()).count()
            >= ENOUGH
    }

    fn contains_phrase(&self, range: Range<usize>) -> bool {
        let words: Vec<u32> = self.tokens[range].iter().map(|it| it.hash).collect();
        RESTRICTING.phrases.iter().any(|it| words.windows(it.len()).any(|window| window == it))
    }
}

struct Restricting {
    words: Vec<u32>,
    legal: Vec<u32>,
    phrases: Vec<Vec<u32>>,
}

static RESTRICTING: LazyLock<Restricting> = LazyLock::new(|| {
    let lines = include_str!("../data/restricting-words.txt").lines();
    let (mut words, mut legal, mut phrases) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        if let Some(word) = line.strip_prefix("word ") {
            words.extend(hashes(word));
        } else if let Some(word) = line.strip_prefix("legal ") {
            legal.extend(hashes(word));
        } else if let Some(phrase) = line.strip_prefix("phrase ") {
            phrases.push(hashes(phrase));
        }
    }
    words.sort_unstable();
    legal.sort_unstable();
    Restricting { words, legal, phrases }
});

/// For each blank the words before and after it.
static BLANKS: LazyLock<Vec<(Vec<u32>, Vec<u32>)>> = LazyLock::new(|| {
    let lines = include_str!("../data/blanks.txt").lines().skip(1);
    lines
        .filter_map(|it| it.split_once('…'))
        .map(|(before, after)| (hashes(before), hashes(after)))
        .collect()
});

/// Words that a copy may have more than the license and mean the same.
static OPTIONAL: LazyLock<Vec<Vec<u32>>> = LazyLock::new(|| {
    let lines = include_str!("../data/optional-parts.txt").lines();
    lines.filter_map(|it| it.strip_prefix("insertion ")).map(hashes).collect()
});

fn hashes(words: &str) -> Vec<u32> {
    tokens(words).iter().map(|it| it.hash).collect()
}

/// A place where input and reference part.
struct Gap {
    added: Range<usize>,
    missing: Range<usize>,
}

/// What differs between the reference and the part of the input that the runs span.
pub(crate) fn changes(words: &Words<'_>, text: &Text, runs: &[Run]) -> Changes {
    let mut changes = Changes::default();
    let mut small = 0;
    for run in runs {
        let found = run.reference_words();
        changes.matched += found.len();
        changes.core_matched += shared(&found, &text.core);
    }
    for gap in gaps(text, runs) {
        let missing = shared(&gap.missing, &text.core);
        let is_inside = gap.missing.start < text.core.end && gap.missing.end > text.core.start
            || gap.missing.is_empty() && text.core.contains(&gap.missing.start);
        if is_forgiven(words, text, &gap, is_inside) {
            changes.core_matched += missing;
            changes.forgiven += missing;
            continue;
        }
        if std::env::var("DBG").is_ok_and(|it| it == text.id) {
            // DBG
            let f = |r: Range<usize>| {
                words.tokens[r].iter().map(|it| words.written(it)).collect::<Vec<_>>().join(" ")
            }; // DBG
            eprintln!(
                "GAP +{} -{} [{}] {{{}}} [{}]",
                gap.added.len(),
                missing,
                f(gap.added.start.saturating_sub(6)..gap.added.start),
                f(gap.added.clone()),
                f(gap.added.end..(gap.added.end + 6).min(words.tokens.len()))
            ); // DBG
        } // DBG
        changes.missing += missing;
        changes.added += gap.added.len();
        let restricts = words.contains_restriction(gap.added.clone());
        let is_small = is_small(text, missing, gap.added.len()) && !restricts;
        small += if is_small { missing.max(gap.added.len()) } else { 0 };
        changes.telling |= !is_small;
        changes.renumbered |=
            (1..=2).contains(&missing) && gap.added.len() == missing && is_renumbered(words, &gap);
    }
    changes.core_matched = changes.core_matched.min(text.core.len());
    changes.telling |= small > 2.max(text.core.len() / 50);
    changes
}

/// Whether a change may be another wording, or a heading that some copies repeat and others do not.
fn is_small(text: &Text, missing: usize, added: usize) -> bool {
    const LONG: usize = 2000;
    const LONGEST_HEADING: usize = 5;
    let is_heading = text.core.len() >= LONG && missing.min(added) == 0;
    missing.max(added) <= if is_heading { LONGEST_HEADING } else { 2 }
}

fn shared(one: &Range<usize>, two: &Range<usize>) -> usize {
    one.end.min(two.end).saturating_sub(one.start.max(two.start))
}

fn gaps(text: &Text, runs: &[Run]) -> Vec<Gap> {
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return Vec::new() };
    let words = text.grams().len() + 2;
    let start = first.input_words().start;
    let mut gaps = vec![Gap { added: start..start, missing: 0..first.reference_words().start }];
    for pair in runs.windows(2) {
        let (added, missing) = (pair[0].input_words().end, pair[0].reference_words().end);
        let (added_end, missing_end) = (pair[1].input, pair[1].reference);
        // Where one side has words twice the runs overlap there, and the other side has that many words more.
        let back = added.saturating_sub(added_end).max(missing.saturating_sub(missing_end));
        gaps.push(Gap {
            added: added - back..added_end.max(added - back),
            missing: missing - back..missing_end.max(missing - back),
        });
    }
    let end = last.input_words().end;
    gaps.push(Gap { added: end..end, missing: last.reference_words().end..words });
    gaps.retain(|it| !it.added.is_empty() || !it.missing.is_empty());
    gaps
}

/// Names filled in, names that belong to a notice, and what was written into an optional part.
fn is_forgiven(words: &Words<'_>, text: &Text, gap: &Gap, is_inside: bool) -> bool {
    const LONGEST_NAME: usize = 20;
    if gap.added.len() > LONGEST_NAME || gap.missing.len() > LONGEST_NAME && is_inside {
        return false;
    }
    if words.contains_restriction(gap.added.clone()) {
        return false;
    }
    if !is_inside || is_edge(text, gap) || OPTIONAL.iter().any(|it| words.are(&gap.added, it)) {
        return true;
    }
    let until = words.tokens.len().min(gap.added.end + 1);
    let is_notice = words.tokens[gap.added.start..until].iter().any(|it| it.after_notice);
    is_notice && gap.missing.len() <= 3 || is_blank(words, gap)
}

/// Whether a title at the head or a line at the foot of a long text was left out.
fn is_edge(text: &Text, gap: &Gap) -> bool {
    const LONG: usize = 400;
    const LONGEST_TITLE: usize = 12;
    let is_end = gap.missing.start == 0 || gap.missing.end >= text.grams().len();
    is_end
        && gap.added.is_empty()
        && text.core.len() >= LONG
        && shared(&gap.missing, &text.core) <= LONGEST_TITLE
}

fn is_blank(words: &Words<'_>, gap: &Gap) -> bool {
    // A name may share words with the one it replaces.
    const SHARED: usize = 4;
    let reach = |it: &Vec<u32>| it.len() + SHARED;
    let near = |range: Range<usize>| words.tokens.get(range).unwrap_or_default();
    let all = words.tokens.len();
    BLANKS.iter().any(|(left, right)| {
        let before = near(gap.added.start.saturating_sub(reach(left))..gap.added.start);
        let after = near(gap.added.end..(gap.added.end + reach(right)).min(all));
        contains(before, left) && contains(after, right)
    })
}

fn contains(words: &[Token], wanted: &[u32]) -> bool {
    wanted.is_empty()
        || words.windows(wanted.len()).any(|it| it.iter().map(|it| &it.hash).eq(wanted))
}

fn is_renumbered(words: &Words<'_>, gap: &Gap) -> bool {
    let added = &words.tokens[gap.added.clone()];
    added
        .iter()
        .map(|it| words.written(it))
        .any(|it| it.contains('.') && it.bytes().all(|it| it.is_ascii_digit() || it == b'.'))
}
