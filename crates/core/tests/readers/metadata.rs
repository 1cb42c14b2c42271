//! Metadata beside data and models: text in, sightings out.

use caveat_core::readers::READERS;

use crate::common::{assert_places, check_text, read_text};
use crate::damage::{Numbers, damaged};

/// How often each valid text is damaged.
const ROUNDS: u64 = 1500;

const CROISSANT: &str = r#"{"@context": {"sc": "https://schema.org/"}, "@type": "sc:Dataset",
  "conformsTo": "http://mlcommons.org/croissant/1.1", "name": "Tiny",
  "url": "https://huggingface.co/datasets/acme/tiny", "citeAs": "MIT", "sdLicense": "MIT",
  "license": ["cc-by-4.0", {"@type": "CreativeWork", "name": "Ours", "url": "https://a.b/l"}],
  "isBasedOn": [{"@id": "https://huggingface.co/datasets/acme/base"}, "https://a.b/raw",
    {"@id": "local"}],
  "distribution": [{"@type": "cr:FileObject", "license": "ODbL-1.0"}, {"license": "cc-by-4.0"}]}"#;

#[test]
fn json_ld_states_license_and_origin() {
    let expected = r#"dataset
  named acme/tiny
  named Tiny
  "cc-by-4.0": Name
  "https://a.b/l": Name
  "ODbL-1.0": Name
  derived-from acme/base
  derived-from https://a.b/raw
  is http://mlcommons.org/croissant/1.1"#;
    check_text("d/metadata.json", CROISSANT, &format!("Directory {expected}"));
    check_text("d/tiny__metadata.json", CROISSANT, &format!("File {expected}"));
    check_text(
        "codemeta.json",
        r#"{"@context": "https://doi.org/10.5063/schema/codemeta-2.0", "@type": "SoftwareSourceCode",
        "license": "https://spdx.org/licenses/MIT", "name": "tiny"}"#,
        "Directory code\n  named tiny\n  \"https://spdx.org/licenses/MIT\": Name",
    );
    check_text(
        "ro-crate-metadata.json",
        r#"{"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [
        {"@id": "./", "@type": "Dataset", "license": {"@id": "https://a.b/l"}},
        {"@id": "x", "@type": "Person", "license": "MIT"}]}"#,
        "Directory dataset\n  \"https://a.b/l\": Name",
    );
}

#[test]
fn other_files_of_these_names_say_nothing() {
    for text in [
        r#"{"license": "MIT", "name": "x"}"#,
        r#"{"@context": "https://www.w3.org/ns/activitystreams", "@type": "Dataset", "license": "MIT"}"#,
        r#"[1, "schema.org"]"#,
        "null",
        "",
        "{broken",
    ] {
        check_text("d/metadata.json", text, "");
    }
    for path in ["package.json", "package-lock.json", "tsconfig.json", "data.json", "x.yaml"] {
        assert!(
            !READERS.iter().any(|it| it.name == "dataset-metadata" && (it.wants)(path)),
            "{path}"
        );
    }
    let (_, reading) = read_text("d/croissant.json", "{\"@type\": ");
    assert_eq!(reading.problems.len(), 1);
}

#[test]
fn a_package_is_bound_by_the_licenses_of_its_parts() {
    check_text(
        "datapackage.json",
        r#"{"name": "tiny", "licenses": [{"name": "ODC-PDDL-1.0", "path": "https://a.b/l", "title": "PDDL"}],
        "resources": [{"path": "a.csv", "licenses": [{"title": "GNU LGPL", "path": "https://a.b/m"}]},
        {"licenses": [{"title": "GNU LGPL", "path": "https://a.b/m"}, {"path": "TERMS.md"}],
        "sources": [{"path": "https://huggingface.co/datasets/a/b"}, {"path": "https://a.b/raw"}]}]}"#,
        r#"Directory dataset
  named tiny
  "ODC-PDDL-1.0": HubId PDDL https://a.b/l
  "GNU LGPL": HubId - https://a.b/m
  "TERMS.md": HubId
  derived-from a/b"#,
    );
    check_text("datapackage.json", r#"{"dependencies": {}}"#, "");
}

#[test]
fn kaggle_has_names_of_its_own() {
    check_text(
        "dataset-metadata.json",
        r#"{"id": "acme/tiny", "title": "Tiny", "isPrivate": true,
        "licenses": [{"nameNullable": "other", "name": "CC0-1.0"}, {"name": "copyright-authors"}]}"#,
        r#"Directory dataset private
  named kaggle.com/datasets/acme/tiny
  named Tiny
  "CC0-1.0": Name
  "copyright-authors": Name"#,
    );
    check_text(
        "x__dataset-metadata.json",
        r#"{"name": "Tiny", "license": "https://a.b/l", "isBasedOn": ["https://a.b/raw"]}"#,
        "File dataset\n  named Tiny\n  \"https://a.b/l\": Name\n  derived-from https://a.b/raw",
    );
}

