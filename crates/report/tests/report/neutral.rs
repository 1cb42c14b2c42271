//! Foreign text is text in every format, whatever it looks like.

use caveat_core::component::ComponentId;
use caveat_core::source::Source;
use caveat_report::formats::FORMATS;
use caveat_report::run::Look;
use serde_json::Value;

use crate::sample::{Sample, written};

const LOOK: Look = Look { width: 100, color: false, verbose: true };

/// What is shown of each of these must be itself.
const HOSTILE: [&str; 12] = [
    "\n::error file=a::injected",
    "\r\n::stop-commands::x",
    "::add-mask::1 ::debug::2",
    "x ##[add-path]/evil ##vso[task.setvariable variable=a]b",
    "<script>alert(1)</script><img src=x onerror=y>",
    "]]></failure></testcase><testcase name=\"x\">&entity;",
    "`</code>` ``<b>`` `<i>",
    "[click](https://evil.example) ![pixel](//evil.example/p) <https://evil.example>",
    "@everyone #1 www.evil.example $\\href{a}{b}$ | cell | ~~x~~ </details>",
    "{0} {1:x} [a](1) [b](2)",
    "\u{0}\u{1b}[2J\u{7f}\u{85}\u{202e}\u{fffe}\u{ffff}\u{2028}",
    "\",\"severity\":\"info\"}\n{\"record\":\"finding\"}",
];

/// The sample with `text` wherever text comes from files.
fn poisoned(text: &str) -> Sample {
    let mut sample = Sample::new();
    let sources: Vec<_> = sample.sources.iter().cloned().collect();
    for it in sources.into_iter().filter(|it| !it.name.starts_with("terms/")) {
        let name = format!("{text}/{}", it.name);
        sample.files.paths.insert(it.id, name.clone());
        sample.sources.insert(Source { name, ..it });
    }
    for it in &mut sample.report.findings {
        it.component = ComponentId::path(text);
        it.license = Some(text.to_owned());
        (it.message, it.label) = (format!("`{text}` is {text}"), text.to_owned());
        it.help = vec![text.to_owned(), format!("use `{text}`")];
        text.clone_into(&mut it.because.first.says);
        it.because.first.cite = Some(text.to_owned());
    }
    for it in &mut sample.report.set_aside {
        text.clone_into(&mut it.why);
    }
    for it in &mut sample.report.obligations {
        (it.says, it.license, it.cite) = (text.to_owned(), text.to_owned(), text.to_owned());
    }
    text.clone_into(&mut sample.coverage.skipped[0].path);
    text.clone_into(&mut sample.coverage.skipped[0].why);
    sample.coverage.not_looked_at = vec![text.to_owned()];
    sample
}

/// Runs `check` on what a format makes of each hostile text.
fn each(format: &str, check: fn(&str)) {
    for text in HOSTILE {
        let sample = poisoned(text);
        let mut run = sample.run();
        run.audit = true;
        run.policy = Some(text);
        run.default_because = Some(text);
        check(&written(format, &run, &LOOK));
    }
}

/// How many findings count in the sample.
const COUNT: usize = 8;

#[test]
fn no_log_holds_a_command_of_others() {
    for format in FORMATS.iter().filter(|it| it.name != "github" && !it.name.contains("json")) {
        each(format.name, |text| {
            for line in text.lines() {
                assert!(!line.trim_start().starts_with("::"), "{line}");
            }
        });
    }
    for format in ["full", "concise", "github", "markdown", "junit"] {
        each(format, |text| assert!(!text.contains("##[") && !text.contains("##vso["), "{text}"));
    }
}

#[test]
fn github_sees_no_command_but_ours() {
    each("github", |text| {
        assert_eq!(text.lines().count(), COUNT + 1, "{text}");
        for line in text.lines() {
            let command = line.strip_prefix("::").expect("each line is a command");
            let (head, _) = command.split_once("::").expect("a command has a message");
            let (name, properties) = head.split_once(' ').expect("and properties");
            assert!(["error", "warning", "notice"].contains(&name), "{line}");
            for it in properties.split(',') {
                let (key, value) = it.split_once('=').expect("a property has a value");
                let known = ["file", "line", "col", "endColumn", "title"];
                assert!(known.contains(&key) && !value.contains(':'), "{line}");
            }
        }
    });
}

