//! Every line of the three example policies does something: another word in its place gives another
//! report. The policies are material outside of the repository; a line that is tried here and
//! changes nothing is a part of the language without effect.
#![expect(clippy::disallowed_methods, reason = "the example policies are files")]

use std::fmt::Write as _;
use std::path::Path;

use caveat_policy::exhibits::Exhibits;

mod common;

use common::Project;

/// A line, what is put in its place, and the project that shows it.
type Try = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Everything that a report says.
fn report(files: &[(&str, &str)], policy: &str) -> String {
    let mut project = Project::new(files, policy);
    let mut exhibits = Exhibits::of(files.iter().map(|it| it.0.to_owned()));
    for it in project.sources.iter() {
        if exhibits.has(&it.name) {
            exhibits.open(&it.name, it.id);
        }
    }
    project.exhibits = Some(exhibits);
    let mut text = project.findings();
    let report = project.report();
    for finding in &report.findings {
        for step in finding.because.steps() {
            writeln!(text, "{}: {}: {}", finding.rule, step.link.name(), step.says)
                .expect("memory can be written");
        }
        writeln!(text, "{}", finding.help.join("\n")).expect("memory can be written");
    }
    for it in &report.set_aside {
        writeln!(text, "{} {}: {}", it.finding.rule, it.finding.message, it.why)
            .expect("memory can be written");
    }
    for (id, it) in &project.case().decided {
        writeln!(text, "{id}: {}", it.choices.join(", ")).expect("memory can be written");
    }
    text
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn check(name: &str, tries: &[Try]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/policies").join(name);
    let Ok(policy) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not here", path.display());
        return;
    };
    let mut idle = String::new();
    for (line, other, files) in tries {
        assert!(policy.contains(line), "{name} has no `{line}`");
        let changed = policy.replacen(line, other, 1);
        if report(files, &policy) == report(files, &changed) {
            writeln!(idle, "{name}: `{line}` or `{other}`:\n{}", report(files, &policy))
                .expect("memory can be written");
        }
    }
    assert!(idle.is_empty(), "{idle}");
}

const NC: &str = "---\nlicense: cc-by-nc-4.0\n---\n";
const LLAMA: &str = "---\nlicense: llama3.1\n---\n";
const HUNYUAN: &str = "---\nlicense: other\nlicense_name: tencent-hunyuan-3d-2.0-community\n---\n";
const STABILITY: &str = "---\nlicense: other\nlicense_name: stabilityai-ai-community\n---\n";
const GEMMA: &str = "---\nlicense: gemma\n---\n";
const VISION: &str = "---\nlicense: llama3.2\npipeline_tag: image-text-to-text\n---\n";
const UNKNOWN: &str = "---\nlicense: unknown\n---\n";
const GPL: &str = "[package]\nname = \"spoke\"\nversion = \"1.0.0\"\nlicense = \"GPL-3.0-only\"\n";
const NEEDS: &str = "[package]\nname = \"tokeniser\"\nversion = \"1.0.0\"\nlicense = \"Apache-2.0\"\n\
                     [dependencies]\nspoke = \"1\"\n";
const GPL2: &str = "[package]\nname = \"spoke\"\nversion = \"1.0.0\"\nlicense = \"GPL-2.0-only\"\n";
const AGPL: &str =
    "[package]\nname = \"spoke\"\nversion = \"1.0.0\"\nlicense = \"AGPL-3.0-only\"\n";
const LGPL: &str =
    "[package]\nname = \"spoke\"\nversion = \"1.0.0\"\nlicense = \"LGPL-2.1-only\"\n";
const EITHER: &str =
    "[package]\nname = \"spoke\"\nversion = \"1.0.0\"\nlicense = \"Apache-2.0 OR MIT\"\n";
const RAW_SYS: &str = "[package]\nname = \"linux-raw-sys\"\nversion = \"0.9.0\"\n\
                       license = \"Apache-2.0 OR MIT\"\n";

