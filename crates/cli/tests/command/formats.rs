//! Several reports of one run, and what gates get of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::project::Project;

const NON_COMMERCIAL: &str = "---\nlicense: cc-by-nc-4.0\n---\n";
const REVIEW: &str = "---\nlicense: gemma\n---\n";

/// Rule, path, line and hash of each result.
type Results = Vec<(String, String, u64, String)>;

fn results(sarif: &str) -> Results {
    let log: Value = serde_json::from_str(sarif).expect("it is JSON");
    let text = |it: &Value| it.as_str().expect("a text").to_owned();
    let results = log["runs"][0]["results"].as_array().expect("a list").iter().map(|it| {
        let place = &it["locations"][0]["physicalLocation"];
        let line = place["region"]["startLine"].as_u64().expect("a number");
        let uri = text(&place["artifactLocation"]["uri"]);
        let hash = text(&it["partialFingerprints"]["primaryLocationLineHash"]);
        (text(&it["ruleId"]), uri, line, hash)
    });
    results.collect()
}

#[test]
fn one_run_writes_as_many_reports_as_were_asked_for() {
    let project = Project::of("a/README.md", NON_COMMERCIAL).with("out.sarif", "old");
    let all = [
        "check",
        "--format",
        "sarif=out.sarif",
        "--format",
        "junit=out.xml",
        "--format",
        "concise",
    ];
    let ran = project.run(&all).check(1, &["a/README.md:2:10: error[denied-license]"]);
    assert!(ran.err.is_empty(), "{}", ran.err);
    assert_eq!(results(&project.text("out.sarif")).len(), 1);
    assert!(project.text("out.xml").contains("failures=\"1\""));
    let files = ["check", "--format", "sarif=b.sarif", "--format", "gitlab=b.json"];
    assert_eq!(project.run(&files).check(1, &[]).out, "");
    let output = ["check", "--format", "sarif", "--format", "json=c.json", "--output", "c.sarif"];
    assert_eq!(project.run(&output).check(1, &[]).out, "");
    assert_eq!(results(&project.text("c.sarif")).len(), 1);
    let scan = ["scan", "--format", "json=d.json", "--format", "full"];
    project.run(&scan).check(0, &["CC-BY-NC-4.0"]);
    assert!(project.text("d.json").starts_with('{'));
}

#[test]
fn what_cannot_be_written_is_said_before_anything_is() {
    let project = Project::of("a/README.md", NON_COMMERCIAL);
    let check = |arguments: &[&str], says: &[&str]| {
        let ran = project.run(arguments).check(2, says);
        assert!(ran.out.is_empty(), "{}", ran.out);
    };
    let twice = ["check", "--format", "full", "--format", "sarif"];
    check(
        &twice,
        &["`full` and `sarif` cannot both be written to standard output", "--format sarif=FILE"],
    );
    let same = ["check", "--format", "json=x", "--format", "sarif=x"];
    check(&same, &["cannot both be written to `x`"]);
    check(&["check", "--format", "sarif=x", "--output", "y"], &["--output has nothing to write"]);
    check(&["check", "--format", "sarfi=x"], &["no format `sarfi`", "did you mean `sarif`?"]);
    check(&["scan", "--format", "sarif"], &["`sarif` is a format for findings", "caveat check"]);
    check(&["check", "--format", "sarif=none/x"], &["cannot write `none/x`"]);
    check(&["check", "--format", "sarif="], &["cannot write ``"]);
    assert!(!project.path("x").exists() && !project.path("y").exists());
}

#[test]
fn quiet_is_for_people() {
    let project = Project::of("a/README.md", REVIEW);
    let all = ["check", "-q", "--format", "sarif=out.sarif", "--format", "markdown=out.md"];
    assert_eq!(project.run(&all).check(0, &[]).out, "");
    assert_eq!(results(&project.text("out.sarif")).len(), 2, "the license, and its text");
    assert!(project.text("out.md").starts_with("### Caveat: no findings"));
}