#[test]
fn xml_has_no_element_but_ours() {
    each("junit", |text| {
        let is_char =
            |it: char| matches!(it, '\n' | ' '..='\u{7e}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..);
        assert!(text.chars().all(is_char), "{text:?}");
        for (at, _) in text.match_indices('<') {
            let name = text[at..].trim_start_matches(['<', '/']);
            let ours = [
                "?xml ",
                "testsuites",
                "testsuite",
                "testcase",
                "failure",
                "skipped",
                "system-out",
            ];
            assert!(ours.iter().any(|it| name.starts_with(it)), "{name:.80}");
        }
        for (at, _) in text.match_indices('&') {
            let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"];
            assert!(entities.iter().any(|it| text[at..].starts_with(it)), "{:.80}", &text[at..]);
        }
        let cases = text.matches("<testcase ").count();
        assert_eq!(cases - text.matches("/>\n").count(), COUNT);
        assert_eq!(text.matches("]]>").count(), 0);
    });
}

#[test]
fn json_has_no_record_but_ours() {
    let lines =
        |text: &str| text.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
    for format in ["rdjsonl", "json-lines"] {
        let sample = Sample::new();
        let count = written(format, &sample.run(), &LOOK).lines().count();
        for text in HOSTILE {
            let lines: Vec<Value> = lines(&written(format, &poisoned(text).run(), &LOOK));
            assert_eq!(lines.len(), count, "{format}: {text}");
        }
    }
    each("gitlab", |text| {
        let list: Vec<Value> = serde_json::from_str(text).expect("JSON");
        assert_eq!(list.len(), COUNT);
        assert!(
            list.iter()
                .all(|it| it["severity"] != "info" || it["check_name"] == "unreadable-input")
        );
    });
}

#[test]
fn sarif_has_no_link_and_no_gap_but_ours() {
    each("sarif", |text| {
        let log: Value = serde_json::from_str(text).expect("JSON");
        let results = log["runs"][0]["results"].as_array().expect("there are results");
        assert_eq!(results.len(), COUNT + 1);
        for it in results {
            let related = it["relatedLocations"].as_array().map_or(0, Vec::len);
            let message = it["message"]["text"].as_str().expect("a text");
            assert_eq!(message.matches("](").count(), related, "{message}");
            assert!(!message.contains("{0}") && !message.contains("{1"), "{message}");
            let uri = &it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
            let uri = uri.as_str().expect("a text");
            let plain = |it: char| it.is_ascii_alphanumeric() || "-._~/@+,=%".contains(it);
            assert!(uri.chars().all(plain) && !uri.starts_with('/'), "{uri}");
        }
    });
}

/// Fails on Markdown that is more than text, code and what we write ourselves.
fn inert(markdown: &str) {
    for line in markdown.lines() {
        let line = line.strip_prefix("### ").unwrap_or(line).replace("\\|", "");
        let outside: String = line.split('`').step_by(2).collect::<Vec<_>>().join("_");
        assert_eq!(line.matches('`').count() % 2, 0, "an open backtick: {line}");
        assert!(!line.contains("``"), "a fence of others: {line}");
        let ours = ["<details><summary>", "</summary>", "</details>", "**"];
        let outside = ours.iter().fold(outside, |it, ours| it.replace(ours, ""));
        let active = ['<', '>', '@', '#', '[', ']', '!', '$', '*', '~', '&', '{', '\\'];
        assert!(!outside.contains(active), "{outside}");
        assert!(!outside.contains("//") && !outside.contains("www."), "{outside}");
    }
}

#[test]
fn markdown_is_text_and_code() {
    each("markdown", |text| {
        inert(text);
        assert_eq!(
            text.matches("<details>").count(),
            text.matches("</details>").count() - closed(text)
        );
        for row in text.lines().filter(|it| it.starts_with("| ") && !it.contains("| duty |")) {
            assert_eq!(row.replace("\\|", "").matches('|').count(), 5, "{row}");
        }
    });
    each("rdjson", |text| {
        let result: Value = serde_json::from_str(text).expect("JSON");
        let list = result["diagnostics"].as_array().expect("a list");
        assert_eq!(list.len(), COUNT);
        for it in list {
            inert(it["message"].as_str().expect("a text"));
        }
    });
}

/// How often the hostile text closes what it did not open: inside of code, as `inert` sees.
fn closed(text: &str) -> usize {
    text.lines().filter(|it| *it != "</details>").map(|it| it.matches("</details>").count()).sum()
}
