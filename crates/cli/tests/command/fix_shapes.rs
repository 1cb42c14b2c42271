//! `caveat fix --apply` on cards that are written in all the ways that people write them: just the
//! words that were announced change, and a second time there is nothing to do.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::project::Project;

const POLICY: &str = "caveat = 1\n[[product]]\nname = \"app\"\npaths = [\"**\"]\n\
    uses = [\"distribute-weights\"]\n[rules]\notherwise = \"allow\"\n";

/// Heads of cards, of which each can be mended, with a body behind them.
const HEADS: [&str; 7] = [
    "license: Apache 2.0\n",
    "license: GPL-3.0\ntags:\n- a\n",
    "language: en\nlicense: Apache License 2.0\nlibrary_name: peft\n",
    "license: other\nlicense_name: gemma\nlicense_link: https://ai.google.dev/gemma/terms\n",
    "license: llama3.1\nbase_model: meta-llama/Llama-3.1-8B\nmodel_name: acme/tutor-8b\n",
    "license: apache-2.0\n",
    "license: gemma\n",
];
const BODY: &str = "# Card\n\nlicense: mit is what some would say.\n\n\tTabs stay.  \n";

/// A way to write a card.
type Shape = (&'static str, fn(&str) -> String);

const SHAPES: [Shape; 12] = [
    ("plain", |head| format!("---\n{head}---\n{BODY}")),
    ("crlf", |head| format!("---\n{head}---\n{BODY}").replace('\n', "\r\n")),
    ("bom", |head| format!("\u{feff}---\n{head}---\n{BODY}")),
    ("unended", |head| format!("---\n{head}---\n{}", BODY.trim_end())),
    ("no-body", |head| format!("---\n{head}---")),
    ("tabs", |head| format!("---\n{}---\n{BODY}", head.replace(": ", ":\t"))),
    ("comments", |head| {
        format!("---\n# the head\n{}---\n{BODY}", head.replacen('\n', "  # why\n", 1))
    }),
    ("double", |head| format!("---\n{}---\n{BODY}", quoted(head, '"'))),
    ("single", |head| format!("---\n{}---\n{BODY}", quoted(head, '\''))),
    ("list", |head| format!("---\n{}---\n{BODY}", listed(head))),
    ("documents", |head| format!("---\n{head}---\n{BODY}\n---\nlicense: Apache 2.0\n---\n")),
    ("anchors", |head| {
        format!("---\n{}x: *it\n---\n{BODY}", head.replacen("license: ", "license: &it ", 1))
    }),
];

/// The value of `license` in quotes.
fn quoted(head: &str, mark: char) -> String {
    let line = |line: &str| match line.split_once(": ") {
        Some(("license", value)) => format!("license: {mark}{value}{mark}\n"),
        Some(_) | None => format!("{line}\n"),
    };
    head.lines().map(line).collect()
}

/// The value of `license` as a list of one.
fn listed(head: &str) -> String {
    let line = |line: &str| match line.split_once(": ") {
        Some(("license", value)) => format!("license:\n  - {value}\n"),
        Some(_) | None => format!("{line}\n"),
    };
    head.lines().map(line).collect()
}

/// The lines of a card that no fix of these is about, with their ends.
fn others(text: &str) -> Vec<&str> {
    let is_about = |line: &&str| {
        let line = line.trim_start();
        line.starts_with("license") || line.starts_with("model_name")
    };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    // Whatever looks like a field behind the head is text like any other.
    let head = lines.iter().skip(1).position(|it| it.trim_end() == "---").map_or(0, |it| it + 1);
    let (head, body) = lines.split_at(head);
    let in_list = |it: &&str| it.starts_with("  - ");
    let kept = head.iter().filter(|it| !is_about(it) && !in_list(it));
    kept.chain(body).copied().collect()
}

fn json(project: &Project, arguments: &[&str]) -> Value {
    let ran = project.run(&[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&ran.out).unwrap_or_else(|it| panic!("{it}: {} {}", ran.out, ran.err))
}

#[test]
fn whatever_shape_a_card_has_only_what_is_announced_changes() {
    let mut before: BTreeMap<String, String> = BTreeMap::new();
    for (name, shape) in SHAPES {
        for (number, head) in HEADS.iter().enumerate() {
            before.insert(format!("models/{name}-{number}/README.md"), shape(head));
        }
    }
    let project = Project::of("caveat.toml", POLICY);
    let project = before.iter().fold(project, |it, (name, text)| it.with(name, text));
    let told = json(&project, &["fix"]);
    for (name, text) in &before {
        assert_eq!(&project.text(name), text, "{name} was only to be looked at");
    }
    let offered = told["fixes"].as_array().expect("a list");
    for (shape, _) in SHAPES {
        let is_it = |it: &&Value| it["changes"].to_string().contains(&format!("models/{shape}-"));
        assert!(offered.iter().filter(is_it).count() > 1, "next to nothing for {shape}: {told}");
    }
    let done = json(&project, &["fix", "--apply"]);
    for (name, text) in &before {
        let after = project.text(name);
        assert_eq!(others(&after), others(text), "{name}");
        assert!(
            others(text).concat().contains(BODY.lines().next().unwrap_or_default())
                || name.contains("no-body")
        );
    }
    let changes = done["fixes"].as_array().expect("a list").iter().flat_map(|it| {
        it["changes"].as_array().expect("a list").iter().filter(|it| it["text"].is_string())
    });
    for it in changes {
        let path = it["path"].as_str().expect("a path");
        assert!(path.ends_with("/LICENSE") || path.ends_with("/Notice.txt"), "{path}");
        assert_eq!(Some(project.text(path).as_str()), it["text"].as_str());
    }
    assert_eq!(json(&project, &["fix"])["fixes"], Value::Array(Vec::new()));
    let check = json(&project, &["check", "--exit-zero"]);
    let findings = check["findings"].as_array().expect("a list").iter();
    let left = findings.filter(|it| it["help"].to_string().contains("caveat fix` does"));
    assert_eq!(left.count(), 0);
}
