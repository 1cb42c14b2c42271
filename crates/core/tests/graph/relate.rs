//! Whose a name is, and what lies upstream.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::tree::{graph, indented};
use caveat_core::component::{ComponentId, How, Kind};
use caveat_core::inventory::{Graph, Relation};
use caveat_core::lineage::Lineage;
use caveat_core::source::{SourceId, Span};
use proptest::prelude::*;

/// Compares relations, one a line, with `(unseen)` behind what the tree does not hold.
fn check(files: &[(&str, &str)], expected: &str) {
    let relation = |it: &Relation| {
        let unseen = if it.seen { "" } else { " (unseen)" };
        format!("{} {} {}{unseen}", it.from, it.how.name(), it.to)
    };
    let lines: Vec<String> = graph(files).relations.iter().map(relation).collect();
    assert_eq!(lines.join("\n"), indented(expected), "{files:?}");
}

fn made_from(base: &str) -> String {
    format!("---\nlicense: mit\nbase_model: {base}\n---\n")
}

#[test]
fn a_name_is_whose_it_is_in_the_tree() {
    for base in
        ["acme/base", "Acme/Base", "https://huggingface.co/acme/base/tree/main", "../acme/base"]
    {
        check(
            &[
                ("m/acme/base/README.md", "---\nlicense: mit\n---\n"),
                ("m/x/README.md", &made_from(base)),
            ],
            "path:m/x fine-tuned-from path:m/acme/base",
        );
    }
    check(
        &[
            ("b/README.md", "---\nmodel_name: acme/base\nlicense: mit\n---\n"),
            ("m/x/README.md", &made_from("acme/base")),
        ],
        "path:m/x fine-tuned-from pkg:huggingface/acme/base",
    );
    check(
        &[
            ("models--acme--base/snapshots/1/README.md", "---\nlicense: mit\n---\n"),
            ("models--acme--base/snapshots/2/README.md", "---\nlicense: mit\n---\n"),
            (
                "x/adapter_config.json",
                r#"{"base_model_name_or_path": "acme/base", "revision": "2"}"#,
            ),
        ],
        "path:x adapter-of pkg:huggingface/acme/base@2",
    );
}

#[test]
fn what_the_tree_does_not_hold_keeps_the_name_it_was_given() {
    let names = [
        ("acme/base", "pkg:huggingface/acme/base"),
        ("gpt2", "pkg:huggingface/gpt2"),
        ("https://huggingface.co/acme/base", "pkg:huggingface/acme/base"),
        ("hf.co/acme/base:Q4", "pkg:huggingface/acme/base"),
        ("./out/checkpoint-500", "path:./out/checkpoint-500"),
        ("/mnt/models/base", "path:/mnt/models/base"),
        ("https://example.org/a b?x=1", "pkg:generic/example.org/a%20b%3Fx%3D1"),
        ("C:/Uni/My Code/out/", "path:C:/Uni/My Code/out"),
        ("/home/x/hub/models--acme--base/snapshots/1/unet", "pkg:huggingface/acme/base"),
        ("My own base model", "pkg:generic/My%20own%20base%20model"),
    ];
    for (written, id) in names {
        check(
            &[("x/README.md", &made_from(&format!("'{written}'")))],
            &format!("path:x fine-tuned-from {id} (unseen)"),
        );
    }
    check(
        &[(
            "x/README.md",
            "---\nlicense: mit\ndatasets: [squad, 'https://huggingface.co/datasets/a/b']\n---\n",
        )],
        "path:x trained-on pkg:huggingface/datasets/squad (unseen)
         path:x trained-on pkg:huggingface/datasets/a/b (unseen)",
    );
}

#[test]
fn nothing_is_made_from_itself() {
    check(&[("m/acme/base/README.md", &made_from("acme/base"))], "");
    check(
        &[(
            "m/acme/talk/README.md",
            "---\nlicense: mit\nbase_model: a/b\ndatasets: [acme/talk]\n---\n",
        )],
        "path:m/acme/talk fine-tuned-from pkg:huggingface/a/b (unseen)
         path:m/acme/talk trained-on pkg:huggingface/datasets/acme/talk (unseen)",
    );
}

#[test]
fn a_name_that_two_answer_to_means_both() {
    check(
        &[
            ("a/acme/base/README.md", "---\nlicense: mit\n---\n"),
            ("b/acme/base/README.md", "---\nlicense: apache-2.0\n---\n"),
            ("x/README.md", &made_from("acme/base")),
        ],
        "path:x fine-tuned-from path:a/acme/base
         path:x fine-tuned-from path:b/acme/base",
    );
    // Of a model and a dataset of one name, that which is meant.
    check(
        &[
            ("datasets--acme--one/README.md", "---\nlicense: mit\n---\n"),
            ("models--acme--one/README.md", "---\nlicense: mit\n---\n"),
            ("x/README.md", "---\nlicense: mit\nbase_model: acme/one\ndatasets: acme/one\n---\n"),
        ],
        "path:x fine-tuned-from pkg:huggingface/acme/one
         path:x trained-on pkg:huggingface/datasets/acme/one",
    );
}

