//! `lib.rs` lists modules in reading order; a module imports only from those above it.

use std::collections::BTreeMap;

use super::rust::{Rust, is_word};
use super::tree::{Tree, is, is_test_file};

/// Every import from below, in every crate.
pub(crate) fn faults(tree: &Tree) -> Vec<String> {
    tree.crates().into_iter().flat_map(|it| crate_faults(tree, it)).collect()
}

fn crate_faults(tree: &Tree, name: &str) -> Vec<String> {
    let source = format!("crates/{name}/src/");
    let Some(contents) = tree.text(&format!("{source}lib.rs")) else {
        return vec![format!("crates/{name}: no src/lib.rs to list its modules")];
    };
    let contents = Contents::parse(contents);
    let mut faults = Vec::new();
    for (path, text) in tree.rust() {
        let Some(inside) = path.strip_prefix(&source) else { continue };
        let top = inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs");
        if let (Some(place), false) = (contents.place(top), is_test_file(path)) {
            let imports = imports(&Rust::parse(text), depth(inside));
            let below = |(line, target): (usize, String)| {
                let there = contents.place(&target)?;
                (there > place).then(|| {
                    format!("{path}:{line}: `{top}` imports from `{target}`, which stands below it")
                })
            };
            faults.extend(imports.into_iter().filter_map(below));
        }
    }
    faults
}

/// What a `lib.rs` lists: modules by their place, and the module of each name it exports.
struct Contents {
    modules: Vec<String>,
    exports: BTreeMap<String, String>,
}

impl Contents {
    fn parse(text: &str) -> Self {
        let rust = Rust::parse(text);
        let named = |at: usize| word(&rust.code[at..]).map(str::to_owned);
        let modules: Vec<_> = rust
            .words("mod")
            .filter(|at| !rust.is_test(*at))
            .filter_map(|at| named(at + "mod".len()))
            .collect();
        let mut exports = BTreeMap::new();
        for at in rust.words("use").filter(|at| !rust.is_test(*at)) {
            let end = rust.code[at..].find(';').map_or(rust.code.len(), |it| at + it);
            let path = rust.code[at + "use".len()..end].trim();
            let path = path.strip_prefix("crate::").or(path.strip_prefix("self::")).unwrap_or(path);
            let words: Vec<_> = path.split(|it: char| !it.is_alphanumeric() && it != '_').collect();
            for export in &words[1..] {
                exports.insert((*export).to_owned(), words[0].to_owned());
            }
        }
        Self { modules, exports }
    }

    fn place(&self, name: &str) -> Option<usize> {
        let module = self.modules.iter().position(|it| it == name);
        module.or_else(|| {
            let module = self.exports.get(name)?;
            self.modules.iter().position(|it| it == module)
        })
    }
}

/// How many `super` lead from a file below `src/` to the crate's root.
fn depth(inside: &str) -> usize {
    let folders = inside.matches('/').count();
    if inside.ends_with("/mod.rs") { folders } else { folders + 1 }
}

/// The first names behind `crate::`, or behind enough `super::` to mean the same.
fn imports(rust: &Rust, depth: usize) -> Vec<(usize, String)> {
    let climbs = "super::".repeat(depth);
    let starts = rust.words("crate").map(|at| (at, at + "crate".len()));
    let climbing = rust.words("super").filter_map(|at| {
        let first = !rust.code[..at].ends_with("super::");
        (first && rust.code[at..].starts_with(&climbs)).then(|| (at, at + climbs.len() - 2))
    });
    let mut found = Vec::new();
    for (at, behind) in starts.chain(climbing).filter(|(at, _)| !rust.is_test(*at)) {
        if let Some(rest) = rust.code[behind..].strip_prefix("::") {
            found.extend(first_names(rest).into_iter().map(|it| (rust.line(at), it)));
        }
    }
    found
}

/// `a` of `a::b`; `a` and `b` of `{a, b::{c, d}}`.
fn first_names(rest: &str) -> Vec<String> {
    let Some(list) = rest.strip_prefix('{') else {
        return word(rest).map(str::to_owned).into_iter().collect();
    };
    let (mut depth, mut fresh, mut names) = (1_usize, true, Vec::new());
    for (at, byte) in list.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b',' if depth == 1 => fresh = true,
            it if fresh && is_word(it) => {
                names.extend(word(&list[at..]).map(str::to_owned));
                fresh = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// The word at the start of the text, behind white space.
fn word(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let end = text.bytes().position(|it| !is_word(it)).unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

#[test]
fn an_import_from_below_is_a_fault_however_it_is_written() {
    let library = "pub mod a;\npub mod b;\npub mod c;\npub use c::{Deep, deeper::Deepest};\n";
    let below = |text: &str, path: &str| {
        let path = format!("crates/x/src/{path}");
        let tree = [("crates/x/Cargo.toml", ""), ("crates/x/src/lib.rs", library), (&path, text)];
        faults(&Tree::of(&tree)).len()
    };
    assert!(is("a.rs", "rs"));
    for (count, path, text) in [
        (0, "b.rs", "use crate::a::It;"),
        (1, "a.rs", "use crate::b::It;"),
        (2, "a.rs", "use crate::{a::One, b::{Two, c::No}, c};"),
        (1, "a.rs", "fn f() { crate::c::go() }"),
        (1, "a.rs", "use super::b;"),
        (1, "a/part.rs", "use super::super::b;"),
        (0, "a/part.rs", "use super::b;"),
        (1, "a/mod.rs", "use super::b;"),
        (1, "b.rs", "use crate::Deepest;"),
        (0, "c.rs", "use crate::Deepest;"),
        (0, "a.rs", "// use crate::b;\n#[cfg(test)]\nmod tests { use crate::b; }"),
        (0, "a/tests.rs", "use crate::c;"),
    ] {
        assert_eq!(below(text, path), count, "{path}: {text}");
    }
}
