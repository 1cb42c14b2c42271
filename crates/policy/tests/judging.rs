//! Which line of a policy speaks, and what is set aside.

use caveat_core::component::ComponentId;
use caveat_policy::case::Case;
use caveat_policy::date::Date;
use caveat_policy::finding::Report;
use caveat_policy::ground::Ground;
use caveat_policy::judge::judge;
use caveat_policy::verdict::Verdict;

mod common;

use common::{Project, TODAY};

const APP: &str = "caveat = 1\n[[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [\"saas\"]\n";

fn code(license: &str) -> [(String, String); 1] {
    let manifest =
        format!("[package]\nname = \"spoke\"\nversion = \"0.3.1\"\nlicense = \"{license}\"\n");
    [("vendor/spoke/Cargo.toml".to_owned(), manifest)]
}

fn card(path: &str, lines: &str) -> (String, String) {
    (format!("{path}/README.md"), format!("---\n{lines}\n---\n"))
}

/// Checks what `spoke`, third-party code under `license`, comes to.
fn check(license: &str, policy: &str, expected: Verdict) {
    let project = Project::new(&code(license), &format!("{APP}{policy}"));
    let case = project.case();
    let id = ComponentId::package("cargo", "spoke", Some("0.3.1"));
    let found = case.decided.get(&id).expect("the package is there").verdict();
    assert_eq!(found, expected, "{license} under\n{policy}\n{}", project.findings());
}

fn exception(target: &str, allow: &str, more: &str) -> String {
    format!(
        "[[exception]]\nid = \"EX-{}\"\n{target}\nallow = [{allow}]\nbecause = \"why\"\n\
         owner = \"ann\"\napproved = {{ by = \"bob\", on = 2026-01-01, ticket = \"T\" }}\n\
         expires = 2026-12-31\n{more}\n",
        target.len() + allow.len()
    )
}

fn set_aside(report: &Report) -> Vec<(&'static str, &str)> {
    report.set_aside.iter().map(|it| (it.finding.rule, it.why.as_str())).collect()
}

const ALLOW_ALL: &str = "[rules]\notherwise = \"allow\"\n";

fn rule(id: &str, conditions: &str, verdict: &str) -> String {
    format!("[[rule]]\nid = \"{id}\"\n{conditions}\nverdict = \"{verdict}\"\nbecause = \"so\"\n")
}

#[test]
fn the_first_layer_that_speaks_wins() {
    let deny = "[rules]\notherwise = \"allow\"\n[rules.code]\ndeny = [\"weak-reciprocal\"]\n";
    check("MPL-2.0", deny, Verdict::Denied);
    let allow = rule("r", "tag = \"weak-reciprocal\"", "allow");
    check("MPL-2.0", &format!("{deny}{allow}"), Verdict::Allowed);
    let kind = "[rules]\notherwise = \"deny\"\n[rules.code]\nallow = [\"weak-reciprocal\"]\n";
    check("MPL-2.0", kind, Verdict::Allowed);
    check("MPL-2.0", "[rules]\notherwise = \"deny\"\n", Verdict::Denied);
    check("MPL-2.0", "", Verdict::Review);
}

#[test]
fn inside_a_layer_the_strictest_wins_and_a_named_license_beats_a_tag() {
    let all =
        [rule("a", "tag = \"weak-reciprocal\"", "allow"), rule("b", "kind = \"code\"", "review")];
    check("MPL-2.0", &format!("{ALLOW_ALL}{}", all.concat()), Verdict::Review);
    let named = rule("c", "license = \"MPL-*\"", "allow");
    check("MPL-2.0", &format!("{ALLOW_ALL}{}{named}", all.concat()), Verdict::Allowed);
    let strict = rule("d", "license = \"MPL-2.0\"", "deny");
    check("MPL-2.0", &format!("{ALLOW_ALL}{}{named}{strict}", all.concat()), Verdict::Denied);
}

#[test]
fn a_fact_about_a_device_that_nobody_stated_holds_no_condition() {
    let policy = |device: &str| {
        format!(
            "caveat = 1\n[[product]]\nname = \"box\"\npaths = [\"**\"]\n\
             uses = [\"distribute-binary\"]\n{device}\n{ALLOW_ALL}{}",
            rule(
                "locked",
                "tag = \"weak-reciprocal\"\nwhen = { device.user-can-relink = false }",
                "deny"
            )
        )
    };
    for (device, expected) in [
        ("device = { user-can-relink = false }", Verdict::Denied),
        ("device = { user-can-relink = true }", Verdict::Allowed),
        ("device = { locked-boot = true }", Verdict::Allowed),
        ("", Verdict::Allowed),
    ] {
        let project = Project::new(&code("MPL-2.0"), &policy(device));
        let case = project.case();
        let id = ComponentId::package("cargo", "spoke", Some("0.3.1"));
        assert_eq!(case.decided[&id].verdict(), expected, "{device}");
    }
}

