//! What may stand in one program with what: the pairs of the code matrix, in both directions.

use caveat_core::expression::{Expression, parse};
use caveat_core::source::{SourceId, Span};
use caveat_core::tags::Tag;
use caveat_policy::combination::{By, Fit, clash, fits};

mod common;

use common::Project;

const POLICY: &str = "caveat = 1\n[rules]\notherwise = \"allow\"\n";

fn license(text: &str) -> Expression {
    let at = Span::new(SourceId(0), 0..text.len());
    parse(text, at).expression.expect("it is an expression")
}

#[test]
fn a_part_fits_into_a_whole_as_the_texts_say() {
    let project = Project::new::<&str>(&[], POLICY);
    let case = project.case();
    let check = |whole: &str, part: &str, expected: Fit| {
        let found = fits(&case, &license(whole), &license(part), By::Link);
        assert_eq!(found.fit, expected, "{whole} <- {part}: {found:?}");
    };
    // The cells that compat.md quotes of the matrix, and the cases on code.
    check("GPL-2.0-only", "Apache-2.0", Fit::No);
    check("GPL-2.0-or-later", "Apache-2.0", Fit::Yes);
    check("GPL-3.0-only", "Apache-2.0", Fit::Yes);
    check("MIT", "Apache-2.0", Fit::Yes);
    check("Apache-2.0", "MPL-2.0", Fit::Yes);
    check("GPL-2.0-only", "MPL-2.0", Fit::Yes);
    check("GPL-2.0-only", "GPL-3.0-only", Fit::No);
    check("GPL-3.0-only", "GPL-2.0-only", Fit::No);
    check("GPL-3.0-only", "GPL-2.0-or-later", Fit::Yes);
    check("GPL-3.0-only", "AGPL-3.0-only", Fit::Yes);
    check("AGPL-3.0-or-later", "GPL-3.0-or-later", Fit::Yes);
    check("GPL-3.0-only", "CDDL-1.0", Fit::No);
    check("GPL-3.0-only", "OpenSSL", Fit::No);
    check("GPL-3.0-only", "BSD-4-Clause", Fit::No);
    check("GPL-3.0-only", "EUPL-1.2", Fit::Yes);
    check("EUPL-1.2", "GPL-3.0-only", Fit::No);
    check("GPL-2.0-only", "EPL-2.0", Fit::Check);
    check("GPL-2.0-only", "LGPL-3.0-or-later", Fit::No);
    check("GPL-2.0-only", "LGPL-2.1-only", Fit::Yes);
    check("GPL-2.0-only", "LGPL-2.1-or-later", Fit::Yes);
    check("GPL-3.0-only", "MPL-2.0-no-copyleft-exception", Fit::No);
    check("MIT", "GPL-3.0-only", Fit::No);
    check("MIT", "MIT OR GPL-3.0-only", Fit::Yes);
    check("MIT OR Apache-2.0", "GPL-2.0-only", Fit::No);
    check("MIT", "GPL-2.0-only WITH Classpath-exception-2.0", Fit::Yes);
    check("GPL-2.0-only", "Apache-2.0 WITH LLVM-exception", Fit::Yes);
    check("Apache-2.0", "CC-BY-NC-4.0", Fit::No);
    check("CC-BY-NC-4.0", "MIT", Fit::Yes);
    check("GPL-3.0-only", "BUSL-1.1", Fit::No);
}

