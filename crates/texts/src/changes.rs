//! What was changed in a license: the words between the runs that a reference shares with an input.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::alignment::Run;
use crate::candidates::shared;
use crate::fingerprint::{WORDS_PER_GRAM, gram};
use crate::index::Text;
use crate::tokens::{Token, plain_tokens};
use crate::words::{self, Words};

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
    pub(crate) is_telling: bool,
    /// Whether a version number or a name was put in place of another throughout.
    pub(crate) is_renamed: bool,
    /// The places that differ, apart from what is forgiven.
    pub(crate) places: Vec<Gap>,
}

impl Changes {
    /// Whether words were lost here and there, rather than a clause put in or left out.
    pub(crate) fn is_scattered(&self) -> bool {
        const LONGEST: usize = 9;
        self.added <= self.missing
            && self.places.iter().all(|it| it.added.len().max(it.missing.len()) <= LONGEST)
    }
}

/// A place where input and reference part.
#[derive(Clone, Debug)]
pub(crate) struct Gap {
    /// Words of the input.
    pub(crate) added: Range<usize>,
    /// Words of the reference.
    pub(crate) missing: Range<usize>,
}

impl Gap {
    /// Whether it lies in the part of the text that makes it this license.
    fn is_inside(&self, core: &Range<usize>) -> bool {
        if self.missing.is_empty() {
            return core.contains(&self.missing.start);
        }
        shared(&self.missing, core) > 0
    }
}

/// What differs between the reference and the part of the input that the runs span.
pub(crate) fn changes(words: &Words<'_>, text: &Text, runs: &[Run]) -> Changes {
    let mut changes = Changes::default();
    for run in runs {
        let found = run.reference_words();
        changes.matched += found.len();
        changes.core_matched += shared(&found, &text.core);
    }
    let mut small = 0;
    let mut renamed = BTreeMap::new();
    for gap in gaps(text, runs) {
        let missing = shared(&gap.missing, &text.core);
        if words.number_items(&gap.added) && gap.missing.is_empty() {
            continue;
        }
        if is_read_otherwise(words, text, &gap) {
            changes.matched += gap.missing.len();
            changes.core_matched += missing;
            continue;
        }
        changes.is_renamed |= is_other_edition(words, text, &gap);
        if is_forgiven(words, text, &gap) {
            changes.core_matched += missing;
            changes.forgiven += missing;
            continue;
        }
        changes.missing += missing;
        if !words.offers_another(&gap.added) {
            changes.added += gap.added.len();
        }
        let is_small = is_small(words, text, &gap);
        if is_small && !words.contains_restriction(gap.added.clone()) {
            small += missing.max(gap.added.len());
        } else {
            changes.is_telling = true;
        }
        if missing > 0 && is_small {
            count_names(words, &gap, &mut renamed);
        }
        changes.places.push(gap);
    }
    changes.core_matched = changes.core_matched.min(text.core.len());
    changes.is_renamed |= renamed.values().any(|it| *it >= 2);
    changes.is_telling |= changes.is_renamed || small > 2.max(text.core.len() / 100);
    changes
}

/// Whether a change may be another wording, or a heading that some copies repeat and others do not.
fn is_small(words: &Words<'_>, text: &Text, gap: &Gap) -> bool {
    const LONG: usize = 2000;
    const LONGEST_HEADING: usize = 5;
    let (missing, added) = (shared(&gap.missing, &text.core), gap.added.len());
    if is_restriction_gone(words, text, gap) {
        return false;
    }
    let is_left_out = added == 0 && missing > 0;
    if text.core.len() >= LONG && missing.min(added) == 0 {
        let is_heading = !is_left_out || missing > 2 && words.opens_sentence(gap.added.start);
        return is_heading && missing.max(added) <= LONGEST_HEADING;
    }
    // A word put in place of another may be another wording; a word left out says less.
    !is_left_out && missing.max(added) <= 2
}

