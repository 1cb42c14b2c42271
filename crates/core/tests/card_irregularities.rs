//! What real cards do wrong, each in the smallest text that shows it.

mod reading;
mod saying;

#[track_caller]
fn check(name: &str, text: &str, expected: &[&str]) {
    assert_eq!(saying::lines(name, text), expected, "{name}: {text:?}");
}

/// A card whose kind does not matter, without the line of its subject.
#[track_caller]
fn check_front_matter(yaml: &str, expected: &[&str]) {
    let text = format!("---\n{yaml}\n---\n# Tiny\n");
    let lines = saying::lines("README.md", &text);
    assert_eq!(lines[1..], *expected, "{yaml:?}");
}

#[test]
fn a_card_states_license_and_lineage() {
    check(
        "acme/tiny/README.md",
        "---\nlicense: apache-2.0  # ours\nbase_model: 'acme/base'\ndatasets:\n- squad\n- \"acme/chat\"\ntags: [nlp]\npipeline_tag: text-generation\n---\n# Tiny\n",
        &[
            "Directory model",
            "license apache-2.0",
            "fine-tuned-from model acme/base",
            "trained-on dataset squad",
            "trained-on dataset acme/chat",
            "traits nlp text-generation",
        ],
    );
}

#[test]
fn every_element_of_a_list_is_a_license_and_other_gets_the_name() {
    check_front_matter(
        "license:\n- apache-2.0\n- bsd-3-clause",
        &["license apache-2.0", "license bsd-3-clause"],
    );
    check_front_matter(
        "license: [mit, other]\nlicense_name: acme-1\nlicense_link: LICENSE.md",
        &["license mit", "license other, name acme-1, link LICENSE.md"],
    );
    check_front_matter("license: mit\nlicense_link: LICENSE", &["license mit, link LICENSE"]);
    check_front_matter(
        "license: other\nlicense_details: \"Acme Data Terms\"",
        &["license other, name Acme Data Terms"],
    );
    check_front_matter("license_name: acme-research", &["license acme-research (in words)"]);
    check_front_matter("license: {name: MIT, url: LICENSE}", &["license MIT, link LICENSE"]);
    check_front_matter("license: {en: [mit], de: [cc0-1.0]}", &["license mit", "license cc0-1.0"]);
}

#[test]
fn keys_have_many_spellings() {
    for key in ["licence", "licenses", "License", "LICENCES", "\"license\"", "license "] {
        check_front_matter(&format!("{key}: mit"), &["license mit"]);
    }
    check_front_matter(
        "licence: other\nlicence_name: a-1\nLicense-Link: https://a.example/l",
        &["license other, name a-1, link https://a.example/l"],
    );
}

#[test]
fn placeholders_are_passed_on_as_written() {
    for written in
        ["license", "unknown", "other", "\"[More Information Needed]\"", "{license}", "{{LICENSE}}"]
    {
        let expected = format!("license {}", written.trim_matches('"'));
        check_front_matter(&format!("license: {written} # e.g. mit"), &[&expected]);
    }
    check_front_matter("license:\nlanguage: en", &[]);
    check_front_matter(
        "base_model: None\ndatasets: [generator, None, squad]",
        &["trained-on dataset squad"],
    );
    check_front_matter("base_model: []\nlicense: ''", &[]);
}

#[test]
fn line_ends_and_leading_space_may_be_anything() {
    let expected = ["Directory ?", "license mit"];
    for text in [
        "---\r\nlicense: mit\r\n---\r\n# Tiny",
        "---\rlicense: mit\r---\r# Tiny",
        "\u{feff}---\nlicense: mit\n---\n",
        "\n\n  ---\nlicense: mit\n---",
        "---  \nlicense:\tmit\n---\t\n",
        "---\n\nlicense: mit\n\n---",
    ] {
        check("README.md", text, &expected);
    }
}

