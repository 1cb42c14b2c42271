//! A file fits in 400 lines, a function in 60: past that a noun is missing.

use super::rust::{Rust, closing};
use super::tree::{Tree, is};

const FILE: usize = 400;
/// The hard cap. What to aim at is a screen: 40.
const FUNCTION: usize = 60;

/// Files that grow by nature, and need not be read at one sitting.
const GROWING: [&str; 1] = ["CHANGELOG.md"];
/// Folders of material that tests read.
const MATERIAL: [&str; 2] = ["/fixtures/", "/snapshots/"];
/// How a file begins that a test writes anew and compares.
const GENERATED: &str = "// Generated";

/// Every file and every function that is too long.
pub(crate) fn faults(tree: &Tree) -> Vec<String> {
    let measured = |path: &str, text: &str| {
        !GROWING.contains(&path)
            && !MATERIAL.iter().any(|it| path.contains(it))
            && !text.starts_with(GENERATED)
    };
    let mut faults = Vec::new();
    for (path, text) in tree.texts().filter(|(path, text)| measured(path, text)) {
        let lines = text.lines().count();
        if (is(path, "rs") || is(path, "md")) && lines > FILE {
            faults.push(format!("{path}: {lines} lines of {FILE}"));
        }
        if is(path, "rs") {
            faults.extend(long_functions(path, &Rust::parse(text)));
        }
    }
    faults
}

fn long_functions(path: &str, rust: &Rust) -> Vec<String> {
    let mut faults = Vec::new();
    for at in rust.words("fn") {
        let Some(open) = body(&rust.code, at) else { continue };
        let (first, last) = (rust.line(at), rust.line(closing(&rust.code, open) - 1));
        let lines = last - first + 1;
        if lines > FUNCTION {
            faults.push(format!("{path}:{first}: a function of {lines} lines of {FUNCTION}"));
        }
    }
    faults
}

/// Where the body opens; `None` for a declaration without one and for a `fn(…)` type.
fn body(code: &str, start: usize) -> Option<usize> {
    let mut at = start + "fn".len();
    if code[at..].trim_start().starts_with('(') {
        return None;
    }
    loop {
        match code.as_bytes().get(at)? {
            b'{' => return Some(at),
            b';' => return None,
            b'(' | b'[' => at = closing(code, at),
            _ => at += 1,
        }
    }
}

#[test]
fn what_is_too_long_is_a_fault() {
    let count = |path: &str, text: &str| faults(&Tree::of(&[(path, text)])).len();
    let function = |lines: usize| format!("fn f() {{\n{}}}\n", "go();\n".repeat(lines - 2));
    assert_eq!(count("crates/x/src/a.rs", &function(60)), 0);
    assert_eq!(count("crates/x/src/a.rs", &function(61)), 1);
    assert_eq!(count("crates/x/src/a.rs", &"fn f(it: fn(u8));\n".repeat(400)), 0);
    assert_eq!(count("README.md", &"line\n".repeat(401)), 1);
    assert_eq!(count("CHANGELOG.md", &"line\n".repeat(401)), 0);
    assert_eq!(count("crates/x/terms/a.toml", &"line\n".repeat(401)), 0);
}
