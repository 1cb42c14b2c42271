//! What was changed in a license: the words between the runs that a reference shares with an input.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::alignment::Run;
use crate::candidates::shared;
use crate::fingerprint::WORDS_PER_GRAM;
use crate::index::Text;
use crate::words::Words;

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
}

/// A place where input and reference part.
struct Gap {
    added: Range<usize>,
    missing: Range<usize>,
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
        if is_forgiven(words, text, &gap) {
            changes.core_matched += missing;
            changes.forgiven += missing;
            continue;
        }
        changes.missing += missing;
        changes.added += gap.added.len();
        let is_small = is_small(text, missing, gap.added.len());
        if is_small && !words.contains_restriction(gap.added.clone()) {
            small += missing.max(gap.added.len());
        } else {
            changes.is_telling = true;
        }
        if missing > 0 && is_small {
            count_names(words, &gap, &mut renamed);
        }
    }
    changes.core_matched = changes.core_matched.min(text.core.len());
    changes.is_renamed = renamed.values().any(|it| *it >= 2);
    changes.is_telling |= changes.is_renamed || small > 2.max(text.core.len() / 100);
    changes
}

/// Whether a change may be another wording, or a heading that some copies repeat and others do not.
fn is_small(text: &Text, missing: usize, added: usize) -> bool {
    const LONG: usize = 2000;
    const LONGEST_HEADING: usize = 5;
    let is_heading = text.core.len() >= LONG && missing.min(added) == 0;
    missing.max(added) <= if is_heading { LONGEST_HEADING } else { 2 }
}

/// Counts names and version numbers that stand in place of something.
fn count_names(words: &Words<'_>, gap: &Gap, names: &mut BTreeMap<u32, usize>) {
    for token in words.within(gap.added.clone()) {
        let written = words.written(token);
        let is_number = written.bytes().all(|it| it.is_ascii_digit() || it == b'.');
        let is_version = is_number && written.contains('.');
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
