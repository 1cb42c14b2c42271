//! What can be mended, on small projects: the files before and after, byte for byte.

use std::collections::BTreeMap;

use caveat_policy::fix::{Change, Fix};
use caveat_policy::fixes;

mod common;
#[path = "fixes/cards.rs"]
mod cards;

use common::Project;

const POLICY: &str = "caveat = 1\n[rules]\notherwise = \"allow\"\n";
const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// The fixes of a project, and its files with all of them made.
fn mended(files: &[(&str, &str)]) -> (Vec<Fix>, BTreeMap<String, String>) {
    let project = Project::new(files, POLICY);
    let offered = fixes::all(&project.case(), &project.report());
    let mut after: BTreeMap<String, String> =
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let mut changes: Vec<&Change> = offered.iter().flat_map(|it| &it.changes).collect();
    changes.sort_by_key(|it| it.edit().map(|(at, _)| at));
    for change in changes.into_iter().rev() {
        if let Some((at, with)) = change.edit() {
            let name = &project.sources.get(at.source).expect("the text is there").name;
            let text = after.get_mut(name).expect("it is a file of the project");
            text.replace_range(at.range(), with);
        }
        if let Change::NewFile { path, text } = change {
            assert!(after.insert(path.clone(), text.clone()).is_none(), "{path} was there");
        }
    }
    (offered, after)
}

/// Mends the first of `files` and compares it; the others stay as they are, and a second time
/// nothing is left to do.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &str) {
    let (offered, after) = mended(files);
    let (name, before) = files[0];
    assert_eq!(after[name], expected, "{offered:#?}");
    assert_eq!(offered.is_empty(), before == expected, "{offered:#?}");
    for (name, text) in &files[1..] {
        assert_eq!(after[*name], *text, "{offered:#?}");
    }
    let again: Vec<_> = after.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(mended(&again).0, [], "{}", Project::new(&again, POLICY).findings());
}

/// One file that is left alone, whatever lies beside it.
#[track_caller]
fn check_left(files: &[(&str, &str)]) {
    check(files, files[0].1);
}

#[test]
fn a_card_gets_the_word_of_the_hub_and_keeps_everything_else() {
    let card = |before: &str, after: &str| check(&[("models/a/README.md", before)], after);
    card("---\nlicense: Apache 2.0\n---\n", "---\nlicense: apache-2.0\n---\n");
    card(
        "\u{feff}---\r\n# ours\r\nlicense:   'MIT License' # kept\r\ntags: [大, b]\r\n---\r\n# Größe\r\n",
        "\u{feff}---\r\n# ours\r\nlicense:   'mit' # kept\r\ntags: [大, b]\r\n---\r\n# Größe\r\n",
    );
    card(
        "---\nlanguage: en\nlicenses:\n  - \"CC BY 4.0\"\n  - odc-by-1.0\n---\n",
        "---\nlanguage: en\nlicenses:\n  - \"cc-by-4.0\"\n  - odc-by\n---\n",
    );
    card("---\nlicense: GPL v3\n---\n", "---\nlicense: gpl-3.0\n---\n");
    card("---\nlicense: [Apache-2.0]\n---\n", "---\nlicense: [apache-2.0]\n---\n");
}

#[test]
fn a_card_keeps_what_the_hub_has_no_word_for() {
    let left = |license: &str| {
        let card = format!("---\nlicense: {license}\n---\n");
        check_left(&[("models/a/README.md", &card)]);
    };
    left("GPL-3.0-only");
    left("GPL-3.0-or-later");
    left("cc");
    left("MIT OR Apache-2.0");
    left("Spoke Terms 1.0");
    left("unknown");
    left("other");
    left("apache-2.0");
    // Escapes, several lines and broken front matters are more than a place to write in.
    left("\"Apache\\u0020 2.0\"");
    left(">-\n  Apache\n  2.0");
    check_left(&[("models/a/README.md", "---\nlicense: Apache 2.0\ntags: [\n---\n")]);
    check_left(&[("models/a/README.md", "---\nlicense: Apache 2.0\n")]);
    check_left(&[("vendor/a/README.md", "---\nlicense: Apache 2.0\n---\n")]);
    check_left(&[("tests/fixtures/a/README.md", "---\nlicense: Apache 2.0\n---\n")]);
}

