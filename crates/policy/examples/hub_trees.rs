//! Runs a table of hub models and what they were made from through the calculus, and counts how
//! many labels are looser than what stands above them.
//!
//! `cargo run -p caveat-policy --example hub_trees -- models.jsonl [COUNT SEED]`; with COUNT it tells
//! so many findings in full, drawn by SEED. Each line of the table is an object with `id`, `card_data` (the
//! front matter of its card) or else `license`, `base_model` and `tags`.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the example reads its table and tells what it found"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;

use caveat_core::catalog::{self, Catalog};
use caveat_core::identify::identify;
use caveat_core::inventory::{Component, Standing};
use caveat_core::library::Library;
use caveat_core::readers::READERS;
use caveat_core::reading::Read;
use caveat_core::recall::recall;
use caveat_core::relate::relate;
use caveat_core::source::Sources;
use caveat_policy::case::Case;
use caveat_policy::date::Date;
use caveat_policy::finding::Finding;
use caveat_policy::inheritance::{Made, lost};
use caveat_policy::judge::judge;
use caveat_policy::named;
use caveat_policy::policy::Policy;
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let table = arguments.next().ok_or("which table? its path is the first argument")?;
    let count: usize = arguments.next().map_or(Ok(0), |it| it.parse())?;
    let seed: u64 = arguments.next().map_or(Ok(1), |it| it.parse())?;
    let Ok(text) = std::fs::read_to_string(&table) else {
        println!("nothing was run: there is no table at {table}");
        return Ok(());
    };
    let library = Library::embedded();
    let mut sources = Sources::new();
    for (name, text) in library.sources() {
        sources.add(name, text);
    }
    let known = sources.add(catalog::NAME, Catalog::embedded().text());
    let mut readings = Vec::new();
    for line in text.lines() {
        let model: Value = serde_json::from_str(line)?;
        let (name, card) = card(&model);
        let reader = READERS.iter().find(|it| (it.wants)(&name)).ok_or("cards are read")?;
        let id = sources.add(&name, card);
        let source = sources.get(id).ok_or("what was added is there")?;
        readings.push(match reader.read {
            Read::Text(read) | Read::Header { read, .. } => read(source),
        });
    }
    let models = readings.len();
    let graph = relate(identify(readings, &sources, &library), &sources);
    let graph = recall(graph, Catalog::embedded(), known, &sources);
    let policy = named::named(named::DEFAULT).ok_or("the default is shipped")?;
    let id = sources.add("caveat.toml", policy.to_owned());
    let policy = Policy::parse("caveat.toml", policy, id).map_err(|_| "the default is right")?;
    let today = Date::parse("2026-11-22").ok_or("a day")?;
    let case = Case::new(&graph, &library, &policy, &sources, today);
    println!("{models} models");
    print!("{}{}", pairs(&case), drift(&case));
    let found = judge(&case).findings;
    let looser: Vec<&Finding> =
        found.iter().filter(|it| it.rule == "looser-than-upstream").collect();
    let mut levels: BTreeMap<&str, usize> = BTreeMap::new();
    for it in &looser {
        *levels.entry(it.level.name()).or_default() += 1;
    }
    println!("findings looser-than-upstream: {levels:?}");
    for it in drawn(&looser, count, seed) {
        println!("\n{} {}\n  {}", it.level.name(), it.component, it.message);
        for step in it.because.steps() {
            let cite = step.cite.as_deref().unwrap_or_default();
            println!("    {}: {} [{cite}]", step.link.name(), step.says);
        }
    }
    Ok(())
}

/// So many of `all`, each as likely as any other: the same for the same seed.
fn drawn<'a>(all: &[&'a Finding], count: usize, seed: u64) -> Vec<&'a Finding> {
    let mut state = seed;
    let mut left: Vec<&Finding> = all.to_vec();
    let mut drawn = Vec::new();
    while drawn.len() < count && !left.is_empty() {
        // A linear congruence is random enough for a sample; its upper bits are the better ones.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let number = usize::try_from(state >> 33).unwrap_or_default() % left.len();
        drawn.push(left.swap_remove(number));
    }
    drawn
}

