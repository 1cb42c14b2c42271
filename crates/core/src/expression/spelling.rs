//! How an expression would be written on the SPDX list, where that changes nothing of what it says.

use std::ops::Range;

use super::lex::{Token, What, tokens};
use super::listed;
use super::parse::parse;
use crate::source::{SourceId, Span};

/// What stands where SPDX would write something else: ids and operators in other case, `/` for
/// `OR`, a blank before `+`. Ids that SPDX deprecated are left alone, as they may leave something
/// open. Empty where nothing is to be changed, or where `text` is no expression of listed licenses.
pub fn respelled(text: &str) -> Vec<(Range<usize>, String)> {
    let whole = Span::new(SourceId(0), 0..text.len());
    let Some(before) = parse(text, whole).expression else { return Vec::new() };
    let tokens = tokens(text);
    let changed: Vec<_> = (0..tokens.len()).filter_map(|it| change(text, &tokens, it)).collect();
    let written = replaced(text, &changed);
    let again = parse(&written, Span::new(SourceId(0), 0..written.len())).expression;
    let same = again.is_some_and(|it| it.same_as(&before) && it.to_string() == before.to_string());
    if same { changed } else { Vec::new() }
}

/// `text` with other words in some places, which are in its order.
fn replaced(text: &str, changes: &[(Range<usize>, String)]) -> String {
    let mut written = String::with_capacity(text.len());
    let mut end = 0;
    for (range, words) in changes {
        written.push_str(&text[end..range.start]);
        written.push_str(words);
        end = range.end;
    }
    written + &text[end..]
}

fn change(text: &str, tokens: &[Token], at: usize) -> Option<(Range<usize>, String)> {
    let token = tokens.get(at)?;
    let before = at.checked_sub(1).and_then(|it| tokens.get(it));
    let word = &text[token.range.clone()];
    let written = match token.what {
        What::And | What::Or | What::With => word.to_ascii_uppercase(),
        What::Word if before.is_some_and(|it| it.what == What::With) => {
            let id = listed::exception(word)?;
            listed::successor(id).is_none().then(|| id.to_owned())?
        }
        What::Word => {
            let id = listed::license(word)?;
            listed::successor(id).is_none().then(|| id.to_owned())?
        }
        What::Slash => return Some((with_blanks(text, &token.range), " OR ".to_owned())),
        What::Plus => {
            let gap = before?.range.end..token.range.start;
            return (!gap.is_empty()).then(|| (gap, String::new()));
        }
        What::Open | What::Close | What::Odd => return None,
    };
    (written != word).then(|| (token.range.clone(), written))
}

/// A range with the blanks around it.
fn with_blanks(text: &str, range: &Range<usize>) -> Range<usize> {
    let before = text[..range.start].trim_end().len();
    let after = &text[range.end..];
    before..range.end + (after.len() - after.trim_start().len())
}

/// Whether SPDX has an id that allows later versions beside this one, so that whoever writes it
/// says that they are not allowed.
pub fn excludes_later(id: &str) -> bool {
    listed::or_later(id).is_some()
}
