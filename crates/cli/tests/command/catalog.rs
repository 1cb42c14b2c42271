//! What the catalogue of well-known models answers, and where it keeps silent.

use crate::project::Project;

const TUNED: &str = "---\nlicense: apache-2.0\nbase_model: black-forest-labs/FLUX.1-dev\n---\n";
const LOADS: &str = "from diffusers import FluxPipeline\n\
                     pipe = FluxPipeline.from_pretrained(\"black-forest-labs/FLUX.1-dev\")\n";

#[test]
fn a_well_known_model_is_asked_about_by_its_name() {
    let empty = Project::new();
    let check = |subject: &str, code: i32, says: &[&str]| {
        empty.run(&["may", "saas", subject]).check(code, says);
    };
    check("Qwen/Qwen2.5-7B", 0, &["allowed: Qwen/Qwen2.5-7B for saas", "(2024-09-17)", "pin"]);
    check("qwen/qwen2.5-7b", 0, &["allowed: qwen/qwen2.5-7b for saas"]);
    check("Qwen/Qwen2.5-3B", 1, &["denied", "LicenseRef-Qwen-Research", "as others tell it"]);
    check("black-forest-labs/FLUX.1-dev", 1, &["denied", "non-commercial"]);
    check("sentence-transformers/all-MiniLM-L6-v2", 0, &["review", "never enough to let it pass"]);
    check("deepseek-ai/DeepSeek-R1-Distill-Llama-8B", 1, &["denied", "meta-llama/Llama-3.1-8B"]);
    check("datasets/tatsu-lab/alpaca", 1, &["denied", "CC-BY-NC-4.0"]);
    check("someone/Llama-3.1-8B", 2, &["no license, path or component `someone/Llama-3.1-8B`"]);
    empty
        .run(&["explain", "meta-llama/Llama-3.1-8B"])
        .check(0, &["LicenseRef-Llama-3.1-Community", "(2025-07-15)", "not looked at here"]);
    empty.run(&["explain", "someone/Llama-3.1-8B"]).check(2, &["no license, rule or component"]);
}

/// A project that names a model has not looked at it: the question is answered as anywhere else.
#[test]
fn a_question_about_what_the_project_only_names_is_no_pass() {
    let ask = ["may", "saas", "black-forest-labs/FLUX.1-dev"];
    for project in [Project::of("models/a/README.md", TUNED), Project::of("draw.py", LOADS)] {
        project.run(&ask).check(1, &["denied: black-forest-labs/FLUX.1-dev for saas"]);
    }
}

#[test]
fn what_the_project_says_itself_stands_above_the_catalogue() {
    let card = "---\nlicense: mit\n---\n";
    let cache = "hub/models--black-forest-labs--FLUX.1-dev/snapshots/0123456789abcdef";
    let project = Project::of(&format!("{cache}/README.md"), card);
    project.run(&["scan"]).check(0, &["1 MIT", "card hub/models--"]);
    let silent = Project::of(&format!("{cache}/config.json"), "{\"model_type\": \"flux\"}");
    silent.run(&["check"]).check(1, &["error[denied-license]", "`black-forest-labs/FLUX.1-dev`"]);
    let claims = "{\"_name_or_path\": \"black-forest-labs/FLUX.1-dev\", \"model_type\": \"flux\"}";
    let forged = Project::of("models/mine/config.json", claims);
    let scan = forged.run(&["scan"]);
    assert!(!scan.out.contains("path:models/mine  LicenseRef"), "{}", scan.out);
}

#[test]
fn what_code_loads_is_found_where_it_is_loaded() {
    let project = Project::of("a/README.md", TUNED).with("draw.py", LOADS);
    let says = ["draw.py:2:38: error[denied-license]", "a/README.md:3:13: error[denied-license]"];
    project.run(&["check", "--format", "concise"]).check(1, &says);
    project
        .run(&["scan"])
        .check(0, &["2 licensed (1 by the catalogue alone)", "catalog catalog.tsv:"]);
    let excluded = "caveat = 1\n[[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [\"saas\"]\n\
                    [org]\ncommercial = true\n[rules]\nmodel = \"commercial\"\ncode = \"permissive\"\n\
                    [[exclude]]\npath = \"tests/**\"\nreason = \"test\"\n";
    let both = Project::of("caveat.toml", excluded).with("tests/draw.py", LOADS);
    let quiet = both.run(&["check"]);
    assert_eq!(quiet.code, Some(0), "{}{}", quiet.out, quiet.err);
    let both = both.with("draw.py", LOADS);
    both.run(&["check"]).check(1, &["error[denied-license]"]);
}