#[test]
fn parts_of_a_pipeline_are_not_made_from_themselves() {
    let part = |from: &str| format!(r#"{{"model_type": "x", "_name_or_path": "{from}"}}"#);
    check(
        &[
            ("p/model_index.json", r#"{"_class_name": "P", "_diffusers_version": "1"}"#),
            ("p/unet/config.json", &part("/c/hub/models--acme--base/snapshots/1/unet")),
            ("p/vae/config.json", &part("/home/me/out/vae")),
        ],
        "path:p derived-from pkg:huggingface/acme/base (unseen)",
    );
}

#[test]
fn the_more_telling_of_two_statements_stands() {
    check(
        &[
            ("x/README.md", &made_from("acme/base")),
            ("x/config.json", r#"{"model_type": "x", "_name_or_path": "acme/base"}"#),
            ("y/config.json", r#"{"model_type": "x", "_name_or_path": "acme/base"}"#),
        ],
        "path:x fine-tuned-from pkg:huggingface/acme/base (unseen)
         path:y derived-from pkg:huggingface/acme/base (unseen)",
    );
}

fn relation(from: usize, to: usize, how: How) -> Relation {
    let id = |it: usize| ComponentId::hub_model(&format!("a/{it}"));
    Relation {
        scope: caveat_core::component::Scope::Normal,
        from: id(from),
        to: id(to),
        how,
        kind: Kind::Model,
        at: Span::new(SourceId(0), 0..0),
        revision: None,
        seen: true,
    }
}

fn upstreams(relations: Vec<Relation>, from: usize) -> (usize, Duration) {
    let graph = Graph { relations, components: BTreeMap::new(), problems: Vec::new() };
    let start = Instant::now();
    let id = ComponentId::hub_model(&format!("a/{from}"));
    let lineage = Lineage::of(&graph);
    let found = lineage.upstreams(&id);
    for it in &found {
        assert_eq!(it.way.first().map(|it| &it.from), Some(&id));
        assert_eq!(it.way.last().map(|it| &it.to), Some(it.id));
        assert!(it.way.windows(2).all(|it| it[0].to == it[1].from));
    }
    (found.len(), start.elapsed())
}

#[test]
fn sixty_diamonds_are_not_a_quintillion_ways() {
    let diamond = |it: usize| {
        let (top, left, right, end) = (3 * it, 3 * it + 1, 3 * it + 2, 3 * it + 3);
        [(top, left), (top, right), (left, end), (right, end)]
            .map(|(a, b)| relation(a, b, How::FineTunedFrom))
    };
    let (found, spent) = upstreams((0..60).flat_map(diamond).collect(), 0);
    assert_eq!(found, 180);
    assert!(spent < Duration::from_secs(5), "{spent:?}");
}

#[test]
fn cycles_and_endless_chains_end() {
    let cycle = vec![
        relation(0, 1, How::MergeOf),
        relation(1, 2, How::MergeOf),
        relation(2, 0, How::MergeOf),
    ];
    assert_eq!(upstreams(cycle, 0).0, 2);
    let chain = (0..100_000).map(|it| relation(it, it + 1, How::FineTunedFrom)).collect();
    let (found, spent) = upstreams(chain, 0);
    assert!((200..1000).contains(&found) && spent < Duration::from_secs(5), "{found} in {spent:?}");
}

#[test]
fn twenty_thousand_cards_are_related_in_seconds() {
    let cards: Vec<(String, String)> = (0..20_000)
        .map(|it| {
            (
                format!("m/org{}/m{it}/README.md", it % 100),
                made_from(&format!("org{}/m{}", (it + 1) % 100, it + 1)),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> =
        cards.iter().map(|(name, it)| (name.as_str(), it.as_str())).collect();
    let (sources, readings) = crate::tree::read(&files);
    let start = Instant::now();
    let inventory = caveat_core::identify::identify(
        readings,
        &sources,
        &caveat_core::library::Library::embedded(),
    );
    let graph = caveat_core::relate::relate(inventory, &sources);
    let spent = start.elapsed();
    assert_eq!(
        (graph.components.len(), graph.relations.iter().filter(|it| it.seen).count()),
        (20_000, 19_999)
    );
    assert!(spent < Duration::from_secs(20), "{spent:?}");
}

proptest! {
    #[test]
    fn whatever_is_written_is_related(
        names in prop::collection::vec(("[a-z./:~ @-]{0,12}", "[a-zA-Z./:~ @-]{0,12}"), 1..8),
    ) {
        let mut files = Vec::new();
        for (at, (path, base)) in names.iter().enumerate() {
            let mut card = String::from("---\nlicense: mit\n");
            let _ = write!(card, "base_model: '{base}'\ndatasets: ['{path}', '{base}']\n---\n");
            files.push((format!("{at}/{path}/README.md"), card));
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(name, it)| (name.as_str(), it.as_str())).collect();
        let graph = graph(&files);
        let lineage = Lineage::of(&graph);
        for it in &graph.relations {
            prop_assert!(it.from != it.to);
            prop_assert_eq!(it.seen, graph.components.contains_key(&it.to));
            prop_assert!(!lineage.upstreams(&it.from).is_empty());
        }
    }

    #[test]
    fn every_way_leads_there(edges in prop::collection::vec((0usize..12, 0usize..12, 0usize..3), 0..40)) {
        let hows = [How::FineTunedFrom, How::TrainedOn, How::MergeOf];
        upstreams(edges.iter().map(|(a, b, how)| relation(*a, *b, hows[*how])).collect(), 0);
    }
}