#[test]
fn only_what_no_order_can_produce_is_a_clash() {
    let project = Project::new::<&str>(&[], POLICY);
    let case = project.case();
    let check = |one: &str, other: &str, by: By, expected: Option<Fit>| {
        for (one, other) in [(one, other), (other, one)] {
            let found = clash(&case, &license(one), &license(other), by);
            assert_eq!(found.as_ref().map(|it| it.fit), expected, "{one} + {other}: {found:?}");
        }
    };
    let link = By::Link;
    check("GPL-2.0-only", "Apache-2.0", link, Some(Fit::No));
    check("GPL-2.0-only", "GPL-3.0-or-later", link, Some(Fit::No));
    check("GPL-2.0-only", "AGPL-3.0-only", link, Some(Fit::No));
    check("GPL-3.0-only", "SSPL-1.0", link, Some(Fit::No));
    check("GPL-3.0-only", "CC-BY-NC-4.0", link, Some(Fit::No));
    check("GPL-2.0-only", "EPL-2.0", link, Some(Fit::Check));
    check("GPL-2.0-or-later", "Apache-2.0", link, None);
    check("GPL-3.0-only", "EUPL-1.2", link, None);
    check("GPL-3.0-only", "MIT", link, None);
    check("MIT", "CC-BY-NC-4.0", link, None);
    check("LGPL-2.1-only", "Apache-2.0", link, None);
    check("GPL-2.0-only OR MIT", "Apache-2.0", link, None);
    check("GPL-2.0-only", "Apache-2.0 OR MIT", link, None);
    check("GPL-2.0-only", "Apache-2.0 AND MIT", link, Some(Fit::No));
    check("GPL-2.0-only OR GPL-3.0-only", "Apache-2.0", link, None);
    check("GPL-2.0-only WITH Classpath-exception-2.0", "Apache-2.0", link, None);
    check("GPL-2.0-only WITH Classpath-exception-2.0", "Apache-2.0", By::Copy, Some(Fit::No));
}

/// A misspelt id or tag in the table would never be met, and nobody would notice.
#[test]
fn the_table_names_what_exists() {
    let table = include_str!("../data/whole-and-part.tsv");
    let mut rows = 0;
    for line in table.lines().filter(|it| !it.starts_with('#')) {
        let cells: Vec<_> = line.split('\t').collect();
        let [wholes, parts, fits, why, _, source] = cells[..] else {
            panic!("{line}: six cells are wanted")
        };
        rows += 1;
        assert!(["yes", "joint", "no", "check", "one-of"].contains(&fits), "{line}");
        assert!(!why.is_empty() && !source.is_empty(), "{line}");
        let taken = if fits == "one-of" { why } else { "" };
        for id in wholes.split(',').chain(parts.split(',')).chain(taken.split_whitespace()) {
            match id.strip_prefix('#') {
                Some(tag) => assert!(Tag::ALL.iter().any(|it| it.name() == tag), "{line}"),
                None if id == "*" => {}
                None => {
                    let it = license(id);
                    let known = it.licenses().all(|it| it.id.is_listed() && it.id.as_str() == id);
                    assert!(known, "{id} in {line}");
                }
            }
        }
    }
    assert!(rows > 20);
}

/// A clash is told where it is made, not again in everything that takes it in; how grave it is
/// depends on what becomes of the program.
#[test]
fn a_clash_is_told_once_and_as_grave_as_its_use() {
    let part = |name: &str, license: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nlicense = \"{license}\"\n")
    };
    let check = |one: &str, other: &str, uses: &str, expected: &str| {
        let app = part("app", "MIT") + "[dependencies]\ncore = { path = \"../core\" }\n";
        let core = part("core", "MIT") + "[dependencies]\none = \"1\"\nother = \"1\"\n";
        let files = [
            ("app/Cargo.toml", app),
            ("core/Cargo.toml", core),
            ("vendor/one/Cargo.toml", part("one", one)),
            ("vendor/other/Cargo.toml", part("other", other)),
        ];
        let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let product = "[[product]]\nname = \"all\"\npaths = [\"**\"]\n";
        let policy = format!("{POLICY}{product}uses = [\"{uses}\"]\n");
        let findings = Project::new(&files, &policy).findings();
        let found: Vec<_> =
            findings.lines().filter(|it| it.contains("[incompatible-licenses]")).collect();
        assert_eq!(found.len(), 1, "{findings}");
        let begin =
            format!("core/Cargo.toml:7:1: {expected}[incompatible-licenses] `core` combines");
        assert!(found[0].starts_with(&begin), "{findings}");
    };
    check("GPL-2.0-only", "Apache-2.0", "distribute-binary", "denied");
    check("GPL-2.0-only", "Apache-2.0", "saas", "note");
    check("AGPL-3.0-only", "BSD-4-Clause", "saas", "review");
    check("GPL-2.0-only", "EPL-2.0", "distribute-binary", "review");
}
