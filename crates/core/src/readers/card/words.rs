//! Small sets of words, each written as one string with blanks between.

/// Whether `word`, in lower case, is one of `set`.
pub(super) fn among(word: &str, set: &str) -> bool {
    !word.is_empty() && set.split(' ').any(|it| it == word)
}
