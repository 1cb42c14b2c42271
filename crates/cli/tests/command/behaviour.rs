//! What scripts rely on: exit codes, what goes where, which policy judges.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::project::Project;

const FREE: &str = "---\nlicense: mit\n---\n";
const NON_COMMERCIAL: &str = "---\nlicense: cc-by-nc-4.0\n---\n";
/// A policy that denies what is not free, and one that denies nothing.
const STRICT: &str = "caveat = 1\n[rules]\notherwise = \"deny\"\nunknown = \"deny\"\n\
    [rules.model]\nallow = [\"permissive\", \"attribution\"]\n\
    [[product]]\nname = \"strict\"\npaths = [\"**\"]\nuses = [\"internal\"]\n";
const LOOSE: &str = "caveat = 1\n[rules]\notherwise = \"allow\"\nunknown = \"allow\"\n\
    [[product]]\nname = \"loose\"\npaths = [\"**\"]\nuses = [\"internal\"]\n";

#[test]
fn the_exit_code_says_whether_it_may_go_out() {
    let free = Project::of("a/README.md", FREE);
    free.run(&["check"]).check(0, &["summary: no findings"]);
    let denied = Project::of("a/README.md", NON_COMMERCIAL);
    denied.run(&["check"]).check(1, &["error[denied-license]"]);
    denied.run(&["check", "--exit-zero"]).check(0, &["error[denied-license]"]);
    denied.run(&["scan"]).check(0, &["CC-BY-NC-4.0"]);
    let review = Project::of("a/README.md", "---\nlicense: gemma\n---\n");
    review.run(&["check"]).check(0, &["review[needs-review]"]);
    review.run(&["check", "--strict"]).check(1, &["review[needs-review]"]);
    denied.run(&["may", "saas", "cc-by-nc-4.0"]).check(1, &["denied: cc-by-nc-4.0 for saas"]);
    denied.run(&["may", "saas", "gemma"]).check(0, &["review: gemma for saas"]);
    denied.run(&["may", "saas", "mit"]).check(0, &["allowed: mit for saas"]);
}

#[test]
fn what_cannot_be_done_is_no_pass() {
    let project = Project::of("a/README.md", FREE).with("models/README.md", FREE);
    let check = |arguments: &[&str], says: &[&str]| {
        let ran = project.run(arguments).check(2, says);
        assert!(ran.out.is_empty(), "{}", ran.out);
    };
    let missing = "cannot read `mdoels`: no such file or directory";
    check(&["check", "mdoels"], &[missing, "help: did you mean `models`?"]);
    check(&["check", "elsewhere"], &["help: check the spelling"]);
    check(&["check", "a", "mdoels"], &["`mdoels`"]);
    check(&["check", "--exit-zero", "mdoels"], &["`mdoels`"]);
    check(&["check", "--policy", "reserch"], &["did you mean `research`?", "permissive"]);
    check(&["check", "--policy", "missing.toml"], &["`missing.toml`: no such file"]);
    check(&["check", "--policy", "./a"], &["cannot read the policy", "not a regular file"]);
    check(&["check", "--today", "2026-02-30"], &["`2026-02-30` is no day", "YYYY-MM-DD"]);
    check(&["check", "--format", "jsno"], &["no format `jsno`", "`json`?", "full, concise, json"]);
    check(&["may", "sass", "mit"], &["no use `sass`", "did you mean `saas`?", "eval-only"]);
    check(&["may", "saas", "mit", "--kind", "modle"], &["did you mean `model`?"]);
    check(&["may", "saas", "mti"], &["no license, path or component `mti`"]);
    check(&["may", "saas", "cc"], &["several licenses", "CC-BY-NC-4.0"]);
    check(&["may", "saas"], &["USE… SUBJECT"]);
    check(&["licenses", "--tag", "non-comercial"], &["did you mean `non-commercial`?"]);
    check(&["explain", "denied-licence"], &["did you mean `denied-license`?"]);
    check(&["init", "--policy", "reserch"], &["did you mean `research`?"]);
    check(&["chekc"], &["check"]);
    for empty in [Project::new(), Project::of("notes.txt", "x").with("a/data.csv", "1")] {
        empty.run(&["check"]).check(2, &["nothing to scan in"]);
        empty.run(&["scan"]).check(2, &["nothing to scan in"]);
    }
}

