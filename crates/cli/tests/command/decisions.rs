//! Decisions by command: shown, asked for, and written without touching anything else.

use crate::project::Project;

const NON_COMMERCIAL: &str = "---\nlicense: cc-by-nc-4.0\n---\n";
const POLICY: &str = "# ours\ncaveat = 1\n\n[[product]]\nname = \"api\"\npaths = [\"**\"]\nuses = [\"saas\"]\n\n\
    [rules]\nunknown = \"deny\"\nweights = \"commercial\"\ncode = \"permissive\"\n\n\
    [exceptions]\nlongest = \"365d\"\napprovers = [\"counsel@acme.example\"]\n";
const DECISION: [&str; 12] = [
    "--because",
    "Licensed for money",
    "--owner",
    "ann@acme.example",
    "--approved-by",
    "counsel@acme.example",
    "--ticket",
    "LEG-9",
    "--expires",
    "2027-06-30",
    "--today",
    "2026-11-22",
];

fn project() -> Project {
    Project::of("models/tiny/README.md", NON_COMMERCIAL).with("caveat.toml", POLICY)
}

fn except<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let allow = ["except", "models/tiny", "--allow", "non-commercial"];
    allow.into_iter().chain(DECISION).chain(words.iter().copied()).collect()
}

#[test]
fn an_exception_is_shown_and_written_when_somebody_means_it() {
    let project = project();
    let says = ["+ [[exception]]", "+ path     = \"models/tiny\"", "1 finding goes away", "EX-1"];
    project.run(&except(&["--product", "api", "--dry-run"])).check(0, &says);
    assert_eq!(project.text("caveat.toml"), POLICY);
    project.run(&except(&[])).check(2, &["nobody is there to ask", "--yes"]).check(2, &says);
    assert_eq!(project.text("caveat.toml"), POLICY);
    project.run(&except(&["--product", "api", "--yes"])).check(0, &["wrote caveat.toml"]);
    assert!(project.text("caveat.toml").starts_with(POLICY.trim_end()));
    project.run(&["check", "--today", "2027-06-30"]).check(0, &["1 set aside"]);
    let late = ["exception EX-1 expired 1 day ago", "caveat renew EX-1"];
    project.run(&["check", "--today", "2027-07-01"]).check(1, &late);
    project.run(&except(&["--yes"])).check(0, &["EX-2", "note: no finding of today goes away"]);
}

#[test]
fn the_help_of_a_finding_is_a_command_that_works() {
    let ran = project().run(&["check"]).check(1, &["help:"]);
    let flat = ran.out.split_whitespace().collect::<Vec<_>>().join(" ").replace("= ", "");
    let said = "caveat except models/tiny --product api --allow non-commercial";
    assert!(flat.contains(said), "{flat}");
    let words: Vec<_> = said.split(' ').skip(1).chain(DECISION).chain(["--yes"]).collect();
    project().run(&words).check(0, &["1 finding goes away", "wrote caveat.toml"]);
}

#[test]
fn what_only_people_can_give_is_asked_for() {
    let project = project();
    let says = ["--allow, --because, --owner, --approved-by, --ticket, --expires", "only people"];
    project.run(&["except", "models/tiny"]).check(2, &says);
    let example = "caveat except models/tiny --product api --allow TAG --because \"why it may pass\" \
        --owner ann@acme.example --approved-by";
    let words = ["except", "models/tiny", "--product", "api", "--owner", "ann@acme.example"];
    project.run(&words).check(2, &[example]);
    project.run(&["renew", "EX-9"]).check(2, &["no exception `EX-9`", "has: none"]);
    project.run(&["clarify", "models/tiny"]).check(2, &["--license, --because, --owner"]);
    let check = |change: (&str, &str), says: &[&str]| {
        let mut words = except(&["--yes"]);
        let at = words.iter().position(|it| *it == change.0).unwrap() + 1;
        words[at] = change.1;
        project.run(&words).check(2, says);
        assert_eq!(project.text("caveat.toml"), POLICY, "{change:?}");
    };
    check(("--expires", "2027-11-23"), &["`[exceptions] longest`", "2027-11-22 at the latest"]);
    check(("--expires", "soon"), &["`soon` is no day"]);
    check(("--expires", "2026-11-01"), &["ends before it was approved"]);
    check(("--approved-by", "ann@acme.example"), &["does not count here", "counsel@acme.example"]);
    check(("--allow", "non-comercial"), &["unknown tag or finding", "`non-commercial`?"]);
    check(("except", "models/tniy"), &["no component `models/tniy`", "caveat scan"]);
    check(("except", "pkg:huggingface/acme/x@main"), &["a branch may move"]);
    check(("except", "."), &["everything"]);
    project.run(&except(&["--product", "apo", "--yes"])).check(2, &["no product is named `apo`"]);
    let bare = Project::of("models/tiny/README.md", NON_COMMERCIAL);
    bare.run(&except(&["--yes"])).check(2, &["no caveat.toml", "caveat init"]);
    let twice = project.run(&except(&["--id", "A", "--yes"])).check(0, &[]);
    drop(twice);
    project.run(&except(&["--id", "A", "--yes"])).check(2, &["exception `A` is given twice"]);
}