#[test]
fn datacite_tells_rights_from_access() {
    check_text(
        "datacite.json",
        r#"{"data": {"attributes": {"doi": "10.5/A", "types": {"resourceTypeGeneral": "Dataset"},
        "rightsList": [{"rights": "Open Access", "rightsUri": "info:eu-repo/semantics/openAccess"},
        {"rights": "CC BY", "rightsUri": "https://a.b/l", "rightsIdentifier": "cc-by-4.0"},
        {"rights": "Ours"}]}}}"#,
        r#"Directory dataset
  named doi.org/10.5/a
  "cc-by-4.0": HubId CC BY https://a.b/l
  "Ours": HubId
  is Open Access"#,
    );
    check_text("datacite.json", r#"{"types": {"resourceTypeGeneral": "Text"}}"#, "");
}

#[test]
fn infos_have_a_license_in_each_configuration() {
    check_text(
        "dataset_infos.json",
        r#"{"a": {"license": "MIT", "features": {}}, "b": {"license": "", "splits": {}},
        "c": {"license": "MIT", "features": {}}, "d": {"license": "no"}}"#,
        "Directory dataset\n  \"MIT\": Name",
    );
    check_text("dataset_info.json", r#"{"alpaca": {"file_name": "a.json"}}"#, "");
}

#[test]
fn a_citation_states_the_license_of_what_it_cites() {
    let citation = |rest: &str| format!("cff-version: 1.2.0\ntitle: acme/tiny\n{rest}");
    for (rest, expected) in [
        ("license: MIT\nlicense-url: https://a.b", "Directory ?\n  \"MIT\": Expression"),
        ("type: dataset\nlicense-url: https://a.b", "Directory dataset\n  \"https://a.b\": Name"),
        (
            "type: software\nlicense:\n  - MIT\n  - Apache-2.0",
            "Directory code\n  \"MIT\": Expression\n  \"Apache-2.0\": Expression\n\
             problem: a list of licenses leaves a choice",
        ),
        ("references:\n  - license: MIT", ""),
    ] {
        check_text("a/CITATION.cff", &citation(rest), expected);
    }
    check_text("other.cff", "license: MIT\n", "");
}

#[test]
fn mlflow_names_what_it_logged() {
    check_text(
        "m/MLmodel",
        "flavors:\n  transformers:\n    source_model_name: acme/base\n    source_model_revision: v2\n\
         \x20 python_function: {}\nmetadata:\n  license: [MIT, other]\nmlflow_version: 2.9\n",
        r#"Directory model
  "MIT": Name
  "other": Name
  derived-from acme/base at v2
  is transformers, python_function"#,
    );
    check_text("m/MLmodel", "hello: world\n", "");
}

