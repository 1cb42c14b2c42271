//! `caveat policy`, and policies that extend others.

use serde_json::Value;

use crate::project::Project;

const BASE: &str = "caveat = 1\n[rules]\notherwise = \"allow\"\nunknown = \"deny\"\n\
    [rules.model]\ndeny = [\"non-commercial\"]\n[[rule]]\nid = \"group\"\nuse = \"saas\"\n\
    tag = \"use-restricted\"\nverdict = \"review\"\nbecause = \"Counsel looks.\"\n\
    [exceptions]\nlongest = \"180d\"\napprovers = [\"counsel@acme.example\"]\n";
const CHILD: &str = "caveat = 1\nextends = [\"//policy/base.toml\"]\n[org]\ncommercial = true\n\
    [[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [\"saas\"]\n";
const CARD: &str = "---\nlicense: cc-by-nc-4.0\n---\n";

fn project(child: &str) -> Project {
    Project::of("caveat.toml", child)
        .with("policy/base.toml", BASE)
        .with("models/tiny/README.md", CARD)
}

#[test]
fn servers_are_shown_the_line_of_the_base() {
    // The terms of a license of our own join the texts behind the policy.
    let license = "[[license]]\nid = \"LicenseRef-Acme-Weights\"\nterms = \"acme.toml\"\n";
    let project = project(&format!("{CHILD}{license}")).with("acme.toml", crate::own::TERMS);
    let ran = project.run(&["check", "--format", "sarif"]).check(1, &["denied-license"]);
    let sarif: Value = serde_json::from_str(&ran.out).expect("the output is JSON");
    let related = sarif["runs"][0]["results"][0]["relatedLocations"].as_array().expect("a list");
    let at = |it: &Value| {
        let place = &it["physicalLocation"];
        (place["artifactLocation"]["uri"].clone(), place["region"]["startLine"].clone())
    };
    let base = ("policy/base.toml".into(), 6.into());
    assert!(related.iter().map(at).any(|it| it == base), "{related:#?}");
}

#[test]
fn a_finding_quotes_the_line_of_the_base() {
    let project = project(CHILD);
    project
        .run(&["check"])
        .check(1, &["policy/base.toml:6 [rules.model] deny"])
        .without(&["extends"]);
    let ran = project.run(&["check", "--format", "json"]).check(1, &[]);
    let json: Value = serde_json::from_str(&ran.out).expect("the output is JSON");
    let because = json["findings"][0]["because"].as_array().expect("a list");
    let place = |it: &Value| (it["path"].clone(), it["line"].clone());
    assert!(because.iter().map(place).any(|it| it == ("policy/base.toml".into(), 6.into())));
    // An exception is the child's to make, within the bounds of the base.
    let exception = |by: &str| {
        format!(
            "{CHILD}[[exception]]\nid = \"EX-1\"\npath = \"models/**\"\nallow = \"non-commercial\"\n\
             because = \"Bought.\"\nowner = \"dana@acme.example\"\nexpires = 2026-12-01\n\
             approved = {{ by = \"{by}\", on = 2026-09-01, ticket = \"L-1\" }}\n"
        )
    };
    let today = ["check", "--today", "2026-10-01"];
    let approved = project.with("caveat.toml", exception("counsel@acme.example"));
    approved.run(&today).check(0, &["1 set aside"]);
    let not = approved.with("caveat.toml", exception("dana@acme.example"));
    not.run(&today).check(1, &["whose approval does not count", "denied-license"]);
}

