//! The same duties done in other ways: a repository of the hub, names in titles, credits in pages
//! and sentences, texts and notices of a whole product, choices of licenses.

use super::Edit::{Drop, Swap};
use super::Text::{Is, Of, Own};
use super::{Fixture, Mutant, TEXT, UNMET, check};

const CARD: &str = "README.md";
const LLAMA: &str = "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta \
                     Platforms, Inc. All Rights Reserved.\n";
const GEMMA: &str = "Gemma is provided under and subject to the Gemma Terms of Use found at \
                     ai.google.dev/gemma/terms\n";

#[test]
fn a_repository_of_the_hub_is_called_as_its_page_is_headed() {
    check(&Fixture {
        uses: "[\"distribute-weights\"]",
        policy: "",
        files: &[
            (
                CARD,
                Is("---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct\n---\n\n\
                    # Llama-Harbor-8B\n\nFine-tuned on radio calls. **Built with Llama.**\n"),
            ),
            ("LICENSE", Of("kb/texts/llama3.1.txt")),
            ("NOTICE", Is(LLAMA)),
            ("USE_POLICY.md", Of("kb/texts/llama3.1-use-policy.txt")),
        ],
        mutants: &[
            Mutant(Drop("LICENSE"), TEXT, CARD, "without the text"),
            Mutant(Drop("NOTICE"), UNMET, CARD, "no notice"),
            Mutant(Swap(CARD, "Built with Llama", "Built with care"), UNMET, CARD, "Built with"),
            Mutant(Swap(CARD, "# Llama-Harbor-8B", "# Harbor-8B"), UNMET, CARD, "\"Harbor-8B\""),
        ],
    });
    // A title that is no name tells nothing, and neither does the scanned folder.
    check(&Fixture {
        uses: "[\"distribute-weights\"]",
        policy: "",
        files: &[
            (
                CARD,
                Is(
                    "---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B\n---\n# Overview\n\
                    Fine-tuned. Built with Llama.\n",
                ),
            ),
            ("LICENSE.txt", Of("kb/texts/llama3.1.txt")),
            ("NOTICE.md", Is(LLAMA)),
        ],
        mutants: &[],
    });
}

#[test]
fn results_of_a_model_name_it_too() {
    const CARD: &str = "models/tuned/README.md";
    check(&Fixture {
        uses: "[\"distribute-weights\"]",
        policy: "",
        files: &[
            (
                CARD,
                Is(
                    "---\nlicense: llama3.1\nbase_model:\n- meta-llama/Llama-3.1-8B\nmodel-index:\n\
                    - name: Llama-tide-8b\n  results: []\n---\nTuned. Built with Llama\n",
                ),
            ),
            ("models/tuned/LICENSE", Of("kb/texts/llama3.1.txt")),
            ("models/tuned/THIRD_PARTY_NOTICES", Is(LLAMA)),
        ],
        mutants: &[
            Mutant(Swap(CARD, "Llama-tide-8b", "tide-8b"), UNMET, CARD, "\"tide-8b\""),
            Mutant(Drop("models/tuned/THIRD_PARTY_NOTICES"), UNMET, CARD, "no notice"),
        ],
    });
}

#[test]
fn a_service_shows_its_credit_on_a_page_and_binds_its_users() {
    check(&Fixture {
        uses: "[\"saas\"]",
        policy: "",
        files: &[
            ("models/llama/README.md", Is("---\nlicense: llama3.1\n---\n")),
            (
                "site/about/index.html",
                Is("<footer>Built&nbsp;with <a href=\"https://llama.com\">Llama</a></footer>\n"),
            ),
        ],
        mutants: &[Mutant(
            Drop("site/about/index.html"),
            UNMET,
            "models/llama/README.md",
            "Built with Llama",
        )],
    });
    check(&Fixture {
        uses: "[\"saas\"]",
        policy: "",
        files: &[
            ("models/gemma/README.md", Is("---\nlicense: gemma\n---\n")),
            ("models/gemma/LICENSE", Of("kb/texts/gemma.txt")),
            (
                "TERMS_OF_USE.md",
                Is("# Terms\n\nThe Gemma Prohibited Use Policy binds you \
                    (https://ai.google.dev/gemma/prohibited_use_policy).\n"),
            ),
        ],
        mutants: &[Mutant(
            Swap(
                "TERMS_OF_USE.md",
                "Gemma Prohibited Use Policy binds you \
                 (https://ai.google.dev/gemma/prohibited_use_policy)",
                "law binds you",
            ),
            UNMET,
            "TERMS_OF_USE.md",
            "forbids",
        )],
    });
}

