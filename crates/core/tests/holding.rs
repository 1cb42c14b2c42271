//! What a package holds in its folder, and which weights are adapters.

use caveat_core::component::Scope;
use caveat_core::identify::identify;
use caveat_core::inventory::Graph;
use caveat_core::library::Library;
use caveat_core::notices;
use caveat_core::readers::READERS;
use caveat_core::reading::Read;
use caveat_core::relate::relate;
use caveat_core::source::Sources;

fn graph(files: &[(&str, &str)]) -> Graph {
    let (library, mut sources) = (Library::embedded(), Sources::new());
    let read = |(name, text): &(&str, &str)| {
        let reader = READERS.iter().find(|it| (it.wants)(name)).unwrap_or(&notices::READER);
        let id = sources.add(*name, (*text).to_owned());
        let source = sources.get(id)?;
        let mut reading = match reader.read {
            Read::Text(read) | Read::Header { read, .. } => read(source),
        };
        // Whether a line of code grants a license is asked of every program.
        if reader.name != notices::READER.name && notices::is_program(name) {
            reading.sightings.extend(notices::sighting(source));
        }
        Some(reading)
    };
    let readings = files.iter().filter_map(read).collect();
    relate(identify(readings, &sources, &library), &sources)
}

/// The relations of a project, one a line, with their scope where that is not the usual one.
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let graph = graph(files);
    let told = graph.relations.iter().map(|it| {
        let scope = match it.scope {
            Scope::Normal => String::new(),
            other => format!(" ({})", other.name()),
        };
        format!("{} {} {}{scope}", it.from, it.how.name(), it.to)
    });
    assert_eq!(told.collect::<Vec<_>>(), expected, "{files:?}");
}

const APP: (&str, &str) = ("Cargo.toml", "[package]\nname = \"app\"\nlicense = \"MIT\"\n");
const GNU: &str = "// SPDX-License-Identifier: GPL-3.0-only\n";

#[test]
fn a_package_holds_what_lies_in_it_under_another_license() {
    check(&[APP, ("src/x.rs", GNU)], &["pkg:cargo/app contains path:src/x.rs"]);
    check(&[APP, ("tests/x.rs", GNU)], &["pkg:cargo/app contains path:tests/x.rs (dev)"]);
    check(&[APP, ("build/m4/x.c", GNU)], &["pkg:cargo/app contains path:build/m4/x.c (build)"]);
    let lib = ("vendor/lib/Cargo.toml", "[package]\nname = \"lib\"\nlicense = \"GPL-3.0-only\"\n");
    check(&[APP, lib], &["pkg:cargo/app contains pkg:cargo/lib"]);
    // The inner package holds its own, and what agrees with the package is a part of it.
    let inner = ("crates/b/Cargo.toml", "[package]\nname = \"b\"\nlicense = \"MIT\"\n");
    let held = ["pkg:cargo/b contains path:crates/b/src/x.rs"];
    check(&[APP, inner, ("crates/b/src/x.rs", GNU)], &held);
    check(&[APP, ("src/x.rs", "// SPDX-License-Identifier: MIT\n")], &[]);
}

#[test]
fn what_was_fetched_or_is_read_by_tests_is_held_by_nobody() {
    let lib = "{\"name\": \"lib\", \"version\": \"1.0.0\", \"license\": \"GPL-3.0-only\"}";
    let app = ("package.json", "{\"name\": \"app\", \"version\": \"1.0.0\", \"license\": \"MIT\"}");
    check(&[app, ("node_modules/lib/package.json", lib)], &[]);
    check(&[APP, ("tests/fixtures/x.rs", GNU)], &[]);
    // One thing in several places is needed wherever it is needed most.
    let both = [APP, ("tests/x.rs", GNU), ("src/y.rs", GNU)];
    check(&both, &["pkg:cargo/app contains path:src/y.rs"]);
    // Without a package there is nobody to hold it.
    check(&[("src/x.rs", GNU)], &[]);
}

#[test]
fn the_name_of_weights_tells_an_adapter_from_a_fine_tune() {
    let card = ("models/acme/style/README.md", "---\nlicense: mit\nbase_model: acme/base\n---\n");
    let of = |how: &str| format!("path:models/acme/style {how} pkg:huggingface/acme/base");
    let with = |file: &str, how: &str| {
        let path = format!("models/acme/style/{file}");
        check(&[card, (&path, "")], &[&of(how)]);
    };
    with("pytorch_lora_weights.safetensors", "adapter-of");
    with("lora.safetensors", "adapter-of");
    with("model.safetensors", "fine-tuned-from");
    let both = ("models/acme/style/model.safetensors", "");
    let lora = ("models/acme/style/lora.safetensors", "");
    check(&[card, lora, both], &[&of("fine-tuned-from")]);
}
