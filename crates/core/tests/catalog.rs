//! The catalogue: that its lines are sound, and whom a name means.

use std::collections::BTreeSet;

use caveat_core::catalog::{Catalog, DATE, Entry};
use caveat_core::identify::is_hub_name;
use caveat_core::library::Library;

/// What a name is found to mean: the line that answers, its license, and whether it is first-hand.
fn check(name: &str, expected: &str) {
    let found = Catalog::embedded().named(name).map_or("nothing".to_owned(), |it| {
        let mark = if it.is_family { "*" } else { "" };
        let told = if it.read.first_hand { "read" } else { "told" };
        format!("{}{mark} {} {told}", it.id, it.license.text)
    });
    assert_eq!(found, expected, "{name}");
}

#[test]
fn an_exact_line_stands_above_a_family_and_a_longer_family_above_a_shorter() {
    check("meta-llama/Llama-3.1-8B", "meta-llama/Llama-3.1-* LicenseRef-Llama-3.1-Community read");
    check(
        "meta-llama/Meta-Llama-3-8B",
        "meta-llama/Meta-Llama-3-8B LicenseRef-Llama-3-Community read",
    );
    check("Qwen/Qwen2.5-7B", "Qwen/Qwen2.5-7B* Apache-2.0 read");
    check("Qwen/Qwen2.5-3B-Instruct", "Qwen/Qwen2.5-3B* LicenseRef-Qwen-Research told");
    check("Qwen/Qwen2.5-32B", "Qwen/Qwen2.5-32B* Apache-2.0 read");
    check("google/gemma-7b", "google/gemma-7b LicenseRef-Gemma-Terms-of-Use read");
    check("google/gemma-7b-aps-it", "google/gemma-7b* LicenseRef-Gemma-Terms-of-Use told");
    check("google/gemma-4-26B-it", "google/gemma-4-* Apache-2.0 told");
    check(
        "black-forest-labs/FLUX.1-dev",
        "black-forest-labs/FLUX.1-dev LicenseRef-flux-1-dev-nc-1.1.1 read",
    );
    check("datasets/squad", "datasets/squad CC-BY-SA-4.0 told");
}

#[test]
fn case_does_not_matter_and_a_look_alike_is_somebody_else() {
    check("QWEN/qwen2.5-7b", "Qwen/Qwen2.5-7B* Apache-2.0 read");
    check("someone/Llama-3.1-8B", "nothing");
    check("meta-llama/Llama-3.1", "nothing");
    check("meta-llama-evil/Llama-3.1-8B", "nothing");
    check("Llama-3.1-8B", "nothing");
    check("squad", "nothing");
    check("datasets/meta-llama/Llama-3.1-8B", "nothing");
    check("Qwen/Qwen2.5-7B*", "nothing");
    check("Qwen/*", "nothing");
    check("", "nothing");
    check(&"a/".repeat(4000), "nothing");
}

#[test]
fn every_line_is_found_by_its_name() {
    let catalog = Catalog::embedded();
    for it in catalog.entries() {
        let name = if it.is_family { format!("{}x", it.id) } else { it.id.to_owned() };
        assert_eq!(catalog.named(&name), Some(it), "{name}");
    }
}

#[test]
fn every_line_is_sound() {
    let catalog = Catalog::embedded();
    let lines: Vec<&str> =
        catalog.text().lines().filter(|it| !it.starts_with(['#', '@'])).collect();
    let entries: Vec<Entry> = catalog.entries().collect();
    assert_eq!(lines.len(), entries.len(), "a line that cannot be read");
    assert!(entries.len() > 1000, "{}", entries.len());
    let ids: Vec<String> =
        lines.iter().filter_map(|it| it.split('\t').next()).map(str::to_ascii_lowercase).collect();
    assert!(ids.windows(2).all(|it| it[0] < it[1]), "not sorted, or twice the same");
    let mut all: Vec<String> = Vec::new();
    for it in &entries {
        let wrong = faults(it);
        all.extend(wrong.iter().map(|why| format!("{}: {why}", it.id)));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
    assert!(catalog.text().starts_with(&format!("# The catalogue of {DATE}.")));
}

#[test]
fn every_source_is_used_and_dated() {
    let text = Catalog::embedded().text();
    let used: BTreeSet<&str> = text
        .lines()
        .filter(|it| !it.starts_with(['#', '@']))
        .filter_map(|it| it.split('\t').nth(4))
        .collect();
    for line in text.lines().filter_map(|it| it.strip_prefix('@')) {
        let [key, kind, date, what] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}: four cells");
        };
        assert!(used.contains(key), "{key} is not used");
        assert!(matches!(kind, "read" | "secondary"), "{key}: {kind}");
        assert!(is_date(date), "{key}: {date}");
        assert!(!what.is_empty(), "{key}");
    }
}

#[test]
fn a_bad_line_is_seen() {
    let good = Catalog::embedded().named("Qwen/Qwen2.5-7B").expect("it is known");
    assert!(faults(&good).is_empty());
    let mut bad = good.clone();
    bad.license.text = "Apache-2";
    assert_eq!(faults(&bad).len(), 1);
    let mut bad = good;
    bad.id = "Qwen2.5";
    assert_eq!(faults(&bad).len(), 1, "a family without an owner");
    assert!(!is_date("June"));
}

fn faults(it: &Entry) -> Vec<String> {
    let library = Library::embedded();
    let mut wrong = Vec::new();
    let license = library.license(it.license.text);
    if license.is_none_or(|known| known.id != it.license.text || known.deprecated) {
        wrong.push(format!("`{}` is no license id", it.license.text));
    }
    let bare = it.id.strip_prefix("datasets/").unwrap_or(it.id);
    let owned = it.id.split_once('/').is_some_and(|(owner, _)| owner != "datasets");
    if it.is_family && !owned {
        wrong.push("a family needs an owner".to_owned());
    }
    if !it.id.is_ascii() || bare.split('/').count() > 2 || bare.contains('*') {
        wrong.push("no name of the hub".to_owned());
    }
    for (_, parent) in &it.made_from {
        if !is_hub_name(parent.text) || parent.text.eq_ignore_ascii_case(it.id) {
            wrong.push(format!("`{}` is no other model", parent.text));
        }
        if Catalog::embedded().text()[parent.at.clone()] != *parent.text {
            wrong.push(format!("`{}` stands elsewhere", parent.text));
        }
    }
    if it.since.is_some_and(|it| !is_date(it)) {
        wrong.push("since when?".to_owned());
    }
    wrong
}

/// `2026`, `2026-11` or `2026-11-22`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_number = |it: &&str| it.bytes().all(|it| it.is_ascii_digit());
    parts.iter().all(is_number)
        && parts.iter().zip([4, 2, 2]).all(|(it, length)| it.len() == length)
        && parts.len() <= 3
}
