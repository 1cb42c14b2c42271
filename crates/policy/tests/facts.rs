//! What a license asks of the organisation: its size on a day, its seat, its markets.

use caveat_core::component::{ComponentId, How};
use caveat_policy::verdict::Verdict;

mod common;

use common::Project;

/// The one component of these projects: weights under a license, called as given.
fn card(path: &str, license: &str) -> (String, String) {
    (format!("{path}/README.md"), format!("---\nlicense: {license}\n---\n"))
}

/// A policy that tests everything that can be tested, and allows the rest.
fn tested(org: &str, rules: &str) -> String {
    format!(
        "caveat = 1\n[org]\n{org}\n[[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [\"saas\"]\n\
         [rules]\notherwise = \"allow\"\nunanswered = \"review\"\n{rules}\n\
         [rules.model]\ntest = [\"scale-capped\", \"revenue-capped\", \"device-capped\", \
         \"territorial\", \"seat-restricted\", \"competitor-barred\"]\n"
    )
}

/// Checks what a license comes to under facts: allowed, review (not answered) or denied.
fn check(path: &str, license: &str, org: &str, expected: Verdict) {
    let project = Project::new(&[card(path, license)], &tested(org, ""));
    let case = project.case();
    let id = ComponentId::path(path);
    let found = case.decided.get(&id).expect("the card is there").verdict();
    assert_eq!(found, expected, "{license} at {path} with\n{org}\n{}", project.findings());
}

/// One table of figures.
fn figures(day: &str, line: &str) -> String {
    format!("[[org.facts]]\nas-of = {day}\n{line}\n")
}

const LLAMA: &str = "LicenseRef-Llama-3.1-Community";
const STABILITY: &str = "LicenseRef-Stability-AI-Community";
const HUNYUAN: &str = "LicenseRef-hunyuan-3d-2.0-community";
const MINICPM: &str = "LicenseRef-MiniCPM-Model";

#[test]
fn a_threshold_read_once_looks_at_the_release_date() {
    let (small, large) = ("mau = 700_000_000", "mau = 700_000_001");
    let both = |early, late| figures("2024-07-22", early) + &figures("2026-11-01", late);
    check("models/a", LLAMA, &both(small, large), Verdict::Allowed);
    check("models/a", LLAMA, &both(large, small), Verdict::Denied);
    // The day of the release itself counts; the day after is later.
    check("models/a", LLAMA, &figures("2024-07-23", large), Verdict::Denied);
    check("models/a", LLAMA, &figures("2024-07-24", large), Verdict::Review);
    check("models/a", LLAMA, &figures("2024-07-24", small), Verdict::Allowed);
}

#[test]
fn a_threshold_that_goes_on_looks_at_today() {
    let (small, large) = ("annual-revenue-usd = 1_000_000", "annual-revenue-usd = 1_000_001");
    let both = |early, late| figures("2025-01-01", early) + &figures("2026-11-01", late);
    check("models/a", STABILITY, &both(small, large), Verdict::Denied);
    check("models/a", STABILITY, &both(large, small), Verdict::Allowed);
    check("models/a", STABILITY, "", Verdict::Review);
    check("models/a", STABILITY, &figures("2026-11-01", "mau = 7"), Verdict::Review);
}

#[test]
fn the_limit_itself_is_on_the_side_that_the_text_says() {
    let revenue = |it| figures("2026-11-01", &format!("annual-revenue-usd = {it}"));
    // More than.
    check("models/a", "LicenseRef-kimi-k3", &revenue(20_000_001_u64), Verdict::Denied);
    let found =
        Project::new(&[card("models/a", "LicenseRef-kimi-k3")], &tested(&revenue(20_000_000), ""));
    assert!(!found.findings().contains("and you have 20,000,000"), "{}", found.findings());
    // At least, and only together with more than 5,000 devices.
    let both = |devices, users| {
        figures("2026-11-01", &format!("devices-shipped = {devices}\ndau = {users}"))
    };
    check("models/a", MINICPM, &both(5_001, 1_000_000), Verdict::Denied);
    check("models/a", MINICPM, &both(5_000, 1_000_000), Verdict::Allowed);
    check("models/a", MINICPM, &both(5_001, 999_999), Verdict::Allowed);
}

#[test]
fn limits_that_bite_together_are_open_while_one_is_not_known() {
    let devices = |it| figures("2026-11-01", &format!("devices-shipped = {it}"));
    check("models/a", MINICPM, &devices(9_000), Verdict::Review);
    check("models/a", MINICPM, &devices(9), Verdict::Allowed);
    // Those who come in a day come in the month.
    let month = devices(9_000) + "mau = 900_000\n";
    check("models/a", MINICPM, &month, Verdict::Allowed);
}

#[test]
fn a_limit_for_commercial_use_is_none_for_others() {
    let facts = figures("2026-11-01", "devices-shipped = 9_000\ndau = 2_000_000");
    check("models/a", MINICPM, &format!("commercial = false\n{facts}"), Verdict::Allowed);
    check("models/a", MINICPM, &format!("commercial = true\n{facts}"), Verdict::Denied);
}

