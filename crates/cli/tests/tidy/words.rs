//! One spelling of our main word, and no word of where the project was written.

use super::rust::{Rust, line};
use super::tree::{Tree, is_test_file};

/// The spelling that SPDX does not use. Files of others do, so it may be quoted, never used.
const OTHER_SPELLING: &str = "licence";

/// Names of places outside the repository, in two halves so that this file holds none of them.
const WORKPLACES: [(&str, &str); 4] =
    [("/wo", "rk/"), ("/fa", "rm/"), ("bash", "_jobs"), ("/tmp/", "target")];

/// Material beside the repository: tests may look for it, and say when it is absent.
const BESIDE: (&str, &str) = ("../sha", "red");

/// Every word that should not be there.
pub(crate) fn faults(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in tree.texts().filter(|(path, _)| *path != "Cargo.lock") {
        let said = |at: usize, what: &str| format!("{path}:{}: {what}", line(text, at));
        let lower = text.to_ascii_lowercase();
        let spelt = lower.match_indices(OTHER_SPELLING).map(|(at, _)| at);
        let quoted = Quoted::of(path, text);
        faults.extend(spelt.filter(|at| !quoted.holds(*at)).map(|at| said(at, "write `license`")));
        for (one, other) in WORKPLACES {
            let found = text.find(&[one, other].concat());
            faults.extend(found.map(|at| said(at, "the project speaks of itself alone")));
        }
        let beside = [BESIDE.0, BESIDE.1].concat();
        let beside = text.match_indices(beside.as_str()).map(|(at, _)| at);
        let outside = beside.filter(|at| !quoted.is_test(*at));
        faults.extend(outside.map(|at| said(at, "only a test may look beside the repository")));
    }
    faults
}

/// What a file quotes from others.
enum Quoted<'a> {
    Rust { text: &'a str, rust: Rust, tests_alone: bool },
    Markdown(&'a str),
    Toml(&'a str),
    Table(&'a str),
    Other,
}

impl<'a> Quoted<'a> {
    fn of(path: &str, text: &'a str) -> Self {
        match path.rsplit('.').next() {
            Some("rs") => {
                Self::Rust { text, rust: Rust::parse(text), tests_alone: is_test_file(path) }
            }
            Some("md") => Self::Markdown(text),
            Some("toml") => Self::Toml(text),
            Some("tsv") => Self::Table(text),
            Some(_) | None => Self::Other,
        }
    }

    fn is_test(&self, at: usize) -> bool {
        match self {
            Self::Rust { rust, tests_alone, .. } => *tests_alone || rust.is_test(at),
            Self::Markdown(_) | Self::Toml(_) | Self::Table(_) | Self::Other => false,
        }
    }

    /// Whether the word at this place is a quotation: in logic a key, a phrase of two words or
    /// a list of both spellings, in tests any text; in Markdown a fenced block; in both what stands in backticks; in TOML a
    /// string, or a comment that repeats one as a title; in a table any field.
    fn holds(&self, at: usize) -> bool {
        match self {
            Self::Rust { text, rust, .. } => {
                let literal =
                    |(start, it): &&(usize, String)| (*start..=start + it.len() + 4).contains(&at);
                let literal = rust.strings.iter().find(literal);
                literal.map_or_else(
                    || in_backticks(text, at),
                    |(_, it)| {
                        let short = it.split_whitespace().count() <= 2;
                        short || lists_both(it) || self.is_test(at)
                    },
                )
            }
            Self::Markdown(text) => {
                let fences = text[..at].lines().filter(|it| it.trim_start().starts_with("```"));
                fences.count() % 2 == 1 || in_backticks(text, at)
            }
            Self::Toml(text) => {
                let (before, line) = (before(text, at), whole_line(text, at));
                line.strip_prefix('#').map_or(before.contains(['"', '\'']), |title| {
                    text.contains(&format!("\"{}\"", title.trim()))
                })
            }
            Self::Table(text) => !before(text, at).starts_with('#'),
            Self::Other => false,
        }
    }
}

/// A list of words to look for has both spellings beside each other.
fn lists_both(words: &str) -> bool {
    words.contains(&format!("license {OTHER_SPELLING}"))
}

fn before(text: &str, at: usize) -> &str {
    text[..at].rsplit('\n').next().unwrap_or_default()
}

fn whole_line(text: &str, at: usize) -> &str {
    let start = at - before(text, at).len();
    text[start..].lines().next().unwrap_or_default().trim()
}

fn in_backticks(text: &str, at: usize) -> bool {
    before(text, at).matches('`').count() % 2 == 1
}

#[test]
fn the_other_spelling_is_quoted_never_used() {
    for (expected, path, text) in [
        (1, "a.rs", "// The licence.\n"),
        (1, "a.rs", "fn licence() {}"),
        (1, "a.rs", r#"fn f() { say("no licence here") }"#),
        (0, "a.rs", r#"const KEYS: [&str; 2] = ["licence", "licences"];"#),
        (0, "a.rs", "#[cfg(test)]\nmod tests { const A: &str = \"the licence: mit\"; }"),
        (0, "crates/x/tests/a.rs", r#"const A: &str = "a licence of old";"#),
        (0, "a.rs", r#"const WORDS: &str = "a license licence terms";"#),
        (1, "a.md", "A Licence."),
        (0, "a.md", "The key `licence:` and\n```yaml\nlicence: mit\n```\n"),
        (0, "a.rs", "// Unlike `licence`.\nconst A: &str = \"licenced under\";"),
        (0, "a.toml", r#"name = "European Union Public Licence""#),
        (0, "a.toml", "# Union Licence 1\nname = \"Union Licence 1\""),
        (0, "a.tsv", "a/LICENCE\tb"),
        (1, "a.toml", "# European \"Union\" Public Licence"),
    ] {
        assert_eq!(faults(&Tree::of(&[(path, text)])).len(), expected, "{path}: {text}");
    }
}

#[test]
fn a_word_of_a_workplace_is_a_fault() {
    let count = |path: &str, text: &str| faults(&Tree::of(&[(path, text)])).len();
    for (one, other) in WORKPLACES {
        assert_eq!(count("a.md", &[one, other].concat()), 1);
    }
    let beside = format!("const A: &str = \"{}\";", [BESIDE.0, BESIDE.1].concat());
    assert_eq!(count("crates/x/src/a.rs", &beside), 1);
    assert_eq!(count("crates/x/tests/a.rs", &beside), 0);
    assert_eq!(count("crates/x/src/a.rs", &format!("#[cfg(test)]\nmod tests {{ {beside} }}")), 0);
}