#[test]
fn a_program_tells_of_all_its_parts_in_one_place() {
    const NOTICES: &str = "THIRD_PARTY_NOTICES.md";
    check(&Fixture {
        uses: "[\"distribute-binary\"]",
        policy: "",
        files: &[
            ("assets/gemma/README.md", Is("---\nlicense: gemma\n---\n")),
            ("licenses/gemma.txt", Of("kb/texts/gemma.txt")),
            (NOTICES, Is(GEMMA)),
            ("legal/EULA.md", Is("You keep to ai.google.dev/gemma/prohibited_use_policy.\n")),
        ],
        mutants: &[
            Mutant(Drop(NOTICES), UNMET, "assets/gemma/README.md", "no notice"),
            Mutant(Drop("licenses/gemma.txt"), TEXT, "assets/gemma/README.md", "text"),
        ],
    });
    check(&Fixture {
        uses: "[\"distribute-binary\"]",
        policy: "",
        files: &[
            (
                "third_party/harbor/setup.cfg",
                Is("[metadata]\nname = harbor\nversion = 1.0\nlicense = Apache-2.0\n"),
            ),
            ("third_party/harbor/LICENSE", Own("LICENSE-APACHE")),
            (
                "third_party/harbor/harbor.py",
                Is("# Copyright 2024 The Harbor Authors. See the NOTICE file.\n"),
            ),
            (NOTICES, Is("# harbor\n\nHarbor\nCopyright 2024 The Harbor Authors\n")),
        ],
        mutants: &[Mutant(Drop(NOTICES), UNMET, "third_party/harbor/harbor.py", "NOTICE")],
    });
}

#[test]
fn a_card_and_not_the_license_is_where_something_can_be_done() {
    const CARD: &str = "weights/k2/README.md";
    check(&Fixture {
        uses: "[\"saas\", \"distribute-weights\"]",
        policy: "",
        files: &[
            (
                CARD,
                Is("---\nlicense: other\nlicense_name: modified-mit\nlicense_link: LICENSE\n---\n"),
            ),
            ("weights/k2/LICENSE", Of("kb/texts/kimi-k2-modified-mit.txt")),
            ("ui/strings/en.properties", Is("credit=Powered by Kimi K2\n")),
        ],
        mutants: &[Mutant(
            Swap("ui/strings/en.properties", "Kimi K2", "care"),
            UNMET,
            CARD,
            "Kimi K2",
        )],
    });
}

#[test]
fn who_made_it_may_be_said_in_a_sentence() {
    const CARD: &str = "data/shore/README.md";
    check(&Fixture {
        uses: "[\"distribute-weights\"]",
        policy: "",
        files: &[(
            CARD,
            Is("---\nlicense: cc-by-4.0\ntask_categories: [other]\n---\n# Shore\n\nThis set, \
                created by Jane Doe, is under https://creativecommons.org/licenses/by/4.0/deed.en\n"),
        )],
        mutants: &[Mutant(Swap(CARD, "created by Jane Doe", "a set"), UNMET, CARD, "who made")],
    });
    check(&Fixture {
        uses: "[\"distribute-weights\"]",
        policy: "",
        files: &[(
            "README.md",
            Is("---\nlicense: cc-by-4.0\nbase_model: lumen-labs/tern-7b\n---\nFine-tuned from \
                lumen-labs/tern-7b, https://creativecommons.org/licenses/by/4.0/\n"),
        )],
        mutants: &[
            Mutant(Swap("README.md", "Fine-tuned from", "See"), UNMET, "README.md", "changed"),
            Mutant(Swap("README.md", "lumen-labs/tern-7b,", "it:"), UNMET, "README.md", "who made"),
        ],
    });
}

#[test]
fn of_a_choice_the_license_is_taken_whose_text_is_there() {
    const PACKAGE: &str = "vendor/dual/Cargo.toml";
    const MANIFEST: &str =
        "[package]\nname = \"dual\"\nversion = \"1.0.0\"\nlicense = \"Apache-2.0 OR MIT\"\n";
    check(&Fixture {
        uses: "[\"distribute-binary\"]",
        policy: "",
        files: &[(PACKAGE, Is(MANIFEST)), ("vendor/dual/LICENSE-MIT", Own("LICENSE-MIT"))],
        mutants: &[Mutant(Drop("vendor/dual/LICENSE-MIT"), TEXT, PACKAGE, "Apache")],
    });
    check(&Fixture {
        uses: "[\"distribute-binary\"]",
        policy: "[choose]\nprefer = [\"Apache-2.0\"]\n",
        files: &[
            (PACKAGE, Is(MANIFEST)),
            ("vendor/dual/LICENSE-APACHE", Own("LICENSE-APACHE")),
            ("vendor/dual/LICENSE-MIT", Own("LICENSE-MIT")),
        ],
        mutants: &[Mutant(Drop("vendor/dual/LICENSE-APACHE"), TEXT, PACKAGE, "Apache")],
    });
}