const STARTUP: &[Try] = &[
    ("commercial   = true", "commercial   = false", &[("services/m/README.md", NC)]),
    ("domicile     = \"US\"", "domicile     = \"FR\"", &[("services/m/README.md", VISION)]),
    ("markets      = [\"US\", \"EU\"]", "markets = [\"US\"]", &[("services/m/README.md", HUNYUAN)]),
    ("\"120d\"", "\"20d\"", &[("services/m/README.md", LLAMA)]),
    ("as-of              = 2024-12-31", "as-of = 2025-12-31", &[("services/m/README.md", HUNYUAN)]),
    ("mau                = 1_300_000", "mau = 900_000", &[("services/m/README.md", HUNYUAN)]),
    (
        "annual-revenue-usd = 6_400_000",
        "annual-revenue-usd = 400_000",
        &[("services/m/README.md", STABILITY)],
    ),
    ("finance/kpi-2024-12.pdf", "another.pdf", &[("services/m/README.md", HUNYUAN)]),
    ("\"models/serving/**\"", "\"elsewhere/**\"", &[("models/serving/m/README.md", NC)]),
    ("uses  = [\"saas\"]", "uses  = [\"internal\"]", &[("services/spoke/Cargo.toml", GPL)]),
    ("feeds = [\"api\"]", "feeds = []", &[("data/m/README.md", NC)]),
    ("audience = \"internal\"", "audience = \"public\"", &[("bench/m/README.md", HUNYUAN)]),
    (
        "uses  = [\"saas\"]\ntier  = \"strategic\"",
        "uses  = [\"saas\"]\ntier  = \"foundation\"",
        &[("oss/tokeniser/Cargo.toml", NEEDS), ("crates/spoke/Cargo.toml", GPL)],
    ),
    (
        "outbound = \"Apache-2.0\"",
        "outbound = \"GPL-3.0-only\"",
        &[("oss/tokeniser/Cargo.toml", GPL)],
    ),
    ("otherwise = \"deny\"", "otherwise = \"allow\"", &[("services/m/README.md", GEMMA)]),
    ("unknown   = \"deny\"", "unknown = \"review\"", &[("services/m/README.md", UNKNOWN)]),
    (
        "ambiguous = \"review\"",
        "ambiguous = \"deny\"",
        &[("services/m/README.md", "---\nlicense: openrail\n---\n")],
    ),
    (
        "deny   = [\"strong-reciprocal\",",
        "deny = [\"share-alike\",",
        &[("apps/desktop/spoke/Cargo.toml", GPL)],
    ),
    (
        "review = [\"use-restricted\", \"naming-required\"]",
        "review = [\"naming-required\"]",
        &[("services/m/README.md", LLAMA)],
    ),
    (
        "test   = [\"scale-capped\", \"revenue-capped\", \"territorial\"",
        "test = [\"revenue-capped\"",
        &[("services/m/README.md", HUNYUAN)],
    ),
    (
        "deny   = [\"non-commercial\", \"research-only\", \"no-derivatives\", \"share-alike\"]",
        "deny = [\"research-only\"]",
        &[("services/m/README.md", NC)],
    ),
    ("license = [\"LGPL-*\"]", "license = [\"MPL-*\"]", &[("apps/desktop/spoke/Cargo.toml", LGPL)]),
    ("use     = [\"saas\"]", "use = [\"internal\"]", &[("services/spoke/Cargo.toml", GPL)]),
    (
        "Runs on our servers, conveyed to nobody.",
        "Because.",
        &[("apps/desktop/spoke/Cargo.toml", GPL)],
    ),
    ("use     = [\"eval-only\"]", "use = [\"internal\"]", &[("bench/m/README.md", NC)]),
    (
        "prefer = [\"MIT\", \"Apache-2.0\"",
        "prefer = [\"Apache-2.0\", \"MIT\"",
        &[("services/spoke/Cargo.toml", EITHER)],
    ),
    ("take    = \"MIT\"", "take = \"Apache-2.0\"", &[("services/raw/Cargo.toml", RAW_SYS)]),
    ("longest      = \"365d\"", "longest = \"3d\"", &[("services/m/README.md", LLAMA)]),
    ("warn-before  = \"30d\"", "warn-before = \"90d\"", &[("services/m/README.md", LLAMA)]),
    (
        "allow    = [\"network-reciprocal\"]",
        "allow = [\"territorial\"]",
        &[("services/export/vendor/ghostscript/spoke/Cargo.toml", AGPL)],
    ),
    (
        "expires  = 2026-12-31",
        "expires = 2026-11-01",
        &[("services/export/vendor/ghostscript/spoke/Cargo.toml", AGPL)],
    ),
    (
        "path    = \"**/testdata/**\"",
        "path = \"none/**\"",
        &[("services/testdata/m/README.md", NC)],
    ),
    (
        "unused-exception = \"warn\"",
        "unused-exception = \"allow\"",
        &[("services/m/README.md", LLAMA)],
    ),
];

#[test]
fn every_line_of_the_startup_does_something() {
    check("saas-startup.toml", STARTUP);
}

