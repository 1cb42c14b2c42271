//! What a product is: the folders that make it, what ships, and what it claims to give away.

use crate::project::Project;

const POLICY: &str = r#"
caveat = 1

[org]
commercial = true

[[product]]
name     = "speaker"
paths    = ["firmware/**"]
uses     = ["distribute-weights"]
artefact = "out/models"

[rules]
otherwise = "allow"

[[rule]]
id      = "nothing-bound-by-uses-ships"
product = "speaker"
tag     = "use-restricted"
verdict = "deny"
because = "Customers own the device."
"#;

const CARD: &str = "---\nlicense: bigscience-bloom-rail-1.0\n---\n";

#[test]
fn what_ships_is_judged_file_by_file_as_a_part_of_its_product() {
    let project = Project::of("caveat.toml", POLICY)
        .with("out/models/voice/README.md", CARD)
        .with("out/model-zoo/README.md", CARD)
        .with("firmware/Cargo.toml", "[package]\nname = \"f\"\nversion = \"1.0.0\"\n");
    let says = "out/models/voice/README.md:2:10: error[denied-license]";
    let ran = project.run(&["check", "--format", "concise"]).check(1, &[says]);
    assert!(!ran.out.contains("error[denied-license] `out/model-zoo`"), "{}", ran.out);
}

#[test]
fn what_ships_and_is_not_there_to_be_looked_at_is_named() {
    let check = |project: Project, says: &str| {
        let whole = "what ships as product `speaker`, `out/models`";
        project.run(&["check"]).check(0, &[whole, says]);
    };
    let manifest = "[package]\nname = \"f\"\nversion = \"1.0.0\"\nlicense = \"MIT\"\n";
    let new = || Project::of("caveat.toml", POLICY).with("firmware/Cargo.toml", manifest);
    check(new(), "build it, then check again");
    check(new().with(".gitignore", "out/\n").with("out/models", "x"), "add --no-ignore");
    check(new().with("out/models", "PACK\0\u{1}"), "name the folder it was packed from");
}

const OPEN: &str = r#"
caveat = 1

[[product]]
name     = "checkpoints"
paths    = ["release/models/**"]
uses     = ["distribute-weights"]
openness = "MOF-III"

[rules]
otherwise = "allow"
"#;

#[test]
fn a_claim_of_openness_says_which_parts_are_missing_and_what_would_do() {
    let list = "release:\n  components:\n  - name: Data card\n    license: CC-BY-4.0\n";
    let card = "---\nlicense: cc0-1.0\n---\n# Tall\n\n## Evaluation\n\n0.9\n";
    let project = Project::of("caveat.toml", OPEN)
        .with("release/models/tall/README.md", card)
        .with("release/models/tall/model.safetensors", b"\x02\0\0\0\0\0\0\0{}")
        .with("release/models/tall/modeling_tall.py", "class Tall: pass\n")
        .with("release/models/tall/mof.yml", list);
    let says = [
        "`release/models/tall` does not reach MOF-III: no technical report",
        "caveat.toml:8 product `checkpoints`: openness = \"MOF-III\"",
        "not looked: the network",
        "caveat except release/models/tall --product checkpoints --allow openness-not-reached",
    ];
    project.run(&["check"]).check(1, &says);
    let project = project.with("release/models/tall/technical_report.md", "How it was made.\n");
    project.run(&["check"]).check(0, &["no findings"]);
}

#[test]
fn one_finding_for_many_is_still_about_each_of_them() {
    let policy = "caveat = 1\n[[product]]\nname = \"bell\"\npaths = [\"vendor/**\"]\n\
        uses = [\"distribute-binary\"]\n[rules]\notherwise = \"allow\"\n[patents]\ngrant-required = [\"code\"]\n";
    let manifest = |name: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nlicense = \"MIT\"\n")
    };
    let mut project = Project::of("caveat.toml", policy);
    for name in ["rim", "spoke", "hub", "axle"] {
        let text = "MIT License, see the web\n";
        project = project
            .with(&format!("vendor/{name}/Cargo.toml"), manifest(name))
            .with(&format!("vendor/{name}/README"), text);
    }
    let says = "`axle` and 3 more in product `bell` are under MIT License";
    let ran = project.run(&["check", "--strict"]).check(1, &[says]);
    assert_eq!(ran.out.matches("[missing-patent-grant]").count(), 1, "{}", ran.out);
    for name in ["axle", "spoke"] {
        let asked = ["explain", &format!("vendor/{name}"), "--path", "."];
        project.run(&asked).check(0, &["review", "missing-patent-grant"]);
    }
}
