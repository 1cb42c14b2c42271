//! What shells, manuals and build servers get.

use crate::project::Project;

const NON_COMMERCIAL: &str = "---\nlicense: cc-by-nc-4.0\n---\n";

#[test]
fn rules_are_listed_and_have_pages() {
    let project = Project::new();
    let ran = project
        .run(&["rules"])
        .check(0, &["unknown-license", "looser-than-upstream", "`[levels]`"]);
    assert!(ran.out.lines().count() > 20);
    let page = project.run(&["rules", "denied-license"]).check(0, &["# denied-license"]).out;
    assert_eq!(page, project.run(&["explain", "denied-license"]).out);
    let list = project.run(&["rules", "--format", "json"]).check(0, &[]).out;
    let list: serde_json::Value = serde_json::from_str(&list).expect("it is JSON");
    assert!(
        list.as_array()
            .expect("a list")
            .iter()
            .all(|it| it["level"].is_string() && it["page"].is_null())
    );
    project.run(&["rules", "denied-licence"]).check(2, &["did you mean `denied-license`?"]);
}

#[test]
fn shells_and_manuals_know_every_command() {
    let project = Project::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        project.run(&["completions", shell]).check(0, &["explain", "outbound", "staged"]);
    }
    assert_eq!(project.run(&["completions", "csh"]).code, Some(2));
    assert!(project.run(&["man"]).out.contains(".TH caveat 1"));
    assert_eq!(project.run(&["man", "--output", "pages"]).out, "");
    assert!(project.text("pages/caveat.1").contains("caveat"));
    assert!(project.text("pages/caveat-check.1").contains("caveat check \\-\\-staged"));
}

#[test]
fn colours_are_forced_or_forbidden() {
    let project = Project::of("a/README.md", NON_COMMERCIAL);
    let is_colored = |variables: &[(&str, &str)], arguments: &[&str]| {
        let all = [&["check"], arguments].concat();
        project.run_with(variables, &all).out.contains("\u{1b}[")
    };
    assert!(!is_colored(&[], &[]));
    assert!(is_colored(&[("FORCE_COLOR", "1")], &[]));
    assert!(is_colored(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!is_colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(is_colored(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(!is_colored(&[("FORCE_COLOR", "1")], &["--color", "never"]));
    // Who is no terminal gets no links and no progress.
    let ran = project.run_with(&[("FORCE_COLOR", "1")], &["check"]);
    assert!(!ran.out.contains("\u{1b}]8") && ran.err.is_empty(), "{}", ran.err);
}

#[test]
fn the_version_tells_the_day_of_the_data() {
    let ran = Project::new().run(&["--version"]).check(0, &["caveat ", "(license data of 20"]);
    assert_eq!(ran.out.lines().count(), 1);
}