#[test]
fn what_the_facts_cannot_answer_comes_to_what_the_policy_says() {
    for (line, expected) in [
        ("unanswered = \"allow\"", Verdict::Allowed),
        ("unanswered = \"review\"", Verdict::Review),
        ("unanswered = \"deny\"", Verdict::Denied),
        ("", Verdict::Denied),
    ] {
        let policy = tested("", "").replace("unanswered = \"review\"", line);
        let project = Project::new(&[card("models/a", STABILITY)], &policy);
        let case = project.case();
        let decided = &case.decided[&ComponentId::path("models/a")];
        assert_eq!(decided.verdict(), expected, "{line}");
        let wanted = decided.rulings.iter().flat_map(|it| &it.wanted);
        assert!(wanted.count() > 0, "the fact that is missing is named");
    }
}

#[test]
fn markets_meet_regions_and_the_seat_does_not() {
    for (markets, expected) in [
        ("[\"US\", \"NL\"]", Verdict::Denied),
        ("[\"EU\"]", Verdict::Denied),
        ("[\"EEA\"]", Verdict::Denied),
        ("[\"UK\"]", Verdict::Denied),
        ("[\"GB\"]", Verdict::Denied),
        ("[\"worldwide\"]", Verdict::Denied),
        ("[\"US\", \"CH\", \"NO\"]", Verdict::Allowed),
        ("[]", Verdict::Allowed),
    ] {
        let small = figures("2025-01-01", "mau = 7");
        check(
            "models/a",
            HUNYUAN,
            &format!("domicile = \"DE\"\nmarkets = {markets}\n{small}"),
            expected,
        );
    }
    let small = figures("2025-01-01", "mau = 7");
    check("models/a", HUNYUAN, &format!("domicile = \"US\"\n{small}"), Verdict::Review);
}

#[test]
fn the_seat_decides_for_multimodal_models_alone() {
    let licensed = "LicenseRef-Llama-3.2-Community";
    let small = figures("2024-09-01", "mau = 7");
    let seat = |it: &str| format!("domicile = \"{it}\"\nmarkets = [\"EU\"]\n{small}");
    let vision = "models/meta-llama/Llama-3.2-11B-Vision";
    check(vision, licensed, &seat("NL"), Verdict::Denied);
    check(vision, licensed, &seat("EU"), Verdict::Denied);
    check(vision, licensed, &seat("US"), Verdict::Allowed);
    check(vision, licensed, &seat("UK"), Verdict::Allowed);
    check(vision, licensed, &seat("EEA"), Verdict::Review);
    check(vision, licensed, &small, Verdict::Review);
    check("models/meta-llama/Llama-3.2-3B", licensed, &seat("NL"), Verdict::Allowed);
    check("models/atelier/chat", licensed, &seat("NL"), Verdict::Review);
    check("models/atelier/chat", licensed, &seat("US"), Verdict::Allowed);
}

#[test]
fn what_a_model_says_of_itself_tells_whether_it_is_multimodal() {
    let text = "---\nlicense: llama3.2\npipeline_tag: image-text-to-text\n---\n";
    let files = [("models/atelier/chat/README.md".to_owned(), text.to_owned())];
    let project = Project::new(&files, &tested("domicile = \"NL\"", ""));
    assert!(project.findings().contains("denied[outside-territory]"), "{}", project.findings());
}

#[test]
fn a_revenue_in_another_currency_is_not_answered_by_dollars() {
    let files = [card("models/a", "LicenseRef-bilibili-Model-2025")];
    let facts = figures("2026-11-01", "annual-revenue-usd = 1\nmau = 1");
    let project = Project::new(&files, &tested(&facts, ""));
    let case = project.case();
    let rulings = &case.decided[&ComponentId::path("models/a")].rulings;
    let wanted: Vec<&str> =
        rulings.iter().flat_map(|it| &it.wanted).map(|it| it.says.as_str()).collect();
    assert!(wanted.iter().any(|it| it.contains("revenue in CNY")), "{wanted:?}");
}

#[test]
fn a_relation_that_the_policy_closes_carries_nothing() {
    let files = [
        card("models/acme/base", "CC-BY-NC-4.0"),
        (
            "adapters/tone/README.md".to_owned(),
            "---\nlicense: mit\nbase_model: acme/base\nbase_model_relation: adapter\n---\n"
                .to_owned(),
        ),
    ];
    for (line, expected) in [
        ("", Verdict::Denied),
        ("[relations]\nadapter-of = \"deny\"", Verdict::Denied),
        ("[relations]\nadapter-of = \"review\"", Verdict::Review),
        ("[relations]\nadapter-of = \"allow\"", Verdict::Allowed),
    ] {
        let policy = tested("", "") + "deny = [\"non-commercial\"]\n" + line + "\n";
        let project = Project::new(&files, &policy);
        assert_eq!(project.graph.relations[0].how, How::AdapterOf);
        let case = project.case();
        let found = case.decided[&ComponentId::path("adapters/tone")].verdict();
        assert_eq!(found, expected, "{line}");
    }
}
