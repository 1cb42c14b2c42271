//! Ten findings that people meet most, each with all that they need to act: what is wrong, the line
//! to change, the clause, the fact, the line of the policy, and what to do, cheapest first.

use crate::project::Project;

const POLICY: &str = r#"
caveat = 1

[org]
commercial = true
domicile   = "US"
markets    = ["US", "EU"]

[[org.facts]]
as-of  = 2024-12-31
mau    = 1_300_000
source = "finance/kpi-2024-12.pdf"

[[org.facts]]
as-of = 2026-10-31
mau   = 2_000_000

[[product]]
name  = "api"
paths = ["services/**", "models/**"]
uses  = ["saas"]

[[product]]
name  = "desktop"
paths = ["apps/**"]
uses  = ["distribute-binary"]

[[product]]
name  = "training"
paths = ["train/**", "data/**"]
uses  = ["train-from-data"]
feeds = ["api"]

[[product]]
name  = "release"
paths = ["release/**"]
uses  = ["distribute-weights"]

[rules]
unknown = "deny"

[rules.code]
allow = ["permissive"]
deny  = ["strong-reciprocal", "network-reciprocal"]

[rules.model]
allow = ["permissive", "use-restricted", "revocable-remotely"]
test  = ["scale-capped", "territorial"]
deny  = ["non-commercial"]

[rules.dataset]
deny = ["non-commercial"]

[[rule]]
id      = "gpl-on-servers"
kind    = "code"
use     = "saas"
tag     = "strong-reciprocal"
verdict = "allow"
because = "Conveyed to nobody."

[[clarify]]
package  = "pkg:cargo/spoke@0.3"
license  = "MIT"
evidence = [{ path = "LICENSE", sha256 = "b37b559703b7b48fb1df1b1a51e4f0cd1d3c4bb3ab7e0b8b6b0d7c1e1d9f0a11" }]
because  = "Read by counsel."
owner    = "legal@acme.example"

[[exception]]
id       = "EX-9"
path     = "services/vendor/press"
allow    = ["network-reciprocal"]
because  = "Unmodified, behind a queue."
owner    = "dana@acme.example"
approved = { by = "counsel@acme.example", on = 2026-01-14, ticket = "LEG-455" }
expires  = 2026-11-10
"#;

const PIPELINE: &str = "from diffusers import FluxPipeline\n\
    pipe = FluxPipeline.from_pretrained(\"black-forest-labs/FLUX.1-dev\")\n";

fn repository() -> Project {
    let manifest = |name, license, needs: &str| {
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.3.0\"\nlicense = \"{license}\"\n{needs}"
        )
    };
    Project::of("caveat.toml", POLICY)
        .with("services/render.py", PIPELINE)
        .with(
            "models/shapes/README.md",
            "---\nlicense: other\nlicense_name: tencent-hunyuan-3d-2.0-community\n---\n",
        )
        .with("models/harbor/base/README.md", "---\nlicense: gemma\n---\n")
        .with(
            "release/support/README.md",
            "---\nlicense: apache-2.0\nbase_model: harbor/base\n\
             base_model_relation: finetune\n---\n",
        )
        .with(
            "release/assistant-8b/README.md",
            "---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct\n\
             base_model_relation: finetune\n---\n# assistant-8b\n",
        )
        .with("release/about.html", "<p>Built with Llama</p>\n")
        .with("models/asr/README.md", "---\nlicense: other\nlicense_link: ./MODEL_LICENSE\n---\n")
        .with("data/acme/reviews/README.md", "---\nlicense: cc-by-nc-4.0\n---\n")
        .with("train/rank/README.md", "---\nlicense: apache-2.0\ndatasets:\n- acme/reviews\n---\n")
        .with(
            "apps/desktop/Cargo.toml",
            manifest("desktop", "MIT", "[dependencies]\nui = \"0.3\"\n"),
        )
        .with("apps/vendor/ui/Cargo.toml", manifest("ui", "MIT", "[dependencies]\nsvg = \"0.3\"\n"))
        .with("apps/vendor/svg/Cargo.toml", manifest("svg", "GPL-3.0-only", ""))
        .with(
            "services/vendor/press/package.json",
            "{ \"name\": \"press\", \"version\": \"1.0.0\", \"license\": \"AGPL-3.0-only\" }\n",
        )
        .with(
            "services/vendor/spoke/Cargo.toml",
            "[package]\nname = \"spoke\"\nversion = \"0.3.1\"\n",
        )
        .with("services/vendor/spoke/LICENSE", "Other words.\n")
}