#[test]
fn a_manifest_gets_the_spelling_of_spdx() {
    let cargo = |before: &str, after: &str| {
        let manifest = |it: &str| {
            format!("# a\n[package]\nname = \"a\"\nversion = \"1.0.0\"\nlicense = {it} # b\n")
        };
        check(&[("Cargo.toml", &manifest(before))], &manifest(after));
    };
    cargo("\"Apache-2.0/MIT\"", "\"Apache-2.0 OR MIT\"");
    cargo("'Apache-2.0 / mit'", "'Apache-2.0 OR MIT'");
    cargo("\"apache 2.0\"", "\"Apache-2.0\"");
    cargo("\"(mit or (apache-2.0))\"", "\"(MIT OR (Apache-2.0))\"");
    cargo("\"apache-2.0 with llvm-exception\"", "\"Apache-2.0 WITH LLVM-exception\"");
    cargo("\"GPL-3.0+\"", "\"GPL-3.0-or-later\"");
    let same = |it| cargo(it, it);
    // Whether later versions are allowed, or how a list is meant, only the author knows.
    same("\"GPL-3.0\"");
    same("\"GPL v3\"");
    same("\"MIT, Apache-2.0\"");
    same("\"MIT OR\"");
    same("\"MIT AND Spoke-1.0\"");
    same("\"Apache-2.0 OR MIT\"");
    let npm = |license: &str| format!("{{\n\t\"name\": \"a\",\n\t\"license\": \"{license}\"\n}}");
    check(&[("package.json", &npm("Apache 2.0"))], &npm("Apache-2.0"));
    check_left(&[("package.json", &npm("MIT/ISC"))]);
    check_left(&[("package.json", &npm("SEE LICENSE IN LICENSE"))]);
    // A classifier is a word of its own, and a text is free.
    check_left(&[(
        "pyproject.toml",
        "[project]\nname = \"a\"\nversion = \"1\"\nlicense = {text = \"Apache 2.0\"}\n\
         classifiers = [\"License :: OSI Approved :: MIT License\"]\n",
    )]);
}

#[test]
fn other_gives_way_to_what_stands_beside_it() {
    let named = |name: &str, more: &str, license: &str| {
        let card = |it: &str| format!("---\nlicense: {it}\nlicense_name: {name}\n{more}---\n");
        check(&[("models/a/README.md", &card("other"))], &card(license));
    };
    named("llama3.1", "", "llama3.1");
    named("gemma-terms-of-use", "license_link: https://ai.google.dev/gemma/terms\n", "gemma");
    named("gemma-terms-of-use", "license_link: https://spoke.example/terms\n", "other");
    named("spoke-terms", "", "other");
    named("llama", "", "other");
    named("deepseek", "", "other");
}

#[test]
fn a_label_that_drops_what_must_travel_gives_way_to_the_only_one_that_keeps_it() {
    let tuned = |base: &str, before: &str, after: &str| {
        let card = |it: &str| format!("---\nlicense: {it} # mine\nbase_model: acme/base\n---\n");
        let base = format!("---\nlicense: {base}\n---\n");
        let files =
            [("models/a/README.md", &*card(before)), ("models/acme/base/README.md", &*base)];
        check(&files, &card(after));
    };
    tuned("gemma", "apache-2.0", "gemma");
    tuned("llama3.1", "mit", "llama3.1");
    tuned("gpl-3.0", "mit", "gpl-3.0");
    let same = |base, label| tuned(base, label, label);
    same("apache-2.0", "mit");
    same("cc-by-nc-4.0", "mit");
    // The limit that its author added is not ours to give up.
    same("gemma", "cc-by-nc-4.0");
    same("other", "mit");
    // A base that nobody sees may ask anything; a text beside the card contradicts.
    check_left(&[
        ("models/a/README.md", "---\nlicense: mit\nbase_model: [acme/base, acme/unseen]\n---\n"),
        ("models/acme/base/README.md", "---\nlicense: gemma\n---\n"),
    ]);
    check(
        &[
            (
                "models/a/README.md",
                "---\r\nlicense: mit\r\nbase_model: acme/base\r\n---\r\n- **License:** mit\r\n",
            ),
            ("models/acme/base/README.md", "---\nlicense: other\nlicense_name: deepseek\n---\n"),
        ],
        "---\r\nlicense: other\r\nlicense_name: deepseek\r\nbase_model: acme/base\r\n---\r\n- **License:** deepseek\r\n",
    );
}

