//! The library as its users see it: everything parses, every name means one thing.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads files of the repository and bounds its time"
)]

use std::collections::BTreeMap;
use std::path::Path;

use caveat_core::library::{Library, Named};
use caveat_core::terms::{Terms, describe};

fn library() -> Library {
    Library::embedded()
}

#[test]
fn every_file_is_understood() {
    let licenses = library().ids().count();
    assert_eq!((licenses, library().exceptions().count()), (213, 33));
    for (name, text) in library().sources().take(licenses) {
        let terms = Terms::parse(text).unwrap_or_else(|wrong| panic!("{name}: {wrong:#?}"));
        assert_eq!(name, format!("terms/{}.toml", terms.license.id));
        let source = library().source(&terms.license.id).and_then(|it| library().sources().nth(it));
        assert_eq!(source, Some((name, text)));
    }
    for id in library().exceptions() {
        let exception = library().exception(id).expect(id);
        assert!(exception.relaxes.iter().all(|it| exception.sources.contains_key(&it.source)));
        for applies in &exception.applies_to {
            assert!(library().terms(applies).is_some(), "{id} applies to {applies}");
        }
        let source = library().exception_source(id).and_then(|it| library().sources().nth(it));
        assert_eq!(source.map(|it| it.0), Some(format!("exceptions/{id}.toml").as_str()));
    }
}

/// Counts what looks like a fact in the file itself, without the reader of terms.
fn facts_written(text: &str) -> usize {
    text.lines().filter(|it| it.contains(" cite = \"") || it.contains(" cite = '")).count()
}

#[test]
fn every_fact_has_a_clause_and_a_source_and_is_told() {
    let mut all = 0;
    for id in library().ids() {
        let terms = library().terms(id).expect(id);
        let (_, text) = library().sources().nth(library().source(id).expect(id)).expect(id);
        let told: usize = describe(terms).iter().map(|it| it.lines.len()).sum();
        assert_eq!(told, facts_written(text), "{id}");
        for line in terms.lines() {
            assert!(
                !line.cite.is_empty() && terms.sources.contains_key(&line.source),
                "{id}: {line:?}"
            );
            let written = &text[line.at.clone()];
            assert!(written.contains(&format!("source = \"{}\"", line.source)), "{id}: {written}");
            assert!(line.words.len() > 3 && !line.words.ends_with(' '), "{id}: {line:?}");
        }
        all += told;
    }
    assert_eq!(all, 3279);
}

#[test]
fn every_name_a_file_gives_itself_means_its_license() {
    let mut meanings = BTreeMap::new();
    for id in library().ids() {
        let it = &library().terms(id).expect(id).license;
        let scancode = it.scancode.iter().map(|it| format!("LicenseRef-scancode-{it}"));
        let names = [&it.aliases, &it.hub_ids, &it.hub_names, &it.urls, &it.classifiers];
        let names = names.into_iter().flatten().cloned().chain(scancode);
        for name in names.chain([it.id.clone(), it.name.clone()]) {
            assert!(
                matches!(library().named(&name), Named::License(found) if found == id),
                "{name}"
            );
            assert_eq!(*meanings.entry(name.clone()).or_insert(id), id, "{name}");
        }
    }
    assert!(meanings.len() > 1000, "{}", meanings.len());
}

/// What the hub says of its ids: canonical id, or `ambiguous`.
const HUB: &str = include_str!("hub-ids.tsv");

#[test]
fn every_hub_id_means_what_the_hub_means() {
    let mut count = 0;
    for line in HUB.lines().filter(|it| !it.starts_with('#')) {
        let (hub, means) = line.split_once('\t').expect("two columns");
        count += 1;
        match library().named(hub) {
            Named::License(id) => assert_eq!(id, means, "{hub}"),
            Named::Ambiguous(_) | Named::Placeholder => assert_eq!(means, "ambiguous", "{hub}"),
            other @ (Named::Reserved | Named::Unknown) => panic!("{hub}: {other:?}"),
        }
    }
    assert_eq!(count, 83);
    let shared =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/kb/hf-license-ids.tsv");
    let Ok(table) = std::fs::read_to_string(&shared) else {
        println!("not compared with {}: it is not here", shared.display());
        return;
    };
    let theirs: Vec<_> =
        table.lines().skip(1).map(|it| it.split('\t').collect::<Vec<_>>()).collect();
    let theirs: Vec<_> = theirs.iter().map(|it| format!("{}\t{}", it[0], it[2])).collect();
    let ours: Vec<_> = HUB.lines().filter(|it| !it.starts_with('#')).collect();
    assert_eq!(ours, theirs);
}

#[test]
fn no_text_is_too_strange() {
    let (_, text) = library().sources().find(|it| it.0.contains("Llama-3.2")).expect("it is there");
    for end in (0..text.len()).step_by(13).filter(|it| text.is_char_boundary(*it)) {
        for wrong in Terms::parse(&text[..end]).err().into_iter().flatten() {
            assert!(text[..end].get(wrong.at.clone()).is_some(), "{end}: {wrong:?}");
        }
    }
    let deep = format!("license = {}", "[".repeat(100_000));
    assert!(Terms::parse(&deep).is_err());
    let strange =
        ["//", "http://", "https:///#?", "a.b/", "(", ")", "()", "v", "+", "…(É)", "\u{0}", "www."];
    let lines = library().sources().flat_map(|it| it.1.lines()).step_by(7);
    for words in strange.into_iter().chain(lines) {
        library().named(words);
        library().license(words);
        library().terms(words);
    }
    for words in strange {
        assert_eq!(library().suggest(words), None, "{words}");
    }
}
