//! `caveat contributions`: who signed, and what comes in under which license.

use std::process::Command;

use crate::project::Project;

const POLICY: &str = "caveat = 1\n[[product]]\nname = \"tokeniser\"\npaths = [\"oss/**\"]\n\
    uses = [\"distribute-binary\"]\noutbound = \"Apache-2.0\"\n\
    inbound = { terms = \"inbound=outbound\", sign-off = \"dco\" }\n\
    [[product]]\nname = \"api\"\npaths = [\"services/**\"]\nuses = [\"saas\"]\n";
const KIM: (&str, &str) = ("Kim Park", "kim@acme.example");
const DANA: (&str, &str) = ("Dana Doe", "dana@lumen.example");
const SIGNED: &str = "Read words\n\nSigned-off-by: Kim Park <kim@acme.example>";

/// Runs git in a project as somebody, with no other configuration.
fn git(project: &Project, (name, mail): (&str, &str), arguments: &[&str]) -> String {
    let done = Command::new("git")
        .args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(project.path("."))
        .envs([("GIT_AUTHOR_NAME", name), ("GIT_AUTHOR_EMAIL", mail)])
        .envs([("GIT_COMMITTER_NAME", name), ("GIT_COMMITTER_EMAIL", mail)])
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_COMMITTER_DATE", "2026-11-22T12:00:00Z")
        .output()
        .expect("git runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "git {arguments:?}: {said}");
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

/// A repository with a policy, and a branch that goes on from `main`.
fn repository(policy: &str) -> Project {
    let project = Project::of("caveat.toml", policy);
    git(&project, DANA, &["init", "-q"]);
    commit(&project, DANA, "Begin");
    git(&project, DANA, &["checkout", "-q", "-b", "work"]);
    project
}

fn commit(project: &Project, who: (&str, &str), message: &str) -> String {
    git(project, who, &["add", "-A"]);
    git(project, who, &["commit", "-q", "--allow-empty", "-m", message]);
    git(project, who, &["rev-parse", "HEAD"])
}

/// The branch with one more commit of somebody.
fn with(project: Project, path: &str, who: (&str, &str), message: &str) -> Project {
    let project = project.with(path, "int words;\n");
    commit(&project, who, message);
    project
}

#[test]
fn a_commit_is_signed_by_its_author_or_it_is_found() {
    let project = with(repository(POLICY), "oss/a.c", KIM, SIGNED);
    let says = ["looked at 1 commit: main..HEAD", "no findings", "policy caveat.toml"];
    project.run(&["contributions"]).check(0, &says);
    let project = with(project, "oss/b.c", KIM, "Read more");
    let last = git(&project, KIM, &["rev-parse", "--short=10", "HEAD"]);
    let found = format!("commit {last} of Kim Park <kim@acme.example> is not signed off");
    let says = [
        found.as_str(),
        "changes oss/b.c",
        "sign-off = \"dco\"",
        "caveat.toml:7",
        "git commit --amend --no-edit --signoff",
        "git rebase --signoff main",
        "DCO 1.1",
    ];
    project.run(&["contributions"]).check(1, &says);
    project.run(&["contributions", "HEAD~1"]).check(1, &["looked at 1 commit: HEAD~1..HEAD"]);
    project.run(&["contributions", "main...HEAD", "."]).check(1, &["looked at 2 commits"]);
    project.run(&["contributions", "main..HEAD~1"]).check(0, &["no findings"]);
    project.run(&["contributions", "HEAD..HEAD"]).check(0, &["looked at 0 commits"]);
    project.run(&["contributions", "oss"]).check(1, &[&found]);
    project.run(&["contributions", "--exit-zero"]).check(0, &[&found]);
    // The mend that is told does mend it.
    git(&project, KIM, &["rebase", "-q", "--signoff", "main"]);
    project.run(&["contributions"]).check(0, &["looked at 2 commits", "no findings"]);
}

#[test]
fn merges_other_products_and_exempt_people_are_not_asked() {
    let exempt = POLICY.replace("\"dco\" }", "\"dco\", exempt = [\"*@lumen.example\"] }");
    let project = with(repository(&exempt), "services/main.c", KIM, "Serve");
    let project = with(project, "oss/a.c", DANA, "Trim");
    git(&project, DANA, &["checkout", "-q", "main"]);
    let project = with(project, "services/other.c", DANA, "Serve more");
    git(&project, DANA, &["checkout", "-q", "work"]);
    git(&project, KIM, &["merge", "-q", "--no-ff", "-m", "Merge main", "main"]);
    let says = ["1 set aside", "merge commits", "commits that change no product with `inbound`: 1"];
    project.run(&["contributions", "-v"]).check(0, &says);
    project.run(&["contributions", "--audit"]).check(0, &["exempt = \"*@lumen.example\""]);
    project.run(&["check"]).check(0, &["`caveat contributions` looks"]);
}

#[test]
fn mailmap_and_letters_are_no_matter_and_others_cannot_sign() {
    let home = ("Kim", "KIM@home.example");
    let project = with(repository(POLICY), "oss/a.c", home, SIGNED);
    let says = ["signed off by Kim Park <kim@acme.example>, not by its author"];
    project.run(&["contributions"]).check(1, &says);
    let project = project.with(".mailmap", "Kim Park <kim@acme.example> <kim@home.example>\n");
    commit(&project, KIM, SIGNED);
    // Nobody says by a contribution who somebody else is.
    project.run(&["contributions"]).check(1, &says);
    let project = with(project, "oss/d.c", home, SIGNED);
    project.run(&["contributions", "HEAD~1"]).check(0, &["no findings"]);
    let project = with(project, "oss/b.c", KIM, "x\n\nSigned-off-by: K <kim@acme.example>");
    let says = ["under another name, `K`", "1 to review"];
    project.run(&["contributions", "HEAD~1"]).check(0, &says);
    project.run(&["contributions", "HEAD~1", "--strict"]).check(1, &says);
    let both = format!("{SIGNED}\nCo-authored-by: Ada <ada@acme.example>");
    let project = with(project, "oss/c.c", KIM, &both);
    project.run(&["contributions", "HEAD~1"]).check(0, &["names Ada <ada@acme.example>"]);
}

#[test]
fn who_is_on_no_list_of_an_agreement_is_found() {
    let list = "sign-off = \"cla\", signatories = \"legal/list.txt\" }";
    let policy = POLICY.replace("sign-off = \"dco\" }", list);
    let project = with(repository(&policy), "oss/a.c", KIM, "Read words");
    project.run(&["contributions"]).check(1, &["there is no list `legal/list.txt`"]);
    let project = project.with("legal/list.txt", "# all\n- *@lumen.example\n");
    commit(&project, DANA, "List");
    let says = ["Kim Park <kim@acme.example> has not signed the agreement", "legal/list.txt"];
    project.run(&["contributions"]).check(1, &says);
    let project = project.with("legal/list.txt", "Kim Park <kim@acme.example>\n");
    commit(&project, KIM, "List me");
    let says = ["is on legal/list.txt only since these commits", "1 to review"];
    project.run(&["contributions"]).check(0, &says);
    git(&project, DANA, &["checkout", "-q", "main"]);
    git(&project, DANA, &["merge", "-q", "--ff-only", "work"]);
    git(&project, DANA, &["checkout", "-q", "work"]);
    let project = with(project, "oss/b.c", KIM, "Read more");
    project.run(&["contributions"]).check(0, &["looked at 1 commit", "no findings"]);
}

#[test]
fn a_file_of_others_has_to_fit_and_its_bringer_is_named() {
    let project = repository(POLICY)
        .with("oss/fits.c", "// SPDX-License-Identifier: MIT\n")
        .with("services/any.c", "// SPDX-License-Identifier: GPL-3.0-only\n");
    commit(&project, KIM, SIGNED);
    project.run(&["contributions"]).check(0, &["no findings"]);
    let project = project.with("oss/table.c", "// SPDX-License-Identifier: GPL-3.0-only\n");
    let id = commit(&project, KIM, SIGNED);
    let project = project.with("oss/table.c", "// SPDX-License-Identifier: GPL-3.0-only\nint a;\n");
    let theirs = "x\n\nSigned-off-by: Dana Doe <dana@lumen.example>";
    commit(&project, DANA, theirs);
    let by = format!("commit {} of Kim Park", &id[..10]);
    let says =
        ["oss/table.c:1:29", "under GPL-3.0-only", "Apache-2.0 has no room", &by, "caveat.toml:6"];
    project.run(&["contributions"]).check(1, &says);
    let json = ["contributions", "--format", "json"];
    project.run(&json).check(1, &["\"rule\": \"inbound-license\"", "\"path:oss/table.c\""]);
    // What was there before, and what only moved inside of the product, is no news.
    git(&project, DANA, &["mv", "oss/table.c", "oss/moved.c"]);
    commit(&project, DANA, theirs);
    project.run(&["contributions", "HEAD~1"]).check(0, &["no findings"]);
    // The content counts that git has, not what lies in the folder by now.
    let project = project.with("oss/new.c", "// SPDX-License-Identifier: AGPL-3.0-only\n");
    project.run(&["contributions", "HEAD~1"]).check(0, &["no findings"]);
    commit(&project, DANA, theirs);
    let project = project.with("oss/new.c", "int none;\n");
    project.run(&["contributions", "HEAD~1"]).check(1, &["oss/new.c", "AGPL-3.0-only"]);
}

#[test]
fn an_exception_for_a_contribution_is_not_idle_where_nobody_asks() {
    let exception = "[[exception]]\nid = \"EX-1\"\npath = \"oss/a.c\"\n\
        allow = [\"inbound-license\"]\nbecause = \"A tool.\"\nowner = \"o@acme.example\"\n\
        approved = { by = \"o@acme.example\", on = 2026-01-01, ticket = \"T-1\" }\n\
        expires = 2027-11-30\n[rules]\notherwise = \"allow\"\n[rules.code]\nallow = [\"strong-reciprocal\"]\n";
    let project = repository(&format!("{POLICY}{exception}"))
        .with("oss/a.c", "// SPDX-License-Identifier: GPL-3.0-only\n");
    commit(&project, KIM, SIGNED);
    let day = ["--today", "2026-12-24"];
    let says = ["no findings, 1 set aside"];
    project.run(&[&["contributions"], &day[..]].concat()).check(0, &says);
    let ran = project.run(&[&["check"], &day[..]].concat());
    assert!(!ran.out.contains("unused-exception"), "{}", ran.out);
}

#[test]
fn every_format_tells_it_and_names_cannot_steer_a_terminal() {
    let hostile = ("Kim\u{1b}[2J \u{202e}Park", "kim\u{7}@acme.example");
    let project = with(repository(POLICY), "oss/a.c", hostile, "x \u{1b}]0;owned\u{7}");
    for format in [
        "full",
        "concise",
        "json",
        "json-lines",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "rdjson",
        "rdjsonl",
        "markdown",
    ] {
        let ran = project.run(&["contributions", "--format", format]);
        ran.check(1, &["is not signed off", "acme.example"]);
    }
}

#[test]
fn a_shallow_clone_does_or_says_what_to_fetch() {
    let origin = with(repository(POLICY), "oss/a.c", KIM, SIGNED);
    let origin = with(origin, "oss/b.c", KIM, SIGNED);
    let address = format!("file://{}", origin.path(".").canonicalize().unwrap().display());
    let clones = Project::new();
    let clone = ["clone", "-q", "--depth=1", "--no-single-branch", &address, "clone"];
    git(&clones, KIM, &clone);
    let run = |arguments: &[&str]| crate::project::run(&clones.path("clone"), arguments);
    let says = ["this clone is shallow", "git fetch --unshallow", "fetch-depth: 0"];
    run(&["contributions", "origin/main..HEAD"]).check(2, &says);
    run(&["contributions", "--all"]).check(2, &says);
    git(&clones, KIM, &["-C", "clone", "fetch", "-q", "--deepen=2"]);
    let says = ["looked at 2 commits: origin/main..HEAD", "no findings"];
    run(&["contributions", "origin/main..HEAD"]).check(0, &says);
}

#[test]
fn what_cannot_be_asked_is_said() {
    let project = repository(POLICY);
    project.run(&["contributions", "nowhere..HEAD"]).check(2, &["no revision `nowhere`"]);
    project.run(&["contributions", "main..--output=x"]).check(2, &["is no revision"]);
    project.run(&["contributions", "main..HEAD", "--all"]).check(2, &["--all asks about every"]);
    git(&project, DANA, &["checkout", "-q", "main"]);
    git(&project, DANA, &["branch", "-q", "-D", "work"]);
    project.run(&["contributions"]).check(2, &["no branch is known", "--all"]);
    let says = ["commit", "Dana Doe", "looked at 1 commit: all commits of HEAD"];
    let project = with(project, "oss/a.c", DANA, "Read");
    project.run(&["contributions", "HEAD~1..HEAD"]).check(1, &["git rebase --signoff HEAD~1"]);
    project.run(&["contributions", "--all", "oss"]).check(1, &says[1..2]);
    let silent = repository("caveat = 1\n[rules]\nunknown = \"deny\"\n");
    let says = ["asks nothing of contributions", "inbound = {"];
    silent.run(&["contributions"]).check(2, &says);
    let bare = tempfile::TempDir::new().unwrap();
    std::fs::write(bare.path().join("caveat.toml"), POLICY).unwrap();
    let ran = crate::project::run(bare.path(), &["contributions", "main..HEAD"]);
    ran.check(2, &["in no git repository"]);
}
