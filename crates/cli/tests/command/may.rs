//! `caveat may`: uses, subjects and facts; the fact that is missing is asked for.

use std::path::Path;

use serde_json::Value;

use crate::project::Project;

/// The facts of a company with 2.0 million users today, 1.3 million at the end of 2024.
const COMPANY: &str = r#"
caveat = 1

[org]
commercial = true
domicile   = "US"
markets    = ["US", "EU"]

[[org.facts]]
as-of              = 2024-12-31
mau                = 1_300_000
annual-revenue-usd = 2_100_000

[[org.facts]]
as-of              = 2026-10-31
mau                = 2_000_000
annual-revenue-usd = 6_400_000

[rules]
otherwise = "deny"

[rules.model]
allow  = ["permissive", "attribution-display"]
review = ["use-restricted", "naming-required"]
test   = ["scale-capped", "revenue-capped", "territorial", "seat-restricted"]
"#;

/// What that company has to hear of each model: exit code, and what the answer says.
const ANSWERS: &[(&str, i32, &[&str])] = &[
    // Stopped twice: by place, and by size on the day of the release.
    (
        "tencent/Hunyuan3D-2",
        1,
        &[
            "denied:",
            "not licensed in EU, GB, KR, outputs too (preamble, §1.l, §2, §5.c",
            "markets = US, EU",
            "more than 1,000,000 monthly active users: a separate license is needed",
            "(§4)",
            "1,300,000 monthly active users as of 2024-12-31",
            "2,000,000 of 2026-10-31 were not used: this license looks at 2025-01-21 only",
        ],
    ),
    // Must ask, if those are visits: the fact is asked for, and what is known is said.
    (
        "cogvideox",
        1,
        &[
            "more than 1,000,000 visits a month: a separate license is needed",
            "(§2 para 3-4)",
            "2,000,000 monthly active users as of 2026-10-31",
            "not stated: `monthly-visits` in [[org.facts]]",
            "--fact monthly-visits=NUMBER",
        ],
    ),
    // Must pay.
    (
        "stabilityai-ai-community",
        1,
        &["more than USD 1,000,000 revenue a year", "(§III)", "6,400,000 US dollars"],
    ),
    // Clear of the size tests.
    ("lfm1.0", 0, &["allowed:", "at least USD 10,000,000 revenue a year", "6,400,000 US dollars"]),
    (
        "llama3.1",
        0,
        &[
            "review:",
            "more than 700,000,000 monthly active users",
            "(§2)",
            "scale-capped test passes: 1,300,000 monthly active users as of 2024-12-31",
            "none is as old as 2024-07-23",
        ],
    ),
    (
        "qwen",
        0,
        &["allowed:", "more than 100,000,000 monthly active users", "(§4)", "2,000,000 monthly"],
    ),
    (
        "kimi-k2",
        0,
        &[
            "allowed:",
            "more than 100,000,000 monthly active users must show a credit (last para)",
            "clear of that: 2,000,000 monthly active users",
            "clear of that: 6,400,000 US dollars",
        ],
    ),
];

#[test]
fn the_facts_of_a_company_decide_model_by_model() {
    let company = Project::of("caveat.toml", COMPANY);
    for (subject, code, says) in ANSWERS {
        company.run(&["may", "saas", subject, "--today", "2026-11-22"]).check(*code, says);
    }
}

#[test]
fn the_example_policy_of_a_startup_gives_the_same_answers() {
    let policy =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/policies/saas-startup.toml");
    if !policy.is_file() {
        println!("SKIPPED: {} is not here", policy.display());
        return;
    }
    let policy = policy.to_str().expect("the path is text");
    let empty = Project::new();
    for (subject, code, says) in ANSWERS {
        let ask = ["may", "saas", subject, "--policy", policy, "--today", "2026-11-22"];
        let ran = empty.run(&ask).check(*code, says);
        assert!(!ran.out.contains("EX-7") && !ran.out.contains("dana@"), "{}", ran.out);
    }
}

