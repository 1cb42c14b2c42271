//! `caveat explain` on a component: its chain, what that carries, and what becomes of it where.

use crate::project::Project;

const POLICY: &str = "caveat = 1\n[org]\ncommercial = true\n[rules]\notherwise = \"allow\"\n\
    unknown = \"review\"\n[rules.model]\ndeny = [\"non-commercial\"]\n\
    [[rule]]\nid = \"bench\"\nuse = [\"eval-only\"]\ntag = \"non-commercial\"\n\
    verdict = \"review\"\nbecause = \"only measured\"\n\
    [[product]]\nname = \"shop\"\npaths = [\"models/**\"]\nuses = [\"saas\"]\n\
    [[product]]\nname = \"bench\"\npaths = [\"models/a/**\"]\nuses = [\"eval-only\"]\n\
    [[product]]\nname = \"other\"\npaths = [\"other/**\"]\nuses = [\"saas\"]\n";

fn project() -> Project {
    let a =
        "---\nlicense: cc-by-nc-4.0\nbase_model: acme/b\ndatasets: [acme/free, acme/data]\n---\n";
    Project::of("models/a/README.md", a)
        .with("models/acme/b/README.md", "---\nlicense: cc-by-nc-4.0\nbase_model: acme/gone\n---\n")
        .with("data/acme/free/README.md", "---\nlicense: cc0-1.0\npretty_name: F\n---\n")
        .with("data/acme/data/README.md", "---\nlicense: cc-by-sa-4.0\npretty_name: D\n---\n")
        .with("caveat.toml", POLICY)
}

#[test]
fn a_chain_says_who_how_where_and_what_is_carried() {
    let tree = [
        "path:models/a: CC-BY-NC-4.0\n  ├─ fine-tuned-from path:models/acme/b: CC-BY-NC-4.0 (models/a/README.md:3)\n",
        "  │  │    carries non-commercial: use only for non-commercial purposes (§",
        "  │  └─ fine-tuned-from pkg:huggingface/acme/gone: not in the tree (models/acme/b/README.md:3)\n",
        "  │          what it carries nobody here knows",
        "  ├─ trained-on path:data/acme/free: CC0-1.0 (models/a/README.md:4)\n  │       carries nothing",
        "  └─ trained-on path:data/acme/data: CC-BY-SA-4.0 (models/a/README.md:4)\n          whether data binds",
    ];
    let project = project();
    project.run(&["explain", "models/a"]).check(0, &tree);
    // Whose data it is, and what is made from a thing, is seen from there as well.
    let below = ["fine-tuned-from path:models/a: CC-BY-NC-4.0 (models/a/README.md:3)"];
    project.run(&["explain", "acme/b", "--path", "."]).check(0, &below);
}

#[test]
fn the_verdict_is_told_for_each_product() {
    let ran = project().run(&["explain", "models/a"]);
    let denied = "denied product `shop` (saas) denied-license: `models/a`";
    let review = "review product `bench` (eval-only)";
    ran.check(0, &[denied, review, "policy caveat.toml"]).without(&["`other`"]);
    let project = Project::of("x/README.md", "---\nlicense: mit\n---\n");
    let says = ["allowed no product claims it", "policy caveat.toml"];
    project.with("caveat.toml", POLICY).run(&["explain", "x"]).check(0, &says);
}

#[test]
fn what_the_tree_only_names_is_judged_in_other_hands() {
    let card = "---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n";
    let project = Project::of("a/README.md", card);
    let says = ["as the catalogue says", "carries naming-required", "§1.b.i"];
    project.run(&["explain", "a"]).check(0, &says);
    let says = ["judged only in the hands of what is made from it", "path:a: MIT"];
    project.run(&["explain", "meta-llama/Llama-3.1-8B"]).check(0, &says);
}

#[test]
fn a_name_that_nothing_answers_to_is_no_pass() {
    let project = project();
    project.run(&["explain", "acme/bb"]).check(2, &["no license, rule or component `acme/bb`"]);
    let named = Project::of("Cargo.toml", "[package]\nname = \"lantern\"\nversion = \"1.0.0\"\n");
    named.run(&["explain", "lantren"]).check(2, &["did you mean `lantern`?"]);
    named.run(&["explain", "lantern", "--path", "nowhere"]).check(2, &["cannot read `nowhere`"]);
    // A circle ends where it closes.
    let circle = Project::of("m/a/README.md", "---\nlicense: mit\nbase_model: m/b\n---\n")
        .with("m/b/README.md", "---\nlicense: mit\nbase_model: m/a\n---\n");
    circle.run(&["explain", "m/a"]).check(0, &["as above"]);
}
