//! What a card says of the parts of its model: sections with something in them, links, a claim.

use caveat_core::source::{Source, Span, Spanned};

use super::table::Part;
use crate::policy::Openness;

/// What the hub's template has where nobody wrote anything.
const BLANK: [&str; 4] = ["[more information needed]", "more information needed", "todo", "tbd"];

/// A card.
#[derive(Clone, Copy, Debug)]
pub(super) struct Card<'a> {
    source: &'a Source,
}

impl<'a> Card<'a> {
    /// The card of that text.
    pub(super) fn of(source: &'a Source) -> Self {
        Self { source }
    }

    /// The heading of a section that is the part, where something stands under it; or, for results,
    /// the field of the front matter that holds them.
    pub(super) fn section(&self, part: &Part) -> Option<Span> {
        if part.headings.is_empty() {
            return None;
        }
        let lines: Vec<(usize, &str)> = lines(&self.source.text).collect();
        let found = lines.iter().enumerate().find(|(number, (_, line))| {
            let Some((depth, title)) = heading(line) else { return false };
            part.headings.contains(&title.as_str()) && is_filled(&lines[number + 1..], depth)
        });
        let field =
            || lines.iter().find(|(_, it)| part.name == RESULTS && it.starts_with("model-index:"));
        let (start, line) = found.map(|it| it.1).or_else(field)?;
        Some(self.source.span(*start..start + line.trim_end().len()))
    }

    /// A link behind which the part may be.
    pub(super) fn link(&self, part: &Part) -> Option<Span> {
        let text = &self.source.text;
        let found = |link: &&str| text.find(*link).map(|at| at..at + link.len());
        part.links.iter().find_map(found).map(|it| self.source.span(it))
    }

    /// The class that the card claims: "MOF Class II", `mof-class-2`.
    pub(super) fn claim(&self) -> Option<Spanned<Openness>> {
        let words: Vec<(usize, &str)> = words(&self.source.text).collect();
        let is = |number: usize, word: &str| {
            words.get(number).is_some_and(|it| it.1.eq_ignore_ascii_case(word))
        };
        (0..words.len()).find_map(|number| {
            let after = if is(number, "mof") {
                number + 1
            } else if is(number, "openness") && is(number + 1, "framework") {
                number + 2
            } else {
                return None;
            };
            let named = after + usize::from(is(after, "class"));
            let (start, (last, word)) = (words.get(number)?.0, words.get(named)?);
            let class = numeral(word)?;
            Some(Spanned::new(class, self.source.span(start..last + word.len())))
        })
    }
}

/// The part that a field of the front matter may hold.
const RESULTS: &str = "evaluation results";

fn numeral(word: &str) -> Option<Openness> {
    match word {
        "I" | "i" | "1" => Some(Openness::MofI),
        "II" | "ii" | "2" => Some(Openness::MofII),
        "III" | "iii" | "3" => Some(Openness::MofIII),
        _ => None,
    }
}

/// Lines with the place where each begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}

/// Words of letters and digits, with the place where each begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let pieces = text.split_inclusive(|it: char| !it.is_alphanumeric()).scan(0, |at, piece| {
        let start = *at;
        *at += piece.len();
        Some((start, piece.trim_end_matches(|it: char| !it.is_alphanumeric())))
    });
    pieces.filter(|it| !it.1.is_empty())
}

/// The depth of a heading and its words, in lower case.
fn heading(line: &str) -> Option<(usize, String)> {
    let depth = line.bytes().take_while(|it| *it == b'#').count();
    let rest = line.get(depth..)?.strip_prefix([' ', '\t']).filter(|_| (1..=6).contains(&depth))?;
    let kept: String =
        rest.chars().filter(|it| it.is_alphabetic() || matches!(it, ' ' | '-')).collect();
    let title = kept.split_whitespace().filter(|it| it.chars().any(char::is_alphabetic));
    Some((depth, title.collect::<Vec<_>>().join(" ").to_lowercase()))
}

/// Whether something is written before the next heading that is no deeper.
fn is_filled(lines: &[(usize, &str)], depth: usize) -> bool {
    let here = lines.iter().take_while(|it| heading(it.1).is_none_or(|it| it.0 > depth));
    here.filter(|it| heading(it.1).is_none()).any(|(_, line)| {
        let line = line.trim().trim_matches(['*', '_']).to_lowercase();
        !line.is_empty()
            && !line.starts_with("<!--")
            && !BLANK.contains(&line.trim_end_matches('.'))
    })
}

#[cfg(test)]
mod tests {
    use caveat_core::source::SourceId;

    use super::super::table::PARTS;
    use super::*;

    fn check(text: &str, section: Option<&str>, claim: Option<(Openness, &str)>) {
        let source = Source::text(SourceId(0), "README.md", text.to_owned());
        let card = Card::of(&source);
        let part = PARTS.iter().find(|it| it.name == RESULTS).expect("a part of the table");
        let found = card.section(part).map(|it| source.slice(it).to_owned());
        assert_eq!(found.as_deref(), section, "{text}");
        let said = card.claim().map(|it| (it.value, source.slice(it.at).to_owned()));
        assert_eq!(said, claim.map(|(class, words)| (class, words.to_owned())), "{text}");
    }

    #[test]
    fn a_section_counts_where_something_is_written_in_it() {
        check("# A\n\n## 3. Evaluation\n\n|a|b|\n", Some("## 3. Evaluation"), None);
        check("## Evaluation\n### On code\n0.9\n", Some("## Evaluation"), None);
        check("## Evaluation\n\n[More Information Needed]\n\n## Other\nwords\n", None, None);
        check("## Evaluation\n<!-- say how -->\n### Data\n**TODO**\n", None, None);
        check("---\nmodel-index:\n- name: a\n---\n", Some("model-index:"), None);
        check("Evaluation\n", None, None);
    }

    #[test]
    fn a_card_claims_a_class_in_words_or_tags() {
        check("We meet MOF Class II.\n", None, Some((Openness::MofII, "MOF Class II")));
        check("tags:\n- mof-class-1\n", None, Some((Openness::MofI, "mof-class-1")));
        check(
            "the Model Openness Framework (Class III)",
            None,
            Some((Openness::MofIII, "Openness Framework (Class III")),
        );
        check("The MOF has three classes; class II asks for code.\n", None, None);
        check("a mofette in 3 parts\n", None, None);
    }
}
