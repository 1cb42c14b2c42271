//! What is said of a policy with mistakes in it.

use caveat_core::source::{SourceId, Sources};
use caveat_policy::named::{NAMES, named};
use caveat_policy::policy::{LONGEST, Mistake, Policy, PolicyError};
use proptest::prelude::*;

fn mistakes(text: &str) -> Vec<PolicyError> {
    Policy::parse("caveat.toml", text, SourceId(0)).err().unwrap_or_default()
}

/// The mistakes as `line:column: message (help)`, with the related place on a line of its own.
fn told(text: &str) -> String {
    let mut sources = Sources::new();
    sources.add("caveat.toml", text.to_owned());
    let place = |at| {
        let place = sources.place(at).expect("a mistake lies in the text");
        format!("{}:{}", place.line, place.column)
    };
    let mut lines = Vec::new();
    for mistake in mistakes(text) {
        let help = mistake.help().map(|it| format!(" ({it})")).unwrap_or_default();
        lines.push(format!("{}: {mistake}{help}\n", place(mistake.at)));
        lines.extend(mistake.also().map(|(at, says)| format!("  {}: {says}\n", place(at))));
    }
    lines.concat()
}

#[test]
fn the_page_of_mistakes_holds() {
    let pages = [include_str!("mistakes.md"), include_str!("mistakes-in-records.md")];
    let blocks: Vec<_> = pages.iter().flat_map(|it| it.split("```toml\n").skip(1)).collect();
    assert!(blocks.len() > 30, "the page is whole");
    let mut wrong = Vec::new();
    for block in blocks {
        let (policy, rest) = block.split_once("```\n```text\n").expect("a policy and what is said");
        let (expected, _) = rest.split_once("```\n").expect("an end");
        let policy = policy.replace("\\0", "\0");
        let found = told(&policy);
        if found != expected {
            wrong.push(format!("```toml\n{policy}```\n```text\n{found}```\n"));
        }
    }
    assert!(wrong.is_empty(), "tests/mistakes.md should say:\n{}", wrong.concat());
}

#[test]
fn a_policy_that_is_too_long_is_refused() {
    let text = "#".repeat(10 << 20);
    assert_eq!(mistakes(&text)[0].mistake, Mistake::TooLong(10 << 20));
    assert_eq!(mistakes(&"#".repeat(LONGEST)), []);
}

#[test]
fn hostile_policies_cost_no_more_than_their_length() {
    let lines = |line: &str| line.repeat(LONGEST / line.len());
    let numbered = |count: u32, line: &str| -> String {
        (0..count).map(|it| line.replace('#', &it.to_string())).collect()
    };
    let texts = [
        lines("["),
        lines("a."),
        lines("a = \n"),
        lines("[[product]]\n"),
        lines("[[a]]\n"),
        lines("\"\n"),
        format!("extends = [{}]", &lines("\"caveat:x\",")[22..]),
        "[levels]\n".to_owned() + &numbered(40_000, "k# = 1\n"),
        numbered(20_000, "[[rule]]\nid = \"#\"\nproduct = \"p#\"\n"),
    ];
    for text in texts {
        let found = mistakes(&text);
        assert!(!found.is_empty() && found.len() <= 100, "{}", &text[..20]);
    }
}

/// Either a policy or mistakes, all of whose spans fit the text.
fn survives(text: &str) {
    match Policy::parse("caveat.toml", text, SourceId(0)) {
        Ok(policy) => assert!(policy.org.at.is_none_or(|it| text.get(it.range()).is_some())),
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            for it in mistakes {
                assert!(text.get(it.at.range()).is_some(), "{it} at {:?}", it.at);
                assert!(it.also().is_none_or(|(at, _)| text.get(at.range()).is_some()));
                assert!(it.to_string().len() < 500 && !it.to_string().contains('\n'));
                assert!(!it.to_string().ends_with('.') && it.help() != Some(String::new()));
            }
        }
    }
}

#[test]
fn a_policy_that_breaks_off_anywhere_does_not_break_us() {
    let text = named("on-device").unwrap();
    for end in (0..text.len()).filter(|it| text.is_char_boundary(*it)) {
        survives(&text[..end]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_policy_with_anything_in_it_does_not_break_us(
        name in proptest::sample::select(NAMES),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..20, "\\PC{0,6}|[\\[\\]{}=\"'\n#.,\u{0}é]{0,4}"), 1..6),
    ) {
        let mut text = named(name).unwrap().to_owned();
        for (at, length, put) in cuts {
            let mut start = at.index(text.len() + 1);
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            let mut end = (start + length).min(text.len());
            while !text.is_char_boundary(end) {
                end += 1;
            }
            text.replace_range(start..end, &put);
        }
        survives(&text);
    }

    #[test]
    fn values_of_any_type_anywhere_do_not_break_us(
        name in proptest::sample::select(NAMES),
        line in any::<prop::sample::Index>(),
        value in proptest::sample::select(&["1", "-1", "1.5", "true", "\"\"", "\"x\"", "[]", "[1]", "{}", "{ a = 1 }", "2026-01-01", "[[]]", "inf"][..]),
    ) {
        let lines: Vec<_> = named(name).unwrap().lines().collect();
        let changed = line.index(lines.len());
        let text: Vec<String> = lines.iter().enumerate().map(|(index, it)| match it.split_once('=') {
            Some((key, _)) if index == changed => format!("{key}= {value}"),
            _ => (*it).to_owned(),
        }).collect();
        survives(&text.join("\n"));
    }
}
