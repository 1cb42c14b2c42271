//! The card reader against 2,400 real cards and what people wrote down about them.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads files of the repository and bounds its time"
)]
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test stops and says where")]

mod reading;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use caveat_core::component::{Kind, Strength};
use caveat_core::reading::Reading;
use caveat_core::source::{Source, SourceId};
use caveat_core::value::{Node, json};

/// One line of the manifest: path, and the facts expected of it.
type Expected = BTreeMap<String, BTreeMap<String, Option<Vec<String>>>>;

fn expected(corpora: &Path) -> Expected {
    let manifest = std::fs::read_to_string(corpora.join("MANIFEST.tsv")).unwrap();
    let mut found = Expected::new();
    for line in manifest.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [path, .., facts, _, _, _] = cells[..] else { continue };
        let ours = path.starts_with("model-cards/") || path.starts_with("dataset-cards/hf-");
        if ours && facts.starts_with("fm=ok") {
            found.insert(path.to_owned(), facts.split("; ").filter_map(fact).collect());
        }
    }
    found
}

/// `key=["a", "b"]`. Some long lists are cut in the manifest and no longer JSON.
fn fact(text: &str) -> Option<(String, Option<Vec<String>>)> {
    let (key, value) = text.split_once('=')?;
    let parsed = json::parse(&Source::text(SourceId(0), "fact", value.to_owned()));
    let words = |it: &Node| it.scalars().into_iter().map(|it| it.value).collect();
    Some((key.to_owned(), parsed.root().map(words)))
}

fn corpora() -> Option<PathBuf> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = above.map(|it| it.join("shared/corpora")).find(|it| it.is_dir());
    if found.is_none() {
        eprintln!("SKIPPED: no shared/corpora beside the workspace");
    }
    found
}

/// What the reader says, under the keys of the manifest.
fn said(reading: &Reading) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut said: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for sighting in &reading.sightings {
        for it in &sighting.licenses {
            if it.evidence.strength == Strength::Declared {
                said.entry("license").or_default().insert(it.raw.value.clone());
            }
        }
        for it in &sighting.uses {
            let key = if it.kind == Kind::Dataset { "datasets" } else { "base_model" };
            said.entry(key).or_default().insert(it.target.value.0.clone());
        }
    }
    said
}

/// Sources as the reader gives them: `original` is none, `extended|other-x` is `x`.
fn source_names(stated: &[String]) -> Vec<String> {
    let stated =
        stated.iter().filter_map(|it| it.strip_prefix("extended|")).flat_map(|it| it.split('|'));
    stated.map(|it| it.trim_start_matches("other-").to_owned()).filter(|it| it != "other").collect()
}

/// The facts of the manifest under the reader's three keys; nothing under a key that is cut.
fn wanted(
    facts: &BTreeMap<String, Option<Vec<String>>>,
) -> BTreeMap<&'static str, Option<BTreeSet<String>>> {
    const LOADERS: &[&str] = &["generator", "imagefolder", "audiofolder", "json", "csv"];
    let mut wanted: BTreeMap<_, _> =
        ["license", "base_model", "datasets"].map(|it| (it, Some(BTreeSet::new()))).into();
    for (key, words) in facts {
        let ours = match key.as_str() {
            "license" | "licenses" | "licence" => "license",
            "base_model" | "model_link" => "base_model",
            "datasets" | "dataset" | "source_datasets" => "datasets",
            _ => continue,
        };
        let words = words
            .as_ref()
            .map(|it| if key == "source_datasets" { source_names(it) } else { it.clone() });
        let kept = |it: &String| !LOADERS.contains(&it.as_str());
        match (wanted.entry(ours).or_default(), words) {
            (Some(all), Some(words)) => all.extend(words.into_iter().filter(kept)),
            (all, _) => *all = None,
        }
    }
    wanted
}

#[test]
fn real_cards_say_what_their_manifest_says_and_no_more() {
    let Some(corpora) = corpora() else { return };
    let (mut agreed, mut total, mut bytes, mut cards) = (0, 0, 0, 0);
    let mut spent = Duration::ZERO;
    for (path, facts) in expected(&corpora) {
        let text = std::fs::read_to_string(corpora.join(&path)).unwrap();
        let start = Instant::now();
        let (_, reading) = reading::read(&path, &text);
        spent += start.elapsed();
        bytes += text.len();
        cards += 1;
        let mut said = said(&reading);
        for (key, wanted) in wanted(&facts) {
            let Some(wanted) = wanted else { continue };
            let got = said.remove(key).unwrap_or_default();
            total += 1;
            if got == wanted {
                agreed += 1;
            } else {
                eprintln!("{path}\t{key}\twanted {wanted:?}\tgot {got:?}");
            }
        }
    }
    eprintln!("{agreed} of {total} facts agree; {cards} cards, {bytes} bytes in {spent:?}");
    assert!(total > 6000 && agreed * 1000 >= total * 995, "{agreed} of {total} facts agree");
}
