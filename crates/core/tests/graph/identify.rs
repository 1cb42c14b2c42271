//! Which components a tree has: who is meant, what it is, and how files of one place go together.

use proptest::prelude::*;

use crate::tree::{check, component, read};
use caveat_core::identify::identify;
use caveat_core::library::Library;

#[test]
fn the_cache_of_the_hub_names_what_it_holds() {
    check(
        &[
            ("hub/models--acme--base/snapshots/abc/README.md", "---\nlicense: mit\n---\n"),
            ("hub/models--acme--base/snapshots/abc/onnx/model.safetensors", "safetensors:{}"),
            ("hub/datasets--acme--talk/snapshots/def/README.md", "---\nlicense: odc-by\n---\n"),
            ("hub/models--gpt2/snapshots/1/README.md", "---\nlicense: mit\nmodel_name: x/y\n---\n"),
        ],
        "pkg:huggingface/acme/base@abc in hub/models--acme--base/snapshots/abc model MIT
         pkg:huggingface/datasets/acme/talk@def in hub/datasets--acme--talk/snapshots/def dataset ODC-By-1.0
         pkg:huggingface/gpt2@1 in hub/models--gpt2/snapshots/1 model MIT",
    );
}

#[test]
fn a_card_names_itself_or_its_directory_does() {
    check(
        &[
            ("a/README.md", "---\nmodel_name: acme/tiny\nlicense: mit\n---\n"),
            ("models/b/README.md", "---\nmodel_name: tiny-7b\nlicense: mit\n---\n"),
            ("models/c/README.md", "---\nmodel_name: A title of it\nlicense: mit\n---\n"),
            (
                "models/d/x.gguf",
                "gguf:general.license=mit;general.repo_url=https://huggingface.co/acme/d",
            ),
        ],
        "path:models/b model MIT
         path:models/c model MIT
         pkg:huggingface/acme/d in models/d model MIT
         pkg:huggingface/acme/tiny in a model MIT",
    );
}

#[test]
fn two_places_of_one_name_are_one_component_and_may_disagree() {
    check(
        &[
            ("a/README.md", "---\nmodel_name: acme/tiny\nlicense: mit\n---\n"),
            ("b/README.md", "---\nmodel_name: acme/tiny\nlicense: apache-2.0\n---\n"),
        ],
        "pkg:huggingface/acme/tiny in a model MIT AND Apache-2.0 ambiguous: \
         a/README.md says `MIT`, b/README.md says `Apache-2.0`",
    );
}

