//! Real license files, none of them written for this project.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads files of the repository and bounds its time"
)]
#![allow(clippy::print_stdout, reason = "a test that cannot run has to say so")]

mod files;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use caveat_texts::{Kind, Likeness, Match, identify, looks_like_license, recognize};

use files::walk;

fn shared(path: &str) -> Option<PathBuf> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let full = above.map(|it| it.join("shared").join(path)).find(|it| it.exists());
    if full.is_none() {
        println!("skipped: shared/{path} is not at hand");
    }
    full
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned()
}

/// Ids are compared by family: a text alone does not say whether later versions are granted.
fn family(id: &str) -> String {
    let id = id.to_ascii_lowercase();
    let plain = ["-only", "-or-later", "+"].iter().find_map(|it| id.strip_suffix(it));
    plain.unwrap_or(&id).to_owned()
}

/// How many files with one expected SPDX id are answered with it, silently, or with another license.
#[derive(Debug, Default, PartialEq)]
struct Tally {
    right: u32,
    verbatim: u32,
    silent: u32,
    other: Vec<String>,
}

fn tally(rows: &[(PathBuf, String)]) -> Tally {
    let mut tally = Tally::default();
    for (path, expected) in rows {
        let found = identify(&read(path));
        let is_right = |id: &str| family(id) == family(expected);
        let right = |it: &Match| is_right(it.nearest) || it.aliases.iter().any(|it| is_right(it));
        if found.is_empty() {
            tally.silent += 1;
        } else if found.iter().any(right) {
            tally.right += 1;
            tally.verbatim += u32::from(found.iter().any(|it| right(it) && it.license().is_some()));
        } else {
            let ids: Vec<_> = found.iter().map(|it| (it.nearest, it.likeness)).collect();
            tally.other.push(format!("{} wants {expected}: {ids:?}", path.display()));
        }
    }
    tally
}

/// The rows of the table for one project's files that expect exactly one SPDX license.
fn rows(root: &Path, under: &str) -> Vec<(PathBuf, String)> {
    let keys: BTreeMap<String, String> = read(&root.join("license-files/scancode-keys.tsv"))
        .lines()
        .filter_map(|it| {
            it.split_once('\t').map(|(key, rest)| {
                (key.to_owned(), rest.split('\t').next().unwrap_or_default().to_owned())
            })
        })
        .collect();
    let table = read(&root.join("license-files/EXPECTED.tsv"));
    let fields = table.lines().map(|it| it.split('\t').collect::<Vec<_>>());
    fields
        .filter(|it| it[0].starts_with(under))
        .map(|it| {
            (
                root.join(it[0]),
                keys.get(it[1])
                    .filter(|_| it[2] == "scancode-key")
                    .cloned()
                    .unwrap_or(it[1].to_owned()),
            )
        })
        .filter(|it| is_license(&it.1))
        .collect()
}

/// An old id of a license with an exception is answered as the license and the exception.
fn is_license(id: &str) -> bool {
    id != "NOASSERTION" && !id.contains("-with-") && spdx::license_id(id).is_some()
}

fn check(under: &str, least_right: u32, least_verbatim: u32, most_other: usize) {
    let Some(root) = shared("corpora") else { return };
    let rows = rows(&root, under);
    let tally = tally(&rows);
    println!("{under}: {} files, {tally:#?}", rows.len());
    assert!(tally.right >= least_right, "{tally:#?}");
    assert!(tally.verbatim >= least_verbatim, "{tally:#?}");
    assert!(tally.other.len() <= most_other, "{tally:#?}");
}

#[test]
fn files_of_real_projects() {
    check("license-files/licensee/", 39, 38, 1);
    check("license-files/askalono/", 9, 8, 1);
}

#[test]
fn reference_texts_of_another_tool() {
    check("license-files/licenseclassifier/assets/License/", 137, 120, 11);
}

#[test]
fn files_of_a_scanner_test_suite() {
    check("license-files/scancode/", 120, 93, 8);
}

#[test]
fn cards_that_quote_no_license_name_none() {
    let Some(root) = shared("corpora/model-cards/mergekit") else { return };
    let cards = walk(&root);
    assert!(!cards.is_empty());
    for path in cards {
        assert_eq!(identify(&read(&path)), [], "{}", path.display());
    }
}

#[test]
fn license_files_look_like_licenses() {
    let Some(root) = shared("kb/texts") else { return };
    for path in walk(&root).iter().filter(|it| it.extension().is_some_and(|it| it == "txt")) {
        let text = read(path);
        let found = recognize(&text);
        assert_eq!(found.len(), 1, "{}", path.display());
        assert_eq!(found[0].likeness, Likeness::Verbatim, "{}", path.display());
        assert!(found[0].kind != Kind::License || looks_like_license(&text), "{}", path.display());
    }
    assert!(!looks_like_license("fn main() {\n    println!(\"hello\");\n}\n"));
}