#[test]
fn broken_yaml_still_says_what_its_lines_say() {
    let broken = "---\nlicense: mit\ntitle: a: b\nbase_model:\n  - acme/base # ours\n  - 'acme/other'\ndatasets: [squad, \"acme/x\"]\nmodel_name: acme/tiny\n---\n";
    check(
        "README.md",
        broken,
        &[
            "Directory model",
            "named acme/tiny",
            "license mit",
            "fine-tuned-from model acme/base",
            "fine-tuned-from model acme/other",
            "trained-on dataset squad",
            "trained-on dataset acme/x",
            "problem: this is not valid YAML: mapping values are not allowed in this context @ \": b\"",
        ],
    );
}

#[test]
fn a_front_matter_may_be_where_the_hub_does_not_look() {
    let displaced =
        "problem: the front matter is not at the start, so the hub does not read it @ \"---\"";
    let unclosed = "problem: the front matter has no closing `---` @ \"---\"";
    check(
        "README.md",
        "<!---\n---\nlicense: gemma\n---\n-->\n# X",
        &["Directory ?", "license gemma", displaced],
    );
    check(
        "README.md",
        "# X\n\nText.\n\n---\nlicense: mit\n---\n",
        &["Directory ?", "license mit", displaced],
    );
    check("x.md", "-->\n---\nlicense: mit\n---\n", &["File ?", "license mit", displaced]);
    check(
        "README.md",
        "---\nlicense: mit\ntags:\n- a\n\n# X\n",
        &["Directory ?", "license mit", "traits a", unclosed],
    );
    check("README.md", "# X\n```\n---\nlicense: mit\n---\n```\n", &[]);
    check("README.md", "License\n---\nlicense: mit\n---\n", &[]);
}

#[test]
fn a_horizontal_rule_is_no_front_matter() {
    check("model_card.md", "---\n# Alpaca\n\nText: not a key\n", &["Directory model"]);
    check("README.md", "---\nSome prose, then a rule.\n---\nMore.\n", &[]);
    check("README.md", "---\n[![badge](a)](b)\n---\n", &[]);
    check("README.md", "---\n---\n# X\n", &[]);
    check("README.md", "---\n[]\n---\n", &["problem: the front matter is not a mapping @ \"[]\""]);
}

#[test]
fn a_repeated_key_counts_twice() {
    check_front_matter(
        "license: mit\nlicense: gemma",
        &["license mit", "license gemma", "problem: `license` is written twice @ \"license\""],
    );
}

#[test]
fn aliases_are_not_followed() {
    check_front_matter("a: &x [mit]\nlicense: *x", &["problem: aliases are not followed @ \"*x\""]);
}

#[test]
fn the_relation_follows_from_what_is_said() {
    for (yaml, how) in [
        ("", "fine-tuned-from"),
        ("base_model_relation: adapter", "adapter-of"),
        ("base_model_relation: merge", "merge-of"),
        ("base_model_relation: quantized\nlibrary_name: peft", "quantized-from"),
        ("base_model_relation: finetune\ntags: [gguf]", "fine-tuned-from"),
        ("library_name: peft\ntags: [merge]", "adapter-of"),
        ("library_name: onnx", "quantized-from"),
    ] {
        let expected = format!("{how} model a/b");
        let text = format!("---\nbase_model: a/b\n{yaml}\n---\n");
        assert_eq!(saying::lines("README.md", &text)[1], expected, "{yaml}");
    }
    for (tag, how) in [
        ("lora", "adapter-of"),
        ("mergekit", "merge-of"),
        ("GGUF", "quantized-from"),
        ("merge, gguf", "quantized-from"),
        ("sft", "fine-tuned-from"),
    ] {
        let text = format!("---\nbase_model: a/b\ntags: [{tag}]\n---\n");
        assert_eq!(saying::lines("README.md", &text)[1], format!("{how} model a/b"), "{tag}");
    }
    check_front_matter(
        "base_model: [a/b, c/d]\ntags: [merge, gguf]",
        &["merge-of model a/b", "merge-of model c/d", "traits merge gguf"],
    );
}