#[test]
fn what_lies_in_one_directory_is_one_thing() {
    check(
        &[
            ("m/LICENSE", "text:Apache-2.0"),
            ("m/README.md", "---\nlicense: apache-2.0\nbase_model: acme/base\n---\n"),
            (
                "m/adapter_config.json",
                r#"{"peft_type": "LORA", "base_model_name_or_path": "acme/base"}"#,
            ),
            ("m/model.safetensors", r#"safetensors:{"__metadata__":{"license":"apache-2.0"}}"#),
        ],
        "path:m model Apache-2.0",
    );
}

#[test]
fn the_card_above_speaks_for_folders_of_weights() {
    check(
        &[
            ("m/README.md", "---\nlicense: mit\nlibrary_name: diffusers\n---\n"),
            ("m/unet/config.json", r#"{"model_type": "unet"}"#),
            ("m/unet/deep/model.safetensors", "safetensors:{}"),
            ("m/vendor/x/model.safetensors", "safetensors:{}"),
            ("m/lora/adapter_config.json", r#"{"base_model_name_or_path": "acme/base"}"#),
            ("m/own/README.md", "---\nlicense: apache-2.0\nlibrary_name: x\n---\n"),
        ],
        "path:m model MIT
         path:m/lora model MIT
         path:m/own model Apache-2.0
         path:m/vendor/x model ? unknown",
    );
}

#[test]
fn a_card_without_a_license_still_speaks_for_its_weights() {
    check(
        &[
            ("m/README.md", "---\nlibrary_name: diffusers\n---\n"),
            ("m/unet/model.safetensors", "safetensors:{}"),
        ],
        "path:m model ? unknown",
    );
}

#[test]
fn many_models_in_one_folder_are_many() {
    let weights =
        |license: &str| format!(r#"safetensors:{{"__metadata__":{{"license":"{license}"}}}}"#);
    let (mit, other) = (weights("mit"), weights("cc-by-nc-4.0"));
    check(
        &[
            ("loras/a.safetensors", &mit),
            ("loras/b.safetensors", &other),
            ("loras/c.safetensors", "safetensors:{}"),
        ],
        "path:loras model ? unknown
         path:loras/a.safetensors model MIT
         path:loras/b.safetensors model CC-BY-NC-4.0",
    );
    check(
        &[("m/q4.gguf", "gguf:general.license=mit"), ("m/q8.gguf", "gguf:general.license=mit")],
        "path:m model MIT",
    );
}

#[test]
fn a_license_for_the_data_is_not_the_license_of_the_code() {
    check(
        &[
            ("DATA_LICENSE", "text:CC-BY-NC-4.0"),
            ("LICENSE", "text:Apache-2.0"),
            ("README.md", "# Alpaca\n\nSome words.\n"),
            ("WEIGHT_DIFF_LICENSE", "text:CC-BY-NC-4.0"),
            ("datasheet.md", "# Sheet\n\nThe dataset is licensed under the ODC-By-1.0 license.\n"),
        ],
        "path:. code Apache-2.0
         path:DATA_LICENSE dataset CC-BY-NC-4.0 AND ODC-By-1.0 ambiguous: \
         described as `ODC-By-1.0`, but the text beside it is `CC-BY-NC-4.0`
         path:WEIGHT_DIFF_LICENSE model CC-BY-NC-4.0",
    );
}

#[test]
fn a_license_for_the_model_leaves_the_other_to_the_code() {
    check(
        &[
            ("LICENSE", "text:MIT"),
            ("LICENSE_weights", "text:CC-BY-NC-4.0"),
            ("config.json", r#"{"model_type": "x"}"#),
            ("model.safetensors", "safetensors:{}"),
        ],
        "path:. model CC-BY-NC-4.0
         path:LICENSE code MIT",
    );
    check(&[("models/x/MODEL_LICENSE", "text:MIT")], "path:models/x model MIT");
}

#[test]
fn packages_take_what_lies_beside_their_manifests() {
    check(
        &[
            ("LICENSE", "text:MIT"),
            ("README.md", "Words.\n\n## License\n\nMIT\n"),
            ("package.json", r#"{"name": "web", "version": "1.0.0"}"#),
            (
                "pyproject.toml",
                "[project]\nname = \"Web_Py\"\nversion = \"2\"\nlicense = \"MIT\"\n",
            ),
            ("setup.cfg", "[metadata]\nname = web.py\n"),
        ],
        "pkg:npm/web@1.0.0 in . code MIT
         pkg:pypi/web-py@2 in . code MIT",
    );
    check(
        &[
            ("README.md", "---\nlicense: mit\npipeline_tag: text-generation\n---\n"),
            ("pyproject.toml", "[project]\nname = \"tool\"\nlicense = \"Apache-2.0\"\n"),
        ],
        "path:. model MIT
         pkg:pypi/tool in . code Apache-2.0",
    );
}

#[test]
fn source_files_belong_to_the_program_around_them() {
    let loads = "from transformers import AutoModel\nAutoModel.from_pretrained(\"acme/base\")\n";
    check(&[("src/app.py", loads)], "path:. code ? unknown");
    check(
        &[
            ("LICENSE", "text:MIT"),
            ("p/pyproject.toml", "[project]\nname = \"p\"\nlicense = \"MIT\"\n"),
            ("p/src/deep/app.py", loads),
            ("scripts/run.py", loads),
        ],
        "path:. code MIT
         pkg:pypi/p in p code MIT",
    );
}

#[test]
fn members_inherit_from_their_workspace() {
    check(
        &[
            (
                "Cargo.toml",
                "[workspace.package]\nlicense = \"MIT OR Apache-2.0\"\nversion = \"1.2.3\"\n",
            ),
            ("LICENSE-APACHE", "text:Apache-2.0"),
            ("LICENSE-MIT", "text:MIT"),
            (
                "a/Cargo.toml",
                "[package]\nname = \"a\"\nlicense.workspace = true\nversion.workspace = true\n",
            ),
            ("b/Cargo.toml", "[package]\nname = \"b\"\nversion = \"9\"\nlicense = \"MIT\"\n"),
        ],
        "path:. code Apache-2.0 OR MIT
         pkg:cargo/a@1.2.3 in a code Apache-2.0 OR MIT
         pkg:cargo/b@9 in b code MIT",
    );
    check(
        &[("a/Cargo.toml", "[package]\nname = \"a\"\nlicense.workspace = true\n")],
        "pkg:cargo/a in a code ? unknown",
    );
}

#[test]
fn pointers_lead_to_texts_elsewhere() {
    check(
        &[
            ("LICENSES/ISC.txt", "text:ISC"),
            ("legal/EULA.txt", "You may use this. Nothing more is said."),
            (
                "x/a/Cargo.toml",
                "[package]\nname = \"a\"\nlicense-file = \"../../LICENSES/ISC.txt\"\n",
            ),
            ("x/b/Cargo.toml", "[package]\nname = \"b\"\nlicense-file = \"NOWHERE\"\n"),
            (
                "m/README.md",
                "---\nlicense: other\nlicense_name: own\nlicense_link: terms/LICENSE.md\n---\n",
            ),
            ("m/terms/LICENSE.md", "text:OpenSSL"),
        ],
        "path:legal code ? unknown
         path:m model OpenSSL ambiguous: called `own`, and the license beside it is `OpenSSL`
         path:m/terms code OpenSSL
         pkg:cargo/a in x/a code ISC
         pkg:cargo/b in x/b code ? unknown",
    );
}

#[test]
fn texts_in_store_speak_for_nobody() {
    check(
        &[
            ("LICENSE", "text:MIT"),
            ("LICENSES/CC0-1.0.txt", "text:CC0-1.0"),
            ("LICENSES/LicenseRef-Own.txt", "Whatever."),
            ("env/foo_bar-1.2.dist-info/licenses/LICENSE", "text:BSD-3-Clause"),
        ],
        "path:. code MIT
         pkg:pypi/foo-bar@1.2 in env/foo_bar-1.2.dist-info code BSD-3-Clause",
    );
}

#[test]
fn pages_about_licenses_are_no_licenses() {
    check(
        &[
            (
                "docs/ambiguous_license.md",
                "# ambiguous-license\n\nTwo files say different things.\n",
            ),
            ("docs/sam-license.txt", "reading 1\nid sam-license\nwords 1147\n"),
            ("docs/README.md", "# Docs\n\nThe license of a model matters.\n"),
            ("x/LICENSE", "Ask me."),
        ],
        "path:x code ? unknown",
    );
}

#[test]
fn a_card_is_a_card_whatever_its_name() {
    check(
        &[
            ("bart_license_link.md", "---\nlicense: mit\nbase_model: x/y\n---\n"),
            ("LICENSE.md", "---\ntitle: MIT License\nspdx-id: MIT\n---\nCall me.\n"),
        ],
        "path:. code ? unknown
         path:bart_license_link.md model MIT",
    );
}

#[test]
fn what_a_thing_is_its_files_tell_before_its_place() {
    let only = "---\nlicense: mit\n---\n";
    check(
        &[
            ("x/README.md", only),
            ("data/y/README.md", only),
            ("data/z/README.md", "---\nlicense: mit\npipeline_tag: text-generation\n---\n"),
            ("models/space/README.md", "---\nlicense: mit\nsdk: gradio\napp_file: app.py\n---\n"),
            ("q/README.md", "---\nlicense: mit\ntask_categories: [qa]\n---\n"),
            ("r/README.md", "Words.\n\n## License\n\nMIT\n"),
            ("corpora/LICENSE", "text:MIT"),
        ],
        "path:corpora dataset MIT
         path:data/y dataset MIT
         path:data/z model MIT
         path:models/space code MIT
         path:q dataset MIT
         path:r code MIT
         path:x model MIT",
    );
}

/// Files that touch every way in which things are grouped.
const MIXED: &[(&str, &str)] = &[
    ("Cargo.toml", "[workspace.package]\nlicense = \"MIT\"\n"),
    ("DATA_LICENSE", "text:CC-BY-NC-4.0"),
    ("LICENSE", "text:MIT"),
    ("README.md", "## License\n\nMIT\n"),
    ("a/Cargo.toml", "[package]\nname = \"a\"\nlicense.workspace = true\n"),
    ("datasheet.md", "The dataset is licensed under MIT.\n"),
    ("m/README.md", "---\nlicense: mit\nbase_model: acme/base\n---\n"),
    ("m/sub/adapter_config.json", r#"{"base_model_name_or_path": "acme/base"}"#),
    ("m/x.gguf", "gguf:general.license=apache-2.0;general.name=X"),
    ("n/README.md", "---\nlicense: [mit, other]\nmodel_name: acme/base\n---\n"),
    ("o/README.md", "---\nlicense: apache-2.0\nmodel_name: acme/base\n---\n"),
];

proptest! {
    #[test]
    fn the_order_in_which_files_are_read_does_not_matter(
        order in Just((0..MIXED.len()).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let lines = |order: &[usize]| {
            let (sources, readings) = read(MIXED);
            let readings = order.iter().map(|it| readings[*it].clone()).collect();
            let inventory = identify(readings, &sources, &Library::embedded());
            let claims = |it: &caveat_core::inventory::Component| {
                format!("{:?}", it.claims.iter().map(|it| it.raw.at).collect::<Vec<_>>())
            };
            let components = inventory.components.values();
            components.map(|it| component(it) + &claims(it)).collect::<Vec<_>>()
        };
        prop_assert_eq!(lines(&order), lines(&(0..MIXED.len()).collect::<Vec<_>>()));
    }
}
