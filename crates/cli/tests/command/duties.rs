//! For licenses of many families a project that does what they ask, and the same with one thing
//! left out each time: exactly that is found, where it can be mended.

mod families;
mod layouts;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::project::Project;

/// What a file of a project is made of.
#[derive(Clone, Copy)]
enum Text {
    /// These words.
    Is(&'static str),
    /// A license text of the shared material.
    Of(&'static str),
    /// A license text that this project carries itself.
    Own(&'static str),
}
use Text::{Is, Of, Own};

/// What is left out, and what has to be said of it: the rule, the file, words of the message.
struct Mutant(Edit, &'static str, &'static str, &'static str);

enum Edit {
    /// The file goes.
    Drop(&'static str),
    /// Other words come in the place of some.
    Swap(&'static str, &'static str, &'static str),
}
use Edit::{Drop, Swap};

const TEXT: &str = "missing-license-text";
const UNMET: &str = "unmet-obligation";

struct Fixture {
    uses: &'static str,
    /// More of the policy.
    policy: &'static str,
    files: &'static [(&'static str, Text)],
    mutants: &'static [Mutant],
}

/// The project as it is, and every mutant of it.
fn check(fixture: &Fixture) {
    let Some(files) = written(fixture) else { return };
    let found = findings(fixture, &files);
    assert!(found.is_empty(), "as it is: {found:#?}");
    for Mutant(edit, rule, path, words) in fixture.mutants {
        let mut files = files.clone();
        let told = match edit {
            Drop(name) => {
                files.retain(|it| it.0 != *name);
                format!("without {name}")
            }
            Swap(name, from, to) => {
                let file = files.iter_mut().find(|it| it.0 == *name).expect("the file is there");
                assert!(file.1.contains(from), "`{from}` is in {name}");
                file.1 = file.1.replace(from, to);
                format!("`{to}` for `{from}` in {name}")
            }
        };
        let found = findings(fixture, &files);
        let [(its, place, message)] = &found[..] else { panic!("{told}: {found:#?}") };
        assert_eq!((its.as_str(), place.as_str()), (*rule, *path), "{told}: {message}");
        assert!(message.contains(words), "{told}: {message}");
    }
}

/// Names and texts; none where the shared material is not at hand.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn written(fixture: &Fixture) -> Option<Vec<(String, String)>> {
    let read = |(name, text): &(&str, Text)| {
        let path = match text {
            Is(words) => return Some(((*name).to_owned(), (*words).to_owned())),
            Of(path) => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path),
            Own(path) => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path),
        };
        let Ok(text) = fs::read_to_string(&path) else {
            eprintln!("SKIPPED: there is no {}", path.display());
            return None;
        };
        Some(((*name).to_owned(), text))
    };
    fixture.files.iter().map(read).collect()
}

/// Rule, path and message of everything that is found.
fn findings(fixture: &Fixture, files: &[(String, String)]) -> Vec<(String, String, String)> {
    let policy = format!(
        "caveat = 1\n[org]\ncommercial = true\ndomicile = \"US\"\nmarkets = [\"US\"]\n\
         [[org.facts]]\nas-of = 2023-01-01\nmau = 200_000_000\nannual-revenue-usd = 1\nsource = \"x\"\n\
         [[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = {}\n\
         [rules]\notherwise = \"allow\"\nunknown = \"deny\"\n\
         code = \"any-open\"\nweights = \"any-open\"\n\
         [[rule]]\nid = \"all\"\nlicense = [\"*\"]\nverdict = \"allow\"\nbecause = \"duties are looked at\"\n\
         [levels]\nmissing-upstream = \"allow\"\nover-threshold = \"allow\"\n\
         incompatible-licenses = \"allow\"\n{}",
        fixture.uses, fixture.policy
    );
    let project = Project::of("caveat.toml", policy);
    let project = files.iter().fold(project, |it, (name, text)| it.with(name, text));
    let ran = project.run(&["check", ".", "--format", "json", "--exit-zero"]);
    let report: Value = serde_json::from_str(&ran.out)
        .unwrap_or_else(|it| panic!("{it}: {}\n{}", ran.out, ran.err));
    let words = |it: &Value, key: &str| it[key].as_str().unwrap_or_default().to_owned();
    let all = report["findings"].as_array().expect("there is a list").iter();
    all.map(|it| (words(it, "rule"), words(it, "path"), words(it, "message"))).collect()
}

#[test]
fn without_any_material_a_text_is_told_from_a_tag_and_a_line_from_a_blank() {
    const CARD: &str = "models/a/README.md";
    check(&Fixture {
        uses: "[\"distribute-weights\"]",
        policy: "",
        files: &[
            ("models/a/README.md", Is("---\nlicense: mit\n---\nA small model.\n")),
            ("models/a/LICENSE", Own("LICENSE-MIT")),
            ("models/b/README.md", Is("---\nlicense: apache-2.0\n---\nA small model.\n")),
            ("models/b/LICENSE", Own("LICENSE-APACHE")),
        ],
        mutants: &[
            Mutant(Drop("models/a/LICENSE"), TEXT, CARD, "without the text"),
            Mutant(Drop("models/b/LICENSE"), TEXT, "models/b/README.md", "without the text"),
            Mutant(
                Swap("models/a/LICENSE", "Copyright (c)", "Made"),
                UNMET,
                "models/a/LICENSE",
                "credit",
            ),
        ],
    });
}

#[test]
fn who_only_serves_or_stays_inside_is_not_asked_for_what_recipients_get() {
    for uses in ["[\"internal\", \"fine-tune\", \"eval-only\"]", "[\"saas\"]"] {
        check(&Fixture {
            uses,
            policy: "",
            files: &[
                ("models/a/README.md", Is("---\nlicense: apache-2.0\n---\nSmall.\n")),
                ("models/b/README.md", Is("---\nlicense: cc-by-4.0\n---\nSmall.\n")),
                (
                    "vendor/harbor/Cargo.toml",
                    Is(
                        "[package]\nname = \"harbor\"\nversion = \"1.0.0\"\nlicense = \"GPL-3.0-only\"\n",
                    ),
                ),
                ("vendor/harbor/src/lib.rs", Is("// See the NOTICE file.\n")),
            ],
            mutants: &[],
        });
    }
}