#[test]
fn facts_are_smuggled_in_tags() {
    check_front_matter(
        "tags: ['license:mit', 'base_model:a/b', 'base_model:quantized:c/d', 'dataset:e/f', x]",
        &[
            "license mit",
            "quantized-from model c/d",
            "fine-tuned-from model a/b",
            "trained-on dataset e/f",
            "traits x",
        ],
    );
    check_front_matter("license: mit\ntags: ['license:MIT']", &["license mit"]);
}

#[test]
fn bases_are_named_in_every_way() {
    check_front_matter(
        "base_model: https://huggingface.co/a/b",
        &["fine-tuned-from model https://huggingface.co/a/b"],
    );
    check_front_matter(
        "base_model: /home/u/x\ntags: ['base_model:adapter:/home/u/x']",
        &["adapter-of model /home/u/x"],
    );
    check_front_matter("base_model: [gpt2, gpt2]", &["fine-tuned-from model gpt2"]);
    check_front_matter(r"base_model: C:\models\x y", &[r"fine-tuned-from model C:\models\x y"]);
    check_front_matter(
        "model_link: https://huggingface.co/a/b\nquantized_by: TheBloke\nmodel_name: Llama 2 7B",
        &["quantized-from model https://huggingface.co/a/b"],
    );
    check_front_matter(
        "base_model: a/b\nmodel_link: https://huggingface.co/a/b",
        &["quantized-from model a/b"],
    );
    check_front_matter("duplicated_from: a/b", &["derived-from model a/b"]);
}

#[test]
fn a_trainer_writes_the_base_under_model_name() {
    check_front_matter("model_name: a/b\nbase_model: a/b", &["fine-tuned-from model a/b"]);
    check_front_matter("model_name: tiny-7b\nname: Tiny", &["named tiny-7b"]);
    check_front_matter("model_name: results", &[]);
}

#[test]
fn datasets_name_their_sources() {
    check(
        "README.md",
        "---\nlicenses: [cc-by-4.0]\nsource_datasets:\n- original\n- extended|glue\n- extended|other-common-crawl\n- extended|wikipedia|google\n- squad\ntask_categories: [qa]\n---\n",
        &[
            "Directory dataset",
            "license cc-by-4.0",
            "derived-from dataset glue",
            "derived-from dataset common-crawl",
            "derived-from dataset wikipedia",
            "derived-from dataset google",
            "derived-from dataset squad",
            "traits qa original",
        ],
    );
}

#[test]
fn path_and_keys_tell_the_kind() {
    for (path, keys, expected) in [
        ("README.md", "license: mit", "Directory ?"),
        ("datasets/x/README.md", "license: mit", "Directory dataset"),
        ("models/x/README.md", "license: mit", "Directory model"),
        ("models--a--b/snapshots/0/README.md", "license: mit", "Directory model"),
        ("datasets/x/README.md", "license: mit\nlibrary_name: a", "Directory model"),
        ("README.md", "pretty_name: X\nlicense: mit", "Directory dataset"),
        ("README.md", "base_model: a/b\npretty_name: X", "Directory model"),
        ("README.md", "sdk: gradio\nlicense: mit", "Directory code"),
        ("a__b__README.md", "license: mit", "File ?"),
        ("readme.md", "license: mit", "Directory ?"),
        ("MODEL_CARD.md", "license: mit", "Directory model"),
        ("DATASHEET.md", "license: mit", "Directory dataset"),
        ("AUDIOGEN_MODEL_CARD.md", "license: mit", "File model"),
        ("README_WEIGHTS.md", "license: mit", "Directory ?"),
        ("notes.md", "license: mit", "File ?"),
    ] {
        let text = format!("---\n{keys}\n---\n");
        assert_eq!(saying::lines(path, &text)[0], expected, "{path} {keys}");
    }
    check("post.md", "---\ntitle: On licenses\ntags: [a]\n---\nLicense: MIT\n", &[]);
    check("post.md", "---\ntitle: a: b\n---\n", &[]);
}

#[test]
fn gates_and_successors_are_traits() {
    check_front_matter(
        "extra_gated_eu_disallowed: true\nnew_version: a/b",
        &["traits extra_gated_eu_disallowed new_version"],
    );
    check_front_matter("extra_gated_eu_disallowed: false", &[]);
}
