//! Only what is new since a revision counts: its cause, not its line.

use std::fs;
use std::process::Command;

use crate::project::Project;

const FREE: &str = "---\nlicense: mit\n---\n";
const NON_COMMERCIAL: &str = "---\nlicense: cc-by-nc-4.0\n---\n";
const POLICY: &str = "caveat = 1\n[[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [\"saas\"]\n\
    [rules]\nweights = \"commercial\"\n";

/// Runs git in a project, on a day of its own.
fn git(project: &Project, arguments: &[&str]) -> String {
    let done = Command::new("git")
        .args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@acme.example",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(["-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(project.path("."))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_COMMITTER_DATE", "2026-11-22T12:00:00Z")
        .output()
        .expect("git runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "git {arguments:?}: {said}");
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

fn commit(project: &Project) -> String {
    git(project, &["add", "-A"]);
    git(project, &["commit", "-q", "-m", "x"]);
    git(project, &["rev-parse", "HEAD"])
}

/// A repository with a model that may not be used.
fn repository() -> Project {
    let project = Project::of("a/README.md", NON_COMMERCIAL).with("caveat.toml", POLICY);
    git(&project, &["init", "-q"]);
    commit(&project);
    project
}

const SINCE: [&str; 5] = ["check", "--since", "HEAD", "--today", "2026-12-24"];

#[test]
fn a_finding_is_new_where_its_cause_is() {
    let project = repository();
    let old = "1 set aside (1 not new)";
    project.run(&["check"]).check(1, &["1 error"]);
    project.run(&SINCE).check(0, &["no findings", old, "compared with HEAD ("]);
    let audit = project.run(&["check", "--since", "HEAD", "--audit", "--format", "sarif"]);
    audit.check(0, &["not new since HEAD", "\"external\""]);
    // Lines move.
    let card = format!("# A\n\n{}", "x\n".repeat(10));
    let project = project.with("a/NOTES.md", card).with(
        "a/README.md",
        format!("---\ntags:\n- a\n- b\n{}", NON_COMMERCIAL.trim_start_matches("---\n")),
    );
    project.run(&SINCE).check(0, &[old]);
    // A component.
    let project = project.with("b/README.md", NON_COMMERCIAL);
    project.run(&SINCE).check(1, &["1 error", "`b`", old]).without(&["error[denied-license]: `a`"]);
    fs::remove_dir_all(project.path("b")).unwrap();
    // A license.
    let project = project.with("a/README.md", "---\nlicense: cc-by-nc-sa-4.0\n---\n");
    project.run(&SINCE).check(1, &["cc-by-nc-sa"]).without(&["set aside"]);
    // A line of the policy.
    let project = project.with("a/README.md", NON_COMMERCIAL).with("c/README.md", FREE);
    commit(&project);
    let stricter = POLICY.replace("\"commercial\"", "{ allow = [], deny = [\"attribution\"] }");
    project.with("caveat.toml", stricter).run(&SINCE).check(1, &["error", "`c`"]);
}

#[test]
fn a_lapsed_exception_is_news_on_the_day_it_lapses() {
    let exception = "[[exception]]\nid = \"EX-1\"\npath = \"a\"\nallow = [\"non-commercial\"]\n\
        because = \"x\"\nowner = \"o@acme.example\"\n\
        approved = { by = \"o@acme.example\", on = 2026-01-01, ticket = \"T-1\" }\n\
        expires = 2026-11-30\n";
    let project = repository().with("caveat.toml", format!("{POLICY}{exception}"));
    commit(&project);
    let on = |day: &str| project.run(&["check", "--since", "HEAD", "--today", day]);
    on("2026-11-30").check(0, &["no findings"]);
    on("2026-12-01").check(1, &["exception EX-1 expired 1 day ago", "`a`"]);
}

#[test]
fn a_branch_is_compared_with_where_it_was_left() {
    let project = repository();
    git(&project, &["branch", "base"]);
    git(&project, &["checkout", "-q", "-b", "work"]);
    let project = project.with("b/README.md", NON_COMMERCIAL);
    commit(&project);
    // The other branch mends what this one still has.
    git(&project, &["checkout", "-q", "base"]);
    let project = project.with("a/README.md", FREE);
    commit(&project);
    git(&project, &["checkout", "-q", "work"]);
    let says = ["1 error", "`b`", "1 not new", "where HEAD and base part"];
    project.run(&["check", "--since", "base"]).check(1, &says);
    project.run(&["check", "--since", "HEAD~1"]).check(1, &["1 error", "HEAD~1 ("]);
    project.run(&["check", "b", "--since", "HEAD~1"]).check(1, &["1 error"]);
    project.run(&["check", "a", "--since", "HEAD~1"]).check(0, &["1 not new"]);
    // Without a common commit, it is the branch itself.
    git(&project, &["checkout", "-q", "--orphan", "alone"]);
    commit(&project);
    let says = ["base (", "itself: this clone has no commit from which both"];
    project.run(&["check", "--since", "base"]).check(1, &says);
}

#[test]
fn a_shallow_clone_does_or_says_what_to_fetch() {
    let origin = repository();
    git(&origin, &["branch", "release"]);
    let first = git(&origin, &["rev-parse", "HEAD"]);
    let origin = origin.with("b/README.md", NON_COMMERCIAL);
    commit(&origin);
    let address = format!("file://{}", origin.path(".").canonicalize().unwrap().display());
    let clones = Project::new();
    git(&clones, &["clone", "-q", "--depth=1", &address, "clone"]);
    let clone = |arguments: &[&str]| crate::project::run(&clones.path("clone"), arguments);
    clone(&["check", "--since", "HEAD"]).check(0, &["2 not new"]);
    let check = |revision: &str, says: &str| {
        clone(&["check", "--since", revision]).check(2, &[says, revision]);
    };
    check("HEAD~1", "git fetch --unshallow");
    check("origin/release", "git fetch --depth=1 origin release:refs/remotes/origin/release");
    check(&first, &format!("git fetch --depth=1 origin {first}"));
    git(&clones, &["-C", "clone", "fetch", "-q", "--depth=1", "origin", &first]);
    clone(&["check", "--since", &first]).check(1, &["1 error", "`b`", "itself"]);
}

#[test]
fn what_a_submodule_held_is_said_to_be_unknown() {
    let other = repository();
    let address = other.path(".").canonicalize().unwrap().display().to_string();
    let project = repository();
    git(&project, &["submodule", "--quiet", "add", &address, "models/other"]);
    commit(&project);
    let says =
        ["1 error", "`models/other/a`", "1 not new", "the submodule `models/other` as it was"];
    project.run(&SINCE).check(1, &says);
    let json = [&SINCE[..], &["--format", "json", "--quiet"]].concat();
    let ran = project.run(&json).check(1, &["the submodule `models/other`"]);
    assert!(ran.out.contains("so that all of it counts as new"), "{}", ran.out);
}

#[test]
fn what_is_no_revision_is_refused() {
    let project = repository();
    let check = |revision: &str, says: &[&str]| {
        let option = format!("--since={revision}");
        let ran = project.run(&["check", &option]).check(2, says);
        assert!(ran.out.is_empty());
    };
    check("--output=x", &["is no revision"]);
    check("-x", &["is no revision"]);
    check("", &["is no revision"]);
    check("nowhere", &["no revision `nowhere`", "git fetch --depth=1 origin nowhere"]);
    check("HEAD~9", &["the history does not go back so far"]);
    check("HEAD:a", &["no revision"]);
    let bare = tempfile::TempDir::new().unwrap();
    fs::write(bare.path().join("README.md"), FREE).unwrap();
    let ran = crate::project::run(bare.path(), &["check", "--since", "HEAD"]);
    ran.check(2, &["in no git repository", "caveat baseline"]);
    let broken = Project::of("a/README.md", FREE);
    broken
        .run(&["check", "--since", "HEAD"])
        .check(2, &["git cannot read", "not a git repository"]);
}

#[cfg(unix)]
#[test]
fn links_lead_to_what_they_led_to_then_and_no_program_of_the_repository_is_run() {
    let project = repository().with("terms/MIT.txt", include_str!("../../../../LICENSE-MIT"));
    fs::create_dir(project.path("lib")).unwrap();
    std::os::unix::fs::symlink("../terms/MIT.txt", project.path("lib/LICENSE")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", project.path("lib/COPYING")).unwrap();
    commit(&project);
    let then = project.run(&["check"]).check(1, &[]).out;
    let errors = then.lines().filter(|it| it.starts_with("error[")).count();
    let trap = project.path("trap");
    for setting in ["core.fsmonitor", "core.sshCommand", "filter.lfs.smudge", "gpg.program"] {
        git(&project, &["config", setting, &format!("touch {}; false", trap.display())]);
    }
    let ran = project.run(&["check", "--since", "HEAD"]).check(0, &["no findings"]);
    assert!(errors > 0 && ran.out.contains("not new") && !trap.exists());
}

#[test]
fn a_revision_can_be_compared_with_a_tree() {
    let project = repository().with("a/README.md", FREE);
    let says = ["path:a: CC-BY-NC-4.0 -> MIT; denied -> allowed", "1 of another license"];
    project.run(&["diff", "HEAD", "."]).check(1, &says);
    project.run(&["diff", "HEAD", "HEAD"]).check(0, &["nothing changed"]);
    project.run(&["diff", "HEAD~9", "."]).check(2, &["no revision `HEAD~9`"]);
}