#[test]
fn a_renewal_needs_an_approval_of_its_own() {
    let project = project();
    project.run(&except(&["--yes"])).check(0, &[]);
    let before = project.text("caveat.toml");
    let renew = |id: &str, ticket: &str, expires: &str| {
        let words = ["--approved-by", "counsel@acme.example", "--today", "2027-07-05", "--yes"];
        let own = ["renew", id, "--ticket", ticket, "--expires", expires];
        project.run(&own.into_iter().chain(words).collect::<Vec<_>>())
    };
    renew("EX-2", "LEG-10", "2027-12-31").check(2, &["did you mean `EX-1`?"]);
    renew("EX-1", "LEG-9", "2027-12-31").check(2, &["the ticket of the old approval"]);
    renew("EX-1", "LEG-10", "2029-12-31").check(2, &["`[exceptions] longest`"]);
    assert_eq!(project.text("caveat.toml"), before);
    let says = ["- expires  = 2027-06-30", "+ expires  = 2027-12-31", "wrote caveat.toml"];
    renew("EX-1", "LEG-10", "2027-12-31").check(0, &says);
    assert_eq!(project.text("caveat.toml").lines().count(), before.lines().count());
    project.run(&["check", "--today", "2027-12-31"]).check(0, &["1 set aside"]);
}

#[test]
fn a_clarification_binds_the_files_that_were_read() {
    let terms = "You may do with Spoke as you please.\n";
    let manifest = "[package]\nname = \"spoke\"\nversion = \"0.3.0\"\nlicense-file = \"TERMS\"\n";
    let project = Project::of("caveat.toml", POLICY)
        .with("spoke/Cargo.toml", manifest)
        .with("spoke/TERMS", terms);
    let says = ["unknown-license", "caveat clarify pkg:cargo/spoke@0.3.0 --license EXPR"];
    project.run(&["check"]).check(1, &says);
    let why = ["--because", "Asked the author.", "--owner", "ann@acme.example", "--yes"];
    let clarify = |words: &[&'static str]| {
        let all: Vec<_> = ["clarify"].iter().chain(words).chain(&why).copied().collect();
        project.run(&all)
    };
    clarify(&["spoke", "--license", "MTI"]).check(2, &["no license `MTI`"]);
    clarify(&["spoke", "--license", "MIT", "--evidence", "NONE"]).check(2, &["there is no `NONE`"]);
    clarify(&["spoke", "--license", "MIT-0", "--evidence", "TERMS"]).check(
        0,
        &["package  = \"pkg:cargo/spoke@0.3.0\"", "path = \"TERMS\", sha256 = \"2e1397ac"],
    );
    project.run(&["check"]).check(0, &["no findings"]);
    project.run(&["clarify", "spoke", "--update"]).check(0, &["nothing is to be updated"]);
    let project = project.with("spoke/TERMS", "You may not.\n");
    let says = ["stale-clarification", "caveat clarify pkg:cargo/spoke@0.3.0 --update"];
    project.run(&["check"]).check(1, &says);
    let update = ["clarify", "pkg:cargo/spoke@0.3.0", "--update", "--yes", "--today", "2027-01-02"];
    project.run(&update).check(0, &["- evidence", "+ evidence", "+ decided  = 2027-01-02"]);
    project.run(&["check"]).check(0, &["no findings"]);
    // Without a file that is named, those that were read for it are.
    let card = Project::of("caveat.toml", POLICY).with("m/README.md", "---\nlicense: other\n---\n");
    let words =
        ["clarify", "m", "--license", "Apache-2.0", "--because", "x", "--owner", "o", "--yes"];
    card.run(&words).check(0, &["path = \"README.md\""]);
    card.run(&["check"]).check(0, &["no findings"]);
}

#[test]
fn a_policy_in_another_form_is_never_broken() {
    let inline = format!("exception = []\n{POLICY}");
    let project = project().with("caveat.toml", &inline);
    project.run(&except(&["--yes"])).check(2, &["cannot use the policy"]);
    assert_eq!(project.text("caveat.toml"), inline);
    let crlf = POLICY.replace('\n', "\r\n");
    let project = project.with("caveat.toml", &crlf);
    project.run(&except(&["--yes"])).check(0, &["wrote"]);
    assert!(!project.text("caveat.toml").replace("\r\n", "").contains('\n'));
}
