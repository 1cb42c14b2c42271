//! Cards of the corpora whose label is spelled otherwise: mended, they are what they were. Says so
//! where the corpora are absent.
#![expect(clippy::disallowed_methods, reason = "the cards are files")]

use std::path::{Path, PathBuf};

use caveat_core::library::{Library, Named};
use caveat_core::readers::fields;
use caveat_core::source::{Source, SourceId};

use super::mended;

/// Every so many cards are looked at: each takes a while.
const STEP: usize = 9;

fn cards(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|it| Some(it.ok()?.path())) {
        if path.is_dir() {
            cards(&path, found);
        } else if path.extension().is_some_and(|it| it == "md") {
            found.push(path);
        }
    }
}

/// The card with the title of its license in place of the word of the hub; nothing where it has no
/// single word, or the title says more or less.
fn spelled_out(card: &str) -> Option<String> {
    let library = Library::embedded();
    let source = Source::text(SourceId(0), "README.md", card.to_owned());
    let [field] = &fields(&source)?.license[..] else { return None };
    let word = field.value.items().first()?.words()?;
    let Named::License(id) = library.named(&word.value) else { return None };
    let own = library.terms(id)?.license.hub_ids == [word.value.as_str()];
    let title = library.license(id)?.name;
    let plain = title.chars().all(|it| it.is_ascii_alphanumeric() || " .-".contains(it));
    let says_it = matches!(library.named(title), Named::License(it) if it == id);
    if !own || !plain || !says_it || title.contains("only") {
        return None;
    }
    let mut other = card.to_owned();
    other.replace_range(word.at.range(), title);
    Some(other)
}

/// The card as it is once nothing is left to mend.
fn mend(card: &str) -> String {
    let mut text = card.to_owned();
    for _ in 0..4 {
        let (fixes, mut after) = mended(&[("models/it/README.md", &text)]);
        if fixes.is_empty() {
            return text;
        }
        text = after.remove("models/it/README.md").expect("the card is there");
    }
    panic!("there is no end to it: {text}");
}

#[test]
fn a_label_that_is_spelled_out_becomes_the_word_of_the_hub_and_nothing_else_changes() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    let mut paths = Vec::new();
    cards(&corpora.join("model-cards"), &mut paths);
    cards(&corpora.join("dataset-cards"), &mut paths);
    if paths.is_empty() {
        println!("SKIPPED: there are no cards in {}", corpora.display());
        return;
    }
    paths.sort();
    let mut tried = 0;
    for path in paths.iter().step_by(STEP) {
        let bytes = std::fs::read(path).expect("a card can be read");
        let Ok(card) = String::from_utf8(bytes) else { continue };
        let windows = format!("\u{feff}{}", card.replace("\r\n", "\n").replace('\n', "\r\n"));
        for card in [card, windows] {
            let Some(other) = spelled_out(&card) else { continue };
            assert_eq!(mend(&other), mend(&card), "{}", path.display());
            tried += 1;
        }
    }
    assert!(tried > 100, "only {tried} cards were tried");
}