/// What each finding has to say, by the beginning of its first line.
const SAYS: &[(&str, &[&str])] = &[
    (
        "error[denied-license]: `black-forest-labs/FLUX.1-dev`",
        &[
            "services/render.py:2:38",
            "(§1.c, §2.b, §4.a(i))",
            "of what it puts out:",
            "[rules.model] deny = [\"non-commercial\"]; product `api` (saas, commercial)",
            "= help: use `black-forest-labs/FLUX.1-schnell`, which its publisher has under Apache-2.0",
            "caveat except black-forest-labs/FLUX.1-dev --product api --allow \
             non-commercial",
        ],
    ),
    (
        "error[over-threshold]: `models/shapes`",
        &[
            "(§4)",
            "1,300,000 monthly active users as of 2024-12-31 (finance/kpi-2024-12.pdf)",
            "2,000,000 of 2026-10-31 were not used: this license looks at 2025-01-21 only",
            "= help: ask the licensor for a license",
        ],
    ),
    (
        "error[outside-territory]: `models/shapes`",
        &[
            "and you serve EU",
            "§5.c",
            "markets = US, EU; `domicile` is not asked by this license (caveat.toml:7)",
            "= help: use it in a product whose `markets` leave these places out",
        ],
    ),
    (
        "error[looser-than-upstream]: `release/support` is labelled Apache-2.0",
        &[
            "`release/support` is fine-tuned from",
            "Gemma Terms of Use",
            "§3.1",
            "= help: `caveat fix` does it: state `license: gemma`",
        ],
    ),
    (
        "error[unmet-obligation]: `release/assistant-8b` goes out without the notice",
        &[
            "license text no · notice no · \"Built with Llama\" yes (release/about.html:1) · name no",
            "\"Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta",
            "(§1.b.iii)",
            "caveat.toml:37 product `release` has uses = [\"distribute-weights\"]",
            "= help: `caveat fix` does it: write into `release/assistant-8b/Notice.txt`",
        ],
    ),
    (
        "review[unmet-obligation]: `release/assistant-8b` is not named as Llama 3.1",
        &["(§1.b.i last sentence)", "= help: rename it, as in \"Llama-assistant-8b\""],
    ),
    (
        "error[unknown-license]: no license can be established for `models/asr`",
        &[
            "no license text that can be named is at `./MODEL_LICENSE`",
            "not looked: the network",
            "[rules] unknown = \"deny\"",
            "= help: put the text at ./MODEL_LICENSE",
        ],
    ),
    (
        "error[denied-license]: `data/acme/reviews`",
        &[
            "product `training`, which feeds `api` (train-from-data, commercial)",
            "whether this binds the weights is unsettled",
            "so this is your policy's stance",
        ],
    ),
    (
        "error[denied-license]: `svg` is under GNU GPL v3.0 only",
        &[
            "--> apps/desktop/Cargo.toml:6:1",
            "`desktop` depends on `ui`",
            "`svg` states `GPL-3.0-only` (apps/vendor/svg/Cargo.toml:4)",
            "`ui` depends on `svg` (apps/vendor/ui/Cargo.toml:6)",
            "in product `api` it may pass: rule `gpl-on-servers`",
            "= help: leave it out, or let it run as a program of its own",
        ],
    ),
    (
        "error[expired-exception]: exception EX-9 expired 12 days ago",
        &[
            "owner dana@acme.example, approved LEG-455",
            "`press` stands again: network-reciprocal of AGPL-3.0-only is denied",
            "caveat renew EX-9",
        ],
    ),
    (
        "error[stale-clarification]: the clarification for `spoke` has no effect",
        &["its SHA-256 is now", "it was read with SHA-256 b37b5597"],
    ),
];

#[test]
fn each_finding_tells_all_that_people_need_to_act() {
    let ran = repository().run(&["check", "--today", "2026-11-22"]).check(1, &[]);
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (begins, says) in SAYS {
        let found = ran.out.split("\n\n").filter(|it| it.starts_with(begins));
        // The empty line in a finding stands between its excerpt and its reasons.
        let found = flat(&found.collect::<String>());
        assert!(!found.is_empty(), "no `{begins}` in\n{}", ran.out);
        for it in *says {
            assert!(found.contains(it), "`{begins}` lacks `{it}`:\n{found}\n{}", ran.out);
        }
    }
}

#[test]
fn a_long_message_is_broken_and_set_in_where_people_read_and_one_line_where_tools_do() {
    let project = repository();
    let full = project.run(&["check", "--today", "2026-11-22"]).check(1, &[]);
    // An excerpt shows a line of a file, and what has no blank is not broken.
    let is_ours = |line: &&str| !line.contains(" | ") && line.contains(' ');
    let too_long: Vec<_> =
        full.out.lines().filter(is_ours).filter(|it| it.chars().count() > 100).collect();
    assert!(too_long.is_empty(), "{too_long:#?}");
    let concise = project.run(&["check", "--today", "2026-11-22", "--format", "concise"]);
    let begins =
        "release/support/README.md:2:10: error[looser-than-upstream] `release/support` is labelled";
    let line = concise.out.lines().find(|it| it.starts_with(begins)).expect("a line of its own");
    assert!(line.ends_with("the label drops its use restrictions"), "{line}");
}

#[test]
fn what_help_says_that_a_command_does_it_does() {
    let project = repository();
    project.run(&["fix", "--apply", "--today", "2026-11-22"]);
    let ran = project.run(&["check", "--today", "2026-11-22"]).check(1, &[]);
    for gone in ["error[looser-than-upstream]", "goes out without the notice"] {
        assert!(!ran.out.contains(gone), "{}", ran.out);
    }
    assert!(project.text("release/support/README.md").contains("license: gemma"));
}