#[test]
fn of_a_choice_the_mildest_the_preferred_or_the_one_we_take_counts() {
    let policy =
        |choose: &str| format!("{ALLOW_ALL}[rules.code]\ndeny = [\"strong-reciprocal\"]\n{choose}");
    let taken = |license: &str, choose: &str| -> Vec<String> {
        let project = Project::new(&code(license), &format!("{APP}{}", policy(choose)));
        let case = project.case();
        case.decided.values().flat_map(|it| it.choices.clone()).collect()
    };
    let prefer = "[choose]\nprefer = [\"ISC\", \"MIT\"]\n";
    assert_eq!(taken("GPL-3.0-only OR MIT", ""), ["MIT"]);
    assert_eq!(taken("Zlib OR MIT OR ISC", prefer), ["ISC"]);
    // Of equals the first in the order of the alphabet, whatever order they were written in.
    assert_eq!(taken("Zlib OR BSD-3-Clause", prefer), ["BSD-3-Clause"]);
    let take = "[[choose.package]]\npackage = \"pkg:cargo/spoke@0.3\"\ntake = \"GPL-3.0-only\"\n";
    assert_eq!(taken("GPL-3.0-only OR MIT", take), ["GPL-3.0-only"]);
    check("GPL-3.0-only OR MIT", &policy(take), Verdict::Denied);
    check("GPL-3.0-only OR MIT", &policy(""), Verdict::Allowed);
    check("GPL-3.0-only AND MIT", &policy(""), Verdict::Denied);
}

#[test]
fn an_exception_is_for_its_tag_its_product_its_package_and_its_time() {
    let policy = "[rules]\notherwise = \"allow\"\n[rules.code]\ndeny = [\"network-reciprocal\", \"anti-lockdown\"]\n";
    let with = |exceptions: &[String]| format!("{policy}{}", exceptions.concat());
    let here = "package = \"pkg:cargo/spoke\"";
    let both = "\"network-reciprocal\", \"anti-lockdown\"";
    check("AGPL-3.0-only", policy, Verdict::Denied);
    check("AGPL-3.0-only", &with(&[exception(here, both, "")]), Verdict::Allowed);
    check("AGPL-3.0-only", &with(&[exception(here, "\"anti-lockdown\"", "")]), Verdict::Denied);
    // Several for one package each count.
    let two =
        [exception(here, "\"anti-lockdown\"", ""), exception(here, "\"network-reciprocal\"", "")];
    check("AGPL-3.0-only", &with(&two), Verdict::Allowed);
    for (target, expected) in [
        ("package = \"pkg:cargo/spoke@0.3\"", Verdict::Allowed),
        ("package = \"pkg:cargo/spoke@0.3.1\"", Verdict::Allowed),
        ("package = \"pkg:cargo/spoke@0.4\"", Verdict::Denied),
        ("path = \"vendor/**\"", Verdict::Allowed),
        ("path = \"vendor/rim\"", Verdict::Denied),
    ] {
        check("AGPL-3.0-only", &with(&[exception(target, both, "")]), expected);
    }
    let late = exception(here, both, "").replace("2026-12-31", "2026-11-21");
    check("AGPL-3.0-only", &with(&[late]), Verdict::Denied);
    let limits =
        |line: &str| format!("{policy}[exceptions]\n{line}\n{}", exception(here, both, ""));
    check("AGPL-3.0-only", &limits("longest = \"364d\""), Verdict::Allowed);
    check("AGPL-3.0-only", &limits("longest = \"363d\""), Verdict::Denied);
    check("AGPL-3.0-only", &limits("approvers = [\"Bob\"]"), Verdict::Allowed);
    check("AGPL-3.0-only", &limits("approvers = [\"carol\"]"), Verdict::Denied);
}

#[test]
fn an_exception_in_one_product_hides_nothing_in_another() {
    let policy = format!(
        "{APP}[[product]]\nname = \"lab\"\npaths = [\"**\"]\nuses = [\"internal\"]\n{ALLOW_ALL}\
         [rules.code]\nreview = [\"weak-reciprocal\"]\n{}{}",
        rule("strict", "product = \"app\"\ntag = \"weak-reciprocal\"", "deny"),
        exception("path = \"vendor/**\"", "\"weak-reciprocal\"", "product = \"app\"")
    );
    let project = Project::new(&code("MPL-2.0"), &policy);
    let report = project.report();
    let rules: Vec<_> = report.findings.iter().map(|it| it.rule).collect();
    assert_eq!(rules, ["needs-review"], "{}", project.findings());
    assert_eq!(set_aside(&report)[0].0, "denied-license");
}

