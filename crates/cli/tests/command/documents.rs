//! Documents show what really happens: every `console` block is run in the repository.
//!
//! A block is a line `$ caveat …` and what follows. `...` stands for any lines, `[..]` for any
//! part of a line; a line `? 1` after the command is the exit code, zero where there is none.

use std::fs;
use std::path::Path;

use crate::project::run;

const DOCUMENTS: [&str; 5] =
    ["README.md", "examples/README.md", "docs/policies.md", "docs/mending.md", "docs/over-time.md"];

#[test]
fn the_documents_show_what_happens() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut faults = Vec::new();
    for document in DOCUMENTS {
        let text = fs::read_to_string(root.join(document)).unwrap();
        let blocks: Vec<_> = blocks(&text).collect();
        assert!(!blocks.is_empty(), "{document} shows nothing");
        for block in blocks {
            let (arguments, code, expected) = parse(block);
            let ran = run(&root, &arguments);
            let code_fits = ran.code == Some(code);
            let written: Vec<_> = ran.out.lines().chain(ran.err.lines()).collect();
            if !code_fits || !fits(&expected, &written) {
                faults.push(format!("{document}:\n{block}\ngives\n{}\n", written.join("\n")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn blocks(text: &str) -> impl Iterator<Item = &str> {
    text.split("```console\n").skip(1).filter_map(|it| it.split("\n```").next())
}

/// Arguments, exit code and expected lines of a block.
fn parse(block: &str) -> (Vec<&str>, i32, Vec<&str>) {
    let mut lines = block.lines().peekable();
    let command = lines.next().and_then(|it| it.strip_prefix("$ caveat ")).expect("a command");
    let code = lines.next_if(|it| it.starts_with("? "));
    let code = code.map_or(0, |it| it[2..].parse().expect("an exit code"));
    // What is quoted is one argument.
    let parts = command.split('"').enumerate();
    let arguments = parts.flat_map(|(number, it)| match number % 2 {
        0 => it.split_whitespace().collect(),
        _ => vec![it],
    });
    (arguments.collect(), code, lines.map(str::trim_end).collect())
}

/// Whether the lines fit what is expected of them.
fn fits(expected: &[&str], lines: &[&str]) -> bool {
    let Some((first, rest)) = expected.split_first() else { return lines.is_empty() };
    if *first == "..." {
        return (0..=lines.len()).any(|it| fits(rest, &lines[it..]));
    }
    lines.split_first().is_some_and(|(line, lines)| line_fits(first, line) && fits(rest, lines))
}

fn line_fits(expected: &str, line: &str) -> bool {
    let mut parts = expected.split("[..]");
    let Some(mut rest) = line.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<_> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.trim_end().is_empty() };
    for part in middle {
        let Some((_, behind)) = rest.split_once(part) else { return false };
        rest = behind;
    }
    rest.ends_with(last)
}

#[test]
fn a_block_that_shows_something_else_is_noticed() {
    let (arguments, code, expected) =
        parse("$ caveat may saas \"MIT OR X\"\n? 1\none [..] two\n...\nend");
    assert_eq!((arguments.as_slice(), code), (["may", "saas", "MIT OR X"].as_slice(), 1));
    assert!(fits(&expected, &["one and two", "more", "end"]));
    assert!(fits(&expected, &["one and two", "end"]));
    assert!(!fits(&expected, &["one and two", "end", "more"]));
    assert!(!fits(&expected, &["one and three", "end"]));
    assert!(!fits(&["one"], &["one more"]));
    assert!(!fits(&["one"], &[]));
}

/// The tool passes its own check, and its authors are told nothing that they have to look at.
#[test]
fn this_project_passes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    run(&root, &["check", "--no-cache", "-q"]).check(0, &[]);
}