/// By family of the parent's license: pairs, those whose labels differ at all, as the table states
/// them, and those of them that are looser, or may be.
fn drift(case: &Case<'_>) -> String {
    let mut counts: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    let components = &case.graph.components;
    for relation in &case.graph.relations {
        let ends = components.get(&relation.from).zip(components.get(&relation.to));
        let Some((child, parent)) = ends else { continue };
        let licenses = child.conclusion.license.as_ref().zip(parent.conclusion.license.as_ref());
        let Some((own, theirs)) = licenses else { continue };
        let first = theirs.licenses().next();
        let terms = first.and_then(|it| case.terms(it));
        let family = terms.map(|it| it.license.family.clone()).filter(|it| !it.is_empty());
        let count = counts.entry(family.unwrap_or_else(|| theirs.to_string())).or_default();
        count[0] += 1;
        count[1] += usize::from(!own.same_as(theirs));
        let way = [relation];
        let lost = lost(case, &Made { component: child, own, theirs, way: &way });
        let sure = lost.iter().any(|it| it.sure && it.open.is_none());
        count[2] += usize::from(sure);
        count[3] += usize::from(!sure && !lost.is_empty());
    }
    let mut text = "family above: pairs, other label, looser, perhaps\n".to_owned();
    for (family, count) in counts {
        let _ = writeln!(text, "{family}: {count:?}");
    }
    text
}

/// The card of a model, and where it lies.
fn card(model: &Value) -> (String, String) {
    let words = |key: &str| -> Vec<&str> {
        let list = model.get(key).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    };
    let id = model.get("id").and_then(Value::as_str).unwrap_or_default();
    let stated = model.get("card_data").and_then(Value::as_str).map(|it| format!("{it}\n"));
    let mut card = stated.unwrap_or_else(|| {
        let mut made = String::new();
        for it in words("license") {
            let _ = writeln!(made, "license: {it}");
        }
        if let Some(it) = model.get("pipeline_tag").and_then(Value::as_str) {
            let _ = writeln!(made, "pipeline_tag: {it}");
        }
        let bases = words("base_model").into_iter().map(|it| format!("base_model:{it}"));
        let tags = words("tags").into_iter().map(str::to_owned);
        let _ = writeln!(made, "tags:");
        for it in bases.chain(tags.filter(|it| !it.contains(':'))) {
            let _ = writeln!(made, "- {it}");
        }
        made
    });
    if is_adapter(&words("files")) {
        let said = card.lines().filter(|it| !it.starts_with("base_model_relation:"));
        card = said.fold(String::new(), |all, it| all + it + "\n");
        card.push_str("base_model_relation: adapter\n");
    }
    card.insert_str(0, "---\n");
    card.push_str("---\n");
    (format!("models/{id}/README.md"), card)
}

/// Whether the files of a model are an adapter or an embedding and no weights of its own, whatever
/// its card says.
fn is_adapter(files: &[&str]) -> bool {
    let has = |names: &[&str]| files.iter().any(|file| names.iter().any(|it| file.starts_with(it)));
    has(&[
        "adapter_config.json",
        "adapter_model.",
        "learned_embeds.",
        "pytorch_lora_weights.",
        "lora.",
    ]) && !has(&["model.", "model-0", "pytorch_model", "unet/", "diffusion_pytorch_model"])
}

/// Every parent and child whose licenses are both clear, by the license of the parent: how many
/// labels lose something for sure, may lose something, lose nothing.
fn pairs(case: &Case<'_>) -> String {
    let mut counts: BTreeMap<(String, String), [usize; 4]> = BTreeMap::new();
    let stated = |it: &Component| match it.conclusion.standing {
        Standing::Clear => it.conclusion.license.as_ref().map(ToString::to_string),
        Standing::Ambiguous(_) | Standing::Unknown => None,
    };
    for relation in &case.graph.relations {
        let components = &case.graph.components;
        let ends = components.get(&relation.from).zip(components.get(&relation.to));
        let Some((child, parent)) = ends else { continue };
        let Some(theirs) = stated(parent) else { continue };
        let label = stated(child).unwrap_or_else(|| "none".to_owned());
        let own = child.conclusion.license.as_ref().filter(|_| label != "none");
        let sort = match (own, &parent.conclusion.license) {
            (Some(own), Some(theirs)) => {
                let way = [relation];
                let lost = lost(case, &Made { component: child, own, theirs, way: &way });
                let sure = lost.iter().any(|it| it.sure && it.open.is_none());
                if sure {
                    0
                } else if lost.is_empty() {
                    2
                } else {
                    1
                }
            }
            _ => 3,
        };
        counts.entry((theirs, label)).or_default()[sort] += 1;
    }
    let mut text = "parent <- label: looser, perhaps, not, label not clear\n".to_owned();
    let mut all = [0; 4];
    for ((theirs, label), count) in counts {
        let _ = writeln!(text, "{theirs} <- {label}: {count:?}");
        all.iter_mut().zip(count).for_each(|(all, it)| *all += it);
    }
    let _ = writeln!(text, "together: {all:?}");
    text
}
