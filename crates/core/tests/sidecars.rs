//! The files beside weights that name what the weights were made from.

mod reading;
mod saying;

#[track_caller]
fn check(name: &str, text: &str, expected: &[&str]) {
    assert_eq!(saying::lines(name, text), expected, "{name}: {text}");
}

#[test]
fn an_adapter_names_its_base() {
    check(
        "x/adapter_config.json",
        r#"{"base_model_name_or_path": "acme/base", "revision": "v2", "peft_type": "LORA"}"#,
        &["Directory model", "adapter-of model acme/base at v2", "traits LORA"],
    );
    check(
        "a__adapter_config.json",
        r#"{"base_model_name_or_path": "./models/base", "revision": null}"#,
        &["File model", "adapter-of model ./models/base"],
    );
    check("adapter_config.json", r#"{"base_model_name_or_path": null}"#, &[]);
    check(
        "adapter_config.json",
        "{\"a\": ",
        &[
            "problem: this is not valid JSON: Expected value after colon in object property @ \"{\\\"a\\\":\"",
        ],
    );
}

#[test]
fn a_model_configuration_tells_what_it_was_loaded_from() {
    check(
        "config.json",
        r#"{"_name_or_path": "acme/base", "architectures": ["MllamaForConditionalGeneration"], "model_type": "mllama"}"#,
        &[
            "Directory model",
            "derived-from model acme/base",
            "traits MllamaForConditionalGeneration mllama",
        ],
    );
    check(
        "config.json",
        r#"{"_name_or_path": "", "model_type": "x"}"#,
        &["Directory model", "traits x"],
    );
    check("config.json", r#"{"_name_or_path": "./"}"#, &["Directory model"]);
    check("config.json", r#"{"port": 80}"#, &[]);
    check("config.json", "{port: ", &[]);
    check(
        "model_index.json",
        r#"{"_class_name": "StableDiffusionPipeline", "_diffusers_version": "0.1", "_name_or_path": "a/b"}"#,
        &["Directory model", "derived-from model a/b", "traits StableDiffusionPipeline"],
    );
}

#[test]
fn a_merge_names_its_parts_once() {
    check(
        "x/mergekit_config.yml",
        "models:\n- model: a/b\n- model: c/d+e/lora\n  parameters: {weight: 1}\n- model: f/g@v1\nbase_model: a/b\nmerge_method: ties\n",
        &[
            "Directory model",
            "merge-of model a/b",
            "merge-of model c/d",
            "adapter-of model e/lora",
            "merge-of model f/g at v1",
            "traits ties",
        ],
    );
    check(
        "my-merge.yaml",
        "slices:\n- sources:\n  - model: a/b\n    layer_range: [0, 1]\n  - model: {model: {path: c/d}, lora: e/f}\nmerge_method: slerp\n",
        &[
            "File model",
            "merge-of model a/b",
            "merge-of model c/d",
            "adapter-of model e/f",
            "traits slerp",
        ],
    );
    check("automerge.yml", "models:\n- model: a/b\n", &[]);
    // By its name no merge: it is read as any configuration that names a model.
    check("ci.yml", "merge_method: x\nmodels:\n- model: a/b\n", &["File code", "uses model a/b"]);
}