/// Whether the words that seem to be missing are there, but were taken for a notice or for the number of an item.
fn is_read_otherwise(words: &Words<'_>, text: &Text, gap: &Gap) -> bool {
    const LONGEST: usize = 40;
    if gap.missing.is_empty() || gap.missing.len() > LONGEST || gap.missing.start < 2 {
        return false;
    }
    let between = words.between(gap.added.clone());
    if between.len() > LONGEST * 20 {
        return false;
    }
    let hash = |it: &Token| it.hash;
    let before = gap.added.start.saturating_sub(2)..gap.added.start;
    let mut read: Vec<u32> = words.within(before).iter().map(hash).collect();
    read.extend(plain_tokens(between).iter().map(hash));
    let reference = text.grams();
    read.len() == gap.missing.len() + 2
        && (gap.missing.start - 2..)
            .zip(read.windows(WORDS_PER_GRAM))
            .all(|(place, it)| reference.at(place) == gram(it[0], it[1], it[2]))
}

/// Whether the first or the last word that is missing is one that narrows, such as "not".
///
/// The reference keeps no words, but which word makes its gram together with two known ones can be tried.
fn is_restriction_gone(words: &Words<'_>, text: &Text, gap: &Gap) -> bool {
    let reference = text.grams();
    let hash = |at: usize| words.tokens.get(at).map(|it| it.hash);
    let before = gap.added.start.checked_sub(2).zip(gap.missing.start.checked_sub(2));
    let is_first = before.is_some_and(|(at, place)| {
        let (Some(one), Some(two)) = (hash(at), hash(at + 1)) else { return false };
        words::restrictions().iter().any(|it| gram(one, two, *it) == reference.at(place))
    });
    let (Some(one), Some(two)) = (hash(gap.added.end), hash(gap.added.end + 1)) else {
        return is_first;
    };
    let place = gap.missing.end.saturating_sub(1);
    is_first || words::restrictions().iter().any(|it| gram(*it, one, two) == reference.at(place))
}

/// Whether the title has another version number.
fn is_other_edition(words: &Words<'_>, text: &Text, gap: &Gap) -> bool {
    const LONGEST: usize = 2;
    let is_title = gap.missing.end <= text.core.start && !gap.missing.is_empty();
    let is_version = |it: &Token| {
        let written = words.written(it);
        written.contains('.') && written.bytes().all(|it| it.is_ascii_digit() || it == b'.')
    };
    // The same words under several titles are several licenses.
    is_title
        && text.aliases.is_empty()
        && gap.missing.len() <= LONGEST
        && gap.added.len() <= LONGEST
        && words.within(gap.added.clone()).iter().any(is_version)
}

/// Counts names and version numbers that stand in place of something.
fn count_names(words: &Words<'_>, gap: &Gap, names: &mut BTreeMap<u32, usize>) {
    for token in words.within(gap.added.clone()) {
        let written = words.written(token);
        let is_number = written.bytes().all(|it| it.is_ascii_digit() || it == b'.');
        // Later versions have fewer parts: 3.3 is followed by 4.
        let is_version = is_number && (written.contains('.') || gap.missing.len() == 1);
        let is_name =
            written.starts_with(char::is_uppercase) && written.contains(char::is_lowercase);
        if is_version || is_name {
            *names.entry(token.hash).or_insert(0) += 1;
        }
    }
}

fn gaps(text: &Text, runs: &[Run]) -> Vec<Gap> {
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return Vec::new() };
    let words = text.grams().len() + WORDS_PER_GRAM - 1;
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
fn is_forgiven(words: &Words<'_>, text: &Text, gap: &Gap) -> bool {
    const LONGEST_NAME: usize = 20;
    let is_inside = gap.is_inside(&text.core);
    let missing = shared(&gap.missing, &text.core);
    if gap.added.len().max(missing) > LONGEST_NAME || words.contains_restriction(gap.added.clone())
    {
        return false;
    }
    !is_inside
        || is_edge(text, gap)
        || words.is_insertion(&gap.added) && missing == 0
        || words.is_notice(&gap.added) && missing <= 3
        || words.is_blank(&gap.added)
}

/// Whether a title at the head or a line at the foot of a long text was left out.
fn is_edge(text: &Text, gap: &Gap) -> bool {
    const LONG: usize = 400;
    const LONGEST_TITLE: usize = 12;
    let is_end =
        gap.missing.start == 0 || gap.missing.end + 1 >= text.grams().len() + WORDS_PER_GRAM;
    is_end
        && gap.added.is_empty()
        && text.core.len() >= LONG
        && shared(&gap.missing, &text.core) <= LONGEST_TITLE
}