const LABORATORY: &[Try] = &[
    (
        "kind       = \"academic\"",
        "kind = \"for-profit\"",
        &[("data/crawl-2026/web/README.md", UNKNOWN)],
    ),
    ("commercial = false", "commercial = true", &[("data/crawl-2026/web/README.md", UNKNOWN)]),
    ("domicile   = \"NL\"", "domicile = \"US\"", &[("exp/m/README.md", VISION)]),
    ("markets    = [\"worldwide\"]", "markets = [\"US\"]", &[("exp/m/README.md", HUNYUAN)]),
    ("outbound   = \"declared\"", "outbound = \"MIT\"", &[("release/models/m/README.md", NC)]),
    ("markets    = [\"EU\"]", "markets = [\"US\"]", &[("sponsored/m/README.md", HUNYUAN)]),
    ("commercial = true ", "commercial = false ", &[("sponsored/m/README.md", STABILITY)]),
    ("tag     = \"unknown\"", "tag = \"territorial\"", &[("release/models/m/README.md", UNKNOWN)]),
    (
        "check   = \"outbound-no-looser-than-upstream\"",
        "tag = \"share-alike\"",
        &[
            (
                "release/models/m/README.md",
                "---\nlicense: apache-2.0\nbase_model: harbor/base\nbase_model_relation: finetune\n---\n",
            ),
            ("exp/harbor/base/README.md", NC),
        ],
    ),
    (
        "kind     = \"tdm-research\"",
        "kind = \"fair-use\"",
        &[("data/crawl-2026/web/README.md", UNKNOWN)],
    ),
    ("reviewed = 2026-05-11", "", &[("data/crawl-2026/web/README.md", UNKNOWN)]),
    ("publish  = false", "publish = true", &[("data/crawl-2026/web/README.md", UNKNOWN)]),
    (
        "deny   = [\"no-derivatives\"]",
        "deny = [\"proprietary\"]",
        &[(
            "exp/d/README.md",
            "---\nlicense: cc-by-nd-4.0\nlanguage: en\ntask_categories:\n- text-classification\n---\n",
        )],
    ),
    ("openness   = \"MOF-III\"", "openness = \"MOF-I\"", &[("release/models/m/README.md", NC)]),
    ("openness   = \"MOF-III\"", "", &[("release/models/m/README.md", NC)]),
    (
        "reason  = \"documentation\"",
        "reason = \"test\"",
        &[("exp/a/third_party_papers/m/README.md", UNKNOWN)],
    ),
];

#[test]
fn every_line_of_the_laboratory_does_something() {
    check("research-lab.toml", LABORATORY);
}

const DEVICE_MAKER: &[Try] = &[
    (
        "devices-shipped    = 3_400_000",
        "devices-shipped = 3_400",
        &[(
            "models/ship/m/README.md",
            "---\nlicense: other\nlicense_name: minicpm-model-license\n---\n",
        )],
    ),
    ("locked-boot = true", "locked-boot = false", &[("firmware/spoke/Cargo.toml", GPL)]),
    (
        "user-can-relink = false }   #",
        "user-can-relink = true }   #",
        &[("firmware/spoke/Cargo.toml", LGPL)],
    ),
    (
        "path    = \"firmware/linux/**\"",
        "path = \"firmware/none/**\"",
        &[("firmware/linux/spoke/Cargo.toml", GPL2)],
    ),
    (
        "when    = { device.user-can-relink = false }",
        "when = { device.user-can-relink = true }",
        &[("firmware/spoke/Cargo.toml", LGPL)],
    ),
    (
        "test   = [\"scale-capped\", \"revenue-capped\", \"device-capped\"",
        "test = [\"device-capped\"",
        &[("models/ship/m/README.md", LLAMA)],
    ),
    (
        "grant-required = [\"code\", \"model\"]",
        "grant-required = []",
        &[("firmware/vendor/spoke/Cargo.toml", EITHER), ("models/ship/m/README.md", NC)],
    ),
    (
        "retaliation    = \"review\"",
        "retaliation = \"deny\"",
        &[("models/ship/m/README.md", LLAMA)],
    ),
    (
        "field-notes    = \"legal/patents/fields.toml\"",
        "field-notes = \"other.toml\"",
        &[("models/ship/m/README.md", LLAMA)],
    ),
    (
        "prefer = [\"Apache-2.0\", \"BSD-3-Clause\", \"MIT\"]",
        "prefer = [\"MIT\"]",
        &[("firmware/vendor/spoke/Cargo.toml", EITHER)],
    ),
    ("audience = \"internal\"", "audience = \"public\"", &[("research/m/README.md", HUNYUAN)]),
    (
        "artefact = \"build/models.bundle\"",
        "artefact = \"build/other\"",
        &[("build/models.bundle/m/README.md", HUNYUAN)],
    ),
    (
        "approvers   = [\"counsel@hearthside.example\"]",
        "approvers = [\"x@y.example\"]",
        &[("models/ship/m/README.md", NC)],
    ),
    (
        "mutable-revision = \"deny\"",
        "mutable-revision = \"allow\"",
        &[("apps/a.py", "m = AutoModel.from_pretrained(\"acme/tiny\")\n")],
    ),
];

#[test]
fn every_line_of_the_device_maker_does_something() {
    check("on-device.toml", DEVICE_MAKER);
}