#[test]
fn an_exception_for_a_finding_holds_in_its_products_only() {
    let files = [card("models/a", "license: mit\nbase_model: there/base")];
    let policy = |product: &str| {
        let more = format!("product = \"{product}\"");
        let other = "[[product]]\nname = \"lab\"\npaths = [\"lab/**\"]\nuses = [\"internal\"]\n";
        let waived = exception("path = \"models/**\"", "\"missing-upstream\"", &more);
        format!("{APP}{other}{ALLOW_ALL}{waived}")
    };
    let found = |product: &str| {
        let project = Project::new(&files, &policy(product));
        let report = project.report();
        let rules: Vec<_> = report.findings.iter().map(|it| it.rule).collect();
        (rules, report.set_aside.len())
    };
    assert_eq!(found("app"), (vec![], 1));
    assert_eq!(found("lab"), (vec!["missing-upstream", "unused-exception"], 0));
}

#[test]
fn a_pinned_exception_is_for_its_revision() {
    let path = |revision: &str| format!("hub/models--acme--rank/snapshots/{revision}");
    let pinned =
        exception("package = \"pkg:huggingface/acme/rank@3f2a9c1\"", "\"non-commercial\"", "");
    let policy = format!("{APP}{ALLOW_ALL}[rules.model]\ndeny = [\"non-commercial\"]\n{pinned}");
    for (revision, expected) in [
        ("3f2a9c1d00000000000000000000000000000000", 0),
        ("4f2a9c1d00000000000000000000000000000000", 1),
    ] {
        let project = Project::new(&[card(&path(revision), "license: cc-by-nc-4.0")], &policy);
        let denied =
            project.report().findings.iter().filter(|it| it.rule == "denied-license").count();
        assert_eq!(denied, expected, "{revision}\n{}", project.findings());
    }
}

#[test]
fn an_exception_for_a_base_reaches_what_is_made_of_it_by_package_and_by_path() {
    let files = [
        card("models/acme/base", "license: cc-by-nc-4.0"),
        card("models/b", "license: cc-by-nc-sa-4.0\nbase_model: acme/base"),
    ];
    for target in ["path = \"models/acme/base\"", "package = \"path:models/acme/base\""] {
        let waived = exception(target, "\"non-commercial\"", "");
        let policy =
            format!("{APP}{ALLOW_ALL}[rules.model]\ndeny = [\"non-commercial\"]\n{waived}");
        let report = Project::new(&files, &policy).report();
        let denied = report.findings.iter().filter(|it| it.rule == "denied-license");
        let licenses: Vec<_> = denied.filter_map(|it| it.license.as_deref()).collect();
        assert_eq!(licenses, ["CC-BY-NC-SA-4.0"], "{target}: only its own");
    }
}

#[test]
fn a_level_of_allow_sets_aside_with_its_line() {
    let files = [card("models/a", "license: other")];
    let policy = format!("{APP}[levels]\nunknown-license = \"allow\"\n");
    let report = Project::new(&files, &policy).report();
    assert!(report.findings.is_empty());
    assert_eq!(set_aside(&report), [("unknown-license", "[levels] unknown-license = \"allow\"")]);
    assert_eq!(&policy[report.set_aside[0].at.range()], "\"allow\"");
}

#[test]
fn a_level_makes_findings_louder_but_not_what_circumstances_make_mild() {
    let level = |files: &[(String, String)], rule: &str, level: &str| {
        let policy = format!("{APP}{ALLOW_ALL}[levels]\n{rule} = \"{level}\"\n");
        let report = Project::new(files, &policy).report();
        report.findings.iter().find(|it| it.rule == rule).map(|it| it.level.name())
    };
    let unknown = [card("models/a", "license: other")];
    assert_eq!(level(&unknown, "unknown-license", "deny"), Some("denied"));
    assert_eq!(level(&unknown, "unknown-license", "note"), Some("note"));
    let manifest = "[package]\nname = \"wheel\"\nversion = \"0.1.0\"\n".to_owned();
    let own = [("crates/wheel/Cargo.toml".to_owned(), manifest.clone())];
    let vendored = [("vendor/wheel/Cargo.toml".to_owned(), manifest)];
    assert_eq!(level(&own, "unknown-license", "deny"), Some("note"), "own code");
    assert_eq!(level(&vendored, "unknown-license", "deny"), Some("denied"), "third-party code");
}

#[test]
fn what_is_excluded_is_judged_and_set_aside() {
    let files = [card("tests/fixture", "license: other"), card("models/a", "license: other")];
    let policy = format!(
        "{APP}[[exclude]]\npath = \"tests/**\"\nreason = \"test\"\nbecause = \"Not shipped.\"\n"
    );
    let report = Project::new(&files, &policy).report();
    assert_eq!(report.findings.len(), 1);
    assert_eq!(set_aside(&report), [("unknown-license", "excluded as test: Not shipped.")]);
}