#[test]
fn a_name_begins_as_the_base_asks_unless_others_mean_it_by_that_name() {
    let card = |name: &str| {
        format!("---\nlicense: llama3.1\nbase_model: acme/base\nmodel_name: {name} # ours\n---\n")
    };
    let base = ("models/acme/base/README.md", "---\nlicense: llama3.1\n---\n");
    let named = |before: &str, after: &str| {
        check(&[("models/tutor/README.md", &card(before)), base], &card(after));
    };
    named("Acme-8B", "Llama-Acme-8B");
    named("'acme/tutor-8b'", "'acme/Llama-tutor-8b'");
    named("Llama-Acme-8B", "Llama-Acme-8B");
    let user = (
        "models/pupil/README.md",
        "---\nlicense: llama3.1\nbase_model: Acme-8B\nmodel_name: Llama-Pupil-1\n---\n",
    );
    check_left(&[("models/tutor/README.md", &card("Acme-8B")), base, user]);
}

#[test]
fn code_is_pinned_to_the_one_commit_that_lies_in_the_tree() {
    let folder = format!("hub/models--acme--base/snapshots/{COMMIT}/README.md");
    let other = format!("hub/models--acme--base/snapshots/{}/README.md", COMMIT.replace('0', "f"));
    let card = "---\nlicense: mit\n---\n";
    let pin = |before: &str, after: &str| {
        let head = "from transformers import AutoModel, pipeline\n# Größe\n";
        let after = after.replace("COMMIT", COMMIT);
        let (before, after) = (format!("{head}{before}\n"), format!("{head}{after}\n"));
        check(&[("app/serve.py", &before), (&folder, card)], &after);
        check_left(&[("app/serve.py", &before), (&folder, card), (&other, card)]);
    };
    pin(
        "m = AutoModel.from_pretrained(\"acme/base\")",
        "m = AutoModel.from_pretrained(\"acme/base\", revision=\"COMMIT\")",
    );
    pin(
        "m = AutoModel.from_pretrained(\n    'acme/base',\n    token=f(1, 'a)'),\n)",
        "m = AutoModel.from_pretrained(\n    'acme/base', revision=\"COMMIT\",\n    token=f(1, 'a)'),\n)",
    );
    pin(
        "m = AutoModel.from_pretrained('acme/base', revision='main')\nn = AutoModel.from_pretrained(\"acme/base\")",
        "m = AutoModel.from_pretrained('acme/base', revision='COMMIT')\nn = AutoModel.from_pretrained(\"acme/base\", revision=\"COMMIT\")",
    );
    pin(
        "m = pipeline('text-generation', model='acme/base')",
        "m = pipeline('text-generation', model='acme/base', revision=\"COMMIT\")",
    );
    let same = |it: &str| pin(it, it);
    same("m = AutoModel.from_pretrained('acme/base', 'x')");
    same("m = AutoModel.from_pretrained('acme/base', **more)");
    same("m = AutoModel.from_pretrained('acme/base', revision=it)");
    same("m = AutoModel.from_pretrained('acme/base', revision='v1')");
    same("m = AutoModel.from_pretrained('acme/base', # why\n    token=t)");
    same("m = AutoModel.from_pretrained('acme/base' if a else b)");
}
