//! A project for a license of each family, with texts of the shared material.

use super::Edit::{Drop, Swap};
use super::Text::{Is, Of, Own};
use super::{Fixture, Mutant, TEXT, UNMET, check};

#[test]
fn a_community_license_wants_text_notice_credit_and_name() {
    check(&Fixture {
        uses: "[\"distribute-weights\", \"fine-tune\"]",
        policy: "",
        files: &[
            (
                "models/tutor/README.md",
                Is("---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct\n\
                    model_name: acme/Llama-tutor\n---\nFine-tuned for lessons. Built with Llama.\n"),
            ),
            ("models/tutor/LICENSE", Of("kb/texts/llama3.1.txt")),
            (
                "models/tutor/Notice.txt",
                Is(
                    "Llama 3.1 is licensed under the\n> *Llama 3.1 Community License*, Copyright (c) \
                    Meta Platforms, Inc.  All Rights Reserved.\n",
                ),
            ),
        ],
        mutants: &[
            Mutant(
                Drop("models/tutor/LICENSE"),
                TEXT,
                "models/tutor/README.md",
                "without the text",
            ),
            Mutant(Drop("models/tutor/Notice.txt"), UNMET, "models/tutor/README.md", "no notice"),
            Mutant(
                Swap("models/tutor/Notice.txt", "Platforms", "Plattforms"),
                UNMET,
                "models/tutor/Notice.txt",
                "does not say",
            ),
            Mutant(
                Swap("models/tutor/README.md", "acme/Llama-tutor", "acme/tutor"),
                UNMET,
                "models/tutor/README.md",
                "does not begin with \"Llama\"",
            ),
            Mutant(
                Swap("models/tutor/README.md", "Built with Llama", "Built with care"),
                UNMET,
                "models/tutor/README.md",
                "\"Built with Llama\" is in no text",
            ),
        ],
    });
}

#[test]
fn terms_that_must_flow_down_are_looked_for_in_ours() {
    check(&Fixture {
        uses: "[\"distribute-weights\"]",
        policy: "[[met]]\nobligation = \"pass-on-use-restrictions\"\nproduct = \"app\"\n\
                 at = [{ path = \"legal/terms.md\", contains = \"prohibited_use_policy\" }]\n",
        files: &[
            (
                "models/harbor/README.md",
                Is(
                    "---\nlicense: gemma\nbase_model: google/gemma-3-4b-it\n---\nFine-tuned by us.\n",
                ),
            ),
            ("models/harbor/LICENSE", Of("kb/texts/gemma.txt")),
            (
                "models/harbor/Notice",
                Is("Gemma is provided under and subject to the Gemma Terms of Use found at \
                    ai.google.dev/gemma/terms\n"),
            ),
            ("legal/terms.md", Is("You follow ai.google.dev/gemma/prohibited_use_policy.\n")),
        ],
        mutants: &[
            Mutant(
                Drop("models/harbor/LICENSE"),
                TEXT,
                "models/harbor/README.md",
                "without the text",
            ),
            Mutant(Drop("models/harbor/Notice"), UNMET, "models/harbor/README.md", "no notice"),
            Mutant(
                Swap("models/harbor/README.md", "Fine-tuned by us", "Ours"),
                UNMET,
                "models/harbor/README.md",
                "that it was changed",
            ),
            Mutant(
                Swap("legal/terms.md", "prohibited_use", "x"),
                UNMET,
                "legal/terms.md",
                "forbids",
            ),
            Mutant(Drop("legal/terms.md"), UNMET, "caveat.toml", "there is no `legal/terms.md`"),
        ],
    });
}

#[test]
fn a_responsible_license_wants_its_text_and_a_word_on_changes() {
    check(&Fixture {
        uses: "[\"distribute-weights\"]",
        policy: "",
        files: &[
            (
                "models/a/README.md",
                Is(
                    "---\nlicense: bigscience-openrail-m\nbase_model: acme/base\n---\n# harbor-tuned\n\nAdapted by us.\n",
                ),
            ),
            ("models/a/LICENSE", Of("kb/texts/bigscience-openrail-m.txt")),
        ],
        mutants: &[
            Mutant(Drop("models/a/LICENSE"), TEXT, "models/a/README.md", "without the text"),
            Mutant(
                Swap("models/a/README.md", "Adapted", "Made"),
                UNMET,
                "models/a/README.md",
                "changed",
            ),
        ],
    });
    check(&Fixture {
        uses: "[\"distribute-weights\"]",
        policy: "",
        files: &[
            (
                "models/b/README.md",
                Is(
                    "---\nlicense: bigcode-openrail-m\nbase_model: acme/base\n---\nFine-tuned by us. \
                    It writes small programs from a line of text, and it was measured on two sets of tasks, where it did a little better than the model that it \
                    began as. It should not be asked for anything that has to be right at once.\n",
                ),
            ),
            ("models/b/LICENSE.txt", Of("kb/texts/bigcode-openrail-m.txt")),
        ],
        mutants: &[
            Mutant(Drop("models/b/LICENSE.txt"), TEXT, "models/b/README.md", "without the text"),
            Mutant(
                Swap("models/b/README.md", "Fine-tuned by", "By"),
                UNMET,
                "models/b/README.md",
                "changed",
            ),
            Mutant(
                Swap(
                    "models/b/README.md",
                    "measured on two sets of tasks, where it did a little better than the model that it",
                    "so",
                ),
                UNMET,
                "models/b/README.md",
                "documentation",
            ),
        ],
    });
}

