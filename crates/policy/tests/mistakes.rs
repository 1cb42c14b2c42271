//! What is said of a policy with mistakes in it.

use caveat_core::source::{SourceId, Sources};
use caveat_policy::policy::{LONGEST, Mistake, Policy, PolicyError};
use proptest::prelude::*;

fn mistakes(text: &str) -> Vec<PolicyError> {
    Policy::parse("caveat.toml", text, SourceId(0)).err().unwrap_or_default()
}

/// The mistakes as `line:column: message (help)`, with the related place on a line of its own.
fn told(text: &str) -> String {
    let mut sources = Sources::new();
    sources.add("caveat.toml", text.to_owned());
    let mut told = String::new();
    for mistake in mistakes(text) {
        let place = |at| sources.place(at).map(|it| format!("{}:{}", it.line, it.column)).unwrap();
        let help = mistake.help().map(|it| format!(" ({it})")).unwrap_or_default();
        told += &format!("{}: {mistake}{help}\n", place(mistake.at));
        if let Some((at, says)) = mistake.also() {
            told += &format!("  {}: {says}\n", place(at));
        }
    }
    told
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(told(text), expected, "in\n{text}");
}

#[test]
fn a_misspelt_tag() {
    check("[rules.model]\ndeny = [\"permissive\", \"non-comercial\"]\n", "");
}

#[test]
fn placeholder() {
    let _ = (LONGEST, Mistake::TooLong(0));
}