#[test]
fn a_missing_fact_is_asked_for_with_its_key_and_clause() {
    let policy = "caveat = 1\n[rules]\nunanswered = \"review\"\n[rules.model]\n\
                  test = [\"scale-capped\", \"territorial\"]\n";
    let project = Project::of("caveat.toml", policy);
    let ran = project.run(&["may", "saas", "tencent/Hunyuan3D-2", "--json"]).check(0, &[]);
    let answer: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!(answer["verdict"], "review");
    let facts = answer["missing_facts"].as_array().expect("a list");
    let told = |key: &str| facts.iter().find(|it| it["key"] == key).expect("it is missing");
    assert_eq!(told("mau")["as_of"], "2025-01-21");
    assert_eq!(told("mau")["table"], "[[org.facts]]");
    assert_eq!(told("mau")["cite"], "§4");
    assert_eq!(told("mau")["argument"], "--fact mau=NUMBER@2025-01-21");
    assert_eq!(told("markets")["argument"], "--market REGION");
    assert!(told("markets")["cite"].as_str().is_some_and(|it| it.contains("§5.c")));
}

#[test]
fn facts_for_one_question_need_no_policy() {
    let none = Project::new();
    let ask = |more: &[&str]| {
        let words = ["may", "saas", "tencent/Hunyuan3D-2", "--policy", "commercial-saas"];
        none.run(&[words.as_slice(), more].concat())
    };
    let us = ["--market", "US"];
    let small = ["--fact", "mau=1_000_000@2025-01-01"];
    ask(&[us, small].concat()).check(0, &["markets = US (command line)"]);
    ask(&[us, ["--fact", "mau=1,000,001@2025-01-01"]].concat()).check(1, &["1,000,001"]);
    // A figure of today says nothing of an earlier day unless it is small enough.
    ask(&[us, ["--fact", "mau=2_000_000"]].concat()).check(0, &["review:", "not stated: `mau`"]);
    ask(&[us, ["--fact", "mau=2_000"]].concat()).check(0, &["none is as old as 2025-01-21"]);
    ask(&[["--market", "germany"], small].concat()).check(2, &["did you mean DE, Germany?"]);
    ask(&["--fact", "mua=1"]).check(2, &["no fact `mua`", "did you mean `mau`?"]);
    ask(&["--fact", "mau=many"]).check(2, &["no number of monthly active users"]);
    ask(&["--fact", "mau=1@2024-13-01"]).check(2, &["`2024-13-01` is no day"]);
    ask(&["--fact", "mau"]).check(2, &["`mau` is no fact"]);
    ask(&["--fact", "commercial=perhaps"]).check(2, &["neither true nor false"]);
    ask(&["--fact", "kind=\"\n[x]"]).check(2, &["unknown kind of organisation"]);
}

#[test]
fn a_question_may_name_a_product_and_several_subjects() {
    let policy = format!(
        "{COMPANY}\n[[product]]\nname = \"abroad\"\npaths = [\"apps/**\"]\nuses = [\"saas\"]\n\
         markets = [\"CA\"]\n[[rule]]\nid = \"named\"\nproduct = \"abroad\"\n\
         license = \"LicenseRef-gemma*\"\nverdict = \"allow\"\nbecause = \"Counsel read it.\"\n"
    );
    let company = Project::of("caveat.toml", policy);
    let ask = |more: &[&str]| company.run(&[&["may", "saas"], more].concat());
    ask(&["tencent/Hunyuan3D-2", "--product", "abroad"])
        .check(1, &["product `abroad` (saas", "territorial test passes: markets = CA"]);
    ask(&["gemma", "--product", "abroad"]).check(0, &["allowed:", "Counsel read it."]);
    ask(&["gemma"]).check(1, &["denied:"]);
    ask(&["mit", "--product", "home"]).check(2, &["no product of the policy `home`", "abroad"]);
    let both =
        ask(&["lfm1.0", "cc-by-nc-4.0"]).check(1, &["allowed: lfm1.0", "denied: cc-by-nc-4.0"]);
    assert!(both.out.find("lfm") < both.out.find("cc-by-nc"));
    let both = ask(&["qwen", "lfm1.0", "--format", "json"]).check(0, &[]);
    let both: Value = serde_json::from_str(&both.out).expect("it is JSON");
    assert_eq!(both["answers"][1]["subject"], "lfm1.0");
    ask(&["mit", "--json", "--format", "full"]).check(2, &["cannot be used with"]);
}