#[test]
fn a_part_of_the_tree_is_judged_by_the_paths_of_the_whole() {
    let policy = "caveat = 1\n[[product]]\nname = \"ship\"\npaths = [\"models/**\"]\nuses = [\"saas\"]\n\
        [rules]\notherwise = \"allow\"\n[[rule]]\nid = \"r\"\nproduct = \"ship\"\ntag = \"non-commercial\"\n\
        verdict = \"deny\"\nbecause = \"so\"\n";
    let project = Project::new(&[card("a", "license: cc-by-nc-4.0")], policy);
    let today = Date::parse(TODAY).unwrap();
    let found = |prefix: &str| {
        let (graph, library) = (&project.graph, &project.library);
        let ground = Ground::new(graph, library, &project.policy, &project.sources, today, prefix);
        judge(&Case::of(ground)).findings.len()
    };
    assert_eq!((found(""), found("models"), found("bench")), (0, 1, 0));
}

#[test]
fn a_license_that_only_the_policy_knows_has_the_tags_that_it_gives() {
    let own = "[[license]]\nid = \"LicenseRef-Acme\"\ntags = [\"proprietary\", \"territorial\"]\n";
    let deny = |tag: &str| {
        format!("[rules]\notherwise = \"allow\"\n[rules.code]\ndeny = [\"{tag}\"]\n{own}")
    };
    check("LicenseRef-Acme", &deny("proprietary"), Verdict::Denied);
    check("LicenseRef-acme", &deny("territorial"), Verdict::Denied);
    check("LicenseRef-Acme", &deny("non-commercial"), Verdict::Allowed);
    check("LicenseRef-Other", &deny("non-commercial"), Verdict::Review);
}

#[test]
fn what_is_known_by_hearsay_is_never_allowed() {
    let library = caveat_core::library::Library::embedded();
    let told = |id: &&str| library.terms(id).is_some_and(|it| !it.text_was_read());
    let hearsay: Vec<&str> = library.ids().filter(told).collect();
    assert!(hearsay.len() > 5, "{hearsay:?}");
    let everything =
        "[rules]\notherwise = \"allow\"\nunknown = \"allow\"\nunanswered = \"allow\"\n";
    for id in hearsay {
        check(id, everything, Verdict::Review);
        let named = rule("r", &format!("license = \"{id}\""), "allow");
        check(id, &format!("{everything}{named}"), Verdict::Review);
        let read = exception("path = \"vendor/**\"", "\"unknown\"", "");
        check(id, &format!("{everything}{read}"), Verdict::Allowed);
    }
}

#[test]
fn one_component_one_license_one_rule_is_one_finding() {
    let files = [
        card("models/acme/one", "license: cc-by-nc-4.0"),
        card("models/acme/two", "license: cc-by-nc-4.0"),
        card(
            "models/three",
            "license: mit\nbase_model: [acme/one, acme/two]\nbase_model_relation: merge",
        ),
    ];
    let project = Project::new(&files, &format!("{APP}[rules]\nmodel = \"commercial\"\n"));
    let report = project.report();
    let mut about: Vec<_> =
        report.findings.iter().filter(|it| it.component.as_str() == "path:models/three").collect();
    about.sort_by_key(|it| it.rule);
    let rules: Vec<_> = about.iter().map(|it| it.rule).collect();
    assert_eq!(rules, ["denied-license", "looser-than-upstream"], "{}", project.findings());
    assert!(about[1].message.contains("`models/acme/one` and 1 more"), "{}", about[1].message);
}

#[test]
fn data_that_a_lab_may_use_is_stopped_where_the_lab_feeds_a_service() {
    let files = [
        card("data/wave/reviews", "license: cc-by-nc-4.0"),
        card("lab/models/rank", "license: mit\ndatasets: [wave/reviews]"),
    ];
    let policy = |feeds: &str| {
        format!(
            "caveat = 1\n[[product]]\nname = \"lab\"\npaths = [\"lab/**\", \"data/**\"]\nuses = [\"internal\"]\n{feeds}\n\
             [[product]]\nname = \"api\"\npaths = [\"services/**\"]\nuses = [\"saas\"]\n{ALLOW_ALL}{}\
             [relations]\ntrained-on = \"deny\"\n",
            rule("paid", "product = \"api\"\ntag = \"non-commercial\"", "deny")
        )
    };
    let denied = |feeds: &str| -> Vec<&'static str> {
        let report = Project::new(&files, &policy(feeds)).report();
        report.findings.iter().map(|it| it.rule).collect()
    };
    assert_eq!(denied(""), Vec::<&str>::new());
    assert_eq!(denied("feeds = [\"api\"]"), ["denied-license", "restricted-training-data"]);
}