#[test]
fn small_files_beside_weights_tell_that_a_model_is_here() {
    let model = "Directory model";
    check_text("model.safetensors.index.json", r#"{"weight_map": {"a": "b"}}"#, model);
    check_text(
        "model.json",
        r#"{"format": "graph-model", "weightsManifest": []}"#,
        "Directory model\n  is graph-model",
    );
    check_text("model.json", r#"{"fields": []}"#, "");
    check_text(
        "t/tokenizer_config.json",
        r#"{"name_or_path": "acme/base", "tokenizer_class": "X"}"#,
        "Directory model\n  derived-from acme/base",
    );
    check_text("t/tokenizer_config.json", r#"{"name_or_path": "./base"}"#, "");
    check_text(
        "x.mlmodelc/metadata.json",
        r#"[{"metadataOutputVersion": "3.0", "license": "MIT", "author": "Acme"}]"#,
        "Directory model\n  \"MIT\": Name\n  is Acme",
    );
}

#[test]
fn what_a_model_was_loaded_from_is_told_from_folders() {
    let config = |path: &str| format!(r#"{{"_name_or_path": "{path}", "model_type": "bert"}}"#);
    for (path, expected) in [
        ("acme/base", "derived-from acme/base"),
        ("bert-base-uncased", "derived-from bert-base-uncased"),
        ("/x/hub/models--acme--base/snapshots/0a1b/unet", "derived-from acme/base at 0a1b"),
        ("https://huggingface.co/acme/base", "derived-from acme/base"),
        ("./output/x", ""),
        ("checkpoints/7", ""),
        ("/home/me/model", ""),
        ("mine", ""),
        ("Cascade/unet", ""),
    ] {
        let line = if expected.is_empty() { String::new() } else { format!("\n  {expected}") };
        let expected = format!("Directory model{line}\n  is bert");
        check_text("unet/config.json", &config(path), &expected);
    }
    check_text(
        "config.json",
        r#"{"_name_or_path": "a/b", "quantization_config": {}, "text_config": {"_name_or_path": "c/d"}}"#,
        "Directory model\n  quantized-from a/b\n  derived-from c/d",
    );
}

const MODELFILE: &str = "# comment\r\nfrom hf.co/acme/base:Q4_K_M\r\nADAPTER ./lora/a.gguf\n\
    License \"\"\"\nMIT\nFROM other\n\"\"\"\nPARAMETER stop \"\"\"\nFROM x\"\"\"\n\
    MESSAGE user \"\"\"FROM y\n\"\"\"\nLICENSE Ours\n";

#[test]
fn a_modelfile_is_read_instruction_by_instruction() {
    check_text(
        "a/Modelfile",
        MODELFILE,
        r#"Directory model
  "MIT\nFROM other": Name
  "Ours": Name
  derived-from acme/base
  contains ./lora"#,
    );
    for (from, expected) in [
        ("llama3.2", "ollama.com/library/llama3.2"),
        ("\"acme/tiny:7b\"", "ollama.com/acme/tiny:7b"),
        ("registry.ollama.ai/library/x:1", "ollama.com/library/x:1"),
        ("registry.acme.com/a/x:1", "registry.acme.com/a/x:1"),
        ("./model.gguf", "."),
        ("model.gguf", "."),
        ("../m/model.gguf", "../m"),
        ("/data/model.gguf", "/data/model.gguf"),
        (r"C:\m\model.gguf", r"C:\m\model.gguf"),
        ("/x/blobs/sha256-0a", "/x/blobs/sha256-0a"),
        ("/x/blobs/sha256-0a\n# FROM sha256-0b", "sha256-0b"),
        ("sha256-0a\n# FROM phi-4:latest", "ollama.com/library/phi-4:latest"),
    ] {
        let expected = format!("File model\n  derived-from {expected}");
        check_text("tiny.Modelfile", &format!("FROM {from}\n"), &expected);
    }
    check_text(
        "Modelfile",
        "SYSTEM \"\"\"never closed\nFROM x\n",
        "Directory model\nproblem: the Modelfile names no base model",
    );
    check_text("Modelfile", "all:\n\tmake\n", "");
}

#[test]
fn the_store_of_ollama_points_to_texts() {
    let manifest = r#"{"schemaVersion": 2, "layers": [
        {"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:1"},
        {"mediaType": "application/vnd.ollama.image.license", "digest": "sha256:2"}]}"#;
    check_text(
        "models/manifests/registry.ollama.ai/library/llama3.2/1b",
        manifest,
        "File model\n  named ollama.com/library/llama3.2:1b\n  \"sha256:2\": File",
    );
    assert!(!READERS.iter().any(|it| (it.wants)("k8s/manifests/app/base/x/y")));
}

#[test]
fn damaged_metadata_is_read_as_far_as_it_goes() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    for (path, valid) in [
        ("d/metadata.json", CROISSANT),
        (
            "datapackage.json",
            r#"{"licenses": [{"name": "ü", "path": "\u00fc"}], "resources": [{}]}"#,
        ),
        ("dataset-metadata.json", r#"{"id": "ü/b", "licenses": [{"name": "MIT"}]}"#),
        ("datacite.json", r#"{"rightsList": [{"rights": "ü", "rightsUri": "x"}]}"#),
        ("dataset_infos.json", r#"{"a": {"license": "ü", "features": {}}}"#),
        ("CITATION.cff", "cff-version: 1.2.0\nlicense: [MIT, 'ü']\ntype: dataset\n"),
        ("MLmodel", "flavors: {a: {source_model_name: ü}}\nmetadata: {license: \"MIT\"}\n"),
        ("Modelfile", MODELFILE),
        ("config.json", r#"{"_name_or_path": "models--ü--b/snapshots/x", "model_type": "ü"}"#),
        ("adapter_config.json", r#"{"base_model_name_or_path": "ü/b", "revision": "1"}"#),
    ] {
        for _ in 0..ROUNDS {
            let bytes = damaged(valid.as_bytes(), &mut numbers);
            let (source, reading) = read_text(path, &String::from_utf8_lossy(&bytes));
            assert_places(&source, &reading);
        }
    }
    let deep = "[".repeat(100_000);
    for path in ["croissant.json", "CITATION.cff", "MLmodel", "Modelfile", "model.json"] {
        let (source, reading) = read_text(path, &format!("cff-version: {deep}"));
        assert_places(&source, &reading);
        let (source, reading) = read_text(path, &deep);
        assert_places(&source, &reading);
    }
}
