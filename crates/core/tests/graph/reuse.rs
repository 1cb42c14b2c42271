//! REUSE: words that stand beside files are theirs.

use crate::tree::check;

const TOML: &str = "version = 1\n\
    [[annotations]]\npath = \"**\"\nSPDX-License-Identifier = \"MIT\"\n\
    [[annotations]]\npath = [\"data/*.csv\", \"data/x/**/*.csv\"]\nSPDX-License-Identifier = \"CC-BY-4.0\"\n\
    [[annotations]]\npath = \"src/a.c\"\nSPDX-License-Identifier = [\"MIT\"]\n\
    [[annotations]]\npath = \"src/b.c\"\nSPDX-License-Identifier = [\"ISC\", \"Zlib\"]\n\
    [[annotations]]\npath = \"models/*\"\nprecedence = \"override\"\nSPDX-License-Identifier = \"Apache-2.0\"\n";

#[test]
fn annotations_speak_for_folders_weights_and_parts() {
    check(
        &[
            ("REUSE.toml", TOML),
            ("package.json", r#"{"name": "app", "version": "1"}"#),
            ("LICENSES/MIT.txt", "text:MIT"),
            ("models/a.safetensors", "safetensors:{}"),
        ],
        "path:data/*.csv dataset CC-BY-4.0
         path:models model Apache-2.0
         path:src/b.c code ISC AND Zlib
         pkg:npm/app@1 in . code MIT",
    );
}

#[test]
fn a_file_beside_weights_is_about_them_and_nothing_else() {
    let adapter = r#"{"peft_type": "LORA", "base_model_name_or_path": "acme/tiny"}"#;
    check(
        &[
            ("a/adapter_config.json", adapter),
            ("a/model.safetensors", r#"safetensors:{"__metadata__": {"format": "pt"}}"#),
            (
                "a/model.safetensors.license",
                "SPDX-FileCopyrightText: x\n\nSPDX-License-Identifier: MIT \n",
            ),
            ("b/one.gguf", "gguf:general.name=One"),
            ("b/one.gguf.license", "/* SPDX-License-Identifier: MIT OR ISC */"),
            ("b/two.gguf", "gguf:general.name=Two"),
            ("pictures/a.png.license", "SPDX-License-Identifier: CC0-1.0"),
            ("pictures/b.png.license", "SPDX-License-Identifier: CC0-1.0"),
            ("pictures/c.png.license", "text:Zlib"),
        ],
        "path:a model MIT
         path:b/one.gguf model ISC OR MIT
         path:b/two.gguf model ? unknown
         path:pictures/a.png document CC0-1.0
         path:pictures/c.png document Zlib",
    );
}

#[test]
fn the_nearest_speaks_unless_one_overrides_or_adds() {
    let toml = |path: &str, precedence: &str, license: &str| {
        format!(
            "[[annotations]]\npath = \"{path}\"\nprecedence = \"{precedence}\"\nSPDX-License-Identifier = \"{license}\"\n"
        )
    };
    let own = r#"safetensors:{"__metadata__": {"license": "mit"}}"#;
    let bare = "safetensors:{}";
    for (outer, inner, weights, expected) in [
        ("closest", "closest", bare, "ISC"),
        ("closest", "closest", own, "MIT"),
        ("override", "closest", bare, "Zlib"),
        (
            "override",
            "closest",
            own,
            "Zlib AND MIT ambiguous: REUSE.toml says `Zlib`, m/a.safetensors says `MIT`",
        ),
        ("closest", "override", bare, "ISC"),
        (
            "closest",
            "aggregate",
            own,
            "ISC AND MIT ambiguous: m/REUSE.toml says `ISC`, m/a.safetensors says `MIT`",
        ),
    ] {
        let files = [
            ("REUSE.toml", &*toml("**/a.*", outer, "Zlib")),
            ("m/REUSE.toml", &toml("a.safetensors", inner, "ISC")),
            ("m/a.safetensors", weights),
        ];
        check(&files, &format!("path:m model {expected}"));
    }
}

#[test]
fn the_older_form_is_read_from_the_root() {
    let dep5 = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n\
        Files: media/* *.svg\nCopyright: x\nLicense: CC-BY-4.0\n\nFiles: lone.csv\nLicense: ODbL-1.0\n text\n";
    check(
        &[(".reuse/dep5", dep5), ("media/m.gguf", "gguf:general.name=One")],
        "path:**.svg document CC-BY-4.0
         path:lone.csv dataset ODbL-1.0
         path:media model CC-BY-4.0",
    );
}