#[test]
fn the_policy_is_found_upwards_to_the_top_of_the_repository() {
    let card = "deep/models/a/README.md";
    let project = Project::of(card, NON_COMMERCIAL).with("caveat.toml", LOOSE);
    project.run(&["check"]).check(0, &["policy caveat.toml"]).without(&["default"]);
    project.run(&["check", "deep/models"]).check(0, &["policy caveat.toml"]);
    project.run(&["check", card]).check(0, &["policy caveat.toml"]);
    // The nearest speaks, from either of its places.
    let project = project.with("deep/.caveat/caveat.toml", STRICT);
    project.run(&["check", "deep/models"]).check(1, &["policy .caveat/caveat.toml", "`strict`"]);
    project.run(&["check"]).check(0, &["policy caveat.toml"]);
    // A repository inside of another one is its own.
    let project = project.with("deep/models/.git", "gitdir: elsewhere");
    let says = ["commercial-saas.toml (built-in default: no caveat.toml was found)"];
    project.run(&["check", "deep/models"]).check(1, &says);
    let verbose = project.run(&["check", "-v", "deep"]).check(1, &[]);
    assert_eq!(verbose.err, "policy: .caveat/caveat.toml\n");
}

#[test]
fn a_policy_speaks_of_paths_from_its_own_folder() {
    let policy = "[[exclude]]\npath = \"models/old/**\"\nreason = \"example\"\nbecause = \"x\"\n";
    let project = Project::of("models/old/README.md", NON_COMMERCIAL)
        .with("models/new/README.md", NON_COMMERCIAL)
        .with("caveat.toml", format!("{STRICT}{policy}"));
    let set_aside = project.run(&["check", "--audit"]).check(1, &["new/README.md:2", "set aside"]);
    assert!(set_aside.out.contains("excluded as example"));
    let ran = project.run(&["check"]).check(1, &["models/new/README.md"]);
    ran.without(&["models/old/README.md"]);
    project
        .run(&["check", "models"])
        .check(1, &["1 set aside"])
        .without(&["error[denied-license]: `old`"]);
    // Who asks about a folder that is left out wants an answer.
    let says = ["built-in default: caveat.toml of the repository excludes this folder"];
    project.run(&["check", "models/old"]).check(1, &says);
}

