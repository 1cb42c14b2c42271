//! What the catalogue adds to a graph.

use caveat_core::catalog::{Catalog, NAME};
use caveat_core::identify::identify;
use caveat_core::inventory::Graph;
use caveat_core::library::Library;
use caveat_core::recall::recall;
use caveat_core::relate::relate;

use crate::tree::{component, indented, read};

fn graph(files: &[(&str, &str)]) -> Graph {
    let (mut sources, readings) = read(files);
    let table = sources.add(NAME, Catalog::embedded().text());
    let graph = relate(identify(readings, &sources, &Library::embedded()), &sources);
    let graph = recall(graph, Catalog::embedded(), table, &sources);
    for it in graph.components.values().filter(|it| it.is_recalled()) {
        let claim = &it.claims[0];
        assert_eq!(sources.text(claim.raw.at), claim.raw.value, "{}", it.id);
        assert_ne!(it.at.source, table, "{} is named in the tree", it.id);
    }
    graph
}

/// Components as in [`crate::tree::check`], and after a line each relation: both ends, and whether the
/// other is in the tree.
fn check(files: &[(&str, &str)], expected: &str) {
    let graph = graph(files);
    let mut lines: Vec<String> = graph.components.values().map(component).collect();
    lines.push("--".to_owned());
    let relations = graph.relations.iter();
    lines.extend(relations.map(|it| {
        let seen = if it.seen { "" } else { " unseen" };
        format!("{} {} {}{seen}", it.from, it.how.name(), it.to)
    }));
    assert_eq!(lines.join("\n"), indented(expected), "{files:?}");
}

#[test]
fn lines_of_parents_are_followed_through_the_catalogue() {
    check(
        &[("models/a/README.md", "---\nbase_model: BramVanroy/fietje-2\n---\n")],
        "path:models/a model ? unknown
         pkg:huggingface/BramVanroy/fietje-2 in models/a/README.md model MIT
         pkg:huggingface/microsoft/phi-2 in models/a/README.md model MIT
         --
         path:models/a fine-tuned-from pkg:huggingface/BramVanroy/fietje-2 unseen
         pkg:huggingface/BramVanroy/fietje-2 fine-tuned-from pkg:huggingface/microsoft/phi-2 unseen",
    );
}

#[test]
fn what_the_tree_holds_is_not_asked_of_the_catalogue() {
    let card = "---\nlicense: openrail\nmodel_name: microsoft/phi-2\n---\n";
    check(
        &[
            ("models/a/README.md", "---\nbase_model: BramVanroy/fietje-2\n---\n"),
            ("models/b/README.md", card),
        ],
        "path:models/a model ? unknown
         pkg:huggingface/BramVanroy/fietje-2 in models/a/README.md model MIT
         pkg:huggingface/microsoft/phi-2 in models/b model ? ambiguous: `OpenRAIL` is a family of licenses that differ
         --
         path:models/a fine-tuned-from pkg:huggingface/BramVanroy/fietje-2 unseen
         pkg:huggingface/BramVanroy/fietje-2 fine-tuned-from pkg:huggingface/microsoft/phi-2",
    );
}

#[test]
fn the_cache_of_the_hub_proves_a_name_and_a_file_does_not() {
    let config = "{\"_name_or_path\": \"microsoft/phi-2\", \"model_type\": \"phi\"}";
    check(
        &[
            (
                "hub/models--microsoft--phi-2/snapshots/0123456/config.json",
                "{\"model_type\": \"phi\"}",
            ),
            ("models/mine/config.json", config),
        ],
        "path:models/mine model ? unknown
         pkg:huggingface/microsoft/phi-2@0123456 in hub/models--microsoft--phi-2/snapshots/0123456 model MIT
         --
         path:models/mine derived-from pkg:huggingface/microsoft/phi-2@0123456",
    );
}
