//! Facts about licenses are data: no `.rs` file in a crate's `src` names a license.

use super::rust::Rust;
use super::tree::{Tree, is_test_file};

/// Where licenses and exceptions are: one file for each, named by its id.
const FACTS: [&str; 2] = ["crates/core/terms/", "crates/core/exceptions/"];

/// Ids that are words of every day: alone they say nothing of a license.
const WORDS: [&str; 5] = ["JSON", "Ruby", "Vim", "blessing", "curl"];

/// Every string literal of the logic that names a license.
pub(crate) fn faults(tree: &Tree) -> Vec<String> {
    let ids = ids(tree);
    if ids.is_empty() {
        return vec![format!("{}: no license to look for; has it moved?", FACTS[0])];
    }
    let mut faults = Vec::new();
    for (path, text) in tree.rust() {
        if !path.contains("/src/") || is_test_file(path) {
            continue;
        }
        let rust = Rust::parse(text);
        for (at, literal) in rust.strings.iter().filter(|(at, _)| !rust.is_test(*at)) {
            if let Some(id) = ids.iter().find(|it| names(literal, it)) {
                faults.push(format!(
                    "{path}:{}: \"{literal}\" names {id}, and facts are data",
                    rust.line(*at)
                ));
            }
        }
    }
    faults
}

fn ids(tree: &Tree) -> Vec<&str> {
    let file = |path| FACTS.iter().find_map(|it| str::strip_prefix(path, it));
    let names = tree.paths().filter_map(file).filter_map(|it| it.strip_suffix(".toml"));
    names.filter(|it| !it.contains('/') && !WORDS.contains(it)).collect()
}

/// Whether a literal is a license's id, or speaks of one that has a version. A bare word such as
/// `ISC` inside a sentence may mean anything, so it counts only when it stands alone.
fn names(literal: &str, id: &str) -> bool {
    if !id.contains(|it: char| it.is_ascii_digit()) {
        return literal == id;
    }
    let (literal, id) = (literal.to_ascii_lowercase(), id.to_ascii_lowercase());
    let part =
        |it: Option<u8>| it.is_some_and(|it| it.is_ascii_alphanumeric() || b".-".contains(&it));
    let bytes = literal.as_bytes();
    literal.match_indices(&id).any(|(at, _)| {
        let before = at.checked_sub(1).map(|it| bytes[it]);
        let behind = bytes.get(at + id.len()).copied();
        // A full stop may end a sentence; a further digit would make another version of it.
        let ends =
            !part(behind) || (behind == Some(b'.') && !part(bytes.get(at + id.len() + 1).copied()));
        !part(before) && ends
    })
}

#[test]
fn a_license_named_in_logic_is_a_fault() {
    let count = |path: &str, text: &str| {
        let terms = [("crates/core/terms/ISC.toml", ""), ("crates/core/terms/Abc-2.0.toml", "")];
        faults(&Tree::of(&[terms[0], terms[1], (path, text)])).len()
    };
    for (expected, text) in [
        (1, r#"const A: &str = "ISC";"#),
        (1, r#"const A: &str = "abc-2.0";"#),
        (1, r#"const A: &str = "take Abc-2.0 instead.";"#),
        (1, "const A: &str = r#\"license = \"Abc-2.0\"\"#;"),
        (0, r#"const A: &str = "isc";"#),
        (0, r#"const A: &str = "DISC";"#),
        (0, r#"const A: &str = "Abc-2.0.1";"#),
        (0, r#"const A: &str = "LAbc-2.0";"#),
        (0, "// \"Abc-2.0\"\n/// Like `Abc-2.0`.\nfn a() {}"),
        (0, "#[cfg(test)]\nmod tests { const A: &str = \"ISC\"; }"),
    ] {
        assert_eq!(count("crates/core/src/a.rs", text), expected, "{text}");
    }
    assert_eq!(count("crates/core/tests/a.rs", r#"const A: &str = "ISC";"#), 0);
}