#[test]
fn several_paths_share_their_common_parent() {
    let project = Project::of("x/a/README.md", FREE).with("x/b/README.md", NON_COMMERCIAL);
    let both = project.run(&["check", "x/b", "x/a", "x/a/README.md"]);
    both.check(1, &["b/README.md:2:10", "2 models"]).without(&["x/b/README.md"]);
    let json = project.run(&["scan", "x/a", "x/b", "--format", "json"]).check(0, &[]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let root = project.path("x").canonicalize().unwrap();
    assert_eq!(json["root"], root.to_str().unwrap());
    assert_eq!(json["components"][1]["path"], "b");
}

#[test]
fn a_file_that_is_named_is_read_whatever_it_is_called() {
    let mit = include_str!("../../../../LICENSE-MIT");
    let mut header = b"GGUF\x03\0\0\0".to_vec();
    header.extend(0_u64.to_le_bytes());
    header.extend(1_u64.to_le_bytes());
    for (value, kind) in [("general.license", 8_u32), ("cc-by-nc-4.0", 0)] {
        header.extend((value.len() as u64).to_le_bytes());
        header.extend(value.as_bytes());
        header.extend(kind.to_le_bytes().iter().take(if kind == 8 { 4 } else { 0 }));
    }
    let project = Project::of("a.md", NON_COMMERCIAL)
        .with("b/README.md", NON_COMMERCIAL)
        .with("tiny.gguf", header)
        .with("terms", mit)
        .with("package.json", "{\"name\": \"a\", \"license\": \"AGPL-3.0-only\"}");
    project.run(&["check", "b/README.md"]).check(1, &["README.md:2:10", "denied-license"]);
    project.run(&["check", "tiny.gguf"]).check(1, &["denied-license", "(header, byte "]);
    project.run(&["scan", "terms"]).check(0, &["MIT", "text"]);
    project.run(&["check", "package.json"]).check(1, &["denied-license", "package.json:1:"]);
    project.run(&["may", "saas", "./b"]).check(1, &["denied: ./b for saas"]);
    project.run(&["may", "saas", "tiny.gguf"]).check(1, &["denied: tiny.gguf for saas"]);
}

#[test]
fn a_report_is_written_whole_or_not_at_all() {
    let project = Project::of("a/README.md", NON_COMMERCIAL).with("report.json", "old");
    let arguments = ["check", "--format", "json", "--output", "report.json"];
    let ran = project.run(&arguments).check(1, &[]);
    assert!(ran.out.is_empty() && ran.err.is_empty(), "{}{}", ran.out, ran.err);
    let json: serde_json::Value = serde_json::from_str(&project.text("report.json")).unwrap();
    assert_eq!(
        (&json["schema"], json["findings"].as_array().map(Vec::len)),
        (&"caveat/1".into(), Some(1))
    );
    project.run(&["check", "--output", "none/report"]).check(2, &["cannot write `none/report`"]);
    project.run(&["check", "--output", "a"]).check(2, &["cannot write `a`"]);
    project.run(&["check", "nowhere", "--output", "report.json"]).check(2, &[]);
    assert!(project.text("report.json").starts_with('{'));
}

#[test]
fn quiet_says_only_what_fails() {
    let project =
        Project::of("a/README.md", FREE).with("b/README.md", "---\nlicense: gemma\n---\n");
    assert_eq!(project.run(&["check", "-q"]).check(0, &[]).out, "");
    project.run(&["check", "-q", "--strict"]).check(1, &["review[needs-review]"]);
    let project = project.with("c/README.md", NON_COMMERCIAL);
    project.run(&["check", "-q"]).check(1, &["error[denied"]).without(&["review["]);
}

#[test]
fn the_day_is_an_argument() {
    let policy = format!(
        "{STRICT}[[exception]]\nid = \"E-1\"\npath = \"a\"\nallow = [\"non-commercial\"]\nbecause = \"x\"\n\
         owner = \"o@example.org\"\napproved = {{ by = \"o@example.org\", on = 2026-01-01, ticket = \"T-1\" }}\nexpires = 2026-06-30\n"
    );
    let project = Project::of("a/README.md", NON_COMMERCIAL).with("caveat.toml", policy);
    project.run(&["check", "--today", "2026-06-01"]).check(0, &["1 set aside"]);
    project.run(&["check", "--today", "2026-07-01"]).check(1, &["expired-exception"]);
}

#[test]
fn what_another_command_looks_at_is_named() {
    let policy = format!("{STRICT}inbound = {{ sign-off = \"dco\" }}\n");
    let project = Project::of("a/README.md", FREE).with("caveat.toml", policy);
    let says = "who contributed, and under which license (`caveat contributions` looks)";
    project.run(&["check"]).check(0, &[says]);
}

#[test]
fn init_writes_a_policy_that_works_and_overwrites_none() {
    let project = Project::of("a/README.md", FREE);
    project.run(&["init"]).check(0, &["caveat.toml", "next:"]);
    project.run(&["check"]).check(0, &["policy caveat.toml"]);
    let first = project.text("caveat.toml");
    project.run(&["init", "--policy", "research"]).check(2, &["exists already"]);
    assert_eq!(project.text("caveat.toml"), first);
    project.run(&["init", "a", "--policy", "research"]).check(0, &["a/caveat.toml"]);
    project.run(&["check", "a"]).check(0, &["policy caveat.toml"]);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let project = Project::new();
    let project = (0..400)
        .fold(project, |it, number| it.with(&format!("m{number}/README.md"), NON_COMMERCIAL));
    for (command, code) in [("scan", 0), ("check", 1)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_caveat"))
            .arg(command)
            .current_dir(project.path("."))
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let done = child.wait_with_output().unwrap();
        assert_eq!(
            (done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()),
            (Some(code), "")
        );
    }
}

#[test]
fn the_answer_for_machines_keeps_its_shape() {
    let project = Project::of("a/README.md", FREE);
    let policy = ["--policy", "commercial-saas", "--format", "json"];
    let ran = project.run(&[["may", "saas", "distil", "llama3.1"].as_slice(), &policy].concat());
    let json: serde_json::Value = serde_json::from_str(&ran.check(0, &[]).out).unwrap();
    assert_eq!(json["subject"], "llama3.1");
    assert_eq!(json["uses"], serde_json::json!(["saas", "distil"]));
    assert_eq!(json["verdict"], "review");
    assert_eq!(json["missing_facts"].as_array().map(Vec::len), Some(1));
    for key in ["link", "says", "path", "line", "cite"] {
        assert!(json["because"][0].get(key).is_some(), "{key}");
    }
    for key in ["kind", "component", "license", "cite", "text", "status", "evidence"] {
        assert!(json["obligations"][0].get(key).is_some(), "{key}");
    }
}

#[test]
fn the_version_tells_the_day_of_the_data() {
    let ran = Project::new().run(&["--version"]).check(0, &[]);
    assert_eq!(ran.out, format!("caveat {} (license data of {})\n", caveat::VERSION, caveat::DATA));
}

#[test]
fn identify_shows_what_differs_from_the_license() {
    let mit = include_str!("../../../../LICENSE-MIT");
    let changed = mit
        .replace("to any person", "to any noncommercial person")
        .replace("merge, publish", "merge");
    let project = Project::of("LICENSE", changed).with("COPYING", mit);
    project.run(&["identify", "COPYING"]).check(0, &["MIT 1.000", "word for word"]);
    let places = &["MIT", "with words changed", "2 places differ"];
    project.run(&["identify", "LICENSE"]).check(0, places).without(&["noncommercial"]);
    let told = &["put in: “noncommercial”", "1 word left out after “use, copy, modify, merge”"];
    project.run(&["identify", "--diff", "LICENSE"]).check(0, told);
    let fields = &["\"modified\": true", "\"missing_words\": 1", "\"kind\": \"license\""];
    project.run(&["identify", "--format", "json", "LICENSE"]).check(0, fields);
}

#[test]
fn what_a_card_says_in_a_comment_is_read_once() {
    let card = "<!---\n---\nlicense: mit\nbase_model: acme/base\n---\n-->\n# Tiny\n";
    Project::of("README.md", card)
        .run(&["scan"])
        .check(0, &["card README.md:3"])
        .without(&["path:README.md"]);
}

#[test]
fn a_clarification_holds_for_the_bytes_that_were_read() {
    let terms = "You may do with Spoke as you please.\n";
    let digest = "2e1397acbc9f91e9d34dfa044ac9e5f4859d17c6e48d7a37f26bf1e30b81b431";
    let policy = format!(
        "caveat = 1\n[[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [\"saas\"]\n\
         [rules]\nunknown = \"deny\"\ncode = \"permissive\"\n[[clarify]]\npath = \"spoke/**\"\n\
         license = \"MIT-0\"\nevidence = [{{ path = \"TERMS\", sha256 = \"{digest}\" }}]\n\
         because = \"Asked the author.\"\nowner = \"legal@acme.example\"\ndecided = 2026-03-04\n"
    );
    let manifest = "[package]\nname = \"spoke\"\nversion = \"0.3.0\"\nlicense-file = \"TERMS\"\n";
    let project = |terms: &str| {
        Project::of("caveat.toml", &policy)
            .with("spoke/Cargo.toml", manifest)
            .with("spoke/TERMS", terms)
    };
    project(terms).run(&["check"]).check(0, &["no findings"]);
    let scan = project(terms).run(&["check", "--audit", "--format", "json"]);
    scan.check(0, &["\"clarification\"", "MIT-0"]);
    let changed = project("You may not.\n").run(&["check"]);
    let asked = project("You may not.\n").run(&["may", "saas", "spoke"]);
    asked.check(1, &["its SHA-256 is now", "it was read with SHA-256"]);
    project(terms).run(&["may", "saas", "spoke"]).check(0, &["allowed: spoke for saas"]);
    changed.check(1, &["error[stale-clarification]", &digest[..40], "its SHA-256 is now"]);
}

#[test]
fn a_text_in_comments_goes_on_after_an_empty_line() {
    let mit = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../LICENSE-MIT"));
    let lines = mit.expect("it is there");
    let comment = |it: &str| if it.is_empty() { "\n".to_owned() } else { format!("# {it}\n") };
    let code: String = lines.lines().map(comment).chain(["x = 1\n".to_owned()]).collect();
    let free = "# SPDX-License-Identifier: Apache-2.0\n";
    let project = Project::of("LICENSE.md", "Apache-2.0\n").with("a.py", free).with("b.py", code);
    project.run(&["scan"]).check(0, &["b.py", "= MIT (1.00)"]);
}
