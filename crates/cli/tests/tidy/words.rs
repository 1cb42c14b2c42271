//! One spelling of our main word, and no word of where the project was written.

use super::rust::{Rust, line};
use super::tree::{Tree, is, is_test_file};

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
    Rust { rust: Rust, tests_alone: bool },
    Markdown(&'a str),
    Data(&'a str),
    Other,
}

impl<'a> Quoted<'a> {
    fn of(path: &str, text: &'a str) -> Self {
        if is(path, "rs") {
            return Self::Rust { rust: Rust::parse(text), tests_alone: is_test_file(path) };
        }
        if is(path, "md") {
            return Self::Markdown(text);
        }
        if is(path, "toml") { Self::Data(text) } else { Self::Other }
    }

    fn is_test(&self, at: usize) -> bool {
        match self {
            Self::Rust { rust, tests_alone } => *tests_alone || rust.is_test(at),
            Self::Markdown(_) | Self::Data(_) | Self::Other => false,
        }
    }

    /// Whether the word at this place is a quotation: in logic a key and nothing more, in tests
    /// any text, in Markdown what stands in backticks or a fenced block, in data any string.
    fn holds(&self, at: usize) -> bool {
        match self {
            Self::Rust { rust, .. } => rust.strings.iter().any(|(start, literal)| {
                let inside = (*start..=start + literal.len() + 4).contains(&at);
                let key = literal.len() <= OTHER_SPELLING.len() + 2 && !literal.contains(' ');
                inside && (key || self.is_test(at))
            }),
            Self::Markdown(text) => {
                let fences = text[..at].lines().filter(|it| it.trim_start().starts_with("```"));
                let here = text[..at].rsplit('\n').next().unwrap_or_default();
                fences.count() % 2 == 1 || here.matches('`').count() % 2 == 1
            }
            Self::Data(text) => {
                let here = text[..at].rsplit('\n').next().unwrap_or_default();
                !here.trim_start().starts_with('#') && here.contains(['"', '\''])
            }
            Self::Other => false,
        }
    }
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
        (1, "a.md", "A Licence."),
        (0, "a.md", "The key `licence:` and\n```yaml\nlicence: mit\n```\n"),
        (0, "a.toml", r#"name = "European Union Public Licence""#),
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
