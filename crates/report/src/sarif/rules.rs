//! The rules with their pages.

use caveat_policy::rules::RULES;
use caveat_policy::verdict::Level;
use serde::Serialize;

use super::Message;

/// GitHub shows no more of a description.
const LONGEST: usize = 1024;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule {
    id: &'static str,
    name: String,
    short_description: Message,
    full_description: Message,
    help: Help,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: &'static str,
}

/// The level of results that have none: those that a person has to review.
#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 2],
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

/// All rules, in the order of [`number`].
pub(super) fn rules() -> Vec<Rule> {
    RULES.iter().map(rule).collect()
}

/// The number of the rule of that name.
pub(super) fn number(name: &str) -> Option<usize> {
    RULES.iter().position(|it| it.name == name)
}

fn rule(it: &'static caveat_policy::rule::Rule) -> Rule {
    let page = body(it.page);
    let prose = page.split("\n## ").next().unwrap_or(page).trim();
    Rule {
        id: it.name,
        name: it.name.split('-').map(capital).collect(),
        short_description: Message { text: sentence(it.summary) },
        full_description: Message { text: shortened(&paragraphs(prose)) },
        help: Help { text: paragraphs(prose), markdown: page },
        default_configuration: Configuration { level: "warning" },
        properties: Properties {
            tags: ["license", "compliance"],
            severity: match it.usual {
                Level::Deny => "error",
                Level::Warn => "warning",
                Level::Note | Level::Allow => "recommendation",
            },
        },
    }
}

/// A page without its title.
fn body(page: &'static str) -> &'static str {
    page.split_once('\n').filter(|_| page.starts_with("# ")).map_or(page, |(_, it)| it).trim()
}

/// `text` with each paragraph on one line.
fn paragraphs(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|it| it.replace('\n', " "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// As many sentences as GitHub shows.
fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let start = &text[..end];
    start.rfind(". ").map_or(start, |it| &start[..=it]).to_owned()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn sentence(clause: &str) -> String {
    format!("{}.", capital(clause).trim_end_matches('.'))
}
