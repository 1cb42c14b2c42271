//! An old tree adopts a policy: what is there on the first day is set aside, what is new fails.

use crate::project::{Project, run};

const NON_COMMERCIAL: &str = "---\nlicense: cc-by-nc-4.0\n---\n";
const POLICY: &str = "caveat = 1\n[[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [\"saas\"]\n\
    [rules]\nweights = \"commercial\"\n\
    [baseline]\nfile = \".caveat/baseline.toml\"\nuntil = 2027-03-31\n";
const FILE: &str = ".caveat/baseline.toml";

fn old_tree() -> Project {
    Project::of("a/README.md", NON_COMMERCIAL)
        .with("b/README.md", NON_COMMERCIAL)
        .with("caveat.toml", POLICY)
}

#[test]
fn what_was_there_is_set_aside_and_what_is_new_fails() {
    let project = old_tree();
    let note = "note[stale-baseline]: the baseline `.caveat/baseline.toml` is not there";
    project.run(&["check"]).check(1, &[note, "2 errors"]);
    project.run(&["baseline"]).check(0, &["2 findings are set aside", "+ denied-license path:a"]);
    project.run(&["check"]).check(0, &["no findings, 2 set aside (2 in the baseline)"]);
    project.run(&["check", "a"]).check(0, &["1 set aside (1 in the baseline)"]);
    project.run(&["check", "a/README.md"]).check(0, &["1 set aside"]).without(&["mended"]);
    let audit = ["set aside: in the baseline .caveat/baseline.toml, until 2027-03-31", "(.caveat/"];
    project.run(&["check", "--audit"]).check(0, &audit);
    let sarif = project.run(&["check", "--audit", "--format", "sarif"]);
    sarif.check(0, &["\"external\"", "in the baseline .caveat/baseline.toml"]);
    // Lines move, and nothing is new.
    let moved = project.with("a/README.md", format!("{}{NON_COMMERCIAL}", "\n".repeat(10)));
    moved.run(&["check"]).check(0, &["2 in the baseline"]);
    let more = moved.with("c/README.md", NON_COMMERCIAL);
    more.run(&["check"]).check(1, &["1 error", "`c`", "2 in the baseline"]);
    more.run(&["graph", "--format", "json"]).check(0, &["denied"]);
}

#[test]
fn a_baseline_is_pruned_and_never_grows() {
    let project = old_tree();
    project.run(&["baseline"]).check(0, &[]);
    let before = project.text(FILE);
    let project = project.with("c/README.md", NON_COMMERCIAL);
    let says = ["stays as it is", "1 finding is new and not put in", "caveat except"];
    project.run(&["baseline"]).check(0, &says);
    assert_eq!(project.text(FILE), before);
    let project = project.with("a/README.md", "---\nlicense: mit\n---\n");
    let mended = "note[stale-baseline]: 1 finding is mended that the baseline still lists";
    project.run(&["check"]).check(1, &[mended, "caveat baseline"]);
    let says = ["1 taken out as mended, 1 finding is set aside", "- denied-license path:a"];
    project.run(&["baseline"]).check(0, &says);
    assert!(!project.text(FILE).contains("path:a") && project.text(FILE).contains("path:b"));
    project.run(&["check"]).check(1, &["`c`"]).without(&[mended]);
    let project = project.with("a/README.md", NON_COMMERCIAL);
    project.run(&["check"]).check(1, &["`a`"]);
}

#[test]
fn after_its_end_it_counts_for_nothing() {
    let project = old_tree();
    project.run(&["baseline"]).check(0, &[]);
    project.run(&["check", "--today", "2027-03-31"]).check(0, &["2 in the baseline"]);
    let says = ["2 errors", "note[expired-baseline]: the baseline ended 1 day ago"];
    project.run(&["check", "--today", "2027-04-01"]).check(1, &says);
}

#[test]
fn what_is_no_baseline_is_told_with_its_line() {
    let check = |text: &[u8], says: &[&str]| {
        let project = old_tree().with(FILE, text);
        let ran = project.run(&["check"]).check(2, &["cannot use the baseline"]).check(2, says);
        assert!(ran.out.is_empty());
        project.run(&["baseline"]).check(2, says);
        assert_eq!(std::fs::read(project.path(FILE)).unwrap(), text, "it is left as it is");
    };
    check(b"baseline = 1\nfindings = []\n", &["unknown key `findings`", "baseline.toml:2:1"]);
    check(b"[package]\nname = \"x\"\n", &["unknown key `package`", "lacks `baseline`"]);
    check(b"baseline = 2\n", &["`2` is a version", "newer caveat"]);
    check(b"baseline = 1\n<<<<<<< ours\n", &["baseline.toml:2:1"]);
    check(b"baseline = 1\n[[finding]]\nrule = \"x\"\n", &["lacks `fingerprint`", ":2:1"]);
    check(b"baseline = 1\n[[finding]]\nfingerprint = \"x\"\n", &["`x` is not the fingerprint"]);
    check(b"\xff\xfe", &["not UTF-8"]);
}

#[test]
fn the_usual_file_is_found_and_a_policy_from_elsewhere_does_not_trust_it() {
    let bare = Project::of("a/README.md", NON_COMMERCIAL);
    let says = ["next: give it an end in caveat.toml", "[baseline]", "until = 2027-05-21"];
    bare.run(&["baseline", "--today", "2026-11-22"]).check(0, &says);
    bare.run(&["check"]).check(0, &["1 in the baseline"]);
    bare.run(&["check", "--policy", "commercial-saas"]).check(1, &["denied-license"]);
    let other = Project::of("org.toml", POLICY.split("[baseline]").next().unwrap());
    let other = other.path("org.toml");
    bare.run(&["check", "--policy", other.to_str().unwrap()]).check(1, &["denied-license"]);
    bare.run(&["check"]).check(0, &["set aside"]);
    let free = Project::of("a/README.md", "---\nlicense: mit\n---\n");
    free.run(&["baseline"]).check(0, &["none is needed"]);
    assert!(!free.path(FILE).exists());
    let project = old_tree();
    project.run(&["baseline", "a"]).check(2, &["of the whole tree", "caveat baseline /"]);
}

#[cfg(unix)]
#[test]
fn a_baseline_is_neither_read_nor_written_through_a_link_that_leads_out() {
    let outside = Project::of("secret", "password = \"hunter2\"\n");
    let project = old_tree();
    std::os::unix::fs::symlink(outside.path("."), project.path(".caveat")).unwrap();
    project.run(&["baseline"]).check(2, &["leads out of the repository"]);
    assert!(!outside.path("baseline.toml").exists());
    let project = old_tree().with(".caveat/x", "");
    std::os::unix::fs::symlink(outside.path("secret"), project.path(FILE)).unwrap();
    let ran = run(&project.path("."), &["check"]);
    ran.check(2, &["a link that leads out"]).without(&["hunter2"]);
}
