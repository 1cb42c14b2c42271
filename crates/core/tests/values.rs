//! The spanned tree: what it keeps, and that no text can hurt it.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads files of the repository and bounds its time"
)]

use std::time::{Duration, Instant};

use caveat_core::source::{Source, SourceId};
use caveat_core::value::{Node, Parsed, Value, json, yaml};

fn source(text: &str) -> Source {
    Source::text(SourceId(0), "x", text.to_owned())
}

/// The tree as text, each scalar with what is written at its span.
fn show(source: &Source, node: &Node) -> String {
    let list = |parts: Vec<String>| parts.join(" ");
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(it) => format!("bool:{it}"),
        Value::Number(it) => format!("number:{it}"),
        Value::String(it) if it == source.slice(node.at) => it.clone(),
        Value::String(it) => format!("{it:?}@{:?}", source.slice(node.at)),
        Value::List(items) => {
            format!("[{}]", list(items.iter().map(|it| show(source, it)).collect()))
        }
        Value::Map(entries) => {
            let entry = |(key, it): &(caveat_core::source::Spanned<String>, Node)| {
                assert_eq!(source.slice(key.at), key.value);
                format!("{}={}", key.value, show(source, it))
            };
            format!("{{{}}}", list(entries.iter().map(entry).collect()))
        }
    }
}

#[track_caller]
fn check(parse: fn(&Source) -> Parsed, text: &str, expected: &str) {
    let source = source(text);
    let parsed = parse(&source);
    let documents: Vec<_> = parsed.documents.iter().map(|it| show(&source, it)).collect();
    let problems =
        parsed.problems.iter().map(|it| format!("! {} @ {}", it.what, source.slice(it.at)));
    let all: Vec<_> = documents.into_iter().chain(problems).collect();
    assert_eq!(all.join("\n"), expected, "{text:?}");
}

#[test]
fn yaml_keeps_order_repetition_and_place() {
    check(yaml::parse, "b: 1\na: x # c\nb: 'it''s'\n", "{b=number:1 a=x b=\"it's\"@\"it''s\"}");
    check(yaml::parse, "\u{feff}é: \"ü\"\r\nl: [a, {b: c}]\r\n", "{é=ü l=[a {b=c}]}");
    check(
        yaml::parse,
        "a:\tx\nb: no\nc: Yes\nd: true\ne: ~\nf:\n",
        "{a=x b=no c=Yes d=bool:true e=null f=null}",
    );
    check(yaml::parse, "a: |\n  x\n  y\n", "{a=\"x\\ny\\n\"@\"x\\n  y\"}");
    check(yaml::parse, "a: 1\n---\nb: 2\n", "{a=number:1}\n{b=number:2}");
    check(yaml::parse, "{{A}}: x", "{{{A}}=x}");
    check(yaml::parse, "", "");
}

#[test]
fn collections_span_what_is_written() {
    for (text, expected) in [
        ("a: [x, y] # c\nb: 1", "[x, y]"),
        ("a:\n- x\n- 'y'\n\n# c\nb: 1", "- x\n- 'y'"),
        ("a:\n  k: v\nb: 1", "k: v"),
    ] {
        let source = source(text);
        let parsed = yaml::parse(&source);
        let at = parsed.root().and_then(|it| it.get("a")).map(|it| it.at);
        assert_eq!(at.map(|it| source.slice(it)), Some(expected));
    }
}

#[test]
fn broken_yaml_gives_what_came_before() {
    let scan = "mapping values are not allowed in this context";
    check(
        yaml::parse,
        "a: [x]\nb: c: d\n",
        &format!("{{a=[x] b=c}}\n! this is not valid YAML: {scan} @ : d"),
    );
    check(
        yaml::parse,
        "a: &x 1\nb: *x\nc: *x",
        "{a=number:1 b=null c=null}\n! aliases are not followed @ *x",
    );
}

#[test]
fn json_is_read_as_people_write_it() {
    check(
        json::parse,
        "\u{feff}{\"a\": \"é\", /* c */ \"b\": [1, true, null,], \"a\": \"\\u0041\"}",
        "{a=é b=[number:1 bool:true null] a=\"A\"@\"\\\\u0041\"}",
    );
    check(json::parse, "", "");
    check(json::parse, "\u{feff}{\"a\": }", "! this is not valid JSON: Unexpected close brace @ }");
}

#[test]
fn the_last_of_repeated_keys_wins_and_all_are_there() {
    let source = source("a: 1\nb: 2\na: 3\n");
    let parsed = yaml::parse(&source);
    let root = parsed.root().unwrap();
    let words = |it: &Node| it.words().map(|it| it.value).unwrap_or_default();
    assert_eq!(root.get("a").map(words).as_deref(), Some("3"));
    assert_eq!(root.all("a").map(words).collect::<Vec<_>>(), ["1", "3"]);
    assert_eq!(root.repeated_keys().len(), 1);
}

#[test]
fn hostile_texts_are_refused_at_once() {
    let laugh = |it: usize| {
        let before = vec![format!("*a{}", it.saturating_sub(1)); 9];
        format!("a{it}: &a{it} [{}]", before.join(", "))
    };
    let laughs: Vec<String> = (0..60).map(laugh).collect();
    let stairs: Vec<String> = (0..3_000).map(|it| format!("{}a:", " ".repeat(it))).collect();
    let nested = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    let texts = [
        laughs.join("\n"),
        stairs.join("\n"),
        nested("[", "]"),
        nested("{", "}"),
        nested("{\"a\":", "}"),
        nested("[", ""),
        nested("- ", ""),
        nested("? ", ""),
        "a: ".repeat(100_000),
        "- a\n".repeat(600_000),
        "\"".repeat(100_001),
        "&a ".repeat(100_000),
        "!".repeat(100_000),
        "%x ".repeat(100_000),
        "#\n".repeat(100_000),
        "\u{feff}".repeat(100_000),
    ];
    for text in texts {
        let source = source(&text);
        for parse in [json::parse, yaml::parse] {
            let start = Instant::now();
            let parsed = parse(&source);
            let spent = start.elapsed();
            let beginning: String = text.chars().take(12).collect();
            assert!(spent < Duration::from_secs(5), "{beginning:?} took {spent:?}");
            assert!(parsed.problems.len() < 10);
        }
    }
}
