//! `caveat graph`: what is drawn, what is left out, and names that try to draw something else.

use serde_json::Value;

use crate::project::{Project, Ran};

const POLICY: &str = "caveat = 1\n[rules]\notherwise = \"allow\"\nunknown = \"review\"\n\
    [rules.model]\nallow = [\"permissive\", \"attribution\"]\ndeny = [\"non-commercial\"]\n\
    [[product]]\nname = \"all\"\npaths = [\"**\"]\nuses = [\"internal\"]\n";
const LOCK: &str = "version = 4\n[[package]]\nname = \"app\"\nversion = \"1.0.0\"\n\
    dependencies = [\"left\"]\n[[package]]\nname = \"left\"\nversion = \"0.1.0\"\n\
    source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";

fn project() -> Project {
    Project::of("models/a/README.md", "---\nlicense: mit\nbase_model: acme/b\n---\n")
        .with("models/acme/b/README.md", "---\nlicense: cc-by-nc-4.0\ndatasets: [acme/c]\n---\n")
        .with("Cargo.toml", "[package]\nname = \"app\"\nversion = \"1.0.0\"\nlicense = \"MIT\"\n")
        .with("Cargo.lock", LOCK)
        .with("caveat.toml", POLICY)
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).expect("the output is JSON")
}

fn ids(graph: &Value) -> Vec<&str> {
    let all = graph["components"].as_array().expect("there is a list");
    all.iter().map(|it| it["id"].as_str().expect("an id is text")).collect()
}

#[test]
fn models_and_data_are_drawn_unasked_and_code_where_it_is_asked_for() {
    let project = project();
    let left_out = "not drawn: 2 components of code that no model or dataset touches";
    let ran = project.run(&["graph", "--format", "json"]).check(0, &[left_out]);
    let graph = json(&ran);
    let (a, b, c) = ("path:models/a", "path:models/acme/b", "pkg:huggingface/datasets/acme/c");
    assert_eq!(ids(&graph), [a, b, c]);
    let verdicts: Vec<_> = graph["components"].as_array().unwrap().iter().collect();
    assert_eq!(verdicts[1]["license"], "CC-BY-NC-4.0");
    assert_eq!(verdicts[1]["verdict"], "denied");
    assert_eq!(verdicts[2]["verdict"], Value::Null);
    let relation = &graph["relations"][0];
    assert_eq!((&relation["from"], &relation["to"]), (&a.into(), &b.into()));
    assert_eq!((&relation["path"], &relation["line"]), (&"models/a/README.md".into(), &3.into()));
    let all = project.run(&["graph", "--all", "--format", "json"]).check(0, &[]);
    assert_eq!(all.err, "");
    let all = json(&all);
    assert!(ids(&all).contains(&"pkg:cargo/left@0.1.0"), "{:?}", ids(&all));
    assert!(all["relations"].to_string().contains("depends-on"));
}

#[test]
fn what_is_too_much_to_draw_leaves_out_the_good_news() {
    let left_out = "1 component more than is drawn at once; ask for more with --most NUMBER, or for a part of the tree with its path";
    let project = Project::of("a/README.md", "---\nlicense: mit\n---\n")
        .with("b/README.md", "---\nlicense: cc-by-nc-4.0\n---\n")
        .with("caveat.toml", POLICY);
    let ran = project.run(&["graph", "--most", "1", "--format", "json"]).check(0, &[left_out]);
    assert_eq!(ids(&json(&ran)), ["path:b"]);
    project.run(&["graph", "-q", "--most", "1"]).check(0, &["CC-BY-NC"]).without(&["ask for more"]);
}

#[test]
fn a_name_draws_nothing_but_itself() {
    let folder = "x\"]); n0 -> n9 [label=\"%%{init: {}}%%<script>\n    n0 --> n9`&lt;\u{202e}\\";
    let card = "---\nlicense: mit\n---\n";
    let project = Project::of(&format!("{folder}/README.md"), card).with("caveat.toml", POLICY);
    let mermaid = project.run(&["graph"]).check(0, &[]);
    assert!(mermaid.out.contains("#60;script#62;"), "{}", mermaid.out);
    for line in mermaid.out.lines().skip(1) {
        let labels: Vec<_> = line.split('"').collect();
        let [before, label, after] = labels[..] else {
            assert!(line.starts_with("    classDef "), "{line}");
            continue;
        };
        let label = label.replace("<br/>", "");
        assert!(!label.contains(['<', '>', '%', '{', '`', '&', '[', ']', '(']), "{line}");
        assert!(!(before.to_owned() + after).contains(['x', '%', '<']), "{line}");
    }
    let dot = project.run(&["graph", "--format", "dot"]).check(0, &[]);
    assert!(dot.out.contains("<script>"), "{}", dot.out);
    let shapes = dot.out.lines().filter(|it| it.contains("[label="));
    for line in shapes {
        // Without what is escaped, a line has the quotation marks that we wrote and no others.
        let bare = line.replace("\\\\", "").replace("\\\"", "");
        let parts: Vec<_> = bare.split('"').collect();
        assert!(parts.len() % 2 == 1 && parts.len() <= 9, "{line}");
        assert!(!parts.iter().step_by(2).any(|it| it.contains("script")), "{line}");
        assert!(!bare.contains("&lt;"), "{line}");
    }
    json(&project.run(&["graph", "--format", "json"]).check(0, &[]));
}

#[test]
fn a_drawing_goes_where_it_is_wanted_or_says_why_not() {
    let project = project();
    let to_file = project.run(&["graph", "--output", "models.mmd"]).check(0, &["not drawn"]);
    assert_eq!(to_file.out, "");
    let same = project.run(&["graph"]).check(0, &[]);
    assert_eq!(project.text("models.mmd"), same.out);
    project.run(&["graph", "--format", "dto"]).check(2, &["no format `dto`", "`dot`?"]);
    project.run(&["graph", "elsewhere"]).check(2, &["cannot read `elsewhere`"]);
}
