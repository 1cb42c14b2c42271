//! What a result says: one text, with links to the places that decided.

use super::Location;
use crate::told::{Teller, Told, cited, headline, notes};

/// GitHub shows no more places beside a result.
const MOST_RELATED: usize = 100;

/// The text of a result, and the places that its links lead to.
pub(super) fn message(teller: &Teller<'_>, told: &Told<'_>) -> (String, Vec<Location>) {
    let own = teller.place(told.finding);
    let mut lines = vec![format!("{}.", text(&headline(told.finding, own.byte)))];
    let mut related = Vec::new();
    for reason in teller.reasons(told.finding) {
        let says = text(&reason.says);
        let spot = reason.spot.filter(|it| *it != own && related.len() < MOST_RELATED);
        let link = spot.map(|spot| {
            let id = related.len() + 1;
            related.push(Location::of(&spot, Some((id, says.clone()))));
            format!(" ([{}]({id}))", link_text(&cited(&spot)))
        });
        lines.push(format!("{}: {says}{}", reason.name, link.unwrap_or_default()));
    }
    lines.extend(notes(told).iter().map(|it| text(it)));
    (lines.join("\n"), related)
}

/// Text in which nothing is a link or a gap to be filled. The standard has escapes for both, which
/// viewers show as they are, so a blank it is.
fn text(foreign: &str) -> String {
    let mut shown = String::with_capacity(foreign.len());
    let mut before = None;
    for it in foreign.chars() {
        if matches!((before, it), (Some(']'), '(') | (Some('{'), '0'..='9')) {
            shown.push(' ');
        }
        shown.push(it);
        before = Some(it);
    }
    shown
}

/// The words of a link, in which brackets have to be escaped.
fn link_text(foreign: &str) -> String {
    text(foreign).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

#[cfg(test)]
mod tests {
    use super::{link_text, text};

    #[test]
    fn foreign_text_makes_no_link_and_no_gap() {
        assert_eq!(text("[deny] [a](http://b) {0} {x}"), "[deny] [a] (http://b) { 0} {x}");
        assert_eq!(link_text("a/[id].md:2"), "a/\\[id\\].md:2");
    }
}
