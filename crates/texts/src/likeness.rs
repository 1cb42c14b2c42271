//! Whether an input is a known text, a changed one, or only akin to it.

use crate::changes::Changes;
use crate::index::Text;

/// How closely an input follows a known text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// It is that text, apart from names, notices, instructions on how to apply it, and wording of no weight.
    Verbatim,
    /// It is that text with words put in, taken out or standing around it that change what it says.
    /// A changed license is another license.
    Modified,
    /// It is close to that text, but another edition of it or a text built upon it.
    Kindred,
}

/// The share of the core found times the share of the span explained.
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of words are far below what f32 holds exactly"
)]
pub(crate) fn score(text: &Text, changes: &Changes) -> f32 {
    let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
    share(changes.core_matched, text.core.len())
        * share(changes.matched, changes.matched + changes.added)
}

/// What the changes make of the text; none if it is too far off to be named.
pub(crate) fn likeness(text: &Text, changes: &Changes) -> Option<Likeness> {
    /// Texts of which another edition can be told from chance.
    const LONG: usize = 300;
    const SHORT: usize = 40;
    let (score, words) = (score(text, changes), text.core.len());
    let least = match (changes.is_scattered(), words < SHORT) {
        (true, _) => 0.65,
        (false, true) => 0.85,
        (false, false) => 0.8,
    };
    let is_near = score >= least;
    if words >= LONG && score >= 0.6 && (changes.is_renamed || !is_near) {
        return Some(Likeness::Kindred);
    }
    let likeness = if changes.is_telling { Likeness::Modified } else { Likeness::Verbatim };
    is_near.then_some(likeness)
}