#[test]
fn a_credit_past_a_size_is_looked_for_in_what_the_product_shows() {
    check(&Fixture {
        uses: "[\"saas\", \"distribute-weights\"]",
        policy: "",
        files: &[
            (
                "models/k/README.md",
                Is(
                    "---\nlicense: other\nlicense_name: kimi-k2-modified-mit\nlicense_link: LICENSE\n---\n",
                ),
            ),
            ("models/k/LICENSE", Of("kb/texts/kimi-k2-modified-mit.txt")),
            ("web/footer.tsx", Is("export const Footer = () => <p>Runs on <b>Kimi K2</b></p>;\n")),
            ("web/load.py", Is("load(\"moonshotai/Kimi-K2-Instruct\")\n")),
        ],
        mutants: &[
            Mutant(Drop("models/k/LICENSE"), TEXT, "models/k/README.md", "without the text"),
            Mutant(
                Swap("models/k/LICENSE", "Copyright (c) 2025 Moonshot AI\n", ""),
                UNMET,
                "models/k/LICENSE",
                "credit",
            ),
            Mutant(
                Swap("web/footer.tsx", "Kimi K2", "care"),
                UNMET,
                "models/k/README.md",
                "Kimi K2",
            ),
        ],
    });
}

#[test]
fn a_license_of_qwen_wants_its_own_notice() {
    const NOTICE: &str = "models/m/Notice.txt";
    const CARD: &str = "models/m/README.md";
    check(&Fixture {
        uses: "[\"distribute-weights\"]",
        policy: "",
        files: &[
            (
                "models/m/README.md",
                Is("---\nlicense: other\nlicense_name: qwen\nlicense_link: LICENSE\n\
                    base_model: Qwen/Qwen2.5-72B-Instruct\n---\nFine-tuned. Improved using Qwen.\n"),
            ),
            ("models/m/LICENSE", Of("kb/texts/qwen.txt")),
            (
                "models/m/Notice.txt",
                Is(
                    "Qwen is licensed under the Qwen LICENSE AGREEMENT, Copyright (c) Alibaba Cloud. All \
                    Rights Reserved.\n",
                ),
            ),
        ],
        mutants: &[
            Mutant(Drop(NOTICE), UNMET, CARD, "no notice"),
            Mutant(Swap(CARD, "Improved using Qwen", "Better"), UNMET, CARD, "Built with Qwen"),
            Mutant(Swap(CARD, "Fine-tuned", "Ours"), UNMET, CARD, "changed"),
        ],
    });
}

#[test]
fn a_license_of_hunyuan_wants_its_own_notice() {
    const NOTICE: &str = "models/m/Notice.txt";
    const CARD: &str = "models/m/README.md";
    check(&Fixture {
        uses: "[\"distribute-weights\"]",
        policy: "",
        files: &[
            (
                "models/m/README.md",
                Is("---\nlicense: other\nlicense_name: tencent-hunyuan-3d-2.0-community\n\
                    license_link: LICENSE\nbase_model: tencent/Hunyuan3D-2\n---\nRetrained by us.\n"),
            ),
            ("models/m/LICENSE", Of("kb/texts/hunyuan-3d-2.0-community.txt")),
            (
                "models/m/Notice.txt",
                Is(
                    "Tencent Hunyuan 3D 2.0 is licensed under the Tencent Hunyuan 3D 2.0 Community License \
                    Agreement, Copyright © 2025 Tencent. All Rights Reserved. The trademark rights of \
                    \"Tencent Hunyuan\" are owned by Tencent or its affiliate.\n",
                ),
            ),
        ],
        mutants: &[
            Mutant(Drop(NOTICE), UNMET, CARD, "no notice"),
            Mutant(Swap(NOTICE, "2025 ", ""), UNMET, NOTICE, "does not say"),
            Mutant(Swap(CARD, "Retrained", "Made"), UNMET, CARD, "changed"),
        ],
    });
}