#[test]
fn an_attempt_to_loosen_shows_both_lines() {
    let loose = |lines: &str| project(&format!("{CHILD}{lines}")).run(&["check"]);
    loose("[rules]\nunknown = \"review\"\n").check(
        2,
        &[
            "caveat.toml:10:11",
            "policy/base.toml:4:11",
            "the base says so here",
            "\"deny\" or stricter",
        ],
    );
    loose("[rules.model]\nallow = [\"non-commercial\"]\n")
        .check(2, &["caveat.toml:10:10", "policy/base.toml:6:9", "[[exception]]"]);
    let rule = "[[rule]]\nid = \"ours\"\nkind = \"model\"\ntag = \"non-commercial\"\n\
                verdict = \"review\"\nbecause = \"We know.\"\n";
    loose(rule).check(2, &["rule `ours` says \"review\" of `non-commercial` for model"]);
    loose("[levels]\ndenied-license = \"warn\"\n")
        .check(2, &["caveat.toml:10:18", "default holds"]);
    let again =
        "[[rule]]\nid = \"group\"\ntag = \"unknown\"\nverdict = \"deny\"\nbecause = \"No.\"\n";
    loose(again).check(2, &["rule `group` is given twice", "policy/base.toml:8:6"]);
}

#[test]
fn a_base_that_cannot_be_had_is_no_base() {
    let with = |extends: &str| Project::of("caveat.toml", format!("extends = {extends}\n"));
    let read = |it: &Project| it.run(&["policy", "show"]);
    read(&with("\"//policy/base.toml\""))
        .check(2, &["cannot read the base policy", "caveat.toml:1:11"]);
    read(&with("\"/etc/hosts\"")).check(2, &["not a path inside the repository"]);
    read(&with("\"https://acme.example/p.toml\"")).check(2, &["without a network"]);
    read(&with("\"caveat:commercial-sas\"")).check(2, &["did you mean `commercial-saas`?"]);
    read(&with("\"a.toml\"").with("a.toml/b", "")).check(2, &["not a regular file"]);
    read(&with("\"a.toml\"").with("a.toml", b"x = \"\xff\"")).check(2, &["line 1 is not UTF-8"]);
    read(&with("\"a.toml\"").with("a.toml", "rulez = 1")).check(2, &["a.toml:1:1", "`rules`?"]);
    let circle = with("\"a.toml\"").with("a.toml", "extends = \"p/b.toml\"");
    let circle = circle.with("p/b.toml", "extends = [\"//caveat.toml\"]");
    read(&circle).check(2, &["caveat.toml → a.toml → p/b.toml → caveat.toml", "p/b.toml:1:12"]);
    read(&with("\"caveat.toml\"")).check(2, &["caveat.toml → caveat.toml"]);
    let mut deep = with("\"p0.toml\"");
    for number in 0..20 {
        let text = format!("extends = \"p{}.toml\"", number + 1);
        deep = deep.with(&format!("p{number}.toml"), text);
    }
    read(&deep).check(2, &["at most 8 policies in a row"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_no_base() {
    let outside = Project::of("base.toml", "[rules]\nunknown = \"allow\"\n");
    let project = Project::of("caveat.toml", "extends = \"base.toml\"\n");
    std::os::unix::fs::symlink(outside.path("base.toml"), project.path("base.toml")).unwrap();
    project.run(&["policy", "show"]).check(2, &["it lies outside of the repository"]);
    let project = project.with("real.toml", "[rules]\nunknown = \"deny\"\n");
    std::fs::remove_file(project.path("base.toml")).unwrap();
    std::os::unix::fs::symlink("real.toml", project.path("base.toml")).unwrap();
    project.run(&["policy", "show"]).check(0, &["# real.toml:2"]);
}

#[test]
fn what_holds_is_shown_with_where_it_comes_from() {
    let project = project(CHILD);
    let says = [
        "unknown = \"deny\" # policy/base.toml:4",
        "ambiguous = \"review\" # default",
        "name = \"app\" # caveat.toml:6",
        "longest = \"180d\" # policy/base.toml:14",
        "# warn-before no warning # default",
    ];
    let shown = project.run(&["policy", "show"]).check(0, &says).without(&["extends"]);
    // What is shown is a policy, and judges the same.
    let flat = Project::of("caveat.toml", &shown.out).with("models/tiny/README.md", CARD);
    flat.run(&["check"]).check(1, &["[rules.model] deny = [\"non-commercial\"]"]);
    let ran = project.run(&["policy", "show", "--format", "json"]).check(0, &[]);
    let json: Value = serde_json::from_str(&ran.out).expect("the output is JSON");
    assert_eq!(json["files"][1], "policy/base.toml");
    let tables = json["tables"].as_array().expect("a list");
    let rules = tables.iter().find(|it| it["table"] == "[rules]").expect("a table");
    assert_eq!(rules["lines"][1]["from"]["line"], 4);
    assert_eq!(rules["lines"][2]["default"], true);
    project.run(&["policy", "show", "--format", "yaml"]).check(2, &["no format `yaml`"]);
    // What steers a terminal or a build log is shown, not followed.
    let evil = format!("{CHILD}[choose]\nprefer = \"\\u001b[31m::x ##[error]\\u202e\"\n");
    project.with("caveat.toml", evil).run(&["policy", "show"]).check(0, &["\\U0000001B[31m"]);
    Project::new().run(&["policy", "show"]).check(0, &["built-in default", "commercial-saas.toml"]);
}

#[test]
fn a_policy_is_held_to_its_own_cases() {
    let case = |lines: &str| {
        let text = format!("{CHILD}[[test]]\n{lines}\n");
        project(&text).run(&["policy", "check", "--today", "2026-10-01"])
    };
    case("license = \"CC-BY-NC-4.0\"\nkind = \"model\"\nexpect = \"deny\"")
        .check(0, &["1 of 1 as expected"]);
    case("license = \"CC-BY-NC-4.0\"\nkind = \"model\"\nexpect = \"allow\"").check(
        1,
        &[
            "caveat.toml:12:10",
            "comes to \"deny\"",
            "§2(a)(1)",
            "policy/base.toml:6 [rules.model]",
            "0 of 1",
        ],
    );
    // A rule of the base speaks of one use; a product says which it has.
    case("license = \"gemma\"\nuse = \"saas\"\nexpect = \"review\"").check(0, &[]);
    case("license = \"gemma\"\nproduct = \"app\"\nexpect = \"review\"").check(0, &[]);
    case("license = \"gemma\"\nuse = \"internal\"\nexpect = \"review\"")
        .check(1, &["comes to \"allow\""]);
    case("license = \"MIT OR CC-BY-NC-4.0\"\nexpect = \"allow\"").check(0, &[]);
    case("license = \"MIT AND\"\nexpect = \"allow\"").check(1, &["is no license expression"]);
    case("license = \"MIT\"\nproduct = \"ap\"\nexpect = \"allow\"")
        .check(2, &["did you mean `app`?"]);
    // What a base expects holds for all who extend it; they may be stricter.
    let test = "[[test]]\nlicense = \"MIT\"\nkind = \"code\"\nexpect = \"allow\"\n";
    let strict = format!("{CHILD}[rules.code]\ndeny = [\"permissive\"]\n");
    let project = project(&strict).with("policy/base.toml", format!("{BASE}{test}"));
    project.run(&["policy", "check"]).check(0, &["1 of 1 as expected"]);
}

#[test]
fn what_is_idle_is_told_at_its_token() {
    let idle = |lines: &str, code: i32, says: &[&str]| {
        let text = format!("{CHILD}{lines}\n");
        project(&text).run(&["policy", "check", "--today", "2026-10-01"]).check(code, says);
    };
    let rule = |lines: &str| {
        format!("[[rule]]\nid = \"r\"\n{lines}\nverdict = \"deny\"\nbecause = \"No.\"")
    };
    idle("", 0, &["no findings", "tests: none"]);
    idle(&rule("use = \"distil\""), 0, &["unmade-use", "caveat.toml:11:7"]);
    idle(&rule("license = \"Apache-3.0\""), 0, &["unheard-license", "caveat.toml:11:11"]);
    let none = rule("license = \"MIT\"\ntag = \"non-commercial\"");
    idle(&none, 0, &["uncarried-tag", "none of its licenses carries"]);
    let wide = rule("tag = \"non-commercial\"").replace("\"r\"", "\"wide\"");
    let narrow = rule("tag = \"non-commercial\"\nuse = \"saas\"").replace("\"deny\"", "\"review\"");
    let open = format!("{wide}\n{narrow}");
    let project = Project::of("caveat.toml", open);
    project.run(&["policy", "check"]).check(0, &["shadowed-rule", "rule `wide` says \"deny\""]);
    project.run(&["policy", "check", "--strict"]).check(1, &["shadowed-rule"]);
    idle("[rules.document]\ndeny = [\"non-commercial\"]", 0, &["idle-list"]);
    idle("[rules.model]\ntest = [\"scale-capped\"]\n", 0, &["unanswerable-test"]);
    idle("[[exclude]]\npath = \"x\"\nreason = \"other\"", 0, &["reasonless-exclude"]);
    idle("[baseline]\nfile = \"b.toml\"\nuntil = 2026-09-30", 0, &["expired-baseline"]);
    idle("[review]\nevery = \"30d\"\nlast = 2026-08-01", 0, &["stale-policy", "31 days ago"]);
    let facts = "[[org.facts]]\nas-of = 2025-01-01\nmau = 1\n";
    let stale = CHILD.replace("[org]\n", "[org]\nstale-after = \"90d\"\n") + facts;
    let project = self::project(&stale);
    project.run(&["policy", "check", "--today", "2026-10-01"]).check(0, &["stale-facts"]);
    let inside = "[[product]]\nname = \"lab\"\npaths = \"lab/**\"\nuses = \"internal\"";
    idle(inside, 0, &["overlapping-product", "product `lab` is in product `app`"]);
    let exception = |expires: &str| {
        format!(
            "[[exception]]\nid = \"EX-1\"\npath = \"v/**\"\nallow = [\"permissive\", \"non-commercial\"]\n\
             because = \"Bought.\"\nowner = \"dana@acme.example\"\nexpires = {expires}\n\
             approved = {{ by = \"counsel@acme.example\", on = 2026-07-01, ticket = \"L-1\" }}"
        )
    };
    idle(&exception("2026-12-01"), 0, &["needless-allowance", "allows `permissive`"]);
    idle(&exception("2026-09-01"), 1, &["expired 30 days ago"]);
    idle(&exception("2027-09-01"), 1, &["runs longer than the policy allows: 2026-12-28"]);
    // The formats for servers take it as they take a check.
    let lines = format!("{CHILD}{}\n", exception("2026-09-01"));
    let project = self::project(&lines);
    let sarif =
        project.run(&["policy", "check", "--format", "sarif"]).check(1, &["expired-exception"]);
    serde_json::from_str::<Value>(&sarif.out).expect("the output is JSON");
}

#[test]
fn a_policy_that_is_overdue_is_a_finding_of_a_check() {
    let review = "[review]\nevery = \"90d\"\nlast = 2026-01-01\nby = \"counsel@acme.example\"\n";
    let old = project(CHILD).with("policy/base.toml", format!("{BASE}{review}"));
    let today = ["check", "--today", "2026-05-01"];
    old.run(&today)
        .check(1, &["stale-policy", "policy/base.toml:", "30 days ago", "by counsel@acme.example"]);
    let loud = format!("{CHILD}[levels]\nstale-policy = \"deny\"\n");
    old.with("caveat.toml", loud).run(&today).check(1, &["error[stale-policy]"]);
}

#[test]
fn the_schema_is_printed() {
    let project = Project::new();
    let printed = project.run(&["policy", "schema"]).check(0, &["draft/2020-12/schema"]).out;
    project.run(&["policy", "schema", "--output", "s.json"]).check(0, &[]);
    assert_eq!(project.text("s.json"), printed);
    let known = include_str!("../../../policy/schema/caveat.schema.json");
    assert!(printed == known, "the schema that is checked in is another one");
}