#[test]
fn paths_begin_at_the_top_of_the_repository() {
    let policy = "caveat = 1\n[rules]\notherwise = \"deny\"\n[[product]]\nname = \"a\"\npaths = [\"**\"]\nuses = [\"saas\"]\n";
    let project = Project::of("apps/bot/models/a/README.md", NON_COMMERCIAL)
        .with("apps/bot/models/b/README.md", NON_COMMERCIAL)
        .with("apps/caveat.toml", policy);
    for path in [".", "apps", "apps/bot/models", "apps/bot/models/a/README.md"] {
        let ran = project.run(&["check", path, "--format", "sarif"]).check(1, &[]);
        let found = results(&ran.out);
        assert!(
            found.iter().any(|it| it.1 == "apps/bot/models/a/README.md" && it.2 == 2),
            "{found:?}"
        );
        let github = project.run(&["check", path, "--format", "github"]).check(1, &[]);
        assert!(github.out.contains("file=apps/bot/models/a/README.md,line=2,"), "{}", github.out);
    }
    let ran = project.run(&["check", "apps/bot", "--format", "sarif"]).check(1, &[]);
    assert!(ran.out.contains("([apps/caveat.toml:3](1))"), "{}", ran.out);
    // Nobody can open a shipped policy in the repository.
    let shipped = ["check", "--policy", "commercial-saas", "--format", "sarif"];
    project.run(&shipped).check(1, &[]).without(&["\"uri\": \"policies/"]);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_device_a_device() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    let project = Project::of("a/README.md", NON_COMMERCIAL).with("real.sarif", "old");
    symlink("real.sarif", project.path("link.sarif")).unwrap();
    let all = ["check", "--format", "sarif=link.sarif", "--format", "json=/dev/null"];
    project.run(&all).check(1, &[]);
    assert!(project.path("link.sarif").symlink_metadata().unwrap().is_symlink());
    assert_eq!(results(&project.text("real.sarif")).len(), 1);
    assert!(Path::new("/dev/null").metadata().unwrap().file_type().is_char_device());
    project.run(&["check", "--format", "sarif=new.sarif"]).check(1, &[]);
    fs::write(project.path("usual"), "").unwrap();
    let mode = |name: &str| project.path(name).metadata().unwrap().permissions().mode();
    assert_eq!(mode("new.sarif"), mode("usual"), "whoever uploads it may be another user");
}

/// How many lines the cards are moved down.
const MOVED: u64 = 10;
/// Every how many of the cards are looked at.
const EVERY: usize = 6;

#[test]
fn moving_cards_down_changes_no_fingerprint() {
    let corpus =
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora/model-cards"));
    let Ok(families) = fs::read_dir(&corpus) else {
        println!("skipped: no cards at {}", corpus.display());
        return;
    };
    let mut cards: Vec<PathBuf> = families.flat_map(|it| below(&it.unwrap().path())).collect();
    cards.sort();
    let (mut before, mut after) = (Project::new(), Project::new());
    for (number, path) in cards.iter().step_by(EVERY).enumerate() {
        let Ok(text) = fs::read_to_string(path) else { continue };
        let Some(rest) = text.strip_prefix("---\n") else { continue };
        let moved = "# moved\n".repeat(usize::try_from(MOVED).unwrap());
        after = after.with(&format!("m{number}/README.md"), format!("---\n{moved}{rest}"));
        before = before.with(&format!("m{number}/README.md"), text);
    }
    let run = |it: &Project| results(&it.run(&["check", "--format", "sarif"]).check(1, &[]).out);
    let (before, after) = (run(&before), run(&after));
    assert!(before.len() > 100, "{} findings say little", before.len());
    let hashes: BTreeSet<_> = before.iter().map(|it| &it.3).collect();
    assert_eq!(hashes.len(), before.len(), "two findings have one fingerprint");
    let names = |it: &Results| -> BTreeSet<_> {
        it.iter().map(|(rule, path, _, hash)| (rule.clone(), path.clone(), hash.clone())).collect()
    };
    assert_eq!(names(&before), names(&after));
    let lines: u64 = before.iter().map(|it| it.2).sum();
    let moved: u64 = after.iter().map(|it| it.2).sum();
    assert!(moved > lines + MOVED * 100, "nearly every line has moved: {lines} {moved}");
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().map(|it| it.expect("an entry").path());
    files.filter(|it| it.extension().is_some_and(|it| it == "md")).collect()
}