#[test]
fn a_license_of_stability_wants_its_own_notice() {
    const NOTICE: &str = "models/m/Notice.txt";
    const CARD: &str = "models/m/README.md";
    check(&Fixture {
        uses: "[\"distribute-weights\"]",
        policy: "",
        files: &[
            (
                "models/m/README.md",
                Is(
                    "---\nlicense: other\nlicense_name: stabilityai-ai-community\nlicense_link: LICENSE\n\
                    base_model: stabilityai/stable-diffusion-3.5-large\n---\nModified: see below. Powered \
                    by Stability AI\n",
                ),
            ),
            ("models/m/LICENSE", Of("kb/texts/stability-community.txt")),
            (
                "models/m/Notice.txt",
                Is(
                    "This Stability AI Model is licensed under the Stability AI Community License, \
                    Copyright © Stability AI Ltd. All Rights Reserved\n",
                ),
            ),
        ],
        mutants: &[
            Mutant(Drop(NOTICE), UNMET, CARD, "no notice"),
            Mutant(Swap(CARD, "Powered", "Made"), UNMET, CARD, "Powered by Stability AI"),
            Mutant(Swap(CARD, "Modified", "Ours"), UNMET, CARD, "changed"),
        ],
    });
}

#[test]
fn data_wants_its_makers_named_and_an_address_of_its_license() {
    const CARD: &str = "data/shore/README.md";
    check(&Fixture {
        uses: "[\"distribute-weights\"]",
        policy: "",
        files: &[(
            "data/shore/README.md",
            Is(
                "---\nlicense: cc-by-4.0\ntask_categories: [image-classification]\n---\nPhotos of the \
                shore.\n\nCreated by the Shore Collective.\n\n\
                Under https://creativecommons.org/licenses/by/4.0/\n",
            ),
        )],
        mutants: &[
            Mutant(
                Swap(CARD, "https://creativecommons.org/licenses/by/4.0/", "it"),
                TEXT,
                CARD,
                "text",
            ),
            Mutant(Swap(CARD, "Created by the Shore Collective.", ""), UNMET, CARD, "who made it"),
        ],
    });
}

#[test]
fn code_of_others_keeps_what_it_came_with() {
    const MANIFEST: &str =
        "[package]\nname = \"harbor\"\nversion = \"1.0.0\"\nlicense = \"Apache-2.0\"\n";
    const PACKAGE: &str = "vendor/harbor/Cargo.toml";
    check(&Fixture {
        uses: "[\"distribute-binary\"]",
        policy: "",
        files: &[
            ("vendor/harbor/Cargo.toml", Is(MANIFEST)),
            ("vendor/harbor/LICENSE", Own("LICENSE-APACHE")),
            ("vendor/harbor/NOTICE", Is("Harbor\nCopyright 2024 The Harbor Authors\n")),
            (
                "vendor/harbor/src/lib.rs",
                Is(
                    "// Copyright 2024 The Harbor Authors\n// See the NOTICE file distributed with this \
                    work.\n",
                ),
            ),
        ],
        mutants: &[
            Mutant(Drop("vendor/harbor/LICENSE"), TEXT, PACKAGE, "without the text"),
            Mutant(Drop("vendor/harbor/NOTICE"), UNMET, "vendor/harbor/src/lib.rs", "NOTICE"),
        ],
    });
}

#[test]
fn code_of_others_has_its_source_offered() {
    check(&Fixture {
        uses: "[\"distribute-binary\"]",
        policy: "",
        files: &[
            (
                "vendor/tide/Cargo.toml",
                Is("[package]\nname = \"tide\"\nversion = \"1.0.0\"\nlicense = \"MPL-2.0\"\n"),
            ),
            (
                "vendor/tide/LICENSE",
                Of("corpora/license-files/licenseclassifier/assets/License/MPL-2.0/pristine.txt"),
            ),
            ("THIRD-PARTY-NOTICES.txt", Is("tide: its source code is available at tide.example\n")),
        ],
        mutants: &[
            Mutant(Drop("vendor/tide/LICENSE"), TEXT, "vendor/tide/Cargo.toml", "without the text"),
            Mutant(Drop("THIRD-PARTY-NOTICES.txt"), UNMET, "vendor/tide/Cargo.toml", "source"),
        ],
    });
    check(&Fixture {
        uses: "[\"distribute-binary\"]",
        policy: "",
        files: &[
            (
                "vendor/gale/Cargo.toml",
                Is("[package]\nname = \"gale\"\nversion = \"1.0.0\"\nlicense = \"GPL-3.0-only\"\n"),
            ),
            (
                "vendor/gale/COPYING",
                Of("corpora/license-files/licenseclassifier/assets/License/GPL-3.0/license.txt"),
            ),
            ("vendor/gale/src/lib.rs", Is("// Copyright (C) 2024 Gale Makers\n")),
            (
                "legal/source-offer.txt",
                Is("A written offer: the source of gale, for three years.\n"),
            ),
        ],
        mutants: &[
            Mutant(Drop("vendor/gale/COPYING"), TEXT, "vendor/gale/Cargo.toml", "without the text"),
            Mutant(
                Swap("vendor/gale/src/lib.rs", "Copyright (C) 2024 Gale Makers", "gale"),
                UNMET,
                "vendor/gale/Cargo.toml",
                "who made it",
            ),
            Mutant(Drop("legal/source-offer.txt"), UNMET, "vendor/gale/Cargo.toml", "source"),
        ],
    });
}
