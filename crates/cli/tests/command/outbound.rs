//! `caveat outbound`: what may go out under which license, and what stands in the way.

use serde_json::Value;

use crate::project::Project;

const POLICY: &str = "caveat = 1\n[rules]\notherwise = \"allow\"\n";
const APP: &str = "{\"name\": \"app\", \"version\": \"1.0.0\", \"license\": \"MIT\", \
    \"dependencies\": {\"left\": \"1.0.0\"}, \"devDependencies\": {\"tool\": \"1.0.0\"}}";

fn lock(left: &str) -> String {
    format!(
        "{{\"name\": \"app\", \"version\": \"1.0.0\", \"lockfileVersion\": 3, \"packages\": {{\
         \"\": {APP}, \
         \"node_modules/left\": {{\"version\": \"1.0.0\", \"license\": \"{left}\"}}, \
         \"node_modules/tool\": {{\"version\": \"1.0.0\", \"license\": \"GPL-3.0-only\", \"dev\": true}}}}}}"
    )
}

fn app(left: &str) -> Project {
    Project::of("package.json", APP)
        .with("package-lock.json", lock(left))
        .with("caveat.toml", POLICY)
}

#[test]
fn a_part_that_wants_the_whole_stands_in_the_way() {
    let ask = |left: &str, license: &str, code: i32, says: &[&str]| {
        app(left).run(&["outbound", "--license", license]).check(code, says);
    };
    ask("GPL-3.0-only", "mit", 1, &["no MIT `left` (GPL-3.0-only), package", "§5(c)"]);
    ask("GPL-3.0-only", "gpl-3.0-or-later", 0, &["yes, if GPL-3.0-or-later"]);
    ask("GPL-3.0-only", "AGPL-3.0-only", 0, &["yes, if AGPL-3.0-only"]);
    ask("Apache-2.0", "GPL-2.0-only", 1, &["no GPL-2.0-only", "GPL-2.0 §6; Apache-2.0 §3"]);
    ask("EPL-2.0", "GPL-2.0-only", 0, &["unclear GPL-2.0-only", "secondary license"]);
    // What is needed only to build or test it does not go out with it; a choice is ours to make.
    ask(
        "MIT OR GPL-3.0-only",
        "MIT",
        0,
        &["1 part from others", "yes, if MIT", "for pkg:npm/left"],
    );
    app("GPL-3.0-only").run(&["outbound"]).check(
        0,
        &["no MIT, Apache-2.0", "yes, if GPL-3.0-or-later, AGPL-3.0-or-later, GPL-3.0-only"],
    );
}

#[test]
fn a_model_gives_no_more_than_it_got() {
    let card = "---\nlicense: mit\nbase_model: acme/b\ndatasets: [acme/d]\n---\n";
    let project = Project::of("models/a/README.md", card)
        .with("models/acme/b/README.md", "---\nlicense: gemma\n---\n")
        .with("data/acme/d/README.md", "---\nlicense: cc-by-nc-4.0\npretty_name: D\n---\n")
        .with("caveat.toml", POLICY);
    let ask = |license: &str, code: i32, says: &[&str]| {
        project.run(&["outbound", "models/a", "--license", license]).check(code, says);
        project.run(&["outbound", "--license", license]).check(1, &["dataset: 1 part"]);
    };
    ask("mit", 0, &["unclear MIT", "nobody here knows the license of `pkg:huggingface/acme/b`"]);
    let says = ["no MIT", "it would drop its use restrictions", "§3.2", "is not settled"];
    project.run(&["outbound", "--license", "mit"]).check(1, &says);
    let binds = format!("{POLICY}[relations]\ntrained-on = \"allow\"\n");
    let project = project.with("caveat.toml", binds);
    project.run(&["outbound", "--license", "mit"]).check(1, &["no MIT"]).without(&["settled"]);
}

#[test]
fn the_policy_names_what_is_asked_about() {
    let product = "[[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [\"distribute-binary\"]\n\
                   outbound = \"Apache-2.0\"\n";
    let project = app("MIT").with("caveat.toml", format!("{POLICY}{product}"));
    let ran = project.run(&["outbound", "--format", "json"]).check(0, &[]);
    let json: Value = serde_json::from_str(&ran.out).expect("the output is JSON");
    let release = &json["releases"][0];
    assert_eq!((&release["product"], &release["kind"]), (&"app".into(), &"code".into()));
    let asked: Vec<_> = release["licenses"].as_array().expect("a list").iter().collect();
    assert_eq!(asked[0]["license"], "Apache-2.0");
    assert_eq!(asked[0]["answer"], "yes, if");
    assert_eq!(asked[0]["obligations"][0]["component"], "pkg:npm/left@1.0.0");
    assert_eq!(asked.len(), 2);
    project.run(&["outbound", "--license", "mti"]).check(2, &["no license `mti`", "`MIT`?"]);
    project.run(&["outbound", "--format", "yaml"]).check(2, &["no format `yaml`"]);
    // A name that steers the terminal is shown, not followed.
    let evil = Project::of("a\u{1b}[31m/README.md", "---\nlicense: cc-by-nc-4.0\n---\n");
    evil.run(&["outbound"]).check(0, &["no", "CC-BY-NC-4.0"]);
    evil.run(&["outbound", "--format", "json"]).check(0, &[]);
}
