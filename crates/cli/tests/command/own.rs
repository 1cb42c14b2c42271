//! Licenses that only the policy knows: their terms, their text, and what is wrong with either.

use crate::project::Project;

const POLICY: &str = r#"
caveat = 1

[org]
commercial = true

[[org.facts]]
as-of = 2026-10-31
mau   = 2_000_000

[[product]]
name  = "app"
paths = ["**"]
uses  = ["saas"]

[rules]
unknown = "deny"

[rules.model]
allow = ["permissive", "attribution"]
test  = ["scale-capped"]

[[license]]
id    = "LicenseRef-Acme-Weights"
name  = "Acme Weights License"
terms = "legal/licenses/acme.toml"
text  = "legal/licenses/acme.txt"
"#;

pub(crate) const TERMS: &str = r#"
[license]
id = "LicenseRef-Acme-Weights"
name = "Acme Weights License"
written-for = "model"
category = "community-threshold"
text = "acme"

[sources]
acme = { where = "own", path = "legal/licenses/acme.txt" }

[grants]
redistribution = { value = "allowed", cite = "§1", source = "acme", confidence = "read" }

[limits]
thresholds = [
  { metric = "monthly-active-users", op = ">", limit = 1_000_000, measured = "continuing", consequence = "needs-license", cite = "§4", source = "acme", confidence = "read" },
]

[duties]
attribution = { value = true, cite = "§2", source = "acme", confidence = "read" }
"#;

const TEXT: &str = "Acme Weights License\n\n1. You may copy these weights and pass them on.\n\
    2. Keep this notice and give credit to Acme.\n\
    4. If more than a million people use your service in a month, ask us for a license first.\n\
    THE WEIGHTS ARE PROVIDED AS IS, WITHOUT WARRANTY OF ANY KIND.\n";

fn project() -> Project {
    Project::of("caveat.toml", POLICY)
        .with("legal/licenses/acme.toml", TERMS)
        .with("legal/licenses/acme.txt", TEXT)
}

#[test]
fn terms_of_our_own_are_judged_like_any_other() {
    let card = "---\nlicense: LicenseRef-Acme-Weights\n---\n";
    let says = [
        "more than 1,000,000 monthly active users",
        "(§4)",
        "2,000,000 monthly active users as of 2026-10-31",
    ];
    project().with("models/a/README.md", card).run(&["check"]).check(1, &says);
    project().with("models/a/README.md", card).run(&["may", "saas", "./models/a"]).check(1, &says);
}

#[test]
fn a_text_of_our_own_is_known_by_its_words_and_a_name_by_itself() {
    let placed = "---\nlicense: other\n---\n";
    // Set in other lines, and in capitals.
    let text = TEXT.to_uppercase().replace(". ", ".\n  ");
    let ran = project().with("models/a/README.md", placed).with("models/a/LICENSE", text);
    ran.run(&["check"]).check(1, &["error[over-threshold]: `models/a`", "(§4)"]);
    let named = "---\nlicense: other\nlicense_name: acme weights license\n---\n";
    let ran = project().with("models/a/README.md", named);
    ran.run(&["check"]).check(1, &["error[over-threshold]: `models/a`"]);
    // A word more is another text.
    let other = TEXT.replace("copy", "sell");
    let ran = project().with("models/a/README.md", placed).with("models/a/LICENSE", other);
    ran.run(&["check"]).check(1, &["error[unknown-license]"]);
}

#[test]
fn what_is_wrong_with_the_files_is_shown_where_it_stands() {
    let card = "---\nlicense: LicenseRef-Acme-Weights\n---\n";
    let check = |terms: &str, says: &[&str]| {
        let project = project().with("legal/licenses/acme.toml", terms);
        project.with("models/a/README.md", card).run(&["check"]).check(2, says);
    };
    let typo = TERMS.replace("needs-license", "needs-licence");
    check(&typo, &["legal/licenses/acme.toml:17", "consequence"]);
    let other = TERMS.replace("id = \"LicenseRef-Acme-Weights\"", "id = \"LicenseRef-Other\"");
    check(&other, &["states the terms of `LicenseRef-Other`", "caveat.toml:26"]);
    check("[license", &["legal/licenses/acme.toml:1"]);
    let away = POLICY.replace("legal/licenses/acme.txt", "legal/none.txt");
    project()
        .with("caveat.toml", away)
        .run(&["check"])
        .check(2, &["`legal/none.txt` cannot be read"]);
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_repository() {
    let outside = Project::of("secret.toml", TERMS);
    let project = Project::of("caveat.toml", POLICY).with("legal/licenses/acme.txt", TEXT);
    let link = project.path("legal/licenses/acme.toml");
    std::os::unix::fs::symlink(outside.path("secret.toml"), link).expect("a link can be made");
    project.run(&["check"]).check(2, &["leads out of the folder of the policy"]);
}

/// Terms that travel: a name, an agreement that recipients are bound to, a list of forbidden uses.
const CARRIED: &str = r#"
names = [{ kind = "prefix", text = "Acme", cite = "§6", source = "acme", confidence = "read" }]
flow-down = { value = "copy-of-agreement", cite = "§7", source = "acme", confidence = "read" }

[restrictions]
restricted-uses = { value = ["military", "gambling"], cite = "§8", source = "acme", confidence = "read" }

[outputs]
distillation = { value = "unrestricted", cite = "§9", source = "acme", confidence = "read" }
"#;

#[test]
fn terms_of_our_own_travel_to_what_is_made_of_the_work() {
    let check = |terms: &str, how: &str, label: &str, code: i32, says: &[&str]| {
        let base = "---\nlicense: LicenseRef-Acme-Weights\n---\n";
        let card = format!(
            "---\nlicense: {label}\nbase_model: acme/weights\nbase_model_relation: {how}\n---\n"
        );
        let policy = POLICY.replace("2_000_000", "2_000").replace(
            "allow = [",
            "allow = [\"use-restricted\", \"naming-required\", \"output-restricted\", ",
        );
        let project = project()
            .with("caveat.toml", policy)
            .with("legal/licenses/acme.toml", format!("{TERMS}{terms}"))
            .with("models/acme/weights/README.md", base)
            .with("models/tall/README.md", card);
        project.run(&["check"]).check(code, says)
    };
    let rule = "error[looser-than-upstream]";
    let uses = "2 kinds of use are forbidden";
    check(CARRIED, "finetune", "mit", 1, &[rule, "(§4)", "\"Acme\" (§6)", "(§7)", uses]);
    // Where the terms say nothing of it, nothing of it travels.
    let ran = check("", "finetune", "mit", 1, &[rule, "(§4)"]);
    assert!(!ran.out.contains("§7") && !ran.out.contains(uses), "{}", ran.out);
    // Who learns from outputs is free of it, as the terms say; where they are silent, nobody knows.
    let ran = check(CARRIED, "distill", "mit", 0, &[]);
    assert!(!ran.out.contains("[looser-than-upstream]"), "{}", ran.out);
    check("", "distill", "mit", 0, &["review[looser-than-upstream]"]);
    // The same label carries all of it; a name is a duty of its own.
    let ran = check(CARRIED, "finetune", "LicenseRef-Acme-Weights", 0, &[]);
    assert!(!ran.out.contains(rule), "{}", ran.out);
}
